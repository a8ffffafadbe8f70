"""Providers open, are inspected for the first time, and close: by chance, or on the days that a register gives."""

import math
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from simulator.engine.agenda import REGISTRATION
from simulator.engine.recorded import CLOSED, DONE, LAPSED, NEW_PROVIDER
from simulator.engine.run import simulate
from simulator.engine.simpy_engine import simulate_simpy
from simulator.engine.state import State
from simulator.engine.trace import Trace
from simulator.inspectorate.kinds import KINDS
from simulator.ticks import NEVER, TICKS_PER_DAY, TICKS_PER_YEAR, tick_of

if TYPE_CHECKING:
    from tests.functional.worlds import World

FIRST = KINDS.index("first")
OPENED = date(2008, 7, 15)
CLOSING = date(2011, 2, 3)


def registering(world: "World", homes: int = 200) -> "World":
    """Homes with two visits a year and a first inspection within 80 to 300 days of registration."""
    homes_there = world.of(childrens_home=homes).with_kind().with_kind("first", priority=2).with_visits(2)
    return homes_there.with_first_inspections(80, 300)


def with_dates(world: "World", opened: date | None = None, closed: date | None = None) -> pd.DataFrame:
    """The register with the same dates for all."""
    register = world.register()
    register["opened"] = pd.Timestamp(opened) if opened else pd.NaT
    register["closed"] = pd.Timestamp(closed) if closed else pd.NaT
    return register


def test_a_home_that_opens_is_inspected_first_within_its_window_and_not_before(world: "World") -> None:
    homes = registering(world)
    trace = simulate(homes.setting(register=with_dates(homes, opened=OPENED)), 0)
    opened = tick_of(OPENED, trace.epoch)
    order = np.lexsort((trace.inspections["raised"], trace.inspections["provider"]))
    rows = trace.inspections[order]
    first = rows[np.unique(rows["provider"], return_index=True)[1]]
    assert len(first) == 200
    assert (first["kind"] == FIRST).all()
    assert (first["reason"] == NEW_PROVIDER).all()
    days = (first["raised"] - opened) / TICKS_PER_DAY
    assert days.min() >= 80
    assert days.max() < 300
    assert np.histogram(days, bins=4, range=(80, 300))[0].min() > 30
    assert (first["deadline"] == opened + 300 * TICKS_PER_DAY).all()
    assert (first["rating_before"] == 0).all()
    assert (first["since_last_visit"] == NEVER).all()
    assert (rows["kind"] == FIRST).sum() == 200
    assert trace.provider_years.sum() == pytest.approx(200 * (trace.horizon - opened) / TICKS_PER_YEAR)


def test_of_the_visits_owed_pro_rata_from_registration_the_first_inspection_is_one(world: "World") -> None:
    homes = registering(world, 2000).during(5)
    trace = simulate(homes.setting(register=with_dates(homes, opened=OPENED)), 0)
    rows = trace.inspections
    years = [tick_of(date(year, 4, 1), trace.epoch) for year in range(2008, 2012)]
    first = rows[rows["kind"] == FIRST]
    key = rows[rows["kind"] != FIRST]
    in_time = first[first["ended"] < years[1]]
    left = (years[1] - tick_of(OPENED, trace.epoch)) / (years[1] - years[0])
    that_year = np.isin(key["provider"], in_time["provider"]) & (key["raised"] < years[1])
    assert np.bincount(key["provider"][that_year]).max() == 1
    assert that_year.sum() / len(in_time) == pytest.approx(2 * left - 1, abs=4 * 0.5 / math.sqrt(len(in_time)))
    assert np.bincount(key["provider"][(key["raised"] >= years[2])], minlength=2000).tolist() == [2] * 2000
    late = first[first["raised"] >= years[1]]
    that_year = (key["raised"] >= years[1]) & (key["raised"] < years[2]) & np.isin(key["provider"], late["provider"])
    assert len(late) > 100
    assert that_year.sum() == len(late)  # of the two of that year the first inspection is one


