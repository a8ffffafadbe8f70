"""Visits in an inspection year: how many a rule owes a provider, when they fall, and what stands for one."""

from typing import Any

from simulator.compiling import compiled
from simulator.engine.agenda import NEAR, send
from simulator.engine.asking import ask, ask_by_rule, awaits_first, form_of, is_statutory, last_satisfied, ticks_needed
from simulator.engine.duties import duties_until, meet, open_duty
from simulator.engine.in_hand import discretionary_for, in_hand_this_year, make_statutory, satisfies
from simulator.engine.recorded import BROUGHT_FORWARD
from simulator.engine.slots import row_to_plan
from simulator.engine.state import AGAIN, FIRST, RESPONSE, RULE, SCORES_KEPT, State
from simulator.engine.visiting import next_number, ticks_taken
from simulator.engine.visits_wanted import drop_unowed, standing_for, unplanned
from simulator.inspectorate.planner import (
    moment_at,
    place_of_score,
    score_of_year,
    share_gone,
    spaced,
    whole_visits,
    year_left,
    year_of,
)
from simulator.inspectorate.policy import VISITS
from simulator.ticks import NEVER
from simulator.world.streams import VISITS_OWED, uniform


@compiled
def begin_year(state: State, provider: int, slot: int, time: int) -> None:
    """Owe a year's visits by the rating held; after a takeover or a registration within the year, pro rata.

    While a first inspection is to come, all wait for it, and the law asks for nothing but that. A visit brought forward
    out of this year is not planned again, and meets its duty now if it ended in the last. What was due before is
    planned again, unless it is in hand.
    """
    place = state.providers[provider]
    plan = state.plans[row_to_plan(state, provider, slot)]
    policy = state.policies[state.now[0].framework]
    plan.visits_held = policy.visits[place.service_type, slot - RULE, place.rating]
    owed = owed_for(state, provider, slot, plan.visits_held, time)
    made = min(plan.made_ahead, owed)
    ahead = min(plan.ahead, owed)
    plan.made_ahead -= made
    plan.ahead = plan.made_ahead
    plan.owed, plan.placed, plan.next = 0, 0, NEVER
    if awaits_first(state, provider):
        plan.from_, plan.owed, plan.placed = time, owed, made + standing_for(state, provider, slot)
        return
    open_visits(state, provider, slot, owed, time)
    for _ in range(made):
        meet(state, provider, slot, time)
    by_law = is_statutory(state, provider, slot)
    lay_out(state, provider, slot, max(unplanned(state, provider, slot, time), 0) if by_law else owed - ahead, time)


@compiled
def open_visits(state: State, provider: int, slot: int, owed: int, time: int) -> None:
    """Open a duty for each visit owed, until the end of the inspection year.

    When that is near, what stands for a visit already is looked at.
    """
    if owed > 0 and is_statutory(state, provider, slot):
        year_end = state.month_starts[12 * (year_of(state.month_starts, time) + 1)]
        for _ in range(owed):
            open_duty(state, provider, slot, 1, time, year_end)
        if standing_for(state, provider, slot) > 0:
            look_when_near(state, provider, slot, year_end, time)


@compiled
def look_when_near(state: State, provider: int, slot: int, year_end: int, time: int) -> None:
    """Have what is in hand for a yearly rule looked at when the end of a year is near, now if it is."""
    near = state.policies[state.now[0].framework].near[state.providers[provider].service_type, slot - RULE]
    spare = max(near, ticks_needed(state, provider, slot)) + 1
    send(state, max(year_end - spare, time), NEAR, provider * state.slots.shape[1] + slot)


@compiled
def begin_after_first(state: State, provider: int, kind: int, time: int) -> None:
    """Plan the visits of the year that are owed beside a provider's first inspection, now ended.

    It is one of those that one rule asks for: of its own kind, or else of the rules that it satisfies the one that asks
    for most. What is owed beside it depends on what has been made in the year, not on what is planned or in hand.
    """
    stands_for = -1
    for slot in range(RULE, RULE + state.now[0].rules):
        if form_of(state, provider, slot) == VISITS:
            owe_after_first(state, provider, slot, time)
            if counts_more(state, provider, slot, stands_for, kind):
                stands_for = slot
    for slot in range(RULE, RULE + state.now[0].rules):
        if form_of(state, provider, slot) == VISITS:
            plan = state.plans[row_to_plan(state, provider, slot)]
            plan.last = time
            to_come = max(standing_for(state, provider, slot) - (plan.ahead - plan.made_ahead), 0)
            further = max(plan.owed - max(plan.placed - to_come, 0) - (slot == stands_for), 0)
            further = 0 if is_too_late(state, provider, slot, time) else further
            open_visits(state, provider, slot, further, time)
            lay_out(state, provider, slot, max(further - to_come, 0), time)


