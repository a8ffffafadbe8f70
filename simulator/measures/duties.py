"""Whether statutory duties are met: by their date, how many providers are past one, and how long nobody satisfies one.

A duty is a fact about a provider, whether or not work was ever raised for it: by a date an inspection that satisfies a
statutory rule must have ended. Rows of `simulator.engine.recorded.DUTY` are counted as they come.
"""

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.engine.recorded import MET, OUTSTANDING, VOID
from simulator.inspectorate.policy import TYPE_COUNT
from simulator.measures.by_service import Flags, Values, closes_within, ratio, totals, with_all, within
from simulator.measures.survival import lasting, quantile
from simulator.ticks import NEVER, TICKS_PER_DAY, TICKS_PER_YEAR

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
        rows = np.flatnonzero((until > due) & (until > self._window[0]))
        begins = np.maximum(due[rows], self._window[0])
        self._past.append(_Past(table["provider"][rows], service_type[rows], begins, until[rows]))
        self._gaps.append(_gaps(table, within(met, *self._window), ended, *self._window))

    def _add_due(self, service_type: _Ticks, due: _Ticks, until: _Ticks, outcome: _Ticks) -> None:
        on_time: Flags = (outcome == MET) & (until <= due)
        self.due += _counts(service_type)
        self.on_time += _counts(service_type[on_time])
        self.late += _counts(service_type[(outcome == MET) & ~on_time])
        self.outstanding += _counts(service_type[outcome == OUTSTANDING])
        self.void += _counts(service_type[outcome == VOID])
        np.add.at(self.days_overdue, service_type, np.maximum(until - due, 0) / TICKS_PER_DAY)

    @property
    def past(self) -> _Past:
        """All stretches past a date so far."""
        empty = _Past(*(np.zeros(0, dtype=np.int64) for _ in _Past._fields))
        return _Past(*(np.concatenate(columns) for columns in zip(empty, *self._past, strict=True)))

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
            "providers_past_duty": _providers_past(self.past, horizon) / (horizon - begins),
            "gap_days_95th": np.array([quantile(lasting(gap.ticks, gap.ended), _MOST) for gap in gaps]) / TICKS_PER_DAY,
            "gap_days_longest": np.array([gap.ticks.max() if gap.ticks.size else np.nan for gap in gaps])
            / TICKS_PER_DAY,
        }


def _providers_past(past: _Past, horizon: int) -> Values:
    """Add up the ticks in which providers were past a date by service type, those past several dates at once once.

    The stretches of all providers are laid out on one line, provider after provider, so that each counts from where
    those before it have ended.
    """
    if past.begins.size == 0:
        return np.zeros(TYPE_COUNT + 1)
    order = np.lexsort((past.begins, past.provider))
    shift = past.provider[order] * (horizon + 1)
    begins, ends = past.begins[order] + shift, past.ends[order] + shift
    covered = np.append(0, np.maximum.accumulate(ends)[:-1])
    return totals(past.service_type[order], np.maximum(ends - np.maximum(begins, covered), 0))


def _gaps(table: npt.NDArray[np.void], met: Flags, ended: _Ticks, measured_from: int, horizon: int) -> _Gaps:
    """Pick the gaps that an inspection ended in the window, and those open at its end or void within it."""
    gap = np.ascontiguousarray(table["gap"])
    is_open = table["gap_open"] == 1
    cut = is_open & ((ended >= NEVER) | closes_within(ended, measured_from, horizon))
    rows = np.flatnonzero((gap < NEVER) & (cut | (~is_open & met)))
    return _Gaps(table["service_type"][rows].astype(np.int8), gap[rows].astype(np.int32), ~is_open[rows])


def _counts(service_type: _Ticks) -> npt.NDArray[np.int64]:
    return np.bincount(service_type, minlength=TYPE_COUNT)
