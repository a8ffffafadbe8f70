"""The steps from an improvement plan to deregistration, each by hand; and what their clauses refuse and say."""

from datetime import date
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from simulator.frameworks.words import rules_table
from simulator.inspectorate.enforcement import (
    AGREED,
    DEREGISTRATION,
    ENDS,
    ESCALATES,
    GOES_ON,
    NO_STEP,
    NOTICE,
    PLAN_ASKED,
    RESTRICTION,
    STEPS,
    Enforcement,
    ImprovementPlan,
    after_look,
    is_ended_by,
    is_high_risk,
    next_step,
    ticks_left,
)
from simulator.inspectorate.framework import load_framework
from simulator.inspectorate.kinds import KINDS, NO_KIND
from simulator.inspectorate.policy import policy_of
from simulator.ticks import NEVER, TICKS_PER_DAY, tick_of

POOR, ADEQUATE, GOOD, EXCELLENT = 1, 2, 3, 4
NOT_GOOD = np.array([0, 1, 1, 0, 0])
POOR_ONLY = np.array([0, 1, 0, 0, 0])
OWN = {"assumption": "a test"}


def tariff(*steps: int, powers_from: int = -NEVER) -> tuple[Any, Any]:
    there = np.isin(np.arange(STEPS), steps).astype(np.int64)
    return there, np.full(STEPS, powers_from)


@pytest.mark.parametrize(
    ("step", "following"),
    [
        (NO_STEP, NOTICE),
        (PLAN_ASKED, NOTICE),
        (AGREED, NOTICE),
        (NOTICE, RESTRICTION),
        (RESTRICTION, DEREGISTRATION),
        (DEREGISTRATION, DEREGISTRATION),
    ],
)
def test_the_tariff_escalates_step_by_step(step: int, following: int) -> None:
    assert next_step(step, *tariff(NOTICE, RESTRICTION, DEREGISTRATION), 0) == following


def test_a_step_that_the_tariff_does_not_have_is_passed_over() -> None:
    assert next_step(NOTICE, *tariff(NOTICE, DEREGISTRATION), 0) == DEREGISTRATION
    assert next_step(AGREED, *tariff(DEREGISTRATION), 0) == DEREGISTRATION


@pytest.mark.parametrize("step", [NO_STEP, AGREED, NOTICE])
def test_without_a_tariff_nothing_escalates(step: int) -> None:
    assert next_step(step, *tariff(), 0) == step


def test_powers_are_there_from_their_date_on() -> None:
    late = tariff(NOTICE, RESTRICTION, powers_from=100)
    assert [next_step(AGREED, *late, time) for time in (99, 100, 101)] == [AGREED, NOTICE, NOTICE]


@pytest.mark.parametrize(
    ("step", "seen", "called_for_by", "plan_asked", "renewed", "outcome"),
    [
        (AGREED, POOR, POOR, NOT_GOOD, 0, ESCALATES),
        (AGREED, POOR, ADEQUATE, NOT_GOOD, 1, ESCALATES),
        (AGREED, ADEQUATE, POOR, NOT_GOOD, 0, ENDS),  # better than the judgement that called for it
        (AGREED, ADEQUATE, ADEQUATE, NOT_GOOD, 0, GOES_ON),
        (AGREED, ADEQUATE, ADEQUATE, NOT_GOOD, 1, ENDS),  # renewed once, not twice
        (AGREED, ADEQUATE, ADEQUATE, POOR_ONLY, 0, ENDS),  # no plan is asked for any more
        (AGREED, GOOD, ADEQUATE, NOT_GOOD, 0, ENDS),
        (AGREED, EXCELLENT, POOR, NOT_GOOD, 0, ENDS),
        (NOTICE, POOR, POOR, NOT_GOOD, 0, ESCALATES),
        (NOTICE, ADEQUATE, ADEQUATE, NOT_GOOD, 0, ENDS),
        (RESTRICTION, GOOD, POOR, NOT_GOOD, 0, ENDS),
    ],
)
def test_a_look_ends_renews_or_escalates(
    step: int, seen: int, called_for_by: int, plan_asked: Any, renewed: int, outcome: int
) -> None:
    assert after_look(step, seen, called_for_by, plan_asked, renewed) == outcome


@pytest.mark.parametrize(
    ("step", "judged", "ended"),
    [
        (NO_STEP, GOOD, False),
        (PLAN_ASKED, POOR, False),
        (PLAN_ASKED, GOOD, True),
        (AGREED, ADEQUATE, False),
        (AGREED, EXCELLENT, True),
        (NOTICE, POOR, False),
        (NOTICE, ADEQUATE, True),
        (RESTRICTION, ADEQUATE, True),
    ],
)
def test_a_judgement_ends_what_it_ends(*, step: int, judged: int, ended: bool) -> None:
    assert is_ended_by(judged, step, NOT_GOOD) is ended


def test_risk_is_high_for_some_days_after_a_serious_concern() -> None:
    assert [is_high_risk(100, 20, time) for time in (100, 120, 121)] == [True, True, False]
    assert not is_high_risk(-NEVER, 20, 100)
    assert not is_high_risk(100, 0, 100)
    assert ticks_left(90, True, 0.5) == 45
    assert ticks_left(90, False, 0.5) == 90


