"""Improvement plans and enforcement: what they do to quality, whom they visit, and how the tariff escalates."""

import math
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pytest

from simulator.engine.recorded import (
    CLOSED,
    CONCERN,
    DONE,
    LAPSED,
    MONITORED,
    OUT_OF_TIME,
    PURPOSE_GONE,
    RECOVERED,
    WAITING,
)
from simulator.engine.run import simulate
from simulator.engine.setting import Regime, setting_of
from simulator.engine.trace import Trace
from simulator.inspectorate.enforcement import AGREED, DEREGISTRATION, NOTICE, PLAN_ASKED, RESTRICTION
from simulator.inspectorate.framework import load_framework
from simulator.questions.trace.diary import diary
from simulator.questions.trace.life import life_of
from simulator.scenario.scenario import load_scenario
from simulator.ticks import NEVER, TICKS_PER_DAY, TICKS_PER_YEAR, tick_of
from simulator.world.population import synthetic
from simulator.world.services import SERVICE_TYPES

if TYPE_CHECKING:
    from tests.functional.worlds import World

HOMES = 4000
FEW = 50
ONCE = (date(2006, 4, 1), date(2006, 4, 2))
LATER = (date(2007, 3, 1), date(2007, 3, 2))
TABLES = ("inspections", "episodes", "backlog", "provider_years", "steps_taken")


def judged_once(world: "World", homes: int, when: tuple[date, date] = ONCE, **shares: float) -> "World":
    """Homes that are inspected on one of two days, and then no more."""
    there = world.of(childrens_home=homes).starting(**(shares or {"poor": 1}))
    return there.with_kind().with_kind("monitoring", grades=False, detects=False, counts=False).with_round(*when)


def monitoring(trace: Trace) -> npt.NDArray[np.void]:
    rows = trace.inspections[trace.inspections["reason"] == MONITORED]
    in_order: npt.NDArray[np.void] = rows[np.lexsort((rows["raised"], rows["provider"]))]
    return in_order


def judgements(trace: Trace) -> npt.NDArray[np.void]:
    rows = trace.inspections[trace.inspections["judged"] > 0]
    in_order: npt.NDArray[np.void] = rows[np.lexsort((rows["ended"], rows["provider"]))]
    return in_order


def steps(trace: Trace) -> list[int]:
    """How often a plan was asked for and produced, and how often each step of the tariff was taken."""
    taken = trace.steps_taken.sum(axis=0)
    return [int(taken[step]) for step in (PLAN_ASKED, AGREED, NOTICE, RESTRICTION, DEREGISTRATION)]


def same(one: Trace, other: Trace, tables: tuple[str, ...] = TABLES) -> bool:
    return all(getattr(one, table).tobytes() == getattr(other, table).tobytes() for table in tables)


# What a plan does


@pytest.mark.parametrize("multiplier", [1, 3])
def test_a_plan_speeds_up_recovery_by_its_multiplier_while_it_runs(world: "World", multiplier: float) -> None:
    homes = judged_once(world, HOMES).with_rates(improve={"poor": 0.5}).during(30)
    homes = homes.with_improvement_plans(3660).taking_plans(improve_multiplier=multiplier)
    trace = homes.run()
    recovered = trace.episodes[np.argsort(trace.episodes["provider"])]
    assert (recovered["end"] == RECOVERED).all()
    asked = judgements(trace)
    still_poor = asked["judged"] == 1
    years = (recovered["ended"] - asked["ended"])[still_poor] / TICKS_PER_YEAR
    error = years.std() / math.sqrt(len(years))
    assert years.mean() == pytest.approx(1 / (0.5 * multiplier), abs=4 * error)


def test_a_plan_ceases_to_act_when_its_time_is_over(world: "World") -> None:
    """An agreement that leads nowhere is renewed once: from then on improvement is as slow as before."""
    homes = judged_once(world, HOMES, adequate=1).with_rates(improve={"adequate": 0.3})
    homes = homes.with_improvement_plans(200, after=["adequate"]).taking_plans(improve_multiplier=3)
    runs, slow, fast = 400 / 365.25, 0.3, 0.9
    left = math.exp(-fast * runs)
    expected = (1 - left) / fast + left * (1 - math.exp(-slow * (10 - runs))) / slow
    assert homes.run().provider_years[0, 2] / HOMES == pytest.approx(expected, rel=0.06)


