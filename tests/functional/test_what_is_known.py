"""What becomes known of a provider counts once, at once and for as long as it should, and dies with the provider."""

import math
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest

from simulator.engine.agenda import REGISTRATION
from simulator.engine.provider_records import PROVIDER
from simulator.engine.recorded import BROUGHT_FORWARD, DONE, MONITORED
from simulator.engine.run import simulate
from simulator.engine.simpy_engine import simulate_simpy
from simulator.engine.state import State
from simulator.engine.trace import Trace
from simulator.engine.work_records import FIRST
from simulator.ticks import NEVER, TICKS_PER_DAY, TICKS_PER_YEAR, tick_of

if TYPE_CHECKING:
    from tests.functional.worlds import World

INPUTS = ("record", "self_assessment", "users", "past_year", "concerns", "changes", "rating")
CONCERNS = {"complaint": 0.0, "serious_concern": 3.0, "breach": 0.0}
HALF: Any = {"belief": {"confidence": 0.5}}


def points(**weights: float) -> Any:
    cut_offs = {"poor": 2.5, "adequate": 1.5, "good": 0.5}
    return {"weights": dict.fromkeys(INPUTS, 0.0) | weights, "cut_offs": cut_offs, "concerns": CONCERNS}


def yearly(trace: Trace) -> npt.NDArray[np.void]:
    rows: npt.NDArray[np.void] = trace.assessments[trace.assessments["review"] == 0]
    return rows


def desk_days(trace: Trace, pool: int = 0) -> npt.NDArray[np.float64]:
    """Days at the desk by month."""
    rows = trace.backlog[trace.backlog["pool"] == pool]
    days: npt.NDArray[np.float64] = rows["desk_days"].reshape(-1, 13).sum(axis=1)
    return days


# Belief


def barely_seen(world: "World") -> "World":
    """Homes whose grades stay, judged once a year with a large error."""
    homes = world.of(childrens_home=300).starting(poor=0.5, adequate=0.5).during(3).with_kind(sigma=1.2)
    return homes.with_kind("monitoring", grades=False, detects=False, counts=False).with_visits(1)


def test_who_refuses_a_plan_says_something_of_itself_and_so_does_who_produces_one(world: "World") -> None:
    """Where all poor providers refuse and no others do, a plan asked for tells for certain."""
    homes = barely_seen(world).with_improvement_plans(3000, after=["poor", "adequate"])
    homes = homes.taking_plans(refused={"poor": 1}).assessing("belief", **HALF, review_on=["breach"])
    table = homes.run().assessments
    refused = table[table["review"] == 1]
    assert len(refused) > 50
    assert (refused["true_grade"] == 1).all()
    assert refused["risk"] == pytest.approx(np.ones(len(refused)))
    later = table[table["time"] > 2 * TICKS_PER_YEAR - TICKS_PER_DAY]
    surely_not = later["risk"] < 1e-9
    assert surely_not.sum() > 50
    assert (later["true_grade"][surely_not] == 2).all()


def test_what_a_look_at_a_plan_leads_to_says_what_was_seen(world: "World") -> None:
    """A monitoring visit that gives no grade, but sees well: the plan of whoever is adequate is over."""
    homes = barely_seen(world).with_improvement_plans(30, monitoring="monitoring").assessing("belief", **HALF)
    trace = homes.run()
    looks = trace.inspections[(trace.inspections["reason"] == MONITORED) & (trace.inspections["ended"] < NEVER)]
    looked_at = {int(row["provider"]): int(row["ended"]) for row in looks[::-1]}
    assert len(looked_at) > 100
    known = np.array([row["time"] > looked_at.get(int(row["provider"]), NEVER) for row in yearly(trace)])
    rows = yearly(trace)[known]
    assert rows["risk"] == pytest.approx((rows["true_grade"] == 1).astype(float))
    assert 0.2 < (rows["risk"] > 0.5).mean() < 0.8


def test_users_are_asked_once_a_year_whichever_framework_asks(world: "World") -> None:
    """Nothing is heard from April to October, when a framework takes over that asks the users too."""
    homes = world.of(childrens_home=200).starting(poor=0.5, good=0.5).during(2).with_kind(sigma=1).with_interval(0)
    homes = homes.with_users_saying(1.0)
    ways = [homes.assessing("belief", user_survey=True, belief={"confidence": each}) for each in (0.4, 0.6)]
    setting = ways[0].setting(later=[(date(2006, 10, 1), ways[1].framework("second"))])
    table = simulate(setting, 0).assessments
    april, october, next_april = (table[table["time"] == time] for time in np.unique(table["time"]))
    assert october["risk"] == pytest.approx(april["risk"], rel=1e-12)
    assert (np.abs(next_april["risk"] - april["risk"]) > 0.01).mean() > 0.3


