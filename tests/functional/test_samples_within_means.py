"""Samples are planned to the inspector-days that other work leaves; what is promised beyond them counts as lapsed."""

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pytest

from simulator.engine.recorded import BEYOND_MEANS, CONCERN, DONE, LAPSED, OUT_OF_TIME, SAMPLED
from simulator.engine.trace import Trace
from simulator.inspectorate.kinds import KINDS
from simulator.measures.tally import Tally
from simulator.ticks import NEVER, tick_of

if TYPE_CHECKING:
    from tests.functional.worlds import World

HOMES, YEARS = 60, 4
KEY, RANDOM = KINDS.index("key"), KINDS.index("random")


def still(world: "World") -> "World":
    """Homes of which nothing changes and nothing is heard, inspected once a year for four days, half of them drawn."""
    homes = world.of(childrens_home=HOMES).during(YEARS).with_kind(effort=4, priority=3).with_visits(1)
    return homes.with_kind("random", effort=3, counts=False, priority=6).with_sample(0.5)


def sampled(trace: Trace) -> npt.NDArray[np.void]:
    rows: npt.NDArray[np.void] = trace.inspections[trace.inspections["reason"] == SAMPLED]
    return rows


def planned(trace: Trace) -> npt.NDArray[np.void]:
    rows = sampled(trace)
    kept: npt.NDArray[np.void] = rows[rows["lapse"] != BEYOND_MEANS]
    return kept


def who_and_when(rows: npt.NDArray[np.void]) -> set[tuple[int, int]]:
    return set(zip(rows["provider"].tolist(), rows["raised"].tolist(), strict=True))


def in_year(trace: Trace, rows: npt.NDArray[np.void], year: int) -> npt.NDArray[np.void]:
    begins, ends = (tick_of(date(2006 + year + n, 4, 1), trace.epoch) for n in (0, 1))
    there: npt.NDArray[np.void] = rows[(rows["raised"] >= begins) & (rows["raised"] < ends)]
    return there


def days_there(inspectors: float, begins: date, ends: date) -> float:
    """Give the inspector-days that so many inspectors are in the field for."""
    return inspectors * (ends - begins).days * 5 / 7


def owed_in(trace: Trace, begins: date, ends: date) -> int:
    """Count the visits that the law wants by the end of a year when that begins: its own and those overdue."""
    first, last = (tick_of(day, trace.epoch) for day in (begins, ends))
    duties = trace.duties
    return int(((duties["began"] <= first) & (duties["due"] <= last) & (duties["ended"] > first)).sum())


@pytest.mark.parametrize("inspectors", [np.inf, 1000.0])
def test_with_inspectors_enough_nothing_is_beyond_the_means(world: "World", inspectors: float) -> None:
    trace = still(world).with_inspectors(inspectors).run()
    assert len(planned(trace)) == len(sampled(trace)) > HOMES
    assert (sampled(trace)["status"] == DONE).mean() > 0.9


def test_where_the_law_takes_all_days_no_sample_is_planned_and_all_of_it_counts_as_lapsed(world: "World") -> None:
    """60 inspections of 4 days, and one inspector who has 261 in a year: 21 left; 80 inspections leave none."""
    homes = still(world).of(childrens_home=80).with_kind(effort=4).with_visits(1)
    few, free = (homes.with_inspectors(number).run() for number in (1, np.inf))
    rows = sampled(few)
    assert who_and_when(rows) == who_and_when(sampled(free))
    assert (rows["lapse"] == BEYOND_MEANS).all()
    assert (rows["status"] == LAPSED).all()
    assert (rows["ended"] == rows["raised"]).all()
    assert (rows["started"] == NEVER).all()
    assert (rows["inspector_days"] == 0).all()
    assert (rows["statutory"] == 0).all()


def test_more_inspectors_never_plan_fewer_and_plan_those_that_fewer_do(world: "World") -> None:
    traces = [still(world).with_inspectors(number).run() for number in (0, 1, 1.1, 1.2, 1.3, 1.5, 3)]
    asked = [who_and_when(sampled(trace)) for trace in traces]
    done = [who_and_when(planned(trace)) for trace in traces]
    assert all(each == asked[0] for each in asked)
    assert all(few <= many for few, many in pairwise(done))
    assert not done[0]
    assert len(done[1]) < len(done[3]) < len(done[-1])
    assert done[-1] == asked[0]


def test_as_many_are_planned_as_fit_into_the_days_that_the_law_leaves(world: "World") -> None:
    trace = still(world).with_sample(0.9).with_inspectors(1.2).run()
    for year in range(YEARS):
        begins, ends = date(2006 + year, 4, 1), date(2007 + year, 4, 1)
        left = days_there(1.2, begins, ends) - 4 * owed_in(trace, begins, ends)
        assert left - 3 < 3 * len(in_year(trace, planned(trace), year)) <= left
    assert (planned(trace)["status"] == DONE).mean() > 0.7


def test_what_the_desk_takes_is_not_left_for_samples(world: "World") -> None:
    homes = still(world).with_sample(0.9).with_inspectors(1.3).during(1)
    assessed = homes.assessing("last_judgement", effort_days=0.5).run()
    assert len(planned(homes.run())) - len(planned(assessed)) == pytest.approx(0.5 * HOMES / 3, abs=1)


