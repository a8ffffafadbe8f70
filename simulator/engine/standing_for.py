"""What stands for a visit of the year that a rule asks for, and what happens where nothing does as the year ends.

That visit is not made. If what was to stand for it lapses, or nothing is made as the year ends, it is planned again
(docs/model.md, *What the inspectorate does*).
"""

from typing import Any

from simulator.compiling import compiled
from simulator.engine.asking import ask_by_rule, awaits_first
from simulator.engine.duties import duties_until
from simulator.engine.in_force import form_of, is_statutory, policy_in_force, rule_of, rule_slots, satisfies
from simulator.engine.in_hand import discretionary_for, in_hand_this_year, make_statutory
from simulator.engine.inspection_years import end_of_next_year, end_of_year
from simulator.engine.seeing import ticks_taken
from simulator.engine.slots import ask, row_to_plan
from simulator.engine.state import State
from simulator.engine.visiting import next_number
from simulator.engine.visits_wanted import unplanned
from simulator.engine.work_records import AGAIN, FIRST, RESPONSE
from simulator.engine.yearly_visits import look_when_near, place_next_visit
from simulator.inspectorate.rules_policy import VISITS
from simulator.ticks import NEVER


@compiled
def choose_visit(state: State, provider: int, slot: int, when: int, time: int) -> None:
    """Choose the visit of a year for which the inspection stands that a slot of no rule has planned at `when`."""
    plan = state.plans[state.slots[provider, slot]]
    if plan.number < 0:
        plan.number = next_number(state, provider)
    ends = when + ticks_taken(state, provider, plan.framework, plan.kind, plan.number, 1.0)
    plan.stands_for = stand_for_next_visit(state, provider, plan.kind, when, ends, time)


@compiled
def stand_for_next_visit(state: State, provider: int, kind: int, when: int, ends: int, time: int) -> int:
    """Choose the visit for which an inspection of another origin, planned at `when`, stands.

    That visit is not made; those after it keep their spacing from this inspection. One that with an inspector free
    `ends` beyond the end of the year stands for a visit of the next. The duty stands until the inspection has ended.

    Returns
    -------
    int
        The slot of that rule, -1 if it stands for none.
    """
    year_end = end_of_year(state, time)
    slot = _slot_stood_for(state, provider, kind, ends > year_end)
    if slot == -1:
        return -1
    plan = state.plans[row_to_plan(state, provider, slot)]
    plan.last = when
    if ends > year_end:
        plan.ahead += 1
        year_end = end_of_next_year(state, time)
    else:
        plan.placed += 1
        if not awaits_first(state, provider):
            place_next_visit(state, provider, slot, time)
    look_when_near(state, provider, slot, year_end, time)
    return int(slot)


@compiled
def _slot_stood_for(state: State, provider: int, kind: int, next_year: bool) -> int:
    """Return the slot of the rule for one of whose visits an inspection of a kind stands; -1 if there is none.

    That of a rule which asks for this very kind, if it has a visit left in the year; or else of another rule that it
    satisfies. Of several the one whose visit is planned first.
    """
    place = state.providers[provider]
    policy = policy_in_force(state)
    found, found_own = -1, False
    for slot in rule_slots(state):
        if form_of(state, provider, slot) != VISITS or not satisfies(state, provider, slot, kind):
            continue
        rule = rule_of(state, provider, slot)
        plan = state.plans[state.slots[provider, slot]]
        own = policy.kind[rule] == kind
        left = plan.owed - plan.placed
        if next_year:
            left = int(policy.visits[rule][place.rating]) - plan.ahead
        if left <= 0:
            continue
        sooner = not next_year and found != -1 and plan.next < state.plans[state.slots[provider, found]].next
        if found == -1 or (own and not found_own) or (own == found_own and sooner):
            found, found_own = slot, own
    return found


