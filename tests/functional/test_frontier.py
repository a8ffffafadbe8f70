"""What each number of inspectors brings: the command, what it writes, and that it goes on after a stop."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from typer.testing import Result

from simulator.inputs.messages import InputError
from simulator.measures.names import MEASURES
from simulator.questions.frontier.chart import frontier_charts
from simulator.questions.frontier.curves import Frontier, numbers_between, trace_frontier
from simulator.questions.frontier.next_posts import next_frame, next_told, quantities, steps
from simulator.questions.frontier.tables import crossings_by_cost_frame, crossings_frame
from simulator.questions.frontier.words import frontier_sentences
from simulator.render.verdict import read_verdict
from simulator.running.crews import Crewing
from simulator.running.question import posed
from simulator.running.staffing_levels import Read
from simulator.running.store import UNFINISHED
from simulator.running.targets import Quantity
from simulator.scenario.scenario import load_scenario
from tests.commands import REFUSED, SMALL, content, ended, stop_at
from tests.undrawn import as_drawn

if TYPE_CHECKING:
    from tests.functional.worlds import World

pytestmark = pytest.mark.usefixtures("undrawn_throughout")

DAYS = Quantity("days_unfound_mean", "childrens_home")


def traced(out: Path, *options: str, exit_code: int = 0) -> Result:
    told = ["frontier", str(SMALL), "--framework", "2006-regime", "--framework", "option-b", "--from", "2", "--to", "6"]
    return ended(exit_code, *told, "--step", "2", "--replications", "3", "--out", out, *options)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    folder = tmp_path_factory.mktemp("runs") / "undisturbed"
    return folder, traced(folder, "--workers", "1")


def test_every_chart_has_its_numbers_beside_it(undisturbed: tuple[Path, Result]) -> None:
    folder, told = undisturbed
    charts = {path.stem for path in (folder / "charts").glob("*.svg")}
    assert charts >= {"duties-and-unfound"}
    assert len(charts) == 5
    curves = pd.read_csv(folder / "frontier.csv")
    assert sorted(curves["fte"].unique()) == [2, 4, 6]
    assert (curves["replications"] <= 3).all()
    for name in charts:
        assert (folder / "charts" / f"{name}.png").exists()
        table = pd.read_csv(folder / "charts" / f"{name}.csv")
        both = name == "duties-and-unfound"
        assert len(table) == (12 if both else 6)
        assert (table["low"].dropna() <= table["mean"][table["low"].notna()]).all()
        assert both or (table["cost_per_year"] <= table["posts_cost_per_year"]).all()
        assert "<desc" in (folder / "charts" / f"{name}.svg").read_text()
    assert "option B" in told.stdout
    verdict = read_verdict((folder / "verdict.json").read_bytes())
    assert verdict.title in told.stdout
    assert verdict.title.startswith("At least 95% of statutory inspections end on time: ")
    lines = {(line.group, line.label): line for line in verdict.lines}
    whose = "Inspectors of services"
    assert lines[whose, "range tried"].cells == ("2 to 6", "2 to 6")
    days = curves[(curves["measure"] == "days_unfound_mean") & (curves["fte"] == 4)]
    shown = lines["With 4", "mean days poor and unfound, children's homes"].values
    assert shown == pytest.approx(tuple(days["mean"]))
    for place, enough in enumerate(lines[whose, "needed to keep duties"].values):
        kept = [lines[f"With {fte}", "statutory visits on time"].values[place] or 0.0 for fte in (2, 4, 6)]
        expected = next((fte for fte, *rest in ((2, *kept), (4, *kept[1:]), (6, *kept[2:])) if min(rest) >= 0.95), None)
        assert enough == expected
    assert "6 of 18 runs done" in told.stderr or "18 of 18 runs done" in told.stderr
    assert not (folder / UNFINISHED).exists()


def test_a_level_is_what_a_comparison_with_so_many_inspectors_says(world: "World") -> None:
    """Where the framework is in force from the beginning."""
    homes = world.of(childrens_home=40).with_kind(effort=10).with_visits(2).during(2).warming_up(1)
    asked = posed(homes.scenario(), [homes.framework()], homes.register())
    done = trace_frontier(
        asked, [Quantity("inspections_per_year", "all")], "regulatory", [2, 3], crewing=Crewing(workers=1)
    )
    alone = posed(homes.with_inspectors(3).scenario(), [homes.framework()], homes.register())
    same = trace_frontier(alone, done.quantities, "regulatory", [3], crewing=Crewing(workers=1))
    assert done.finished == 1
    assert done.values("own", done.quantities[0])[0, 1] == same.values("own", done.quantities[0])[0, 0]
    assert np.diff(done.values("own", done.quantities[0])[0])[0] > 0


def made_up(differences: list[float], replications: int = 6, measure: Quantity = DAYS, cost: float = 1) -> Frontier:
    """Give a frontier that nobody ran: the second framework differs so from the first, at 100, 150, ... FTE.

    It costs so many times as much as the first, of which each FTE costs a million pounds.
    """
    numbers = tuple(100.0 + 50 * position for position in range(len(differences)))
    asked = posed(load_scenario(SMALL).changed({"run": {"frameworks": ["2006-regime", "option-b"]}}, "a test"))
    values = np.zeros((replications, 2 * len(numbers), len(MEASURES), 14))
    chance = np.linspace(-1, 1, replications)[:, None]
    costs = np.array([*numbers, *(cost * each for each in numbers)])
    values[:, :, *Quantity("cost_per_year", "all").place] = 1e6 * costs
    level = 300 - np.array(numbers) / 2
    values[:, : len(numbers), *measure.place] = level
    values[:, len(numbers) :, *measure.place] = level + differences + chance
    return Frontier(asked, "regulatory", numbers, (measure,), Read(values, np.zeros((0, 0, 2)), ()), replications)


@pytest.mark.parametrize(
    ("differences", "expected"),
    [
        (
            [-20, 20, 20],
            (
                "Below 125 FTE option B leaves poor homes unfound for less time than the 2006 regime; above, for "
                "longer (the crossing"
            ),
        ),
        (
            [20, 20, -20],
            (
                "Below 175 FTE option B leaves poor homes unfound for longer than the 2006 regime; above, for "
                "less time (the crossing"
            ),
        ),
        ([20, -20, 20], "; above 175 ("),
        ([20, -20, 20], ") for longer again."),
        ([9, 9, 9], "At every number from 100 to 200 FTE option B leaves poor homes unfound for longer than the 2006"),
        (
            [0, -9, -9],
            "Where it is clear, from 150 to 200 FTE, option B leaves poor homes unfound for less time than the",
        ),
        ([0, 0, 0], "From 100 to 200 FTE there is no clear difference between option B and the 2006 regime"),
    ],
)
def test_who_does_better_where_is_told(differences: list[float], expected: str) -> None:
    (told,) = frontier_sentences(made_up(differences))
    assert expected in told


@pytest.mark.parametrize(
    ("differences", "cost", "expected"),
    [
        (
            [-20, 20, 20],
            1.0,
            (
                "Below £125.00 million a year option B leaves poor homes unfound for less time than the 2006 regime; "
                "above, for longer (the"
            ),
        ),
        (
            [9, 9, 9],
            1.0,
            (
                "At every cost from £100.00 million to £200.00 million a year option B leaves poor homes unfound for "
                "longer"
            ),
        ),
        (
            [0, 0, 0],
            1.0,
            "From £100.00 million to £200.00 million a year there is no clear difference between option B",
        ),
        (
            [0, 0, 0],
            0.75,
            "At every cost from £100.00 million to £150.00 million a year option B leaves poor homes unfound for le",
        ),
        ([0, 0, 0], 3.0, "Over cost they cannot be compared: they share no range of costs."),
    ],
)
def test_who_does_better_at_which_cost_is_told(differences: list[float], cost: float, expected: str) -> None:
    (told,) = frontier_sentences(made_up(differences, cost=cost))
    assert expected in told


def test_the_interval_of_a_crossing_takes_in_what_was_not_tried() -> None:
    crossed = made_up([-20, 20, 20])
    (pair,) = crossed.pairs
    (crossing,) = pair.course.crossings
    assert (crossing.low, crossing.high) == (100, 150)
    assert "the crossing lies between 100 and 150 FTE, with 95% confidence" in frontier_sentences(crossed)[0]
    assert pair.by_cost is not None
    assert [(of.low, of.high) for of in pair.by_cost.course.crossings] == [(1e8, 1.5e8)]


@pytest.fixture(scope="module")
def one_framework(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("runs") / "alone"
    asked: list[str | Path] = ["frontier", SMALL, "--framework", "2006-regime", "--replications", "3"]
    asked += ["--from", "1", "--to", "7", "--step", "2", "--target", "on_time_share of childrens_home >= 0.9"]
    told = ended(0, *asked, "--measure", "days_unfound_mean of childrens_home", "--out", folder).stdout
    return folder, " ".join(told.split())


def test_one_framework_alone_is_told_plainly(one_framework: tuple[Path, str]) -> None:
    folder, told = one_framework
    assert "Mean days poor and unfound, children's homes, under the 2006 regime: " in told
    assert " with 1 FTE, " in told
    assert " with 7 FTE." in told
    report = (folder / "report.html").read_text()
    assert "where does one overtake another" not in report
    assert "Where they cross" not in report


def test_it_is_told_where_a_target_is_met(one_framework: tuple[Path, str]) -> None:
    folder, told = one_framework
    (row,) = pd.read_csv(folder / "targets.csv").to_dict("records")
    curve = pd.read_csv(folder / "frontier.csv").query("measure == 'on_time_share'")
    assert curve.query("fte < @row['fte_low']")["mean"].max() < 0.9
    assert curve.query("fte >= @row['fte']")["mean"].min() >= 0.9
    assert row["fte_low"] < row["fte"] == row["fte_high"]
    ends = f"lies between {row['fte_low']:g} and {row['fte']:g})"
    assert f"children's homes is at least 90% from {row['fte']:g} FTE on (the smallest number that does {ends}" in told


def test_crossings_over_cost_have_a_table_of_their_own() -> None:
    by_fte, by_cost = (frame(made_up([-20, 20, 20])) for frame in (crossings_frame, crossings_by_cost_frame))
    assert list(by_cost) == list(by_fte.rename(columns={"fte": "cost_per_year"}))
    (row,) = by_cost.to_dict("records")
    assert row["cost_per_year"] == pytest.approx(1e6 * by_fte["fte"][0])
    assert row["low"] < row["cost_per_year"] < row["high"]
    assert (row["less_below"], row["less_above"]) == ("option-b", "2006-regime")
    assert crossings_by_cost_frame(made_up([-20, 20, 20], cost=3.0)).empty


def test_other_measures_are_told_by_their_titles() -> None:
    (told,) = frontier_sentences(made_up([-9, 9, 9], measure=Quantity("backlog_mean", "all")))
    assert told.startswith("Below 125 FTE option B leaves fewer inspections waiting than the 2006 regime; above")


def test_charts_say_what_is_to_be_seen() -> None:
    by_fte, by_cost = (each.chart for each in frontier_charts(made_up([-20, 20, 20])))
    assert (
        by_fte.title
        == "Below 125 FTE option B leaves poor homes unfound for less time than the 2006 regime; above, for longer"
    )
    assert "Option B: 230 with 100 FTE, 220 with 200." in by_fte.alt
    assert by_cost.title == (
        "Below £125.00 million a year option B leaves poor homes unfound for less time than the 2006 regime; above, "
        "for longer"
    )
    same = frontier_charts(made_up([0, 0, 0]))[1].chart
    assert same.title == (
        "Mean days poor and unfound, children's homes: for £150.0 million a year 225 under the 2006 regime and "
        "225 under option B"
    )
    first, again = (as_drawn(lambda: frontier_charts(made_up([-20, 20, 20]))[0].chart) for _ in range(2))
    assert first == again
    twice = frontier_charts(made_up([20, -20, 20]))[0].chart
    assert twice.title.endswith("above, for less time; above 175 for longer again")


def test_numbers_are_around_those_of_the_scenario_if_none_are_given() -> None:
    asked = posed(load_scenario(SMALL))
    assert numbers_between(asked, "regulatory", None, None, None).tolist() == [2, 2.5, 3, 3.5, 4, 4.5, 5, 5.5, 6]
    assert numbers_between(asked, "area", None, None, None)[[0, -1]].tolist() == [10, 30]
    assert numbers_between(asked, "regulatory", 1, 2, 0.25).tolist() == [1, 1.25, 1.5, 1.75, 2]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ((5, 2, None), "--from 5 --to 2"),
        ((1, 5, 9), "a step between them"),
        ((1, 500, 0.5), "at most 100"),
        ((-1, 5, None), "0 or more"),
    ],
)
def test_numbers_that_make_no_range_are_refused(given: tuple[Any, ...], message: str) -> None:
    with pytest.raises(InputError, match=message):
        numbers_between(posed(load_scenario(SMALL)), "regulatory", *given)


def test_a_run_that_was_stopped_goes_on(
    undisturbed: tuple[Path, Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "run"
    stop_at(monkeypatch, 9)
    assert "Continue with --resume" in traced(out, "--workers", "1", "--batch", "1", exit_code=130).stderr
    assert len(list(out.rglob("*.npz"))) == 1
    assert "contains a stopped run" in traced(out, exit_code=REFUSED).stderr
    traced(out, "--resume", "--workers", "2")
    assert content(out) == content(undisturbed[0])


def test_what_cannot_be_used_ends_with_one_message(tmp_path: Path) -> None:
    refused = traced(tmp_path / "run", "--measure", "days_to_detection", exit_code=REFUSED)
    assert 'there is no measure "days_to_detection"; did you mean' in refused.stderr


def test_a_pool_that_does_nothing_is_refused(world: "World") -> None:
    homes = world.of(childrens_home=4).with_visits(1).with_kind()
    others = homes.with_kind(pool="others")
    scenario = homes.with_inspectors(2, pool="others").scenario()
    asked = posed(scenario, [homes.framework("first"), others.framework("second")], homes.register())
    with pytest.raises(InputError, match='--pool others: this pool has no work under "first"'):
        trace_frontier(asked, [DAYS], "others", [1, 2])


def test_what_the_next_inspectors_bring_is_paired_and_priced() -> None:
    """The first framework leaves poor homes unfound for 25 days less with each 50 more; the second one for 25 more."""
    found = made_up([0, 50, 100])
    (first, last), (_, harmful) = (steps(found, name) for name in found.question.names)
    assert (first.fte, first.to, last.to) == (100, 150, 200)
    assert first.gains[DAYS] == pytest.approx((-25, -25, -25))
    assert harmful.gains[DAYS].mean == pytest.approx(25)
    price = found.question.scenario
    assert first.pounds == 50 * price.costs.cost_per_inspector_day * price.capacity.deployable_days_per_fte_year
    said, other = next_told(found)
    assert said.startswith("With 50 more than 100 inspectors of services under the 2006 regime, poor homes go unfound")
    assert "for 25 days less" in said
    assert "Up to 200, the most tried, further inspectors still bring something clear" in said
    assert "for 25 days more" in other
    assert len(next_frame(found)) == 2 * 2 * len(quantities(found))


def test_inspectors_that_change_nothing_are_reported_to() -> None:
    found = made_up([0, 0, 0])
    still = replace(found, read=found.read._replace(values=np.zeros_like(found.read.values)))
    assert all("nothing changes that can be distinguished from chance" in said for said in next_told(still))
    assert all("Beyond 100, further inspectors bring nothing" in said for said in next_told(still))
