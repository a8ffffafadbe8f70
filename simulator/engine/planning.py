"""When statutory rules raise a provider's inspections: visits per year, intervals, rounds."""

from typing import Any

from simulator.compiling import compiled
from simulator.engine.agenda import DUE, send
from simulator.engine.recorded import BROUGHT_FORWARD, PLANNED
from simulator.engine.slots import is_of_rule, row_to_plan
from simulator.engine.state import RULE, State
from simulator.inspectorate.planner import (
    moment_at,
    place_in_stratum,
    share_gone,
    spaced,
    whole_visits,
    year_left,
    year_of,
)
from simulator.inspectorate.policy import INTERVAL, KIND_COUNT, ROUND, ROUNDS, VISITS
from simulator.ticks import NEVER
from simulator.world.streams import AVAILABILITY, ROUND_DAY, VISITS_OWED, uniform


@compiled
def plan_rules(state: State, provider: int, time: int) -> None:
    """Let every rule of a provider's type ask for its next inspection, where it has not yet asked."""
    for slot in range(RULE, RULE + state.now[0].rules):
        plan_rule(state, provider, slot, time)


@compiled
def plan_rule(state: State, provider: int, slot: int, time: int) -> None:
    """Let a rule ask for its next inspection, where it has not yet asked."""
    form = form_of(state, provider, slot)
    if form == VISITS:
        owe_difference(state, provider, slot, time)
    elif state.plans[state.slots[provider, slot]].next == NEVER and not is_outstanding(state, provider, slot):
        if form == INTERVAL:
            plan_interval(state, provider, slot, time)
        elif form == ROUND:
            plan_round(state, provider, slot, time)


@compiled
def form_of(state: State, provider: int, slot: int) -> int:
    """Give the form of the statutory rule behind a slot, 0 if there is none."""
    if not is_of_rule(state, slot):
        return 0
    return int(state.policies[state.now[0].framework].form[state.providers[provider].service_type, slot - RULE])


@compiled
def ask(state: State, provider: int, slot: int, time: int) -> None:
    """Plan the next inspection of a slot at `time`."""
    state.plans[row_to_plan(state, provider, slot)].next = time
    send(state, time, DUE, provider * state.slots.shape[1] + slot)


@compiled
def ask_by_rule(state: State, provider: int, slot: int, moment: int, deadline: int) -> None:
    """Plan the next inspection that a statutory rule asks for."""
    place = state.providers[provider]
    policy = state.policies[state.now[0].framework]
    plan = state.plans[row_to_plan(state, provider, slot)]
    plan.framework = state.now[0].framework
    plan.kind = policy.kind[place.service_type, slot - RULE]
    plan.reason = PLANNED
    plan.statutory = policy.statutory[place.service_type, slot - RULE]
    plan.priority = policy.rule_priority[place.service_type, slot - RULE]
    plan.deadline = deadline
    plan.wanted_by = deadline
    ask(state, provider, slot, moment)


@compiled
def note_last(state: State, provider: int, kind: int, raised: int, ended: int) -> None:
    """Note when the last inspection of a kind ended, and where a round might count it, when it was raised."""
    place = state.providers[provider]
    place.last_ended[kind] = ended
    if place.round_row >= 0:
        state.last_raised[place.round_row, kind] = raised


@compiled
def last_satisfied(state: State, provider: int, slot: int) -> int:
    """Give the end of the last inspection that satisfies a rule, -NEVER if there was none."""
    place = state.providers[provider]
    policy = state.policies[state.now[0].framework]
    return latest_of(place.last_ended, policy.satisfied_by[place.service_type, slot - RULE])


@compiled
def latest_of(moments: Any, kinds: Any) -> int:
    """Give the latest of some moments by kind of inspection, among the kinds marked 1; -NEVER if there is none."""
    latest = -NEVER
    for kind in range(KIND_COUNT):
        if kinds[kind] == 1:
            latest = max(latest, moments[kind])
    return latest


@compiled
def is_outstanding(state: State, provider: int, slot: int) -> bool:
    """Say whether an inspection that will satisfy a rule is raised, or planned as the provider's first."""
    place = state.providers[provider]
    satisfied_by = state.policies[state.now[0].framework].satisfied_by[place.service_type, slot - RULE]
    row = place.first_work
    while row >= 0:
        if state.work[row].generation == place.generation and satisfied_by[state.work[row].kind] == 1:
            return True
        row = state.work[row].next
    return awaits_first(state, provider)


