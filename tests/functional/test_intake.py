"""Intakes of each year: the smallest that keep the targets, none where nobody leaves, and what no intake can do."""

from collections.abc import Callable
from pathlib import Path

import pytest

import simulator
from simulator.inputs.messages import InputError
from simulator.questions.intake.answer import Intakes
from simulator.questions.intake.planning import _smallest
from tests.commands import REFUSED, SMALL, ended, ran

LEAVING = """
extends = "{small}"
title = "A small England that people leave"
[run]
years = 3
frameworks = ["2006-regime"]
[capacity.pools.regulatory]
recruitment_months = 2
training_months = 2
turnover = 0.6
fte = [{{ from = 2003-04-01, fte = 6 }}]
"""


@pytest.fixture(scope="module")
def leaving(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("intake") / "leaving.toml"
    path.write_text(LEAVING.format(small=SMALL.as_posix()), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def answer(leaving: Path) -> Intakes:
    return simulator.intake(leaving, "2006-regime", targets="on_time_share >= 0.8", replications=4)


def sufficient(least: int | None) -> Callable[[int], bool]:
    return lambda number: least is not None and number >= least


@pytest.mark.parametrize("guess", [1, 3, 40])
def test_the_smallest_number_that_suffices_is_found(guess: int) -> None:
    for least in range(41):
        assert _smallest(sufficient(least), guess, 40) == least
    assert _smallest(sufficient(None), guess, 40) is None


def test_people_who_leave_are_replaced_as_far_as_the_target_needs(answer: Intakes) -> None:
    table = answer.table
    assert (table["on_time_share"][table["met"]] >= 0.8).all()
    assert table["intake"].sum() > 0
    assert "2006-regime" in answer.made["intakes"]
    assert answer.sentences[0].startswith("The 2006 regime needs ")


def test_one_fewer_in_the_last_year_misses_the_target(answer: Intakes, leaving: Path) -> None:
    """The plan is the smallest: with fewer in a year, written as intakes of the scenario, its target is not met."""
    table = answer.table
    year = int(table["intake"].to_numpy().nonzero()[0][-1])
    numbers = table["intake"].tolist()
    numbers[year] -= 1
    intakes = "\n".join(
        f"[[capacity.pools.regulatory.intakes]]\nfrom = {day}\nnumber = {number}"
        for day, number in zip(table["begins"], numbers, strict=True)
    )
    fewer = leaving.parent / "fewer.toml"
    room = 6 + sum(numbers)
    steps = (
        f"fte = [{{ from = 2003-04-01, fte = 6 }}, {{ from = 2006-04-01, fte = {room} }}]\nintakes_from = 2006-04-01"
    )
    text = LEAVING.format(small=SMALL.as_posix()).replace("fte = [{ from = 2003-04-01, fte = 6 }]", steps)
    fewer.write_text(f"{text}{intakes}\n", encoding="utf-8")
    mine = simulator.workforce(fewer, ["2006-regime"], replications=4).years
    chosen = mine[(mine["figure"] == "on_time_share") & (mine["pool"] == "all") & (mine["region"] == "all")]
    assert chosen["mean"].iloc[year] < table["on_time_share"].iloc[year]


def test_where_nobody_leaves_and_all_is_kept_nobody_is_recruited() -> None:
    answer = simulator.intake(SMALL, "2006-regime", targets="on_time_share >= 0.5", replications=2)
    assert (answer.table["intake"] == 0).all()
    assert "nobody needs to be recruited" in answer.sentences[0]


def test_the_command_keeps_a_folder_and_can_be_asked_again(leaving: Path, tmp_path: Path) -> None:
    out, again = tmp_path / "out", tmp_path / "again"
    asked = ("--by-year", "--target", "on_time_share >= 0.8", "--replications", "3", "--step", "2")
    ran("size", leaving, *asked, "--out", out)
    ran("size", out, *asked, "--out", again)
    assert (out / "intakes.csv").read_bytes() == (again / "intakes.csv").read_bytes()
    assert "How many inspectors must be recruited each year" in (out / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--target", "days_unfound_mean <= 90"), "cannot be a target of each year; allowed: on_time_share"),
        (("--step", "0.5"), "--step: given 0.5; allowed with --by-year: a whole number of people"),
        (("--most-replications", "9"), "--most-replications: has no meaning with --by-year"),
    ],
)
def test_what_a_plan_by_year_cannot_take_is_refused(given: tuple[str, ...], said: str) -> None:
    assert said in ended(REFUSED, "size", SMALL, "--by-year", *given).stderr


def test_intakes_of_the_scenario_are_refused(leaving: Path, tmp_path: Path) -> None:
    path = tmp_path / "given.toml"
    text = LEAVING.format(small=SMALL.as_posix())
    path.write_text(f"{text}intakes = [{{ from = 2007-04-01, number = 3 }}]\n", encoding="utf-8")
    with pytest.raises(InputError, match="but this question looks for them"):
        simulator.intake(path, "2006-regime", replications=2)
