"""How many inspectors, and what each brings, over a set of fits: spread, what is told, and what was stopped goes on."""

import math
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from simulator.questions.calibrate.fits import load_fits
from simulator.questions.over_fits.spreading import quantiles
from simulator.questions.over_fits.worlds import fitted_question, worlds_of
from simulator.questions.size.found import Effort
from simulator.questions.size.search import size
from simulator.render.verdict import read_verdict
from simulator.running.comparing import Comparing
from simulator.running.crews import Crewing
from simulator.running.question import posed
from simulator.running.staffing_levels import StaffingLevels
from simulator.running.store import UNFINISHED
from simulator.running.targets import target
from simulator.scenario.scenario import load_scenario
from tests.commands import INTERRUPTED, REFUSED, ended, ran, stop_at

pytestmark = pytest.mark.usefixtures("undrawn_throughout")

HOMES = "homes-2014-2017"
REGIME = "childrens-homes-2014"
FEW = ("--framework", REGIME, "--years", "1", "--replications", "2", "--fits", HOMES, "--most-fits", "2")
TARGET = "undetected_poor_provider_years <= 80"


@pytest.fixture(scope="module")
def few_homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scenario of the same homes, but a tenth of them."""
    path = tmp_path_factory.mktemp("scenario") / "few.toml"
    path.write_text(
        f'title = "Few homes"\nextends = "{HOMES}"\n[population.types.childrens_home]\ncount = 200\n', encoding="utf-8"
    )
    return path


def test_a_spread_is_made_of_answers_and_knows_of_fits_without_one() -> None:
    for answers, found in (
        ((60, 50, 70, 55, 65), (50, 60, 70)),
        ((60, 50, math.inf), (50, 60, math.inf)),
        ((60, 50, math.nan), (50, 50, 60)),
    ):
        assert tuple(quantiles(np.array(answers), between=False)) == found
    assert np.isnan(quantiles(np.array([math.nan]), between=False)).all()
    assert tuple(quantiles(np.array([60.0, 50.0]), between=True)) == pytest.approx((50.5, 55, 59.5))


def test_the_best_fit_and_others_evenly_are_asked() -> None:
    asked = posed(load_scenario(HOMES))
    worlds = worlds_of(asked, load_fits(HOMES), 3)
    assert worlds.numbers[0] == 1
    assert len(worlds.numbers) == 3
    assert [number for number, _ in worlds.each()] == list(worlds.numbers)


def test_size_asks_each_fit_what_it_would_be_asked_alone(few_homes: Path, tmp_path: Path) -> None:
    out = tmp_path / "sized"
    options = ("--target", TARGET, "--step", "4", "--most-replications", "2", "--workers", "1", "--out", out)
    told = ran("size", few_homes, *FEW, *options)
    by_fit = pd.read_csv(out / "size.csv")
    over = pd.read_csv(out / "size_over_fits.csv").iloc[0]
    assert over["column"] == "fte"
    assert len(by_fit) == 2
    assert over["fits"] == by_fit["fte"].notna().sum()
    fits = load_fits(HOMES)
    number = int(by_fit["fit"].iloc[1])
    few = load_scenario(few_homes).changed(
        {"run": {"years": 1, "replications": 2, "frameworks": [REGIME], "baseline": REGIME}}, "a test"
    )
    world = fitted_question(posed(few), fits, number)
    read = [target(TARGET, world.service_types)]
    alone = size(world, read, "regulatory", Effort(4, 0.95, 2, 2), crewing=Crewing(workers=1)).sized[0]
    fte = by_fit["fte"].iloc[1]
    assert alone.fte == (None if np.isnan(fte) else fte)
    assert by_fit["arithmetic_fte"].iloc[1] == pytest.approx(alone.arithmetic)
    assert "nine in ten" in told.stdout
    assert "fit-1, childrens-homes-2014 with inf FTE" in told.stderr
    assert not (out / UNFINISHED).exists()


def test_a_frontier_over_fits_that_was_stopped_goes_on(
    few_homes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = ("--from", "8", "--to", "16", "--step", "8", "--workers", "1", "--batch", "1")
    asked = ("frontier", few_homes, *FEW, "--framework", "option-b", *options, "--out")
    whole, stopped = tmp_path / "whole", tmp_path / "stopped"
    told = ran(*asked, whole)
    assert "16 of 16 runs done" in told.stderr
    with monkeypatch.context() as patched:
        stop_at(patched, 13)
        assert "Continue with --resume" in ended(INTERRUPTED, *asked, stopped).stderr
    said = ended(REFUSED, *asked, stopped).stderr
    assert "contains a stopped search. Use --resume to continue it" in said
    said = ended(REFUSED, "size", few_homes, *FEW[:6], "--out", stopped).stderr
    assert "contains a stopped run of another command" in said
    assert ran(*asked, stopped, "--resume").stdout.replace(str(stopped), str(whole)) == told.stdout
    for name in ("answer.txt", "frontier_over_fits.csv", "frontier.csv", "crossings.csv"):
        assert (stopped / name).read_bytes() == (whole / name).read_bytes()
    curves = pd.read_csv(whole / "frontier_over_fits.csv")
    assert (curves["low"] <= curves["median"]).all()
    assert (curves["median"] <= curves["high"]).all()
    by_fit = pd.read_csv(whole / "frontier.csv")
    assert len(by_fit) == len(curves) * 2


@pytest.mark.parametrize(
    ("question", "work"), [("size", StaffingLevels), ("frontier", StaffingLevels), ("compare", Comparing)]
)
def test_runs_that_fail_in_a_fit_are_told_and_left_out(
    few_homes: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    question: str,
    work: type[StaffingLevels | Comparing],
) -> None:
    read = work.read
    first = worlds_of(posed(load_scenario(HOMES)), load_fits(HOMES), 2).numbers[0]
    failed: list[str] = []

    def failing(running: Any, case: int, replication: int) -> object:
        if replication == 1 and not failed:
            failed.append(running.cases[case])
            raise ValueError("a rule went wrong")
        return read(running, case, replication)

    monkeypatch.setattr(work, "read", failing)
    asked = {
        "size": ("--target", TARGET, "--step", "4", "--most-replications", "2"),
        "frontier": ("--framework", "option-b", "--from", "8", "--to", "16", "--step", "8"),
        "compare": (),
    }
    few = FEW[:-2] if question == "compare" else FEW
    run: tuple[str | Path, ...] = (
        question,
        few_homes,
        *few,
        *asked[question],
        "--workers",
        "1",
        "--out",
        tmp_path / "run",
    )
    assert "1 run failed" in ended(3, *run).stderr
    rows = pd.read_csv(tmp_path / "run" / "failures.csv").to_dict("records")
    assert [(row["fit"], row["framework"], row["replication"]) for row in rows] == [(first, REGIME, 1)]
    assert (tmp_path / "run" / UNFINISHED).exists()
    ran(*run, "--resume")
    assert not (tmp_path / "run" / "failures.csv").exists()
    assert not (tmp_path / "run" / UNFINISHED).exists()


def test_size_in_plausible_worlds_has_its_range_first(few_homes: Path, tmp_path: Path) -> None:
    out = tmp_path / "sized"
    few = ("--framework", REGIME, "--years", "1", "--replications", "2", "--most-replications", "2", "--step", "2")
    asked = ("--target", "on_time_share >= 0.9", "--worlds", "8")
    told = ran("size", few_homes, *few, *asked, "--workers", "1", "--out", out)
    numbers = pd.read_csv(out / "size.csv").set_index("world")
    drawn = numbers.drop(0)["fte"].fillna(math.inf)
    verdict = read_verdict((out / "verdict.json").read_bytes())
    assert "depending on what nobody knows" in verdict.title
    assert f"{numbers['fte'][0]:g} with the assumed values" in verdict.title
    assert (numbers.drop(0)["confidence"] == 0.5).all()
    assert numbers["confidence"][0] == 0.95
    met = pd.read_csv(out / "met_in_worlds.csv")
    assert met["worlds"].tolist() == [int((drawn <= fte).sum()) for fte in met["fte"]]
    assert verdict.title in told.stdout
    assert "--worlds 8" in (out / "report.html").read_text()
    assert "met-in-worlds" in {path.stem for path in (out / "charts").iterdir()}


def test_what_cannot_be_asked_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # a message cuts a long path
    assert "Use it with --fits" in ended(REFUSED, "size", "--most-fits", "2").stderr
    said = ended(REFUSED, "size", HOMES, "--fits", "nowhere", "--out", tmp_path / "x").stderr
    assert 'there is no set of fits "nowhere"' in said
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("question", ["compare", "size", "frontier"])
def test_fits_of_homes_are_refused_for_other_services_too(tmp_path: Path, question: str) -> None:
    said = ended(REFUSED, question, "england-2006", "--fits", HOMES, "--out", tmp_path / "x").stderr
    assert "the fits are for childrens_home, but the scenario also has providers of type" in said
    assert "Use a scenario with childrens_home only" in said
    assert len(said.strip().splitlines()) == 1
    assert not (tmp_path / "x").exists()
