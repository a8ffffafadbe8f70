"""Visits of a year and their dates, whatever else is made: none is missed with inspectors free, none is made unowed."""

from typing import TYPE_CHECKING, Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.engine.recorded import JUDGED_LOW, LAPSED, OUT_OF_TIME, PLANNED
from simulator.engine.trace import Trace
from simulator.inspectorate.kinds import KINDS
from simulator.ticks import TICKS_PER_DAY

if TYPE_CHECKING:
    from tests.functional.worlds import World

Draw = Any
DAYS_FREE = 14
INSPECTORS = st.sampled_from([0.2, 0.7, 2, np.inf])


def any_homes(draw: Draw, homes: "World") -> "World":
    """Draw homes that come and go, are owed visits by their rating of the day, and are looked at beside that.

    Before the first inspection, and in the days before April, news brings visits that judge, and re-inspections.
    """
    homes = homes.of(childrens_home=draw(st.integers(2, 6))).during(draw(st.integers(2, 4)))
    homes = homes.starting(poor=0.5, adequate=0.2, good=0.3)
    homes = homes.drifting({"poor": 0.4, "adequate": 0.2, "good": 0.3, "excellent": 0.1}, draw(st.floats(0, 3)))
    homes = homes.with_kind(effort=draw(st.floats(1, 8)), effort_spread=0.25, sigma=0.3)
    homes = homes.with_kind("responsive", 3.0, counts=draw(st.booleans())).with_kind("first", 5.0)
    homes = homes.with_kind("random", 3.0, priority=9, counts=draw(st.booleans()))
    per_year = {"poor": 3, "adequate": draw(st.integers(1, 2)), "good": 1, "excellent": 1, "not_yet_graded": 1}
    spacing = draw(st.sampled_from([0, 60]))
    homes = homes.with_visits(per_year, last_days_free=DAYS_FREE, minimum_spacing_days=spacing)
    homes = homes.with_first_inspections(draw(st.sampled_from([0, 80])), draw(st.sampled_from([90, 300])))
    homes = homes.with_rates(closure=draw(st.sampled_from([0, 0.6])), complaint=2.0).followed_after(20)
    action = draw(st.sampled_from(["add", "move"]))
    homes = homes.responding("complaint", action, "responsive", delay_days=7)
    if draw(st.booleans()):
        homes = homes.with_reinspection(20, 80, priority=draw(st.integers(2, 8)))
    if draw(st.booleans()):
        homes = homes.with_interval(draw(st.integers(4, 12)), name="sooner", statutory=False, priority=8)
    return homes.with_sample(0.5) if draw(st.booleans()) else homes


def yearly(trace: Trace) -> Any:
    """Give the duties under the yearly rule, the last by name."""
    return trace.duties[trace.duties["rule"] == trace.duties["rule"].max(initial=0)]


def of_home(rows: Any, whose: Any) -> Any:
    """Give the rows of the provider of another row."""
    return rows[(rows["provider"] == whose["provider"]) & (rows["generation"] == whose["generation"])]


def in_hand(trace: Trace, duty: Any, moment: int) -> Any:
    """Give the inspections of the provider of a duty that satisfy a rule and have been raised and not ended."""
    rows = of_home(trace.inspections, duty)
    return rows[(rows["raised"] <= moment) & (rows["ended"] > moment)]


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_with_inspectors_without_limit_nobody_passes_a_date(world: "World", data: st.DataObject) -> None:
    trace = any_homes(data.draw, world).with_inspectors(np.inf).run()
    until = np.minimum(trace.duties["ended"], trace.horizon)
    assert len(trace.duties[until > trace.duties["due"]]) == 0


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_whoever_passes_a_date_has_work_in_hand_that_cannot_lapse(world: "World", data: st.DataObject) -> None:
    """With any number of inspectors a waiting inspection has become statutory, or one is under way."""
    trace = any_homes(data.draw, world).with_inspectors(data.draw(INSPECTORS)).run()
    for duty in trace.duties[np.minimum(trace.duties["ended"], trace.horizon) > trace.duties["due"]]:
        there = in_hand(trace, duty, duty["due"])
        assert ((there["statutory"] == 1) | (there["started"] <= duty["due"])).any()


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_visit_is_raised_by_law_only_if_a_date_asks_for_it(world: "World", data: st.DataObject) -> None:
    """There are at least as many dates that stand as statutory visits of the rule in hand."""
    trace = any_homes(data.draw, world).with_inspectors(data.draw(INSPECTORS)).run()
    rows, duties = trace.inspections, yearly(trace)
    for row in rows[(rows["reason"] == PLANNED) & (rows["statutory"] == 1) & (rows["raised"] >= 0)]:
        if row["deadline"] in trace.month_starts[::12]:
            mine = of_home(duties, row)
            stand = (mine["began"] <= row["raised"]) & (mine["ended"] > row["raised"])
            there = in_hand(trace, row, row["raised"])
            by_law = there[(there["reason"] == PLANNED) & (there["deadline"] == row["deadline"])]
            assert stand.sum() >= (by_law["statutory"] == 1).sum()


