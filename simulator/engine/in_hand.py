"""Work in hand: what waits or runs for a provider and will meet a duty.

An inspection at the inspectorate's discretion meets a duty once it is made, but it may lapse while it waits. When the
date of the duty comes near it becomes statutory work with the deadline and the priority of the rule (MODEL, section 4).
"""

from simulator.compiling import compiled
from simulator.engine.recorded import RUNNING, WAITING
from simulator.engine.state import RULE, State
from simulator.engine.visiting import enqueue
from simulator.inspectorate.backlog import order_of
from simulator.ticks import NEVER


@compiled
def satisfies(state: State, provider: int, slot: int, kind: int) -> bool:
    """Report whether an inspection of a kind satisfies the rule of a slot."""
    service_type = state.providers[provider].service_type
    return bool(state.policies[state.now[0].framework].satisfied_by[service_type, slot - RULE, kind] == 1)


@compiled
def is_in_hand(state: State, provider: int, slot: int) -> bool:
    """Report whether an inspection that satisfies the rule of a slot runs, or waits and cannot lapse."""
    place = state.providers[provider]
    row = place.first_work
    while row >= 0:
        work = state.work[row]
        stays = work.status == RUNNING or work.statutory == 1
        if stays and work.generation == place.generation and satisfies(state, provider, slot, work.kind):
            return True
        row = work.next
    return False


@compiled
def is_raised_for(state: State, provider: int, slot: int) -> bool:
    """Report whether an inspection that satisfies the rule of a slot waits or runs, whatever it was raised for."""
    place = state.providers[provider]
    row = place.first_work
    while row >= 0:
        work = state.work[row]
        if work.generation == place.generation and satisfies(state, provider, slot, work.kind):
            return True
        row = work.next
    return False


@compiled
def discretionary_for(state: State, provider: int, slot: int) -> int:
    """Return the row of a waiting inspection, at the inspectorate's discretion, that satisfies a rule; -1 for none."""
    place = state.providers[provider]
    row = place.first_work
    while row >= 0:
        work = state.work[row]
        waits = work.status == WAITING and work.statutory == 0 and work.generation == place.generation
        if waits and satisfies(state, provider, slot, work.kind):
            return int(row)
        row = work.next
    return -1


@compiled
def make_statutory(state: State, row: int, slot: int, deadline: int, time: int) -> None:
    """Let waiting work at the inspectorate's discretion become the statutory work of a slot."""
    work = state.work[row]
    place = state.providers[work.provider]
    priority = state.policies[state.now[0].framework].rule_priority[place.service_type, slot - RULE]
    work.slot = slot
    work.statutory = 1
    work.deadline = deadline
    work.lapses = NEVER
    work.priority = min(work.priority, priority)
    enqueue(state, row, deadline, time)


@compiled
def set_deadline(state: State, provider: int, slot: int, deadline: int, time: int) -> None:
    """Let the waiting statutory work of a slot follow the date of its duty; it never goes down in the backlog."""
    place = state.providers[provider]
    row = place.first_work
    while row >= 0:
        work = state.work[row]
        if work.status == WAITING and work.statutory == 1 and work.slot == slot and work.generation == place.generation:
            work.deadline = deadline
            if order_of(work.priority, deadline, provider) < work.order:
                enqueue(state, row, deadline, time)
        row = work.next


@compiled
def in_hand_this_year(state: State, provider: int, slot: int) -> int:
    """Count the inspections in hand that will count as visits of a yearly rule: none of them for another one."""
    place = state.providers[provider]
    count = 0
    row = place.first_work
    while row >= 0:
        work = state.work[row]
        mine = work.slot == slot or (work.slot < RULE and satisfies(state, provider, slot, work.kind))
        if work.generation == place.generation and mine and (work.status == RUNNING or work.statutory == 1):
            count += 1
        row = work.next
    return count