# Reviews and plans


def concerned(world: "World") -> "World":
    """Good homes of which serious concerns are raised, rated poor when one was in the past year."""
    homes = world.of(childrens_home=200).starting(good=1).with_rates(serious=0.4).during(3).with_kind()
    return homes.assessing("points", points=points(concerns=1), review_on=["serious_concern"])


@pytest.mark.parametrize("days", [0, 180])
def test_a_review_makes_a_cycle_shorter_as_soon_as_the_rule_has_it(world: "World", days: int) -> None:
    """At once, or where the new date is past or near within the days that the rule leaves to come into line."""
    months = {"poor": 6, "adequate": 12, "good": 36, "excellent": 36}
    trace = concerned(world).with_interval(months, catch_up_days=days).run()
    reviews = trace.assessments[(trace.assessments["review"] == 1) & (trace.assessments["rating_before"] > 1)]
    assert (reviews["rating"] == 1).all()
    half, checked = 6 * 1440 * 365.25 / 12, 0
    for row in reviews:
        mine = trace.inspections[trace.inspections["provider"] == row["provider"]]
        before = mine["ended"][mine["ended"] < row["time"]]
        following = mine["ended"][mine["ended"] >= row["time"]]
        if len(before) and row["time"] + half < trace.horizon:
            checked += 1
            due = max(before.max() + half, row["time"] + days * TICKS_PER_DAY)
            assert following.min() <= max(due + 1, row["time"] + 2)  # a visit takes two ticks
    assert checked > 30
    waiting = concerned(world).assessing("points", points=points(concerns=1))
    yearly_alone = waiting.with_interval(months, catch_up_days=days).run()
    assert len(yearly_alone.inspections) < len(trace.inspections)


@pytest.mark.parametrize("form", ["visits", "interval"])
def test_a_review_takes_back_nothing_that_news_has_brought_forward(world: "World", form: str) -> None:
    """The first concern of every home leads to a visit within ten days, whether or not it is then rated anew."""
    homes = concerned(world).responding("serious_concern", "move", reach="any_year", delay_days=10)
    by_rating = {"poor": 3, "adequate": 2, "good": 1, "excellent": 1}
    months = {rating: 36 / number for rating, number in by_rating.items()}
    homes = homes.with_visits(by_rating) if form == "visits" else homes.with_interval(months)
    reviewing, calm = (each.run().inspections for each in (homes, replace(homes, assessments={})))
    moved = calm[calm["reason"] == BROUGHT_FORWARD]
    moved = moved[np.argsort(moved["raised"], kind="stable")]
    moved = moved[np.unique(moved["provider"], return_index=True)[1]]
    assert len(moved) > 80
    for row in moved:
        mine = reviewing["raised"][reviewing["provider"] == row["provider"]]
        assert ((mine <= row["raised"]) & (mine >= row["raised"] - 10 * TICKS_PER_DAY)).any()
    assert len(reviewing) > len(calm)


def test_what_an_inspection_said_counts_for_a_year(world: "World") -> None:
    homes = world.of(childrens_home=100).starting(good=1).during(9).with_kind().with_interval(36)
    trace = homes.assessing("points", points=points(past_year=1)).run()
    rows = yearly(trace)[yearly(trace)["time"] > 3.1 * TICKS_PER_YEAR]
    ended = trace.inspections[["provider", "ended"]]
    lately = [
        (
            (ended["provider"] == row["provider"])
            & (ended["ended"] <= row["time"])
            & (ended["ended"] > row["time"] - TICKS_PER_YEAR)
        ).any()
        for row in rows
    ]
    assert 0.2 < np.mean(lately) < 0.5
    assert (~np.isnan(rows["risk"]) == np.array(lately)).all()
    assert (rows["rating"] == 3).all()  # of whom nothing is known that counts, the rating stays


def test_who_has_not_been_judged_is_not_assessed(world: "World") -> None:
    homes = world.of(childrens_home=100).starting(good=1).during(5).with_kind().with_kind("first").with_visits(1)
    homes = homes.with_rates(closure=0.5).with_first_inspections(100, 400).assessing("belief", **HALF)
    trace = homes.run()
    new = trace.assessments[trace.assessments["generation"] > 0]
    assert len(new) > 50
    assert (new["rating_before"] > 0).all()