def all_poor(homes: "World") -> "World":
    """Give poor homes that come and go, with much news, that are visited thrice a year and inspected again."""
    homes = homes.starting(poor=1).with_kind(effort=2).with_kind("first", 2.0)
    homes = homes.with_kind("responsive", 1.0, counts=False).with_visits(3, last_days_free=DAYS_FREE)
    homes = homes.with_first_inspections(0, 300).with_reinspection(20, 80).responding("complaint", "add", "responsive")
    return homes.with_rates(closure=0.5, complaint=6.0).followed_after(10)


def test_a_first_inspection_in_the_last_days_of_march_leaves_nothing_owed(world: "World") -> None:
    """Though a re-inspection is planned for one of these days: a date does not depend on the work in hand."""
    trace = all_poor(world.of(childrens_home=200)).during(6).run()
    days_left = (yearly(trace)["due"] - yearly(trace)["began"]) / TICKS_PER_DAY
    assert DAYS_FREE < days_left.min() < DAYS_FREE + 10


def test_of_poor_homes_short_of_inspectors_each_has_one_reinspection_at_a_time(world: "World") -> None:
    trace = all_poor(world.of(childrens_home=60)).with_inspectors(3).during(6).run()
    rows = np.sort(trace.inspections, order=["provider", "generation", "raised"])
    rows = rows[rows["reason"] == JUDGED_LOW]
    same = (rows["provider"][1:] == rows["provider"][:-1]) & (rows["generation"][1:] == rows["generation"][:-1])
    assert same.sum() > 50
    assert (rows["raised"][1:] >= rows["ended"][:-1])[same].all()


def test_with_inspectors_without_limit_homes_that_change_pass_no_date(world: "World") -> None:
    """A re-inspection planned before April, while the first inspection was to come, once left a date unplanned."""
    homes = all_poor(world.of(childrens_home=150)).with_visits({"poor": 3, "not_yet_graded": 1, "adequate": 1})
    homes = homes.drifting({"poor": 0.4, "adequate": 0.4, "good": 0.1, "excellent": 0.1}, 2)
    trace = homes.with_first_inspections(80, 300).during(8).run()
    until = np.minimum(trace.duties["ended"], trace.horizon)
    assert len(trace.duties[until > trace.duties["due"]]) == 0


def test_a_home_that_awaits_its_first_inspection_on_1_april_is_owed_what_its_rating_says(world: "World") -> None:
    """A re-inspection planned before April counts as one of the year's three, the first as another."""
    trace = all_poor(world.of(childrens_home=40)).with_first_inspections(150, 300).during(6).run()
    duties, april = yearly(trace), trace.month_starts[::12]
    followed = 0
    for life in trace.lives:
        mine = of_home(trace.inspections, life)
        first = mine[(mine["kind"] == KINDS.index("first")) & (mine["ended"] < life["closed"])]
        if len(first) == 0:
            continue
        ended = first["ended"][0]
        year = int(np.searchsorted(april, ended, side="right"))
        if life["opened"] >= april[year - 1] or ended > april[year] - 40 * TICKS_PER_DAY:
            continue
        keys = mine[mine["kind"] == KINDS.index("key")]
        before = ((keys["ended"] > april[year - 1]) & (keys["ended"] < ended)).sum()
        assert (of_home(duties, life)["due"] == april[year]).sum() == max(3 - 1 - before, 0)
        followed += 1
    assert followed > 10


def test_a_cycle_that_a_waiting_visit_hid_is_planned_when_that_lapses(world: "World") -> None:
    """Three visits a cycle sooner, and one by practice: at the end of the cycle the third of them waits, and lapses."""
    homes = world.of(childrens_home=5).with_kind(effort=2).with_inspectors(0).during(8)
    homes = homes.with_interval(36, name="practice", statutory=False)
    homes = homes.with_interval(12, name="sooner", statutory=False)
    rows = homes.run().inspections
    lapsed = rows[(rows["status"] == LAPSED) & (rows["lapse"] == OUT_OF_TIME)]
    for provider in range(5):
        mine = rows[rows["provider"] == provider]
        ends = lapsed[lapsed["provider"] == provider]["ended"]
        assert np.isin(mine["raised"], ends).any()
