"""What is in force: the policy of the present framework, and the rule of it that stands behind a slot."""

from typing import Any

from simulator.compiling import compiled
from simulator.engine.state import State
from simulator.engine.work_records import RULE
from simulator.inspectorate.policy import KIND_COUNT
from simulator.ticks import NEVER


@compiled
def policy_in_force(state: State) -> Any:
    """Return the policy of the framework in force (`simulator.inspectorate.policy.POLICY`)."""
    return state.policies[state.now[0].framework]


@compiled
def pool_of(state: State, provider: int, kind: int) -> int:
    """Return the pool that makes inspections of a kind at a provider."""
    policy = policy_in_force(state)
    return int(policy.pool[kind] + policy.regional[kind] * state.providers[provider].region)


@compiled
def rule_slots(state: State) -> range:
    """Return the slots of statutory rules."""
    return range(RULE, RULE + state.now[0].rules)


@compiled
def is_of_rule(state: State, slot: int) -> bool:
    """Report whether a slot is one of statutory rules."""
    return bool(RULE <= slot < RULE + state.now[0].rules)


@compiled
def rule_of(state: State, provider: int, slot: int) -> tuple[int, int]:
    """Return the place of a slot's rule in a policy: the type of the provider, and the position among its rules."""
    return int(state.providers[provider].service_type), slot - RULE


@compiled
def form_of(state: State, provider: int, slot: int) -> int:
    """Return the form of the rule behind a slot, 0 if there is none."""
    if not is_of_rule(state, slot):
        return 0
    return int(policy_in_force(state).form[rule_of(state, provider, slot)])


@compiled
def is_statutory(state: State, provider: int, slot: int) -> bool:
    """Report whether law or regulation asks for what the rule of a slot says."""
    return bool(policy_in_force(state).statutory[rule_of(state, provider, slot)] == 1)


@compiled
def satisfies(state: State, provider: int, slot: int, kind: int) -> bool:
    """Report whether an inspection of a kind satisfies the rule of a slot."""
    return bool(policy_in_force(state).satisfied_by[rule_of(state, provider, slot)][kind] == 1)


@compiled
def last_satisfied(state: State, provider: int, slot: int) -> int:
    """Return the end of the last inspection that satisfies a rule, -NEVER if there was none."""
    kinds = policy_in_force(state).satisfied_by[rule_of(state, provider, slot)]
    return latest_of(state.providers[provider].last_ended, kinds)


@compiled
def latest_of(moments: Any, kinds: Any) -> int:
    """Return the latest of some moments by kind of inspection, among the kinds marked 1; -NEVER if there is none."""
    latest = -NEVER
    for kind in range(KIND_COUNT):
        if kinds[kind] == 1:
            latest = max(latest, moments[kind])
    return latest
