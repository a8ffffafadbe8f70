"""First inspections and re-inspections: what a registration and a bad judgement call for."""

from simulator.compiling import compiled
from simulator.engine.duties import open_duty
from simulator.engine.in_force import form_of, policy_in_force, rule_slots, satisfies
from simulator.engine.recorded import JUDGED_LOW, NEW_PROVIDER
from simulator.engine.rule_by_rule import plan_rule
from simulator.engine.seeing import ticks_taken
from simulator.engine.slots import ask, draft_plan
from simulator.engine.standing_for import choose_visit
from simulator.engine.state import State
from simulator.engine.visiting import is_raised_by, next_number
from simulator.engine.work_records import AGAIN, FIRST, RULE
from simulator.engine.yearly_visits import begin_year
from simulator.inspectorate.kinds import NO_KIND
from simulator.inspectorate.rules_policy import VISITS
from simulator.ticks import NEVER
from simulator.world.streams import FIRST_INSPECTION, REINSPECTION, REINSPECTION_LOOK, uniform


@compiled
def plan_first(state: State, provider: int, time: int) -> None:
    """Plan the inspection of a newly registered provider; without a rule for it, the ordinary rules begin.

    They wait for it where the law asks for it, and then it is made no later than they ask for one that it satisfies.
    Where it is at the inspectorate's discretion they begin at once, and it may stand for a visit that they ask for.
    """
    place = state.providers[provider]
    policy = policy_in_force(state)
    within = policy.first_within[place.service_type]
    if within == 0:
        _begin_rules(state, provider, time)
        return
    place.awaits_first = policy.first_statutory[place.service_type]
    _begin_rules(state, provider, time)
    not_before = policy.first_not_before[place.service_type]
    plan = draft_plan(state, provider, FIRST, policy.first_kind[place.service_type], NEW_PROVIDER, time + within)
    plan.from_ = time + not_before
    plan.statutory = policy.first_statutory[place.service_type]
    plan.deadline = time + within
    latest = min(_first_due(state, provider, plan.kind), plan.deadline) - time
    if plan.statutory == 1:
        open_duty(state, provider, FIRST, 1, time, plan.deadline)
    plan.number = next_number(state, provider)
    needed = ticks_taken(state, provider, plan.framework, plan.kind, plan.number, 1.0)
    draw = uniform(state.now[0].run, FIRST_INSPECTION, place.identity, 0)
    when = time + not_before + int(max(latest - needed - not_before, 0) * draw)
    ask(state, provider, FIRST, when)
    if plan.statutory == 0:
        choose_visit(state, provider, FIRST, when, time)


@compiled
def _first_due(state: State, provider: int, kind: int) -> int:
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
def _begin_rules(state: State, provider: int, time: int) -> None:
    """Settle what every rule owes a newly registered provider: of a year's visits those for the rest of it."""
    for slot in rule_slots(state):
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
    policy = policy_in_force(state)
    if policy.again[place.service_type, judged] == 0 or policy.again_after_kind[place.service_type, judged, kind] == 0:
        return
    if state.plans[state.slots[provider, AGAIN]].next < NEVER or is_raised_by(state, provider, AGAIN):
        return
    not_before = time + policy.again_not_before[place.service_type, judged]
    within = time + policy.again_within[place.service_type, judged]
    looked_at = _plan_look(state, provider, judged, time)
    if looked_at > time:
        not_before = looked_at + policy.after_look_not_before[place.service_type, judged]
        within = looked_at + policy.after_look_within[place.service_type, judged]
    plan = draft_plan(state, provider, AGAIN, policy.again_kind[place.service_type, judged], JUDGED_LOW, within)
    plan.from_ = not_before
    plan.statutory = policy.again_statutory[place.service_type, judged]
    plan.priority = policy.again_priority[place.service_type, judged]
    if plan.statutory == 1:
        plan.deadline = within
        open_duty(state, provider, AGAIN, 1, time, plan.deadline)
        plan.number = next_number(state, provider)
        within -= ticks_taken(state, provider, plan.framework, plan.kind, plan.number, 1.0)
    draw = uniform(state.now[0].run, REINSPECTION, place.identity, place.inspections)
    when = not_before + int(max(within - not_before, 0) * draw)
    ask(state, provider, AGAIN, when)
    if policy.again_counts[place.service_type, judged] == 1:
        choose_visit(state, provider, AGAIN, when, time)


@compiled
def _plan_look(state: State, provider: int, judged: int, time: int) -> int:
    """Plan the visit that goes before a re-inspection and return when it is; `time` if none does after this judgement.

    It is at the inspectorate's discretion.
    """
    place = state.providers[provider]
    policy = policy_in_force(state)
    kind = policy.look_kind[place.service_type, judged]
    slot = state.slots.shape[1] - 1
    chance = uniform(state.now[0].run, REINSPECTION_LOOK, place.identity, 2 * place.inspections)
    if kind == NO_KIND or chance >= policy.look_probability[place.service_type, judged]:
        return time
    not_before = policy.look_not_before[place.service_type, judged]
    within = policy.look_within[place.service_type, judged]
    draft_plan(state, provider, slot, kind, JUDGED_LOW, time + within)
    draw = uniform(state.now[0].run, REINSPECTION_LOOK, place.identity, 2 * place.inspections + 1)
    when = time + not_before + int((within - not_before) * draw)
    ask(state, provider, slot, when)
    return int(when)
