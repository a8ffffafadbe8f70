"""Inspections that no calendar asks for: of new providers, after poor judgements, upon concerns."""

from typing import Any

from simulator.compiling import compiled
from simulator.engine.aligning import align
from simulator.engine.asking import ask, form_of, is_statutory
from simulator.engine.assessing import hear, review
from simulator.engine.cycles import earliest
from simulator.engine.duties import open_duty
from simulator.engine.in_hand import (
    bind_waiting,
    discretionary_for,
    is_in_hand,
    is_raised_for,
    make_statutory,
    satisfies,
)
from simulator.engine.news import answers_news, hasten
from simulator.engine.recorded import BROUGHT_FORWARD, CONCERN, JUDGED_LOW, NEW_PROVIDER
from simulator.engine.rule_by_rule import plan_rule
from simulator.engine.slots import forget, is_of_rule, is_of_sample, row_to_plan
from simulator.engine.spacing import keep_apart
from simulator.engine.state import AGAIN, FIRST, RESPONSE, RULE, State
from simulator.engine.visiting import (
    is_raised,
    is_raised_by,
    next_number,
    raise_inspection,
    ticks_of,
    ticks_taken,
)
from simulator.engine.yearly_visits import (
    advance_next_year,
    begin_year,
    choose_visit,
    is_visit_made_otherwise,
    next_year_end,
    place_next_visit,
    slot_to_advance,
    stand_for_next_visit,
)
from simulator.inspectorate.planner import year_of
from simulator.inspectorate.policy import (
    BREACH,
    DECLINE_SAID,
    MOVE,
    NEXT_YEAR,
    NO_KIND,
    NO_RULE,
    NOTHING,
    ROUND,
    THIS_YEAR,
    VISITS,
)
from simulator.ticks import NEVER
from simulator.world.streams import (
    FIRST_INSPECTION,
    REINSPECTION,
    REINSPECTION_LOOK,
    RESPONSE_BREACH,
    RESPONSE_COMPLAINT,
    RESPONSE_DECLINED,
    uniform,
)


@compiled
def on_due(state: State, subject: int, time: int) -> None:
    """Raise the inspection that a slot has planned for now."""
    slots = state.slots.shape[1]
    provider, slot = subject // slots, subject % slots
    plan = state.plans[state.slots[provider, slot]]
    if plan.next != time:
        return
    form = form_of(state, provider, slot)
    if form == VISITS and is_visit_made_otherwise(state, provider, slot, time):
        return
    if form == VISITS and keep_apart(state, provider, slot, time):
        return
    plan.next = NEVER
    plan.last = time
    if form not in (NO_RULE, VISITS) and is_made_otherwise(state, provider, slot, time):
        return
    row = raise_inspection(state, provider, slot, time)
    if form == VISITS:
        plan.placed += 1
        place_next_visit(state, provider, slot, time)
    elif form != NO_RULE:
        stand_for_next_visit(state, provider, plan.kind, time, time + ticks_of(state, row), time)
    elif not is_of_rule(state, slot) and not is_of_sample(state, slot):
        forget(state, provider, slot)
    align(state, row, time)


@compiled
def is_made_otherwise(state: State, provider: int, slot: int, time: int) -> bool:
    """Report whether an inspection on its way will do for the one that a cycle or a round has planned for now.

    Where the rule is statutory, one that waits at the inspectorate's discretion becomes statutory for it.
    """
    if not is_statutory(state, provider, slot):
        return is_raised_for(state, provider, slot)
    deadline = state.plans[state.slots[provider, slot]].deadline
    if is_in_hand(state, provider, slot, deadline, time):
        bind_waiting(state, provider, slot, deadline, time)
        return True
    row = discretionary_for(state, provider, slot)
    if row < 0:
        return False
    make_statutory(state, row, slot, deadline, time)
    return True


@compiled
def plan_first(state: State, provider: int, time: int) -> None:
    """Plan the inspection of a newly registered provider; without a rule for it, the ordinary rules begin.

    They wait for it where the law asks for it, and then it is made no later than they ask for one that it satisfies.
    Where it is at the inspectorate's discretion they begin at once, and it may stand for a visit that they ask for.
    """
    place = state.providers[provider]
    policy = state.policies[state.now[0].framework]
    within = policy.first_within[place.service_type]
    if within == 0:
        begin_rules(state, provider, time)
        return
    place.awaits_first = policy.first_statutory[place.service_type]
    begin_rules(state, provider, time)
    not_before = policy.first_not_before[place.service_type]
    plan = state.plans[row_to_plan(state, provider, FIRST)]
    plan.framework = state.now[0].framework
    plan.from_ = time + not_before
    plan.kind = policy.first_kind[place.service_type]
    plan.reason = NEW_PROVIDER
    plan.statutory = policy.first_statutory[place.service_type]
    plan.priority = policy.priority[plan.kind]
    plan.deadline = time + within
    plan.wanted_by = plan.deadline
    latest = min(first_due(state, provider, plan.kind), plan.deadline) - time
    if plan.statutory == 1:
        open_duty(state, provider, FIRST, 1, time, plan.deadline)
    plan.number = next_number(state, provider)
    needed = ticks_taken(state, provider, plan.framework, plan.kind, plan.number, 1.0)
    draw = uniform(state.now[0].run, FIRST_INSPECTION, place.identity, 0)
    when = time + not_before + int(max(latest - needed - not_before, 0) * draw)
    ask(state, provider, FIRST, when)
    plan.stands_for = -1
    if plan.statutory == 0:
        choose_visit(state, provider, FIRST, when, time)