def test_a_cycle_follows_the_ratings_that_a_takeover_within_the_year_brings(world: "World") -> None:
    calm = replace(concerned(world), assessments={})
    months = {"poor": 6, "adequate": 12, "good": 36, "excellent": 36}
    both = [each.with_interval(months, catch_up_days=0) for each in (calm, concerned(world))]
    before, after = (each.framework(str(number)) for number, each in enumerate(both))
    setting = calm.setting(before, later=[(date(2008, 9, 1), after)])
    trace = simulate(setting, 0)
    at = setting.takeovers[0]
    worse = trace.assessments[(trace.assessments["time"] == at) & (trace.assessments["rating"] == 1)]["provider"]
    rows = trace.inspections
    lately = np.unique(rows["provider"][(rows["ended"] > at - 6 * 1440 * 31) & (rows["ended"] < at)])
    due = worse[~np.isin(worse, lately)]
    assert len(due) > 20
    assert np.isin(due, rows["provider"][(rows["raised"] >= at) & (rows["raised"] <= at + 1)]).all()


def test_a_direction_counts_as_the_grade_that_it_points_to(world: "World") -> None:
    natural = {"poor": 0.2, "adequate": 0.3, "good": 0.3, "excellent": 0.2}
    homes = world.of(childrens_home=60).starting(**natural).drifting(natural, 2.0).during(8).with_kind()
    homes = homes.with_kind("interim", grades=False, detects=False, direction=True, counts=False)
    homes = homes.with_interval(36).with_visits(4, "looks", kind="interim", satisfied_by=["interim"])
    trace = homes.assessing("points", points=points(past_year=1)).run()
    pointed = 0
    for row in yearly(trace)[yearly(trace)["time"] > 3.1 * TICKS_PER_YEAR]:
        mine = trace.inspections[trace.inspections["provider"] == row["provider"]]
        mine = np.sort(mine[mine["ended"] <= row["time"]], order="ended")
        judged = mine["judged"][mine["judged"] > 0][-1]
        if mine["judged"][-1] > 0:
            said = judged
        else:
            said = np.clip(judged + mine["direction"][-1] - 2, 1, 4)
            pointed += said != judged
        assert row["risk"] == 4 - said
    assert pointed > 50


# Self-assessments


@pytest.mark.parametrize(
    ("said", "cross_check", "rating"),
    [({"not_produced": 1}, 0, 1), ({"misleading": 1}, 1, 1), ({"misleading": 1}, 0, 3), ({}, 1, 2)],
)
def test_a_self_assessment_that_is_in_breach_counts_as_poor(
    world: "World", said: Any, cross_check: float, rating: int
) -> None:
    homes = world.of(childrens_home=20).starting(adequate=1).during(3).with_kind().with_visits(1)
    homes = homes.saying_of_themselves(**said).with_self_assessments(cross_check)
    homes = homes.assessing("points", points=points(self_assessment=1), review_on=["self_assessment"])
    table = homes.run().assessments
    assert set(table["rating"][table["review"] == 1]) == {rating}


def test_what_a_framework_no_longer_asks_for_ceases_to_count_when_it_takes_over(world: "World") -> None:
    homes = world.of(childrens_home=20).starting(adequate=1).during(2).with_kind().with_interval(0)
    homes = homes.saying_of_themselves(optimism=1).assessing("points", points=points(self_assessment=1, rating=1e-9))
    asking = homes.with_self_assessments()
    table = simulate(asking.setting(later=[(date(2007, 9, 1), homes.framework("second"))]), 0).assessments
    assert [round(table["risk"][table["time"] == time].mean(), 3) for time in np.unique(table["time"])] == [2, 1, 2]


# The work of it


def test_a_self_assessment_that_is_not_produced_takes_no_time_to_check(world: "World") -> None:
    homes = world.of(childrens_home=20).during(3).with_kind().with_visits(1).with_self_assessments(check_days=0.5)
    assert desk_days(homes.saying_of_themselves().run()).sum() == pytest.approx(0.5 * 60, rel=0.1)
    assert desk_days(homes.saying_of_themselves(not_produced=1).run()).sum() == 0


def test_a_review_upon_a_judgement_takes_no_time_of_its_own(world: "World") -> None:
    homes = world.of(childrens_home=20).during(3).with_kind().with_visits(2)
    reviewing = homes.assessing("points", points=points(rating=1), review_on=["judgement"], review_days=0.5)
    trace = reviewing.run()
    assert (trace.assessments["review"] == 1).sum() == 120
    assert desk_days(trace).sum() == 0


def test_nobody_assesses_who_has_closed(world: "World") -> None:
    homes = world.of(childrens_home=24).during(3).with_kind().with_visits(1)
    homes = homes.assessing("last_judgement", effort_days=2)
    register = homes.register()
    register["closed"] = pd.Timestamp("2008-01-15")
    days = desk_days(simulate(homes.setting(register=register), 0))
    assert days == pytest.approx([0] + [4] * 21 + [0] * 14)


