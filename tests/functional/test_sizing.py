"""How many inspectors it takes: known answers, what cannot be met, and searches that were stopped."""

import math
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from typer.testing import Result

from simulator.inputs.messages import InputError
from simulator.questions.frontier.next_posts import steps
from simulator.questions.size.found import Effort, Sized, Sizing
from simulator.questions.size.search import size
from simulator.questions.size.words import sizing_sentences
from simulator.render.verdict import read_verdict
from simulator.running.crews import Crewing, begun_once
from simulator.running.posts import mean_fte, since, with_posts
from simulator.running.question import Question, posed
from simulator.running.staffing_levels import StaffingLevels
from simulator.running.store import UNFINISHED, RunFolder
from simulator.running.targets import Quantity, target
from simulator.scenario.scenario import load_scenario
from tests.commands import REFUSED, SMALL, content, ended, inspectsim, stop_at
from tests.sudden_ends import ended_at, operations_of
from tests.undrawn import PROGRAM

if TYPE_CHECKING:
    from tests.functional.worlds import World

pytestmark = pytest.mark.usefixtures("undrawn_throughout")

ONE = Crewing(workers=1)
EXACT = Effort(step=1, confidence=0.95, replications=2, most=2)
HOMES, EFFORT = 250, 10
SEARCH = ("size", str(SMALL), "--framework", "2006-regime", "--replications", "4", "--step", "0.2")
SECONDS = 120
ROOT = Path(__file__).parents[2]


def question_of(world: "World") -> Question:
    return posed(world.scenario(), [world.framework()], world.register())


def sized(asked: Question, *targets: str, effort: Effort = EXACT) -> tuple[Sizing, Sized]:
    read = [target(each, asked.service_types) for each in targets]
    sizing = size(asked, read, "regulatory", effort, crewing=ONE)
    return sizing, sizing.sized[0]


@pytest.fixture
def one_round(world: "World") -> "World":
    """A year in which every home is inspected for fourteen days, all asked for in the first five of it."""
    homes = world.of(childrens_home=HOMES).with_kind(effort=EFFORT).during(1)
    return homes.with_round(date(2006, 4, 1), date(2007, 3, 31), last_days_free=360)


@pytest.mark.parametrize(("share", "expected"), [(1.0, 10), (0.9, 9), (0.5, 5)])
def test_a_load_that_is_known_takes_the_number_that_is_known(one_round: "World", share: float, expected: int) -> None:
    """In a year each inspector makes 25 inspections of fourteen days: ten make 250, nine 225, and five 125."""
    sizing, found = sized(question_of(one_round), f"on_time_share >= {share}")
    assert found.fte == expected
    assert sizing.interval(found) == (expected, expected)
    assert found.arithmetic == pytest.approx(HOMES * EFFORT / 260)
    assert found.harms == ()
    assert found.disordered is None
    assert found.at_answer is not None
    assert found.at_answer.replications == 2


def test_several_targets_take_as_many_as_the_hardest(one_round: "World") -> None:
    _, found = sized(question_of(one_round), "on_time_share >= 0.5", "inspections_per_year >= 224")
    assert found.fte == 9
    assert [each.standing for each in found.without_limit.verdicts] == ["met", "met"]


def test_of_regions_the_one_with_fewest_for_its_work_decides(one_round: "World") -> None:
    """A quarter of the inspectors is for the north; parts of one are carried over from month to month."""
    halves = one_round.in_regions(North=0.5, South=0.5).of(childrens_home=HOMES)
    shares = {"North": 0.25, "South": 0.75}
    whole = question_of(halves.with_inspectors(10).staffed(by_region=True, region_shares=shares))
    north = int((whole.register["region"] == "North").sum())
    each = math.ceil(north / 25)
    _, found = sized(whole, "on_time_share >= 1")
    assert found.fte is not None
    assert 4 * (each - 1) < found.fte <= 4 * each


