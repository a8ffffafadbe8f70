"""The backlog gives up its work in order: priority, deadline, when it was raised, place in the register, row."""

import heapq

import numpy as np
import numpy.typing as npt
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from simulator.inspectorate.backlog import entry_of, order_of, pop, push, row_of
from simulator.ticks import NEVER, TICKS_PER_DAY

PRIORITIES = st.integers(1, 9)
DEADLINES = st.one_of(
    st.integers(0, 10 * 366 * TICKS_PER_DAY), st.integers(0, 3), st.integers(-4 * 366 * TICKS_PER_DAY, 0)
)
"""Ticks from the epoch: some of a framework that takes over are before it."""
RAISED = st.integers(0, 2**27 - 2)
ROWS = st.integers(0, 2**31 - 1)
WORK = st.tuples(PRIORITIES, DEADLINES, RAISED)


@given(one=WORK, other=WORK)
def test_keys_stand_in_the_order_of_priority_then_deadline_then_raising(
    one: tuple[int, int, int], other: tuple[int, int, int]
) -> None:
    assert (order_of(*one) < order_of(*other)) == (one < other)
    assert (order_of(*one) == order_of(*other)) == (one == other)


@given(work=WORK, priority=PRIORITIES, raised=RAISED)
def test_work_without_a_deadline_waits_behind_all_that_has_one_at_its_priority(
    work: tuple[int, int, int], priority: int, raised: int
) -> None:
    endless = order_of(priority, NEVER, raised)
    assert (order_of(*work) < endless) == (work[0] <= priority)
    assert endless < order_of(priority, NEVER, raised + 1)
    assert endless < 2**63


@given(one=st.tuples(ROWS, ROWS), other=st.tuples(ROWS, ROWS))
def test_entries_stand_in_the_order_of_register_then_row_and_know_their_row(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    assert (entry_of(*one) < entry_of(*other)) == (one < other)
    assert row_of(entry_of(*one)) == one[1]
    assert entry_of(*one) < 2**63


class Heap(RuleBasedStateMachine):
    """Whatever is put in and taken out, it agrees with the heap of the standard library."""

    def __init__(self) -> None:
        super().__init__()
        self.table: npt.NDArray[np.int64] = np.zeros((400, 2), dtype=np.int64)
        self.known: list[tuple[int, int]] = []

    @rule(key=st.integers(-3, 3) | st.integers(-(2**62), 2**62), row=st.integers(0, 5))
    def put(self, key: int, row: int) -> None:
        push(self.table, len(self.known), key, row)
        heapq.heappush(self.known, (key, row))

    @precondition(lambda self: self.known)
    @rule()
    def take(self) -> None:
        row = pop(self.table, len(self.known))
        assert row == heapq.heappop(self.known)[1]

    @invariant()
    def holds_the_same(self) -> None:
        assert sorted(map(tuple, self.table[: len(self.known)].tolist())) == sorted(self.known)
        if self.known:
            assert tuple(self.table[0]) == self.known[0]


TestHeap = Heap.TestCase
TestHeap.settings = settings(max_examples=40, stateful_step_count=60)


@given(entries=st.lists(st.tuples(st.integers(-(2**62), 2**62), st.integers(0, 1000)), max_size=200))
def test_all_that_was_put_in_comes_out_sorted(entries: list[tuple[int, int]]) -> None:
    heap = np.zeros((len(entries) + 1, 2), dtype=np.int64)
    for size, (key, row) in enumerate(entries):
        push(heap, size, key, row)
    taken = []
    for size in range(len(entries), 0, -1):
        key = int(heap[0, 0])
        taken.append((key, pop(heap, size)))
    assert taken == sorted(entries)