@compiled
def first_due(state: State, provider: int, kind: int) -> int:
    """Return the first date by which a rule wants an inspection that one of a kind satisfies, NEVER if none does."""
    due = NEVER
    row = state.providers[provider].first_duty
    while row >= 0:
        duty = state.standing[row]
        if duty.slot >= RULE and satisfies(state, provider, duty.slot, kind):
            due = min(due, duty.due)
        row = duty.next
    return int(due)


@compiled
def begin_rules(state: State, provider: int, time: int) -> None:
    """Settle what every rule owes a newly registered provider: of a year's visits those for the rest of it."""
    for slot in range(RULE, RULE + state.now[0].rules):
        if form_of(state, provider, slot) == VISITS:
            begin_year(state, provider, slot, time)
        else:
            plan_rule(state, provider, slot, time)


@compiled
def plan_again(state: State, provider: int, kind: int, judged: int, time: int) -> None:
    """Plan the re-inspection that a judgement by an inspection of a kind calls for, unless one is on its way already.

    After some judgements another visit goes before it; both are planned at once, so that neither waits for the other.
    One that law asks for is planned to end by its date.
    """
    place = state.providers[provider]
    policy = state.policies[state.now[0].framework]
    if policy.again[place.service_type, judged] == 0 or policy.again_after_kind[place.service_type, judged, kind] == 0:
        return
    if state.plans[state.slots[provider, AGAIN]].next < NEVER or is_raised_by(state, provider, AGAIN):
        return
    not_before = time + policy.again_not_before[place.service_type, judged]
    within = time + policy.again_within[place.service_type, judged]
    looked_at = plan_look(state, provider, judged, time)
    if looked_at > time:
        not_before = looked_at + policy.after_look_not_before[place.service_type, judged]
        within = looked_at + policy.after_look_within[place.service_type, judged]
    plan = state.plans[row_to_plan(state, provider, AGAIN)]
    plan.framework = state.now[0].framework
    plan.from_ = not_before
    plan.kind = policy.again_kind[place.service_type, judged]
    plan.reason = JUDGED_LOW
    plan.statutory = policy.again_statutory[place.service_type, judged]
    plan.priority = policy.again_priority[place.service_type, judged]
    plan.deadline = within if plan.statutory == 1 else NEVER
    plan.wanted_by = within
    if plan.statutory == 1:
        open_duty(state, provider, AGAIN, 1, time, plan.deadline)
        plan.number = next_number(state, provider)
        within -= ticks_taken(state, provider, plan.framework, plan.kind, plan.number, 1.0)
    draw = uniform(state.now[0].run, REINSPECTION, place.identity, place.inspections)
    when = not_before + int(max(within - not_before, 0) * draw)
    ask(state, provider, AGAIN, when)
    plan.stands_for = -1
    if policy.again_counts[place.service_type, judged] == 1:
        choose_visit(state, provider, AGAIN, when, time)


@compiled
def plan_look(state: State, provider: int, judged: int, time: int) -> int:
    """Plan the visit that goes before a re-inspection and return when it is; `time` if none does after this judgement.

    It is at the inspectorate's discretion.
    """
    place = state.providers[provider]
    policy = state.policies[state.now[0].framework]
    kind = policy.look_kind[place.service_type, judged]
    slot = state.slots.shape[1] - 1
    chance = uniform(state.now[0].run, REINSPECTION_LOOK, place.identity, 2 * place.inspections)
    if kind == NO_KIND or chance >= policy.look_probability[place.service_type, judged]:
        return time
    not_before = policy.look_not_before[place.service_type, judged]
    within = policy.look_within[place.service_type, judged]
    plan = state.plans[row_to_plan(state, provider, slot)]
    plan.framework = state.now[0].framework
    plan.kind = kind
    plan.reason = JUDGED_LOW
    plan.statutory = 0
    plan.priority = policy.priority[kind]
    plan.deadline = NEVER
    plan.wanted_by = time + within
    draw = uniform(state.now[0].run, REINSPECTION_LOOK, place.identity, 2 * place.inspections + 1)
    when = time + not_before + int((within - not_before) * draw)
    ask(state, provider, slot, when)
    return int(when)


@compiled
def respond(state: State, provider: int, cause: int, number: int, time: int) -> None:
    """Answer the `number`-th complaint, serious concern, new manager, breach or decline as the framework says."""
    place = state.providers[provider]
    policy = state.policies[state.now[0].framework]
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
        add_visit(state, provider, kind, when, wanted_by, time)