def test_a_plan_does_not_act_while_its_date_is_past_and_nobody_has_looked(world: "World") -> None:
    homes = judged_once(world, HOMES).with_rates(improve={"poor": 0.5}).during(30)
    homes = homes.with_kind("monitoring", grades=False, detects=False, counts=False, lapse_days=3660)
    homes = homes.with_improvement_plans(200, monitoring="monitoring").taking_plans(improve_multiplier=3)
    trace = homes.with_inspectors(np.inf, (date(2006, 7, 1), 0)).run()
    runs, slow, fast = 200 / 365.25, 0.5, 1.5
    left = math.exp(-fast * runs)
    assert (trace.episodes["ended"] / TICKS_PER_YEAR).mean() == pytest.approx((1 - left) / fast + left / slow, rel=0.06)


def test_a_notice_speeds_up_recovery_by_its_multiplier(world: "World") -> None:
    homes = judged_once(world, HOMES).with_rates(improve={"poor": 0.5}).during(30)
    homes = homes.with_improvement_plans().with_enforcement("notice", days=3660)
    trace = homes.taking_plans(refused=1, under_notice=3).run()
    years = trace.episodes["ended"] / TICKS_PER_YEAR
    assert steps(trace)[:3] == [int((judgements(trace)["judged"] == 1).sum()), 0, steps(trace)[0]]
    assert years.mean() == pytest.approx(1 / 1.5, rel=0.07)


def drifting(world: "World") -> "World":
    natural = {"poor": 0.3, "adequate": 0.3, "good": 0.2, "excellent": 0.2}
    homes = world.of(childrens_home=200).starting(**natural).drifting(natural, 2).with_effects(found_out=(5, 2, 0.5))
    homes = homes.with_kind().with_kind("monitoring", grades=False, detects=False, counts=False)
    return homes.with_interval(6).with_rates(serious={"poor": 2})


def test_without_effect_on_quality_true_histories_stay_as_they_are_to_the_last_bit(world: "World") -> None:
    plain = drifting(world)
    asked = plain.with_improvement_plans(after=["poor", "adequate"], monitoring="monitoring")
    asked = asked.with_enforcement("notice", "restriction", monitoring="monitoring")
    assert min(steps(asked.run())[:4]) > 20
    assert same(plain.run(), asked.run(), ("episodes", "provider_years"))
    for effects in ({"improve_multiplier": 2}, {"under_notice": 2}):
        assert not same(plain.run(), asked.taking_plans(**effects).run(), ("provider_years",))


def test_plans_that_nobody_asks_for_change_nothing(world: "World") -> None:
    plain = drifting(world).taking_plans(refused=0.5, improve_multiplier=3, under_notice=3)
    never = plain.with_improvement_plans(request_probability=0, monitoring="monitoring")
    assert same(plain.run(), never.run())
    assert same(plain.run(), plain.with_enforcement("notice", "deregistration").run())


# Whom it is asked of, and who refuses


def test_a_plan_is_asked_for_after_a_share_of_the_judgements_that_call_for_one(world: "World") -> None:
    homes = judged_once(world, HOMES, poor=0.5, good=0.5).with_improvement_plans(request_probability=0.3)
    trace = homes.run()
    poor = int((judgements(trace)["judged"] == 1).sum())
    assert steps(trace)[0] / poor == pytest.approx(0.3, abs=4 * math.sqrt(0.21 / poor))
    assert steps(trace)[1:] == [steps(trace)[0], 0, 0, 0]


