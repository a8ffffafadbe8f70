"""When statutory rules raise a provider's inspections: what all forms share, intervals, rounds."""

from typing import Any

from simulator.compiling import compiled
from simulator.engine.agenda import DUE, send
from simulator.engine.recorded import PLANNED
from simulator.engine.slots import is_of_rule, row_to_plan
from simulator.engine.state import AGAIN, FIRST, RULE, State
from simulator.inspectorate.policy import KIND_COUNT, ROUND, ROUNDS
from simulator.ticks import NEVER
from simulator.world.streams import AVAILABILITY, ROUND_DAY, uniform


@compiled
def form_of(state: State, provider: int, slot: int) -> int:
    """Give the form of the statutory rule behind a slot, 0 if there is none."""
    if not is_of_rule(state, slot):
        return 0
    return int(state.policies[state.now[0].framework].form[state.providers[provider].service_type, slot - RULE])


@compiled
def ask(state: State, provider: int, slot: int, time: int) -> None:
    """Plan the next inspection of a slot at `time`."""
    state.plans[row_to_plan(state, provider, slot)].next = time
    send(state, time, DUE, provider * state.slots.shape[1] + slot)


@compiled
def ask_by_rule(state: State, provider: int, slot: int, moment: int, deadline: int) -> None:
    """Plan the next inspection that a statutory rule asks for."""
    place = state.providers[provider]
    policy = state.policies[state.now[0].framework]
    plan = state.plans[row_to_plan(state, provider, slot)]
    plan.framework = state.now[0].framework
    plan.kind = policy.kind[place.service_type, slot - RULE]
    plan.reason = PLANNED
    plan.statutory = policy.statutory[place.service_type, slot - RULE]
    plan.priority = policy.rule_priority[place.service_type, slot - RULE]
    plan.deadline = deadline
    plan.wanted_by = deadline
    ask(state, provider, slot, moment)


@compiled
def note_last(state: State, provider: int, kind: int, raised: int, ended: int) -> None:
    """Note when the last inspection of a kind ended, and where a round might count it, when it was raised."""
    place = state.providers[provider]
    place.last_ended[kind] = ended
    if place.round_row >= 0:
        state.last_raised[place.round_row, kind] = raised


@compiled
def last_satisfied(state: State, provider: int, slot: int) -> int:
    """Give the end of the last inspection that satisfies a rule, -NEVER if there was none."""
    place = state.providers[provider]
    policy = state.policies[state.now[0].framework]
    return latest_of(place.last_ended, policy.satisfied_by[place.service_type, slot - RULE])


@compiled
def latest_of(moments: Any, kinds: Any) -> int:
    """Give the latest of some moments by kind of inspection, among the kinds marked 1; -NEVER if there is none."""
    latest = -NEVER
    for kind in range(KIND_COUNT):
        if kinds[kind] == 1:
            latest = max(latest, moments[kind])
    return latest


@compiled
def is_outstanding(state: State, provider: int, slot: int) -> bool:
    """Say whether an inspection that will satisfy a rule is raised, or planned as the provider's first."""
    place = state.providers[provider]
    satisfied_by = state.policies[state.now[0].framework].satisfied_by[place.service_type, slot - RULE]
    row = place.first_work
    while row >= 0:
        if state.work[row].generation == place.generation and satisfied_by[state.work[row].kind] == 1:
            return True
        row = state.work[row].next
    return awaits_first(state, provider)


@compiled
def awaits_first(state: State, provider: int) -> bool:
    """Say whether a provider still waits for the first inspection after its registration."""
    return bool(state.providers[provider].awaits_first == 1)


@compiled
def plan_interval(state: State, provider: int, slot: int, time: int) -> None:
    """Plan the inspection of a cycle: a random time before its deadline, so that nobody can predict it.

    The deadline counts from the end of the last inspection that satisfies the rule, or from registration.
    """
    place = state.providers[provider]
    policy = state.policies[state.now[0].framework]
    interval = policy.interval[place.service_type, slot - RULE, place.rating]
    if interval == NEVER:
        return
    last = last_satisfied(state, provider, slot)
    deadline = (last if last > -NEVER else place.opened) + interval
    draw = uniform(state.now[0].run, AVAILABILITY, place.identity, place.inspections)
    earlier = int(policy.available_share[place.service_type, slot - RULE] * interval * draw)
    ask_by_rule(state, provider, slot, max(deadline - earlier, time), deadline)


@compiled
def plan_round(state: State, provider: int, slot: int, time: int) -> None:
    """Plan the one inspection of a round, evenly between its two dates or over what is left of it.

    An inspection belongs to the round in which it was raised, even if it ends after it.
    """
    place = state.providers[provider]
    policy = state.policies[state.now[0].framework]
    begins = policy.round_from[place.service_type, slot - RULE]
    ends = policy.round_until[place.service_type, slot - RULE]
    last = latest_of(state.last_raised[place.round_row], policy.satisfied_by[place.service_type, slot - RULE])
    number = 0
    while ends[number] <= time or (last >= begins[number] and begins[number] < NEVER):
        number += 1
        if number == ROUNDS:
            return
    if begins[number] == NEVER:
        return
    end = ends[number]
    state.plans[row_to_plan(state, provider, slot)].from_ = begins[number]
    begin = max(begins[number], time)
    usable = max(end - policy.days_free[place.service_type, slot - RULE] - begin, 1)
    draw = uniform(state.now[0].run, ROUND_DAY, place.identity, number)
    ask_by_rule(state, provider, slot, begin + int(usable * draw), end)


@compiled
def earliest(state: State, provider: int, slot: int) -> int:
    """Return the tick before which a slot's inspection cannot be moved.

    That of a round, not before the round; a first inspection or a re-inspection, not before its rule has it begin.
    """
    if slot not in (FIRST, AGAIN) and form_of(state, provider, slot) != ROUND:
        return -NEVER
    return int(state.plans[state.slots[provider, slot]].from_)