def test_what_more_than_the_scenario_has_bring_is_what_they_inspect(one_round: "World") -> None:
    """Each of them makes 25 of the 250 inspections, all before the year ends."""
    once = question_of(one_round.with_inspectors(5))
    asked = replace(once, scenario=once.scenario.changed({"run": {"replications": 2}}, "a test"))
    sizing = size(
        asked, [target("on_time_share >= 0.5", asked.service_types)], "regulatory", EXACT, more=2, crewing=ONE
    )
    assert sizing.next is not None
    (step,) = steps(sizing.next, "own")
    assert (step.fte, step.to) == (5, 7)
    assert step.gains[Quantity("on_time_share", "all")].mean == pytest.approx(2 * 25 / 250, abs=0.01)
    assert "more of 100 statutory inspections end on time" in sizing_sentences(sizing)[-1]
    with pytest.raises(InputError, match="--more: given 0"):
        size(asked, sizing.targets, "regulatory", EXACT, more=0, crewing=ONE)


def test_posts_that_stand_vacant_are_made_up_for(one_round: "World") -> None:
    steady = question_of(one_round.with_inspectors(10))
    leaving = question_of(one_round.with_inspectors(10).staffed(turnover=0.5, recruitment_months=6))
    effort = Effort(1, 0.95, 8, 8)
    _, without = sized(steady, "on_time_share >= 0.9", effort=effort)
    sizing, found = sized(leaving, "on_time_share >= 0.9", effort=effort)
    assert without.fte == 9
    assert found.fte is not None
    low, high = sizing.interval(found)
    assert 9 < high <= 9 * (1 + 0.5 * 0.5) + 3
    assert low < high
    assert "of posts are vacant" in sizing_sentences(sizing)[0]


def test_a_target_out_of_reach_is_told_with_what_is_reached(world: "World") -> None:
    late = world.of(childrens_home=20).with_kind(effort=EFFORT).during(1)
    late = late.with_round(date(2006, 4, 1), date(2006, 4, 6))
    sizing, found = sized(question_of(late), "on_time_share >= 0.5")
    assert found.fte is None
    assert [each.fte for each in found.points] == [math.inf]
    wanted = "the target that at least 50% of statutory inspections end on time (it reaches 0%)"
    assert f"cannot meet {wanted} with any number" in sizing_sentences(sizing)[0]


def test_what_there_is_nothing_to_measure_of_is_told(world: "World") -> None:
    idle = world.of(childrens_home=5).without_rules().during(1)
    sizing, found = sized(question_of(idle), "on_time_share >= 0.5")
    assert found.without_limit.standing == "undefined"
    assert "there is nothing to measure for the share of statutory inspections on time" in sizing_sentences(sizing)[0]


def test_too_few_for_a_team_are_too_few(world: "World") -> None:
    pairs = world.of(childrens_home=20).with_kind(effort=1, team=4).with_visits(1).during(2)
    _, found = sized(question_of(pairs), "inspections_per_year >= 1")
    assert found.fte == 4
    assert found.missed == 3
    refused = next(each for each in found.points if each.fte == 2)
    assert refused.verdicts == ()


def test_where_more_inspectors_do_harm_it_is_said(one_round: "World") -> None:
    sizing, found = sized(question_of(one_round), "on_time_share >= 1")
    points = tuple(
        each._replace(verdicts=(each.verdicts[0]._replace(standing="met"),)) if each.fte == 9 else each
        for each in found.points
    )
    points = tuple(
        each._replace(verdicts=(each.verdicts[0]._replace(standing="missed"),)) if math.isinf(each.fte) else each
        for each in points
    )
    turned = replace(sizing, sized=(replace(found, points=points),))
    assert turned.sized[0].disordered == (9, math.inf)
    said = sizing_sentences(turned)[0]
    assert "met with 9 FTE and missed without limit to inspectors" in said


