"""A scenario that names frameworks by date: who is inspected when, what is compared, what is shown and refused."""

import json
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from simulator.commands.cli import app
from simulator.engine.recorded import DONE, SAMPLED
from simulator.engine.run import ENGINES, Engine, simulate
from simulator.engine.setting import setting_of
from simulator.engine.trace import Trace
from simulator.inspectorate.framework import load_framework
from simulator.inspectorate.kinds import KINDS
from simulator.questions.natural_shares.solving import regime_of_the_day
from simulator.running.question import posed, settings_of
from simulator.scenario.scenario import Scenario, load_scenario
from simulator.ticks import TICKS_PER_DAY, day_of, tick_of

if TYPE_CHECKING:
    from tests.functional.worlds import World

pytestmark = pytest.mark.usefixtures("undrawn_throughout")

SHIPPED = "england-2005-2017"
REFUSED = 2
FEWER = {
    "run": {"replications": 2},
    "population": {
        "local_authorities": 4,
        "types": {
            "childrens_home": {"count": 40},
            "secure_childrens_home": {"count": 2},
            "residential_special_school": {"count": 3},
            "boarding_school": {"count": 4},
            "fe_college": {"count": 2},
            "residential_family_centre": {"count": 2},
            "independent_fostering": {"count": 3},
            "voluntary_adoption_agency": {"count": 2},
            "adoption_support_agency": {"count": 2},
        },
    },
    "capacity": {
        "pools": {
            "regulatory": {"fte": [{"from": "2002-04-01", "fte": 5}]},
            "area": {"fte": [{"from": "2002-04-01", "fte": 20}]},
        }
    },
}


@pytest.fixture(scope="module")
def small() -> Scenario:
    return load_scenario(SHIPPED).changed(FEWER, "a test")