def test_a_plan_refused_is_a_breach_that_brings_a_visit_and_a_notice(world: "World") -> None:
    homes = judged_once(world, HOMES).with_kind("responsive", counts=False)
    homes = homes.with_improvement_plans(days_to_produce=28).with_enforcement("notice", days=3660).during(3)
    refusing = homes.responding("breach", "add", "responsive").taking_plans(refused={"poor": 0.4})
    trace = refusing.run()
    asked, produced, notices = steps(trace)[:3]
    assert asked == HOMES
    assert (asked - produced) / asked == pytest.approx(0.4, abs=0.035)
    visits = trace.inspections[trace.inspections["reason"] == CONCERN]
    judged = {int(row["provider"]): int(row["ended"]) for row in judgements(trace) if row["reason"] != CONCERN}
    assert len(visits) == asked - produced
    assert all(row["raised"] == judged[int(row["provider"])] + 28 * TICKS_PER_DAY for row in visits)
    assert notices >= asked - produced
    willing = homes.responding("breach", "add", "responsive").run()
    assert not (willing.inspections["reason"] == CONCERN).any()


def in_england(**changes: Any) -> Trace:
    """Children's homes and fostering of England under option A as proposed, some clauses left out."""
    counts = {"childrens_home": {"count": 600}, "independent_fostering": {"count": 0}}
    scenario = load_scenario("england-2006").changed({"population": {"types": counts}}, "a test")
    providers = synthetic(scenario.population, scenario.run.seed)
    some = providers[providers["service_type"].isin(["childrens_home", "la_fostering"])].reset_index(drop=True)
    framework = load_framework("option-a-as-proposed").model_copy(update=changes)
    regimes = [Regime(scenario.run.begins, load_framework("2006-regime")), Regime(scenario.run.start, framework)]
    return simulate(setting_of(scenario, regimes, some), 0)


def test_the_shipped_tariff_deregisters_few_homes_and_no_service_of_an_authority() -> None:
    trace = in_england()
    home, fostering = SERVICE_TYPES.index("childrens_home"), SERVICE_TYPES.index("la_fostering")
    deregistered = trace.steps_taken[home, DEREGISTRATION] / trace.provider_years[home].sum()
    assert 0.001 < deregistered < 0.006  # the regulator's own cancellations: about 0.4 % of homes a year
    assert trace.steps_taken[fostering, AGREED] > 10
    assert not trace.steps_taken[fostering, NOTICE:].any()


def test_without_its_clauses_option_a_asks_for_no_plan_and_escalates_nothing() -> None:
    assert steps(in_england(enforcement={}))[2:] == [0, 0, 0]
    assert steps(in_england(enforcement={}))[0] > 100
    assert steps(in_england(improvement_plans={}, enforcement={})) == [0] * 5
    only_the_most_serious = steps(in_england(improvement_plans={}))
    assert only_the_most_serious[:2] == [0, 0]
    assert only_the_most_serious[2] > 10


# What a date brings


def test_a_monitoring_visit_takes_place_at_the_date_and_costs_inspectors(world: "World") -> None:
    homes = judged_once(world, FEW).with_kind("monitoring", 2, grades=False, detects=False, counts=False)
    homes = homes.with_improvement_plans(180, days_to_produce=28, monitoring="monitoring").during(1)
    trace = homes.run()
    visits = monitoring(trace)
    first = visits[np.unique(visits["provider"], return_index=True)[1]]
    asked = judgements(trace)
    assert (first["raised"] == asked["ended"] + 180 * TICKS_PER_DAY).all()
    assert (first["status"] == DONE).all()
    assert (visits["statutory"] == 0).all()
    assert (visits["deadline"] == NEVER).all()
    assert (visits["judged"] == 0).all()
    worked = trace.backlog["inspector_days_worked"].sum()
    assert worked == pytest.approx(2 * FEW + visits["inspector_days"][FEW:].sum() + 0.001 * FEW, rel=0.02)
    nobody = homes.with_inspectors(1, (date(2006, 5, 1), 0)).run()
    assert (monitoring(nobody)["started"] == NEVER).all()
    assert steps(nobody) == [FEW, FEW, 0, 0, 0]


