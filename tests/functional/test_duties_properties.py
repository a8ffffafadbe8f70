"""Duties in any world: counted once each, met by nothing but an inspection, and the very ones that the tables imply."""

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.engine.recorded import DONE, LAPSED, MET, OUTSTANDING, PROVIDER_CLOSED, VOID
from simulator.engine.run import simulate
from simulator.engine.setting import Setting
from simulator.engine.trace import Trace
from simulator.inspectorate.framework import Framework, load_framework
from simulator.inspectorate.rules import Interval
from simulator.measures.observed import observe, observed
from simulator.running.question import posed, settings_of
from simulator.scenario.scenario import Scenario, load_scenario
from simulator.ticks import NEVER
from simulator.world.services import SERVICE_TYPES

from .duties_rebuilt import from_first, lives_of, of_interval, of_rounds, of_visits, parts, recorded, satisfying

if TYPE_CHECKING:
    from tests.functional.any_worlds import DrawWorld
    from tests.functional.worlds import World

INSPECTORS = st.sampled_from([0, 0.3, 1, 5, np.inf])
FRAMEWORKS = (
    "option-a",
    "option-b",
    "2006-regime",
    "2012-proportional",
    "2012-as-proposed",
    "2013-single-framework",
)
MONTHS = st.sampled_from([0, 1, 2, 6, 12, 36])
Draw = Any


@pytest.fixture(scope="module")
def small() -> Scenario:
    """A small England."""
    return load_scenario("tests/data/small.toml").changed({"run": {"years": 2, "warm_up_years": 1}}, "a test")


def check_duties(trace: Trace) -> None:
    """Duties due are those on time, late, outstanding and void; one is met by an inspection that ended."""
    duties = trace.duties
    told = parts(trace)
    assert told["due"] == told["on_time"] + told["late"] + told["outstanding"] + told["void"]
    assert ((duties["began"] <= duties["ended"]) | (duties["outcome"] == VOID)).all()  # rounds are known ahead
    assert ((duties["met"] < NEVER) == (duties["outcome"] == MET)).all()
    assert ((duties["ended"] == NEVER) == (duties["outcome"] == OUTSTANDING)).all()
    made = trace.inspections[trace.inspections["status"] == DONE]
    ends = set(zip(made["provider"], made["generation"], made["ended"], strict=True))
    new_years = set(trace.month_starts)
    for row in duties[duties["outcome"] == MET]:
        whose = row["provider"], row["generation"], row["met"]
        assert whose in ends or (row["met"] == row["began"] and row["met"] in new_years)
    lapsed = trace.inspections[(trace.inspections["status"] == LAPSED) & (trace.inspections["statutory"] == 1)]
    assert (lapsed["lapse"] == PROVIDER_CLOSED).all()


def check_standing(trace: Trace) -> None:
    """A duty that stands at the horizon is that of a provider open then; no provider closes with one."""
    closed = {(row["provider"], row["generation"]): row["closed"] for row in trace.lives}
    for row in trace.duties:
        ends = closed[row["provider"], row["generation"]]
        assert row["ended"] <= ends or (row["ended"] == NEVER and ends == NEVER)


@settings(max_examples=15)
@given(data=st.data())
def test_in_any_world_every_duty_is_counted_once_and_met_by_an_inspection(
    world: "World", any_world: "DrawWorld", data: st.DataObject
) -> None:
    setting = any_world(data.draw, world).setting()
    trace = simulate(setting, 0)
    check_duties(trace)
    check_standing(trace)
    counted = observed(trace).duties
    assert (counted.due == counted.on_time + counted.late + counted.outstanding + counted.void).all()


def any_home(draw: Draw, world: "World") -> "World":
    """Draw homes that get better and worse, news of them, and work of all sorts at the inspectorate's discretion."""
    homes = world.of(childrens_home=draw(st.integers(1, 8))).seeded(draw(st.integers(0, 2**32))).during(5)
    homes = homes.starting(poor=0.4, adequate=0.3, good=0.2, excellent=0.1)
    homes = homes.drifting({"poor": 0.3, "adequate": 0.3, "good": 0.2, "excellent": 0.2}, draw(st.floats(0, 3)))
    homes = homes.with_kind(effort=draw(st.floats(0.1, 12)), effort_spread=0.25, sigma=0.3)
    homes = homes.with_kind("responsive", draw(st.floats(0.1, 12)), counts=draw(st.booleans()), priority=5)
    homes = homes.with_kind("monitoring", 3.0, counts=draw(st.booleans()), grades=draw(st.booleans()), lapse_days=30)
    homes = homes.with_kind("random", 3.0, priority=9).with_rates(complaint=2.0)
    homes = homes.responding("complaint", "add", "responsive")
    if draw(st.booleans()):
        homes = homes.with_reinspection(20, 120, counts=draw(st.booleans()), priority=draw(st.integers(2, 8)))
    if draw(st.booleans()):
        homes = homes.with_improvement_plans(60, monitoring="monitoring")
    if draw(st.booleans()):
        homes = homes.with_sample(0.5)
    return homes.with_inspectors(draw(INSPECTORS))


def any_interval(draw: Draw, homes: "World") -> "World":
    months = {name: draw(MONTHS) for name in ("poor", "adequate", "good", "excellent", "not_yet_graded")}
    return homes.with_interval(months, available_share=draw(st.sampled_from([0, 0.3])), catch_up_days=40)


def counting(framework: Framework) -> set[str]:
    return {name for name, kind in framework.kinds.items() if kind.counts}


