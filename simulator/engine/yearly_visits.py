"""Visits in an inspection year: how many a rule owes a provider, when they fall, and what stands for one."""

from simulator.compiling import compiled
from simulator.engine.planning import ask, ask_by_rule, awaits_first, form_of, last_satisfied
from simulator.engine.recorded import BROUGHT_FORWARD
from simulator.engine.slots import row_to_plan
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
from simulator.inspectorate.policy import VISITS
from simulator.ticks import NEVER
from simulator.world.streams import VISITS_OWED, uniform


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