def test_whoever_stays_poor_goes_all_the_way_and_is_replaced(world: "World") -> None:
    homes = judged_once(world, FEW).during(3).followed_after(30)
    homes = homes.with_improvement_plans(200, monitoring="monitoring")
    homes = homes.with_enforcement("notice", "restriction", "deregistration", monitoring="monitoring")
    trace = homes.run()
    assert steps(trace) == [FEW] * 5
    closed = trace.episodes[trace.episodes["end"] == CLOSED]
    assert len(closed) == FEW
    assert (closed["generation"] == 0).all()
    judged = {int(row["provider"]): int(row["ended"]) for row in judgements(trace)}
    days = [(row["ended"] - judged[int(row["provider"])]) / TICKS_PER_DAY for row in closed]
    assert days == pytest.approx([400] * FEW, abs=0.1)
    successors = trace.episodes[trace.episodes["generation"] == 1]
    assert len(successors) == FEW
    assert sorted(successors["began"] - 30 * TICKS_PER_DAY) == sorted(closed["ended"])
    assert len(monitoring(trace)) == 3 * FEW


def test_whoever_is_seen_better_is_left_alone(world: "World") -> None:
    homes = judged_once(world, FEW).with_rates(improve={"poor": 1000}).during(3)
    homes = homes.with_improvement_plans(monitoring="monitoring").with_enforcement("notice", "deregistration")
    assert steps(homes.run())[2:] == [0, 0, 0]
    judged_poor = homes.with_kind(sigma=0).with_round(*ONCE)
    assert len(monitoring(judged_poor.run())) == steps(judged_poor.run())[0]


@pytest.mark.parametrize("looked_at", [True, False])
def test_without_a_monitoring_visit_the_last_judgement_decides(world: "World", *, looked_at: bool) -> None:
    """Homes judged poor and better since are deregistered only where nobody looks."""
    homes = judged_once(world, FEW).with_rates(improve={"poor": 20}).during(3)
    kind = "monitoring" if looked_at else None
    homes = homes.with_improvement_plans(400, monitoring=kind)
    trace = homes.with_enforcement("notice", "deregistration", monitoring=kind).run()
    asked = steps(trace)[0]
    assert asked > FEW / 2
    assert steps(trace)[4] == (0 if looked_at else asked)


def test_where_nobody_comes_in_time_the_last_judgement_decides_at_the_desk(world: "World") -> None:
    """Homes judged poor and better since: who is free sees it; 90 days after the date agreed, no visit is made."""
    homes = judged_once(world, FEW).with_rates(improve={"poor": 20}).during(3)
    homes = homes.with_improvement_plans(200, monitoring="monitoring").with_enforcement("notice", days=3660)
    asked = steps(homes.run())[0]
    assert asked > FEW / 2
    assert steps(homes.run()) == [asked, asked, 0, 0, 0]
    trace = homes.with_inspectors(np.inf, (date(2006, 7, 1), 0)).run()
    looks = monitoring(trace)
    assert len(looks) == asked
    assert (looks["lapse"] == OUT_OF_TIME).all()
    assert (looks["ended"] == tick_of(date(2007, 2, 1), date(2006, 4, 1))).all()  # the first of a month after 290 days
    assert steps(trace) == [asked, asked, asked, 0, 0]


DESK: dict[str, Any] = {"monitoring": "monitoring", "visit_after": ["poor"], "desk_days": 0.5}


def desk_days(trace: Trace) -> float:
    return float(trace.backlog["desk_days"].sum())


def test_a_plan_of_whoever_was_not_poor_is_looked_at_from_the_desk(world: "World") -> None:
    """Half of the homes are poor and visited; the plans of the adequate are renewed once at the desk, and end."""
    homes = judged_once(world, FEW, poor=0.5, adequate=0.5).during(3)
    plans: dict[str, Any] = {"after": ["poor", "adequate"], "days": 200}
    trace = homes.with_improvement_plans(**plans, **DESK).run()
    everywhere = homes.with_improvement_plans(**plans, monitoring="monitoring").run()
    judged = {int(row["provider"]): int(row["judged"]) for row in judgements(trace)}
    adequate = [provider for provider, grade in judged.items() if grade == 2]
    assert 0.3 < len(adequate) / FEW < 0.7
    looks = monitoring(everywhere)
    rest = looks[~np.isin(looks["provider"], adequate)]
    assert monitoring(trace)[["provider", "raised"]].tolist() == rest[["provider", "raised"]].tolist()
    assert desk_days(trace) == pytest.approx(2 * len(adequate) * 0.5)
    assert desk_days(everywhere) == 0
    assert np.array_equal(trace.steps_taken, everywhere.steps_taken)


