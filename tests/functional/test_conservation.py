"""Nothing is lost and nothing comes from nowhere, in any small world; more inspectors and more visits never hurt."""

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.engine.memory import most_lapsing
from simulator.engine.recorded import CLOSED, DONE, INCLUDED, LAPSED, RUNNING, WAITING
from simulator.engine.run import simulate
from simulator.engine.setting import Setting
from simulator.engine.simpy_engine import Run
from simulator.engine.state import State
from simulator.engine.trace import Trace
from simulator.inspectorate.kinds import KINDS
from simulator.ticks import NEVER, TICKS_PER_YEAR

if TYPE_CHECKING:
    from tests.functional.any_worlds import DrawWorld
    from tests.functional.worlds import World

AREA = KINDS.index("area")
TICKS_PER_INSPECTOR_DAY = 1440 * 7 / 5


def months_of(trace: Trace, begins: int) -> npt.NDArray[np.int64]:
    """Ticks at which months end, the beginning of the run before them."""
    return np.concatenate([[begins], np.unique(trace.backlog["month"])])


def implied(trace: Trace, setting: Setting, pool: int, service_type: int) -> npt.NDArray[np.float64]:
    """What the table of inspections says of the backlog: waiting, overdue, running and worked, by month."""
    rows = trace.inspections
    part = setting.establishments[pool]
    rows = rows[((rows["kind"] == AREA) == (part.pool == "area")) & (rows["service_type"] == service_type)]
    if part.region is not None:  # the parts of a pool follow one another as regions do in the alphabet
        region = [each.region for each in setting.establishments if each.pool == part.pool].index(part.region)
        rows = rows[setting.providers["region"][rows["provider"]] == region]
    months = months_of(trace, setting.begins)
    table = []
    for before, month in pairwise(months):
        waiting = (rows["raised"] < month) & (rows["started"] >= month) & (rows["ended"] >= month)
        running = (rows["started"] < month) & (rows["ended"] >= month)
        overlap = np.minimum(rows["ended"], month) - np.maximum(rows["started"], before)
        worked = (np.maximum(overlap, 0) * rows["team"]).sum() / TICKS_PER_INSPECTOR_DAY
        asked_for = waiting & (rows["statutory"] == 1)
        overdue = asked_for & (rows["deadline"] < month)
        table.append((waiting.sum(), overdue.sum(), running.sum(), worked, asked_for.sum()))
    return np.array(table)


def check_backlog(trace: Trace, setting: Setting, *, dates_move: bool = False) -> None:
    """What is recorded of the backlog follows from the inspections.

    Under a cycle a better rating puts off the date of what waits already, and the inspection tells the last date only:
    where `dates_move`, more may have been overdue than that says.
    """
    for pool in range(len(setting.pools)):
        for service_type in (0, 6, 8, 12):
            rows = trace.backlog[(trace.backlog["pool"] == pool) & (trace.backlog["service_type"] == service_type)]
            expected = implied(trace, setting, pool, service_type)
            assert rows["waiting"].tolist() == expected[:, 0].tolist()
            assert rows["running"].tolist() == expected[:, 2].tolist()
            assert dates_move or rows["overdue"].tolist() == expected[:, 1].tolist()
            assert (rows["overdue"] >= expected[:, 1]).all()
            assert (rows["overdue"] <= expected[:, 4]).all()
            assert rows["inspector_days_worked"] - rows["desk_days"] == pytest.approx(expected[:, 3])
        of_pool = trace.backlog[trace.backlog["pool"] == pool]
        there = of_pool[of_pool["service_type"] == 0]["inspector_days_there"]
        worked = of_pool["inspector_days_worked"].reshape(len(there), -1).sum(axis=1)
        assert (worked <= there * (1 + 1e-9)).all()


def check_inspections(trace: Trace, setting: Setting) -> None:
    rows = trace.inspections
    done, lapsed = rows[rows["status"] == DONE], rows[rows["status"] == LAPSED]
    waiting, running = rows[rows["status"] == WAITING], rows[rows["status"] == RUNNING]
    assert len(rows) == len(done) + len(lapsed) + len(waiting) + len(running)
    assert (rows["raised"] >= setting.begins).all()
    assert (rows["raised"] < setting.horizon).all()
    assert ((rows["team"] >= 1) == (rows["reason"] != INCLUDED)).all()  # a part of another takes no team of its own
    begun = np.concatenate([done, running])
    assert (begun["raised"] <= begun["started"]).all()
    assert ((begun["inspector_days"] > 0) == (begun["reason"] != INCLUDED)).all()
    assert (done["started"] < done["ended"]).all()
    assert (done["ended"] < setting.horizon).all()
    whole = done[done["reason"] != INCLUDED]
    length = whole["inspector_days"] / whole["team"] * TICKS_PER_INSPECTOR_DAY
    assert whole["ended"] - whole["started"] == pytest.approx(np.maximum(length, 1), abs=0.51)
    for rest in (lapsed, waiting):
        assert (rest["started"] == NEVER).all()
        assert (rest["inspector_days"] == 0).all()
    for rest in (running, waiting):
        assert (rest["ended"] == NEVER).all()
    assert (lapsed["ended"] >= lapsed["raised"]).all()
    graded = done["judged"] > 0
    assert (graded == (done["true_grade"] > 0)).all()  # every kind here gives a grade, of whoever is still there


