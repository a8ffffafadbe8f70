"""Inspections that are late when a run begins to count: who is owed them, and what becomes of them."""

from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pytest
from pydantic import ValidationError

from simulator.engine.recorded import DONE, MET, OUTSTANDING
from simulator.engine.run import simulate
from simulator.engine.trace import Trace
from simulator.measures.duties import Duties

if TYPE_CHECKING:
    from tests.functional.worlds import World


def homes_owed(world: "World", **backlog: Any) -> "World":
    """Homes under visits a year or, the agencies among them, under a cycle of two years."""
    both = world.of(childrens_home=60, independent_fostering=60).with_kind(effort=2)
    both = both.with_visits(2, types=["childrens_home"]).with_interval(24, types=["independent_fostering"])
    both = both.during(3)
    return both.stating("capacity", starting_backlog=backlog) if backlog else both


def late_at_start(trace: Trace) -> npt.NDArray[np.void]:
    """Duties whose date had passed when measures began to count, and that stood."""
    rows = trace.duties
    stood = (rows["due"] <= trace.measured_from) & (rows["ended"] > trace.measured_from)
    return rows[stood]


@pytest.mark.parametrize("start", [date(2006, 4, 1), date(2007, 9, 14)])
def test_without_limit_what_was_owed_is_inspected_at_once_and_counts_as_late(world: "World", start: date) -> None:
    trace = homes_owed(world, inspections=40).during(3, start).run()
    late = late_at_start(trace)
    assert len(late) == 40
    assert len(np.unique(late["provider"])) == 40
    assert len(set(late["service_type"])) == 2
    assert (late["outcome"] == MET).all()
    assert (late["met"] - trace.measured_from < 2 * 7 / 5 * 1440 + 2).all()
    at_once = trace.inspections[trace.inspections["raised"] == trace.measured_from]
    assert {*late["provider"]} <= {*at_once["provider"]}
    assert (at_once["status"] == DONE).all()
    duties = Duties(trace.measured_from, trace.horizon)
    duties.add(trace.duties)
    assert duties.late.sum() == 40


def test_what_is_owed_adds_to_what_would_have_been_due(world: "World") -> None:
    owed, before = homes_owed(world, inspections=40).run(), homes_owed(world).run()
    homes = [trace.duties[trace.duties["service_type"] == trace.duties["service_type"][0]] for trace in (owed, before)]
    visits = [rows[(rows["due"] > 0) & (rows["outcome"] == MET)] for rows in homes]
    assert len(late_at_start(before)) == 0
    assert len(visits[0]) == len(visits[1])
    late_visits = late_at_start(owed)["service_type"] == owed.duties["service_type"][0]
    assert len(homes[0]) == len(homes[1]) + late_visits.sum()


def test_months_are_as_many_as_the_rules_ask_for_in_them(world: "World") -> None:
    """60 homes twice a year and 60 agencies every two years: 12.5 inspections a month."""
    late = late_at_start(homes_owed(world, months=3).run())
    assert len(late) == round(3 * (60 * 2 + 60 / 2) / 12)
    homes = (late["service_type"] == late["service_type"].min()).mean()
    assert homes == pytest.approx(0.8, abs=0.2)


def test_no_more_is_owed_than_one_inspection_by_each_rule_to_each_provider(world: "World") -> None:
    assert len(late_at_start(homes_owed(world, inspections=5000).run())) == 120


def test_duties_are_conserved_where_inspectors_are_too_few_for_the_backlog(world: "World") -> None:
    trace = homes_owed(world, inspections=100).with_inspectors(1.5).run()
    late = late_at_start(trace)
    assert len(late) == 100
    assert np.isin(late["outcome"], [MET, OUTSTANDING]).all()
    assert (late["met"] - trace.measured_from > 90 * 1440).mean() > 0.2
    work = trace.inspections[trace.inspections["raised"] == trace.measured_from]
    assert (work["deadline"] <= trace.measured_from).sum() == 100
    assert trace.backlog["waiting"][: 13 * 2].max() > 20


def test_every_framework_begins_with_as_many_of_the_same_providers(world: "World") -> None:
    homes = homes_owed(world, inspections=40).warming_up(2)
    warm_up, more = homes.framework("before"), homes.with_visits(3, types=["childrens_home"])
    settings = [homes.setting(rules, warm_up) for rules in (homes.framework("same"), more.framework("more"))]
    late = [late_at_start(simulate(setting, 0)) for setting in settings]
    assert [len(rows) for rows in late] == [40, 40]
    assert len({*late[0]["provider"]} & {*late[1]["provider"]}) > 30


def test_both_engines_agree_on_what_is_owed(world: "World") -> None:
    homes = homes_owed(world, months=4).with_inspectors(2).warming_up(1)
    setting = homes.with_rates(closure=0.2, complaint=1).responding("complaint", "move").setting()
    compiled, simpy = (simulate(setting, 0, engine) for engine in ("compiled", "simpy"))
    assert np.array_equal(compiled.inspections, simpy.inspections)
    assert np.array_equal(compiled.duties, simpy.duties)


@pytest.mark.parametrize("backlog", [{}, {"inspections": 5, "months": 1}, {"months": 13}, {"inspections": 0}])
def test_a_backlog_is_so_many_inspections_or_months(world: "World", backlog: dict[str, float]) -> None:
    with pytest.raises(ValidationError, match="starting_backlog"):
        world.stating("capacity", starting_backlog=backlog).scenario()
