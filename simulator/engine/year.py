"""What happens when an inspection year begins, and when a framework takes over."""

from simulator.compiling import compiled
from simulator.engine.accounts import ask_targets
from simulator.engine.agenda import PLAN, send
from simulator.engine.assessing import assess_for_the_year
from simulator.engine.cycles import open_rounds
from simulator.engine.duties import void_duties
from simulator.engine.in_force import form_of, policy_in_force, rule_of, rule_slots
from simulator.engine.recorded import BROUGHT_FORWARD
from simulator.engine.responding import bring_forward
from simulator.engine.rule_by_rule import plan_rule
from simulator.engine.sampling import ask_draws, draw_share
from simulator.engine.self_assessing import ask_self_assessment
from simulator.engine.slots import forget
from simulator.engine.state import State
from simulator.engine.yearly_visits import begin_year
from simulator.inspectorate.planner import year_of
from simulator.inspectorate.rules_policy import VISITS
from simulator.inspectorate.triggers import ANY_YEAR
from simulator.ticks import MONTHS, NEVER


@compiled
def on_takeover(state: State, framework: int, time: int) -> None:
    """A framework takes over, with the ratings, due dates and backlog that it finds.

    Consultation 2006, 4.4.1: changes of inspection frequencies take effect on a day.
    """
    state.now[0].framework = framework
    state.now[0].took_over = time
    state.now[0].ranked = -NEVER
    ask_draws(state, time)
    for pool in range(len(state.pools)):
        ask_targets(state, pool, time)


@compiled
def on_plan(state: State, provider: int, time: int) -> None:
    """Assess a provider and plan its year on 1 April; at a takeover, what the new rules change in the rest of it.

    Consultation 2006, 3.1.17 and 3.1.19: every provider is assessed every year, and its plan is based on that.

    A rule that the framework before had too goes on as if nothing had happened. What news of risk had
    brought forward under an old rule is brought forward under the new one, for whatever year that plans it.
    """
    place = state.providers[provider]
    if place.planned_at == time:
        return
    policy = policy_in_force(state)
    never_planned = place.planned_at == -NEVER
    place.planned_at = time
    year = year_of(state.month_starts, time)
    year_end = state.month_starts[MONTHS * (year + 1)]
    send(state, year_end, PLAN, provider)
    if place.open == 0:
        return
    begins = never_planned or time == state.month_starts[MONTHS * year]
    rated_anew = False
    if begins or state.now[0].took_over == time:
        ask_self_assessment(state, provider, time)
        if begins or policy.assessment_kept[place.service_type] == 0:
            rated_anew = assess_for_the_year(state, provider, time)
    moved, wanted_by = NEVER, NEVER
    for slot in rule_slots(state):
        plan = state.plans[state.slots[provider, slot]]
        changed = _is_changed(state, provider, slot, time)
        if changed:
            if plan.reason == BROUGHT_FORWARD and plan.next < moved:
                moved, wanted_by = plan.next, plan.wanted_by
            _replace_rule(state, provider, slot, time)
        if form_of(state, provider, slot) == VISITS and (begins or changed):
            begin_year(state, provider, slot, time)
        elif begins or changed or rated_anew:
            plan_rule(state, provider, slot, time)
    open_rounds(state, provider, year_end, time)
    if moved < NEVER:
        bring_forward(state, provider, policy.visits_there, ANY_YEAR, moved, wanted_by, 0, time)
    if begins or state.now[0].took_over == time:
        draw_share(state, provider, time)


@compiled
def _replace_rule(state: State, provider: int, slot: int, time: int) -> None:
    """End the rule of a slot, with its duties and all it has planned; visits of the next year made already count.

    What it has raised stays in the backlog and may meet a duty of the rule that takes over.
    """
    void_duties(state, provider, slot, NEVER, time)
    work = state.providers[provider].first_work
    while work >= 0:
        if state.work[work].slot == slot:
            state.work[work].slot = -1
        work = state.work[work].next
    row = state.slots[provider, slot]
    ahead, made = state.plans[row].ahead, state.plans[row].made_ahead
    forget(state, provider, slot)
    if ahead > 0:
        state.plans[row].ahead, state.plans[row].made_ahead = ahead, made


@compiled
def _is_changed(state: State, provider: int, slot: int, time: int) -> bool:
    """Report whether a framework takes over now and its rule in a slot is not that of the framework before."""
    if state.now[0].took_over != time:
        return False
    return bool(policy_in_force(state).kept[rule_of(state, provider, slot)] == 0)