def test_from_the_desk_nobody_is_found_poor(world: "World") -> None:
    """Homes that were adequate when they were judged, and have become poor since."""
    homes = judged_once(world, FEW, adequate=1).with_rates(decline={"adequate": 20}).during(2)
    homes = homes.with_kind("monitoring", grades=False, detects=True, counts=False)
    plans: dict[str, Any] = {"after": ["poor", "adequate"], "days": 200}
    noticed = homes.with_enforcement("notice", days=3660)
    there = noticed.with_improvement_plans(**plans, monitoring="monitoring").run()
    at_desk = noticed.with_improvement_plans(**plans, **DESK).run()
    at_once = int((judgements(at_desk)["judged"] == 1).sum())
    assert at_once < FEW / 5
    assert steps(there)[2] > 0.8 * FEW
    assert steps(at_desk)[2] == at_once
    found = [(trace.episodes["detected"] < NEVER).sum() for trace in (there, at_desk)]
    assert found[0] > FEW / 2
    assert found[1] == at_once


def test_a_look_at_the_desk_is_charged_where_nobody_came_in_time_too(world: "World") -> None:
    homes = judged_once(world, FEW).during(3).with_improvement_plans(200, monitoring="monitoring", desk_days=0.5)
    looked = homes.with_enforcement("notice", days=3660)
    trace = looked.with_inspectors(np.inf, (date(2006, 7, 1), 0), (date(2007, 6, 1), np.inf)).run()
    lapsed = monitoring(trace)["lapse"] == OUT_OF_TIME
    assert lapsed.sum() == FEW
    assert desk_days(trace) == pytest.approx(FEW * 0.5)


def test_a_step_of_the_tariff_is_looked_at_where_the_last_judgement_says_so(world: "World") -> None:
    """Plans refused lead to notices: those of homes judged adequate are looked at from the desk."""
    homes = judged_once(world, FEW, poor=0.5, adequate=0.5).taking_plans(refused=1).during(1)
    homes = homes.with_improvement_plans(after=["poor", "adequate"], days=300)
    trace = homes.with_enforcement("notice", days=100, **DESK).run()
    judged = {int(row["provider"]): int(row["judged"]) for row in judgements(trace)}
    looks = monitoring(trace)
    assert {judged[int(provider)] for provider in looks["provider"]} == {1}
    assert desk_days(trace) > 0


def test_a_judgement_that_is_not_poor_ends_a_notice(world: "World") -> None:
    """Homes that are better by the next inspection are not deregistered; those never inspected again are."""
    homes = judged_once(world, FEW).with_rates(improve={"poor": 20}).taking_plans(refused=1).during(3)
    noticed = homes.with_improvement_plans().with_enforcement("notice", "deregistration", days=600)
    asked = steps(noticed.run())[0]
    assert steps(noticed.run()) == [asked, 0, asked, 0, asked]
    again = noticed.with_round(date(2007, 4, 1), date(2007, 4, 2), name="again")
    assert steps(again.run()) == [asked, 0, asked, 0, 0]


def test_powers_are_not_used_before_their_date(world: "World") -> None:
    day = date(2008, 1, 1)
    homes = judged_once(world, FEW).with_improvement_plans(200, monitoring="monitoring")
    homes = homes.with_enforcement("notice", days=3660, powers_from={"notice": day})
    until, after = homes.during(1), homes.during(4)
    assert steps(until.run()) == [FEW, FEW, 0, 0, 0]
    trace = after.run()
    assert steps(trace) == [FEW, FEW, FEW, 0, 0]
    looks = monitoring(trace)
    power = tick_of(day, trace.epoch)
    assert (np.bincount(looks["provider"][looks["raised"] < power]) == 3).all()  # the agreement goes on until then
    assert (np.bincount(looks["provider"][looks["raised"] >= power]) == 1).all()


