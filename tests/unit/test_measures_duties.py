"""Duties: every one due is met on time, met late, outstanding or void, and so counted by slower means."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.engine.recorded import DUTY, MET, OUTSTANDING, VOID
from simulator.inspectorate.policy import TYPE_COUNT
from simulator.measures.duties import Duties
from simulator.ticks import NEVER, TICKS_PER_DAY, TICKS_PER_YEAR

START, END = 40, 100
"""The window, in ticks: so short that everything happens at its edges too."""


class Row(NamedTuple):
    """A duty."""

    provider: int
    due: int
    outcome: int
    ended: int
    """When it was met or void."""
    gap: int

    @property
    def until(self) -> int:
        """Up to when it stands."""
        return END if self.outcome == OUTSTANDING else self.ended

    @property
    def is_due(self) -> bool:
        """Whether its date fell in the window and found it standing, or it was past its date when that began."""
        void_before = self.outcome == VOID and self.ended <= self.due
        return self.due <= END and max(self.due, self.until) > START and not void_before


MADE_UP = st.builds(
    Row,
    provider=st.integers(0, 4),
    due=st.integers(20, 120),
    outcome=st.sampled_from([MET, OUTSTANDING, VOID]),
    ended=st.integers(0, END - 1),
    gap=st.one_of(st.integers(0, 90), st.just(NEVER)),
)


def table(rows: list[Row]) -> npt.NDArray[np.void]:
    made = np.zeros(len(rows), dtype=DUTY)
    for into, row in zip(made, rows, strict=True):
        into["provider"], into["service_type"], into["due"] = row.provider, row.provider % 2, row.due
        into["outcome"], into["gap"], into["gap_open"] = row.outcome, row.gap, row.outcome != MET
        into["met"] = row.ended if row.outcome == MET else NEVER
        into["ended"] = NEVER if row.outcome == OUTSTANDING else row.ended
    return made


def counted(rows: list[Row], *cuts: int) -> Duties:
    duties = Duties(START, END)
    for piece in np.split(table(rows), cuts):
        duties.add(piece)
    return duties


def mean_of(values: list[float]) -> float:
    return sum(values) / len(values) if values else float("nan")


def gap_within_which_most_end(gaps: list[tuple[int, bool]]) -> float:
    """Go on from gap to gap until 5 % are left of those that one would expect."""
    left = 1.0
    for length in sorted({length for length, _ in gaps}):
        at_risk = sum(each >= length for each, _ in gaps)
        left *= 1 - sum(each == length and ended for each, ended in gaps) / at_risk
        if left <= 0.05 + 1e-12:
            return length
    return max((length for length, _ in gaps), default=float("nan"))


def slowly(rows: list[Row]) -> dict[str, float]:
    due = [row for row in rows if row.is_due]
    past = 0
    for tick in range(START, END):
        past += len({row.provider for row in rows if row.due <= tick < row.until})
    gaps = []
    for row in rows:
        if row.gap == NEVER:
            continue
        if row.outcome == MET and START <= row.ended < END:
            gaps.append((row.gap, True))
        if row.outcome == OUTSTANDING or (row.outcome == VOID and START < row.ended <= END):
            gaps.append((row.gap, False))
    return {
        "duties_due_per_year": len(due) / ((END - START) / TICKS_PER_YEAR),
        "on_time_share": mean_of([row.outcome == MET and row.ended <= row.due for row in due]),
        "late_share": mean_of([row.outcome != MET or row.ended > row.due for row in due]),
        "days_overdue_mean": mean_of([max(row.until - row.due, 0) / TICKS_PER_DAY for row in due]),
        "providers_past_duty": past / (END - START),
        "gap_days_95th": gap_within_which_most_end(gaps) / TICKS_PER_DAY,
        "gap_days_longest": max((length for length, _ in gaps), default=float("nan")) / TICKS_PER_DAY,
    }


@settings(max_examples=200)
@given(st.lists(MADE_UP, max_size=40))
def test_every_duty_that_is_due_is_counted_in_one_way(rows: list[Row]) -> None:
    duties = counted(rows)
    parts = duties.on_time + duties.late + duties.outstanding + duties.void
    assert (duties.due == parts).all()
    assert duties.due.sum() == sum(row.is_due for row in rows)
    for counts, by_year, of_provider in (
        (duties.due, duties.due_by_year, duties.due_of),
        (duties.on_time, duties.on_time_by_year, duties.on_time_of),
    ):
        assert (by_year.sum(axis=0) == counts).all()
        assert of_provider.sum() == counts.sum()
    assert duties.outstanding.sum() == sum(row.outcome == OUTSTANDING and row.is_due for row in rows)


@settings(max_examples=200)
@given(st.lists(MADE_UP, max_size=40))
def test_the_measures_are_those_of_a_slow_count(rows: list[Row]) -> None:
    measured = counted(rows).measures()
    for place, among in ((0, [0]), (1, [1]), (-1, [0, 1])):
        expected = slowly([row for row in rows if row.provider % 2 in among])
        told = {name: values[place] for name, values in measured.items()}
        assert told == pytest.approx(expected, nan_ok=True)


@given(st.lists(MADE_UP, min_size=3, max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_the_pieces_in_which_rows_come_are_of_no_account(rows: list[Row], one: int, other: int) -> None:
    whole, pieces = counted(rows).measures(), counted(rows, *sorted((one, other))).measures()
    for name, values in whole.items():
        assert pieces[name] == pytest.approx(values, nan_ok=True)


def test_the_gap_that_most_do_not_exceed_allows_for_those_still_open() -> None:
    ended = [Row(0, NEVER, MET, END - 1, gap) for gap in range(1, 41)]
    assert counted(ended).measures()["gap_days_95th"][-1] * TICKS_PER_DAY == pytest.approx(38)
    # ten more were open at 20, when 0.6 are left: each of the 20 that end later takes 0.03 of it
    still_open = [Row(0, NEVER, OUTSTANDING, NEVER, 20) for _ in range(10)]
    both = counted(ended + still_open).measures()
    assert both["gap_days_95th"][-1] * TICKS_PER_DAY == pytest.approx(39)
    assert both["gap_days_longest"][-1] * TICKS_PER_DAY == pytest.approx(40)


def test_nobody_has_a_duty() -> None:
    measured = counted([]).measures()
    assert (measured["duties_due_per_year"] == 0).all()
    assert (measured["providers_past_duty"] == 0).all()
    for name in ("on_time_share", "days_overdue_mean", "gap_days_95th", "gap_days_longest"):
        assert measured[name].shape == (TYPE_COUNT + 1,)
        assert np.isnan(measured[name]).all()
