"""A duty is a fact about the provider: no work at the inspectorate's discretion hides it, none is met unmade."""

from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from simulator.engine.recorded import (
    AGAIN_RULE,
    CONCERN,
    DONE,
    LAPSED,
    MET,
    MONITORED,
    NEW_PROVIDER,
    OUT_OF_TIME,
    PROVIDER_CLOSED,
    REASONS,
    SAMPLED,
    VOID,
    WAITING,
)
from simulator.engine.trace import Trace
from simulator.inspectorate.kinds import KINDS
from simulator.measures.observed import observed
from simulator.ticks import NEVER, TICKS_PER_DAY

if TYPE_CHECKING:
    from tests.functional.worlds import World

Rows = Any
NOBODY = {"pool": "area"}
"""Where a kind of inspection has nobody to make it, in a world without inspectors in that pool."""


def late(trace: Trace) -> Rows:
    """Give the duties whose date passed while they stood."""
    duties = trace.duties
    until = np.minimum(np.minimum(duties["met"], duties["ended"]), trace.horizon)
    return duties[until > duties["due"]]


def of_kind(trace: Trace, kind: str) -> Rows:
    return trace.inspections[trace.inspections["kind"] == KINDS.index(kind)]


def ends_unmade(trace: Trace) -> Rows:
    """Give the duties that were met at a moment when no inspection of their provider ended."""
    made = trace.inspections[trace.inspections["status"] == DONE]
    ends = set(zip(made["provider"], made["generation"], made["ended"], strict=True))
    met = trace.duties[trace.duties["outcome"] == MET]
    return met[[row not in ends for row in zip(met["provider"], met["generation"], met["met"], strict=True)]]


def on_time_share(trace: Trace) -> float:
    return float(observed(trace).duties.measures()["on_time_share"][-1])


# What the date of a duty is kept by


@pytest.mark.parametrize("months", [1, 2, 6, 12, 36, 60])
@pytest.mark.parametrize("effort_spread", [0, 0.25])
def test_with_inspectors_without_limit_every_interval_is_kept(
    world: "World", months: int, effort_spread: float
) -> None:
    homes = world.of(childrens_home=12).with_kind(effort=4.5, effort_spread=effort_spread, team=2)
    homes = homes.with_interval(months, available_share=0.04, last_days_free=14).during(11)
    trace = homes.run()
    assert on_time_share(trace) == 1
    assert len(late(trace)) == 0
    assert len(trace.duties) > 12


@pytest.mark.parametrize("effort", [4.5, 13.0])
def test_they_keep_every_rule_of_a_type_whatever_its_form(world: "World", effort: float) -> None:
    """Two rules of one kind and one of another, and news, re-inspections, samples and plans beside them."""
    homes = world.of(childrens_home=12).drifting({"poor": 0.4, "adequate": 0.3, "good": 0.2, "excellent": 0.1}, 2)
    homes = homes.starting(poor=0.5, good=0.5).with_kind(effort=effort, effort_spread=0.25)
    homes = homes.with_kind("interim", 1.0, effort_spread=0.25, grades=False).with_kind("monitoring", effort)
    homes = homes.with_kind("responsive", 2 * effort, effort_spread=0.25).with_kind("random", effort, priority=9)
    homes = homes.with_interval({"poor": 4, "adequate": 6, "good": 12, "excellent": 12, "not_yet_graded": 3})
    homes = homes.with_visits({"poor": 3, "adequate": 2, "good": 1, "excellent": 1, "not_yet_graded": 1})
    homes = homes.with_visits(1, name="interims", kind="interim", satisfied_by=["interim", "responsive"])
    homes = homes.with_reinspection(20, 150).with_improvement_plans(60, monitoring="monitoring").with_sample(0.5)
    homes = homes.responding("complaint", "add", "responsive").with_rates(complaint=2.0).during(5)
    trace = homes.run()
    assert len(late(trace)) == 0
    assert {0, 1, 2} == set(trace.duties["rule"])
    assert on_time_share(trace) == 1
    assert {CONCERN, MONITORED, SAMPLED} <= set(trace.inspections["reason"])