def check_episodes(trace: Trace, setting: Setting) -> None:
    """An episode is detected at the end of the first inspection inside it that judges poor."""
    for episode in trace.episodes:
        rows = trace.inspections[
            (trace.inspections["provider"] == episode["provider"])
            & (trace.inspections["generation"] == episode["generation"])
            & (trace.inspections["judged"] == 1)
            & (trace.inspections["ended"] > episode["began"])
            & (trace.inspections["ended"] <= min(episode["ended"], setting.horizon))
        ]
        assert (rows["true_grade"] == 1).all()
        assert episode["detected"] == min(rows["ended"], default=NEVER)
        assert episode["began"] < episode["ended"]
    poor = np.minimum(trace.episodes["ended"], setting.horizon) - np.maximum(
        trace.episodes["began"], setting.measured_from
    )
    assert np.maximum(poor, 0).sum() / TICKS_PER_YEAR == pytest.approx(trace.provider_years[:, 1].sum())
    open_at_the_end = trace.episodes["ended"] == NEVER
    assert ((trace.episodes["end"] == 0) == open_at_the_end).all()


@settings(max_examples=60)
@given(data=st.data())
def test_raised_is_done_and_running_and_waiting_and_lapsed_month_by_month(
    world: "World", any_world: "DrawWorld", data: st.DataObject
) -> None:
    drawn = any_world(data.draw, world)
    setting = drawn.setting()
    trace = simulate(setting, 0)
    check_inspections(trace, setting)
    check_backlog(trace, setting, dates_move=any(rule["form"] == "interval" for rule in drawn.rules.values()))
    check_episodes(trace, setting)


def test_overdue_work_is_counted_once_however_often_it_was_hastened(world: "World") -> None:
    homes = world.of(childrens_home=30).with_kind(effort=2).with_visits(10).with_inspectors(2)
    homes = homes.with_rates(complaint=12, closure=0.3).responding("complaint", "move", within_days=20)
    setting = homes.setting()
    trace = simulate(setting, 0)
    assert trace.backlog["overdue"].sum() > 200
    check_backlog(trace, setting)


def test_without_inspectors_the_backlog_grows_and_nothing_ends(world: "World") -> None:
    homes = world.of(childrens_home=50, la_fostering=20).starting(poor=0.5, good=0.5).with_inspectors(0)
    homes = homes.with_kind(effort=5).with_visits({"poor": 3, "good": 1}).during(10)
    trace = homes.run()
    assert (trace.inspections["status"] == WAITING).all()
    waiting = trace.backlog["waiting"].reshape(-1, 13).sum(axis=1)
    assert (np.diff(waiting) >= 0).all()
    grade = np.zeros(70, dtype=int)
    grade[trace.inspections["provider"]] = trace.inspections["true_grade"]
    raised = np.bincount(trace.inspections["provider"], minlength=70)
    assert raised.tolist() == np.where(grade == 1, 30, 10).tolist()
    assert trace.backlog["inspector_days_worked"].sum() == trace.backlog["inspector_days_there"].sum() == 0
    overdue = trace.backlog["overdue"].reshape(-1, 13).sum(axis=1)
    assert overdue[11] == 0
    assert overdue[12] == waiting[11]  # what was not ended in its year is overdue afterwards


@pytest.mark.parametrize("signal", [0, 4])
def test_a_backlog_of_any_length_is_held(world: "World", signal: float) -> None:
    """Many times what memory is laid out for at first, in both engines alike."""
    homes = world.of(childrens_home=150).with_kind().with_visits(3).with_inspectors(0).during(40)
    homes = homes.with_rates(complaint=signal).responding("complaint", "move", within_days=5)
    trace = homes.run()
    assert len(trace.inspections) == pytest.approx(150 * 3 * 40, abs=150 if signal else 0)
    assert trace.backlog["waiting"][-13] == len(trace.inspections)
    again = homes.during(12).run(engine="simpy")
    assert np.array_equal(again.inspections, homes.during(12).run().inspections)


