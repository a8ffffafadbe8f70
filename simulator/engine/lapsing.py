"""Discretionary work that was not begun in its time lapses, and what follows from that.

An inspectorate that cannot do all it promised drops what no law asks for
(docs/model.md, *What the inspectorate does*). What has run out of time is never begun; on the first of each month
it is counted as lapsed, by reason. Statutory work never lapses.
"""

from typing import Final

from simulator.compiling import compiled
from simulator.engine.agenda import LAPSE, send
from simulator.engine.asking import awaits_first
from simulator.engine.duties import drop_duty, oldest_duty
from simulator.engine.enforcing import look_at_desk
from simulator.engine.in_force import form_of, is_of_rule, rule_slots, satisfies
from simulator.engine.recorded import MONITORED, OUT_OF_TIME, WAITING
from simulator.engine.rule_by_rule import plan_rule
from simulator.engine.slots import row_to_plan
from simulator.engine.standing_for import make_up
from simulator.engine.state import State
from simulator.engine.truth import review_hazards
from simulator.engine.visiting import lapse
from simulator.inspectorate.rules_policy import NO_RULE, VISITS

_AT_ONCE: Final = 8
"""Inspections that one event lets lapse, so that it never brings about more than fits."""


@compiled
def on_lapse(state: State, first: int, time: int) -> None:
    """Drop waiting work that has run out of time, from the row `first` on, in portions of one event each.

    docs/model.md, *What the inspectorate does*: at its discretion.
    """
    lapsed = 0
    for row in range(first, len(state.work)):
        if state.work[row].status == WAITING and state.work[row].lapses <= time:
            _run_out(state, row, time)
            lapsed += 1
            if lapsed == _AT_ONCE:
                send(state, time, LAPSE, row + 1)
                return


@compiled
def _run_out(state: State, row: int, time: int) -> None:
    """Drop an inspection that was not begun in its time, and serve its purpose otherwise."""
    work = state.work[row]
    provider, slot, kind, reason, deadline = work.provider, work.slot, work.kind, work.reason, work.deadline
    lapse(state, row, OUT_OF_TIME, time)
    place = state.providers[provider]
    if reason == MONITORED and place.awaits_look == 1:
        # 3.3.1 has the plan monitored: where nobody comes by its date, the last judgement decides at the desk.
        look_at_desk(state, provider, time)
        review_hazards(state, provider, time)
    if is_of_rule(state, slot) and form_of(state, provider, slot) == VISITS:
        if awaits_first(state, provider):
            state.plans[row_to_plan(state, provider, slot)].placed -= 1
    elif is_of_rule(state, slot):
        state.plans[row_to_plan(state, provider, slot)].lapsed = deadline
        duty = oldest_duty(state, provider, slot)
        if duty >= 0 and state.standing[duty].statutory == 0:
            drop_duty(state, duty)
    _plan_without(state, provider, kind, time)


@compiled
def _plan_without(state: State, provider: int, kind: int, time: int) -> None:
    """Plan again what an inspection of a kind that was not begun was to serve: its own rule, and any that it hid."""
    for slot in rule_slots(state):
        form = form_of(state, provider, slot)
        if form == NO_RULE or not satisfies(state, provider, slot, kind):
            continue
        if form == VISITS:
            make_up(state, provider, slot, time)
        else:
            plan_rule(state, provider, slot, time)
