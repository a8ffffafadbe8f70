"""Inspections that no calendar asks for: of new providers, after poor judgements, upon concerns."""

from simulator.compiling import compiled
from simulator.engine.aligning import align
from simulator.engine.asking import ask, ask_by_rule, form_of, is_statutory
from simulator.engine.assessing import hear, review
from simulator.engine.cycles import earliest
from simulator.engine.duties import open_duty
from simulator.engine.in_hand import discretionary_for, is_in_hand, is_raised_for, make_statutory
from simulator.engine.planning import place_next_visit, plan_before_first, plan_rules, stand_for_next_visit
from simulator.engine.recorded import BROUGHT_FORWARD, CONCERN, JUDGED_LOW, NEW_PROVIDER
from simulator.engine.slots import forget, is_of_rule, is_of_sample, row_to_plan
from simulator.engine.state import AGAIN, FIRST, RESPONSE, RULE, State
from simulator.engine.visiting import has_work, hasten, is_raised, next_number, raise_inspection, ticks_taken
from simulator.inspectorate.kinds import DESK
from simulator.inspectorate.planner import year_of
from simulator.inspectorate.policy import ADD, BREACH, NO_RULE, NOTHING, VISITS
from simulator.ticks import NEVER
from simulator.world.streams import FIRST_INSPECTION, REINSPECTION, RESPONSE_BREACH, RESPONSE_COMPLAINT, uniform


@compiled
def on_due(state: State, subject: int, time: int) -> None:
    """Raise the inspection that a slot has planned for now."""
    slots = state.slots.shape[1]
    provider, slot = subject // slots, subject % slots
    plan = state.plans[state.slots[provider, slot]]
    if plan.next != time:
        return
    plan.next = NEVER
    plan.last = time
    form = form_of(state, provider, slot)
    if form not in (NO_RULE, VISITS) and is_made_otherwise(state, provider, slot, time):
        return
    row = raise_inspection(state, provider, slot, time)
    if form == VISITS:
        plan.placed += 1
        place_next_visit(state, provider, slot, time)
    elif form != NO_RULE:
        stand_for_next_visit(state, provider, plan.kind, time, time)
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
    if is_in_hand(state, provider, slot):
        return True
    row = discretionary_for(state, provider, slot)
    if row < 0:
        return False
    make_statutory(state, row, slot, state.plans[state.slots[provider, slot]].deadline, time)
    return True


@compiled
def plan_first(state: State, provider: int, time: int) -> None:
    """Plan the inspection of a newly registered provider; without a rule for it, the ordinary rules begin."""
    place = state.providers[provider]
    policy = state.policies[state.now[0].framework]
    within = policy.first_within[place.service_type]
    if within == 0:
        plan_rules(state, provider, time)
        return
    not_before = policy.first_not_before[place.service_type]
    plan = state.plans[row_to_plan(state, provider, FIRST)]
    place.awaits_first = 1
    plan.framework = state.now[0].framework
    plan.kind = policy.first_kind[place.service_type]
    plan.reason = NEW_PROVIDER
    plan.statutory = policy.first_statutory[place.service_type]
    plan.priority = policy.priority[plan.kind]
    plan.deadline = time + within
    plan.wanted_by = plan.deadline
    if plan.statutory == 1:
        open_duty(state, provider, FIRST, 1, time, plan.deadline)
    plan.number = next_number(state, provider)
    needed = ticks_taken(state, provider, plan.framework, plan.kind, plan.number, 1.0)
    draw = uniform(state.now[0].run, FIRST_INSPECTION, place.identity, 0)
    ask(state, provider, FIRST, time + not_before + int(max(within - needed - not_before, 0) * draw))
    plan_before_first(state, provider, time)


