"""Pools of inspectors: new posts that take time to fill, departures, regions of their own, pools that cannot work."""

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pytest

from simulator.engine.memory import empty_state
from simulator.engine.recorded import RUNNING, WAITING
from simulator.engine.run import simulate
from simulator.engine.setting import Setting
from simulator.engine.simpy_engine import simulate_simpy
from simulator.engine.state import State
from simulator.engine.tables import tables_of
from simulator.engine.trace import Trace
from simulator.inputs.messages import InputError
from simulator.inspectorate.framework import Framework, load_framework
from simulator.measures.load import queue
from simulator.running.options import with_options
from simulator.running.question import posed, settings_of
from simulator.scenario.scenario import Scenario, load_scenario
from simulator.ticks import NEVER, tick_of

if TYPE_CHECKING:
    from tests.functional.worlds import World


def inspectors_there(trace: Trace) -> npt.NDArray[np.float64]:
    """Inspectors of the first pool that were there, on average over each month."""
    rows = trace.backlog[(trace.backlog["service_type"] == 0) & (trace.backlog["pool"] == 0)]
    days: npt.NDArray[np.float64] = np.diff(rows["month"], prepend=0) / 1440
    there: npt.NDArray[np.float64] = rows["inspector_days_there"] * 7 / 5 / days
    return there


def same(one: Trace, other: Trace) -> bool:
    """Whether two runs are the same to the last bit."""
    return all(np.array_equal(getattr(one, table), getattr(other, table)) for table in ("inspections", "episodes"))


# Recruitment, training and turnover


def test_a_step_up_counts_once_the_new_are_recruited_and_trained_and_a_step_down_at_once(world: "World") -> None:
    homes = world.of(childrens_home=100).with_kind(effort=0.1).with_visits(2).during(6)
    homes = homes.with_inspectors(2, (date(2008, 4, 1), 6), (date(2010, 4, 1), 1))
    trace = homes.staffed(recruitment_months=4, training_months=8).run()
    assert inspectors_there(trace) == pytest.approx(np.repeat([2.0, 6, 1], [36, 12, 24]), abs=0.05)
    assert inspectors_there(homes.run()) == pytest.approx(np.repeat([2.0, 6, 1], [24, 24, 24]), abs=0.05)


def test_work_waits_for_those_in_training(world: "World") -> None:
    homes = world.of(childrens_home=60).with_kind(effort=1).with_interval(24, available_share=1).during(3)
    homes = homes.with_inspectors(0, (date(2007, 4, 1), 2)).staffed(training_months=3)
    started = homes.run().inspections["started"]
    assert started.min() == tick_of(date(2007, 7, 1), date(2006, 4, 1))


def test_with_turnover_as_many_are_there_as_the_renewal_theorem_says(world: "World") -> None:
    homes = world.of(childrens_home=50).with_kind(effort=0.1).with_visits(2).during(40).with_inspectors(120)
    trace = homes.staffed(recruitment_months=3, training_months=9, turnover=0.4).run()
    assert inspectors_there(trace)[60:].mean() == pytest.approx(120 / (1 + 0.4 * 12 / 12), rel=0.03)


def test_departures_are_the_same_under_every_framework_and_differ_between_replications(world: "World") -> None:
    homes = world.of(childrens_home=50).with_kind(effort=0.1).during(10).with_inspectors(12)
    homes = homes.staffed(recruitment_months=3, training_months=9, turnover=0.4)
    few, many = homes.with_visits(1), homes.with_visits(6)
    assert len(many.run().inspections) > 3 * len(few.run().inspections)
    assert inspectors_there(few.run()) == pytest.approx(inspectors_there(many.run()))
    assert (empty_state(few.setting(), 0).capacity == empty_state(many.setting(), 0).capacity).all()
    assert (empty_state(few.setting(), 0).capacity != empty_state(few.setting(), 1).capacity).any()
    assert (empty_state(few.setting(), 0).capacity != empty_state(few.seeded(2).setting(), 0).capacity).any()


def test_turnover_makes_work_wait(world: "World") -> None:
    homes = world.of(childrens_home=100).with_kind(effort=4).with_visits(2).during(10).with_inspectors(4)
    short = homes.staffed(recruitment_months=6, training_months=6, turnover=0.3)
    waiting = [each.run().backlog["waiting"].mean() for each in (homes, short)]
    assert waiting[1] > 3 * waiting[0]


