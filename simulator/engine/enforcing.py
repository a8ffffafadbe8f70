"""Improvement plans and enforcement: what a judgement calls for, what its date brings, how the tariff escalates.

The consultation *Modernising the Regulatory Framework for Children's Social Services* (2006), 3.3; the steps are those
of `simulator.inspectorate.enforcement`. Where a framework takes over that does not have them, a plan or a step ends at
its next date.
"""

from simulator.compiling import compiled
from simulator.engine.agenda import TARIFF, send
from simulator.engine.assessing import last_heard
from simulator.engine.believing import believe_plan
from simulator.engine.desk_work import charge_look
from simulator.engine.holding import count_paperwork
from simulator.engine.in_force import policy_in_force
from simulator.engine.recorded import MONITORED, PURPOSE_GONE
from simulator.engine.responding import breach
from simulator.engine.slots import ask, draft_plan
from simulator.engine.standing_for import choose_visit
from simulator.engine.state import State
from simulator.engine.truth import close_and_replace, review_hazards
from simulator.engine.visiting import drop_waiting
from simulator.engine.work_records import MONITORING_SLOTS
from simulator.inspectorate.enforcement import (
    AGREED,
    DEREGISTRATION,
    ENDS,
    GOES_ON,
    NO_STEP,
    NOTICE,
    PLAN_ASKED,
    after_look,
    is_ended_by,
    is_high_risk,
    next_step,
    ticks_left,
)
from simulator.inspectorate.kinds import NO_KIND
from simulator.inspectorate.triggers import SERIOUS_CONCERN
from simulator.ticks import NEVER
from simulator.world.quality import POOR
from simulator.world.streams import PLAN_REFUSED, PLAN_REQUESTED, uniform


@compiled
def answer_judgement(state: State, provider: int, judged: int, time: int) -> None:
    """Have a judgement end what it ends, ask for a plan, or lead to the tariff at once where it is too serious."""
    place = state.providers[provider]
    plan_asked = policy_in_force(state).plan_asked[place.service_type]
    if judged == POOR and place.step < NOTICE and _high_risk(state, provider, time):
        _takes_next_step(state, provider, time)
    if is_ended_by(judged, place.step, plan_asked):
        _leave(state, provider, time)
    if place.step == NO_STEP and plan_asked[judged] == 1:
        _ask_for_plan(state, provider, judged, time)


@compiled
def _ask_for_plan(state: State, provider: int, judged: int, time: int) -> None:
    """Ask for an improvement plan after some of the judgements that call for one (3.3.1)."""
    place = state.providers[provider]
    policy = policy_in_force(state)
    draw = uniform(state.now[0].run, PLAN_REQUESTED, place.identity, place.inspections)
    if draw < policy.plan_probability[place.service_type, judged]:
        place.called_for_by = judged
        place.renewed = 0
        _take(state, provider, PLAN_ASKED, time)


@compiled
def on_tariff(state: State, provider: int, time: int) -> None:
    """A plan is due, or the date of a step has come; a provider deregistered closes.

    Consultation 2006, 3.3.1 and 3.3.3: the plan is monitored, and enforcement escalates up to deregistration.
    """
    place = state.providers[provider]
    if place.open == 0 or place.step_until != time:
        return
    place.step_until = NEVER
    if place.step == DEREGISTRATION:
        close_and_replace(state, provider, time)
        return
    if not _has_rule(state, provider):
        _leave(state, provider, time)
    elif place.step == PLAN_ASKED:
        _receive_plan(state, provider, time)
    else:
        _look_again(state, provider, time)
    review_hazards(state, provider, time)


@compiled
def _has_rule(state: State, provider: int) -> bool:
    """Report whether the framework in force has the plan or the step at which a provider stands."""
    place = state.providers[provider]
    policy = policy_in_force(state)
    if place.step <= AGREED:
        return bool(policy.plan_asked[place.service_type, place.called_for_by] == 1)
    return bool(policy.step_there[place.service_type, place.step] == 1)


@compiled
def _receive_plan(state: State, provider: int, time: int) -> None:
    """A plan is produced and agreed on; or it is refused, a breach of the regulations that leads to the tariff."""
    place = state.providers[provider]
    chance = state.services[place.service_type].plan_refused[place.grade]
    refused = uniform(state.now[0].run, PLAN_REFUSED, place.identity, place.inspections) < chance
    believe_plan(state, provider, refused, time)
    if not refused:
        _take(state, provider, AGREED, time)
        return
    place.step = NO_STEP
    _takes_next_step(state, provider, time)
    breach(state, provider, time)


@compiled
def _look_again(state: State, provider: int, time: int) -> None:
    """Send somebody to see what has been done by the date agreed, or let the last judgement say."""
    place = state.providers[provider]
    policy = policy_in_force(state)
    kind = _monitoring(state, provider)
    visited = policy.tariff_visited[place.service_type, place.judged]
    if place.step == AGREED:
        visited = policy.plan_visited[place.service_type, place.called_for_by]
    if kind == NO_KIND or visited == 0:
        look_at_desk(state, provider, time)
        return
    place.awaits_look = 1
    if not _is_monitored(state, provider):
        _ask_monitoring(state, provider, kind, time)


