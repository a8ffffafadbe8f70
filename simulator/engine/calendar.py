"""The agenda of the compiled engine: a calendar of stretches of time, each with the events that fall into it.

An event far ahead is laid into the list of its stretch, in no order. Only the stretch that is being lived through is
kept in order, as a binary heap, so small that it stays in the processor's nearest memory. That costs the same per event
however many lie ahead, where one heap of all of them grows slower with its size (R. Brown, "Calendar queues: a fast
O(1) priority queue implementation for the simulation event set problem", Communications of the ACM 31 (1988),
1220-1227). The order in which events come out is that of their times, kinds and subjects, whatever the stretches.
"""

from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.compiling import compiled

TIME_SHIFT: Final = 30
KIND_SHIFT: Final = 26
SUBJECTS: Final = 2**KIND_SHIFT
"""Providers times slots, or rows of work, that an entry can name."""
KINDS_MASK: Final = 2 ** (TIME_SHIFT - KIND_SHIFT) - 1

PROVIDER_TICKS: Final = 2**21
"""A stretch has as many ticks as make this many provider-ticks at most: some tens of events."""
LONGEST_SHIFT: Final = 16
"""The longest stretch is 2 to this power ticks: a month and a half."""

# what `marks` say
STRETCH: Final = 0
"""The stretch that is being lived through."""
PRESENT: Final = 1
"""Events that lie ahead in it: the size of the heap."""
AHEAD: Final = 2
"""Events that lie further ahead."""
UNUSED: Final = 3
"""First row of `rows` that is free; they are chained."""
SHIFT: Final = 4
"""A stretch has 2 to this power ticks."""
MARKS: Final = 5


class Calendar(NamedTuple):
    """An agenda."""

    marks: npt.NDArray[np.int64]
    """The numbers named above, shape 5."""
    firsts: npt.NDArray[np.int32]
    """First row of each stretch's list, -1 if it is empty: shape (stretches,)."""
    rows: npt.NDArray[np.int64]
    """Entry and following row of each event further ahead, shape (n, 2)."""
    heap: npt.NDArray[np.int64]
    """Entries of the stretch that is being lived through, shape (n,)."""


def empty_calendar(providers: int, begins: int, horizon: int) -> Calendar:
    """Lay out an agenda for events from the tick `begins` on and before `horizon`."""
    shift = int(np.clip(np.log2(PROVIDER_TICKS / providers), 0, LONGEST_SHIFT))
    marks = np.zeros(MARKS, dtype=np.int64)
    marks[STRETCH], marks[UNUSED], marks[SHIFT] = begins >> shift, -1, shift
    firsts = np.full((horizon >> shift) + 1, -1, dtype=np.int32)
    nothing = Calendar(marks, firsts, np.zeros((0, 2), dtype=np.int64), np.zeros(0, dtype=np.int64))
    return with_space(nothing, 8 * providers + 1024)


def with_space(calendar: Calendar, more: int) -> Calendar:
    """Give an agenda space for so many events more."""
    marks, firsts, rows, heap = calendar
    before = len(rows)
    rows = np.concatenate([rows, np.zeros((more, 2), dtype=np.int64)])
    rows[before:, 1] = np.arange(before + 1, before + more + 1)
    rows[-1, 1] = marks[UNUSED]
    marks[UNUSED] = before
    return Calendar(marks, firsts, rows, np.concatenate([heap, np.zeros(more, dtype=np.int64)]))


@compiled
def entry_of(time: int, kind: int, subject: int) -> int:
    """Pack an event into one number; earlier ones, then kinds and subjects in their order, are smaller."""
    return (time << TIME_SHIFT) | (kind << KIND_SHIFT) | subject


@compiled
def events_ahead(calendar: Calendar) -> int:
    """Count the events on an agenda."""
    return int(calendar.marks[PRESENT] + calendar.marks[AHEAD])


@compiled
def put(calendar: Calendar, entry: int) -> None:
    """Add an entry; there must be space for it."""
    marks, rows = calendar.marks, calendar.rows
    stretch = entry >> (TIME_SHIFT + marks[SHIFT])
    if stretch <= marks[STRETCH]:
        put_in_heap(calendar.heap, marks[PRESENT], entry)
        marks[PRESENT] += 1
        return
    row = marks[UNUSED]
    marks[UNUSED] = rows[row, 1]
    rows[row, 0] = entry
    rows[row, 1] = calendar.firsts[stretch]
    calendar.firsts[stretch] = row
    marks[AHEAD] += 1


@compiled
def take(calendar: Calendar) -> int:
    """Take the smallest entry off an agenda that is not empty."""
    marks = calendar.marks
    while marks[PRESENT] == 0:
        marks[STRETCH] += 1
        bring_near(calendar, calendar.firsts[marks[STRETCH]])
    marks[PRESENT] -= 1
    return take_from_heap(calendar.heap, marks[PRESENT] + 1)


@compiled
def bring_near(calendar: Calendar, first: int) -> None:
    """Put the list that begins in the row `first` into the heap."""
    marks, rows = calendar.marks, calendar.rows
    row = first
    while row >= 0:
        put_in_heap(calendar.heap, marks[PRESENT], rows[row, 0])
        marks[PRESENT] += 1
        marks[AHEAD] -= 1
        following = rows[row, 1]
        rows[row, 1] = marks[UNUSED]
        marks[UNUSED] = row
        row = following


@compiled
def put_in_heap(heap: Any, size: int, entry: int) -> None:
    """Add an entry to a binary heap of `size` entries."""
    at = size
    while at > 0:
        parent = (at - 1) >> 1
        if heap[parent] <= entry:
            break
        heap[at] = heap[parent]
        at = parent
    heap[at] = entry


@compiled
def take_from_heap(heap: Any, size: int) -> int:
    """Take the smallest entry off a binary heap of `size` > 0 entries."""
    first = heap[0]
    last = size - 1
    entry = heap[last]
    at = 0
    while True:
        child = 2 * at + 1
        if child >= last:
            break
        if child + 1 < last and heap[child + 1] < heap[child]:
            child += 1
        if heap[child] >= entry:
            break
        heap[at] = heap[child]
        at = child
    heap[at] = entry
    return int(first)
