"""Settings that share a past go on from one run of it, and nothing that comes out differs from running each alone."""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from simulator.engine import past as of_pasts
from simulator.engine.past import SharedPast, run_until, shared_pasts
from simulator.engine.run import simulate
from simulator.engine.setting import Setting
from simulator.engine.trace import Trace
from simulator.inspectorate.framework import load_framework, shipped_frameworks
from simulator.measures.observed import observe_until
from simulator.questions.sensitivity import plausible_worlds as of_worlds
from simulator.questions.sensitivity.assumptions import assumptions_of
from simulator.questions.sensitivity.plausible_worlds import Plan, plausible_worlds
from simulator.running import comparing as of_comparing
from simulator.running.batches import Reading, Work, carried_out
from simulator.running.comparing import comparing
from simulator.running.question import posed, settings_of
from simulator.running.staffing_levels import Level, staffing_levels
from simulator.scenario.scenario import Scenario, load_scenario
from simulator.ticks import tick_of

if TYPE_CHECKING:
    from tests.functional.any_worlds import DrawWorld
    from tests.functional.worlds import World

SMALL = Path(__file__).parents[1] / "data" / "small.toml"
PLAIN = Path(__file__).with_name("plain")
LEVELS = [Level(name, fte) for name in ("2006-regime", "option-a") for fte in (3.0, 4.5, np.inf)]

INTERPRETED = """
import sys
from simulator.engine.past import run_until, shared_pasts
from simulator.engine.run import simulate
from simulator.inspectorate.framework import load_framework
from simulator.running.question import posed, settings_of
from simulator.scenario.scenario import load_scenario
tight = load_scenario(sys.argv[1]).changed({"run": {"years": 1, "warm_up_years": 1}}, "a test")
tight = tight.changed({"run": {"warm_up_framework": sys.argv[2]}}, "a test")
alone = settings_of(posed(tight, [load_framework(name) for name in sys.argv[2:]]))
(shared,) = shared_pasts(alone)
past = run_until(alone[0], 0, shared)
for position in shared.settings:
    one, other = simulate(alone[position], 0), past.goes_on(alone[position])[0]
    for table in one._fields:
        assert repr(getattr(one, table)) == repr(getattr(other, table)), table
        assert getattr(getattr(one, table), "tolist", str)() == getattr(getattr(other, table), "tolist", str)(), table
print(len(shared.settings), len(one.inspections))
"""


@pytest.fixture(scope="module")
def small() -> Scenario:
    return load_scenario(SMALL)


@pytest.fixture(scope="module")
def homes(world: "World") -> "World":
    """Some children's homes that get better and worse, too few inspectors for them, and a warm-up of two years."""
    homes = world.of(childrens_home=40).drifting({"poor": 0.2, "adequate": 0.3, "good": 0.3, "excellent": 0.2}, 2.0)
    homes = homes.starting(poor=0.2, adequate=0.3, good=0.3, excellent=0.2).with_inspectors(1.2)
    return homes.with_kind("key", 3.0, sigma=0.4).with_visits(2).during(3, warm_up_years=2)


def content(table: Any) -> list[bytes]:
    """The bytes of a table, column by column; of anything else, what it is."""
    if not isinstance(table, np.ndarray):
        return [repr(table).encode()]
    names: Sequence[str] = table.dtype.names or ()
    return [str(table.shape).encode(), *([table[name].tobytes() for name in names] if names else [table.tobytes()])]


def assert_same(one: Trace, other: Trace) -> None:
    for name in Trace._fields:
        assert content(getattr(one, name)) == content(getattr(other, name)), name


def assert_shared(alone: Sequence[Setting], replication: int, shared: SharedPast) -> None:
    """All that share a past agree with runs of their own, in the order and in the reverse order, from one past."""
    past = run_until(alone[shared.settings[-1]], replication, shared)
    whole = {position: simulate(alone[position], replication) for position in shared.settings}
    for position in [*shared.settings, *reversed(shared.settings)]:
        assert_same(past.goes_on(alone[position])[0], whole[position])


