"""The yearly risk assessment of a provider, and its review when there is news.

*Modernising the Regulatory Framework for Children's Social Services* (2006), 3.1.16 to 3.1.20: once a year the
inspectorate takes into account all that is known of a service and settles the nature and intensity of inspection
for the coming year; new information may bring a review.
"""

import math
from typing import Any

from simulator.compiling import compiled
from simulator.engine.believing import believe_signal, believe_survey, listen
from simulator.engine.desk_work import charge_review
from simulator.engine.in_force import form_of, policy_in_force, rule_slots
from simulator.engine.inspection_years import takes_over_within_year
from simulator.engine.provider_records import REMEMBERED
from simulator.engine.recorded import BROUGHT_FORWARD
from simulator.engine.rule_by_rule import plan_rules
from simulator.engine.slots import unplan
from simulator.engine.state import State
from simulator.inspectorate.assessment import (
    CHANGES,
    CONCERNS,
    MOST_RISK,
    PAST_YEAR,
    RATING,
    RECORD,
    SELF_ASSESSMENT,
    USERS,
    rating_by_belief,
    rating_by_points,
    risk_of_grade,
    weighted_risk,
)
from simulator.inspectorate.assessments import BY_BELIEF, BY_POINTS, NOT_ASSESSED
from simulator.inspectorate.planner import year_of
from simulator.inspectorate.rules_policy import INTERVAL
from simulator.inspectorate.triggers import NEW_MANAGER, SIGNALS
from simulator.ticks import NEVER, TICKS_PER_YEAR
from simulator.world.readings import reading_of
from simulator.world.signals import COMPLAINT
from simulator.world.streams import USER_SURVEY, normal


@compiled
def hear(state: State, provider: int, signal: int, time: int) -> int:
    """Take note of a complaint, a serious concern, a new manager or a breach; return how many came before it."""
    place = state.providers[provider]
    number = place.heard[signal]
    place.heard_at[signal, number % REMEMBERED] = time
    place.heard[signal] += 1
    believe_signal(state, provider, signal + COMPLAINT, time)
    return int(number)


@compiled
def last_heard(state: State, provider: int, signal: int) -> int:
    """Return when a signal was last heard of a provider; -NEVER if it never was."""
    place = state.providers[provider]
    if place.heard[signal] == 0:
        return -NEVER
    return int(place.heard_at[signal, (place.heard[signal] - 1) % REMEMBERED])


@compiled
def _heard_in_past_year(state: State, provider: int, signal: int, time: int) -> int:
    """Count how often a signal was heard in the past year, up to `REMEMBERED` times."""
    place = state.providers[provider]
    count = 0
    for number in range(max(place.heard[signal] - REMEMBERED, 0), place.heard[signal]):
        if place.heard_at[signal, number % REMEMBERED] > time - TICKS_PER_YEAR:
            count += 1
    return count


@compiled
def assess_for_the_year(state: State, provider: int, time: int) -> bool:
    """Assess a provider for the coming year, its users' opinion taken; report whether its rating is another now."""
    place = state.providers[provider]
    service_type = place.service_type
    if _asks_users(state, service_type, time):
        year = year_of(state.month_starts, time)
        noise = normal(state.now[0].run, USER_SURVEY, place.identity, year)
        place.surveyed = reading_of(place.grade, state.services[service_type].survey_noise, noise)
        believe_survey(state, provider, place.surveyed, time)
    return _assess(state, provider, 0, time)


@compiled
def _asks_users(state: State, service_type: int, time: int) -> bool:
    """Report whether the users are to be asked: once a year, and not again where a framework takes over within it."""
    if policy_in_force(state).user_survey[service_type] == 0:
        return False
    before = state.policies[state.now[0].framework - 1]
    return bool(not takes_over_within_year(state, time) or before.user_survey[service_type] == 0)


@compiled
def review(state: State, provider: int, news: int, time: int) -> None:
    """Assess a provider anew if the framework does so upon such `news`; its plans follow if its rating changes."""
    place = state.providers[provider]
    policy = policy_in_force(state)
    if policy.review_on[place.service_type, news] == 0 or place.judged == 0:
        return
    if news < len(SIGNALS):
        charge_review(state, provider, policy.review_days[place.service_type])
    if _assess(state, provider, 1, time):
        plan_rules(state, provider, time)


@compiled
def rates_by_itself(state: State, provider: int) -> bool:
    """Report whether a judgement is the rating, and no assessment stands between them."""
    return bool(policy_in_force(state).assessed[state.providers[provider].service_type] < BY_POINTS)


@compiled
def _assess(state: State, provider: int, in_course: int, time: int) -> bool:
    """Assess a provider that has been graded; report whether its rating is another now.

    A cycle whose length the rating says is planned anew, but for an inspection that news has brought forward.
    """
    place = state.providers[provider]
    policy = policy_in_force(state)
    by = policy.assessed[place.service_type]
    if place.judged == 0:
        return False
    before = place.rating
    if by == BY_BELIEF:
        listen(state, provider, time)
        risk = state.beliefs[provider].share[1]
        rating = rating_by_belief(state.beliefs[provider].share, policy.confidence[place.service_type])
    elif by == BY_POINTS:
        risk = weighted_risk(_risk_points(state, provider, time), policy.weights[place.service_type])
        rating = before if math.isnan(risk) else rating_by_points(risk, policy.cut_offs[place.service_type])
    else:
        risk = risk_of_grade(place.judged)
        rating = place.judged
    place.rating = rating
    if by != NOT_ASSESSED:
        _record_assessment(state, provider, in_course, risk, before, time)
    if rating == before:
        return False
    for slot in rule_slots(state):
        reason = state.plans[state.slots[provider, slot]].reason
        if form_of(state, provider, slot) == INTERVAL and reason != BROUGHT_FORWARD:
            unplan(state, provider, slot)
    return True


@compiled
def _risk_points(state: State, provider: int, time: int) -> Any:
    """Return the risk points, 0 to 3, of each of the seven inputs of 3.1.18; not-a-number where nothing is known."""
    place = state.providers[provider]
    policy = policy_in_force(state)
    points = state.now[0].points
    points[:] = math.nan
    points[RECORD] = risk_of_grade(place.grades_judged / place.judgements)
    if policy.self_assessed[place.service_type] == 1:
        points[SELF_ASSESSMENT] = risk_of_grade(place.self_rated)
    if policy.user_survey[place.service_type] == 1:
        points[USERS] = risk_of_grade(place.surveyed)
    if place.said > 0 and place.said_at > time - TICKS_PER_YEAR:
        points[PAST_YEAR] = risk_of_grade(place.said)
    concerns = 0.0
    for signal in range(len(SIGNALS)):
        weight = policy.concern_points[place.service_type, signal]
        concerns += weight * _heard_in_past_year(state, provider, signal, time)
    points[CONCERNS] = min(concerns, MOST_RISK)
    points[CHANGES] = MOST_RISK if _heard_in_past_year(state, provider, NEW_MANAGER, time) > 0 else 0.0
    points[RATING] = risk_of_grade(place.judged)
    return points


@compiled
def _record_assessment(state: State, provider: int, in_course: int, risk: float, rating_before: int, time: int) -> None:
    """Write the row of an assessment."""
    now = state.now[0]
    place = state.providers[provider]
    record = state.assessments[now.assessments]
    now.assessments += 1
    record.time = time
    record.provider = provider
    record.generation = place.generation
    record.service_type = place.service_type
    record.regime = now.framework
    record.review = in_course
    record.risk = risk
    record.rating = place.rating
    record.rating_before = rating_before
    record.true_grade = place.grade
