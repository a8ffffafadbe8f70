"""Cycles and rounds: an inspection within some months of the last, or once between two dates.

Consultation 2006, 2.3.2 and 3.1.2 to 3.1.4: at most three years between inspections; 2.3.4: all between two dates.

A visit is planned so that, with an inspector free, it *ends* by the date of its duty, and a little earlier at random so
that nobody can predict it. How early is drawn once per cycle (docs/model.md, *What the inspectorate does*).
"""

from simulator.compiling import compiled
from simulator.engine.asking import ask_by_rule, awaits_first, ticks_needed
from simulator.engine.duties import oldest_duty, open_duty, void_duties
from simulator.engine.in_force import (
    form_of,
    is_statutory,
    last_satisfied,
    latest_of,
    policy_in_force,
    rule_of,
    rule_slots,
)
from simulator.engine.in_hand import is_in_hand, is_raised_for, set_deadline
from simulator.engine.slots import row_to_plan
from simulator.engine.state import State
from simulator.engine.work_records import AGAIN, FIRST, RULE
from simulator.inspectorate.rules_policy import ROUND, ROUNDS
from simulator.ticks import NEVER
from simulator.world.streams import AVAILABILITY, ROUND_DAY, uniform


@compiled
def plan_interval(state: State, provider: int, slot: int, time: int) -> None:
    """Set the date of a cycle, and plan its inspection where none is planned or in hand."""
    if not is_statutory(state, provider, slot):
        _plan_at_discretion(state, provider, slot, time)
        return
    due = _settle_date(state, provider, slot, time)
    if due == NEVER or awaits_first(state, provider) or is_in_hand(state, provider, slot, due, time):
        return
    if state.plans[state.slots[provider, slot]].next == NEVER:
        _ask_before(state, provider, slot, due, time)


@compiled
def _settle_date(state: State, provider: int, slot: int, time: int) -> int:
    """Set the date of a cycle by the last inspection and the rating; return it, NEVER where none falls due.

    The date counts from the end of the last inspection that satisfies the rule, or from registration. Where a rule or
    a rating is new and the date it sets is past or near, the law allows some days to come into line; a date that
    stands already is never put off by that. Nothing is new to whom the run finds in the midst of a cycle: there a date
    that is too near leaves the time that a visit takes.
    """
    place = state.providers[provider]
    policy, rule = policy_in_force(state), rule_of(state, provider, slot)
    interval = policy.interval[rule][place.rating]
    row = oldest_duty(state, provider, slot)
    if interval == NEVER:
        void_duties(state, provider, slot, NEVER, time)
        return NEVER
    date = _counts_from(state, provider, slot) + interval
    if row >= 0 and state.standing[row].due == date:
        return int(date)
    in_time = max(date, time + min(policy.catch_up[rule], interval))
    if time == place.opened:
        in_time = max(date, time + ticks_needed(state, provider, slot))
    if row < 0:
        open_duty(state, provider, slot, 1, max(_counts_from(state, provider, slot), place.opened), in_time)
        return int(in_time)
    duty = state.standing[row]
    due = min(in_time, duty.due) if date < duty.due else date
    if due != duty.due:
        duty.due = due
        set_deadline(state, provider, slot, due, time)
    return int(duty.due)


@compiled
def _counts_from(state: State, provider: int, slot: int) -> int:
    """Return the tick from which a cycle counts: the end of its last inspection, or the registration."""
    last = last_satisfied(state, provider, slot)
    return int(last if last > -NEVER else state.providers[provider].opened)


@compiled
def _plan_at_discretion(state: State, provider: int, slot: int, time: int) -> None:
    """Plan the inspection of a cycle that no law asks for, unless one that serves as well waits or runs.

    One that lapsed is not asked for again before another interval has passed.
    """
    interval = policy_in_force(state).interval[rule_of(state, provider, slot)][state.providers[provider].rating]
    plan = state.plans[state.slots[provider, slot]]
    if interval == NEVER or plan.next < NEVER or awaits_first(state, provider) or is_raised_for(state, provider, slot):
        return
    _ask_before(state, provider, slot, max(_counts_from(state, provider, slot), plan.lapsed) + interval, time)


