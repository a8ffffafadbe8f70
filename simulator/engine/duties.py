"""Duties: the dates by which the law wants each provider inspected, kept apart from the work in hand.

For every statutory rule and every provider there is a date by which the next inspection that satisfies the rule must
have ended (MODEL, section 4). Nothing that the inspectorate plans, raises or drops changes it. A duty stands from the
day on which the rule begins to count until an inspection meets it, its provider closes or its rule is replaced; then,
or at the horizon, its row is written.
"""

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from simulator.compiling import compiled
from simulator.engine.recorded import JUDGED_LOW, MET, NEW_PROVIDER, VOID
from simulator.engine.state import AGAIN, FIRST, RULE, State
from simulator.inspectorate.policy import INTERVAL, KIND_COUNT, ROUND
from simulator.ticks import NEVER

NO_SLOT: Final = -1
"""Slot of a row that is free."""


@compiled
def open_duty(state: State, provider: int, slot: int, statutory: int, began: int, due: int) -> int:
    """Let a duty stand that began at a tick and falls due at another; return its row."""
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
def meet_duties(
    state: State, provider: int, slot: int, kind: int, reason: int, statutory: int, raised: int, time: int
) -> None:
    """Let an inspection that ends now meet the duties that it satisfies: of each rule the oldest.

    Of the rules that ask for visits a year it counts for one alone: the one whose slot it was made for, else the one
    that asks for its kind, else the first that it satisfies. It meets no round that began after it was raised. A visit
    made before a re-inspection has the same reason as that, but no law asks for it.

    Parameters
    ----------
    slot : int
        Whose duty it was to meet, -1 for none.
    kind, reason, statutory, raised : int
        Of the inspection.
    """
    if reason == NEW_PROVIDER:
        meet(state, provider, FIRST, time)
    elif reason == JUDGED_LOW and statutory == 1:
        meet(state, provider, AGAIN, time)
    place = state.providers[provider]
    if place.first_duty < 0:
        return
    policy = state.policies[state.now[0].framework]
    yearly, best = -1, 0
    for each in range(RULE, RULE + state.now[0].rules):
        rule = each - RULE
        if policy.satisfied_by[place.service_type, rule, kind] == 0:
            continue
        if policy.form[place.service_type, rule] == INTERVAL:
            meet(state, provider, each, time)
        elif policy.form[place.service_type, rule] == ROUND:
            if has_begun(state, provider, each, raised):
                meet(state, provider, each, time)
        elif oldest_duty(state, provider, each) >= 0:
            claim = 3 if each == slot else 2 if policy.kind[place.service_type, rule] == kind else 1
            if claim > best:
                yearly, best = each, claim
    if yearly >= 0:
        meet(state, provider, yearly, time)


@compiled
def has_begun(state: State, provider: int, slot: int, time: int) -> bool:
    """Report whether the oldest duty of a slot that stands began by `time`."""
    row = oldest_duty(state, provider, slot)
    return bool(row >= 0 and state.standing[row].began <= time)


@compiled
def meet(state: State, provider: int, slot: int, time: int) -> None:
    """Let the oldest duty of a slot be met now, if one stands."""
    row = oldest_duty(state, provider, slot)
    if row >= 0:
        record_duty(state, row, MET, gap_of(state, provider, slot, time), time)
        drop_duty(state, row)


@compiled
def void_duties(state: State, provider: int, slot: int, gap: int, time: int) -> None:
    """Let the duties of a slot end unmet; `gap` is that of the oldest, NEVER if it goes on under another rule."""
    row = oldest_duty(state, provider, slot)
    while row >= 0:
        record_duty(state, row, VOID, gap, time)
        drop_duty(state, row)
        gap = NEVER
        row = oldest_duty(state, provider, slot)


@compiled
def void_all_duties(state: State, provider: int, time: int) -> None:
    """Let every duty towards a provider end, because the provider closes."""
    while state.providers[provider].first_duty >= 0:
        slot = state.standing[state.providers[provider].first_duty].slot
        void_duties(state, provider, slot, gap_of(state, provider, slot, time), time)


@compiled
def gap_of(state: State, provider: int, slot: int, time: int) -> int:
    """Return the ticks since the last inspection that satisfied the rule of a slot, or since the provider opened.

    It is NEVER for a re-inspection, which follows a judgement and not the one before it.
    """
    place = state.providers[provider]
    if slot == AGAIN:
        return NEVER
    last = -NEVER
    if slot >= RULE:
        policy = state.policies[state.now[0].framework]
        last = latest_of(place.last_ended, policy.satisfied_by[place.service_type, slot - RULE])
    return int(time - max(last, place.opened))


@compiled
def gaps_at_horizon(
    state: State, providers: npt.NDArray[np.int64], slots: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Return the gaps of some slots of providers that are open at the horizon, in ticks: shape n."""
    gaps = np.zeros(len(providers), dtype=np.int64)
    for at in range(len(providers)):
        gaps[at] = gap_of(state, providers[at], slots[at], state.now[0].horizon)
    return gaps


@compiled
def latest_of(moments: Any, kinds: Any) -> int:
    """Return the latest of some moments by kind of inspection, among the kinds marked 1; -NEVER if there is none."""
    latest = -NEVER
    for kind in range(KIND_COUNT):
        if kinds[kind] == 1:
            latest = max(latest, moments[kind])
    return latest


@compiled
def record_duty(state: State, row: int, outcome: int, gap: int, time: int) -> None:
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
