"""When statutory rules raise a provider's inspections: visits per year, intervals, rounds."""

from simulator.compiling import compiled
from simulator.engine.agenda import NEAR, send
from simulator.engine.asking import ask, ask_by_rule, awaits_first, form_of, is_statutory, last_satisfied, ticks_needed
from simulator.engine.cycles import plan_interval, plan_round
from simulator.engine.duties import duties_until, meet, open_duty
from simulator.engine.in_hand import discretionary_for, in_hand_this_year, make_statutory, satisfies
from simulator.engine.recorded import BROUGHT_FORWARD
from simulator.engine.slots import row_to_plan
from simulator.engine.state import AGAIN, RESPONSE, RULE, State
from simulator.inspectorate.planner import (
    moment_at,
    place_in_stratum,
    share_gone,
    spaced,
    whole_visits,
    year_left,
    year_of,
)
from simulator.inspectorate.policy import INTERVAL, ROUND, VISITS
from simulator.ticks import NEVER
from simulator.world.streams import VISITS_OWED, uniform


@compiled
def plan_rules(state: State, provider: int, time: int) -> None:
    """Let every rule of a provider's type ask for its next inspection, where it has not yet asked."""
    for slot in range(RULE, RULE + state.now[0].rules):
        plan_rule(state, provider, slot, time)


@compiled
def plan_rule(state: State, provider: int, slot: int, time: int) -> None:
    """Let a rule settle the date of its duty and ask for its next inspection, where it has not yet asked."""
    form = form_of(state, provider, slot)
    if form == VISITS:
        owe_difference(state, provider, slot, time)
    elif form == INTERVAL:
        plan_interval(state, provider, slot, time)
    elif form == ROUND:
        plan_round(state, provider, slot, time)


@compiled
def plan_before_first(state: State, provider: int, time: int) -> None:
    """Settle the dates of a provider that registers; no rule but that on its first inspection asks for a visit yet."""
    for slot in range(RULE, RULE + state.now[0].rules):
        if form_of(state, provider, slot) != VISITS:
            plan_rule(state, provider, slot, time)


@compiled
def begin_year(state: State, provider: int, slot: int, time: int) -> None:
    """Owe a year's visits by the rating held; after a takeover within the year, pro rata.

    A first inspection still to come is one of the visits of a provider not yet graded, and the others follow
    it. A visit brought forward out of this year was made in the last.
    """
    place = state.providers[provider]
    plan = state.plans[row_to_plan(state, provider, slot)]
    policy = state.policies[state.now[0].framework]
    plan.visits_held = policy.visits[place.service_type, slot - RULE, place.rating]
    late = duties_until(state, provider, slot, time)
    in_hand = in_hand_this_year(state, provider, slot)
    owed = owed_for(state, provider, slot, plan.visits_held, time)
    open_visits(state, provider, slot, owed, time)
    if awaits_first(state, provider):
        plan.from_, plan.owed, plan.placed, plan.next = time, max(late + owed - 1, 0), 0, NEVER
        return
    ahead = min(plan.ahead, owed)
    plan.ahead -= ahead
    for _ in range(ahead - max(in_hand - late, 0)):
        meet(state, provider, slot, time)
    lay_out(state, provider, slot, max(late - in_hand, 0) + owed - ahead, time)


@compiled
def open_visits(state: State, provider: int, slot: int, owed: int, time: int) -> None:
    """Let a duty stand for each visit owed, until the end of the inspection year."""
    if is_statutory(state, provider, slot):
        year_end = state.month_starts[12 * (year_of(state.month_starts, time) + 1)]
        for _ in range(owed):
            open_duty(state, provider, slot, 1, time, year_end)


@compiled
def begin_after_first(state: State, provider: int, time: int) -> None:
    """Plan the year's visits that a provider not yet graded owes beside its first inspection, now ended."""
    for slot in range(RULE, RULE + state.now[0].rules):
        plan = state.plans[state.slots[provider, slot]]
        if form_of(state, provider, slot) == VISITS and plan.placed < plan.owed:
            lay_out(state, provider, slot, plan.owed - plan.placed, time)


