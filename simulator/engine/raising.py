"""An inspection that is planned falls due: it is raised, unless another one will do for it."""

from simulator.compiling import compiled
from simulator.engine.aligning import align
from simulator.engine.in_force import form_of, is_of_rule, is_statutory
from simulator.engine.in_hand import bind_waiting, discretionary_for, is_in_hand, is_raised_for, make_statutory
from simulator.engine.recorded import BROUGHT_FORWARD
from simulator.engine.seeing import ticks_of
from simulator.engine.slots import forget, is_of_sample, row_to_plan
from simulator.engine.spacing import keep_apart
from simulator.engine.standing_for import stand_for_next_visit
from simulator.engine.state import State
from simulator.engine.visiting import go_without, raise_inspection
from simulator.engine.visits_wanted import drop_unowed
from simulator.engine.work_records import RULE
from simulator.engine.yearly_visits import place_next_visit
from simulator.inspectorate.rules_policy import NO_RULE, VISITS
from simulator.ticks import NEVER


@compiled
def on_due(state: State, subject: int, time: int) -> None:
    """Raise the inspection that a slot has planned for now.

    Consultation 2006, 2.3.1: the occasions that regulations prescribe; 3.1.13: those at the inspectorate's discretion.
    """
    slots = state.slots.shape[1]
    provider, slot = subject // slots, subject % slots
    plan = state.plans[state.slots[provider, slot]]
    if plan.next != time:
        return
    form = form_of(state, provider, slot)
    if form == VISITS and _is_visit_made_otherwise(state, provider, slot, time):
        return
    if form == VISITS and keep_apart(state, provider, slot, time):
        return
    plan.next = NEVER
    plan.last = time
    if plan.beyond == 1:
        go_without(state, provider, slot, time)
        return
    if form not in (NO_RULE, VISITS) and _is_made_otherwise(state, provider, slot, time):
        return
    row = raise_inspection(state, provider, slot, time)
    if form == VISITS:
        plan.placed += 1
        place_next_visit(state, provider, slot, time)
    elif form != NO_RULE:
        stand_for_next_visit(state, provider, plan.kind, time, time + ticks_of(state, row), time)
    elif not is_of_rule(state, slot) and not is_of_sample(state, slot):
        forget(state, provider, slot)
    align(state, row, time)


@compiled
def _is_made_otherwise(state: State, provider: int, slot: int, time: int) -> bool:
    """Report whether an inspection on its way will do for the one that a cycle or a round has planned for now.

    Where the rule is statutory, one that waits at the inspectorate's discretion becomes statutory for it.
    """
    if not is_statutory(state, provider, slot):
        return is_raised_for(state, provider, slot)
    deadline = state.plans[state.slots[provider, slot]].deadline
    if is_in_hand(state, provider, slot, deadline, time):
        bind_waiting(state, provider, slot, deadline, time)
        return True
    row = discretionary_for(state, provider, slot)
    if row < 0:
        return False
    make_statutory(state, row, slot, deadline, time)
    return True


@compiled
def _is_visit_made_otherwise(state: State, provider: int, slot: int, time: int) -> bool:
    """Report whether the visit that a yearly rule has planned for now is not to be raised; then plan the next.

    No date may ask for it any more. Or another inspection may wait that will do for it, which becomes statutory.
    """
    plan = state.plans[row_to_plan(state, provider, slot)]
    drop_unowed(state, provider, slot, time)
    if plan.owed <= plan.placed:
        return True
    if not is_statutory(state, provider, slot) or plan.reason == BROUGHT_FORWARD:
        return False
    row = discretionary_for(state, provider, slot)
    if row < 0 or state.work[row].slot >= RULE:
        return False
    make_statutory(state, row, slot, plan.deadline, time)
    plan.placed += 1
    place_next_visit(state, provider, slot, time)
    return True
