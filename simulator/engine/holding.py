"""How long providers have each grade from their last inspection, and what they are visited and asked for meanwhile.

The grade is that of the last graded inspection, not the rating of an assessment: so a good provider is the same under
every framework. A visit counts at the grade that a provider has when it begins. Sums are kept by group of providers, by
local authority and by year of the measured window, so that no row is needed for each of them.
"""

from simulator.compiling import compiled
from simulator.engine.state import State
from simulator.ticks import TICKS_PER_YEAR


@compiled
def _year_measured(state: State, time: int) -> int:
    """Return the year of the measured window in which a tick of it lies; its last year has what is left over."""
    year = int((time - state.now[0].measured_from) // TICKS_PER_YEAR)
    return min(year, len(state.held_by_year) - 1)


@compiled
def settle_grade(state: State, provider: int, time: int) -> None:
    """Count the measured time for which a provider has had the grade of its last inspection."""
    place = state.providers[provider]
    measured_from = state.now[0].measured_from
    begins = max(place.judged_since, measured_from)
    place.judged_since = time
    if time <= begins:
        return
    state.held[place.group, place.judged].ticks += time - begins
    state.held_by_authority[place.authority, place.service_type, place.judged].ticks += time - begins
    year, last = _year_measured(state, begins), _year_measured(state, time)
    while year < last:
        ends = measured_from + int((year + 1) * TICKS_PER_YEAR)
        state.held_by_year[year, place.service_type, place.judged].ticks += ends - begins
        year, begins = year + 1, ends
    state.held_by_year[year, place.service_type, place.judged].ticks += time - begins


@compiled
def settle_grades(state: State) -> None:
    """Count, at the horizon, the time for which every open provider has had its grade."""
    for provider in range(len(state.providers)):
        if state.providers[provider].open == 1:
            settle_grade(state, provider, state.now[0].horizon)


@compiled
def count_visit(state: State, provider: int, inspector_days: float, questionnaires: int, time: int) -> None:
    """Count a visit that begins, its inspector-days and the questionnaire before it, at the grade it has."""
    if time < state.now[0].measured_from:
        return
    place = state.providers[provider]
    grade, service_type = place.judged, place.service_type
    group = state.held[place.group, grade]
    authority = state.held_by_authority[place.authority, service_type, grade]
    year = state.held_by_year[_year_measured(state, time), service_type, grade]
    group.visits += 1
    authority.visits += 1
    year.visits += 1
    group.inspector_days += inspector_days
    authority.inspector_days += inspector_days
    year.inspector_days += inspector_days
    group.questionnaires += questionnaires
    authority.questionnaires += questionnaires
    year.questionnaires += questionnaires


@compiled
def count_paperwork(state: State, provider: int, self_assessments: int, plans: int, time: int) -> None:
    """Count self-assessments and improvement plans that a provider produces, at the grade it has."""
    if time < state.now[0].measured_from:
        return
    place = state.providers[provider]
    grade, service_type = place.judged, place.service_type
    group = state.held[place.group, grade]
    authority = state.held_by_authority[place.authority, service_type, grade]
    year = state.held_by_year[_year_measured(state, time), service_type, grade]
    group.self_assessments += self_assessments
    authority.self_assessments += self_assessments
    year.self_assessments += self_assessments
    group.plans += plans
    authority.plans += plans
    year.plans += plans
