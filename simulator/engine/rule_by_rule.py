"""Every statutory rule of a provider, whatever its form, asks for its next inspection."""

from simulator.compiling import compiled
from simulator.engine.planning import form_of, is_outstanding, plan_interval, plan_round
from simulator.engine.state import RULE, State
from simulator.engine.yearly_visits import owe_difference
from simulator.inspectorate.policy import INTERVAL, ROUND, VISITS
from simulator.ticks import NEVER


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
