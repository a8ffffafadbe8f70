"""Discretionary work that was not begun in its time lapses, and what follows from that.

An inspectorate that cannot do all it promised drops what no law asks for (MODEL, section 4). What has run out of time
is never begun; on the first of each month it is counted as lapsed, by reason. Statutory work never lapses.
"""

from typing import Final

from simulator.compiling import compiled
from simulator.engine.agenda import LAPSE, send
from simulator.engine.asking import form_of, is_statutory
from simulator.engine.duties import drop_duty, oldest_duty
from simulator.engine.enforcing import weigh_look
from simulator.engine.in_hand import visits_short
from simulator.engine.recorded import MONITORED, OUT_OF_TIME, WAITING
from simulator.engine.rule_by_rule import plan_rule
from simulator.engine.slots import is_of_rule, row_to_plan
from simulator.engine.state import State
from simulator.engine.truth import review_hazards
from simulator.engine.visiting import lapse
from simulator.engine.yearly_visits import owe_again
from simulator.inspectorate.planner import year_of
from simulator.inspectorate.policy import VISITS

AT_ONCE: Final = 8
"""Inspections that one event lets lapse, so that it never brings about more than fits."""


@compiled
def on_lapse(state: State, first: int, time: int) -> None:
    """Let waiting work lapse that has run out of time, from the row `first` on, in portions of one event each."""
    lapsed = 0
    for row in range(first, len(state.work)):
        if state.work[row].status == WAITING and state.work[row].lapses <= time:
            run_out(state, row, time)
            lapsed += 1
            if lapsed == AT_ONCE:
                send(state, time, LAPSE, row + 1)
                return


@compiled
def run_out(state: State, row: int, time: int) -> None:
    """Let an inspection lapse that was not begun in its time, and let its purpose be served otherwise."""
    work = state.work[row]
    provider, slot, reason, deadline = work.provider, work.slot, work.reason, work.deadline
    lapse(state, row, OUT_OF_TIME, time)
    place = state.providers[provider]
    if reason == MONITORED and place.awaits_look == 1:
        # 3.3.1 has the plan monitored: where nobody comes by its date, the last judgement decides at the desk.
        weigh_look(state, provider, place.judged, time)
        review_hazards(state, provider, time)
    if is_of_rule(state, slot):
        go_on_without(state, provider, slot, deadline, time)


@compiled
def go_on_without(state: State, provider: int, slot: int, deadline: int, time: int) -> None:
    """Let a rule go on without an inspection that lapsed; what no law asks for is not asked for again in its place."""
    if form_of(state, provider, slot) == VISITS:
        year_end = state.month_starts[12 * (year_of(state.month_starts, time) + 1)]
        if is_statutory(state, provider, slot) and visits_short(state, provider, slot, year_end) > 0:
            owe_again(state, provider, slot, 1, time)
        return
    state.plans[row_to_plan(state, provider, slot)].lapsed = deadline
    row = oldest_duty(state, provider, slot)
    if row >= 0 and state.standing[row].statutory == 0:
        drop_duty(state, row)
    plan_rule(state, provider, slot, time)