def read_alone_and_together(work: Work, replication: int) -> list[tuple[Reading, Reading]]:
    """What a work reads off each case: run by itself, and as in a batch."""
    together = work.in_replication(replication)
    cases = range(len(work.cases))
    return [(work.read(case, replication), together.read(case, replication)) for case in cases]


def assert_same_readings(readings: Sequence[tuple[Reading, Reading]]) -> None:
    for alone, together in readings:
        assert alone.arrays.keys() == together.arrays.keys()
        for name, array in alone.arrays.items():
            assert array.tobytes() == together.arrays[name].tobytes(), name
        assert alone.tables == together.tables


# Engine


def test_every_shipped_framework_goes_on_from_the_past_that_it_shares(small: Scenario) -> None:
    names = shipped_frameworks()
    alone = settings_of(posed(small, [load_framework(name) for name in names]))
    found = shared_pasts(alone)
    together = {frozenset(names[position] for position in shared.settings) for shared in found}
    (most,) = (each for each in together if "2006-regime" in each)
    assert set(names) - most == {"belief-index", "clairvoyant"}
    for shared in found:
        assert shared.until == tick_of(small.run.start, alone[0].epoch)
        assert len({alone[position].slots for position in shared.settings}) > 1
        for replication in range(2):
            assert_shared(alone, replication, shared)


@pytest.mark.parametrize(("start", "share"), [(date(2006, 4, 1), True), (date(2006, 8, 1), False)])
def test_what_is_planned_to_inspectors_of_later_months_is_no_shared_past(
    small: Scenario, start: date, share: bool
) -> None:
    """Samples are planned in April to the inspectors of the whole year, those after a takeover in August too."""
    begins = {"start": start, "warm_up_framework": "option-a-as-proposed", "frameworks": ["2006-regime"]}
    question = posed(small.changed({"run": begins}, "a test"))
    work = staffing_levels(question, "regulatory", [Level("2006-regime", fte) for fte in (3.0, 9.0)], "compiled")
    assert bool(shared_pasts(work.settings)) == share


def test_they_do_on_a_timeline(small: Scenario) -> None:
    """What is compared takes over after a year that is measured, and others after it."""
    timeline = [
        {"from": "2006-04-01", "framework": "jar-apa-2005"},
        {"from": "2007-07-01", "framework": "compared"},
        {"from": "2008-02-11", "framework": "2012-as-proposed"},
    ]
    question = posed(small.changed({"run": {"years": 3}, "timeline": timeline}, "a test"))
    alone = settings_of(question)
    (shared,) = shared_pasts(alone)
    assert shared.settings == tuple(range(len(alone)))
    assert shared.until == tick_of(date(2007, 7, 1), alone[0].epoch) > alone[0].measured_from
    assert_shared(alone, 1, shared)
    assert_same_readings(read_alone_and_together(comparing(question, "compiled", "none"), 2))


def test_where_each_framework_warms_up_itself_nothing_is_shared(small: Scenario) -> None:
    question = posed(small.changed({"run": {"warm_up_framework": "itself"}}, "a test"))
    assert shared_pasts(settings_of(question)) == ()
    assert_same_readings(read_alone_and_together(comparing(question, "compiled", "none"), 1))


def test_where_frameworks_are_the_same_until_later_they_share_more(homes: "World") -> None:
    first, second, last = (homes.with_visits(number).framework(f"of-{number}") for number in (1, 3, 4))
    days = [date(2007, 1, 1), date(2008, 6, 1)]
    timelines = [(second, last), (second, first), (last, last), (first, first)]
    alone = [homes.setting(first, first, later=list(zip(days, frameworks, strict=True))) for frameworks in timelines]
    found = shared_pasts(alone)
    ticks = [tick_of(day, alone[0].epoch) for day in days]
    assert [(shared.until, shared.settings) for shared in found] == [(ticks[1], (0, 1)), (ticks[0], (2, 3))]
    for shared in found:
        assert_shared(alone, 0, shared)