@pytest.mark.parametrize("months", [1, 3, 36])
def test_first_inspections_come_before_the_date_of_a_rule_that_they_satisfy(world: "World", months: int) -> None:
    homes = world.of(childrens_home=20).with_kind(effort=3).with_kind("first", 3.0).with_interval(months)
    homes = homes.with_round(date(2006, 4, 1), date(2006, 12, 31), repeat_months=9, last_days_free=30)
    homes = homes.with_first_inspections(5, 90).with_rates(closure=1.0).followed_after(10).during(4)
    trace = homes.run()
    assert len(late(trace)) == 0
    assert (trace.inspections["reason"] == NEW_PROVIDER).sum() > 20


def test_every_36_months_asks_for_few_more_visits_than_the_law(world: "World") -> None:
    homes = world.of(childrens_home=60).with_kind(effort=4.5, effort_spread=0.25)
    trace = homes.with_interval(36, available_share=0.04, last_days_free=14).during(15).run()
    a_year = (trace.inspections["status"] == DONE).sum() / 60 / 15
    assert 12 / 36 * 0.97 < a_year < 12 / 36 * 1.05
    assert len(late(trace)) == 0


# What does not meet a duty


def test_the_visit_before_a_reinspection_is_not_that_reinspection(world: "World") -> None:
    homes = world.of(childrens_home=5).starting(poor=1).with_kind(effort=2).with_kind("monitoring", 1.0, counts=False)
    looks: dict[str, Any] = {"look_kind": "monitoring", "look_probability": 1.0, "look_not_before_days": 10}
    looks |= {"look_within_days": 20, "after_look_not_before_days": 100, "after_look_within_days": 130}
    homes = homes.with_interval(24).with_reinspection(30, 60, statutory=True, **looks).during(4)
    trace = homes.run()
    met = trace.duties[(trace.duties["rule"] == AGAIN_RULE) & (trace.duties["outcome"] == MET)]
    assert len(met) > 5
    keys = of_kind(trace, "key")
    assert set(met["met"]) <= set(keys["ended"])
    assert (met["met"] - met["began"] > 110 * TICKS_PER_DAY).all()


@pytest.mark.parametrize("inspectors", [np.inf, 0.15])
def test_a_visit_planned_for_the_next_year_meets_a_duty_of_it_when_it_is_made_and_not_before(
    world: "World", inspectors: float
) -> None:
    """Re-inspections, which stand for a visit of the year in which they fall."""
    homes = world.of(childrens_home=6).starting(poor=1).with_kind(effort=2).with_kind("responsive", 3.0)
    homes = homes.with_visits(1).with_reinspection(100, 200).with_inspectors(inspectors).during(5)
    trace = homes.run()
    assert len(ends_unmade(trace)) == 0
    assert len(trace.duties[trace.duties["outcome"] == MET]) > 6
    if inspectors == np.inf:
        assert len(late(trace)) == 0


def test_news_that_reaches_the_next_year_meets_no_duty_before_somebody_comes(world: "World") -> None:
    """One that comes in the days before April and asks for a visit after it; and then nobody is there to make it."""
    homes = world.of(childrens_home=30).with_kind(effort=2).with_visits(1).with_rates(complaint=6.0).during(2)
    homes = homes.responding("complaint", "move", reach="next_year", delay_days=5, within_days=30)
    trace = homes.with_inspectors(np.inf, (date(2007, 4, 1), 0)).run()
    second = trace.duties[trace.duties["began"] == trace.month_starts[12]]
    made_ahead = of_kind(trace, "key")
    made_ahead = made_ahead[made_ahead["status"] == DONE]
    visits = np.bincount(made_ahead["provider"], minlength=30)
    for provider in range(30):
        met = (second["provider"] == provider) & (second["outcome"] == MET)
        assert met.sum() == max(visits[provider] - 1, 0)
    assert len(second) == 30


