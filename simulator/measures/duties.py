"""Whether statutory duties are met: by their date, how many providers are past one, and how long nobody satisfies one.

A duty is a fact about a provider, whether or not work was ever raised for it: by a date an inspection that satisfies a
statutory rule must have ended. Rows of `simulator.engine.recorded.DUTY` are counted as they come.
"""

from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.engine.recorded import MET, OUTSTANDING, VOID
from simulator.inspectorate.policy import TYPE_COUNT
from simulator.measures.by_service import Flags, Values, closes_within, ratio, totals, with_all, within
from simulator.measures.survival import lasting, quantile
from simulator.measures.years import year_of
from simulator.ticks import NEVER, TICKS_PER_DAY, TICKS_PER_YEAR, years_of

_MOST: Final = 0.95
"""Share of the gaps that are no longer than the one told."""
_Ticks = npt.NDArray[np.int64]


class _Past(NamedTuple):
    """Stretches of the window in which a provider was past the date of a duty, shape (n,) each."""

    provider: _Ticks
    service_type: _Ticks
    begins: _Ticks
    ends: _Ticks


class _Gaps(NamedTuple):
    """Times between one satisfying inspection and the next, shape (n,) each."""

    service_type: npt.NDArray[np.int8]
    ticks: npt.NDArray[np.int32]
    ended: Flags
    """Whether an inspection ended it; otherwise it was open at the horizon, or when its duty became void."""

    def at(self, rows: _Ticks) -> "_Gaps":
        """Return those of some rows, in their order."""
        return _Gaps(self.service_type[rows], self.ticks[rows], self.ended[rows])

    def by_type(self) -> list["_Gaps"]:
        """Return those of each service type, and last of all types."""
        order = np.argsort(self.service_type, kind="stable")
        edges = np.searchsorted(self.service_type[order], np.arange(TYPE_COUNT + 1))
        return [*(self.at(rows) for rows in np.split(order, edges[1:-1])), self]


