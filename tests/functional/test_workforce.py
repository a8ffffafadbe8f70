"""The workforce by year, month and region: agrees with the measures, conserves people and days, and tells who waits."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import simulator
from simulator.questions.workforce.answer import Staffed
from simulator.questions.workforce.figures import FIGURES
from tests.commands import SMALL, ran

if TYPE_CHECKING:
    import pandas as pd

FLOWS = """
extends = "{small}"
title = "A small England with flows"
[run]
years = 3
replications = 3
[capacity.pools.regulatory]
by_region = true
fte = [{{ from = 2003-04-01, fte = 9 }}]
recruitment_months = 3
training_months = 3
turnover = 0.3
freezes = [{{ from = 2007-04-01, until = 2008-04-01 }}]
[capacity.pools.regulatory.regions."South East"]
turnover = 1.5
recruitment_months = 24
"""


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("workforce") / "flows.toml"
    path.write_text(FLOWS.format(small=Path(SMALL).as_posix()), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def answer(scenario: Path) -> Staffed:
    return simulator.workforce(scenario, ["2006-regime", "option-a-as-proposed"], replications=3)


def rows(frame: "pd.DataFrame", figure: str, **where: Any) -> "pd.Series[float]":
    chosen = frame[frame["figure"] == figure]
    for name, value in ({"pool": "all", "region": "all"} | where).items():
        chosen = chosen[chosen[name] == value]
    return chosen["mean"]


def test_it_counts_what_the_measures_count(answer: Staffed, scenario: Path) -> None:
    few = simulator.load_scenario(scenario, replications=3)
    compared = simulator.compare(few, ["2006-regime", "option-a-as-proposed"])
    measured = compared.summary.set_index(["framework", "service_type", "measure"])["mean"]
    for framework in ("2006-regime", "option-a-as-proposed"):
        for figure, name, near in (
            ("due", "duties_due_per_year", 0.01),
            ("past", "providers_past_duty", 0.01),
            ("unfound", "undetected_poor_provider_years", 0.01),
            ("on_time_share", "on_time_share", 0.001),
            ("waiting", "backlog_mean", 1e-9),
        ):
            (told,) = rows(answer.regions, figure, framework=framework)
            assert told == pytest.approx(measured[framework, "all", name], rel=near), (figure, framework)


def test_years_and_regions_add_up(answer: Staffed) -> None:
    for figure in ("due", "begun", "joined", "left", "used"):
        years = rows(answer.years, figure, framework="2006-regime")
        assert years.mean() == pytest.approx(rows(answer.regions, figure, framework="2006-regime").iloc[0])
    for figure in ("due", "past", "unfound"):
        mine = answer.regions[(answer.regions["figure"] == figure) & (answer.regions["framework"] == "2006-regime")]
        by_region = mine.set_index("region")["mean"]
        assert by_region.drop("all").sum() == pytest.approx(by_region["all"])


def test_duties_of_a_year_fall_in_that_year(answer: Staffed) -> None:
    """Most fall due at its end, at midnight: with few late, every year has about as many."""
    due = rows(answer.years, "due", framework="2006-regime").to_numpy()
    assert (due > 0.8 * due.mean()).all()
    mine = answer.months[(answer.months["figure"] == "due") & (answer.months["framework"] == "2006-regime")]
    by_month = mine[(mine["pool"] == "all") & (mine["region"] == "all")].set_index("month")["mean"]
    assert by_month.idxmax() == "March"


def test_people_are_conserved_and_nobody_joins_in_the_freeze(answer: Staffed) -> None:
    of_pool = {"framework": "2006-regime", "pool": "regulatory"}
    joined = rows(answer.years, "joined", **of_pool)
    assert joined.iloc[1] == 0
    assert rows(answer.years, "left", **of_pool).iloc[1] > 0
    for name in ("vacant", "in_training", "in_post"):
        assert (rows(answer.years, name, **of_pool) <= rows(answer.years, "posts", **of_pool).to_numpy() + 1e-9).all()
    assert (rows(answer.years, "used_share", **of_pool) <= 1 + 1e-9).all()


def test_both_frameworks_have_the_same_people(answer: Staffed) -> None:
    for name in ("in_post", "joined", "left"):
        own, other = (
            rows(answer.years, name, framework=framework, pool="regulatory").to_numpy()
            for framework in ("2006-regime", "option-a-as-proposed")
        )
        assert (own == other).all()


def test_it_says_where_people_are_short(answer: Staffed) -> None:
    mine = answer.regions[(answer.regions["framework"] == "2006-regime") & (answer.regions["pool"] == "regulatory")]
    vacant = mine[mine["figure"] == "vacant"].set_index("region")["mean"]
    posts = mine[mine["figure"] == "posts"].set_index("region")["mean"]
    assert (vacant / posts).idxmax() == "South East"
    assert "posts for inspectors of services" in answer.sentences[0]
    assert "2007-08" in answer.verdict.columns


def test_every_visit_asked_for_is_done_lapsed_or_still_open(answer: Staffed) -> None:
    work = answer.work.pivot_table(index=["framework", "kind", "statutory"], columns="figure", values="mean")
    assert (work["lapsed"][work.index.get_level_values("statutory")] == 0).all()
    assert (work["asked"] >= work["lapsed"] - 1).all()
    days = answer.regions[(answer.regions["figure"] == "used") & (answer.regions["pool"] == "all")]
    assert work["days"].groupby("framework").sum().max() <= days["mean"].max() * 1.1


def test_the_command_leaves_a_folder_from_which_all_is_made_again(scenario: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert "statutory" in ran("workforce", scenario, "--replications", "2", "--out", out).output
    for name in ("years.csv", "months.csv", "regions.csv", "work.csv", "report.html", "workbook.xlsx"):
        assert (out / name).is_file()
    again = tmp_path / "again"
    ran("workforce", out, "--replications", "2", "--out", again)
    for name in ("years.csv", "months.csv", "regions.csv", "work.csv"):
        assert (out / name).read_bytes() == (again / name).read_bytes()
    report = (out / "report.html").read_text(encoding="utf-8")
    for heading in ("Year by year", "Month by month", "Region by region", "What gives way"):
        assert heading in report


def test_without_a_limit_there_is_no_number_of_people(tmp_path: Path) -> None:
    few = simulator.load_scenario(SMALL, inspectors={"regulatory": float("inf")})
    answer = simulator.workforce(few, replications=2)
    assert "no limit to the number of inspectors of services" in answer.sentences[0]
    (share,) = rows(answer.regions, "on_time_share", framework="2006-regime")
    assert share == 1


def test_every_figure_is_declared_once() -> None:
    names = [figure.name for figure in FIGURES]
    assert len(names) == len(set(names))