def test_a_long_backlog_lapses_when_homes_close(world: "World") -> None:
    homes = world.of(childrens_home=60).with_kind().with_visits(12).with_inspectors(0).during(60)
    setting = homes.with_rates(closure=0.05).with_first_inspections(0, 1, kind="key").setting()
    trace = simulate(setting, 0)
    lapsed = trace.inspections[trace.inspections["status"] == LAPSED]
    assert len(lapsed) > 5000
    most = np.unique(lapsed[["provider", "generation"]], return_counts=True)[1].max()
    assert 200 < most <= most_lapsing(setting)
    check_inspections(trace, setting)


def test_memory_is_laid_out_for_all_that_one_provider_can_have_waiting(world: "World") -> None:
    homes = world.of(childrens_home=1).with_kind().during(100)
    for name in ("one", "two", "three"):
        homes = homes.with_visits(26, name=name)
    assert most_lapsing(homes.setting()) >= 3 * 26 * 100


def arrivals_alike(world: "World") -> "World":
    """Homes of which the same inspections are asked for at the same times, however long they wait."""
    homes = world.of(childrens_home=200).with_kind(effort=4).during(6)
    return homes.with_visits(3, year_to_year_correlation=0.5)


def test_more_inspectors_mean_a_shorter_backlog_at_every_moment_and_shorter_waits(world: "World") -> None:
    """Where all work is equal the order in which it is done does not matter for how much of it waits."""
    waiting, waited = [], []
    for fte in (5, 8, 9, 10, 12, np.inf):
        trace = arrivals_alike(world).with_inspectors(fte).run()
        rows = trace.inspections
        assert len(rows) == 200 * 3 * 6
        waiting.append(trace.backlog["waiting"].reshape(-1, 13)[:, 0])
        waited.append((np.minimum(rows["started"], trace.horizon) - rows["raised"]).mean())
    assert (np.diff(waiting, axis=0) <= 0).all()
    assert (np.diff(waited) < 0).all()
    assert waited[-1] == 0


def undetected_years(trace: Trace) -> float:
    until = np.minimum(np.minimum(trace.episodes["detected"], trace.episodes["ended"]), trace.horizon)
    years: float = (until - trace.episodes["began"]).sum() / TICKS_PER_YEAR
    return years


@pytest.mark.parametrize("rules", ["visits", "interval"])
def test_more_inspection_means_less_time_poor_and_unseen(world: "World", rules: str) -> None:
    """Paired by common random numbers: the same homes, in as many replications as it takes."""
    homes = world.of(childrens_home=300).starting(poor=0.2, adequate=0.3, good=0.5).during(6).with_kind(sigma=0.4)
    homes = homes.drifting({"poor": 0.3, "adequate": 0.3, "good": 0.3, "excellent": 0.1}, 0.6)
    ways = (
        [homes.with_visits(number) for number in (1, 2, 3, 6)]
        if rules == "visits"
        else [homes.with_interval(months) for months in (36, 18, 12, 6)]
    )
    unseen = np.array([[undetected_years(way.run(replication)) for replication in range(6)] for way in ways])
    assert (np.diff(unseen, axis=0) < 0).all()


def test_closing_homes_end_their_episodes(world: "World") -> None:
    homes = world.of(childrens_home=200).starting(poor=1).without_rules().with_rates(closure=0.5)
    trace = homes.during(10, start=date(2006, 4, 1)).run()
    assert set(trace.episodes["end"]) == {0, CLOSED}
    assert len(trace.episodes) == pytest.approx(200 * (1 + 0.5 * 10), rel=0.12)
    assert trace.provider_years.sum() == pytest.approx(200 * 3653 / 365.25)


def test_news_of_a_provider_with_much_waiting_never_outgrows_the_backlog(world: "World") -> None:
    """Three rules of 26 visits a year and no inspectors: one piece of news meets dozens of waiting inspections."""
    homes = world.of(childrens_home=11).with_kind().with_inspectors(0).during(1).with_rates(complaint=2.0)
    for name in ("one", "two", "three"):
        homes = homes.with_visits(26, name=name)
    room: list[int] = []

    def watch(state: State, *_: int) -> None:
        room.append(state.backlog.shape[1] - state.pools["queued"].max())

    run = Run(homes.responding("complaint", "move", within_days=5).setting(), 6, watch)
    run.finish()
    assert min(room) >= 0