@compiled
def plan_again(state: State, provider: int, kind: int, judged: int, time: int) -> None:
    """Plan the re-inspection that a judgement by an inspection of a kind calls for, unless one is planned already."""
    place = state.providers[provider]
    policy = state.policies[state.now[0].framework]
    if policy.again[place.service_type, judged] == 0 or policy.again_after_kind[place.service_type, judged, kind] == 0:
        return
    if state.plans[state.slots[provider, AGAIN]].next < NEVER:
        return
    not_before = policy.again_not_before[place.service_type, judged]
    within = policy.again_within[place.service_type, judged]
    plan = state.plans[row_to_plan(state, provider, AGAIN)]
    plan.framework = state.now[0].framework
    plan.kind = policy.again_kind[place.service_type, judged]
    plan.reason = JUDGED_LOW
    plan.statutory = policy.again_statutory[place.service_type, judged]
    plan.priority = policy.priority[plan.kind]
    plan.deadline = time + within if plan.statutory == 1 else NEVER
    plan.wanted_by = time + within
    if plan.statutory == 1:
        open_duty(state, provider, AGAIN, 1, time, plan.deadline)
    draw = uniform(state.now[0].run, REINSPECTION, place.identity, place.inspections)
    when = time + not_before + int((within - not_before) * draw)
    ask(state, provider, AGAIN, when)
    if policy.again_counts[place.service_type, judged] == 1:
        plan.stands_for = stand_for_next_visit(state, provider, plan.kind, when, time)


@compiled
def respond(state: State, provider: int, signal: int, number: int, time: int) -> None:
    """Answer the `number`-th complaint, serious concern, new manager or breach as the framework says."""
    place = state.providers[provider]
    policy = state.policies[state.now[0].framework]
    action = policy.response[place.service_type, signal]
    if action == NOTHING:
        return
    purpose = RESPONSE_BREACH if signal == BREACH else RESPONSE_COMPLAINT + signal
    draw = uniform(state.now[0].run, purpose, place.identity, number)
    if draw >= policy.response_probability[place.service_type, signal]:
        return
    when = time + policy.response_delay[place.service_type, signal]
    wanted_by = time + policy.response_within[place.service_type, signal]
    if action == ADD:
        kind = policy.response_kind[place.service_type, signal]
        add_visit(state, provider, kind, when, wanted_by, time)
    else:
        bring_forward(state, provider, when, wanted_by, time)


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
    if state.policies[state.now[0].framework].counts[kind] == 1:
        plan.stands_for = stand_for_next_visit(state, provider, kind, when, time)


@compiled
def bring_forward(state: State, provider: int, when: int, wanted_by: int, time: int) -> None:
    """Move the next planned inspection forward; a first inspection remains one.

    One that waits already goes up in the backlog; one that runs is answer enough. Where a year's visits are
    all made, the first of the next year is made in this one, once.
    """
    if has_work(state, provider):
        hasten(state, provider, wanted_by, time)
        return
    slot = next_slot(state, provider)
    if slot == -1:
        slot = advance_next_year(state, provider, time)
    if slot == -1:
        return
    plan = state.plans[state.slots[provider, slot]]
    when = min(max(when, earliest(state, provider, slot)), latest(state, provider, slot, time))
    plan.wanted_by = min(plan.wanted_by, wanted_by)
    if when < plan.next:
        if slot != FIRST:
            plan.reason = BROUGHT_FORWARD
        ask(state, provider, slot, when)


@compiled
def next_slot(state: State, provider: int) -> int:
    """Give the slot whose visit is planned next, those for concerns apart; -1 if there is none."""
    found = -1
    soonest = NEVER
    for slot in range(RULE + state.now[0].rules):
        plan = state.plans[state.slots[provider, slot]]
        if slot != RESPONSE and plan.kind != DESK and plan.next < soonest:
            soonest = plan.next
            found = slot
    return found


@compiled
def advance_next_year(state: State, provider: int, time: int) -> int:
    """Owe the next year's first visit now, where a yearly rule has none left; give its slot, or -1."""
    service_type = state.providers[provider].service_type
    policy = state.policies[state.now[0].framework]
    year_end = state.month_starts[12 * (year_of(state.month_starts, time) + 1)]
    for slot in range(RULE, RULE + state.now[0].rules):
        plan = state.plans[state.slots[provider, slot]]
        of_visits = form_of(state, provider, slot) == VISITS
        if of_visits and plan.ahead == 0 and policy.kind[service_type, slot - RULE] != DESK:
            plan = state.plans[row_to_plan(state, provider, slot)]
            plan.owed += 1
            plan.ahead += 1
            next_year_end = state.month_starts[12 * (year_of(state.month_starts, year_end) + 1)]
            ask_by_rule(state, provider, slot, year_end - 1, next_year_end)
            return slot
    return -1


@compiled
def latest(state: State, provider: int, slot: int, time: int) -> int:
    """Give the last tick to which a move may lead: a yearly visit stays in its year."""
    if form_of(state, provider, slot) != VISITS:
        return NEVER
    return int(state.month_starts[12 * (year_of(state.month_starts, time) + 1)] - 1)
