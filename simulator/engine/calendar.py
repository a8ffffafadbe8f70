"""The agenda of the compiled engine: a calendar of stretches of time, each with the events that fall into it.

An event far ahead is laid to the others of its stretch, in no order. Only the stretch that is being lived through is
kept in order, as a binary heap, so small that it stays in the processor's nearest memory. That costs the same per event
however many lie ahead, where one heap of all of them grows slower with its size (R. Brown, "Calendar queues: a fast
O(1) priority queue implementation for the simulation event set problem", Communications of the ACM 31 (1988),
1220-1227). The order in which events come out is that of their times, kinds and subjects, whatever the stretches.
"""

from dataclasses import dataclass, replace
from typing import Any, ClassVar, Final

import numpy as np
import numpy.typing as npt

from simulator.compiling import compiled
from simulator.engine.addressed import Addressed, readable

TIME_SHIFT: Final = 31
KIND_SHIFT: Final = 26
SUBJECTS: Final = 2**KIND_SHIFT
"""Providers times slots, or rows of work, that an entry can name."""
KINDS_MASK: Final = 2 ** (TIME_SHIFT - KIND_SHIFT) - 1

_PROVIDER_TICKS: Final = 2**23
"""A stretch has as many ticks as make this many provider-ticks at most: some tens of events."""
_LONGEST_SHIFT: Final = 16
"""The longest stretch is 2 to this power ticks: a month and a half."""

_BLOCK: Final = 8
"""Words of a block: seven entries and the place of what was filled before it, together one line of memory."""
_FULL: Final = _BLOCK - 1

# what `marks` say
_STRETCH: Final = 0
"""The stretch that is being lived through."""
PRESENT: Final = 1
"""Events that lie ahead in it: the size of the heap."""
_AHEAD: Final = 2
"""Events that lie further ahead."""
_FREED: Final = 3
"""First of the blocks that were used and are free again, which are chained; -1 if there is none."""
_FRESH: Final = 4
"""First of the blocks never used yet."""
_IN_USE: Final = 5
"""Blocks in use."""
_SHIFT: Final = 6
"""A stretch has 2 to this power ticks."""
_MARKS: Final = 7


@readable
@dataclass(frozen=True, eq=False, kw_only=True)
class Calendar(Addressed):
    """An agenda."""

    TABLES: ClassVar = {
        "marks": (np.dtype(np.int64), 1),
        "next_of": (np.dtype(np.int32), 1),
        "blocks": (np.dtype(np.int64), 2),
        "heap": (np.dtype(np.int64), 1),
    }

    marks: npt.NDArray[np.int64]
    """The numbers named above, shape (7,)."""
    next_of: npt.NDArray[np.int32]
    """Where the next entry of each stretch goes, block and position packed: shape (stretches,), -1 if it is empty."""
    blocks: npt.NDArray[np.int64]
    """Entries further ahead, shape (n, 8)."""
    heap: npt.NDArray[np.int64]
    """Entries of the stretch that is being lived through: room for all there can be, shape (7 n,)."""


def empty_calendar(providers: int, begins: int, horizon: int) -> Calendar:
    """Return an agenda for events from the tick `begins` on and before `horizon`."""
    shift = int(np.clip(np.log2(_PROVIDER_TICKS / providers), 0, _LONGEST_SHIFT))
    marks = np.zeros(_MARKS, dtype=np.int64)
    marks[_STRETCH], marks[_FREED], marks[_SHIFT] = begins >> shift, -1, shift
    nothing = Calendar(
        marks=marks,
        next_of=np.full((horizon >> shift) + 1, -1, dtype=np.int32),
        blocks=np.zeros((0, _BLOCK), dtype=np.int64),
        heap=np.zeros(0, dtype=np.int64),
    )
    return with_space(nothing, 2 * providers + 1024)


