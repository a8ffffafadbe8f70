"""Duties: the dates by which the law wants each provider inspected, kept apart from the work in hand.

For every statutory rule and every provider there is a date by which the next inspection that satisfies the rule must
have ended (docs/model.md, *What the inspectorate does*). Nothing that the inspectorate plans, raises or drops
changes it. A duty stands from the day on which the rule begins to count until an inspection meets it, its provider
closes or its rule is replaced; then, or at the horizon, its row is written.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from simulator.compiling import compiled
from simulator.engine.in_force import form_of, last_satisfied, policy_in_force, rule_of, rule_slots, satisfies
from simulator.engine.recorded import MET, VOID
from simulator.engine.state import State
from simulator.engine.work_records import AGAIN, FIRST, RULE
from simulator.inspectorate.rules_policy import ROUND, VISITS
from simulator.ticks import NEVER

NO_SLOT: Final = -1
"""Slot of a row that is free."""


@compiled
def open_duty(state: State, provider: int, slot: int, statutory: int, began: int, due: int) -> int:
    """Open a duty that began at a tick and falls due at another; return its row."""
    now = state.now[0]
    row = now.free_duty
    duty = state.standing[row]
    now.free_duty = duty.next
    now.free_duties -= 1
    duty.provider = provider
    duty.slot = slot
    duty.statutory = statutory
    duty.began = began
    duty.due = due
    duty.next = -1
    last = state.providers[provider].first_duty
    if last < 0:
        state.providers[provider].first_duty = row
        return int(row)
    while state.standing[last].next >= 0:
        last = state.standing[last].next
    state.standing[last].next = row
    return int(row)


@compiled
def oldest_duty(state: State, provider: int, slot: int) -> int:
    """Return the row of the oldest duty of a slot that stands, -1 if none does."""
    row = state.providers[provider].first_duty
    while row >= 0 and state.standing[row].slot != slot:
        row = state.standing[row].next
    return int(row)


@compiled
def duties_until(state: State, provider: int, slot: int, time: int) -> int:
    """Count the duties of a slot that stand and fall due by `time`."""
    count = 0
    row = state.providers[provider].first_duty
    while row >= 0:
        duty = state.standing[row]
        if duty.slot == slot and duty.due <= time:
            count += 1
        row = duty.next
    return count


@compiled
def meet_duties(state: State, provider: int, kind: int, slot: int, raised_by: int, raised: int, time: int) -> None:
    """Meet the duties that an inspection which ends now satisfies: of each rule the oldest.

    That of a round only if the round had begun when it was raised. Of the rules that ask for visits a year it counts
    for one alone, the one with the best claim. A re-inspection that comes before 1 April is no visit of the next year,
    even if it was planned for that.

    Parameters
    ----------
    kind : int
        Of the inspection.
    slot : int
        Whose duty it was to meet, -1 for none.
    raised_by : int
        The slot that raised it, -1 for none.
    raised : int
        When it was raised.
    """
    if raised_by in (FIRST, AGAIN):
        meet(state, provider, raised_by, time)
    yearly, best = -1, 0
    for rule_slot in rule_slots(state):
        if not satisfies(state, provider, rule_slot, kind):
            continue
        form = form_of(state, provider, rule_slot)
        row = oldest_duty(state, provider, rule_slot)
        if form == VISITS:
            plan = state.plans[state.slots[provider, rule_slot]]
            ahead = raised_by != AGAIN and plan.ahead > plan.made_ahead
            claim = claim_of(state, provider, rule_slot, kind, slot, row >= 0, ahead)
            if claim > best:
                yearly, best = rule_slot, claim
        elif form != ROUND or has_begun(state, provider, rule_slot, raised):
            meet(state, provider, rule_slot, time)
    if yearly >= 0 and oldest_duty(state, provider, yearly) >= 0:
        meet(state, provider, yearly, time)
    elif yearly >= 0:
        state.plans[state.slots[provider, yearly]].made_ahead += 1


@compiled
def claim_of(state: State, provider: int, slot: int, kind: int, made_for: int, stands: bool, ahead: bool) -> int:
    """Return how good the claim of a yearly rule's slot is on an inspection made for the slot `made_for`.

    Best is that of the slot it was made for, if one of its duties stands or a visit of the next year is made `ahead`;
    then those with a duty that stands, the one that asks for its kind first. 0 is none.
    """
    if slot == made_for and (stands or ahead):
        return 3
    if not stands:
        return 0
    return 2 if policy_in_force(state).kind[rule_of(state, provider, slot)] == kind else 1


@compiled
def has_begun(state: State, provider: int, slot: int, time: int) -> bool:
    """Report whether the oldest duty of a slot that stands began by `time`."""
    row = oldest_duty(state, provider, slot)
    return bool(row >= 0 and state.standing[row].began <= time)


@compiled
def meet(state: State, provider: int, slot: int, time: int) -> None:
    """Meet the oldest duty of a slot now, if one stands."""
    row = oldest_duty(state, provider, slot)
    if row >= 0:
        _record_duty(state, row, MET, _gap_of(state, provider, slot, time), time)
        drop_duty(state, row)


@compiled
def void_duties(state: State, provider: int, slot: int, gap: int, time: int) -> None:
    """End the duties of a slot unmet; `gap` is that of the oldest, NEVER if it goes on under another rule."""
    row = oldest_duty(state, provider, slot)
    while row >= 0:
        _record_duty(state, row, VOID, gap, time)
        drop_duty(state, row)
        gap = NEVER
        row = oldest_duty(state, provider, slot)


@compiled
def void_all_duties(state: State, provider: int, time: int) -> None:
    """End every duty towards a provider, because the provider closes."""
    while state.providers[provider].first_duty >= 0:
        slot = state.standing[state.providers[provider].first_duty].slot
        void_duties(state, provider, slot, _gap_of(state, provider, slot, time), time)


@compiled
def _gap_of(state: State, provider: int, slot: int, time: int) -> int:
    """Return the ticks since the last inspection that satisfied the rule of a slot, or since the provider opened.

    It is NEVER for a re-inspection, which follows a judgement and not the one before it.
    """
    place = state.providers[provider]
    if slot == AGAIN:
        return NEVER
    last = last_satisfied(state, provider, slot) if slot >= RULE else -NEVER
    return int(time - max(last, place.opened))


@compiled
def gaps_at_horizon(
    state: State, providers: npt.NDArray[np.int64], slots: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Return the gaps of some slots of providers that are open at the horizon, in ticks: shape n."""
    gaps = np.zeros(len(providers), dtype=np.int64)
    for at in range(len(providers)):
        gaps[at] = _gap_of(state, providers[at], slots[at], state.now[0].horizon)
    return gaps


@compiled
def _record_duty(state: State, row: int, outcome: int, gap: int, time: int) -> None:
    """Write the row of a statutory duty that ends."""
    now = state.now[0]
    duty = state.standing[row]
    if duty.statutory == 0:
        return
    place = state.providers[duty.provider]
    record = state.duties[now.duties]
    now.duties += 1
    record.provider = duty.provider
    record.generation = place.generation
    record.service_type = place.service_type
    record.regime = now.framework
    record.rule = duty.slot - RULE
    record.began = duty.began
    record.due = duty.due
    record.met = time if outcome == MET else NEVER
    record.ended = time
    record.outcome = outcome
    record.gap = gap
    record.gap_open = 0 if outcome == MET else 1


@compiled
def drop_duty(state: State, row: int) -> None:
    """Take a duty out of its provider's chain and put its row among the free ones."""
    now = state.now[0]
    duty = state.standing[row]
    place = state.providers[duty.provider]
    if place.first_duty == row:
        place.first_duty = duty.next
    else:
        before = place.first_duty
        while state.standing[before].next != row:
            before = state.standing[before].next
        state.standing[before].next = duty.next
    duty.slot = NO_SLOT
    duty.next = now.free_duty
    now.free_duty = row
    now.free_duties += 1
