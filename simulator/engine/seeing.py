"""What an inspection takes and what it sees: its effort, how long it lasts, the grade and the direction."""

import math

from simulator.compiling import compiled
from simulator.engine.desk_work import TICKS_PER_INSPECTOR_DAY
from simulator.engine.recorded import DECLINED, IMPROVED, SUSTAINED
from simulator.engine.state import State
from simulator.inspectorate.judgement import judged_grade
from simulator.inspectorate.severity import severity_at
from simulator.world.quality import limited_grade, middle_grade
from simulator.world.streams import EFFORT, normal


@compiled
def effort_of(state: State, provider: int, framework: int, kind: int, number: int, factor: float) -> float:
    """Return the inspector-days that the `number`-th inspection of a provider takes, as drawn."""
    place = state.providers[provider]
    policy = state.policies[framework]
    travel = _travel_of(state, provider, framework, kind)
    log_variance = policy.effort_log_variance[kind]
    if log_variance == 0.0:
        return policy.effort[kind, place.service_type] * factor + travel
    noise = _effort_noise(state, provider, number)
    spread = math.exp(math.sqrt(log_variance) * noise - log_variance / 2.0)
    return policy.effort[kind, place.service_type] * factor * spread + travel


@compiled
def mean_effort(state: State, provider: int, framework: int, kind: int) -> float:
    """Return the inspector-days that an inspection of a provider takes on average."""
    effort = state.policies[framework].effort[kind, state.providers[provider].service_type]
    return float(effort + _travel_of(state, provider, framework, kind))


@compiled
def _travel_of(state: State, provider: int, framework: int, kind: int) -> float:
    """Return the inspector-days that a team travels to a provider; nobody travels to work at the desk."""
    policy = state.policies[framework]
    return float(policy.visits_there[kind] * policy.team[kind] * state.travel[state.providers[provider].region])


@compiled
def _effort_noise(state: State, provider: int, number: int) -> float:
    """Return the standard normal noise in the effort of the `number`-th inspection of a provider, drawn but once."""
    place = state.providers[provider]
    kept = number & 1
    if place.effort_number[kept] != number:
        place.effort_noise[kept] = normal(state.now[0].run, EFFORT, place.identity, number)
        place.effort_number[kept] = number
    return float(place.effort_noise[kept])


@compiled
def ticks_of(state: State, row: int) -> int:
    """Return how long a piece of work takes from its beginning to its end."""
    work = state.work[row]
    return ticks_taken(state, work.provider, work.framework, work.kind, work.number, work.effort_factor)


@compiled
def ticks_of_days(state: State, row: int) -> int:
    """Return how long a piece of work that has begun takes, by the inspector-days that it was found to take."""
    work = state.work[row]
    return _ticks_of_team(work.inspector_days, state.policies[work.framework].team[work.kind])


@compiled
def ticks_taken(state: State, provider: int, framework: int, kind: int, number: int, factor: float) -> int:
    """Return how long the `number`-th inspection of a provider takes from its beginning to its end."""
    days = effort_of(state, provider, framework, kind, number, factor)
    return _ticks_of_team(days, state.policies[framework].team[kind])


@compiled
def _ticks_of_team(days: float, team: int) -> int:
    """Return how long a team takes for some inspector-days."""
    return max(round(days / team * TICKS_PER_INSPECTOR_DAY), 1)


@compiled
def grade_seen(
    state: State,
    provider: int,
    framework: int,
    kind: int,
    purpose: int,
    number: int,
    sight: tuple[float, float],
    time: int,
) -> int:
    """Return the grade that an inspection of a kind sees at `time`: of each strand by itself, then of all as combined.

    Its noise is the `number`-th drawn for `purpose`, of each strand its own. `sight` is what the team adds to that
    (`simulator.engine.leading`): leniency, and a factor on the standard deviation of all of it.
    """
    place = state.providers[provider]
    policy = state.policies[framework]
    severity = severity_at(policy, place.service_type, kind, time)
    leniency, blur = sight
    of_visit, sigma = state.inspectors[0].of_visit, policy.sigma[kind] * blur
    strands = slice(place.first_strand, place.first_strand + place.strands)
    for row in range(place.first_strand, place.first_strand + place.strands):
        judged = state.strands[row]
        noise = of_visit * normal(state.now[0].run, purpose, judged.identity, number) + leniency
        judged.seen = judged_grade(judged.grade, severity, sigma, noise)
    seen = state.strands["seen"][strands]
    if policy.limiting[place.service_type] == 1:
        return limited_grade(seen)
    return middle_grade(seen)


@compiled
def direction_of(seen: int, judged: int) -> int:
    """Return the direction of travel from the last grade `judged` to what is `seen` now."""
    if seen > judged:
        return IMPROVED
    if seen < judged:
        return DECLINED
    return SUSTAINED
