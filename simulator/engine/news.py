"""What news of a provider does to its work in hand."""

from typing import Any

from simulator.compiling import compiled
from simulator.engine.recorded import MONITORED, RUNNING, SAMPLED, WAITING
from simulator.engine.state import State
from simulator.engine.visiting import enqueue
from simulator.inspectorate.backlog import order_of


@compiled
def answers_news(state: State, provider: int, kinds: Any) -> bool:
    """Return whether an inspection of a kind marked 1 runs for the present provider, or waits and can go up."""
    place = state.providers[provider]
    row = place.first_work
    while row >= 0:
        work = state.work[row]
        if work.generation == place.generation and kinds[work.kind] == 1 and (work.status == RUNNING or _goes_up(work)):
            return True
        row = work.next
    return False


@compiled
def _goes_up(work: Any) -> bool:
    """Return whether news moves waiting work up in the backlog: not a sample or a monitoring visit that may lapse."""
    return bool(work.statutory == 1 or work.reason not in (SAMPLED, MONITORED))


@compiled
def hasten(state: State, provider: int, kinds: Any, wanted_by: int, time: int) -> None:
    """Move the first of a provider's waiting inspections of kinds marked 1 up in the backlog, as wanted earlier."""
    first = -1
    row = state.providers[provider].first_work
    while row >= 0:
        work = state.work[row]
        waits = work.status == WAITING and kinds[work.kind] == 1 and _goes_up(work)
        if waits and (first < 0 or work.order < state.work[first].order):
            first = row
        row = work.next
    if first < 0:
        return
    work = state.work[first]
    if order_of(work.priority, wanted_by, work.raised) < work.order:
        enqueue(state, first, wanted_by, time)