@compiled
def is_visit_made_otherwise(state: State, provider: int, slot: int, time: int) -> bool:
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


@compiled
def owe_after_first(state: State, provider: int, slot: int, time: int) -> None:
    """Owe all visits of the year or those for the rest of it, where a rule goes by when the first inspection ends."""
    place = state.providers[provider]
    before = state.policies[state.now[0].framework].whole_if_before[place.service_type, slot - RULE]
    if before == 0:
        return
    plan = state.plans[row_to_plan(state, provider, slot)]
    if time < state.month_starts[12 * year_of(state.month_starts, time) + before - 1]:
        plan.owed = int(plan.visits_held)
    else:
        plan.owed = owed_for(state, provider, slot, plan.visits_held, time)


@compiled
def counts_more(state: State, provider: int, slot: int, other: int, kind: int) -> bool:
    """Report whether a first inspection of a kind counts towards the rule of a slot rather than of an `other` one."""
    place = state.providers[provider]
    policy = state.policies[state.now[0].framework]
    if policy.satisfied_by[place.service_type, slot - RULE, kind] == 0:
        return False
    if other == -1:
        return True
    own = policy.kind[place.service_type, slot - RULE] == kind
    of_other = policy.kind[place.service_type, other - RULE] == kind
    if own != of_other:
        return bool(own)
    return bool(state.plans[state.slots[provider, slot]].owed > state.plans[state.slots[provider, other]].owed)


@compiled
def owe_difference(state: State, provider: int, slot: int, time: int) -> None:
    """A provider rated worse within the year owes the difference for the rest of it, unless 1 April says what is owed.

    A visit that news has brought forward stays there, the first of them.
    """
    place = state.providers[provider]
    policy = state.policies[state.now[0].framework]
    visits = policy.visits[place.service_type, slot - RULE, place.rating]
    plan = state.plans[row_to_plan(state, provider, slot)]
    if visits <= plan.visits_held or policy.held_all_year[place.service_type, slot - RULE] == 1:
        return
    more = owed_for(state, provider, slot, visits - plan.visits_held, time)
    plan.visits_held = visits
    if awaits_first(state, provider):
        plan.owed += more
    elif more > 0:
        open_visits(state, provider, slot, more, time)
        sooner, wanted_by = plan.next if plan.reason == BROUGHT_FORWARD else NEVER, plan.wanted_by
        more -= take_reinspection(state, provider, slot, time)
        lay_out(state, provider, slot, plan.owed - plan.placed + more, time)
        if sooner < plan.next:
            plan.reason, plan.wanted_by = BROUGHT_FORWARD, min(plan.wanted_by, wanted_by)
            ask(state, provider, slot, sooner)


@compiled
def take_reinspection(state: State, provider: int, slot: int, time: int) -> int:
    """Let a re-inspection that is planned for this year and stands for no visit stand for one; return how many did."""
    plan = state.plans[state.slots[provider, AGAIN]]
    year_end = state.month_starts[12 * (year_of(state.month_starts, time) + 1)]
    if plan.next >= year_end or plan.stands_for >= RULE or not satisfies(state, provider, slot, plan.kind):
        return 0
    plan.stands_for = slot
    look_when_near(state, provider, slot, year_end, time)
    return 1


@compiled
def owed_for(state: State, provider: int, slot: int, per_year: float, time: int) -> int:
    """Return the whole visits owed from `time` to the end of the year at so many a year."""
    place = state.providers[provider]
    plan = state.plans[row_to_plan(state, provider, slot)]
    draw = uniform(state.now[0].run, VISITS_OWED, place.identity, 8 * plan.draws + slot)
    plan.draws += 1
    if is_too_late(state, provider, slot, time):
        return 0
    return whole_visits(per_year * year_left(state.month_starts, time), draw)


