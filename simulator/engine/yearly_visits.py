"""Visits in an inspection year: how many a rule owes a provider, and when they fall.

Consultation 2006, 2.3.2: children's homes twice a year; 3.1.11 and 3.1.12: once, twice or three times by the rating.
"""

from simulator.compiling import compiled
from simulator.engine.agenda import NEAR, send
from simulator.engine.asking import ask_by_rule, awaits_first, ticks_needed
from simulator.engine.duties import meet, open_duty
from simulator.engine.in_force import (
    form_of,
    is_statutory,
    last_satisfied,
    policy_in_force,
    rule_of,
    rule_slots,
    satisfies,
)
from simulator.engine.inspection_years import end_of_year
from simulator.engine.recorded import BROUGHT_FORWARD
from simulator.engine.slots import ask, row_to_plan
from simulator.engine.state import State
from simulator.engine.visits_wanted import standing_in, unplanned
from simulator.engine.work_records import AGAIN, RULE, SCORES_KEPT
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
from simulator.inspectorate.rules_policy import VISITS
from simulator.ticks import MONTHS, NEVER
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
    policy, rule = policy_in_force(state), rule_of(state, provider, slot)
    plan.visits_held = policy.visits[rule][place.rating]
    owed = _owed_for(state, provider, slot, plan.visits_held, time)
    made = min(plan.made_ahead, owed)
    ahead = min(plan.ahead, owed)
    plan.made_ahead -= made
    plan.ahead = plan.made_ahead
    plan.owed, plan.placed, plan.next = 0, 0, NEVER
    if awaits_first(state, provider):
        plan.from_, plan.owed, plan.placed = time, owed, made + standing_in(state, provider, slot)
        return
    _open_visits(state, provider, slot, owed, time)
    for _ in range(made):
        meet(state, provider, slot, time)
    by_law = is_statutory(state, provider, slot)
    _lay_out(state, provider, slot, max(unplanned(state, provider, slot, time), 0) if by_law else owed - ahead, time)


@compiled
def _open_visits(state: State, provider: int, slot: int, owed: int, time: int) -> None:
    """Open a duty for each visit owed, until the end of the inspection year.

    When that is near, what stands for a visit already is looked at.
    """
    if owed > 0 and is_statutory(state, provider, slot):
        year_end = end_of_year(state, time)
        for _ in range(owed):
            open_duty(state, provider, slot, 1, time, year_end)
        if standing_in(state, provider, slot) > 0:
            look_when_near(state, provider, slot, year_end, time)


@compiled
def look_when_near(state: State, provider: int, slot: int, year_end: int, time: int) -> None:
    """Have what is in hand for a yearly rule looked at when the end of a year is near, now if it is."""
    near = policy_in_force(state).near[rule_of(state, provider, slot)]
    spare = max(near, ticks_needed(state, provider, slot)) + 1
    send(state, max(year_end - spare, time), NEAR, provider * state.slots.shape[1] + slot)


@compiled
def begin_after_first(state: State, provider: int, kind: int, time: int) -> None:
    """Plan the visits of the year that are owed beside a provider's first inspection, now ended.

    It is one of those that one rule asks for: of its own kind, or else of the rules that it satisfies the one that asks
    for most. What is owed beside it depends on what has been made in the year, not on what is planned or in hand.
    """
    stands_for = -1
    for slot in rule_slots(state):
        if form_of(state, provider, slot) == VISITS:
            _owe_after_first(state, provider, slot, time)
            if _counts_more(state, provider, slot, stands_for, kind):
                stands_for = slot
    for slot in rule_slots(state):
        if form_of(state, provider, slot) == VISITS:
            plan = state.plans[row_to_plan(state, provider, slot)]
            plan.last = time
            to_come = max(standing_in(state, provider, slot) - (plan.ahead - plan.made_ahead), 0)
            further = max(plan.owed - max(plan.placed - to_come, 0) - (slot == stands_for), 0)
            further = 0 if _is_too_late(state, provider, slot, time) else further
            _open_visits(state, provider, slot, further, time)
            _lay_out(state, provider, slot, max(further - to_come, 0), time)


@compiled
def _owe_after_first(state: State, provider: int, slot: int, time: int) -> None:
    """Owe all visits of the year or those for the rest of it, where a rule goes by when the first inspection ends."""
    before = policy_in_force(state).whole_if_before[rule_of(state, provider, slot)]
    if before == 0:
        return
    plan = state.plans[row_to_plan(state, provider, slot)]
    if time < state.month_starts[MONTHS * year_of(state.month_starts, time) + before - 1]:
        plan.owed = int(plan.visits_held)
    else:
        plan.owed = _owed_for(state, provider, slot, plan.visits_held, time)


@compiled
def _counts_more(state: State, provider: int, slot: int, other: int, kind: int) -> bool:
    """Report whether a first inspection of a kind counts towards the rule of a slot rather than of an `other` one."""
    policy, rule = policy_in_force(state), rule_of(state, provider, slot)
    if not satisfies(state, provider, slot, kind):
        return False
    if other == -1:
        return True
    own = policy.kind[rule] == kind
    of_other = policy.kind[rule_of(state, provider, other)] == kind
    if own != of_other:
        return bool(own)
    return bool(state.plans[state.slots[provider, slot]].owed > state.plans[state.slots[provider, other]].owed)


