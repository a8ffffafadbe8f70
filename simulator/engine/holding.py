"""How long providers hold each rating, and what they are visited and asked for meanwhile.

A visit counts at the rating held when it begins. Sums are kept by group of providers, by local authority and by year of
the measured window, so that no row is needed for each of them.
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
def settle_rating(state: State, provider: int, time: int) -> None:
    """Count the measured time for which a provider has held its present rating."""
    place = state.providers[provider]
    measured_from = state.now[0].measured_from
    begins = max(place.rated_since, measured_from)
    place.rated_since = time
    if time <= begins:
        return
    state.held[place.group, place.rating].ticks += time - begins
    state.held_by_authority[place.authority, place.service_type, place.rating].ticks += time - begins
    year, last = _year_measured(state, begins), _year_measured(state, time)
    while year < last:
        ends = measured_from + int((year + 1) * TICKS_PER_YEAR)
        state.held_by_year[year, place.service_type, place.rating].ticks += ends - begins
        year, begins = year + 1, ends
    state.held_by_year[year, place.service_type, place.rating].ticks += time - begins


@compiled
def settle_ratings(state: State) -> None:
    """Count, at the horizon, the time for which every open provider has held its rating."""
    for provider in range(len(state.providers)):
        if state.providers[provider].open == 1:
            settle_rating(state, provider, state.now[0].horizon)


@compiled
def count_visit(state: State, provider: int, inspector_days: float, questionnaires: int, time: int) -> None:
    """Count a visit that begins, its inspector-days and the questionnaire before it, at the rating held."""
    if time < state.now[0].measured_from:
        return
    place = state.providers[provider]
    rating, service_type = place.rating, place.service_type
    group = state.held[place.group, rating]
    authority = state.held_by_authority[place.authority, service_type, rating]
    year = state.held_by_year[_year_measured(state, time), service_type, rating]
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
    """Count self-assessments and improvement plans that a provider produces, at the rating held."""
    if time < state.now[0].measured_from:
        return
    place = state.providers[provider]
    rating, service_type = place.rating, place.service_type
    group = state.held[place.group, rating]
    authority = state.held_by_authority[place.authority, service_type, rating]
    year = state.held_by_year[_year_measured(state, time), service_type, rating]
    group.self_assessments += self_assessments
    authority.self_assessments += self_assessments
    year.self_assessments += self_assessments
    group.plans += plans
    authority.plans += plans
    year.plans += plans