@compiled
def is_too_late(state: State, provider: int, slot: int, time: int) -> bool:
    """Report whether the year is so near its end that its rule plans no more visits, since they could not end in it."""
    place = state.providers[provider]
    days_free = state.policies[state.now[0].framework].days_free[place.service_type, slot - RULE]
    year_end = state.month_starts[12 * (year_of(state.month_starts, time) + 1)]
    return bool(time >= year_end - max(days_free, ticks_needed(state, provider, slot)))


@compiled
def lay_out(state: State, provider: int, slot: int, owed: int, time: int) -> None:
    """Spread `owed` visits over the rest of the year."""
    plan = state.plans[row_to_plan(state, provider, slot)]
    plan.from_ = time
    plan.owed = owed
    plan.placed = 0
    place_next_visit(state, provider, slot, time)


@compiled
def place_next_visit(state: State, provider: int, slot: int, time: int) -> None:
    """Place the next of a year's visits in its own part of the period, by the month profile."""
    place = state.providers[provider]
    plan = state.plans[row_to_plan(state, provider, slot)]
    rule = slot - RULE
    if plan.placed >= plan.owed:
        plan.next = NEVER
        return
    policy = state.policies[state.now[0].framework]
    profile = policy.profile[place.service_type, rule]
    days_free = policy.days_free[place.service_type, rule]
    year = year_of(state.month_starts, plan.from_)
    year_end = state.month_starts[12 * (year + 1)]
    gone = share_gone(profile, state.month_starts, year, days_free, plan.from_)
    share = gone + (1.0 - gone) * (plan.placed + time_of_year(state, provider, slot, year)) / plan.owed
    moment = spaced(
        moment_at(profile, state.month_starts, year, days_free, share),
        max(plan.last, last_satisfied(state, provider, slot)),
        policy.spacing[place.service_type, rule],
        year_end,
        max(days_free, ticks_needed(state, provider, slot)),
        plan.owed - plan.placed - 1,
    )
    ask_by_rule(state, provider, slot, max(moment, time), year_end)


@compiled
def time_of_year(state: State, provider: int, slot: int, year: int) -> float:
    """Return where in its part of the year the next visit of a rule falls, 0 to 1, and keep the score it comes from."""
    place = state.providers[provider]
    plan = state.plans[row_to_plan(state, provider, slot)]
    correlation = state.policies[state.now[0].framework].correlation[place.service_type, slot - RULE]
    visit = plan.placed
    if visit >= SCORES_KEPT:
        return place_of_score(
            score_of_year(state.now[0].run, place.identity, slot - RULE, visit, year, correlation, 0.0, -1)
        )
    known = plan.score_year[visit] - 1
    if known > year:
        known = -1
    score = score_of_year(
        state.now[0].run, place.identity, slot - RULE, visit, year, correlation, plan.score[visit], known
    )
    plan.score[visit] = score
    plan.score_year[visit] = year + 1
    return place_of_score(score)


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
    year_end = state.month_starts[12 * (year_of(state.month_starts, time) + 1)]
    slot = slot_stood_for(state, provider, kind, ends > year_end)
    if slot == -1:
        return -1
    plan = state.plans[row_to_plan(state, provider, slot)]
    plan.last = when
    if ends > year_end:
        plan.ahead += 1
        year_end = next_year_end(state, time)
    else:
        plan.placed += 1
        if not awaits_first(state, provider):
            place_next_visit(state, provider, slot, time)
    look_when_near(state, provider, slot, year_end, time)
    return int(slot)


@compiled
def on_near(state: State, subject: int, time: int) -> None:
    """Make sure that what the law wants by the end of the year is in hand, now that it is near.

    A discretionary inspection that was to stand for a visit and still waits becomes statutory; what is short of the
    duties that stand is planned at once.
    """
    slots = state.slots.shape[1]
    provider, slot = subject // slots, subject % slots
    place = state.providers[provider]
    if place.open == 0 or form_of(state, provider, slot) != VISITS or not is_statutory(state, provider, slot):
        return
    year_end = state.month_starts[12 * (year_of(state.month_starts, time) + 1)]
    short = short_of(state, provider, slot, year_end)
    while short > 0 and discretionary_for(state, provider, slot) >= 0:
        make_statutory(state, discretionary_for(state, provider, slot), slot, year_end, time)
        short -= 1
    for other in (FIRST, AGAIN, RESPONSE):
        planned = state.plans[state.slots[provider, other]]
        if short > 0 and planned.next < year_end and satisfies(state, provider, slot, planned.kind):
            plan_as_statutory(state, provider, other, slot, year_end, time)
            short -= 1
    if short > 0 and not awaits_first(state, provider):
        owe_again(state, provider, slot, short, time)