@compiled
def owe_difference(state: State, provider: int, slot: int, time: int) -> None:
    """A provider rated worse within the year owes the difference for the rest of it, unless 1 April says what is owed.

    A visit that news has brought forward stays there, the first of them.
    """
    place = state.providers[provider]
    policy, rule = policy_in_force(state), rule_of(state, provider, slot)
    visits = policy.visits[rule][place.rating]
    plan = state.plans[row_to_plan(state, provider, slot)]
    if visits <= plan.visits_held or policy.held_all_year[rule] == 1:
        return
    more = _owed_for(state, provider, slot, visits - plan.visits_held, time)
    plan.visits_held = visits
    if awaits_first(state, provider):
        plan.owed += more
    elif more > 0:
        _open_visits(state, provider, slot, more, time)
        sooner, wanted_by = plan.next if plan.reason == BROUGHT_FORWARD else NEVER, plan.wanted_by
        more -= _take_reinspection(state, provider, slot, time)
        _lay_out(state, provider, slot, plan.owed - plan.placed + more, time)
        if sooner < plan.next:
            plan.reason, plan.wanted_by = BROUGHT_FORWARD, min(plan.wanted_by, wanted_by)
            ask(state, provider, slot, sooner)


@compiled
def _take_reinspection(state: State, provider: int, slot: int, time: int) -> int:
    """Count a re-inspection planned for this year as a visit, if it counts as none yet; return how many do."""
    plan = state.plans[state.slots[provider, AGAIN]]
    year_end = end_of_year(state, time)
    if plan.next >= year_end or plan.stands_for >= RULE or not satisfies(state, provider, slot, plan.kind):
        return 0
    plan.stands_for = slot
    look_when_near(state, provider, slot, year_end, time)
    return 1


@compiled
def _owed_for(state: State, provider: int, slot: int, per_year: float, time: int) -> int:
    """Return the whole visits owed from `time` to the end of the year at so many a year."""
    place = state.providers[provider]
    plan = state.plans[row_to_plan(state, provider, slot)]
    draw = uniform(state.now[0].run, VISITS_OWED, place.identity, 8 * plan.draws + slot)
    plan.draws += 1
    if _is_too_late(state, provider, slot, time):
        return 0
    return whole_visits(per_year * year_left(state.month_starts, time), draw)


@compiled
def _is_too_late(state: State, provider: int, slot: int, time: int) -> bool:
    """Report whether the year is so near its end that its rule plans no more visits, since they could not end in it."""
    days_free = policy_in_force(state).days_free[rule_of(state, provider, slot)]
    return bool(time >= end_of_year(state, time) - max(days_free, ticks_needed(state, provider, slot)))


@compiled
def _lay_out(state: State, provider: int, slot: int, owed: int, time: int) -> None:
    """Spread `owed` visits over the rest of the year."""
    plan = state.plans[row_to_plan(state, provider, slot)]
    plan.from_ = time
    plan.owed = owed
    plan.placed = 0
    place_next_visit(state, provider, slot, time)


@compiled
def place_next_visit(state: State, provider: int, slot: int, time: int) -> None:
    """Place the next of a year's visits in its own part of the period, by the month profile."""
    plan = state.plans[row_to_plan(state, provider, slot)]
    if plan.placed >= plan.owed:
        plan.next = NEVER
        return
    policy, rule = policy_in_force(state), rule_of(state, provider, slot)
    profile, days_free = policy.profile[rule], policy.days_free[rule]
    year = year_of(state.month_starts, plan.from_)
    year_end = state.month_starts[MONTHS * (year + 1)]
    gone = share_gone(profile, state.month_starts, year, days_free, plan.from_)
    share = gone + (1.0 - gone) * (plan.placed + _time_of_year(state, provider, slot, year)) / plan.owed
    moment = spaced(
        moment_at(profile, state.month_starts, year, days_free, share),
        max(plan.last, last_satisfied(state, provider, slot)),
        policy.spacing[rule],
        year_end,
        max(days_free, ticks_needed(state, provider, slot)),
        plan.owed - plan.placed - 1,
    )
    ask_by_rule(state, provider, slot, max(moment, time), year_end)


@compiled
def _time_of_year(state: State, provider: int, slot: int, year: int) -> float:
    """Return where in its part of the year the next visit of a rule falls, 0 to 1, and keep the score it comes from."""
    place = state.providers[provider]
    plan = state.plans[row_to_plan(state, provider, slot)]
    correlation = policy_in_force(state).correlation[rule_of(state, provider, slot)]
    run, rule, visit = state.now[0].run, slot - RULE, plan.placed
    if visit >= SCORES_KEPT:
        return place_of_score(score_of_year(run, place.identity, rule, visit, year, correlation, 0.0, -1))
    known = plan.score_year[visit] - 1
    if known > year:
        known = -1
    score = score_of_year(run, place.identity, rule, visit, year, correlation, plan.score[visit], known)
    plan.score[visit] = score
    plan.score_year[visit] = year + 1
    return place_of_score(score)