def test_what_news_took_last_year_is_kept_for_it_this_year(world: "World") -> None:
    homes = still(world).with_sample(0.9).with_kind("responsive", effort=2, counts=False, priority=2)
    heard = homes.with_inspectors(1.5).with_rates(complaint=0.4).responding("complaint", "add", "responsive").run()
    answers = [(in_year(heard, heard.inspections, year)["reason"] == CONCERN).sum() for year in range(YEARS)]
    assert min(answers) > 5
    for year in range(1, YEARS):
        begins, ends = date(2006 + year, 4, 1), date(2007 + year, 4, 1)
        left = days_there(1.5, begins, ends) - 4 * owed_in(heard, begins, ends) - 2 * answers[year - 1]
        waiting = 2 * 4  # days of answers to news that may wait then
        assert left - 3 - waiting < 3 * len(in_year(heard, planned(heard), year)) <= left


def test_a_budget_of_days_is_spent_on_all_its_types_and_not_exceeded(world: "World") -> None:
    two = world.of(childrens_home=40, la_adoption=30).during(YEARS).without_rules()
    effort = {"childrens_home": 2.0, "la_adoption": 5.0}
    trace = two.with_kind("random", effort, counts=False).with_sample(days=60).run()
    days = np.where(trace.inspections["service_type"] == 0, 2.0, 5.0)
    for year in range(YEARS):
        begins, ends = (tick_of(date(2006 + year + n, 4, 1), trace.epoch) for n in (0, 1))
        there = (trace.inspections["raised"] >= begins) & (trace.inspections["raised"] < ends)
        assert 55 < days[there].sum() <= 60
        assert len(set(trace.inspections["provider"][there])) == there.sum()
    assert len(set(trace.inspections["service_type"])) == 2


def test_more_days_draw_those_that_fewer_draw(world: "World") -> None:
    homes = world.of(childrens_home=60).during(2).without_rules().with_kind("random", effort=2, counts=False)
    few, many, none = (homes.with_sample(days=days).run().inspections for days in (20, 50, 0))
    assert len(none) == 0
    assert len(few) == 2 * 10
    assert len(many) == 2 * 25
    assert who_and_when(few) < who_and_when(many)


def test_every_sample_of_a_pool_gets_the_same_part_of_what_it_asks_for(world: "World") -> None:
    homes = world.of(childrens_home=600).during(3).without_rules().with_kind("random", effort=1, counts=False)
    homes = homes.with_kind("themed", effort=3, counts=False).with_inspectors(2)
    homes = homes.with_sample(0.9).with_sample(number=(300, 300), name="themed", kind="themed")
    trace = homes.run()
    shares = []
    for kind in (RANDOM, KINDS.index("themed")):
        rows = sampled(trace)[sampled(trace)["kind"] == kind]
        shares.append(np.mean(rows["lapse"] != BEYOND_MEANS))
    assert shares == pytest.approx([2 * 261 / (540 + 900)] * 2, abs=0.04)


def test_each_pool_plans_to_its_own_days(world: "World") -> None:
    homes = still(world).with_kind("themed", effort=3, counts=False, priority=6, pool="area")
    homes = homes.with_sample(0.5, name="themed", kind="themed").with_inspectors(np.inf)
    trace = homes.with_inspectors(0, pool="area").run()
    rows = sampled(trace)
    assert (rows["lapse"][rows["kind"] == RANDOM] == 0).all()
    assert (rows["lapse"][rows["kind"] != RANDOM] == BEYOND_MEANS).all()


def test_who_opens_within_the_year_is_planned_as_the_others_are(world: "World") -> None:
    homes = still(world).with_rates(closure=0.5).with_inspectors(0)
    rows = sampled(homes.run())
    assert (rows["generation"] > 0).sum() > 10
    assert (rows["lapse"] == BEYOND_MEANS).all()


def test_what_is_planned_and_not_begun_by_the_end_of_its_year_lapses_then(world: "World") -> None:
    homes = still(world).with_kind("random", effort=20, counts=False, priority=6).with_inspectors(2)
    trace = homes.run()
    rows = sampled(trace)
    out = rows[rows["lapse"] == OUT_OF_TIME]
    assert len(out) > 0
    ends = {tick_of(date(2007 + year, 4, 1), trace.epoch) for year in range(YEARS)}
    assert set(out["ended"]) <= ends


def test_a_takeover_within_the_year_plans_to_the_days_that_are_left(world: "World") -> None:
    begins, ends = date(2006, 10, 1), date(2007, 4, 1)
    trace = still(world).with_sample(0.9).during(1, begins).with_inspectors(1.1).run()
    left = days_there(1.1, begins, ends) - 4 * owed_in(trace, begins, ends)
    assert left - 3 < 3 * len(in_year(trace, planned(trace), 0)) <= left


def test_the_measure_of_promised_work_not_done_counts_what_was_not_planned(world: "World") -> None:
    trace = still(world).with_inspectors(0).run()
    tally = Tally(trace.measured_from, trace.horizon)
    tally.add(trace.inspections)
    assert tally.lapsed_by_reason[SAMPLED].sum() == len(sampled(trace)) > HOMES