def test_numbers_hold_from_the_day_that_the_framework_takes_over() -> None:
    asked = posed(load_scenario(SMALL))
    assert since(asked) == date(2006, 4, 1)
    assert mean_fte(asked, "regulatory") == 4
    staffed = with_posts(asked, "regulatory", 7).scenario.capacity.pools
    assert staffed["regulatory"].posts == ((date(2003, 4, 1), 4), (date(2006, 4, 1), 7))
    assert staffed["area"] == asked.scenario.capacity.pools["area"]


def test_in_the_long_run_they_hold_from_the_beginning() -> None:
    scenario = load_scenario(SMALL).changed({"run": {"warm_up_framework": "itself"}}, "a test")
    staffed = with_posts(posed(scenario), "regulatory", 7).scenario.capacity.pools["regulatory"]
    assert {staffed.fte_on(date(2005, 4, 1)), staffed.fte_on(date(2008, 3, 31))} == {7}


def test_the_shape_over_time_is_kept() -> None:
    steps = [{"from": "2003-04-01", "fte": 4}, {"from": "2005-10-01", "fte": 6}, {"from": "2007-04-01", "fte": 3}]
    scenario = load_scenario(SMALL).changed({"capacity": {"pools": {"regulatory": {"fte": steps}}}}, "a test")
    asked = posed(scenario)
    days = np.array([365, 366])
    assert mean_fte(asked, "regulatory") == pytest.approx(float((days * [6, 3]).sum() / days.sum()))
    staffed = with_posts(asked, "regulatory", 90)
    assert mean_fte(staffed, "regulatory") == pytest.approx(90)
    pool = staffed.scenario.capacity.pools["regulatory"]
    assert pool.fte_on(date(2006, 3, 31)) == 6
    assert pool.fte_on(date(2006, 4, 1)) == pytest.approx(2 * pool.fte_on(date(2007, 4, 1)))
    unlimited = with_posts(asked, "regulatory", math.inf).scenario.capacity.pools["regulatory"]
    assert unlimited.fte_on(date(2008, 1, 1)) == math.inf


@pytest.mark.parametrize(
    ("effort", "message"),
    [
        (Effort(0, 0.95, 2, 2), "--step: given 0"),
        (Effort(1, 0.4, 2, 2), "--confidence: given 0.4"),
        (Effort(1, 0.95, 4, 3), "--replications 4, --most-replications 3"),
    ],
)
def test_an_effort_that_is_none_is_refused(one_round: "World", effort: Effort, message: str) -> None:
    with pytest.raises(InputError, match=message):
        sized(question_of(one_round), "on_time_share >= 1", effort=effort)


# The command


def search(out: Path, *options: str, exit_code: int = 0) -> Result:
    return ended(exit_code, *SEARCH, "--out", out, *options)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    folder = tmp_path_factory.mktemp("runs") / "undisturbed"
    return folder, search(folder, "--workers", "1")


def test_the_command_answers_in_words_and_tables(undisturbed: tuple[Path, Result]) -> None:
    folder, told = undisturbed
    assert "The 2006 regime meets the target that at least 95% of statutory inspections end on time with" in told.stdout
    assert "Simple arithmetic gives" in told.stdout
    assert "(assumption, range to vary £400 to £700)" in (folder / "answer.txt").read_text("utf-8")
    table = pd.read_csv(folder / "size.csv").iloc[0]
    verdict = read_verdict((folder / "verdict.json").read_bytes())
    assert verdict.title in told.stdout
    assert verdict.title == (
        "Number of full-time inspectors of services needed to meet the target that at least 95% of statutory "
        f"inspections end on time: {table['fte']:g} under the 2006 regime."
    )
    lines = {line.label: line for line in verdict.lines}
    assert lines["needed"].values == (table["fte"],)
    assert lines["posts of these inspectors"].values == pytest.approx((table["posts_cost_per_year"],))
    tried = pd.read_csv(folder / "points.csv")["fte"]
    assert lines["range tried"].cells == (f"{tried.min():.1f} to {tried[tried < float('inf')].max():.1f}",)
    (reached,) = lines["the share of statutory inspections on time"].values
    assert reached is not None
    assert reached >= 0.95
    assert len(verdict.doubts) == 3
    assert table["outcome"] == "found"
    assert table["fte_low"] <= table["fte"] == table["fte_high"]
    assert table["posts_cost_per_year"] == pytest.approx(table["fte"] * 120 * 540)
    assert table["cost_per_year"] > 0
    assert table["cost_per_poor_found"] > 0
    points = pd.read_csv(folder / "points.csv").set_index("fte")
    assert points.loc[table["fte"], "standing"] == "met"
    assert points.loc[table["fte"], "low"] >= 0.95
    assert not (folder / UNFINISHED).exists()
    assert "left" in told.stderr
    assert (folder / "charts" / "size.csv").read_bytes() == (folder / "size.csv").read_bytes()
    assert (folder / "charts" / "size.png").exists()
    drawn = (folder / "charts" / "size.svg").read_text()
    assert "inspectors to meet the target" in drawn
    assert f"simple arithmetic {table['arithmetic_fte']:,.1f}" in drawn


