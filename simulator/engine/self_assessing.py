"""The self-assessment that providers must produce once a year: asked for, stated, cross-checked.

*Modernising the Regulatory Framework for Children's Social Services* (2006), 3.2: whoever produces none, or makes
statements that mislead, is in breach. Each provider has its own day of the year.
"""

from simulator.compiling import compiled
from simulator.engine.agenda import SELF_ASSESSMENT, send
from simulator.engine.assessing import review
from simulator.engine.believing import believe_self_assessment
from simulator.engine.desk_work import charge_check
from simulator.engine.holding import count_paperwork
from simulator.engine.in_force import policy_in_force
from simulator.engine.inspection_years import end_of_year, start_of_year
from simulator.engine.responding import breach
from simulator.engine.state import State
from simulator.inspectorate.assessments import SELF_ASSESSED
from simulator.world.quality import POOR
from simulator.world.readings import self_rating
from simulator.world.streams import (
    CROSS_CHECK,
    SELF_ASSESSMENT_DAY,
    SELF_ASSESSMENT_MISLEADS,
    SELF_ASSESSMENT_NOISE,
    SELF_ASSESSMENT_PRODUCED,
    normal,
    uniform,
)


@compiled
def ask_self_assessment(state: State, provider: int, time: int) -> None:
    """Ask a provider for this year's self-assessment, on its day if that is still to come."""
    place = state.providers[provider]
    if policy_in_force(state).self_assessed[place.service_type] == 0:
        return
    begins, ends = start_of_year(state, time), end_of_year(state, time)
    day = begins + int((ends - begins) * uniform(state.now[0].run, SELF_ASSESSMENT_DAY, place.identity, 0))
    if day >= time and day != place.self_assessment_due:
        place.self_assessment_due = day
        send(state, day, SELF_ASSESSMENT, provider)


@compiled
def on_self_assessment(state: State, provider: int, time: int) -> None:
    """A self-assessment falls due: it is produced or not, and read and cross-checked at the desk.

    Consultation 2006, 3.2.1 and 3.2.3.
    """
    run = state.now[0].run
    place = state.providers[provider]
    policy = policy_in_force(state)
    service_type = place.service_type
    if place.open == 0 or place.self_assessment_due != time or policy.self_assessed[service_type] == 0:
        return
    service = state.services[service_type]
    number = place.self_assessments
    place.self_assessments += 1
    stated, found_out = 0, False
    if uniform(run, SELF_ASSESSMENT_PRODUCED, place.identity, number) >= service.not_produced[place.grade]:
        misleads = uniform(run, SELF_ASSESSMENT_MISLEADS, place.identity, number) < service.misleading[place.grade]
        noise = normal(run, SELF_ASSESSMENT_NOISE, place.identity, number)
        stated = self_rating(service, place.grade, misleads, noise)
        found_out = misleads and uniform(run, CROSS_CHECK, place.identity, number) < policy.cross_check[service_type]
        charge_check(state, provider)
        if time >= state.now[0].measured_from:
            state.self_assessments[state.now[0].month, service_type] += 1
        count_paperwork(state, provider, 1, 0, time)
    in_breach = stated == 0 or found_out
    place.self_rated = POOR if in_breach else stated
    believe_self_assessment(state, provider, stated, found_out, time)
    if in_breach:
        breach(state, provider, time)
    review(state, provider, SELF_ASSESSED, time)
