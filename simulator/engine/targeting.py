"""Targeted visits: whenever teams are left free by what waits and goes before, they go where they are worth most.

What a visit to each provider is worth is worked out once a day, when first somebody is free; in between, whoever comes
home goes to the next best. That costs a pass over all providers a day, and one over a row of numbers for each visit,
and what happens within a day counts from the next. A belief is carried on when it is a week old or there was news; what
is at stake in a week moves by too little to change places often, and the carrying on is the dearest part.
"""

import numpy as np
import numpy.typing as npt

from simulator.compiling import compiled
from simulator.engine.accounts import count_waiting
from simulator.engine.agenda import TARGET, send
from simulator.engine.believing import listen
from simulator.engine.desk_work import free_inspectors
from simulator.engine.in_force import policy_in_force, pool_of
from simulator.engine.recorded import TARGETED, WAITING
from simulator.engine.seeing import mean_effort, ticks_of
from simulator.engine.standing_for import stand_for_next_visit
from simulator.engine.state import State
from simulator.engine.visiting import enqueue, has_work, is_raised, new_work, next_number
from simulator.inspectorate.belief import chance_unfound, recovery_unfound
from simulator.inspectorate.judgement import is_known_poor
from simulator.inspectorate.kinds import DESK
from simulator.inspectorate.targeting import BY_INDEX, NOT_TARGETED, worth_of_visit
from simulator.ticks import NEVER, TICKS_PER_DAY

_PORTION = 12
"""Visits that one event raises at most; the rest follow in others of the same tick."""
_PRIORITIES = 10
_BELIEF_LASTS = 7 * TICKS_PER_DAY


@compiled
def on_target(state: State, pool: int, time: int) -> None:
    """Raise a visit for each team of a pool that is free, to those to whom it is worth most, one after another.

    Consultation 2006, 3.1.2 and 3.1.14: additional inspections are targeted.

    Teams are kept for what waits and goes before or equals. Of two visits that are worth the same the first of the
    register goes first; whoever are too few for the next are left free, and looked at again a day later. All that is
    raised starts in this tick.
    """
    there = state.pools[pool]
    policy = policy_in_force(state)
    if there.capacity <= there.busy or not policy.targeted.any():
        return
    if time >= state.now[0].ranked + TICKS_PER_DAY:
        _rank(state, time)
    waiting = _inspectors_waited_for(state, pool)
    for _ in range(_PORTION):
        provider = int(np.argmax(state.worth[pool]))
        service_type = state.providers[provider].service_type
        team, priority = policy.team[policy.target_kind[service_type]], policy.target_priority[service_type]
        free = free_inspectors(state, pool, priority, 0) - waiting[: priority + 1].sum()
        if state.worth[pool, provider] <= 0.0 or team > free:
            _look_again(state, pool, time)
            return
        state.worth[pool, provider] = 0.0
        if _may_be_visited(state, provider, time):
            _raise_visit(state, provider, time)
            waiting[priority] += team
    send(state, time, TARGET, pool)


@compiled
def _look_again(state: State, pool: int, time: int) -> None:
    """Ask to look again in a day, unless that is asked already."""
    there = state.pools[pool]
    if there.looks_again <= time:
        there.looks_again = time + TICKS_PER_DAY
        send(state, there.looks_again, TARGET, pool)


@compiled
def _inspectors_waited_for(state: State, pool: int) -> npt.NDArray[np.int64]:
    """Return the inspectors of a pool that all waiting work would take, by priority: shape (10,)."""
    wanted = np.zeros(_PRIORITIES, dtype=np.int64)
    if state.accounts["waiting"][pool].sum() > 0:
        for row in range(len(state.work)):
            work = state.work[row]
            if work.status == WAITING and work.pool == pool:
                wanted[work.priority] += work.team
    return wanted


@compiled
def _raise_visit(state: State, provider: int, time: int) -> None:
    """Put a targeted visit into the backlog; where its kind counts, it stands for the next one planned."""
    place = state.providers[provider]
    framework = state.now[0].framework
    policy = state.policies[framework]
    kind = policy.target_kind[place.service_type]
    row = new_work(state, provider, framework, kind, next_number(state, provider), time)
    work = state.work[row]
    work.reason = TARGETED
    work.lapses = time + policy.lapse[kind]
    work.priority = policy.target_priority[place.service_type]
    count_waiting(state, row, 1)
    enqueue(state, row, time, time)
    if policy.counts[kind] == 1:
        work.slot = stand_for_next_visit(state, provider, kind, time, time + ticks_of(state, row), time)


@compiled
def _rank(state: State, time: int) -> None:
    """Work out what a targeted visit to each provider is worth now."""
    state.now[0].ranked = time
    state.worth[:] = 0.0
    policy = policy_in_force(state)
    for provider in range(len(state.providers)):
        if not _may_be_visited(state, provider, time):
            continue
        place = state.providers[provider]
        kind = policy.target_kind[place.service_type]
        pool = pool_of(state, provider, kind)
        if policy.targeted[place.service_type] == BY_INDEX:
            state.worth[pool, provider] = worth_as_believed(state, provider, kind, time)
        elif is_known_poor(place.grade, place.detected < NEVER):
            state.worth[pool, provider] = float(place.places)


@compiled
def _may_be_visited(state: State, provider: int, time: int) -> bool:
    """Report whether a targeted visit may be made: none of its kind is raised, and the last visit is long enough ago.

    By the index there must be no other work for the provider either; who knows the truth does not wait for that.
    """
    place = state.providers[provider]
    policy = policy_in_force(state)
    by = policy.targeted[place.service_type]
    if place.open == 0 or by == NOT_TARGETED or is_raised(state, provider, policy.target_kind[place.service_type]):
        return False
    if place.last_visit > -NEVER and time - place.last_visit < policy.target_spacing[place.service_type]:
        return False
    return bool(by != BY_INDEX or not has_work(state, provider, policy.visits_there))


@compiled
def worth_as_believed(state: State, provider: int, kind: int, time: int) -> float:
    """Return what a visit of a kind is worth by all that is known of a provider."""
    place = state.providers[provider]
    belief = state.beliefs[provider]
    if time - belief.at >= _BELIEF_LASTS:
        listen(state, provider, time)
    unfound = chance_unfound(belief)
    leaving = recovery_unfound(belief) + state.services[place.service_type].closure[1]
    planned = _next_visit(state, provider)
    effort = mean_effort(state, provider, state.now[0].framework, kind)
    return worth_of_visit(unfound, place.places, leaving, max(planned - time, 0), effort)


@compiled
def _next_visit(state: State, provider: int) -> int:
    """Return when the next visit of a provider is planned to be raised, NEVER if none is; a desk assessment is none."""
    soonest = NEVER
    for slot in range(state.slots.shape[1]):
        plan = state.plans[state.slots[provider, slot]]
        if plan.next < soonest and plan.kind != DESK:
            soonest = plan.next
    return int(soonest)
