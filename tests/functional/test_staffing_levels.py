"""One meaning of "with N inspectors": compare, size and frontier agree to the last digit, and answers say from when."""

from pathlib import Path

import pandas as pd
import pytest

import simulator
from simulator.answers.conditions import conditions
from simulator.measures.names import BESIDE_SIZE
from simulator.running.crews import Crewing
from simulator.running.question import posed
from simulator.scenario.scenario import load_scenario
from tests.commands import REFUSED, SMALL, ended

pytestmark = pytest.mark.usefixtures("undrawn_throughout")

ONE = Crewing(workers=1)
REPLICATIONS = 7
FTE = 3.5
ONE_FRAMEWORK = ("--framework", "2006-regime", "--replications", "2")
ON_TIME = "on_time_share of childrens_home"


def compared(measure: str, service_type: str = "all", fte: float = FTE, day: str | None = None) -> float:
    scenario = simulator.load_scenario(SMALL, replications=REPLICATIONS, inspectors=fte, inspectors_from=day)
    rows = simulator.compare(scenario, ["2006-regime"], crewing=ONE).summary
    return float(rows.query("measure == @measure and service_type == @service_type")["mean"].iloc[0])


@pytest.mark.parametrize("day", [None, "2007-01-01", "2005-04-01"])
def test_the_same_measure_is_the_same_from_compare_size_and_frontier(day: str | None) -> None:
    scenario = simulator.load_scenario(SMALL, replications=REPLICATIONS)
    curves = simulator.frontier(
        scenario, "2006-regime", measures=ON_TIME, numbers=[FTE, 5], crewing=ONE, inspectors_from=day
    ).curves
    on_curve = float(curves.query("fte == @FTE")["mean"].iloc[0])
    sized = simulator.size(
        scenario,
        "2006-regime",
        targets=f"{ON_TIME} >= {on_curve:.4f}",
        step=FTE,
        most_replications=REPLICATIONS,
        crewing=ONE,
        inspectors_from=day,
    )
    points = sized.points.query("fte == @FTE")
    assert points["replications"].tolist() == [REPLICATIONS]
    assert compared("on_time_share", "childrens_home", day=day) == on_curve == float(points["mean"].iloc[0])
    (row,) = sized.sizes.to_dict("records")
    for cost in BESIDE_SIZE:
        assert row[cost] == compared(cost, fte=row["fte"], day=day)


def test_the_day_makes_a_difference() -> None:
    by_day = {compared("on_time_share", day=day) for day in ("2005-04-01", "2006-04-01", "2007-04-01")}
    assert len(by_day) == 3
    assert compared("on_time_share") in by_day


def told_in(folder: Path) -> str:
    return (folder / "answer.txt").read_text(encoding="utf-8")


def test_the_answer_says_from_when_and_what_was_before(tmp_path: Path) -> None:
    asked: list[str | Path] = [
        "compare",
        SMALL,
        "--framework",
        "2006-regime",
        "--replications",
        "2",
        "--inspectors",
        "75%",
    ]
    said = "3 full-time equivalents from 1 April 2006; 4 before"
    ended(0, *asked, "--out", tmp_path / "run")
    assert f"Inspectors of services: {said} (75% of 4)." in told_in(tmp_path / "run")
    assert said in (tmp_path / "run" / "report.html").read_text()
    ended(0, "compare", tmp_path / "run", "--out", tmp_path / "again")
    assert f"{said} (75% of 4)" in told_in(tmp_path / "again")
    one, same = (pd.read_csv(tmp_path / name / "summary.csv") for name in ("run", "again"))
    pd.testing.assert_frame_equal(one, same)


def test_nothing_is_said_where_nothing_changes() -> None:
    assert not any("full-time equivalents" in line for line in conditions(posed(load_scenario(SMALL))))


def test_numbers_of_a_frontier_may_be_per_cent(tmp_path: Path) -> None:
    asked: list[str | Path] = [
        "frontier",
        SMALL,
        "--framework",
        "2006-regime",
        "--replications",
        "2",
        "--measure",
        "on_time_share",
    ]
    ended(0, *asked, "--from", "75%", "--to", "125%", "--step", "1", "--out", tmp_path / "run")
    assert pd.read_csv(tmp_path / "run" / "frontier.csv")["fte"].tolist() == [3, 4, 5]
    assert "the scenario has 4, and 75% to 125% of that are tried" in told_in(tmp_path / "run")


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (("compare", "--inspectors", "80%%"), "--inspectors 80%%: allowed: full-time equivalents"),
        (("compare", "--inspectors-from", "2007-04-01"), "Use it with --inspectors"),
        (("size", "--inspectors-from", "1999-04-01"), "--inspectors-from: given 1999-04-01, which is outside the run"),
        (("frontier", "--from", "lots"), "--from lots: allowed: full-time equivalents"),
        (("trace", "childrens_home-0001", "--inspectors", "-3%"), "--inspectors -3%: allowed"),
    ],
)
def test_what_cannot_be_is_refused(typed: tuple[str, ...], message: str) -> None:
    question, *rest = typed
    assert message in " ".join(ended(REFUSED, question, *rest, "--out", "nowhere").stderr.split())
