"""Inspections of the services of one local authority, made at the same time where they fall due near each other.

*Modernising the Regulatory Framework for Children's Social Services* (2006), 3.1.4: fostering services assessed at
the same time as adoption services; *Ofsted begins shake-up of children's services inspections following review*
(2011): both made to coincide with the inspection of services for children in care.
"""

from simulator.compiling import compiled
from simulator.engine.cycles import earliest
from simulator.engine.in_force import form_of, last_satisfied, policy_in_force, rule_of
from simulator.engine.recorded import WAITING
from simulator.engine.slots import ask
from simulator.engine.state import State
from simulator.engine.work_records import RULE
from simulator.inspectorate.rules_policy import VISITS
from simulator.ticks import NEVER


@compiled
def align(state: State, row: int, time: int) -> None:
    """Join to an inspection just raised what is made at the same time, at each other service of its authority.

    What waits there joins. Where nothing of the kind waits or runs, the next one planned is raised now, if it is due
    soon enough, and joins as it is raised.
    """
    work = state.work[row]
    place = state.providers[work.provider]
    policy = policy_in_force(state)
    if policy.aligned_kind[place.service_type, work.kind] == 0:
        return
    for service in range(state.authorities.shape[1]):
        other = state.authorities[place.authority, service]
        if other < 0 or policy.aligned[place.service_type, state.providers[other].service_type] == 0:
            continue
        there = _work_to_join(state, other)
        if there == -1:
            _raise_next(state, other, time)
        elif state.work[there].status == WAITING:
            factor = 1.0 - policy.aligned_saving[place.service_type]
            work.effort_factor = factor
            state.work[there].effort_factor = factor


@compiled
def _work_to_join(state: State, provider: int) -> int:
    """Return the row of a provider's waiting inspection of an aligned kind, else of one that runs; -1 if none does."""
    place = state.providers[provider]
    policy = policy_in_force(state)
    found = -1
    row = place.first_work
    while row >= 0:
        work = state.work[row]
        if work.generation == place.generation and policy.aligned_kind[place.service_type, work.kind] == 1:
            if work.status == WAITING:
                return int(row)
            found = row
        row = work.next
    return int(found)


@compiled
def _raise_next(state: State, provider: int, time: int) -> None:
    """Ask now for the next inspection of an aligned kind that a rule or a sample has planned, if it is due soon."""
    place = state.providers[provider]
    policy = policy_in_force(state)
    found, soonest = -1, NEVER
    for slot in range(RULE, state.slots.shape[1]):
        plan = state.plans[state.slots[provider, slot]]
        if plan.next >= soonest or policy.aligned_kind[place.service_type, plan.kind] == 0:
            continue
        due = plan.deadline if plan.deadline < NEVER else plan.next
        if due <= time + policy.aligned_within[place.service_type] and _may_come(state, provider, slot, time):
            found, soonest = slot, plan.next
    if found >= 0 and soonest > time:
        ask(state, provider, found, time)


@compiled
def _may_come(state: State, provider: int, slot: int, time: int) -> bool:
    """Report whether a slot's inspection may come now: a round's within the round, a yearly visit's at its spacing."""
    if form_of(state, provider, slot) == VISITS:
        spacing = policy_in_force(state).spacing[rule_of(state, provider, slot)]
        last = state.plans[state.slots[provider, slot]].last
        return bool(time >= max(last, last_satisfied(state, provider, slot)) + spacing)
    return bool(time >= earliest(state, provider, slot))