def test_it_is_faster_where_the_risk_is_high(world: "World") -> None:
    homes = judged_once(world, FEW, LATER).during(3)
    homes = homes.with_improvement_plans(200, monitoring="monitoring")
    risk: dict[str, Any] = {"at_once_after_serious_concern_days": 60, "high_risk_share": 0.25}
    homes = homes.with_enforcement("notice", "deregistration", monitoring="monitoring", **risk)
    calm, risky = homes.run(), homes.with_rates(serious=300).run()
    assert steps(calm) == [FEW, FEW, FEW, 0, FEW]
    assert steps(risky) == [0, 0, FEW, 0, FEW]
    for trace, days in ((calm, 300), (risky, 25)):
        closed = trace.episodes[trace.episodes["end"] == CLOSED]
        judged = {int(row["provider"]): int(row["ended"]) for row in judgements(trace)}
        after = [(row["ended"] - judged[int(row["provider"])]) / TICKS_PER_DAY for row in closed]
        assert after == pytest.approx([days] * FEW, abs=0.1)


def test_a_framework_without_plans_ends_them_at_their_next_date(world: "World") -> None:
    homes = judged_once(world, FEW, (date(2005, 10, 1), date(2005, 10, 2))).during(3, warm_up_years=1)
    asked = homes.with_improvement_plans(300, monitoring="monitoring")
    asked = asked.with_enforcement("notice", "deregistration", monitoring="monitoring")
    goes_on = simulate(asked.setting(warm_up=asked.framework("before")), 0)
    ends = simulate(asked.setting(homes.framework("after"), warm_up=asked.framework("before")), 0)
    assert steps(goes_on) == [0, 0, FEW, 0, FEW]  # plans were asked for and agreed before measuring began
    assert steps(ends) == [0] * 5
    assert len(monitoring(goes_on)) == 2 * FEW
    assert len(monitoring(ends)) == 0


def test_the_diary_tells_every_step(world: "World") -> None:
    homes = judged_once(world, 1).during(4).with_improvement_plans(200, monitoring="monitoring")
    homes = homes.with_enforcement("notice", "restriction", "deregistration", monitoring="monitoring")
    powers = {"notice": date(2007, 1, 1)}
    homes = homes.with_enforcement("notice", "deregistration", monitoring="monitoring", powers_from=powers)
    setting = homes.setting()
    told = diary(life_of(setting, setting.register[0], 0), [homes.framework()])
    said = " ".join(told.split())
    order = [
        "An improvement plan is requested, by",
        "The improvement plan is produced. It is to be carried out by",
        "A monitoring starts, to see what has been done by the date agreed",
        "The agreement is renewed, until",
        "The provider is given notice, until",
        "The provider is deregistered and closes. The poor spell is over after",
        "A new provider registers",
    ]
    places = [said.find(sentence) for sentence in order]
    assert -1 not in places, said
    assert places == sorted(places)
    refusing = homes.taking_plans(refused=1).setting()
    assert "The poor spell is over after no days" not in said  # the successor's spell begins at the same moment
    assert "The improvement plan is refused, which is a breach." in " ".join(
        diary(life_of(refusing, refusing.register[0], 0), [homes.framework()]).split()
    )


# One after another


def judged_twice(world: "World", **shares: Any) -> "World":
    homes = judged_once(world, FEW, ONCE, **shares).during(5)
    return homes.with_round(date(2008, 4, 1), date(2008, 4, 2), name="again")


def test_under_notice_a_further_judgement_of_poor_leads_no_step_further(world: "World") -> None:
    """However high the risk: a step holds until its date."""
    homes = judged_twice(world).with_rates(serious=100)
    homes = homes.with_enforcement("notice", "restriction", days=3660, at_once_after_serious_concern_days=60)
    assert steps(homes.run()) == [0, 0, FEW, 0, 0]


