"""The backlog: work that waits for a team, first by the priority of its kind, then by deadline.

A binary heap on whole-number keys. At equal priority and deadline goes first what was raised first; of what was raised
in the same minute, that of the provider first in the register, and of one provider's the one in the lower row of work.
So the order is the same on every machine, and who stands where in a register decides next to nothing.
A scenario may begin with a backlog.
"""

from typing import Annotated, Any, Final, Self

from pydantic import Field, model_validator

from simulator.compiling import compiled
from simulator.inputs.parameter import Parameter
from simulator.inputs.sections import Section

_PRIORITY_SHIFT: Final = 59
_DEADLINE_SHIFT: Final = 27
_DEADLINE_TICKS: Final = 2**32 - 1
_LONG_PAST: Final = 2**31
"""Ticks before the epoch at which a deadline may lie."""
_RAISED_TICKS: Final = 2**27 - 1
"""Ticks since the epoch up to which it counts when work was raised: 255 years."""
_PROVIDER_SHIFT: Final = 32
ROWS: Final = 2**32 - 1
"""Bits of the second part of an entry that hold the row of work."""


class StartingBacklog(Section):
    """Statutory inspections that are late when measures begin to count: so many, or the work of so many months."""

    inspections: Annotated[int, Field(ge=1, le=1_000_000), Parameter("inspections late at the start")] | None = None
    """Inspections that are late; at most one for each provider and rule, whatever the number."""
    months: Annotated[float, Field(gt=0, le=12), Parameter("months of inspections late at the start")] | None = None
    """As many as statutory rules ask for in this number of months."""

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.inspections is None) == (self.months is None):
            given = "neither" if self.months is None else "both"
            raise ValueError(f"given {given}; allowed: one of inspections and months")
        return self


@compiled
def order_of(priority: int, wanted_by: int, raised: int) -> int:
    """Pack priority (1 first, at most 9), deadline and day of raising in ticks into one key; smaller goes first."""
    deadline = min(max(wanted_by + _LONG_PAST, 0), _DEADLINE_TICKS)
    return (priority << _PRIORITY_SHIFT) | (deadline << _DEADLINE_SHIFT) | min(max(raised, 0), _RAISED_TICKS)


@compiled
def entry_of(provider: int, row: int) -> int:
    """Pack the register row of a provider and a row of work, the second part of an entry of the heap."""
    return (provider << _PROVIDER_SHIFT) | row


@compiled
def row_of(entry: Any) -> int:
    """Return the row of work of such an entry."""
    return entry & ROWS


@compiled
def goes_before(heap: Any, i: int, j: int) -> bool:
    """Return whether entry `i` of the heap goes before entry `j`."""
    return heap[i, 0] < heap[j, 0] or (heap[i, 0] == heap[j, 0] and heap[i, 1] < heap[j, 1])


@compiled
def _swap(heap: Any, i: int, j: int) -> None:
    """Exchange two entries."""
    key, row = heap[i, 0], heap[i, 1]
    heap[i, 0], heap[i, 1] = heap[j, 0], heap[j, 1]
    heap[j, 0], heap[j, 1] = key, row


@compiled
def push(heap: Any, size: int, key: int, entry: int) -> None:
    """Add work (`entry_of`) to a heap of `size` entries (array of shape (n, 2), n > size)."""
    heap[size, 0] = key
    heap[size, 1] = entry
    at = size
    while at > 0 and goes_before(heap, at, (at - 1) // 2):
        _swap(heap, at, (at - 1) // 2)
        at = (at - 1) // 2


@compiled
def pop(heap: Any, size: int) -> int:
    """Take the first entry off a heap of `size` > 0 entries, and return its second part."""
    entry = heap[0, 1]
    last = size - 1
    heap[0, 0], heap[0, 1] = heap[last, 0], heap[last, 1]
    at = 0
    while True:
        child = 2 * at + 1
        if child >= last:
            return entry
        if child + 1 < last and goes_before(heap, child + 1, child):
            child += 1
        if not goes_before(heap, child, at):
            return entry
        _swap(heap, at, child)
        at = child
