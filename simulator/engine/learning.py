"""What the inspectorate learns at the end of an inspection, and what follows from it."""

from simulator.compiling import compiled
from simulator.engine.planning import form_of, place_next_visit, plan_rules
from simulator.engine.responding import plan_again
from simulator.engine.state import RULE, State
from simulator.engine.truth import expect_complacency, review_hazards
from simulator.engine.visiting import finish
from simulator.inspectorate.policy import INTERVAL, ROUND, VISITS
from simulator.ticks import NEVER


@compiled
def on_end(state: State, row: int, time: int) -> None:
    """An inspection ends: its team comes home, its judgement becomes the rating, plans follow."""
    work = state.work[row]
    provider, kind, slot, counts, generation = work.provider, work.kind, work.slot, work.counts, work.generation
    judged = finish(state, row, time)
    place = state.providers[provider]
    if place.open == 0 or place.generation != generation:
        return
    place.last_visit = time
    place.last_ended[kind] = time
    place.inspections += 1
    if judged > 0:
        take_judgement(state, provider, judged, time)
    if counts == 1:
        count_towards_rules(state, provider, kind, slot, time)
    drop_outdated_plans(state, provider, kind)
    plan_rules(state, provider, False, time)
    if judged > 0:
        plan_again(state, provider, judged, time)
    expect_complacency(state, provider, time)
    review_hazards(state, provider, time)


@compiled
def take_judgement(state: State, provider: int, judged: int, time: int) -> None:
    """Rate the provider as judged; a poor one that is judged poor is detected."""
    place = state.providers[provider]
    place.judged = judged
    place.rating = judged
    if judged == 1 and place.poor_since < NEVER and place.detected == NEVER:
        place.detected = time


@compiled
def count_towards_rules(state: State, provider: int, kind: int, slot: int, time: int) -> None:
    """Let an inspection of another origin stand for the next of a year's visits."""
    service_type = state.providers[provider].service_type
    policy = state.policies[state.now[0].framework]
    for other in range(RULE, state.plans.shape[1]):
        plan = state.plans[provider, other]
        if (
            other != slot
            and form_of(state, provider, other) == VISITS
            and policy.satisfied_by[service_type, other - RULE, kind] == 1
            and plan.placed < plan.owed
        ):
            plan.placed += 1
            place_next_visit(state, provider, other, time)


@compiled
def drop_outdated_plans(state: State, provider: int, kind: int) -> None:
    """Drop what a cycle has planned, since the last inspection or the rating is another now; and a round's, if done."""
    service_type = state.providers[provider].service_type
    policy = state.policies[state.now[0].framework]
    for slot in range(RULE, state.plans.shape[1]):
        form = form_of(state, provider, slot)
        if form == INTERVAL or (form == ROUND and policy.satisfied_by[service_type, slot - RULE, kind] == 1):
            state.plans[provider, slot].next = NEVER
