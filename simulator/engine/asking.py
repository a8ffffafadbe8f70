"""How a rule asks for its next inspection, and what it needs to know to choose the moment."""

from simulator.compiling import compiled
from simulator.engine.in_force import policy_in_force, rule_of
from simulator.engine.recorded import PLANNED
from simulator.engine.seeing import ticks_taken
from simulator.engine.slots import ask, draft_plan, row_to_plan
from simulator.engine.state import State
from simulator.engine.visiting import next_number


@compiled
def ask_by_rule(state: State, provider: int, slot: int, moment: int, deadline: int) -> None:
    """Plan the next inspection that a rule asks for."""
    policy, rule = policy_in_force(state), rule_of(state, provider, slot)
    plan = draft_plan(state, provider, slot, policy.kind[rule], PLANNED, deadline)
    plan.statutory = policy.statutory[rule]
    plan.priority = policy.rule_priority[rule]
    plan.deadline = deadline
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
    kind = policy_in_force(state).kind[rule_of(state, provider, slot)]
    return ticks_taken(state, provider, state.now[0].framework, kind, plan.number, 1.0)


@compiled
def note_last(state: State, provider: int, kind: int, raised: int, ended: int) -> None:
    """Note when the last inspection of a kind ended, and where a round might count it, when it was raised."""
    place = state.providers[provider]
    place.last_ended[kind] = ended
    if place.round_row >= 0:
        state.last_raised[place.round_row, kind] = raised


@compiled
def awaits_first(state: State, provider: int) -> bool:
    """Report whether a provider still waits for the first inspection after its registration."""
    return bool(state.providers[provider].awaits_first == 1)