def test_without_a_rule_for_new_homes_the_ordinary_rules_hold_from_registration(world: "World") -> None:
    homes = world.of(childrens_home=2000).with_kind().with_visits(2).during(4)
    trace = simulate(homes.setting(register=with_dates(homes, opened=OPENED)), 0)
    opened, april = tick_of(OPENED, trace.epoch), tick_of(date(2009, 4, 1), trace.epoch)
    raised = trace.inspections["raised"]
    assert raised.min() >= opened
    part = (april - opened) / TICKS_PER_DAY / 365
    assert (raised < april).sum() / 2000 == pytest.approx(2 * part, abs=0.05)
    assert (raised >= april).sum() == 2000 * 2


def test_under_an_interval_a_new_home_is_due_an_interval_after_registration(world: "World") -> None:
    homes = world.of(childrens_home=20).with_kind().with_interval(18)
    trace = simulate(homes.setting(register=with_dates(homes, opened=OPENED)), 0)
    order = np.lexsort((trace.inspections["raised"], trace.inspections["provider"]))
    homes_at, first = np.unique(trace.inspections["provider"][order], return_index=True)
    assert len(homes_at) == 20
    due = tick_of(OPENED, trace.epoch) + 1.5 * TICKS_PER_YEAR
    assert trace.inspections["deadline"][order][first] == pytest.approx(np.full(20, due), abs=1)
    assert trace.inspections["ended"][order][first] == pytest.approx(np.full(20, due), abs=1)


def successions(homes: "World", replication: int = 0) -> tuple[Trace, dict[tuple[int, int], int]]:
    """A run, and when each successor registered."""
    registered: dict[tuple[int, int], int] = {}

    def note(state: State, time: int, kind: int, subject: int) -> None:
        if kind == REGISTRATION:
            registered[subject, int(state.providers[subject].generation)] = time

    return simulate_simpy(homes.setting(), replication, note), registered


@pytest.mark.parametrize("after_days", [0, 90])
def test_successors_register_after_a_set_time_and_are_inspected_first_in_their_window(
    world: "World", after_days: int
) -> None:
    homes = registering(world, 100).followed_after(after_days).with_rates(closure=0.3)
    trace, registered = successions(homes)
    assert len(registered) == pytest.approx(0.3 * trace.provider_years.sum(), rel=0.2)
    first = trace.inspections[trace.inspections["kind"] == FIRST]
    assert len(first) > 100
    for row in first:
        days = (row["raised"] - registered[row["provider"], row["generation"]]) / TICKS_PER_DAY
        assert 80 <= days < 300
    for row in trace.inspections:
        assert row["raised"] >= registered.get((row["provider"], row["generation"]), 0)
    if after_days == 0:
        assert trace.provider_years.sum() == pytest.approx(100 * 10, rel=1e-3)
    else:
        gaps = len(registered) * after_days / 365.25
        assert trace.provider_years.sum() == pytest.approx(100 * 10 - gaps, rel=0.02)


@pytest.mark.parametrize("grade", ["poor", "good"])
def test_homes_close_as_often_as_their_grade_says(world: "World", grade: str) -> None:
    rates = {"poor": 0.4, "good": 0.1}
    homes = world.of(childrens_home=300).starting(**{grade: 1}).without_rules().with_rates(closure=rates)
    _, registered = successions(homes.during(20))
    assert len(registered) == pytest.approx(rates[grade] * 300 * 20, rel=0.15)


def test_work_that_waits_lapses_when_a_home_closes_and_work_under_way_ends_without_a_judgement(world: "World") -> None:
    homes = world.of(childrens_home=200).with_kind(effort=15).with_visits(3).with_inspectors(15).with_rates(closure=0.5)
    trace = homes.run()
    rows = trace.inspections
    lapsed, done = rows[rows["status"] == LAPSED], rows[rows["status"] == DONE]
    assert len(lapsed) > 50
    unjudged = done[done["judged"] == 0]
    assert len(unjudged) > 20
    assert (unjudged["true_grade"] == 0).all()
    assert (done["true_grade"][done["judged"] > 0] > 0).all()
    for row in np.concatenate([lapsed, unjudged]):  # a successor has come meanwhile, or is about to
        later = rows[(rows["provider"] == row["provider"]) & (rows["raised"] > row["ended"])]
        assert (later["generation"] > row["generation"]).all()