@compiled
def owe_difference(state: State, provider: int, slot: int, time: int) -> None:
    """A provider rated worse within the year owes the difference for the rest of it.

    A visit that news has brought forward stays there, the first of them.
    """
    place = state.providers[provider]
    plan = state.plans[row_to_plan(state, provider, slot)]
    visits = state.policies[state.now[0].framework].visits[place.service_type, slot - RULE, place.rating]
    if visits <= plan.visits_held:
        return
    more = owed_for(state, provider, slot, visits - plan.visits_held, time)
    plan.visits_held = visits
    if more > 0:
        open_visits(state, provider, slot, more, time)
        sooner, wanted_by = plan.next if plan.reason == BROUGHT_FORWARD else NEVER, plan.wanted_by
        lay_out(state, provider, slot, plan.owed - plan.placed + more, time)
        if sooner < plan.next:
            plan.reason, plan.wanted_by = BROUGHT_FORWARD, min(plan.wanted_by, wanted_by)
            ask(state, provider, slot, sooner)


@compiled
def owed_for(state: State, provider: int, slot: int, per_year: float, time: int) -> int:
    """Return the whole visits owed from `time` to the end of the year at so many a year.

    None are owed any more in the days in which the rule plans no visit: one could not end in its year.
    """
    place = state.providers[provider]
    plan = state.plans[row_to_plan(state, provider, slot)]
    draw = uniform(state.now[0].run, VISITS_OWED, place.identity, 8 * plan.draws + slot)
    plan.draws += 1
    days_free = state.policies[state.now[0].framework].days_free[place.service_type, slot - RULE]
    if time >= state.month_starts[12 * (year_of(state.month_starts, time) + 1)] - days_free:
        return 0
    return whole_visits(per_year * year_left(state.month_starts, time), draw)


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
    within = place_in_stratum(
        state.now[0].run, place.identity, rule, plan.placed, year, policy.correlation[place.service_type, rule]
    )
    gone = share_gone(profile, state.month_starts, year, days_free, plan.from_)
    share = gone + (1.0 - gone) * (plan.placed + within) / plan.owed
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
def stand_for_next_visit(state: State, provider: int, kind: int, when: int, time: int) -> int:
    """Let an inspection of another origin, planned at `when`, stand for the next of a year's visits; return its slot.

    That visit is not made; the ones after it keep their spacing from this inspection. One that falls beyond
    the end of the year stands for a visit of the next. The duty stands all the same until the inspection has ended.
    """
    found = -1
    place = state.providers[provider]
    policy = state.policies[state.now[0].framework]
    year_end = state.month_starts[12 * (year_of(state.month_starts, time) + 1)]
    for slot in range(RULE, RULE + state.now[0].rules):
        if form_of(state, provider, slot) != VISITS or policy.satisfied_by[place.service_type, slot - RULE, kind] == 0:
            continue
        plan = state.plans[row_to_plan(state, provider, slot)]
        if when >= year_end:
            plan.ahead += 1
            plan.last = when
        elif plan.placed < plan.owed:
            plan.placed += 1
            plan.last = when
            place_next_visit(state, provider, slot, time)
            spare = max(policy.days_free[place.service_type, slot - RULE], ticks_needed(state, provider, slot))
            send(state, max(year_end - spare - 1, time), NEAR, provider * state.slots.shape[1] + slot)
            found = slot
    return found


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
    short = duties_until(state, provider, slot, year_end) - in_hand_this_year(state, provider, slot)
    plan = state.plans[state.slots[provider, slot]]
    short -= plan.owed - plan.placed
    while short > 0 and discretionary_for(state, provider, slot) >= 0:
        make_statutory(state, discretionary_for(state, provider, slot), slot, year_end, time)
        short -= 1
    for other in (AGAIN, RESPONSE):
        planned = state.plans[state.slots[provider, other]]
        if short > 0 and planned.next < year_end and satisfies(state, provider, slot, planned.kind):
            planned.statutory, planned.deadline, planned.stands_for = 1, year_end, slot
            short -= 1
    if short > 0 and not awaits_first(state, provider):
        owe_again(state, provider, slot, short, time)


@compiled
def owe_again(state: State, provider: int, slot: int, visits: int, time: int) -> None:
    """Plan visits of the year again, because what was to stand for them was not made."""
    plan = state.plans[row_to_plan(state, provider, slot)]
    plan.owed += visits
    if plan.next == NEVER:
        place_next_visit(state, provider, slot, time)