def test_a_search_that_was_stopped_goes_on(
    undisturbed: tuple[Path, Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "run"
    stop_at(monkeypatch, 11)
    stopped = search(out, "--workers", "1", "--batch", "1", exit_code=130)
    assert "Continue with --resume" in stopped.stderr
    assert len(list(out.rglob("*.npz"))) == 10
    assert "contains a stopped search" in search(out, exit_code=REFUSED).stderr
    compared = inspectsim("compare", SMALL, "--out", out)
    assert compared.exit_code == REFUSED
    assert "contains a stopped run of another command" in compared.stderr
    assert "run.seed was 2006 and is 1" in search(out, "--resume", "--seed", "1", exit_code=REFUSED).stderr
    search(out, "--resume", "--workers", "2")
    assert content(out) == content(undisturbed[0])


def halfway(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stop a search when half of what it takes is finished."""
    with monkeypatch.context() as patched:
        stop_at(patched, 11)
        search(out, "--workers", "1", "--batch", "1", exit_code=130)


def test_a_batch_that_was_damaged_is_no_answer(
    undisturbed: tuple[Path, Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever it is, going on ends with its name; without it the answer is that of a search that nobody disturbed."""
    halfway(tmp_path / "run", monkeypatch)
    every = sorted((tmp_path / "run").rglob("*.npz"))
    assert len(every) == 10
    for number, whole in enumerate(every[::3]):
        out = tmp_path / f"damaged-{number}"
        shutil.copytree(tmp_path / "run", out)
        damaged = out / whole.relative_to(tmp_path / "run")
        damaged.write_bytes(whole.read_bytes()[:-40])
        told = search(out, "--resume", exit_code=REFUSED)
        assert f"{damaged.name}: cannot be read" in told.stderr.replace("\n", "")
        assert not (out / "size.csv").exists()
        damaged.unlink()
        search(out, "--resume")
        assert content(out) == content(undisturbed[0])


def test_points_of_another_question_are_no_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor are those of which nobody knows what was asked."""
    halfway(tmp_path / "run", monkeypatch)
    points = sorted(path.parent for path in (tmp_path / "run").rglob("question.json"))
    assert len(points) > 1
    for number, point in enumerate(points):
        out = tmp_path / f"run-{number}"
        shutil.copytree(tmp_path / "run", out)
        question = out / point.relative_to(tmp_path / "run") / "question.json"
        question.write_text(question.read_text().replace('"pool": "regulatory"', '"pool": "area"'))
        assert "pool was" in search(out, "--resume", exit_code=REFUSED).stderr
        question.unlink()
        assert "the question is unknown" in search(out, "--resume", exit_code=REFUSED).stderr


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="forks")
def test_a_search_that_was_killed_while_it_cleared_up_finds_the_same(
    undisturbed: tuple[Path, Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At its beginning, in the midst and shortly before it is done."""
    forget = RunFolder.forget

    def copied(folder: RunFolder) -> None:
        shutil.copytree(folder.target, tmp_path / "whole", ignore=shutil.ignore_patterns("lock"))
        forget(folder)

    with monkeypatch.context() as patched:
        patched.setattr(RunFolder, "forget", copied)
        search(tmp_path / "run", "--workers", "1", "--batch", "1")
    out = tmp_path / "killed"
    kept = RunFolder(out, ())
    shutil.copytree(tmp_path / "whole", out)
    last = operations_of(kept.forget) - 1
    assert last > 5
    for operation in (1, last // 2, last):
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(tmp_path / "whole", out)
        assert ended_at(operation, kept.forget)
        search(out, "--resume")
        assert content(out) == content(undisturbed[0])
        assert not (out / UNFINISHED).exists()


def test_a_number_at_which_every_run_fails_is_no_number_that_misses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = StaffingLevels.read

    def failing(work: StaffingLevels, case: int, replication: int) -> object:
        if "inf" not in work.cases[case]:
            raise ValueError("a rule went wrong")
        return read(work, case, replication)

    monkeypatch.setattr(StaffingLevels, "read", failing)
    told = search(tmp_path / "run", "--workers", "1", exit_code=REFUSED)
    assert "all 4 runs of 2006-regime with" in told.stderr
    assert "a rule went wrong" in told.stderr


def test_runs_that_fail_are_told_and_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = StaffingLevels.read

    def failing(work: StaffingLevels, case: int, replication: int) -> object:
        if replication == 2 and "inf" in work.cases[case]:
            raise ValueError("a rule went wrong")
        return read(work, case, replication)

    monkeypatch.setattr(StaffingLevels, "read", failing)
    told = search(tmp_path / "run", "--workers", "1", exit_code=3)
    assert "1 run failed" in told.stderr
    failures = pd.read_csv(tmp_path / "run" / "failures.csv")
    assert failures[["framework", "fte", "replication"]].to_numpy().tolist() == [["2006-regime", math.inf, 2]]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--target", "on_time_shar >= 0.9"], 'did you mean "on_time_share"?'),
        (["--target", "on_time_share of la_fosterin >= 0.9"], 'did you mean "la_fostering"?'),
        (["--pool", "regulatry"], 'did you mean "regulatory"?'),
        (["--confidence", "2"], "--confidence: given 2"),
    ],
)
def test_what_cannot_be_used_ends_with_one_message(options: list[str], message: str, tmp_path: Path) -> None:
    result = search(tmp_path / "run", *options, exit_code=REFUSED)
    assert message in result.stderr
    assert not (tmp_path / "run").exists()


def test_the_folder_of_another_command_that_was_stopped_is_refused(tmp_path: Path) -> None:
    out = tmp_path / "run"
    (out / UNFINISHED).mkdir(parents=True)
    (out / UNFINISHED / "question.json").write_text("{}")
    assert "contains a stopped run of another command" in search(out, exit_code=REFUSED).stderr


@pytest.mark.slow
def test_a_search_on_a_local_cluster_finds_the_same(undisturbed: tuple[Path, Result], tmp_path: Path) -> None:
    """In a process of its own, as workers of a cluster begin by the program that began it."""
    given = [*SEARCH, "--cluster", "local", "--workers", "1", "--out", str(tmp_path / "run")]
    run = [sys.executable, "-c", PROGRAM, *given]
    done = subprocess.run(run, capture_output=True, text=True, timeout=SECONDS, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert content(tmp_path / "run") == content(undisturbed[0])


def test_a_local_cluster_is_begun_once_for_many_pieces_of_work(monkeypatch: pytest.MonkeyPatch) -> None:
    class Client:
        class cluster:  # noqa: N801
            scheduler_address = "tcp://127.0.0.1:1"

    monkeypatch.setattr("simulator.running.cluster._local", lambda *_: Client)
    with begun_once(Crewing(cluster="local", workers=2)) as crew:
        assert crew == Crewing(cluster="tcp://127.0.0.1:1", begun_here=True)
        assert crew.is_here
        with begun_once(crew) as again:
            assert again is crew
    with begun_once(ONE) as as_before:
        assert as_before is ONE
