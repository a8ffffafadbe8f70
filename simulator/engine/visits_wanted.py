"""How many visits the law wants of a yearly rule, beside those that are planned or in hand.

A visit is planned for each date that stands and that nothing else will meet: no fewer, and no more.
"""

from simulator.compiling import compiled
from simulator.engine.asking import awaits_first
from simulator.engine.duties import duties_until
from simulator.engine.in_force import is_statutory, policy_in_force
from simulator.engine.in_hand import others_in_hand
from simulator.engine.inspection_years import end_of_year
from simulator.engine.state import State
from simulator.engine.work_records import AGAIN, FIRST, RESPONSE
from simulator.ticks import NEVER


@compiled
def standing_in(state: State, provider: int, slot: int) -> int:
    """Count the inspections that stand for visits of a yearly rule: planned by no rule, or in hand."""
    count = 0
    for other in (FIRST, AGAIN, RESPONSE):
        plan = state.plans[state.slots[provider, other]]
        if plan.next < NEVER and plan.stands_for == slot:
            count += 1
    row = state.providers[provider].first_work
    while row >= 0:
        work = state.work[row]
        if work.slot == slot and work.generation == state.providers[provider].generation:
            count += 1
        row = work.next
    return count


@compiled
def unplanned(state: State, provider: int, slot: int, time: int) -> int:
    """Return how many visits a statutory yearly rule wants for which nothing is planned or in hand.

    It is below zero where more is planned than any date asks for.
    """
    plan = state.plans[state.slots[provider, slot]]
    wanted = duties_until(state, provider, slot, NEVER) + plan.ahead - plan.made_ahead
    there = standing_in(state, provider, slot) + others_in_hand(state, provider, slot, end_of_year(state, time))
    return int(wanted - there - (plan.owed - plan.placed))


@compiled
def drop_unowed(state: State, provider: int, slot: int, time: int) -> None:
    """Drop the last visits that a yearly rule has planned, where no date asks for as many.

    Where re-inspections come on top of the year's visits, none is dropped.
    """
    plan = state.plans[state.slots[provider, slot]]
    if plan.owed <= plan.placed or awaits_first(state, provider) or not is_statutory(state, provider, slot):
        return
    unowed = -unplanned(state, provider, slot, time)
    if unowed <= 0 or _reinspects_on_top(state, provider):
        return
    plan.owed -= min(unowed, plan.owed - plan.placed)
    if plan.owed <= plan.placed:
        plan.next = NEVER


@compiled
def _reinspects_on_top(state: State, provider: int) -> bool:
    """Report whether some re-inspections of a provider do not count towards the visits of the year."""
    policy = policy_in_force(state)
    service_type = state.providers[provider].service_type
    for judged in range(len(policy.again[service_type])):
        if policy.again[service_type, judged] == 1 and policy.again_counts[service_type, judged] == 0:
            return True
    return False
