"""What the slots of a provider have planned: each a row of plans, taken when first something is planned.

Most slots are empty most of the time, so a row that is no longer needed serves the next slot that is.
"""

from typing import Any

from simulator.compiling import compiled
from simulator.engine.agenda import DUE, send
from simulator.engine.in_force import is_of_rule, policy_in_force
from simulator.engine.state import State
from simulator.engine.work_records import MONITORING_SLOTS, NOTHING_PLANNED, RULE
from simulator.ticks import NEVER


@compiled
def row_to_plan(state: State, provider: int, slot: int) -> int:
    """Return the row in which a slot is to plan; to read, ``slots`` says which, without taking one."""
    row = state.slots[provider, slot]
    if row != NOTHING_PLANNED:
        return int(row)
    now = state.now[0]
    taken = now.free_plan
    if taken >= 0:
        now.free_plan = state.plans[taken].following
    else:
        taken = now.fresh_plan
        now.fresh_plan += 1
    state.plans[taken] = state.plans[NOTHING_PLANNED]
    state.slots[provider, slot] = taken
    return int(taken)


@compiled
def draft_plan(state: State, provider: int, slot: int, kind: int, reason: int, wanted_by: int) -> Any:
    """Write down what a slot plans, at the inspectorate's discretion and by no date, and return the row."""
    plan = state.plans[row_to_plan(state, provider, slot)]
    plan.framework = state.now[0].framework
    plan.kind = kind
    plan.reason = reason
    plan.statutory = 0
    plan.priority = policy_in_force(state).priority[kind]
    plan.deadline = NEVER
    plan.wanted_by = wanted_by
    plan.stands_for = -1
    return plan


@compiled
def ask(state: State, provider: int, slot: int, time: int) -> None:
    """Plan the next inspection of a slot at `time`."""
    state.plans[row_to_plan(state, provider, slot)].next = time
    send(state, time, DUE, provider * state.slots.shape[1] + slot)


@compiled
def unplan(state: State, provider: int, slot: int) -> None:
    """Raise nothing for a slot, until it plans again; it keeps all else that it knows."""
    row = state.slots[provider, slot]
    if row != NOTHING_PLANNED:
        state.plans[row].next = NEVER


@compiled
def forget(state: State, provider: int, slot: int) -> None:
    """Drop all that a slot has planned and not yet raised, and what it knows; a rule goes on numbering its draws."""
    row = state.slots[provider, slot]
    if row == NOTHING_PLANNED:
        return
    if is_of_rule(state, slot):
        draws = state.plans[row].draws
        state.plans[row] = state.plans[NOTHING_PLANNED]
        state.plans[row].draws = draws
        return
    state.slots[provider, slot] = NOTHING_PLANNED
    state.plans[row].following = state.now[0].free_plan
    state.now[0].free_plan = row


@compiled
def forget_plans(state: State, provider: int) -> None:
    """Drop all that is planned for a provider."""
    for slot in range(state.slots.shape[1]):
        forget(state, provider, slot)


@compiled
def is_of_sample(state: State, slot: int) -> bool:
    """Report whether a slot is one of samples."""
    return bool(RULE + state.now[0].rules <= slot < state.slots.shape[1] - MONITORING_SLOTS)
