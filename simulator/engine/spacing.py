"""The spacing of yearly visits where one of them is late.

The days between visits count from the day for which the one before is planned. Where nobody was free on that day they
count from the day on which it begins: a visit that is planned sooner moves, as far as its year leaves room.
"""

from simulator.compiling import compiled
from simulator.engine.asking import ticks_needed
from simulator.engine.in_force import form_of, policy_in_force, rule_of, rule_slots, satisfies
from simulator.engine.inspection_years import end_of_year
from simulator.engine.recorded import BROUGHT_FORWARD, RUNNING
from simulator.engine.slots import ask, row_to_plan
from simulator.engine.state import State
from simulator.inspectorate.planner import spaced
from simulator.inspectorate.rules_policy import VISITS
from simulator.ticks import NEVER


@compiled
def note_late(state: State, provider: int, kind: int, raised: int, started: int) -> None:
    """Note, for the yearly rules that an inspection satisfies, when it began, if that was later than planned."""
    if started == raised:
        return
    for slot in rule_slots(state):
        if form_of(state, provider, slot) == VISITS and satisfies(state, provider, slot, kind):
            state.plans[row_to_plan(state, provider, slot)].late = started


@compiled
def keep_apart(state: State, provider: int, slot: int, time: int) -> bool:
    """Move a yearly visit planned for now away from a late one that satisfies its rule; report whether it moved.

    Where the year leaves no room it stays, as does one that news has brought forward.
    """
    policy, rule = policy_in_force(state), rule_of(state, provider, slot)
    plan = state.plans[row_to_plan(state, provider, slot)]
    previous = _last_late(state, provider, slot, time)
    if previous == -NEVER or plan.reason == BROUGHT_FORWARD:
        return False
    when = spaced(
        time,
        previous,
        policy.spacing[rule],
        end_of_year(state, time),
        max(policy.days_free[rule], ticks_needed(state, provider, slot)),
        plan.owed - plan.placed - 1,
    )
    if when <= time:
        return False
    ask(state, provider, slot, when)
    return True


@compiled
def _last_late(state: State, provider: int, slot: int, time: int) -> int:
    """Return when the last late inspection that satisfies a rule began, -NEVER if none was late.

    One that still waits begins now at the soonest. One that may lapse counts only from when it begins: nothing at the
    inspectorate's discretion holds up a visit that the law asks for.
    """
    last = state.plans[state.slots[provider, slot]].late
    row = state.providers[provider].first_work
    while row >= 0:
        work = state.work[row]
        began = work.started if work.status == RUNNING else time
        counts = work.status == RUNNING or work.statutory == 1
        same = work.generation == state.providers[provider].generation
        if same and counts and began > work.raised and satisfies(state, provider, slot, work.kind):
            last = max(last, began)
        row = work.next
    return int(last)