@settings(max_examples=20)
@given(data=st.data())
def test_cycles_are_those_that_ended_inspections_and_judgements_imply(world: "World", data: st.DataObject) -> None:
    """Whatever else is asked for: at every moment a provider has exactly the one duty that the law gives it."""
    homes = any_interval(data.draw, any_home(data.draw, world))
    if data.draw(st.booleans()):
        homes = homes.with_interval(data.draw(st.integers(1, 6)), name="sooner", statutory=False, priority=8)
    if data.draw(st.booleans()):
        homes = homes.with_visits(data.draw(st.integers(1, 3)))
    homes = homes.with_rates(closure=data.draw(st.sampled_from([0, 0.3]))).followed_after(20)
    trace = homes.run()
    rule: Any = homes.framework().rules["interval"]
    kinds = satisfying(rule, counting(homes.framework()))
    for whose, life in lives_of(trace).items():
        known = life if whose[1] > 0 else from_first(life, kinds)  # what was before the run is in no table
        told = [duty for duty in recorded(trace, whose, 0) if duty.began >= known.opened]
        if known.opened < known.closed:
            assert sorted(of_interval(known, rule, kinds)) == sorted(told)  # two may have begun at once
    if homes.pools["regulatory"][0][1] == np.inf:
        assert not late_in(trace, 0)


@settings(max_examples=20)
@given(data=st.data())
def test_visits_of_a_year_are_met_by_the_inspections_that_ended_in_their_order(
    world: "World", data: st.DataObject
) -> None:
    """Nobody passes 31 March uncounted, though re-inspections and news stand for visits, lapse, or come in April."""
    homes = any_home(data.draw, world)
    per_year = {name: data.draw(st.integers(0, 3)) for name in ("poor", "adequate", "good", "excellent")}
    days_free = data.draw(st.sampled_from([0, 14]))
    homes = homes.with_visits(per_year, rating="on_1_april", last_days_free=days_free)
    if data.draw(st.booleans()):
        homes = homes.with_interval(data.draw(st.integers(1, 12)), name="interval")
    trace = homes.run()
    rule: Any = homes.framework().rules["visits"]
    position = sorted(homes.rules).index("visits")
    kinds = satisfying(rule, counting(homes.framework()))
    april = [int(month) for month in trace.month_starts[::12]]
    for whose, life in lives_of(trace).items():
        if life.inspected:
            assert of_visits(life, rule, kinds, april, trace.horizon) == recorded(trace, whose, position)
    if homes.pools["regulatory"][0][1] == np.inf:
        assert not late_in(trace, position)


@settings(max_examples=20)
@given(data=st.data())
def test_rounds_are_met_by_what_was_raised_since_they_began(world: "World", data: st.DataObject) -> None:
    homes = any_home(data.draw, world)
    repeat = data.draw(st.sampled_from([0, 12, 18, 30]))
    first = data.draw(st.sampled_from([date(2005, 11, 10), date(2006, 4, 1), date(2006, 8, 20)]))
    homes = homes.with_round(first, date(2006, 10, 31), repeat_months=repeat, last_days_free=20)
    trace = homes.run()
    rule: Any = homes.framework().rules["round"]
    kinds = satisfying(rule, counting(homes.framework()))
    for whose, life in lives_of(trace).items():
        told = [duty for duty in recorded(trace, whose, 0) if duty.due <= trace.horizon]
        assert of_rounds(life, rule, kinds, trace.epoch, trace.horizon) == told
    if homes.pools["regulatory"][0][1] == np.inf:
        assert not late_in(trace, 0)


def late_in(trace: Trace, rule: int) -> list[Any]:
    """Give the duties under a rule whose date passed while they stood."""
    rows = trace.duties[trace.duties["rule"] == rule]
    until = np.minimum(rows["ended"], trace.horizon)
    return list(rows[until > rows["due"]])


def of_small(small: Scenario, framework: str, fte: float) -> Setting:
    pools = {"regulatory": fte, "area": max(fte, 20)}  # a team of eight must be there at once
    changes = {
        "capacity": {"pools": {name: {"fte": [{"from": "2003-04-01", "fte": fte}]} for name, fte in pools.items()}}
    }
    return settings_of(posed(small.changed(changes, "a test"), [load_framework(framework)]))[0]


@pytest.mark.parametrize("fte", [1, 5, 100, np.inf])
@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_under_shipped_frameworks_every_duty_is_counted_and_every_provider_has_its_own(
    small: Scenario, framework: str, fte: float
) -> None:
    setting = of_small(small, framework, fte)
    trace = simulate(setting, 0)
    check_duties(trace)
    check_standing(trace)
    counted = observe(setting, 0).duties
    assert (counted.due == counted.on_time + counted.late + counted.outstanding + counted.void).all()
    assert counted.due.sum() > 0
    check_cycles(trace, load_framework(framework))
    if fte == np.inf:
        assert counted.on_time.sum() == counted.due.sum()


def name_of(life: Any) -> str:
    return str(SERVICE_TYPES[life["service_type"]])


def check_cycles(trace: Trace, framework: Framework) -> None:
    """Each provider with a statutory cycle has at every moment one duty under it, each after the other without gap."""
    takeover = trace.measured_from
    for row in trace.lives:
        of_type = {name: rule for name, rule in framework.rules.items() if name_of(row) in rule.types}
        for position, (_, rule) in enumerate(sorted(of_type.items())):
            if not isinstance(rule, Interval) or not rule.statutory or min(rule.months.model_dump().values()) == 0:
                continue
            told = recorded(trace, (row["provider"], row["generation"]), position)
            told = [each for each in told if each.ended > takeover]
            if row["closed"] <= takeover:
                continue
            assert told
            assert all(before.ended == after.began for before, after in pairwise(told))
            assert told[-1].outcome == (OUTSTANDING if row["closed"] == NEVER else VOID)
            assert told[-1].ended == row["closed"]