@compiled
def _ask_before(state: State, provider: int, slot: int, due: int, time: int) -> None:
    """Plan the inspection of a cycle to end before the tick `due`, if there is still time."""
    place = state.providers[provider]
    policy, rule = policy_in_force(state), rule_of(state, provider, slot)
    interval = policy.interval[rule][place.rating]
    since = _counts_from(state, provider, slot)
    draw = uniform(state.now[0].run, AVAILABILITY, place.identity, (since + NEVER) * 8 + slot - RULE)
    early = int(policy.available_share[rule] * interval * draw)
    spare = min(policy.days_free[rule], interval // 4)
    needed = ticks_needed(state, provider, slot)
    ask_by_rule(state, provider, slot, max(due - needed - spare - early, time), due)


@compiled
def plan_round(state: State, provider: int, slot: int, time: int) -> None:
    """Plan the one inspection of a round, evenly between its two dates or over what is left of it.

    An inspection belongs to the round in which it was raised, even if it ends after it. A round that is over without
    one comes before the next.
    """
    if oldest_duty(state, provider, slot) < 0:
        _open_next_round(state, provider, slot, NEVER, time)
    row = oldest_duty(state, provider, slot)
    plan = state.plans[state.slots[provider, slot]]
    if row < 0 or plan.next < NEVER or awaits_first(state, provider):
        return
    duty = state.standing[row]
    if is_in_hand(state, provider, slot, duty.due, time):
        return
    place = state.providers[provider]
    policy, rule = policy_in_force(state), rule_of(state, provider, slot)
    ends = policy.round_until[rule]
    number = 0
    while ends[number] != duty.due:
        number += 1
    state.plans[row_to_plan(state, provider, slot)].from_ = duty.began
    begin = max(duty.began, time)
    spare = max(policy.days_free[rule], ticks_needed(state, provider, slot))
    usable = max(duty.due - spare - begin, 1)
    draw = uniform(state.now[0].run, ROUND_DAY, place.identity, number)
    ask_by_rule(state, provider, slot, begin + int(usable * draw), duty.due)


@compiled
def _open_next_round(state: State, provider: int, slot: int, by: int, time: int) -> bool:
    """Open the duty of the next round of a slot if it begins before the tick `by`; report whether there was one.

    A round in which an inspection was raised already needs none, nor does one that is over or too near its end when
    its rule, or the provider, is new.
    """
    place = state.providers[provider]
    policy, rule = policy_in_force(state), rule_of(state, provider, slot)
    begins = policy.round_from[rule]
    ends = policy.round_until[rule]
    last = latest_of(state.last_raised[place.round_row], policy.satisfied_by[rule])
    plan = state.plans[row_to_plan(state, provider, slot)]
    for number in range(ROUNDS):
        if begins[number] >= by or begins[number] == NEVER:
            return False
        if ends[number] <= plan.opened_until:
            continue
        plan.opened_until = ends[number]
        latest = ends[number] - policy.days_free[rule]
        if last < begins[number] and time < latest:
            statutory = policy.statutory[rule]
            open_duty(state, provider, slot, statutory, begins[number], ends[number])
            return True
    return False


@compiled
def open_rounds(state: State, provider: int, by: int, time: int) -> None:
    """Open the duties of all rounds that begin before the tick `by`, whether or not earlier ones are done."""
    for slot in rule_slots(state):
        if form_of(state, provider, slot) == ROUND:
            while _open_next_round(state, provider, slot, by, time):
                pass


@compiled
def earliest(state: State, provider: int, slot: int) -> int:
    """Return the tick before which a slot's inspection cannot be moved.

    That of a round, not before the round; a first inspection or a re-inspection, not before its rule has it begin.
    """
    if slot not in (FIRST, AGAIN) and form_of(state, provider, slot) != ROUND:
        return -NEVER
    return int(state.plans[state.slots[provider, slot]].from_)
