"""Statutory inspections that were owed before the start of a scenario, and whose dates have passed: a starting backlog.

On the day on which measures begin to count, after everything has been planned, some duties are found to be past their
dates: for visits a year one of the year before, by the end of that year; for a cycle the one that stands, whose last
inspection then counts as having been a whole interval ago. For each of them an inspection waits from that day on.
"""

from typing import Final

import numpy as np

from simulator.compiling import compiled, constant
from simulator.engine.accounts import count_waiting
from simulator.engine.agenda import ARREARS, send
from simulator.engine.asking import awaits_first
from simulator.engine.duties import oldest_duty, open_duty
from simulator.engine.in_force import form_of, is_statutory, policy_in_force, rule_of, rule_slots
from simulator.engine.in_hand import is_raised_for
from simulator.engine.recorded import PLANNED
from simulator.engine.slots import unplan
from simulator.engine.state import State
from simulator.engine.visiting import enqueue, new_work, next_number
from simulator.engine.work_records import RULE
from simulator.inspectorate.planner import year_of
from simulator.inspectorate.policy import KIND_COUNT
from simulator.inspectorate.rules_policy import INTERVAL, VISITS
from simulator.ticks import MONTHS, NEVER, TICKS_PER_YEAR
from simulator.world.streams import OWED_BEFORE, exponential

CHOOSE: Final = constant(0)
"""Subject of the event at which it is chosen who is owed; every other is a provider times slots plus slot."""


@compiled
def on_arrears(state: State, subject: int, time: int) -> None:
    """Choose which inspections were owed before now, or find that one of them was (docs/model.md, *Time*)."""
    if subject == CHOOSE:
        _choose(state, time)
        return
    slots = state.slots.shape[1]
    provider, slot = subject // slots, subject % slots
    due = time
    if form_of(state, provider, slot) == VISITS:
        due = _owe_visit(state, provider, slot, time)
    else:
        _owe_cycle(state, provider, slot, time)
    policy, rule = policy_in_force(state), rule_of(state, provider, slot)
    row = new_work(state, provider, state.now[0].framework, policy.kind[rule], next_number(state, provider), time)
    work = state.work[row]
    work.reason = PLANNED
    work.slot = work.raised_by = slot
    work.statutory = 1
    work.deadline = due
    work.priority = policy.rule_priority[rule]
    count_waiting(state, row, 1)
    enqueue(state, row, due, time)


@compiled
def _owe_visit(state: State, provider: int, slot: int, time: int) -> int:
    """Owe a visit of the inspection year before this one, as the oldest of the rule; return its date."""
    due = state.month_starts[MONTHS * year_of(state.month_starts, time)]
    began = due - int(TICKS_PER_YEAR)
    oldest = oldest_duty(state, provider, slot)
    if oldest < 0:
        open_duty(state, provider, slot, 1, began, due)
        return int(due)
    duty = state.standing[oldest]
    open_duty(state, provider, slot, 1, duty.began, duty.due)
    duty.began, duty.due = began, due
    return int(due)


@compiled
def _owe_cycle(state: State, provider: int, slot: int, time: int) -> None:
    """Set the date of a cycle to now: its last inspection counts as having been an interval ago."""
    place = state.providers[provider]
    policy, rule = policy_in_force(state), rule_of(state, provider, slot)
    last = time - policy.interval[rule][place.rating]
    for kind in range(KIND_COUNT):
        if policy.satisfied_by[rule][kind] == 1 and place.last_ended[kind] > last:
            place.last_ended[kind] = last
    place.last_ended[policy.kind[rule]] = last
    row = oldest_duty(state, provider, slot)
    if row < 0:
        open_duty(state, provider, slot, 1, last, time)
    else:
        duty = state.standing[row]
        duty.began, duty.due = min(duty.began, last), time
    unplan(state, provider, slot)


@compiled
def _choose(state: State, time: int) -> None:
    """Choose the rules and providers that are owed an inspection: each at most one, oftener those inspected oftener.

    They are the first in a race of exponential clocks that run as often as the rule asks for inspections, so that the
    same providers are owed under frameworks that ask alike.
    """
    now = state.now[0]
    rings = np.full(len(state.providers) * now.rules, np.inf)
    yearly = 0.0
    for provider in range(len(state.providers)):
        for slot in rule_slots(state):
            rate = _rate(state, provider, slot, time)
            if rate > 0.0:
                identity = state.providers[provider].identity
                ring = exponential(now.run, OWED_BEFORE, identity, slot) / rate
                rings[provider * now.rules + slot - RULE] = ring
                yearly += rate
    wanted = int(now.owed + now.owed_months / MONTHS * yearly + 0.5)
    for place in np.argsort(rings)[:wanted]:
        if rings[place] < np.inf:
            provider, rule = place // now.rules, place % now.rules
            send(state, time, ARREARS, provider * state.slots.shape[1] + RULE + rule)


@compiled
def _rate(state: State, provider: int, slot: int, time: int) -> float:
    """Return the inspections a year that a statutory rule asks for, 0 where none can have been owed before now.

    That is of a provider open for less than a year, or an interval, in this run, of one that awaits its first
    inspection, and of one to which an inspection is on its way already.
    """
    place = state.providers[provider]
    form = form_of(state, provider, slot)
    if place.open == 0 or form not in (VISITS, INTERVAL) or not is_statutory(state, provider, slot):
        return 0.0
    policy, rule = policy_in_force(state), rule_of(state, provider, slot)
    rate = float(policy.visits[rule][place.rating])
    if form == INTERVAL:
        interval = policy.interval[rule][place.rating]
        rate = TICKS_PER_YEAR / interval if interval < NEVER else 0.0
    is_old = place.opened <= state.now[0].begins or (time - place.opened) * rate >= TICKS_PER_YEAR
    if not is_old or awaits_first(state, provider) or is_raised_for(state, provider, slot):
        return 0.0
    return rate
