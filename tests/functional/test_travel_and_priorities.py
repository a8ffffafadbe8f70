"""What a scenario says of the way to providers and of the order in which work gives way."""

from typing import TYPE_CHECKING

import numpy as np
import pytest

from simulator.engine.recorded import DONE, WAITING
from simulator.engine.simpy_engine import simulate_simpy
from simulator.engine.state import State
from simulator.inputs.messages import InputError
from simulator.inspectorate.kinds import DESK, KINDS
from simulator.ticks import TICKS_PER_DAY

if TYPE_CHECKING:
    from tests.functional.worlds import World

BOTH = {"North": 0.5, "South": 0.5}


def visited(world: "World", effort: float = 2, team: int = 2) -> "World":
    """Homes of two regions and too few teams for them."""
    homes = world.of(childrens_home=60).in_regions(**BOTH).with_kind(effort=effort, team=team).with_visits(2)
    return homes.during(2).with_inspectors(2)


# Travel


def test_the_same_way_everywhere_is_as_if_every_visit_took_longer(world: "World") -> None:
    travelling = visited(world, effort=2).stating("capacity", travel_days={"North": 0.5, "South": 0.5})
    longer = visited(world, effort=3)
    for table in ("inspections", "episodes", "backlog", "duties"):
        assert np.array_equal(getattr(travelling.run(), table), getattr(longer.run(), table)), table


def test_a_visit_takes_the_travel_of_its_region_and_each_inspector_travels(world: "World") -> None:
    homes = visited(world).stating("capacity", travel_days={"South": 0.75})
    setting, trace = homes.setting(), homes.run()
    done = trace.inspections[trace.inspections["status"] == DONE]
    region = setting.providers["region"][done["provider"]]
    assert done["inspector_days"] == pytest.approx(np.where(region == setting.regions.index("South"), 3.5, 2))
    assert done["ended"] - done["started"] == pytest.approx(done["inspector_days"] / 2 * 7 / 5 * TICKS_PER_DAY, abs=1)


def test_nobody_travels_to_work_at_the_desk(world: "World") -> None:
    homes = world.of(childrens_home=20).with_kind("desk", effort=2).with_visits(1, kind="desk").during(1)
    rows = homes.stating("capacity", travel_days={"England": 5}).run().inspections
    assert len(rows) >= 20
    assert set(rows["kind"]) == {DESK}
    assert (rows["inspector_days"] == 2).all()


def test_travel_to_a_region_that_is_not_there_is_refused(world: "World") -> None:
    wrong = visited(world).stating("capacity", travel_days={"Nroth": 1})
    with pytest.raises(InputError, match=r'capacity\.travel_days: there is no region "Nroth"; did you mean "North"\?'):
        wrong.setting()


# The order in which work gives way


def shares_begun(world: "World") -> dict[str, float]:
    """Share of each kind that began within a week of being raised."""
    rows = world.run().inspections
    begun = rows["started"] - rows["raised"] < 7 * TICKS_PER_DAY
    return {KINDS[kind]: float(begun[rows["kind"] == kind].mean()) for kind in np.unique(rows["kind"])}


def test_the_scenario_says_which_work_gives_way_whatever_the_framework_says(world: "World") -> None:
    homes = world.of(childrens_home=60).with_kind(effort=6, priority=2).with_visits(2, priority=2).with_inspectors(3)
    homes = homes.with_kind("responsive", 6, priority=5, counts=False).with_rates(complaint=1.5).during(3)
    homes = homes.responding("complaint", "add", "responsive")
    turned = homes.stating("capacity", priorities={"responsive": 1, "key": 4})
    assert shares_begun(homes)["key"] > shares_begun(homes)["responsive"] + 0.2
    assert shares_begun(turned)["responsive"] > shares_begun(turned)["key"] + 0.2
    (policy,) = turned.setting().policies
    assert [policy["priority"][KINDS.index(kind)] for kind in ("responsive", "key")] == [1, 4]
    home = turned.setting().providers["service_type"][0]
    assert policy["rule_priority"][home, 0] == 4
    same = homes.stating("capacity", priorities={"responsive": 5, "key": 2})
    assert np.array_equal(same.run().inspections, homes.run().inspections)


def test_a_visit_near_the_date_of_a_duty_goes_first_also_if_its_kind_goes_last(world: "World") -> None:
    """A visit at discretion that is to meet a duty becomes statutory near its date, with the priority of the rule."""
    homes = world.of(childrens_home=40).with_kind(effort=6).with_visits(1).with_inspectors(1.2).during(1)
    homes = (
        homes.with_kind("responsive", 6, counts=True)
        .with_rates(complaint=2)
        .responding("complaint", "add", "responsive")
    )
    seen: set[tuple[int, int]] = set()

    def watch(state: State, *_: int) -> None:
        waiting = state.work[(state.work["status"] == WAITING) & (state.work["kind"] == KINDS.index("responsive"))]
        seen.update(zip(waiting["statutory"].tolist(), waiting["priority"].tolist(), strict=True))

    simulate_simpy(homes.stating("capacity", priorities={"responsive": 9, "key": 1}).setting(), 0, watch)
    assert seen == {(0, 9), (1, 1)}
