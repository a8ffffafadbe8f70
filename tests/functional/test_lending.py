"""Teams that a region lends to its neighbours: who goes where, what it brings, and what it never does."""

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from simulator.engine.agenda import START
from simulator.engine.recorded import RUNNING, WAITING
from simulator.engine.run import simulate
from simulator.engine.simpy_engine import simulate_simpy
from simulator.engine.state import State
from simulator.engine.trace import Trace
from simulator.ticks import TICKS_PER_DAY

if TYPE_CHECKING:
    from tests.functional.worlds import World

TWO = {"North": ["South"], "South": ["North"]}
CHAIN = {"North": ["Mid"], "Mid": ["North", "South"], "South": ["Mid"]}


def regions(world: "World", shares: dict[str, float], lends: bool = True, **changes: Any) -> "World":
    """Many homes in two or three regions that share twelve inspectors so, nine of whom are busy on average."""
    homes = world.of(childrens_home=160).in_regions(**dict.fromkeys(shares, 1 / len(shares)))
    homes = homes.with_kind(effort=5, **changes).with_visits(3).during(2).with_inspectors(12)
    homes = homes.staffed(by_region=True, region_shares=shares, lends_to_neighbours=lends)
    return homes.stating("capacity", neighbours=TWO if len(shares) == 2 else CHAIN)


def days_waited(trace: Trace) -> float:
    """Days from when inspections are raised until they begin or the run stops, on average."""
    rows = trace.inspections
    return float((np.minimum(rows["started"], trace.horizon) - rows["raised"]).mean() / TICKS_PER_DAY)


def test_a_region_that_is_short_takes_idle_teams_of_its_neighbour(world: "World") -> None:
    uneven = {"North": 0.75, "South": 0.25}
    alone, lent = regions(world, uneven, lends=False).run(), regions(world, uneven).run()
    assert days_waited(lent) < days_waited(alone) / 5
    total = [trace.backlog["inspector_days_worked"].sum() for trace in (alone, lent)]
    assert total[1] > total[0]


def test_no_work_waits_while_a_neighbour_has_a_team_idle_and_nothing_waiting(world: "World") -> None:
    short = regions(world, {"North": 0.8, "South": 0.2}, team=2).during(1)
    moments = []

    def watch(state: State, _time: int, kind: int, _subject: int) -> None:
        north, south = state.pools
        if kind == START and south.waiting > 0 and north.waiting == 0:
            moments.append(north.capacity - north.busy)

    simulate_simpy(short.setting(), 0, watch)
    assert len(moments) > 20
    assert max(moments) < 2


def test_what_waits_and_what_runs_is_counted_in_the_pools_it_waits_for_and_runs_by(world: "World") -> None:
    setting = regions(world, {"North": 0.75, "South": 0.25}).during(1).setting()
    lent = 0

    def watch(state: State, *_: int) -> None:
        nonlocal lent
        waiting = state.work["status"] == WAITING
        by_pool = np.bincount(state.work["pool"][waiting], minlength=2)
        assert (state.pools["waiting"] == by_pool).all()
        assert (state.accounts["waiting"].sum(axis=1) == by_pool).all()
        assert (state.pools["busy"] <= state.pools["capacity"]).all()
        running = state.work[state.work["status"] == RUNNING]
        lent += int((running["pool"] != state.providers["region"][running["provider"]]).sum())

    simulate_simpy(setting, 0, watch)
    assert lent > 100


def test_days_count_to_the_region_that_lends_and_are_never_more_than_it_has(world: "World") -> None:
    setting = regions(world, {"North": 0.75, "South": 0.25}).setting()
    rows = simulate(setting, 0).backlog
    worked = np.bincount(rows["pool"], rows["inspector_days_worked"], minlength=2)
    there = np.bincount(rows["pool"], rows["inspector_days_there"] * (rows["service_type"] == 0), minlength=2)
    assert (worked <= there * (1 + 1e-9)).all()
    assert worked[0] > 1.5 * worked[1]


def test_equal_regions_that_lend_are_close_to_one_national_pool(world: "World") -> None:
    third = {"North": 1 / 3, "Mid": 1 / 3, "South": 1 / 3}
    everybody = {name: [other for other in third if other != name] for name in third}
    lending = regions(world, third).stating("capacity", neighbours=everybody)
    alone, national = regions(world, third, lends=False), lending.staffed()
    waited = [
        np.mean([days_waited(simulate(homes.setting(), number)) for number in range(3)])
        for homes in (national, lending, alone)
    ]
    assert waited[0] <= waited[1] * 1.02
    assert waited[1] - waited[0] < (waited[2] - waited[0]) / 3


def test_nothing_is_lent_past_a_neighbour_or_where_the_rule_is_off(world: "World") -> None:
    far = {"North": 0.8, "Mid": 0.1, "South": 0.1}
    setting = regions(world, far).setting()
    by_name = [{setting.pools[row] for row in lenders if row >= 0} for lenders in setting.lenders]
    named = dict(zip(setting.pools, by_name, strict=True))
    assert named["regulatory (South)"] == {"regulatory (Mid)"}
    off = regions(world, far, lends=False)
    assert off.setting().lenders.shape == (3, 0)
    assert np.array_equal(off.run().inspections, off.stating("capacity", neighbours={}).run().inspections)


def test_both_engines_agree_on_lending(world: "World") -> None:
    short = regions(world, {"North": 0.8, "Mid": 0.1, "South": 0.1}, team=2, effort_spread=0.5)
    short = short.with_kind("responsive", 3, priority=5, counts=False).with_rates(complaint=1)
    setting = short.responding("complaint", "add", "responsive").setting()
    compiled, simpy = (simulate(setting, 0, engine) for engine in ("compiled", "simpy"))
    assert np.array_equal(compiled.inspections, simpy.inspections)
    assert np.array_equal(compiled.backlog, simpy.backlog)


@pytest.mark.parametrize(
    ("neighbours", "said"),
    [
        ({"North": ["South"]}, '"South" is a neighbour of "North", but "North" none of "South"'),
        ({"North": ["North"]}, '"North" is named as its own neighbour'),
        ({"North": ["South", "South"], "South": ["North"]}, '"South" is named twice as a neighbour of "North"'),
        ({}, "pools.regulatory.lends_to_neighbours: given, but no region has a neighbour"),
        ({"North": ["Suoth"], "Suoth": ["North"]}, 'there is no region "Suoth"; did you mean "South"?'),
    ],
)
def test_neighbours_that_cannot_be_are_refused(world: "World", neighbours: dict[str, list[str]], said: str) -> None:
    wrong = regions(world, {"North": 0.5, "South": 0.5}).stating("capacity", neighbours=neighbours)
    with pytest.raises(ValueError, match=re.escape(said)):
        wrong.setting()