@compiled
def breach(state: State, provider: int, time: int) -> None:
    """A provider is in breach of what it owes in writing (3.2.1, 3.3.1), which counts as a concern."""
    number = hear(state, provider, BREACH, time)
    respond(state, provider, BREACH, number, time)
    review(state, provider, BREACH, time)


@compiled
def add_visit(state: State, provider: int, kind: int, when: int, wanted_by: int, time: int) -> None:
    """Add a visit, unless one is already on its way for an earlier concern."""
    if state.plans[state.slots[provider, RESPONSE]].next < NEVER or is_raised(state, provider, kind):
        return
    plan = state.plans[row_to_plan(state, provider, RESPONSE)]
    plan.framework = state.now[0].framework
    plan.kind = kind
    plan.reason = CONCERN
    plan.statutory = 0
    plan.priority = state.policies[state.now[0].framework].priority[kind]
    plan.deadline = NEVER
    plan.wanted_by = wanted_by
    ask(state, provider, RESPONSE, when)
    plan.stands_for = -1
    if state.policies[state.now[0].framework].counts[kind] == 1:
        choose_visit(state, provider, RESPONSE, when, time)


@compiled
def bring_forward(
    state: State, provider: int, moves: Any, reach: int, when: int, wanted_by: int, spread: int, time: int
) -> bool:
    """Move the next planned inspection of a kind that news `moves` forward, and return whether there is one to move.

    Of yearly visits it is one of this year; where none is left it is the first of the next, if such is the `reach` of
    the news: when that year has begun, as if the news came then and `spread` later, or at once. A first inspection
    remains one. One that waits already goes up in the backlog, but for a sample or a monitoring visit, which are for
    something else and may never be made; one that runs is answer enough.
    """
    if answers_news(state, provider, moves):
        hasten(state, provider, moves, wanted_by, time)
        return True
    slot = next_slot(state, provider, moves, wanted_by)
    if slot == -1 and reach != THIS_YEAR:
        slot = slot_to_advance(state, provider, moves)
        until_april = year_end_after(state, time) - time
        if reach == NEXT_YEAR:
            when += until_april + spread
            wanted_by += until_april
        if slot != -1 and when >= time + until_april:
            add_next_year(state, provider, slot, when, wanted_by, time)
            return True
        if slot != -1:
            advance_next_year(state, provider, slot, time)
    if slot == -1:
        return False
    plan = state.plans[state.slots[provider, slot]]
    when = min(max(when, earliest(state, provider, slot)), latest(state, provider, slot, time))
    plan.wanted_by = min(plan.wanted_by, wanted_by)
    if when < plan.next:
        if slot != FIRST:
            plan.reason = BROUGHT_FORWARD
        ask(state, provider, slot, when)
    return True


@compiled
def next_slot(state: State, provider: int, moves: Any, wanted_by: int) -> int:
    """Return the slot whose visit of a kind that news `moves` is planned next, those for concerns apart; or -1.

    That of a round which begins only after the tick `wanted_by` cannot answer the news.
    """
    found = -1
    soonest = NEVER
    for slot in range(RULE + state.now[0].rules):
        plan = state.plans[state.slots[provider, slot]]
        if form_of(state, provider, slot) == ROUND and plan.from_ > wanted_by:
            continue
        if slot != RESPONSE and moves[plan.kind] == 1 and plan.next < soonest:
            soonest = plan.next
            found = slot
    return found


@compiled
def add_next_year(state: State, provider: int, slot: int, when: int, wanted_by: int, time: int) -> None:
    """Plan a rule's first visit of the next year for `when`, soon after that has begun, unless news has planned one."""
    if state.plans[state.slots[provider, RESPONSE]].next < NEVER:
        return
    place = state.providers[provider]
    policy = state.policies[state.now[0].framework]
    plan = state.plans[row_to_plan(state, provider, RESPONSE)]
    plan.framework = state.now[0].framework
    plan.kind = policy.kind[place.service_type, slot - RULE]
    plan.reason = BROUGHT_FORWARD
    plan.statutory = policy.statutory[place.service_type, slot - RULE]
    plan.priority = policy.rule_priority[place.service_type, slot - RULE]
    plan.deadline = next_year_end(state, time)
    plan.wanted_by = wanted_by
    plan.stands_for = slot
    ask(state, provider, RESPONSE, when)
    of_rule = state.plans[row_to_plan(state, provider, slot)]
    of_rule.ahead += 1
    of_rule.last = when


@compiled
def latest(state: State, provider: int, slot: int, time: int) -> int:
    """Return the last tick to which a move may lead: a yearly visit stays in its year."""
    if form_of(state, provider, slot) != VISITS:
        return NEVER
    return year_end_after(state, time) - 1


@compiled
def year_end_after(state: State, time: int) -> int:
    """Return the end of the inspection year in which `time` falls."""
    return int(state.month_starts[12 * (year_of(state.month_starts, time) + 1)])