def test_the_desk_work_of_a_region_is_done_by_its_own_part_of_the_pool(world: "World") -> None:
    homes = world.of(childrens_home=120).in_regions(North=0.7, South=0.3).staffed(by_region=True).during(3)
    homes = homes.with_kind().with_visits(1).saying_of_themselves().with_self_assessments(check_days=0.5)
    homes = homes.assessing("last_judgement", effort_days=2)
    setting = homes.setting()
    trace = simulate(setting, 0)
    for region, count in enumerate(np.bincount(setting.providers["region"])):
        assert desk_days(trace, region).sum() == pytest.approx(count * (2 * 35 / 12 + 0.5 * 3), rel=0.03)


@pytest.mark.parametrize("fte", [1, 2, 3.5, 5, 7])
@pytest.mark.parametrize("statutory", [True, False])
def test_desk_work_beyond_measure_stops_discretionary_visits_and_no_statutory_one(
    world: "World", fte: float, *, statutory: bool
) -> None:
    """It takes nobody off the pool: whoever is not out on a visit is at the desk."""
    homes = world.of(childrens_home=40).during(4).with_inspectors(fte).with_kind(effort=1, priority=5)
    homes = homes.with_visits(1, statutory=statutory).assessing("last_judgement", effort_days=90)
    least: list[int] = []

    def watch(state: State, *_: int) -> None:
        least.append(int(state.pools["capacity"].min()))

    trace = simulate_simpy(homes.setting(), 0, watch)
    assert min(least) == math.floor(fte)
    done = trace.inspections[trace.inspections["status"] == DONE]
    if statutory:
        assert len(done) == 4 * 40
        assert (done["ended"] <= done["deadline"]).all()
    else:
        assert (done["started"] < tick_of(date(2006, 5, 1), trace.epoch)).all()  # the first assessments are of May
    assert trace.backlog["inspector_days_worked"].sum() == pytest.approx(
        trace.backlog[trace.backlog["service_type"] == 0]["inspector_days_there"].sum(), rel=0.03
    )


# Those who come after

ADDRESSES = ("origin", "identity", "generation", "service_type", "places", "region", "authority", "group", "round_row")
OF_THE_PLACE = (*ADDRESSES, "withdrawn", "first_strand", "strands", "planned_at", "first_work", "first_duty")
OF_THE_MOMENT = ("opened", "graded_since", "next_occurrence", "self_assessment_due")
NOT_READ = ("heard_at",)
"""Of as many moments as were heard of the provider, which is none."""


def test_a_successor_inherits_nothing(world: "World") -> None:
    """It has, field by field, what a provider has that registers in a place where there was none."""
    natural = {"poor": 0.3, "adequate": 0.3, "good": 0.2, "excellent": 0.2}
    homes = world.of(childrens_home=60).starting(poor=1).drifting(natural, 1.0).during(6).with_kind(sigma=0.5)
    homes = homes.with_kind("interim", grades=False, detects=False, direction=True, counts=False)
    homes = homes.with_kind("monitoring", 3, grades=False, detects=False, counts=False)
    homes = homes.with_visits(2).with_visits(1, "looks", kind="interim", satisfied_by=["interim"])
    homes = homes.with_rates(complaint=1, serious=1, closure=0.5).with_manager_changes(1).followed_after(60)
    homes = homes.with_users_saying(1).saying_of_themselves(0.7, 0.3, 0.2, 0.2).with_self_assessments(0.5)
    homes = homes.taking_plans(refused=0.5).assessing("belief", user_survey=True, **HALF)
    homes = homes.with_improvement_plans(100, after=["poor", "adequate"], monitoring="monitoring", days_to_produce=20)
    homes = homes.with_enforcement("notice", "restriction", monitoring="monitoring").with_first_inspections(0, 90)
    homes = homes.with_kind("first")
    register = homes.register()
    register["opened"] = pd.Series(pd.NaT, index=register.index, dtype="datetime64[ns]")
    register.loc[0, "opened"] = pd.Timestamp("2006-06-01")
    fields = [name for name in PROVIDER.names or () if name not in (*OF_THE_PLACE, *OF_THE_MOMENT, *NOT_READ)]
    first: list[Any] = []
    registered = 0

    def watch(state: State, time: int, kind: int, provider: int) -> None:
        nonlocal registered
        if kind != REGISTRATION:
            return
        born = state.providers[provider].copy()
        if not first:
            assert born["generation"] == 0
            first.append(born)
        registered += 1
        for name in fields:
            assert np.array_equal(born[name], np.where(first[0][name] == first[0]["opened"], time, first[0][name])), (
                name
            )
        assert born["self_assessment_due"] == -NEVER or born["self_assessment_due"] >= time
        duty = state.standing[born["first_duty"]]  # of its own first inspection, and no other
        assert (duty["slot"], duty["began"], duty["next"]) == (FIRST, time, -1)

    simulate_simpy(homes.setting(register=register), 0, watch)
    assert registered > 60
    assert tick_of(date(2006, 6, 1), date(2006, 4, 1)) == first[0]["opened"]