def with_space(calendar: Calendar, more: int) -> Calendar:
    """Return an agenda with `more` further blocks."""
    before, present = len(calendar.blocks), calendar.marks[PRESENT]
    blocks = np.zeros((before + more, _BLOCK), dtype=np.int64)  # takes memory only as it is used
    blocks[:before] = calendar.blocks
    heap = np.zeros(_FULL * len(blocks), dtype=np.int64)
    heap[:present] = calendar.heap[:present]
    return replace(calendar, blocks=blocks, heap=heap)


def copied(calendar: Calendar) -> Calendar:
    """Return an agenda with the same entries, of which either goes on without the other."""
    alike = with_space(calendar, 0)
    return replace(alike, marks=calendar.marks.copy(), next_of=calendar.next_of.copy())


@compiled
def entry_of(time: int, kind: int, subject: int) -> int:
    """Pack an event into one number; earlier ones, then kinds and subjects in their order, are smaller."""
    return (time << TIME_SHIFT) | (kind << KIND_SHIFT) | subject


@compiled
def is_empty(calendar: Calendar) -> bool:
    """Report whether no event is on an agenda."""
    return bool(calendar.marks[PRESENT] + calendar.marks[_AHEAD] == 0)


@compiled
def has_space(calendar: Calendar, events: int) -> bool:
    """Report whether there is sure to be space for a number of further events."""
    marks = calendar.marks
    there_will_be = marks[PRESENT] + marks[_AHEAD] + events
    return bool(marks[_IN_USE] + events <= len(calendar.blocks) and there_will_be <= len(calendar.heap))


@compiled
def put(calendar: Calendar, entry: int) -> None:
    """Add an entry; there must be space for it."""
    marks, blocks = calendar.marks, calendar.blocks
    stretch = entry >> (TIME_SHIFT + marks[_SHIFT])
    if stretch <= marks[_STRETCH]:
        _put_in_heap(calendar.heap, marks[PRESENT], entry)
        marks[PRESENT] += 1
        return
    place = calendar.next_of[stretch]
    if place < 0 or place % _BLOCK == _FULL:
        block = _free_block(calendar)
        blocks[block, _FULL] = place
        place = block * _BLOCK
    blocks[place // _BLOCK, place % _BLOCK] = entry
    calendar.next_of[stretch] = place + 1
    marks[_AHEAD] += 1


@compiled
def _free_block(calendar: Calendar) -> int:
    """Take a block into use: rather one used before, which is near, than a fresh one."""
    marks = calendar.marks
    marks[_IN_USE] += 1
    block = marks[_FREED]
    if block < 0:
        block = marks[_FRESH]
        marks[_FRESH] += 1
    else:
        marks[_FREED] = calendar.blocks[block, _FULL]
    return int(block)


@compiled
def go_on(calendar: Calendar) -> None:
    """Go on to the next stretch that has an entry; there must be one."""
    marks = calendar.marks
    while marks[PRESENT] == 0:
        marks[_STRETCH] += 1
        _bring_near(calendar, calendar.next_of[marks[_STRETCH]])


@compiled
def take(calendar: Calendar) -> int:
    """Take the smallest entry off an agenda that has one in its present stretch."""
    marks = calendar.marks
    marks[PRESENT] -= 1
    return _take_from_heap(calendar.heap, marks[PRESENT] + 1)


@compiled
def _bring_near(calendar: Calendar, last: int) -> None:
    """Put the entries of the stretch whose blocks end at the place `last` into the heap, and free the blocks."""
    marks, blocks = calendar.marks, calendar.blocks
    place = np.int64(last)
    while place >= 0:
        block = place // _BLOCK
        entries = place % _BLOCK
        for position in range(entries):
            _put_in_heap(calendar.heap, marks[PRESENT] + position, blocks[block, position])
        marks[PRESENT] += entries
        marks[_AHEAD] -= entries
        place = blocks[block, _FULL]
        blocks[block, _FULL] = marks[_FREED]
        marks[_FREED] = block
        marks[_IN_USE] -= 1


@compiled
def _put_in_heap(heap: Any, size: int, entry: int) -> None:
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
def _take_from_heap(heap: Any, size: int) -> int:
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
