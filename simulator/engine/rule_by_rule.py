"""Every statutory rule of a provider, whatever its form, settles what is owed and asks for its next inspection."""

from simulator.compiling import compiled
from simulator.engine.cycles import plan_interval, plan_round
from simulator.engine.in_force import form_of, rule_slots
from simulator.engine.state import State
from simulator.engine.yearly_visits import owe_difference
from simulator.inspectorate.rules_policy import INTERVAL, ROUND, VISITS


@compiled
def plan_rules(state: State, provider: int, time: int) -> None:
    """Settle the date of every rule's duty and ask for its next inspection, where it has not yet asked."""
    for slot in rule_slots(state):
        plan_rule(state, provider, slot, time)


@compiled
def plan_rule(state: State, provider: int, slot: int, time: int) -> None:
    """Settle the date of a rule's duty and ask for its next inspection, where it has not yet asked."""
    form = form_of(state, provider, slot)
    if form == VISITS:
        owe_difference(state, provider, slot, time)
    elif form == INTERVAL:
        plan_interval(state, provider, slot, time)
    elif form == ROUND:
        plan_round(state, provider, slot, time)