@pytest.mark.parametrize("inspectors", [np.inf, 0.1])
def test_a_visit_before_a_round_begins_does_not_count_for_it(world: "World", inspectors: float) -> None:
    homes = world.of(childrens_home=10).with_kind(effort=2).with_kind("responsive", 9.0)
    homes = homes.with_round(date(2006, 9, 1), date(2007, 8, 31), repeat_months=36).with_rates(complaint=1.0).during(10)
    trace = homes.responding("complaint", "add", "responsive").with_inspectors(inspectors).run()
    duties = trace.duties
    assert (duties["began"] <= duties["met"]).all()
    assert len(duties[duties["due"] <= trace.horizon]) == 30
    if inspectors == np.inf:
        assert len(late(trace)) == 0


# What is at the inspectorate's discretion


def test_a_monitoring_visit_that_has_become_statutory_is_made_though_its_plan_has_ended(world: "World") -> None:
    """It was all there was for the date of the interval, which passes before anybody of its pool is there."""
    homes = world.of(childrens_home=10).starting(poor=1).with_kind(effort=2)
    homes = homes.with_kind("monitoring", 1.0, grades=False, **NOBODY).with_kind("responsive", 1.0, counts=False)
    homes = homes.with_inspectors(0, (date(2010, 4, 1), np.inf), pool="area").with_interval(12).during(8)
    homes = homes.with_improvement_plans(60, monitoring="monitoring").with_rates(complaint=3.0, improve={"poor": 1.0})
    trace = (
        homes.drifting({"poor": 0.2, "adequate": 0.3, "good": 0.4, "excellent": 0.1}, 2)
        .responding("complaint", "add", "responsive")
        .run()
    )
    inspections = trace.inspections
    statutory = inspections[inspections["statutory"] == 1]
    assert ((statutory["status"] != LAPSED) | (statutory["lapse"] == PROVIDER_CLOSED)).all()
    promoted = statutory[statutory["reason"] == MONITORED]
    assert len(promoted) > 3
    assert (promoted["ended"] >= trace.month_starts[48]).all()


def test_a_first_inspection_at_the_inspectorates_discretion_hides_no_duty(world: "World") -> None:
    """It is never made; what the yearly rule asks for is, from registration on."""
    homes = world.of(childrens_home=10).with_kind(effort=2).with_kind("first", 2.0, counts=False, **NOBODY)
    homes = homes.with_inspectors(0, pool="area").with_visits(4).with_first_inspections(0, 60, statutory=False)
    homes = homes.with_rates(closure=0.7).followed_after(10).during(4)
    trace = homes.run()
    firsts = of_kind(trace, "first")
    assert set(firsts["status"]) == {WAITING, LAPSED}
    assert OUT_OF_TIME in firsts["lapse"]
    assert len(late(trace)) == 0
    lives = trace.lives[trace.lives["generation"] > 0]
    years = (np.minimum(lives["closed"], trace.horizon) - lives["opened"]).sum() / TICKS_PER_DAY / 365.25
    keys = of_kind(trace, "key")
    assert (keys["generation"] > 0).sum() / years == pytest.approx(4, rel=0.2)


@pytest.mark.parametrize("form", ["visits", "round", "interval"])
def test_what_no_law_asks_for_is_promised_once_a_year_and_lapses_by_itself(world: "World", form: str) -> None:
    """What lapsed is not asked for again in its place, so that promises do not grow from year to year."""
    homes = world.of(childrens_home=4).with_kind(effort=2).with_inspectors(0).during(8)
    if form == "visits":
        homes = homes.with_visits(1, statutory=False)
    elif form == "round":
        homes = homes.with_round(date(2006, 4, 1), date(2007, 3, 31), repeat_months=12, statutory=False)
    else:
        homes = homes.with_interval(12, statutory=False)
    trace = homes.run()
    a_year = np.searchsorted(trace.month_starts[::12], trace.inspections["raised"], side="right")
    assert np.bincount(a_year, minlength=9)[1:9].tolist() == [4] * 8
    assert len(trace.duties) == 0


