"""Which waiting work starts when inspectors are free: in the order of the backlog.

Nothing at the inspectorate's discretion keeps statutory work from starting
(docs/model.md, *What the inspectorate does*).
"""

from typing import Final

from simulator.compiling import compiled
from simulator.engine.accounts import ask_start
from simulator.engine.desk_work import free_inspectors
from simulator.engine.recorded import WAITING
from simulator.engine.state import State
from simulator.engine.visiting import begin
from simulator.inspectorate.backlog import goes_before, pop, row_of
from simulator.ticks import NEVER

_PORTION: Final = 12
"""Entries of a backlog that one event looks at; each may begin together with those of three services it covers."""


@compiled
def on_start(state: State, pool: int, time: int) -> None:
    """Start waiting work in the order of the backlog, as long as the whole team of the next is free.

    docs/model.md, *What the inspectorate does*: inspectors.

    The team may be one that a neighbouring region lends. Discretionary work that waits for its team, or for the desk,
    keeps no statutory work behind it from starting. A long backlog starts in portions, one event each, so that an event
    never brings about more than fits.
    """
    there = state.pools[pool]
    heap = state.backlog[pool]
    there.start_asked = -NEVER
    for _ in range(_PORTION):
        if there.queued == 0:
            break
        row = row_of(heap[0, 1])
        work = state.work[row]
        if work.status == WAITING and work.order == heap[0, 0] and work.lapses > time:
            team_of = _pool_with_team(state, pool, row)
            if team_of < 0:
                row = _statutory_behind(state, pool) if work.statutory == 0 else -1
                if row < 0:
                    return
                begin(state, row, _pool_with_team(state, pool, row), time)
                continue
            begin(state, row, team_of, time)
        pop(heap, there.queued)
        there.queued -= 1
    ask_start(state, pool, time)


@compiled
def _statutory_behind(state: State, pool: int) -> int:
    """Return the row of the first statutory work of a pool's backlog if it can start, -1 if none can."""
    there = state.pools[pool]
    nobody_free = there.busy >= there.capacity and state.lenders.shape[1] == 0
    if there.waiting_by_law == 0 or nobody_free:
        return -1
    heap = state.backlog[pool]
    first = -1
    for entry in range(there.queued):
        work = state.work[row_of(heap[entry, 1])]
        waits = work.status == WAITING and work.statutory == 1 and work.order == heap[entry, 0]
        if waits and (first < 0 or goes_before(heap, entry, first)):
            first = entry
    if first < 0 or _pool_with_team(state, pool, row_of(heap[first, 1])) < 0:
        return -1
    return row_of(heap[first, 1])


@compiled
def _pool_with_team(state: State, pool: int, row: int) -> int:
    """Return the pool that has a whole team free for work waiting in a pool, -1 if none has: itself, or one that lends.

    A team is lent by a neighbouring region in which nothing waits, the first of them that has one.
    """
    work = state.work[row]
    if free_inspectors(state, pool, work.priority, work.statutory) >= work.team:
        return pool
    for neighbour in range(state.lenders.shape[1]):
        lender = state.lenders[pool, neighbour]
        idle = lender >= 0 and state.pools[lender].waiting == 0
        if idle and free_inspectors(state, lender, work.priority, work.statutory) >= work.team:
            return int(lender)
    return -1