@compiled
def plan_as_statutory(state: State, provider: int, other: int, slot: int, year_end: int, time: int) -> None:
    """Make what the slot `other` has planned a visit that a yearly rule asks for, early enough to end in the year."""
    place = state.providers[provider]
    plan = state.plans[row_to_plan(state, provider, other)]
    priority = state.policies[state.now[0].framework].rule_priority[place.service_type, slot - RULE]
    plan.statutory, plan.stands_for = 1, slot
    plan.deadline = min(plan.deadline, year_end)
    plan.priority = min(plan.priority, priority)
    if plan.number < 0:
        plan.number = next_number(state, provider)
    latest = year_end - ticks_taken(state, provider, plan.framework, plan.kind, plan.number, 1.0)
    if plan.next > latest:
        ask(state, provider, other, max(latest, time))


@compiled
def short_of(state: State, provider: int, slot: int, by: int) -> int:
    """Return how many duties of a slot that fall due by a tick are neither in hand nor planned by their rule."""
    plan = state.plans[state.slots[provider, slot]]
    planned = in_hand_this_year(state, provider, slot, by) + plan.owed - plan.placed
    return duties_until(state, provider, slot, by) - int(planned)


@compiled
def make_up(state: State, provider: int, slot: int, time: int) -> None:
    """Plan a visit of the year again if a duty calls for it, because what was to stand for it lapsed."""
    if is_statutory(state, provider, slot) and unplanned(state, provider, slot, time) > 0:
        owe_again(state, provider, slot, 1, time)


@compiled
def owe_again(state: State, provider: int, slot: int, visits: int, time: int) -> None:
    """Plan visits of the year again, because what was to stand for them was not made."""
    plan = state.plans[row_to_plan(state, provider, slot)]
    plan.owed += visits
    if plan.next == NEVER:
        place_next_visit(state, provider, slot, time)


@compiled
def slot_stood_for(state: State, provider: int, kind: int, next_year: bool) -> int:
    """Return the slot of the rule for one of whose visits an inspection of a kind stands; -1 if there is none.

    That of a rule which asks for this very kind, if it has a visit left in the year; or else of another rule that it
    satisfies. Of several the one whose visit is planned first.
    """
    place = state.providers[provider]
    policy = state.policies[state.now[0].framework]
    found, found_own = -1, False
    for slot in range(RULE, RULE + state.now[0].rules):
        rule = slot - RULE
        if form_of(state, provider, slot) != VISITS or policy.satisfied_by[place.service_type, rule, kind] == 0:
            continue
        plan = state.plans[state.slots[provider, slot]]
        own = policy.kind[place.service_type, rule] == kind
        left = plan.owed - plan.placed
        if next_year:
            left = int(policy.visits[place.service_type, rule, place.rating]) - plan.ahead
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
    policy = state.policies[state.now[0].framework]
    found = -1
    for slot in range(RULE, RULE + state.now[0].rules):
        plan = state.plans[state.slots[provider, slot]]
        if form_of(state, provider, slot) != VISITS or plan.ahead > 0:
            continue
        owes = policy.visits[place.service_type, slot - RULE, place.rating] > 0.0
        if not owes or moves[policy.kind[place.service_type, slot - RULE]] == 0:
            continue
        if found == -1 or plan.last < state.plans[state.slots[provider, found]].last:
            found = slot
    return found


@compiled
def advance_next_year(state: State, provider: int, slot: int, time: int) -> None:
    """Owe the first of the next year's visits by the end of this one."""
    plan = state.plans[row_to_plan(state, provider, slot)]
    year_end = state.month_starts[12 * (year_of(state.month_starts, time) + 1)]
    plan.owed += 1
    plan.ahead += 1
    ask_by_rule(state, provider, slot, year_end - 1, next_year_end(state, time))


@compiled
def next_year_end(state: State, time: int) -> int:
    """Return the end of the inspection year after that in which `time` falls."""
    return int(state.month_starts[12 * (year_of(state.month_starts, time) + 2)])