@pytest.mark.parametrize(
    "staffing",
    [
        {"by_region": False, "recruitment_months": 0, "training_months": 0, "turnover": 0},
        {"recruitment_months": 6, "training_months": 6},  # but no new posts
        {"turnover": 0.5},  # but everybody is replaced at once
    ],
)
def test_neutral_staffing_changes_nothing(world: "World", staffing: dict[str, Any]) -> None:
    homes = world.of(childrens_home=100).with_kind(effort=4).with_visits(2).during(10).with_inspectors(3.3)
    assert same(homes.staffed(**staffing).run(), homes.run())


# Regions


def two_regions(world: "World", **staffing: Any) -> "World":
    """Many homes in two regions, of which the North has nine inspectors in ten."""
    homes = world.of(childrens_home=200).in_regions(North=0.5, South=0.5).with_kind(effort=4).with_visits(3).during(4)
    return homes.with_inspectors(20).staffed(**staffing)


REGIONAL: dict[str, Any] = {"by_region": True, "region_shares": {"North": 0.9, "South": 0.1}}


def test_work_of_one_region_waits_although_another_has_idle_inspectors(world: "World") -> None:
    setting = two_regions(world, **REGIONAL).setting()
    assert setting.pools == ("regulatory (North)", "regulatory (South)")
    idle_while_waiting = 0

    def watch(state: State, *_: int) -> None:
        nonlocal idle_while_waiting
        waiting = state.work["status"] == WAITING
        regions = state.providers["region"][state.work["provider"][waiting]]
        north, south = state.pools
        idle_while_waiting += bool(
            (regions == 1).any() and north.busy < north.capacity and south.busy == south.capacity
        )

    simulate_simpy(two_regions(world, **REGIONAL).during(1).setting(), 0, watch)
    assert idle_while_waiting > 100
    trace = simulate(setting, 0)
    region = setting.providers["region"][trace.inspections["provider"]]
    begun = trace.inspections["started"] < NEVER
    waits = trace.inspections["started"] - trace.inspections["raised"]
    assert waits[begun & (region == 0)].mean() < 1440
    assert waits[begun & (region == 1)].mean() > 30 * 1440
    together = two_regions(world).run().inspections
    assert (together["started"] - together["raised"]).mean() < 1440


def test_each_region_works_off_its_own_backlog(world: "World") -> None:
    setting = two_regions(world, **REGIONAL).setting()
    trace = simulate(setting, 0)
    for region in (0, 1):
        rows = trace.inspections[setting.providers["region"][trace.inspections["provider"]] == region]
        last = trace.backlog[(trace.backlog["pool"] == region) & (trace.backlog["service_type"] == 0)][-1]
        assert last["waiting"] == (rows["status"] == WAITING).sum()
        assert last["running"] == (rows["status"] == RUNNING).sum()
    assert last["waiting"] > 50


def test_regions_have_the_pool_between_them(world: "World") -> None:
    setting = two_regions(world, by_region=True).setting()
    homes = np.bincount(setting.providers["region"])
    assert homes.sum() == 200
    assert setting.capacity[:, 0] == pytest.approx(20 * homes / 200)
    assert homes[0] != homes[1]


def test_a_region_alone_changes_nothing_but_the_name(world: "World") -> None:
    homes = world.of(childrens_home=100).with_kind(effort=4).with_visits(2).during(5).with_inspectors(3.3)
    regional = homes.staffed(by_region=True)
    assert regional.setting().pools == ("regulatory (England)",)
    assert same(regional.run(), homes.run())
    assert np.array_equal(regional.run().backlog, homes.run().backlog)


def test_regions_without_limit_change_nothing(world: "World") -> None:
    everybody = two_regions(world).with_inspectors(np.inf)
    assert same(everybody.staffed(by_region=True).run(), everybody.run())


def test_utilisation_is_over_all_pools(world: "World") -> None:
    setting = two_regions(world, **REGIONAL).setting()
    rows = simulate(setting, 0).backlog
    by_month = rows["inspector_days_there"].reshape(-1, len(setting.pools), 13)[:, :, 0]
    expected = rows["inspector_days_worked"].sum() / by_month.sum()
    assert queue(simulate(setting, 0))["utilisation"][-1] == pytest.approx(expected)


