"""How a slot asks for its next inspection, and what it needs to know to choose the moment."""

from simulator.compiling import compiled
from simulator.engine.agenda import DUE, send
from simulator.engine.duties import latest_of
from simulator.engine.recorded import PLANNED
from simulator.engine.slots import is_of_rule, row_to_plan
from simulator.engine.state import RULE, State
from simulator.engine.visiting import next_number, ticks_taken


@compiled
def form_of(state: State, provider: int, slot: int) -> int:
    """Return the form of the rule behind a slot, 0 if there is none."""
    if not is_of_rule(state, slot):
        return 0
    return int(state.policies[state.now[0].framework].form[state.providers[provider].service_type, slot - RULE])


@compiled
def is_statutory(state: State, provider: int, slot: int) -> bool:
    """Report whether law or regulation asks for what the rule of a slot says."""
    policy = state.policies[state.now[0].framework]
    return bool(policy.statutory[state.providers[provider].service_type, slot - RULE] == 1)


@compiled
def ask(state: State, provider: int, slot: int, time: int) -> None:
    """Plan the next inspection of a slot at `time`."""
    state.plans[row_to_plan(state, provider, slot)].next = time
    send(state, time, DUE, provider * state.slots.shape[1] + slot)


@compiled
def ask_by_rule(state: State, provider: int, slot: int, moment: int, deadline: int) -> None:
    """Plan the next inspection that a rule asks for."""
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
def ticks_needed(state: State, provider: int, slot: int) -> int:
    """Return how long the next inspection of a rule will take, once it begins.

    Its number among the provider's inspections, by which its effort is drawn, is kept for it from now on: whoever plans
    a visit knows what it is to take.
    """
    plan = state.plans[row_to_plan(state, provider, slot)]
    if plan.number < 0:
        plan.number = next_number(state, provider)
    framework = state.now[0].framework
    kind = state.policies[framework].kind[state.providers[provider].service_type, slot - RULE]
    return ticks_taken(state, provider, framework, kind, plan.number, 1.0)


@compiled
def note_last(state: State, provider: int, kind: int, raised: int, ended: int) -> None:
    """Note when the last inspection of a kind ended, and where a round might count it, when it was raised."""
    place = state.providers[provider]
    place.last_ended[kind] = ended
    if place.round_row >= 0:
        state.last_raised[place.round_row, kind] = raised


@compiled
def last_satisfied(state: State, provider: int, slot: int) -> int:
    """Return the end of the last inspection that satisfies a rule, -NEVER if there was none."""
    place = state.providers[provider]
    policy = state.policies[state.now[0].framework]
    return latest_of(place.last_ended, policy.satisfied_by[place.service_type, slot - RULE])


@compiled
def awaits_first(state: State, provider: int) -> bool:
    """Report whether a provider still waits for the first inspection after its registration."""
    return bool(state.providers[provider].awaits_first == 1)
