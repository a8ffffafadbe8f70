"""Work in hand: what waits or runs for a provider and will meet a duty.

An inspection at the inspectorate's discretion meets a duty once it is made, but it may lapse while it waits. When the
date of the duty comes near it becomes statutory work with the deadline and the priority of the rule
(docs/model.md, *What the inspectorate does*).
"""

from simulator.compiling import compiled
from simulator.engine.asking import ticks_needed
from simulator.engine.duties import claim_of, has_begun, oldest_duty
from simulator.engine.in_force import form_of, policy_in_force, rule_of, rule_slots, satisfies
from simulator.engine.recorded import RUNNING, WAITING
from simulator.engine.seeing import ticks_taken
from simulator.engine.state import State
from simulator.engine.visiting import go_up
from simulator.engine.work_records import RULE
from simulator.inspectorate.rules_policy import ROUND, VISITS
from simulator.ticks import NEVER


@compiled
def _serves(state: State, provider: int, slot: int, row: int) -> bool:
    """Report whether work for the present provider satisfies the rule of a slot; a round, if raised since it began."""
    work = state.work[row]
    if work.generation != state.providers[provider].generation or not satisfies(state, provider, slot, work.kind):
        return False
    return form_of(state, provider, slot) != ROUND or has_begun(state, provider, slot, work.raised)


@compiled
def is_in_hand(state: State, provider: int, slot: int, due: int, time: int) -> bool:
    """Report whether an inspection that satisfies the rule of a slot runs, or waits and cannot lapse.

    One raised for something else that runs until after the tick `due` will not do if one begun now ended sooner.
    """
    row = state.providers[provider].first_work
    while row >= 0:
        work = state.work[row]
        stays = work.status == RUNNING or work.statutory == 1
        if stays and _serves(state, provider, slot, row):
            runs_over = work.status == RUNNING and work.slot != slot and _ends_at(state, row) > due
            if not runs_over or _ends_at(state, row) <= time + ticks_needed(state, provider, slot):
                return True
        row = work.next
    return False


@compiled
def _ends_at(state: State, row: int) -> int:
    """Return the tick at which an inspection that runs will end."""
    work = state.work[row]
    taken = ticks_taken(state, work.provider, work.framework, work.kind, work.number, work.effort_factor)
    return int(work.started + taken)


@compiled
def is_raised_for(state: State, provider: int, slot: int) -> bool:
    """Report whether an inspection that satisfies the rule of a slot waits or runs, whatever it was raised for."""
    row = state.providers[provider].first_work
    while row >= 0:
        if _serves(state, provider, slot, row):
            return True
        row = state.work[row].next
    return False


@compiled
def discretionary_for(state: State, provider: int, slot: int) -> int:
    """Return the row of a waiting inspection, at the inspectorate's discretion, that satisfies a rule; -1 for none."""
    row = state.providers[provider].first_work
    while row >= 0:
        work = state.work[row]
        if work.status == WAITING and work.statutory == 0 and _serves(state, provider, slot, row):
            return int(row)
        row = work.next
    return -1


@compiled
def make_statutory(state: State, row: int, slot: int, deadline: int, time: int) -> None:
    """Make waiting work at the inspectorate's discretion the statutory work of a slot."""
    work = state.work[row]
    priority = policy_in_force(state).rule_priority[rule_of(state, work.provider, slot)]
    work.slot = slot
    work.statutory = 1
    state.pools[work.pool].waiting_by_law += 1
    work.deadline = deadline
    work.lapses = NEVER
    work.priority = min(work.priority, priority)
    go_up(state, row, deadline, time)


@compiled
def bind_waiting(state: State, provider: int, slot: int, deadline: int, time: int) -> None:
    """Move statutory work that waits and satisfies the rule of a slot up in the backlog, as wanted by its date."""
    priority = policy_in_force(state).rule_priority[rule_of(state, provider, slot)]
    row = state.providers[provider].first_work
    while row >= 0:
        work = state.work[row]
        waits = work.status == WAITING and work.statutory == 1
        less = work.deadline > deadline or work.priority > priority
        if waits and less and _serves(state, provider, slot, row):
            work.deadline = min(work.deadline, deadline)
            work.priority = min(work.priority, priority)
            go_up(state, row, work.deadline, time)
        row = work.next


@compiled
def set_deadline(state: State, provider: int, slot: int, deadline: int, time: int) -> None:
    """Set the deadline of a slot's waiting statutory work to the date of its duty; it never goes down."""
    place = state.providers[provider]
    row = place.first_work
    while row >= 0:
        work = state.work[row]
        if work.status == WAITING and work.statutory == 1 and work.slot == slot and work.generation == place.generation:
            work.deadline = deadline
            go_up(state, row, deadline, time)
        row = work.next


@compiled
def in_hand_this_year(state: State, provider: int, slot: int, due: int) -> int:
    """Count the inspections in hand that will count as visits of a yearly rule: none of them for another one.

    One that runs at the inspectorate's discretion does only if it ends by the tick `due`.
    """
    place = state.providers[provider]
    count = others_in_hand(state, provider, slot, due)
    row = place.first_work
    while row >= 0:
        work = state.work[row]
        stays = work.statutory == 1 or (work.status == RUNNING and _ends_at(state, row) <= due)
        if work.generation == place.generation and work.slot == slot and stays:
            count += 1
        row = work.next
    return count


@compiled
def _rule_met(state: State, provider: int, kind: int) -> int:
    """Return the slot of the yearly rule whose date an inspection of a kind meets that was raised for none; or -1."""
    found, best = -1, 0
    for slot in rule_slots(state):
        if form_of(state, provider, slot) == VISITS and satisfies(state, provider, slot, kind):
            stands = oldest_duty(state, provider, slot) >= 0
            claim = claim_of(state, provider, slot, kind, -1, stands, False)
            if claim > best:
                found, best = slot, claim
    return found


@compiled
def others_in_hand(state: State, provider: int, slot: int, due: int) -> int:
    """Count the inspections in hand that will count as visits of a yearly rule, though they were raised for none.

    One that may lapse does not. One for a cycle or a round does, if it is sure to end by the tick `due`.
    """
    place = state.providers[provider]
    count = 0
    row = place.first_work
    while row >= 0:
        work = state.work[row]
        of_none = work.generation == place.generation and form_of(state, provider, work.slot) != VISITS
        sure = work.statutory == 1 and (work.slot < RULE or work.status == WAITING)
        if of_none and _rule_met(state, provider, work.kind) == slot:
            count += sure or (work.status == RUNNING and _ends_at(state, row) <= due)
        row = work.next
    return count
