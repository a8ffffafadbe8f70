"""What the inspectorate believes of each provider, carried on from one piece of news to the next.

The belief knows how quality moves and how news comes about in general, and of the provider only what is known:
its judgements, its visits and plans, its manager, what was heard of it and what it said; never its true grade.
"""

import numpy as np

from simulator.compiling import compiled
from simulator.engine.in_force import policy_in_force
from simulator.engine.quality_changes import standing_of
from simulator.engine.recorded import MONITORED
from simulator.engine.state import State
from simulator.inspectorate.belief import (
    CONDITIONS,
    DAMPED_AT,
    FOUND_AT,
    GRADE_CODES,
    GRADE_OF,
    begin_effect_of,
    end_effects,
    pass_time,
    set_found,
    share_out,
    weigh,
)
from simulator.inspectorate.enforcement import after_look
from simulator.inspectorate.judgement import chance_of_judgement
from simulator.inspectorate.severity import severity_at
from simulator.world.quality import DECLINING, FALLING, POOR, hazard, improvement, own_improvement
from simulator.world.readings import chance_of_reading, chance_of_self_rating
from simulator.world.signals import COMPLAINT, SERIOUS_CONCERN


@compiled
def _believes(state: State, provider: int) -> bool:
    """Report whether a belief is kept of a provider, for a framework of the run that assesses by it."""
    return bool(policy_in_force(state).believes[state.providers[provider].service_type] == 1)


@compiled
def begin_belief(state: State, provider: int, enters: bool, time: int) -> None:
    """Believe of a provider what is known of all: the shares at the beginning, or of those that enter later."""
    if not _believes(state, provider):
        return
    service = state.services[state.providers[provider].service_type]
    belief = state.beliefs[provider]
    belief.at = time
    for c in range(CONDITIONS):
        belief.chance[c] = 0.0
        belief.up[c] = 0.0
        belief.own[c] = 0.0
        belief.down[c] = 0.0
        belief.fall[c] = service.fall[GRADE_OF[c]]
        belief.found[c] = 0.0
    for grade in range(1, GRADE_CODES):
        belief.chance[grade] = service.entry_share[grade] if enters else service.start_share[grade]
    share_out(belief)


@compiled
def carry_on(state: State, provider: int, time: int) -> None:
    """Carry a belief on to `time`, if what acts on quality as far as it is known is another from now on."""
    if not _believes(state, provider):
        return
    service = state.services[state.providers[provider].service_type]
    belief = state.beliefs[provider]
    changed = False
    for c in range(1, CONDITIONS):
        standing = standing_of(state, provider, FOUND_AT[c], DAMPED_AT[c], time)
        changed |= belief.up[c] != improvement(service, GRADE_OF[c], standing)
        changed |= belief.down[c] != hazard(service, GRADE_OF[c], DECLINING, standing)
    if not changed:
        return
    listen(state, provider, time)
    place = state.providers[provider]
    end_effects(belief, time < place.found_poor_until, time < place.found_until)
    for c in range(1, CONDITIONS):
        standing = standing_of(state, provider, FOUND_AT[c], DAMPED_AT[c], time)
        belief.up[c] = improvement(service, GRADE_OF[c], standing)
        belief.own[c] = own_improvement(service, GRADE_OF[c], standing)
        belief.down[c] = hazard(service, GRADE_OF[c], DECLINING, standing)
        belief.fall[c] = hazard(service, GRADE_OF[c], FALLING, standing)


@compiled
def listen(state: State, provider: int, time: int) -> None:
    """Carry a belief on to `time`, nothing having been heard since."""
    service = state.services[state.providers[provider].service_type]
    belief = state.beliefs[provider]
    pass_time(belief, service.closure + service.complaint + service.serious, time - belief.at)
    belief.at = time


@compiled
def believe_signal(state: State, provider: int, what: int, time: int) -> None:
    """Learn from a complaint or a serious concern; a change of manager says nothing of the grade."""
    if not _believes(state, provider) or what not in (COMPLAINT, SERIOUS_CONCERN):
        return
    service = state.services[state.providers[provider].service_type]
    listen(state, provider, time)
    weigh(state.beliefs[provider], service.complaint if what == COMPLAINT else service.serious)