def test_every_agreement_is_renewed_once(world: "World") -> None:
    homes = judged_twice(world, adequate=1).with_improvement_plans(100, after=["adequate"], monitoring="monitoring")
    trace = homes.run()
    assert steps(trace) == [2 * FEW, 2 * FEW, 0, 0, 0]
    assert len(monitoring(trace)) == 4 * FEW


def test_a_plan_refused_where_there_is_no_tariff_is_asked_for_again(world: "World") -> None:
    homes = judged_twice(world).with_improvement_plans().taking_plans(refused=1)
    assert steps(homes.run()) == [2 * FEW, 0, 0, 0, 0]


def test_what_a_judgement_has_ended_a_late_look_does_not_take_up_again(world: "World") -> None:
    """Monitoring visits last until the autumn of 2008; by then some homes judged adequate in spring are poor again."""
    homes = judged_twice(world).with_rates(improve={"poor": 2}, decline={"adequate": 2})
    homes = homes.with_kind("monitoring", 600, grades=False, detects=False, counts=False)
    homes = homes.with_improvement_plans(100, monitoring="monitoring").with_enforcement("notice", days=3660)
    trace = homes.run()
    last = judgements(trace)[1::2]
    looks = monitoring(trace)
    escalates = (last["judged"] == 1)[looks["provider"]] & (looks["true_grade"] == 1)
    ended = (last["judged"] == 2)[looks["provider"]] & (looks["true_grade"] == 1)
    assert escalates.sum() > 5
    assert ended.sum() > 2
    assert steps(trace)[2] == escalates.sum()


def test_a_framework_that_has_a_tariff_and_no_plans_takes_no_step_for_an_agreement_it_finds(world: "World") -> None:
    """The look takes place when it has taken over: the agreement ends, since it has none."""
    homes = judged_once(world, FEW).during(3)
    homes = homes.with_kind("monitoring", grades=False, detects=False, counts=False, pool="area", lapse_days=700)
    homes = homes.with_inspectors(0, (date(2007, 6, 1), np.inf), pool="area")
    tariff = homes.with_enforcement("notice", days=3660)
    asking = tariff.with_improvement_plans(100, monitoring="monitoring")
    later = [(date(2007, 1, 1), tariff.framework("second"))]
    assert steps(simulate(asking.setting(later=later), 0)) == [FEW, FEW, 0, 0, 0]
    assert steps(asking.run()) == [FEW, FEW, FEW, 0, 0]


@pytest.mark.parametrize("counts", [True, False])
def test_a_monitoring_visit_that_counts_stands_for_a_visit_of_the_year(world: "World", *, counts: bool) -> None:
    homes = world.of(childrens_home=FEW).starting(poor=1).during(4).with_kind()
    homes = homes.with_kind("monitoring", grades=False, detects=False, counts=counts).with_visits(4)
    trace = homes.with_improvement_plans(180, monitoring="monitoring").run()
    visits = len(trace.inspections) - (0 if counts else len(monitoring(trace)))
    assert len(monitoring(trace)) > 4 * FEW
    assert visits == pytest.approx(4 * 4 * FEW, rel=0.15)


def test_a_monitoring_visit_that_still_waits_lapses_when_its_step_ends(world: "World") -> None:
    """Nobody is there to look; the next judgement finds the homes good, which ends the agreement."""
    homes = judged_once(world, FEW).with_rates(improve={"poor": 50, "adequate": 50}).with_effects(found_out=(1, 1, 1))
    homes = homes.with_kind("monitoring", grades=False, detects=False, counts=False, pool="area", lapse_days=3660)
    homes = homes.during(5).with_inspectors(0, pool="area").with_improvement_plans(200, monitoring="monitoring")
    waiting = monitoring(homes.run())
    assert len(waiting) > FEW / 2
    assert (waiting["status"] == WAITING).all()
    ended = monitoring(homes.with_round(date(2008, 4, 1), date(2008, 4, 2), name="again").run())
    assert len(ended) == len(waiting)
    assert (ended["status"] == LAPSED).all()
    assert (ended["lapse"] == PURPOSE_GONE).all()
    assert (ended["ended"] >= tick_of(date(2008, 4, 1), date(2006, 4, 1))).all()
