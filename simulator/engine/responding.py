"""What news of a provider does to its inspections: one is added, or the next one is brought forward.

Consultation 2006, 3.1.2: complaints, concerns and a new manager trigger additional inspections; 3.1.20: they may change
what inspection there is.
"""

from typing import Any

from simulator.compiling import compiled
from simulator.engine.assessing import hear, review
from simulator.engine.cycles import earliest
from simulator.engine.in_force import form_of, policy_in_force, rule_of
from simulator.engine.inspection_years import end_of_next_year, end_of_year
from simulator.engine.news import answers_news, hasten
from simulator.engine.recorded import BROUGHT_FORWARD, CONCERN
from simulator.engine.slots import ask, draft_plan, row_to_plan
from simulator.engine.standing_for import advance_next_year, choose_visit, slot_to_advance
from simulator.engine.state import State
from simulator.engine.visiting import is_raised
from simulator.engine.work_records import FIRST, RESPONSE, RULE
from simulator.inspectorate.kinds import NO_KIND
from simulator.inspectorate.rules_policy import ROUND, VISITS
from simulator.inspectorate.triggers import ANY_YEAR, BREACH, DECLINE_SAID, MOVE, NEXT_YEAR, NOTHING, THIS_YEAR
from simulator.ticks import NEVER
from simulator.world.streams import RESPONSE_BREACH, RESPONSE_COMPLAINT, RESPONSE_DECLINED, uniform


@compiled
def respond(state: State, provider: int, cause: int, number: int, time: int) -> None:
    """Answer the `number`-th complaint, serious concern, new manager, breach or decline as the framework says."""
    place = state.providers[provider]
    policy = policy_in_force(state)
    action = policy.response[place.service_type, cause]
    if action == NOTHING:
        return
    purpose = RESPONSE_COMPLAINT + cause
    if cause == BREACH:
        purpose = RESPONSE_BREACH
    elif cause == DECLINE_SAID:
        purpose = RESPONSE_DECLINED
    draw = uniform(state.now[0].run, purpose, place.identity, number)
    if draw >= policy.response_probability[place.service_type, cause]:
        return
    when = time + policy.response_delay[place.service_type, cause]
    wanted_by = time + policy.response_within[place.service_type, cause]
    moves = policy.response_moves[place.service_type, cause]
    kind = policy.response_kind[place.service_type, cause]
    reach = policy.response_reaches[place.service_type, cause]
    spread = int((wanted_by - when) * draw / policy.response_probability[place.service_type, cause])
    if action == MOVE and bring_forward(state, provider, moves, reach, when, wanted_by, spread, time):
        return
    if kind != NO_KIND:
        _add_visit(state, provider, kind, when, wanted_by, time)


@compiled
def breach(state: State, provider: int, time: int) -> None:
    """A provider is in breach of what it owes in writing (3.2.1, 3.3.1), which counts as a concern."""
    number = hear(state, provider, BREACH, time)
    respond(state, provider, BREACH, number, time)
    review(state, provider, BREACH, time)


@compiled
def _add_visit(state: State, provider: int, kind: int, when: int, wanted_by: int, time: int) -> None:
    """Add a visit, unless one is already on its way for an earlier concern."""
    if state.plans[state.slots[provider, RESPONSE]].next < NEVER or is_raised(state, provider, kind):
        return
    draft_plan(state, provider, RESPONSE, kind, CONCERN, wanted_by)
    ask(state, provider, RESPONSE, when)
    if policy_in_force(state).counts[kind] == 1:
        choose_visit(state, provider, RESPONSE, when, time)


@compiled
def bring_forward(
    state: State, provider: int, moves: Any, reach: int, when: int, wanted_by: int, spread: int, time: int
) -> bool:
    """Move the next planned inspection of a kind that news `moves` forward, and return whether there is one to move.

    It is one planned for this inspection year, or for the days until `wanted_by` where the year ends before; for any
    year, if such is the `reach` of the news. Where none is left it may be the first of the next year's visits: when
    that year has begun, as if the news came then and `spread` later, or at once. A first inspection remains one. One
    that waits already goes up in the backlog, but for a sample or a monitoring visit, which are for something else and
    may never be made; one that runs is answer enough.
    """
    if answers_news(state, provider, moves):
        hasten(state, provider, moves, wanted_by, time)
        return True
    planned_by = NEVER if reach == ANY_YEAR else max(end_of_year(state, time), wanted_by)
    slot = _next_slot(state, provider, moves, wanted_by, planned_by)
    if slot == -1 and reach not in (THIS_YEAR, ANY_YEAR):
        slot = slot_to_advance(state, provider, moves)
        until_april = end_of_year(state, time) - time
        if reach == NEXT_YEAR:
            when += until_april + spread
            wanted_by += until_april
        if slot != -1 and when >= time + until_april:
            _add_next_year(state, provider, slot, when, wanted_by, time)
            return True
        if slot != -1:
            advance_next_year(state, provider, slot, time)
    if slot == -1:
        return False
    plan = state.plans[state.slots[provider, slot]]
    when = min(max(when, earliest(state, provider, slot)), _latest(state, provider, slot, time))
    plan.wanted_by = min(plan.wanted_by, wanted_by)
    if when < plan.next:
        if slot != FIRST:
            plan.reason = BROUGHT_FORWARD
        ask(state, provider, slot, when)
    return True


@compiled
def _next_slot(state: State, provider: int, moves: Any, wanted_by: int, planned_by: int) -> int:
    """Return the slot whose visit of a kind that news `moves` is planned next, those for concerns apart; or -1.

    One planned for the tick `planned_by` or later stays where it is. That of a round which begins only after the tick
    `wanted_by` cannot answer the news.
    """
    found = -1
    soonest = planned_by
    for slot in range(RULE + state.now[0].rules):
        plan = state.plans[state.slots[provider, slot]]
        if form_of(state, provider, slot) == ROUND and plan.from_ > wanted_by:
            continue
        if slot != RESPONSE and moves[plan.kind] == 1 and plan.next < soonest:
            soonest = plan.next
            found = slot
    return found


@compiled
def _add_next_year(state: State, provider: int, slot: int, when: int, wanted_by: int, time: int) -> None:
    """Plan a rule's first visit of the next year for `when`, soon after that has begun, unless news has planned one."""
    if state.plans[state.slots[provider, RESPONSE]].next < NEVER:
        return
    policy, rule = policy_in_force(state), rule_of(state, provider, slot)
    plan = draft_plan(state, provider, RESPONSE, policy.kind[rule], BROUGHT_FORWARD, wanted_by)
    plan.statutory = policy.statutory[rule]
    plan.priority = policy.rule_priority[rule]
    plan.deadline = end_of_next_year(state, time)
    plan.stands_for = slot
    ask(state, provider, RESPONSE, when)
    of_rule = state.plans[row_to_plan(state, provider, slot)]
    of_rule.ahead += 1
    of_rule.last = when


@compiled
def _latest(state: State, provider: int, slot: int, time: int) -> int:
    """Return the last tick to which a move may lead: a yearly visit stays in its year."""
    if form_of(state, provider, slot) != VISITS:
        return NEVER
    return end_of_year(state, time) - 1
