"""Which inspection meets which duty, when there are as many inspectors as it takes."""

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from simulator.engine.recorded import AGAIN_RULE, DONE, MET, NEW_PROVIDER, OUTSTANDING, PLANNED
from simulator.ticks import TICKS_PER_DAY, TICKS_PER_YEAR, tick_of

if TYPE_CHECKING:
    from tests.functional.worlds import World

START = date(2006, 4, 1)
UNGRADED = {"grades": False, "detects": False, "counts": False}


def test_an_inspection_made_before_a_round_does_not_meet_its_duty(world: "World") -> None:
    """Poor services are inspected in the first round, then again and again until the second begins, and after that."""
    first, last = date(2006, 4, 1), date(2007, 3, 31)
    services = world.of(private_fostering=20).starting(poor=1).with_kind().during(6)
    services = services.with_round(first, last, repeat_months=24).with_reinspection(50, 52)
    duties = services.run().duties
    met = duties[duties["outcome"] == MET]
    assert len(met) == 3 * 20
    assert (met["met"] >= met["began"]).all()
    assert sorted(set(met["began"])) == [tick_of(date(year, 4, 1), START) for year in (2006, 2008, 2010)]


def test_news_that_moves_a_statutory_reinspection_leaves_its_duty_to_be_met(world: "World") -> None:
    """It comes sooner, no sooner than its rule has it begin, and meets the duty."""
    homes = world.of(childrens_home=20).starting(poor=1).with_rates(serious=6).with_kind().with_interval(24)
    homes = homes.with_reinspection(20, 110, statutory=True)
    days = []
    for each in (homes, homes.responding("serious_concern", "move")):
        trace = each.run()
        again = trace.duties[trace.duties["rule"] == AGAIN_RULE]
        assert (again["met"][again["due"] < trace.horizon] <= again["due"][again["due"] < trace.horizon]).all()
        met = again[again["outcome"] == MET]
        days.append((met["met"] - met["began"]) / TICKS_PER_DAY)
    assert min(map(len, days)) > 500
    assert days[1].min() >= 20
    assert days[1].mean() < days[0].mean() - 10


def test_the_visit_before_a_reinspection_does_not_meet_its_duty(world: "World") -> None:
    homes = world.of(childrens_home=20).starting(poor=1).with_kind().with_kind("monitoring", **UNGRADED)
    homes = homes.with_interval(24).with_reinspection(
        50,
        52,
        statutory=True,
        look_kind="monitoring",
        look_probability=1.0,
        look_not_before_days=10,
        look_within_days=12,
        after_look_not_before_days=20,
        after_look_within_days=22,
    )
    duties = homes.run().duties
    again = duties[(duties["rule"] == AGAIN_RULE) & (duties["outcome"] == MET)]
    assert len(again) > 1000
    assert (again["met"] - again["began"] >= 30 * TICKS_PER_DAY).all()


def test_a_reinspection_planned_for_the_next_year_meets_a_duty_of_that_year_when_it_ends(world: "World") -> None:
    """Poor homes are visited in March and again in April or May, which is a visit of the next year."""
    march = [1e-9] * 11 + [1.0]
    homes = world.of(childrens_home=30).starting(poor=1).with_kind().with_visits(1, month_profile=march)
    trace = homes.with_reinspection(50, 52, counts=True).run()
    ends = {(row["provider"], row["ended"]) for row in trace.inspections}
    met = trace.duties[trace.duties["outcome"] == MET]
    assert len(met) > 200
    assert {(row["provider"], row["met"]) for row in met} <= ends


def test_a_duty_without_inspectors_is_put_off_by_a_better_rating_and_no_further(world: "World") -> None:
    """Nobody makes full inspections; visits for complaints find homes better, for which the law allows a year."""
    homes = world.of(childrens_home=40).starting(poor=1).with_rates(improve={"poor": 3, "adequate": 3}, complaint=8)
    homes = homes.with_kind(pool="none").with_inspectors(0, pool="none").with_kind("responsive", counts=False)
    homes = homes.with_interval({"poor": 6, "adequate": 9, "good": 12, "excellent": 12, "not_yet_graded": 6})
    duties = homes.responding("complaint", "add", "responsive").during(2).run().duties
    assert (duties["outcome"] == OUTSTANDING).all()
    assert (duties["due"] > TICKS_PER_YEAR / 2).mean() > 0.5
    assert duties["due"].max() <= TICKS_PER_YEAR