@compiled
def slot_to_advance(state: State, provider: int, moves: Any) -> int:
    """Return the slot of the rule whose first visit of the next year news may bring forward; -1 if there is none.

    It owes the provider visits at its rating, of a kind that news `moves`, and none has been brought forward yet. Of
    several the one that raised none for longest.
    """
    place = state.providers[provider]
    policy = policy_in_force(state)
    found = -1
    for slot in rule_slots(state):
        plan = state.plans[state.slots[provider, slot]]
        if form_of(state, provider, slot) != VISITS or plan.ahead > 0:
            continue
        rule = rule_of(state, provider, slot)
        owes = policy.visits[rule][place.rating] > 0.0
        if not owes or moves[policy.kind[rule]] == 0:
            continue
        if found == -1 or plan.last < state.plans[state.slots[provider, found]].last:
            found = slot
    return found


@compiled
def advance_next_year(state: State, provider: int, slot: int, time: int) -> None:
    """Owe the first of the next year's visits by the end of this one."""
    plan = state.plans[row_to_plan(state, provider, slot)]
    plan.owed += 1
    plan.ahead += 1
    ask_by_rule(state, provider, slot, end_of_year(state, time) - 1, end_of_next_year(state, time))


@compiled
def on_near(state: State, subject: int, time: int) -> None:
    """Make sure that what the law wants by the end of the year is in hand, now that it is near.

    docs/model.md, *What the inspectorate does*: duties, and inspections at its discretion.

    A discretionary inspection that was to stand for a visit and still waits becomes statutory; what is short of the
    duties that stand is planned at once.
    """
    slots = state.slots.shape[1]
    provider, slot = subject // slots, subject % slots
    place = state.providers[provider]
    if place.open == 0 or form_of(state, provider, slot) != VISITS or not is_statutory(state, provider, slot):
        return
    year_end = end_of_year(state, time)
    short = _short_of(state, provider, slot, year_end)
    while short > 0 and discretionary_for(state, provider, slot) >= 0:
        make_statutory(state, discretionary_for(state, provider, slot), slot, year_end, time)
        short -= 1
    for other in (FIRST, AGAIN, RESPONSE):
        planned = state.plans[state.slots[provider, other]]
        if short > 0 and planned.next < year_end and satisfies(state, provider, slot, planned.kind):
            _plan_as_statutory(state, provider, other, slot, year_end, time)
            short -= 1
    if short > 0 and not awaits_first(state, provider):
        _owe_again(state, provider, slot, short, time)


@compiled
def _plan_as_statutory(state: State, provider: int, other: int, slot: int, year_end: int, time: int) -> None:
    """Make what the slot `other` has planned a visit that a yearly rule asks for, early enough to end in the year."""
    plan = state.plans[row_to_plan(state, provider, other)]
    priority = policy_in_force(state).rule_priority[rule_of(state, provider, slot)]
    plan.statutory, plan.stands_for = 1, slot
    plan.deadline = min(plan.deadline, year_end)
    plan.priority = min(plan.priority, priority)
    if plan.number < 0:
        plan.number = next_number(state, provider)
    latest = year_end - ticks_taken(state, provider, plan.framework, plan.kind, plan.number, 1.0)
    if plan.next > latest:
        ask(state, provider, other, max(latest, time))


@compiled
def _short_of(state: State, provider: int, slot: int, by: int) -> int:
    """Return how many duties of a slot that fall due by a tick are neither in hand nor planned by their rule."""
    plan = state.plans[state.slots[provider, slot]]
    planned = in_hand_this_year(state, provider, slot, by) + plan.owed - plan.placed
    return duties_until(state, provider, slot, by) - int(planned)


@compiled
def make_up(state: State, provider: int, slot: int, time: int) -> None:
    """Plan a visit of the year again if a duty calls for it, because what was to stand for it lapsed."""
    if is_statutory(state, provider, slot) and unplanned(state, provider, slot, time) > 0:
        _owe_again(state, provider, slot, 1, time)


@compiled
def _owe_again(state: State, provider: int, slot: int, visits: int, time: int) -> None:
    """Plan visits of the year again, because what was to stand for them was not made."""
    plan = state.plans[row_to_plan(state, provider, slot)]
    plan.owed += visits
    if plan.next == NEVER:
        place_next_visit(state, provider, slot, time)