def plan(**changes: Any) -> ImprovementPlan:
    clause = {"types": ["childrens_home"], "after": ["poor"], "request_probability": 0.5, "source": OWN}
    return ImprovementPlan.model_validate(clause | {"days_to_produce": 28, "days": 180} | changes)


def enforcement(**changes: Any) -> Enforcement:
    clause = {"types": ["childrens_home"], "steps": ["notice", "deregistration"], "days": {"notice": 90}}
    return Enforcement.model_validate(clause | {"source": OWN} | changes)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"days": 28}, "must be more than days_to_produce"),
        ({"after": ["good"]}, "poor"),
        ({"after": ["poor", "poor"]}, "named twice"),
        ({"request_probability": 1.5}, "less than or equal to 1"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        plan(**changes)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"steps": ["deregistration", "notice"]}, "in this order, notice, deregistration"),
        ({"steps": ["notice", "notice", "deregistration"]}, "in this order, notice, deregistration"),
        ({"days": {}}, "days: given for none; needed for notice"),
        ({"days": {"notice": 90, "restriction": 90}}, "needed for notice"),
        ({"powers_from": {"restriction": date(2007, 4, 1)}}, "powers_from: given for restriction"),
        ({"high_risk_share": 0}, "greater than 0"),
    ],
)
def test_a_tariff_that_cannot_be_is_refused(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        enforcement(**changes)


def test_a_framework_as_numbers() -> None:
    epoch = date(2006, 4, 1)
    policy = policy_of(load_framework("option-a-as-proposed"), ("regulatory", "area"), epoch)
    home, fostering = 0, 6
    assert policy["plan_asked"][home].tolist() == [0, 1, 1, 0, 0]
    assert policy["plan_days"][home, POOR] == 180 * TICKS_PER_DAY
    assert policy["plan_monitoring"][fostering, ADEQUATE] == KINDS.index("monitoring")
    assert policy["step_there"][home].tolist() == [0, 0, 0, 1, 1, 1]
    assert policy["step_there"][fostering].tolist() == [0] * 6
    assert policy["step_powers_from"][home, NOTICE] == tick_of(date(2007, 4, 1), epoch)
    silent = policy_of(load_framework("2006-regime"), ("regulatory", "area"), epoch)
    assert not silent["plan_asked"].any()
    assert not silent["step_there"].any()


def test_without_a_kind_nobody_looks() -> None:
    framework = load_framework("option-a-as-proposed")
    clauses = {"improvement_plans": {"own": plan()}, "enforcement": {"own": enforcement()}}
    policy = policy_of(framework.model_copy(update=clauses), ("regulatory", "area"), date(2006, 4, 1))
    assert policy["plan_monitoring"][0, POOR] == NO_KIND
    assert policy["tariff_monitoring"][0] == NO_KIND
    assert policy["step_powers_from"][0, NOTICE] == -NEVER


def test_plans_and_tariffs_are_told_in_words() -> None:
    framework = load_framework("option-a-as-proposed")
    rows = {row.section: row for row in rules_table(framework)}
    plans, steps = rows["Improvement plans"], rows["Enforcement"]
    assert plans.how_often == (
        "after 50% of judgements of poor or adequate; produced within 28 days, carried out within 180 of the "
        "judgement; then a monitoring visit after poor, otherwise the last judgement decides at the desk (0.5 "
        "inspector-days)"
    )
    assert steps.what == "notice, restriction and deregistration"
    for said in (
        "within 14 days of a serious concern",
        "notice for 180 days (from 1 April 2007)",
        "monitoring visit",
    ):
        assert said in steps.how_often
    assert "deregistration (from 1 April 2007)" in steps.how_often
    assert "3.3.1" in plans.source
    silent = framework.model_copy(update={"improvement_plans": {"own": plan()}, "enforcement": {"own": enforcement()}})
    rows = {row.section: row for row in rules_table(silent)}
    assert rows["Improvement plans"].how_often.endswith("then the last judgement decides")
    assert rows["Enforcement"].how_often == (
        "if still poor at the date agreed; notice for 90 days; deregistration; after each, the last judgement decides"
    )


def test_looks_at_the_desk_are_told_in_words() -> None:
    framework = load_framework("option-a-as-proposed")
    looks = {"monitoring": "monitoring", "visit_after": ("poor",), "desk_days": 0.5}
    clauses = {"improvement_plans": {"own": plan(**looks)}, "enforcement": {"own": enforcement(**looks)}}
    rows = {row.section: row for row in rules_table(framework.model_copy(update=clauses))}
    desk = "poor, otherwise the last judgement decides at the desk (0.5 inspector-days)"
    assert rows["Improvement plans"].how_often.endswith(f"then a monitoring visit after {desk}")
    assert rows["Enforcement"].how_often.endswith(f"after each, a monitoring visit where last judged {desk}")
    never = {"improvement_plans": {"own": plan(monitoring="monitoring", visit_after=())}}
    rows = {row.section: row for row in rules_table(framework.model_copy(update=never))}
    assert rows["Improvement plans"].how_often.endswith("then the last judgement decides at the desk")