def test_a_home_that_closes_by_the_register_is_gone_for_good(world: "World") -> None:
    homes = world.of(childrens_home=100).starting(poor=1).with_kind(effort=10).with_visits(6).with_inspectors(10)
    trace = simulate(homes.setting(register=with_dates(homes, closed=CLOSING)), 0)
    closed = tick_of(CLOSING, trace.epoch)
    rows = trace.inspections
    assert rows["raised"].max() < closed
    assert (rows["status"] >= DONE).all()
    lapsed = rows[rows["status"] == LAPSED]
    assert len(lapsed) > 50
    assert (lapsed["ended"] == closed).all()
    assert trace.provider_years.sum() == pytest.approx(100 * closed / TICKS_PER_YEAR)
    assert (trace.episodes["ended"] == closed).all()
    assert (trace.episodes["end"] == CLOSED).all()
    assert trace.backlog["waiting"][-13] == 0


@pytest.mark.parametrize("after_days", [0, 200])
def test_nobody_takes_the_place_of_a_home_after_its_closing_day(world: "World", after_days: int) -> None:
    """Though some closed by chance before it, and their successors are still to register."""
    homes = world.of(childrens_home=200).without_rules().with_rates(closure=1).followed_after(after_days)
    homes = homes.during(4, start=date(2012, 4, 1), warm_up_years=6)
    assert homes.run().provider_years.sum() > 400
    assert simulate(homes.setting(register=with_dates(homes, closed=CLOSING)), 0).provider_years.sum() == 0


def test_a_home_that_closed_before_the_run_leaves_no_trace(world: "World") -> None:
    homes = registering(world, 50).starting(poor=1)
    for closed in (date(2001, 5, 6), date(2006, 4, 1)):
        trace = simulate(homes.setting(register=with_dates(homes, date(2000, 1, 1), closed)), 0)
        assert len(trace.inspections) == len(trace.episodes) == trace.provider_years.sum() == 0


def test_a_home_that_opens_after_the_run_leaves_no_trace(world: "World") -> None:
    homes = registering(world, 50).starting(poor=1)
    trace = simulate(homes.setting(register=with_dates(homes, opened=date(2016, 4, 1))), 0)
    assert len(trace.inspections) == len(trace.episodes) == trace.provider_years.sum() == 0


def test_a_home_opened_before_the_run_is_there_from_its_beginning(world: "World") -> None:
    homes = registering(world, 50)
    dated = simulate(homes.setting(register=with_dates(homes, opened=date(1999, 1, 1))), 0)
    assert dated.inspections.tobytes() == homes.run().inspections.tobytes()


def test_homes_open_and_close_within_the_warm_up_too(world: "World") -> None:
    homes = registering(world, 50).starting(poor=1).during(2, warm_up_years=3)
    register = with_dates(homes, date(2004, 1, 1), date(2005, 6, 1))
    trace = simulate(homes.setting(register=register), 0)
    assert trace.provider_years.sum() == 0
    assert len(trace.episodes) == 50
    assert (trace.inspections["raised"] >= tick_of(date(2004, 1, 1), trace.epoch) + 80 * TICKS_PER_DAY).all()
    assert trace.inspections["raised"].max() < tick_of(date(2005, 6, 1), trace.epoch)


def test_a_run_may_start_on_the_29th_of_february(world: "World") -> None:
    homes = world.of(childrens_home=5).with_kind().with_visits(2)
    for years in (4, 10):
        trace = homes.during(years, start=date(2008, 2, 29), warm_up_years=3).run()
        assert (trace.horizon - trace.measured_from) / TICKS_PER_YEAR == pytest.approx(years, abs=0.01)