@pytest.fixture(scope="module")
def file(small: Scenario, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scenarios") / "small.toml"
    path.write_text(small.resolved_toml(), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def run(file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("runs") / "one"
    told = inspectsim("compare", file, "--out", folder, "--events", "first")
    assert told.exit_code == 0, told.stderr
    return folder


def inspectsim(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(each) for each in arguments], catch_exceptions=False)


def per_year(trace: Trace, first: int, years: int, providers: int) -> list[list[int]]:
    """For each inspection year the numbers of inspections that providers had in it, each number once."""
    starts = [tick_of(date(first + number, 4, 1), trace.epoch) for number in range(years + 1)]
    counted: npt.NDArray[np.int64] = np.zeros((providers, years), dtype=np.int64)
    for row in trace.inspections:
        counted[row["provider"], np.searchsorted(starts, row["raised"], side="right") - 1] += 1
    return [sorted(set(column.tolist())) for column in counted.T]


@pytest.mark.parametrize("engine", ENGINES)
def test_three_frameworks_in_turn_ask_for_what_each_of_them_asks(world: "World", engine: Engine) -> None:
    """Two visits a year, then one a year, then one within two years of that: none in the next year, one after it."""
    homes = world.of(childrens_home=50).with_kind().during(7)
    later = [
        (date(2008, 4, 1), homes.with_visits(1).framework("second")),
        (date(2009, 4, 1), homes.with_interval(24).framework("third")),
    ]
    trace = simulate(homes.setting(homes.with_visits(2).framework("first"), later=later), 0, engine)
    assert per_year(trace, 2006, 7, 50) == [[2], [2], [1], [0], [1], [0], [1]]
    last_of_second = trace.inspections["ended"][trace.inspections["regime"] == 1]
    first_of_third = trace.inspections["raised"][trace.inspections["regime"] == 2][:50]
    years = (np.sort(first_of_third) - np.sort(last_of_second)) / TICKS_PER_DAY / 365
    assert years == pytest.approx(np.full(50, 2.0), abs=0.003)


def test_within_a_year_each_framework_has_its_part_of_it(world: "World") -> None:
    """Four a year until 1 July, none until 1 January, eight a year until 31 March: 1, 0 and 2, but for odd days."""
    homes = world.of(childrens_home=2000).with_kind().during(1)
    later = [
        (date(2006, 7, 1), homes.with_visits(0).framework("second")),
        (date(2007, 1, 1), homes.with_visits(8).framework("third")),
    ]
    trace = simulate(homes.setting(homes.with_visits(4).framework("first"), later=later), 0)
    starts = [tick_of(day, trace.epoch) for day, _ in later]
    seen = np.bincount(np.searchsorted(starts, trace.inspections["raised"], side="right"), minlength=3) / 2000
    quarter = 91.25 / 91  # one visit in each quarter of the year, and 91 days of the first of them
    assert seen == pytest.approx([1 / quarter, 0, 8 * 90 / 365], abs=0.05)


def test_work_waits_through_two_takeovers_and_takes_what_it_took_when_it_was_raised(world: "World") -> None:
    homes = world.of(childrens_home=20).during(3).with_inspectors(0, (date(2008, 4, 1), np.inf))
    first = homes.with_kind(effort=2).with_visits(1).framework("first")
    nothing = homes.without_rules().framework("second")
    third = homes.with_kind(effort=5).with_interval(0).framework("third")
    trace = simulate(homes.setting(first, later=[(date(2007, 4, 1), nothing), (date(2008, 4, 1), third)]), 0)
    assert len(trace.inspections) == 20
    assert (trace.inspections["status"] == DONE).all()
    assert (trace.inspections["inspector_days"] == 2).all()
    assert (trace.inspections["regime"] == 2).all()
    assert (trace.inspections["started"] >= tick_of(date(2008, 4, 1), trace.epoch)).all()


def test_the_rating_of_one_framework_sets_the_visits_of_the_next_and_due_dates_of_the_one_after(
    world: "World",
) -> None:
    homes = world.of(childrens_home=90).starting(poor=1 / 3, adequate=1 / 3, good=1 / 3).with_kind().during(4)
    graded = homes.with_visits({"poor": 3, "adequate": 2, "good": 1}).framework("second")
    cycle = homes.with_interval({"poor": 12, "adequate": 24, "good": 0}).framework("third")
    later = [(date(2007, 4, 1), graded), (date(2008, 4, 1), cycle)]
    trace = simulate(homes.setting(homes.with_visits(1).framework("first"), later=later), 0)
    for grade, by_year in {1: [[1], [3], [1], [1]], 2: [[1], [2], [0], [1]], 3: [[1], [1], [0], [0]]}.items():
        of_grade = np.unique(trace.inspections["provider"][trace.inspections["true_grade"] == grade])
        rows = trace.inspections[np.isin(trace.inspections["provider"], of_grade)].copy()
        rows["provider"] = np.searchsorted(of_grade, rows["provider"])
        assert len(of_grade) > 10
        assert per_year(trace._replace(inspections=rows), 2006, 4, len(of_grade)) == by_year


@pytest.mark.parametrize("by", ["share", "number"])
def test_a_sample_that_goes_on_is_not_drawn_again_within_its_year(world: "World", by: str) -> None:
    """Ratings fall and homes close in the half year since it was drawn."""
    homes = world.of(childrens_home=400).without_rules().with_kind("random", counts=False).during(1)
    homes = homes.with_visits(2).with_rates(fall={"good": 2}, closure=0.5)
    sampled = homes.with_sample({"poor": 0.9, "good": 0.1}) if by == "share" else homes.with_sample(number=(200, 200))
    framework = sampled.framework()
    whole, split = (
        simulate(sampled.setting(framework, later=later), 0) for later in ([], [(date(2006, 10, 1), framework)])
    )
    drawn = [(trace.inspections["reason"] == SAMPLED).sum() for trace in (whole, split)]
    assert drawn[0] == drawn[1] > 10
    assert whole.inspections["raised"].tolist() == split.inspections["raised"].tolist()


# The shipped scenario


def test_the_shipped_timeline_is_in_force_as_its_file_says(small: Scenario) -> None:
    question = posed(small)
    assert question.names == ("2006-regime", "option-a-as-proposed", "option-b-as-proposed")
    assert question.baseline == "2006-regime"
    assert question.warm_up == load_framework("2006-regime")
    for position, setting in enumerate(settings_of(question)):
        names = ["2006-regime", *(each.framework for each in small.timeline)]
        expected = [question.names[position] if name == "compared" else name for name in names]
        assert list(setting.timeline) == expected
        days = [day_of(tick, setting.epoch) for tick in setting.takeovers]
        assert days == [each.from_ for each in small.timeline]
        assert [each.framework.name for each in question.timeline(position)] == expected
    dates = {each.framework: each.from_ for each in small.timeline}
    assert dates["jar-apa-2005"] == small.run.start == date(2005, 9, 1)
    assert dates["compared"] == date(2007, 7, 1)
    assert date(2012, 5, 1) in dates.values()


def test_the_alternative_that_nothing_changes_changes_nothing(small: Scenario) -> None:
    question = posed(small)
    regimes = question.timeline(question.names.index("2006-regime"))
    position = next(i for i, each in enumerate(regimes) if each.begins == date(2007, 7, 1))
    unchanged = [*regimes[:position], *regimes[position + 1 :]]
    with_it, without = (simulate(setting_of(small, each, question.register), 1) for each in (regimes, unchanged))
    assert len(with_it.inspections) == len(without.inspections) > 500
    for table in ("inspections", "episodes", "backlog"):
        one, other = getattr(with_it, table), getattr(without, table)
        for name in one.dtype.names:
            assert name == "regime" or one[name].tobytes() == other[name].tobytes()


def test_the_frameworks_compared_agree_before_they_take_over_and_not_after(small: Scenario) -> None:
    settings = settings_of(posed(small))
    traces = [simulate(setting, 1) for setting in settings]
    moment = tick_of(date(2007, 7, 1), settings[0].epoch)
    known = [trace.inspections[trace.inspections["ended"] < moment] for trace in traces]
    ended = [rows[np.lexsort((rows["provider"], rows["ended"]))] for rows in known]
    assert len(ended[0]) > 300
    assert ended[0].tobytes() == ended[1].tobytes() == ended[2].tobytes()
    assert len({trace.inspections.tobytes() for trace in traces}) == 3
    assert [(trace.inspections["kind"] == KINDS.index("random")).sum() > 0 for trace in traces] == [False, True, True]


def test_of_what_is_in_force_before_the_run_begins_the_last_is(small: Scenario) -> None:
    before = [{"from": "1999-04-01", "framework": "cyclic"}, {"from": "2001-04-01", "framework": "2006-regime"}]
    later = small.changed({"timeline": before + small.settings()["timeline"]}, "a test")
    one, other = (settings_of(posed(each))[1] for each in (small, later))
    assert one.timeline == other.timeline
    assert simulate(one, 1).inspections.tobytes() == simulate(other, 1).inspections.tobytes()


def test_a_run_may_begin_with_what_is_compared(small: Scenario) -> None:
    timeline = [{"from": "2005-09-01", "framework": "compared"}, {"from": "2007-09-01", "framework": "cyclic"}]
    question = posed(small.changed({"run": {"warm_up_years": 0, "years": 3}, "timeline": timeline}, "a test"))
    assert [setting.timeline for setting in settings_of(question)] == [(name, "cyclic") for name in question.names]


# The command


def test_a_comparison_tells_and_draws_what_is_in_force_when(run: Path) -> None:
    told = (run / "answer.txt").read_text()
    for line in (
        "From 1 September 2002: the 2006 regime",
        "From 1 September 2005: the 2005 reviews and assessments",
        "From 1 April 2006: the 2006 regime",
        "From 1 July 2007: the 2006 regime, option A as proposed or option B as proposed, which are compared",
        "Measured: 1 September 2005 to 31 August 2017",
        "The frameworks compared are in force from 1 July 2007 to 30 April 2012",
    ):
        assert line in told
    for name in ("compare", "backlog", "detection", "undetected-poor", "inspections-by-kind"):
        drawn = (run / "charts" / f"{name}.svg").read_text()
        assert "frameworks compared on 1 July 2007" in drawn
        assert "Frameworks differ from 1 July 2007 to 30 April" in " ".join(re.sub("<[^>]*>", " ", drawn).split())
    assert ">frameworks compared<" in (run / "charts" / "backlog.svg").read_text()
    manifest = json.loads((run / "manifest.json").read_text())
    assert {"from": "2007-07-01", "framework": "compared"} in manifest["timeline"]
    assert manifest["warm_up"] == "2006-regime"
    regimes = pd.read_parquet(run / "inspections.parquet").groupby("framework")["regime"].unique()
    assert "option-a-as-proposed" not in set(regimes["2006-regime"])
    assert {"2006-regime", "jar-apa-2005", "option-a-as-proposed"} < set(regimes["option-a-as-proposed"])


def test_it_is_made_again_from_its_folder(run: Path, tmp_path: Path) -> None:
    assert inspectsim("compare", run, "--out", tmp_path / "again").exit_code == 0
    for name in ("scenario.toml", "replications.csv", "charts/backlog.svg", "frameworks/jar-apa-2005.toml"):
        assert (tmp_path / "again" / name).read_bytes() == (run / name).read_bytes()


def test_own_frameworks_of_a_timeline_are_found_from_its_file_and_kept_with_the_run(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("there").mkdir()
    Path("there", "mine.toml").write_text('extends = "cyclic"\ntitle = "Mine"\n')
    Path("there", "own.toml").write_text(
        f'extends = "{file}"\n[run]\nreplications = 1\n'
        '[[timeline]]\nfrom = 2007-07-01\nframework = "compared"\n'
        '[[timeline]]\nfrom = 2010-01-31\nframework = "mine.toml"\n'
    )
    told = inspectsim("compare", "there/own.toml", "--out", "run")
    assert told.exit_code == 0, told.stderr
    assert "From 31 January 2010: Mine" in Path("run", "answer.txt").read_text()
    assert 'framework = "mine"' in Path("run", "scenario.toml").read_text()
    Path("there", "mine.toml").unlink()
    assert inspectsim("compare", "run", "--out", "again").exit_code == 0
    assert Path("run", "replications.csv").read_bytes() == Path("again", "replications.csv").read_bytes()


def test_a_diary_tells_every_takeover(file: Path, tmp_path: Path) -> None:
    told = inspectsim("trace", "childrens_home-0003", file, "--framework", "option-b", "--out", tmp_path / "b")
    text = " ".join(told.stdout.split())
    for said in (
        "The 2006 regime in the warm-up, the 2005 reviews and assessments from 1 September 2005,",
        "1 Sep 2005 The 2005 reviews and assessments take over from the 2006 regime. Measurement starts here.",
        "1 Apr 2006 The 2006 regime takes over from the 2005 reviews and assessments.",
        "1 Jul 2007 Option B takes over from the 2006 regime.",
    ):
        assert said in text
    assert "option B from 2007-07-01" in (tmp_path / "b" / "charts" / "life.svg").read_text()
    neither = inspectsim("trace", "childrens_home-0003", file, "--out", tmp_path / "neither")
    assert "1 Jul 2007 The 2006 regime stays in force." in " ".join(neither.stdout.split())


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--long-run"], "--long-run: the scenario has a timeline"),
        (["--years", "6"], "given 2012-05-01, but the run stops on 2011-09-01; allowed: an earlier date"),
    ],
)
def test_options_that_do_not_fit_a_timeline_are_refused(options: list[str], message: str, tmp_path: Path) -> None:
    told = inspectsim("compare", SHIPPED, *options, "--out", tmp_path / "run")
    assert told.exit_code == REFUSED
    assert message in told.stderr
    assert not (tmp_path / "run").exists()


def test_it_is_listed() -> None:
    listed = inspectsim("scenarios").stdout
    assert "england-2005-2017: England, 2005 to 2017" in listed
    assert "had they come into force on the day proposed, 1 July 2007?" in " ".join(listed.split())


def test_the_regime_of_the_day_is_the_last_before_the_start(small: Scenario) -> None:
    assert regime_of_the_day(small).name == "2006-regime"
    earlier = [{"from": "2004-04-01", "framework": "cyclic"}, *small.settings()["timeline"]]
    assert regime_of_the_day(small.changed({"timeline": earlier}, "a test")).name == "cyclic"