def test_a_new_home_whose_first_inspection_lapses_is_owed_visits_from_then_on(world: "World") -> None:
    homes = world.of(childrens_home=60).with_rates(closure=0.5).with_kind().with_visits(2, last_days_free=20)
    homes = homes.with_kind("first", pool="none", lapse_days=10).with_inspectors(0, pool="none")
    trace = homes.with_first_inspections(10, 30, statutory=False).during(6).run()
    rows, duties, year = trace.inspections, trace.duties, tick_of(date(2007, 4, 1), START)
    lapsed = rows[(rows["reason"] == NEW_PROVIDER) & (rows["ended"] < year - 100 * TICKS_PER_DAY)]
    assert len(lapsed) > 5
    began = [
        duties["began"][(duties["provider"] == row["provider"]) & (duties["generation"] == row["generation"])]
        for row in lapsed
    ]
    assert np.mean([len(each) > 0 and each.min() < year for each in began]) > 0.5


def test_a_reinspection_that_cannot_end_in_its_year_leaves_the_visit_of_that_year_to_be_made(world: "World") -> None:
    """Inspections take a fortnight; with an inspector free no home is late, whenever it is to be inspected again."""
    homes = world.of(childrens_home=60).starting(poor=1).with_kind(effort=10).with_visits(3, last_days_free=20)
    trace = homes.with_reinspection(30, 60, counts=True).run()
    due = trace.duties[trace.duties["due"] < trace.horizon]
    assert len(due) > 1500
    assert (due["met"] <= due["due"]).all()


def test_a_statutory_reinspection_ends_by_its_date_with_an_inspector_free(world: "World") -> None:
    homes = world.of(childrens_home=30).starting(poor=1).with_kind(effort=10).with_interval(24)
    trace = homes.with_reinspection(30, 60, statutory=True).run()
    again = trace.duties[(trace.duties["rule"] == AGAIN_RULE) & (trace.duties["due"] < trace.horizon)]
    assert len(again) > 1000
    assert (again["met"] <= again["due"]).all()


def test_no_visit_is_owed_that_cannot_end_in_its_year(world: "World") -> None:
    """Homes register all through the year; a visit takes four weeks, and none is planned in the last ten days."""
    homes = world.of(childrens_home=60).with_rates(closure=1).with_kind(effort=20).with_visits(6, last_days_free=10)
    trace = homes.run()
    late = trace.duties[trace.duties["due"] - trace.duties["began"] < 60 * TICKS_PER_DAY]
    assert len(late) > 20
    assert (late["due"] - late["began"] > 28 * TICKS_PER_DAY).all()
    assert (late["met"][late["outcome"] == MET] <= late["due"][late["outcome"] == MET]).all()


def test_whatever_a_rule_plans_after_a_first_inspection_meets_a_duty_of_it(world: "World") -> None:
    """Poor homes are inspected upon news before that, and again after it, which is a visit of the year that is owed."""
    homes = world.of(childrens_home=60).starting(poor=1).with_kind(effort=1).with_kind("responsive", 1, counts=False)
    homes = homes.with_visits(3).with_first_inspections(60, 62, kind="key").with_reinspection(70, 80)
    homes = homes.with_rates(complaint=6, closure=1).responding("complaint", "add", "responsive").followed_after(5)
    trace = homes.during(6).run()
    rows = trace.inspections
    planned = rows[(rows["reason"] == PLANNED) & (rows["status"] == DONE) & (rows["true_grade"] > 0)]  # not closed
    duties = trace.duties[(trace.duties["rule"] == 0) & (trace.duties["outcome"] == MET)]
    met = set(zip(duties["provider"], duties["generation"], duties["met"], strict=True))
    assert (planned["generation"] > 0).sum() > 40
    assert set(zip(planned["provider"], planned["generation"], planned["ended"], strict=True)) <= met