@settings(max_examples=25)
@given(data=st.data())
def test_whatever_the_rules_are_those_that_share_a_past_agree_with_runs_of_their_own(
    world: "World", any_world: "DrawWorld", with_any_rules: "DrawWorld", data: st.DataObject
) -> None:
    drawn = replace(any_world(data.draw, world), warm_up_years=data.draw(st.integers(1, 2)))
    common = drawn.framework("common")
    others = [with_any_rules(data.draw, drawn) for _ in range(2)]
    others[1] = others[1].with_kind("random", 1, counts=False)
    others[1] = others[1].with_sample({"poor": 0.9, "good": 0.3}, types=["childrens_home"])
    fte = data.draw(st.sampled_from([0.7, 3.0]))
    more = drawn.with_inspectors(*drawn.pools["regulatory"][0][1:], (drawn.start, fte))
    alone = [drawn.setting(common, common), more.setting(common, common)]
    alone += [drawn.setting(other.framework(name), common) for name, other in zip("ab", others, strict=True)]
    found = shared_pasts(alone)
    assume(found)
    for shared in found:
        assert_shared(alone, 3, shared)


def test_inspectors_may_differ_from_the_day_of_the_takeover_on_and_not_before(homes: "World") -> None:
    framework = homes.framework()
    start = homes.start
    later = (date(2007, 2, 17), 9.0)
    alone = [
        homes.with_inspectors(1.2, *steps).setting(framework, framework)
        for steps in ([], [(start, 3.0)], [(start, 0.4), later], [(date(2005, 10, 1), 3.0)])
    ]
    (shared,) = shared_pasts(alone)
    assert shared.settings == (0, 1, 2)
    assert_shared(alone, 0, shared)
    assert len({simulate(setting, 0).inspections.tobytes() for setting in alone}) == 4


def test_those_who_leave_at_random_do_so_before_as_after(homes: "World") -> None:
    leaving = homes.with_inspectors(4).staffed(turnover=0.5, recruitment_months=3)
    first, second = leaving.framework("first"), leaving.with_visits(4).framework("second")
    alone = [leaving.setting(framework, first) for framework in (first, second)]
    (shared,) = shared_pasts(alone)
    for replication in range(2):
        assert_shared(alone, replication, shared)
    fewer = leaving.with_inspectors(4, (homes.start, 2.0)).setting(first, first)
    assert shared_pasts([alone[0], fewer]) == ()


def test_another_world_has_another_past(homes: "World") -> None:
    framework = homes.framework()
    other_worlds = [
        homes.seeded(2),
        homes.of(childrens_home=41),
        homes.with_rates(serious=1),
        homes.during(2, warm_up_years=2),
    ]
    for other in other_worlds:
        one, another = homes.setting(framework, framework), other.setting(framework, framework)
        assert shared_pasts([one, another]) == ()
        (shared,) = shared_pasts([one, one])
        with pytest.raises(ValueError, match="does not have the past of"):
            run_until(one, 0, shared).goes_on(another)