def test_both_engines_agree_on_regions_and_departures(world: "World") -> None:
    staffing = {"recruitment_months": 2, "training_months": 3, "turnover": 0.6, **REGIONAL}
    homes = two_regions(world, **staffing).with_rates(complaint=1).responding("complaint", "move")
    setting = homes.setting()
    assert all(each.is_random for each in setting.establishments)
    for replication in (0, 1):
        compiled, simpy = (simulate(setting, replication, engine) for engine in ("compiled", "simpy"))
        assert same(compiled, simpy)
        assert np.array_equal(compiled.backlog, simpy.backlog)


# What cannot work


def refusal(world: "World") -> str:
    with pytest.raises(InputError) as refused:
        world.setting()
    return str(refused.value)


def area_world(world: "World", team: int, fte: float, *later: tuple[date, float]) -> "World":
    """Homes and local authorities, which a team of the area pool inspects."""
    both = world.of(childrens_home=20, local_authority=8).with_kind().with_kind("area", 5, team=team, pool="area")
    both = both.with_visits(1, types=["childrens_home"]).during(3)
    both = both.with_interval(12, kind="area", types=["local_authority"])
    return both.with_inspectors(fte, *later, pool="area")


def test_a_team_larger_than_its_pool_is_refused(world: "World") -> None:
    said = refusal(area_world(world, 4, 3))
    assert 'framework "own": rules.interval.kind asks for inspections by a team of 4 (kinds.area.team)' in said
    assert 'of the pool "area" never more than 3 are in the field' in said
    assert "allowed: a smaller team, more than 3 full-time equivalents in it (capacity.pools.area), or none" in said
    assert len(area_world(world, 3, 3).run().inspections) > 20


def test_parts_of_an_inspector_make_a_whole_one_now_and_then(world: "World") -> None:
    trace = area_world(world, 3, 2.1).run()
    assert (trace.inspections["started"] < NEVER)[trace.inspections["team"] == 3].any()
    assert "never more than 2 are" in refusal(area_world(world, 3, 2))


def test_a_pool_that_nobody_is_wanted_in_is_no_mistake(world: "World") -> None:
    trace = area_world(world, 4, 0).run()
    assert (trace.inspections["started"][trace.inspections["team"] == 4] == NEVER).all()
    area_world(world, 4, 0, (date(2015, 4, 1), 2)).setting()  # after the run


def test_a_team_counts_on_the_most_there_ever_are_during_the_run(world: "World") -> None:
    area_world(world, 4, 1, (date(2008, 4, 1), 4)).setting()
    assert "never more than 1 are" in refusal(area_world(world, 4, 1, (date(2010, 4, 1), 4)))
    in_training = area_world(world, 4, 1, (date(2008, 4, 1), 4)).staffed("area", training_months=18)
    assert "never more than 1 are" in refusal(in_training)


def test_a_register_may_have_a_region_for_each_of_many_authorities(world: "World") -> None:
    """More of them than a byte counts: each provider is inspected by the part of the pool in its own."""
    regions = {f"Region {number:03d}": 1 / 200 for number in range(200)}
    homes = world.of(childrens_home=600).with_kind().with_visits(2).with_inspectors(200).in_regions(**regions)
    setting = homes.staffed(by_region=True).setting()
    state = empty_state(setting, 0)
    for name in setting.providers.dtype.names or ():
        assert np.array_equal(state.providers[name], setting.providers[name]), name
    trace = simulate(setting, 0)
    made = np.bincount(setting.providers["region"][trace.inspections["provider"]], minlength=len(setting.pools))
    worked = np.bincount(trace.backlog["pool"], trace.backlog["inspector_days_worked"], minlength=len(setting.pools))
    assert len(setting.pools) > 150
    assert np.array_equal(made > 0, worked > 0)


def test_types_of_which_there_are_no_providers_need_no_team(world: "World") -> None:
    both = area_world(world, 4, 3)
    providers = both.register()
    both.setting(register=providers[providers["service_type"] == "childrens_home"])