def test_discretionary_work_of_every_reason_lapses_in_its_time_and_is_never_begun_later(world: "World") -> None:
    homes = world.of(childrens_home=30).starting(poor=0.5, good=0.5).with_kind(effort=4)
    homes = homes.with_kind("responsive", 3.0, counts=False, priority=7)
    homes = homes.with_kind("monitoring", 2.0, counts=False, priority=6, lapse_days=45)
    homes = homes.with_kind("monitoring", 2.0, counts=False, priority=6, lapse_days=45).with_kind(
        "random", 2.0, priority=9
    )
    homes = homes.with_kind("interim", 2.0, priority=8, counts=False, lapse_days=20).with_visits(1)
    homes = homes.with_interval(3, name="sooner", kind="interim", statutory=False, satisfied_by=["interim"])
    homes = homes.with_reinspection(10, 40, priority=7).with_improvement_plans(60, monitoring="monitoring")
    homes = homes.with_sample(0.5).responding("complaint", "add", "responsive").with_rates(complaint=2.0).during(5)
    trace = homes.with_inspectors(1.1).run()
    inspections = trace.inspections
    lapsed = inspections[inspections["lapse"] == OUT_OF_TIME]
    reasons = {REASONS[reason] for reason in lapsed["reason"]}
    assert reasons == {"planned", "concern", "re-inspection", "sample", "monitoring"}
    assert (lapsed["statutory"] == 0).all()
    assert (lapsed["started"] == NEVER).all()
    free = inspections[(inspections["statutory"] == 0) & (inspections["reason"] != SAMPLED)]
    begun = free[free["started"] < NEVER]
    longest = (begun["started"] - begun["raised"]) / TICKS_PER_DAY
    assert longest.max() < 90 + 60
    of_interims = begun["kind"] == KINDS.index("interim")
    assert longest[of_interims].max() <= 20 + 3
    waits = inspections[(inspections["statutory"] == 0) & (inspections["started"] == NEVER)]
    still = waits[waits["ended"] == NEVER]
    assert ((trace.horizon - still["raised"]) / TICKS_PER_DAY < 366 + 31).all()


@pytest.mark.parametrize("inspectors", [0.5, 1, 2, 5])
@pytest.mark.parametrize("satisfied", ["key", "interim"])
def test_a_discretionary_cycle_beside_a_statutory_one_hides_none_of_its_dates(
    world: "World", inspectors: float, satisfied: str
) -> None:
    homes = world.of(childrens_home=40).starting(poor=0.3, adequate=0.3, good=0.4).with_kind(effort=6)
    homes = homes.with_kind("interim", 6.0, priority=8).with_interval(12, last_days_free=30)
    sooner = {"poor": 4, "adequate": 6}
    homes = homes.with_interval(sooner, name="sooner", kind=satisfied, statutory=False, priority=8)
    trace = homes.with_inspectors(inspectors).during(6).run()
    duties = np.sort(trace.duties, order=("provider", "began"))
    for provider in range(40):
        of_one = duties[duties["provider"] == provider]
        assert (of_one["began"][1:] == of_one["ended"][:-1]).all()
        assert of_one["ended"][-1] == NEVER
    statutory = trace.inspections[trace.inspections["statutory"] == 1]
    assert (statutory["status"] != LAPSED).all()
    # whoever is past the date has statutory work waiting for it
    past = trace.duties[(trace.duties["ended"] == NEVER) & (trace.duties["due"] < trace.horizon)]
    waiting = set(statutory["provider"][statutory["ended"] == NEVER])
    assert set(past["provider"]) <= waiting
    assert (len(past) > 0) == (inspectors == 0.5)