def test_nothing_is_shared_where_a_copy_would_take_much_memory(
    small: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = settings_of(posed(small))
    assert len(shared_pasts(alone)) == 1
    monkeypatch.setattr(of_pasts, "MOST_PROVIDERS", len(alone[0].providers) - 1)
    assert shared_pasts(alone) == ()


def test_slots_that_nobody_needs_change_nothing(small: Scenario) -> None:
    alone = settings_of(posed(small))[0]
    roomy = replace(alone, at_least=alone.room._replace(rules=alone.rules + 1, samples=3))
    assert roomy.slots > alone.slots + 1
    assert_same(simulate(alone, 0), simulate(roomy, 0))
    assert_same(simulate(alone, 0), simulate(roomy, 0, "simpy"))


def test_rules_that_are_not_compiled_share_a_past_too() -> None:
    command = [sys.executable, "-c", INTERPRETED, str(PLAIN / "tight.toml")]
    command += [str(PLAIN / f"{name}.toml") for name in ("cycles", "no-rounds")]
    told = subprocess.run(command, check=False, env=os.environ | {"NUMBA_DISABLE_JIT": "1"}, capture_output=True)
    assert told.returncode == 0, told.stderr.decode()
    shared, inspections = map(int, told.stdout.split())
    assert shared == 2
    assert inspections > 20


# Questions


@pytest.mark.parametrize("events", ["none", "first", "all"])
def test_a_comparison_reads_the_same(small: Scenario, events: Any) -> None:
    work = comparing(posed(small), "compiled", events)
    assert [shared.settings for shared in work.shared] == [tuple(range(len(small.run.frameworks)))]
    for replication in (1, 2):
        readings = read_alone_and_together(work, replication)
        assert_same_readings(readings)
        assert bool(readings[0][0].tables) == (events == "all" or (events == "first" and replication == 1))


def test_on_the_simpy_engine_nothing_is_shared(small: Scenario) -> None:
    assert comparing(posed(small), "simpy", "none").shared == ()


def test_numbers_of_inspectors_read_the_same(small: Scenario) -> None:
    work = staffing_levels(posed(small), "regulatory", LEVELS, "compiled")
    assert [shared.settings for shared in work.shared] == [tuple(range(len(LEVELS)))]
    assert_same_readings(read_alone_and_together(work, 1))


def test_plausible_worlds_read_the_same(small: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    question = posed(small.changed({"run": {"frameworks": ["option-b", "2006-regime"]}}, "a test"))
    every = assumptions_of(question)
    positions = np.full((1, 2, len(every)), np.nan)
    positions[0, 1] = 0.6
    work = plausible_worlds(question, every, Plan(positions, np.array([[1, 2]])), "compiled")
    counted: list[int] = []

    def counting(settings_: Sequence[Setting]) -> tuple[SharedPast, ...]:
        counted.extend(len(shared.settings) for shared in shared_pasts(settings_))
        return shared_pasts(settings_)

    monkeypatch.setattr(of_worlds, "shared_pasts", counting)
    together = [work.in_replication(1).read(case, 1) for case in range(2)]
    monkeypatch.setattr(of_worlds, "shared_pasts", lambda _: ())
    alone = [work.in_replication(1).read(case, 1) for case in range(2)]
    assert counted == [2, 2]
    assert_same_readings(list(zip(alone, together, strict=True)))
    assert not together[1].arrays["cannot"]


def test_a_past_is_run_once_for_all_cases_and_again_where_it_fails(
    small: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error in one case is told of it and touches no other."""
    work = comparing(posed(small), "compiled", "none")
    undisturbed = carried_out(work, (1, 2), lambda: False)
    begun = 0

    def failing_first(setting: Setting, replication: int, shared: SharedPast) -> Any:
        nonlocal begun
        begun += 1
        if begun == 1:
            raise MemoryError("no more")
        return observe_until(setting, replication, shared)

    monkeypatch.setattr(of_comparing, "observe_until", failing_first)
    outcome = carried_out(work, (1, 2), lambda: False)
    assert begun == 3
    assert [failure[:2] for failure in outcome.failures] == [(work.cases[0], 1)]
    assert undisturbed.failures == ()
    for name, array in outcome.arrays.items():
        whole = cast("npt.NDArray[np.float64]", undisturbed.arrays[name])
        assert np.isnan(array[0, 0]).all()
        assert array[0, 1:].tobytes() == whole[0, 1:].tobytes()
        assert array[1].tobytes() == whole[1].tobytes()