@compiled
def believe_inspection(
    state: State, provider: int, framework: int, kind: int, reason: int, seen: int, time: int
) -> None:
    """Learn from an inspection as much as it lets the inspectorate know of what was `seen`."""
    if not _believes(state, provider):
        return
    listen(state, provider, time)
    sigma = state.policies[framework].sigma[kind]
    severity = severity_at(state.policies[framework], state.providers[provider].service_type, kind, time)
    likelihood = np.zeros(GRADE_CODES)
    for other in range(1, GRADE_CODES):
        if _says_the_same(state, provider, framework, kind, other, seen) and (
            reason != MONITORED or _leads_to_the_same(state, provider, other, seen)
        ):
            for grade in range(1, GRADE_CODES):
                likelihood[grade] += chance_of_judgement(other, grade, severity, sigma)
    weigh(state.beliefs[provider], likelihood)
    if seen == POOR and state.policies[framework].detects[kind] == 1:
        set_found(state.beliefs[provider])


@compiled
def believe_found_out(state: State, provider: int, judged: int) -> None:
    """Take into account what a judgement does to quality."""
    if _believes(state, provider):
        begin_effect_of(state.beliefs[provider], judged)


@compiled
def _says_the_same(state: State, provider: int, framework: int, kind: int, one: int, other: int) -> bool:
    """Report whether a kind of inspection says the same of two grades: the grade, the direction, whether it is poor."""
    policy = state.policies[framework]
    before = state.providers[provider].judged
    if policy.grades[kind] == 1 and one != other:
        return False
    if policy.detects[kind] == 1 and (one == POOR) != (other == POOR):
        return False
    return bool(policy.direction[kind] == 0 or before == 0 or np.sign(one - before) == np.sign(other - before))


@compiled
def _leads_to_the_same(state: State, provider: int, one: int, other: int) -> bool:
    """Report whether a look that sees either of two grades does the same to a plan or a step of the tariff."""
    place = state.providers[provider]
    if place.awaits_look == 0:
        return True
    plan_asked = policy_in_force(state).plan_asked[place.service_type]
    after_one = after_look(place.step, one, place.called_for_by, plan_asked, place.renewed)
    return bool(after_one == after_look(place.step, other, place.called_for_by, plan_asked, place.renewed))


@compiled
def believe_plan(state: State, provider: int, refused: bool, time: int) -> None:
    """Learn from an improvement plan that was refused or produced."""
    if not _believes(state, provider):
        return
    listen(state, provider, time)
    service = state.services[state.providers[provider].service_type]
    likelihood = np.zeros(GRADE_CODES)
    for grade in range(1, GRADE_CODES):
        likelihood[grade] = service.plan_refused[grade] if refused else 1.0 - service.plan_refused[grade]
    weigh(state.beliefs[provider], likelihood)


@compiled
def believe_rating(state: State, provider: int, judged: int, severity: float, sigma: float) -> None:
    """Learn from a judgement made as the run begins."""
    if not _believes(state, provider):
        return
    likelihood = np.zeros(GRADE_CODES)
    for grade in range(1, GRADE_CODES):
        likelihood[grade] = chance_of_judgement(judged, grade, severity, sigma)
    weigh(state.beliefs[provider], likelihood)


@compiled
def believe_self_assessment(state: State, provider: int, stated: int, found_out: bool, time: int) -> None:
    """Learn from a self-assessment: the grade `stated` (0: not produced), and whether it was found to mislead."""
    if not _believes(state, provider):
        return
    listen(state, provider, time)
    service_type = state.providers[provider].service_type
    service = state.services[service_type]
    cross_check = policy_in_force(state).cross_check[service_type]
    likelihood = np.zeros(GRADE_CODES)
    for grade in range(1, GRADE_CODES):
        if stated == 0:
            likelihood[grade] = service.not_produced[grade]
            continue
        misleads = service.misleading[grade] * chance_of_self_rating(service, stated, grade, True)
        honest = (1.0 - service.misleading[grade]) * chance_of_self_rating(service, stated, grade, False)
        said = misleads * cross_check if found_out else honest + misleads * (1.0 - cross_check)
        likelihood[grade] = (1.0 - service.not_produced[grade]) * said
    weigh(state.beliefs[provider], likelihood)


@compiled
def believe_survey(state: State, provider: int, reading: int, time: int) -> None:
    """Learn from a survey of the users."""
    if not _believes(state, provider):
        return
    listen(state, provider, time)
    sigma = state.services[state.providers[provider].service_type].survey_noise
    likelihood = np.zeros(GRADE_CODES)
    for grade in range(1, GRADE_CODES):
        likelihood[grade] = chance_of_reading(reading, grade, sigma)
    weigh(state.beliefs[provider], likelihood)