class Duties:
    """Counts duties by service type, each shape (13,).

    Counted is each whose date fell in the window and found it standing, and each that was past its date when the window
    began: a duty that nobody ever meets has no later date, and would else be left out of a window that follows it.
    """

    def __init__(self, measured_from: int, horizon: int) -> None:
        self._window = measured_from, horizon
        self.due = np.zeros(TYPE_COUNT)
        """All of them: those below together."""
        self.on_time = np.zeros(TYPE_COUNT)
        self.late = np.zeros(TYPE_COUNT)
        """Met after their date."""
        self.outstanding = np.zeros(TYPE_COUNT)
        self.void = np.zeros(TYPE_COUNT)
        """Ended with the provider or the rule, after their date."""
        self.days_overdue = np.zeros(TYPE_COUNT)
        years = years_of(measured_from, horizon)
        self.due_by_year, self.on_time_by_year = np.zeros((2, years, TYPE_COUNT))
        """The same by year of the window in which they fall due: shape (years, 13)."""
        self.due_of, self.on_time_of = np.zeros((2, 0), dtype=np.int64)
        """The same by provider, up to the last one that has any."""
        self._past: list[_Past] = []
        self._gaps: list[_Gaps] = []

    def add(self, table: npt.NDArray[np.void]) -> None:
        """Count rows of `simulator.engine.recorded.DUTY`; what is needed of them is copied."""
        if len(table) == 0:
            return
        service_type, due, met, ended, outcome = (
            np.ascontiguousarray(table[name]) for name in ("service_type", "due", "met", "ended", "outcome")
        )
        until = np.minimum(np.minimum(met, ended), self._window[1])
        measured_from, horizon = self._window
        stood = ~((outcome == VOID) & (ended <= due)) & (np.maximum(due, until) > measured_from)
        rows = np.flatnonzero(stood & (due <= horizon))
        self._add_due(service_type[rows], due[rows], until[rows], outcome[rows])
        self._add_by_provider(table["provider"][rows], (outcome[rows] == MET) & (until[rows] <= due[rows]))
        rows = np.flatnonzero((until > due) & (until > self._window[0]))
        begins = np.maximum(due[rows], self._window[0])
        self._past.append(_Past(table["provider"][rows], service_type[rows], begins, until[rows]))
        self._gaps.append(_gaps(table, within(met, *self._window), ended, *self._window))

    def _add_due(self, service_type: _Ticks, due: _Ticks, until: _Ticks, outcome: _Ticks) -> None:
        on_time: Flags = (outcome == MET) & (until <= due)
        cell = year_of(due, *self._window) * TYPE_COUNT + service_type
        shape = self.due_by_year.shape
        self.due_by_year += np.bincount(cell, minlength=self.due_by_year.size).reshape(shape)
        self.on_time_by_year += np.bincount(cell[on_time], minlength=self.due_by_year.size).reshape(shape)
        self.due += _counts(service_type)
        self.on_time += _counts(service_type[on_time])
        self.late += _counts(service_type[(outcome == MET) & ~on_time])
        self.outstanding += _counts(service_type[outcome == OUTSTANDING])
        self.void += _counts(service_type[outcome == VOID])
        np.add.at(self.days_overdue, service_type, np.maximum(until - due, 0) / TICKS_PER_DAY)

    def _add_by_provider(self, provider: _Ticks, on_time: Flags) -> None:
        missing = np.zeros(max(int(provider.max(initial=-1)) + 1 - len(self.due_of), 0), dtype=np.int64)
        if len(missing):
            self.due_of, self.on_time_of = (np.append(counts, missing) for counts in (self.due_of, self.on_time_of))
        np.add.at(self.due_of, provider, 1)
        np.add.at(self.on_time_of, provider[on_time], 1)

    @property
    def past(self) -> _Past:
        """All stretches past a date so far."""
        empty = _Past(*(np.zeros(0, dtype=np.int64) for _ in _Past._fields))
        return _Past(*(np.concatenate(columns) for columns in zip(empty, *self._past, strict=True)))

    @cached_property
    def past_once(self) -> _Past:
        """The same stretches, but no time of a provider twice; to be asked for when all rows are in."""
        return _once(self.past, self._window[1])

    @property
    def gaps(self) -> _Gaps:
        """All gaps so far, the shortest first."""
        empty = _Gaps(np.zeros(0, dtype=np.int8), np.zeros(0, dtype=np.int32), np.zeros(0, dtype=bool))
        gaps = _Gaps(*(np.concatenate(columns) for columns in zip(empty, *self._gaps, strict=True)))
        return gaps.at(np.argsort(gaps.ticks))

    def measures(self) -> dict[str, Values]:
        """Measure the duties of the window."""
        begins, horizon = self._window
        due = with_all(self.due)
        gaps = self.gaps.by_type()
        return {
            "duties_due_per_year": due / ((horizon - begins) / TICKS_PER_YEAR),
            "on_time_share": ratio(with_all(self.on_time), due),
            "late_share": ratio(with_all(self.due - self.on_time), due),
            "days_overdue_mean": ratio(with_all(self.days_overdue), due),
            "providers_past_duty": _providers_past(self.past_once) / (horizon - begins),
            "gap_days_95th": np.array([quantile(lasting(gap.ticks, gap.ended), _MOST) for gap in gaps]) / TICKS_PER_DAY,
            "gap_days_longest": np.array([gap.ticks.max() if gap.ticks.size else np.nan for gap in gaps])
            / TICKS_PER_DAY,
        }


def _providers_past(past: _Past) -> Values:
    """Add up the ticks in which providers were past a date by service type."""
    return totals(past.service_type, past.ends - past.begins)


def _once(past: _Past, horizon: int) -> _Past:
    """Leave of stretches that overlap at a provider what is not in an earlier one, so that no time counts twice.

    The stretches of all providers are laid out on one line, provider after provider, so that each counts from where
    those before it have ended.
    """
    if past.begins.size == 0:
        return past
    order = np.lexsort((past.begins, past.provider))
    past = _Past(*(column[order] for column in past))
    shift = past.provider * (horizon + 1)
    ends = past.ends + shift
    covered = np.append(0, np.maximum.accumulate(ends)[:-1]) - shift
    return past._replace(begins=np.minimum(np.maximum(past.begins, covered), past.ends))


def _gaps(table: npt.NDArray[np.void], met: Flags, ended: _Ticks, measured_from: int, horizon: int) -> _Gaps:
    """Pick the gaps that an inspection ended in the window, and those open at its end or void within it."""
    gap = np.ascontiguousarray(table["gap"])
    is_open = table["gap_open"] == 1
    cut = is_open & ((ended >= NEVER) | closes_within(ended, measured_from, horizon))
    rows = np.flatnonzero((gap < NEVER) & (cut | (~is_open & met)))
    return _Gaps(table["service_type"][rows].astype(np.int8), gap[rows].astype(np.int32), ~is_open[rows])


def _counts(service_type: _Ticks) -> npt.NDArray[np.int64]:
    return np.bincount(service_type, minlength=TYPE_COUNT)