@compiled
def awaits_first(state: State, provider: int) -> bool:
    """Say whether a provider still waits for the first inspection after its registration."""
    return bool(state.providers[provider].awaits_first == 1)


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
    owed = owed_for(state, provider, slot, plan.visits_held, time)
    if awaits_first(state, provider):
        plan.from_, plan.owed, plan.placed, plan.next = time, max(owed - 1, 0), 0, NEVER
        return
    made = min(plan.ahead, owed)
    plan.ahead -= made
    lay_out(state, provider, slot, owed - made, time)


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
        sooner, wanted_by = plan.next if plan.reason == BROUGHT_FORWARD else NEVER, plan.wanted_by
        lay_out(state, provider, slot, plan.owed - plan.placed + more, time)
        if sooner < plan.next:
            plan.reason, plan.wanted_by = BROUGHT_FORWARD, min(plan.wanted_by, wanted_by)
            ask(state, provider, slot, sooner)


@compiled
def owed_for(state: State, provider: int, slot: int, per_year: float, time: int) -> int:
    """Give the whole visits owed from `time` to the end of the year at so many a year."""
    place = state.providers[provider]
    plan = state.plans[row_to_plan(state, provider, slot)]
    draw = uniform(state.now[0].run, VISITS_OWED, place.identity, 8 * plan.draws + slot)
    plan.draws += 1
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
        days_free,
        plan.owed - plan.placed - 1,
    )
    ask_by_rule(state, provider, slot, max(moment, time), year_end)


@compiled
def stand_for_next_visit(state: State, provider: int, kind: int, when: int, time: int) -> None:
    """Let an inspection of another origin, planned at `when`, stand for the next of a year's visits.

    That visit is not made; the ones after it keep their spacing from this inspection. One that falls beyond
    the end of the year stands for a visit of the next.
    """
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


@compiled
def plan_interval(state: State, provider: int, slot: int, time: int) -> None:
    """Plan the inspection of a cycle: a random time before its deadline, so that nobody can predict it.

    The deadline counts from the end of the last inspection that satisfies the rule, or from registration.
    """
    place = state.providers[provider]
    policy = state.policies[state.now[0].framework]
    interval = policy.interval[place.service_type, slot - RULE, place.rating]
    if interval == NEVER:
        return
    last = last_satisfied(state, provider, slot)
    deadline = (last if last > -NEVER else place.opened) + interval
    draw = uniform(state.now[0].run, AVAILABILITY, place.identity, place.inspections)
    earlier = int(policy.available_share[place.service_type, slot - RULE] * interval * draw)
    ask_by_rule(state, provider, slot, max(deadline - earlier, time), deadline)


@compiled
def plan_round(state: State, provider: int, slot: int, time: int) -> None:
    """Plan the one inspection of a round, evenly between its two dates or over what is left of it.

    An inspection belongs to the round in which it was raised, even if it ends after it.
    """
    place = state.providers[provider]
    policy = state.policies[state.now[0].framework]
    begins = policy.round_from[place.service_type, slot - RULE]
    ends = policy.round_until[place.service_type, slot - RULE]
    last = latest_of(state.last_raised[place.round_row], policy.satisfied_by[place.service_type, slot - RULE])
    number = 0
    while ends[number] <= time or (last >= begins[number] and begins[number] < NEVER):
        number += 1
        if number == ROUNDS:
            return
    if begins[number] == NEVER:
        return
    end = ends[number]
    state.plans[row_to_plan(state, provider, slot)].from_ = begins[number]
    begin = max(begins[number], time)
    usable = max(end - policy.days_free[place.service_type, slot - RULE] - begin, 1)
    draw = uniform(state.now[0].run, ROUND_DAY, place.identity, number)
    ask_by_rule(state, provider, slot, begin + int(usable * draw), end)


@compiled
def earliest(state: State, provider: int, slot: int) -> int:
    """Give the tick before which a slot's inspection cannot be moved: a round's, not before the round."""
    if form_of(state, provider, slot) != ROUND:
        return -NEVER
    return int(state.plans[state.slots[provider, slot]].from_)