def test_the_part_of_a_pool_in_a_region_must_be_large_enough_for_a_team(world: "World") -> None:
    regional = area_world(world, 4, 6).in_regions(North=0.5, South=0.5)
    regional.setting()
    shares = {"North": 0.8, "South": 0.2}
    regional = regional.staffed("area", by_region=True, region_shares=shares)
    assert 'of the pool "area (South)" never more than 2 are' in refusal(regional)
    providers = regional.register()
    south = (providers["service_type"] == "local_authority") & (providers["region"] == "South")
    regional.setting(register=providers[~south])


def test_shares_of_other_regions_are_refused(world: "World") -> None:
    said = refusal(two_regions(world, by_region=True, region_shares={"North": 0.9, "Sutd": 0.1}))
    assert said.startswith("capacity.pools.regulatory.region_shares: given North, Sutd; allowed: ")


ENGLAND = "england-2006"


def with_pool(name: str, scenario: Scenario) -> Scenario:
    changes = {"capacity": {"pools": {name: {"fte": [{"from": "2003-04-01", "fte": 10}]}}}}
    return scenario.changed(changes, "a test")


def framework_using(pool: str) -> Framework:
    table = load_framework("option-a-as-proposed").model_dump(by_alias=True, exclude_none=True)
    table["kinds"]["themed"]["pool"] = pool
    return Framework.model_validate(table | {"name": "own"})


def test_a_pool_that_no_kind_of_inspection_uses_is_refused() -> None:
    scenario = with_pool("themes", load_scenario(ENGLAND))
    said = "capacity\\.pools\\.themes: this pool has no work under .*; allowed: .*area, regul"
    with pytest.raises(InputError, match=said):
        posed(scenario)


def test_a_pool_that_one_framework_of_the_run_uses_is_fine() -> None:
    scenario = with_pool("themes", load_scenario(ENGLAND))
    others = [load_framework("option-a-as-proposed"), load_framework("option-b-as-proposed")]
    posed(scenario, [*others, framework_using("themes")])
    with pytest.raises(InputError, match=r"capacity\.pools\.themes"):
        posed(scenario, others)


def test_a_pool_that_the_warm_up_alone_uses_is_fine(world: "World") -> None:
    both = area_world(world, 2, 4)
    homes_alone = world.of(childrens_home=20, local_authority=8).with_kind().with_visits(1).framework("alone")
    scenario = both.warming_up(1).scenario()
    with pytest.raises(InputError, match=r"capacity\.pools\.area: .* no work under alone; allowed: .*regulatory"):
        posed(scenario, [homes_alone])
    posed(scenario, [homes_alone, both.framework("both")])


def test_inspectors_given_on_the_command_line_keep_how_they_are_found_and_where_they_work() -> None:
    england = load_scenario(ENGLAND)
    staffing: dict[str, Any] = {"by_region": True, "turnover": 0.1, "recruitment_months": 4, "training_months": 6}
    regional = england.changed({"capacity": {"pools": {"regulatory": staffing}}}, "a test")
    asked = with_options(regional, inspectors={"regulatory": 300})
    pool = asked.capacity.pools["regulatory"]
    assert pool.model_dump(exclude={"fte", "region_shares"}) == staffing
    assert [step.fte for step in pool.fte] == [222, 300]
    setting = settings_of(posed(asked))[0]
    assert len(setting.pools) == 10
    takeover = int(np.searchsorted(setting.month_starts, setting.measured_from))
    there = takeover + staffing["recruitment_months"] + staffing["training_months"]
    for month, fte in ((0, 222), (there - 2, 222), (there, 300)):  # posts are there from the takeover, people later
        assert setting.capacity[:9, month].sum() == pytest.approx(fte * 120 / 260)
    with pytest.raises(InputError, match=re.escape("never more than 5 are in the field at once")) as refused:
        settings_of(posed(with_options(england, inspectors={"area": 10}, inspectors_from=england.run.begins)))
    assert "more than 15.17 full-time equivalents" in str(refused.value)
    settings_of(posed(with_options(england, inspectors={"area": 15.2}, inspectors_from=england.run.begins)))


def test_regional_pools_by_name_in_the_table_of_the_backlog(world: "World") -> None:
    setting: Setting = two_regions(world, **REGIONAL).setting()
    backlog = tables_of(simulate(setting, 0), setting).backlog
    assert set(backlog["pool"]) == {"regulatory (North)", "regulatory (South)"}