def test_a_plan_goes_on_by_the_desk_where_nobody_comes_to_see_to_it(world: "World") -> None:
    homes = world.of(childrens_home=10).starting(poor=1).with_kind(effort=2).with_kind("monitoring", 1.0, **NOBODY)
    homes = homes.with_inspectors(0, pool="area").with_interval(60).with_improvement_plans(60, monitoring="monitoring")
    homes = homes.with_enforcement("notice", "deregistration", days=100, monitoring="monitoring").followed_after(5)
    trace = homes.during(8).run()
    steps = trace.steps_taken.sum(axis=0)
    assert steps[-1] > 0
    monitored = trace.inspections[trace.inspections["reason"] == MONITORED]
    assert (monitored["status"] != DONE).all()
    assert (monitored["lapse"][monitored["status"] == LAPSED] > 0).all()


# Work at the desk


def test_desk_work_takes_no_day_from_statutory_visits_and_is_all_done_where_inspectors_are_idle(world: "World") -> None:
    homes = world.of(childrens_home=24).with_kind(effort=6).with_visits(2).during(2)
    by_desk = homes.assessing("last_judgement", effort_days=30)
    for inspectors in (1, 40):
        trace = by_desk.with_inspectors(inspectors).run()
        assert np.array_equal(trace.inspections, homes.with_inspectors(inspectors).run().inspections)
        months = trace.backlog[trace.backlog["service_type"] == 0][1:]  # the first month of a run owes none
        charged = 24 * 30 / 12
        done = months["desk_days"]
        assert (done.cumsum() <= charged * np.arange(1, len(done) + 1) * (1 + 1e-9)).all()
        worked = months["inspector_days_worked"]
        assert (worked <= months["inspector_days_there"] * (1 + 1e-9)).all()
        if inspectors == 40:
            assert done == pytest.approx(charged)
        else:
            assert 0 < done.sum() < charged * len(done)
            assert worked == pytest.approx(months["inspector_days_there"])


# More inspectors


def test_where_nothing_is_random_one_more_inspector_never_lowers_the_share_on_time(world: "World") -> None:
    homes = world.of(childrens_home=20).with_kind(effort=12).with_visits(2).during(2)
    shares = [on_time_share(homes.with_inspectors(fte).run()) for fte in (0, 1, 2, 3, 4, np.inf)]
    assert shares == sorted(shares)
    assert shares[0] == 0
    assert shares[-1] == 1
    assert shares[1] < 1


def test_a_copy_of_a_framework_under_another_name_differs_by_nothing(world: "World") -> None:
    homes = world.of(childrens_home=20).starting(poor=0.5, good=0.5).with_kind(effort=4, sigma=0.4).with_visits(2)
    homes = (
        homes.with_interval(5, name="sooner", statutory=False).with_reinspection(10, 40).with_sample(0.5, kind="key")
    )
    homes = homes.during(3).warming_up(1).with_inspectors(1)
    own, copied = (homes.run(), _run_of(homes, homes.framework("copied")))
    for table in Trace._fields:
        if table != "timeline":
            assert np.array_equal(getattr(own, table), getattr(copied, table)), table
    taken_over = _run_of(homes, homes.framework("own"), later=((date(2007, 9, 1), homes.framework("copied")),))
    for table in ("inspections", "duties", "lives", "backlog", "assessments"):
        columns = [name for name in getattr(own, table).dtype.names if name != "regime"]
        assert np.array_equal(getattr(own, table)[columns], getattr(taken_over, table)[columns]), table


def _run_of(homes: "World", framework: Any, later: Any = ()) -> Trace:
    from simulator.engine.run import simulate

    return simulate(homes.setting(framework, warm_up=homes.framework(), later=later), 0)


def test_a_duty_void_at_a_takeover_is_followed_by_the_one_of_the_new_rule(world: "World") -> None:
    homes = world.of(childrens_home=20).with_kind(effort=4).with_interval(6).during(4)
    new = homes.with_interval(12).framework("new")
    trace = _run_of(homes, homes.framework(), later=((date(2008, 4, 1), new),))
    takeover = trace.month_starts[24]
    void = trace.duties[trace.duties["outcome"] == VOID]
    assert len(void) == 20
    assert (void["ended"] == takeover).all()
    after = trace.duties[trace.duties["ended"] > takeover]
    assert set(after["provider"]) == set(range(20))
    assert len(late(trace)) == 0
