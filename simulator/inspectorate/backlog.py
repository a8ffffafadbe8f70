"""The backlog: work that waits for a team, first by the priority of its kind, then by deadline.

A binary heap on whole-number keys. At equal priority and deadline the provider first in the register goes
first, and of one provider's inspections the one in the lower row of work; so the order is the same on every
machine. A scenario may begin with a backlog.
"""

from typing import Annotated, Any, Final, Self

from pydantic import Field, model_validator

from simulator.compiling import compiled
from simulator.inputs.parameter import Parameter
from simulator.inputs.sections import Section

_PRIORITY_SHIFT: Final = 59
_DEADLINE_SHIFT: Final = 24
_DEADLINE_TICKS: Final = 2**35 - 1
_LONG_PAST: Final = 2**34
"""Ticks before the epoch at which a deadline may lie."""


class StartingBacklog(Section):
    """Statutory inspections that are late when measures begin to count: so many, or the work of so many months."""

    inspections: Annotated[int, Field(ge=1, le=1_000_000), Parameter("inspections late at the start")] | None = None
    """Inspections that are late; at most one for each provider and rule, whatever the number."""
    months: Annotated[float, Field(gt=0, le=12), Parameter("months of inspections late at the start")] | None = None
    """As many as statutory rules ask for in so many months."""

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.inspections is None) == (self.months is None):
            given = "neither" if self.months is None else "both"
            raise ValueError(f"given {given}; allowed: one of inspections and months")
        return self


@compiled
def order_of(priority: int, wanted_by: int, provider: int) -> int:
    """Pack priority (1 first, at most 9), deadline in ticks and register row into one key; smaller goes first."""
    deadline = min(max(wanted_by + _LONG_PAST, 0), _DEADLINE_TICKS)
    return (priority << _PRIORITY_SHIFT) | (deadline << _DEADLINE_SHIFT) | provider


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
def push(heap: Any, size: int, key: int, row: int) -> None:
    """Add work `row` to a heap of `size` entries (array of shape (n, 2), n > size)."""
    heap[size, 0] = key
    heap[size, 1] = row
    at = size
    while at > 0 and goes_before(heap, at, (at - 1) // 2):
        _swap(heap, at, (at - 1) // 2)
        at = (at - 1) // 2


@compiled
def pop(heap: Any, size: int) -> int:
    """Take the first entry off a heap of `size` > 0 entries and give its row."""
    row = heap[0, 1]
    last = size - 1
    heap[0, 0], heap[0, 1] = heap[last, 0], heap[last, 1]
    at = 0
    while True:
        child = 2 * at + 1
        if child >= last:
            return row
        if child + 1 < last and goes_before(heap, child + 1, child):
            child += 1
        if not goes_before(heap, child, at):
            return row
        _swap(heap, at, child)
        at = child