@compiled
def _monitoring(state: State, provider: int) -> int:
    """Return the kind of inspection that monitors the present plan or step; `NO_KIND` if none does."""
    place = state.providers[provider]
    policy = policy_in_force(state)
    if place.step == AGREED:
        return int(policy.plan_monitoring[place.service_type, place.called_for_by])
    return int(policy.tariff_monitoring[place.service_type])


@compiled
def look_at_desk(state: State, provider: int, time: int) -> None:
    """Have the last judgement say, at the desk, what comes of a plan or a step: who is poor cannot be found so."""
    place = state.providers[provider]
    policy = policy_in_force(state)
    days = policy.tariff_desk_days[place.service_type]
    if place.step == AGREED:
        days = policy.plan_desk_days[place.service_type, place.called_for_by]
    if days > 0.0:
        charge_look(state, provider, _monitoring(state, provider), days)
    weigh_look(state, provider, place.judged, time)


@compiled
def _is_monitored(state: State, provider: int) -> bool:
    """Report whether a monitoring visit to the present provider waits or runs already."""
    place = state.providers[provider]
    row = place.first_work
    while row >= 0:
        if state.work[row].reason == MONITORED and state.work[row].generation == place.generation:
            return True
        row = state.work[row].next
    return False


@compiled
def _ask_monitoring(state: State, provider: int, kind: int, time: int) -> None:
    """Raise a monitoring visit now; it is at the inspectorate's discretion (3.1.13)."""
    slot = state.slots.shape[1] - MONITORING_SLOTS
    draft_plan(state, provider, slot, kind, MONITORED, time)
    ask(state, provider, slot, time)
    if policy_in_force(state).counts[kind] == 1:
        choose_visit(state, provider, slot, time, time)


@compiled
def weigh_look(state: State, provider: int, seen: int, time: int) -> None:
    """Have what is seen at the date of a step end it, renew it, or lead to the next one."""
    place = state.providers[provider]
    plan_asked = policy_in_force(state).plan_asked[place.service_type]
    outcome = after_look(place.step, seen, place.called_for_by, plan_asked, place.renewed)
    if outcome == ENDS or not _has_rule(state, provider):
        _leave(state, provider, time)
    elif outcome == GOES_ON or not _takes_next_step(state, provider, time):
        place.renewed = 1
        _hold(state, provider, time)


@compiled
def _takes_next_step(state: State, provider: int, time: int) -> bool:
    """Take the next step of the tariff, if there is one and the power to take it; report whether it was taken."""
    place = state.providers[provider]
    policy = policy_in_force(state)
    there, powers_from = policy.step_there[place.service_type], policy.step_powers_from[place.service_type]
    step = next_step(place.step, there, powers_from, time)
    if step == place.step:
        return False
    _take(state, provider, step, time)
    return True


@compiled
def _take(state: State, provider: int, step: int, time: int) -> None:
    """Take a step, and count it if the run is being measured."""
    place = state.providers[provider]
    place.step = step
    if time >= state.now[0].measured_from:
        state.steps_taken[state.now[0].month, place.service_type, step] += 1
    if step == AGREED:
        count_paperwork(state, provider, 0, 1, time)
    _hold(state, provider, time)


@compiled
def _hold(state: State, provider: int, time: int) -> None:
    """Hold the present step from now until its date."""
    place = state.providers[provider]
    place.awaits_look = 0
    place.step_until = time + _ticks_held(state, provider, time)
    send(state, place.step_until, TARIFF, provider)


@compiled
def _ticks_held(state: State, provider: int, time: int) -> int:
    """Return how long the present step holds: an agreement the same each time, a step less where risk is high."""
    place = state.providers[provider]
    policy = policy_in_force(state)
    if place.step <= AGREED:
        within = policy.plan_within[place.service_type, place.called_for_by]
        days = policy.plan_days[place.service_type, place.called_for_by]
        return int(within if place.step == PLAN_ASKED else days - within)
    days = policy.step_days[place.service_type, place.step]
    return ticks_left(days, _high_risk(state, provider, time), policy.high_risk_share[place.service_type])


@compiled
def _high_risk(state: State, provider: int, time: int) -> bool:
    """Report whether there has been a serious concern so lately that the risk to children is high."""
    within = policy_in_force(state).serious_within[state.providers[provider].service_type]
    return is_high_risk(last_heard(state, provider, SERIOUS_CONCERN), within, time)


@compiled
def _leave(state: State, provider: int, time: int) -> None:
    """End a plan or a step of the tariff; a monitoring visit that still waits for inspectors has lost its purpose."""
    place = state.providers[provider]
    place.step = NO_STEP
    place.step_until = NEVER
    place.awaits_look = 0
    drop_waiting(state, provider, MONITORED, PURPOSE_GONE, time)
