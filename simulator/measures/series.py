"""What charts show beyond the measures: inspections by kind, the curve of detection, the backlog by month.

`series_of` works like `simulator.measures.table.measure`: one run in, arrays of a fixed shape out. The runner
calls both for each run, and adds the series of a framework up in the order of the replications
(`simulator.measures.bands.Running`), so that traces need not be kept and any number of replications fits
into memory::

    running = {name: RunningSeries() for name in frameworks}
    ...
    running[name].add(series_of(run))          # replication after replication, in their order
    ...
    bands = {name: of_framework.bands() for name, of_framework in running.items()}   # what the charts are drawn from
"""

from datetime import date
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.engine.recorded import REASONS
from simulator.engine.trace import Trace
from simulator.inspectorate.kinds import KINDS
from simulator.inspectorate.policy import TYPE_COUNT
from simulator.measures.bands import CONFIDENCE, Band, Running
from simulator.measures.by_service import years_measured
from simulator.measures.detection import waits
from simulator.measures.discrimination import ALARMS, told_apart
from simulator.measures.observed import Observed
from simulator.ticks import TICKS_PER_DAY, month_starts, tick_of

DETECTION_DAYS: Final = np.arange(0, 731, 5)
"""Days since a provider became poor at which the curve of detection is given."""


class Series(NamedTuple):
    """The series of one run. The last axis is the service type, with all of them in the last place."""

    by_kind: npt.NDArray[np.float64]
    """Inspections ended in the window per year, by kind: shape (12, 14)."""
    detected: npt.NDArray[np.float64]
    """Cumulative incidence of detection at `DETECTION_DAYS`, shape (147, 14); not-a-number where undefined."""
    waiting: npt.NDArray[np.float64]
    """Inspections raised and not begun at the end of each month (`month_ends`), the warm-up's too: shape (m, 14)."""

    told_apart: npt.NDArray[np.float64]
    """Share of poor providers with a risk among the highest `ALARMS` of the others, shape (41, 14)."""
    lapsed: npt.NDArray[np.float64]
    """Discretionary inspections that lapsed in the window for want of inspectors per year, by reason: shape (9, 14)."""


class SeriesBands(NamedTuple):
    """The series of one framework over its replications: mean and 95 % interval, shapes as in `Series`."""

    by_kind: Band
    detected: Band
    waiting: Band
    told_apart: Band
    lapsed: Band


class RunningSeries:
    """The series of one framework, gathered run by run."""

    def __init__(self) -> None:
        self._running: tuple[Running, ...] = tuple(Running() for _ in Series._fields)

    def add(self, series: Series) -> None:
        """Take in the next run; the order of runs is the order of the sums, so keep to that of the replications."""
        for running, values in zip(self._running, series, strict=True):
            running.add(values)

    def bands(self, confidence: float = CONFIDENCE) -> SeriesBands:
        """Return means and intervals over the runs so far."""
        return SeriesBands(*(running.band(confidence) for running in self._running))


def no_series(months: int) -> Series:
    """Return the series of a run of which nothing is known, over a number of months (`month_ends`)."""
    lengths = (len(KINDS), len(DETECTION_DAYS), months, len(ALARMS), len(REASONS))
    return Series(*(np.full((length, TYPE_COUNT + 1), np.nan) for length in lengths))


def series_of(run: Observed) -> Series:
    """Read the series of one run off what was observed of it."""
    trace, tally, risks, _ = run
    return Series(
        by_kind=_a_year(trace, tally.made_by_kind),
        detected=detected(trace),
        waiting=waiting(trace),
        told_apart=told_apart(risks),
        lapsed=_a_year(trace, tally.lapsed_by_reason),
    )


def _a_year(trace: Trace, counts: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return counts of the window, by something and service type, per year and with all types: shape (n, 14)."""
    of_all = counts.sum(axis=1, keepdims=True)
    return np.concatenate([counts, of_all], axis=1) / np.float64(years_measured(trace))


def detected(trace: Trace) -> npt.NDArray[np.float64]:
    """Estimate the share of poor episodes detected within each of `DETECTION_DAYS`: shape (147, 14)."""
    every = waits(trace)
    groups = [*(every.of(code) for code in range(TYPE_COUNT)), every]
    return np.stack([group.detected_within(DETECTION_DAYS) for group in groups], axis=1)


def waiting(trace: Trace) -> npt.NDArray[np.float64]:
    """Add up what waits at the end of each month over the pools: shape (m, 14)."""
    rows = trace.backlog
    ends, month = np.unique(rows["month"], return_inverse=True)
    return _counted(month, rows["service_type"], len(ends), rows["waiting"])


def _counted(
    group: npt.NDArray[np.int64],
    service_type: npt.NDArray[np.int64],
    groups: int,
    weights: npt.NDArray[np.int64] | None = None,
) -> npt.NDArray[np.float64]:
    """Count rows (or add up their `weights`) by group and service type, all types in the last column."""
    cells = np.bincount(group * TYPE_COUNT + service_type, weights, minlength=groups * TYPE_COUNT)
    table = cells.astype(np.float64).reshape(groups, TYPE_COUNT)
    return np.append(table, table.sum(axis=1, keepdims=True), axis=1)


def month_ends(begins: date, horizon: date) -> list[date]:
    """Return the days at whose midnight the months of a run ended: firsts of months, and the horizon."""
    first = date(begins.year, begins.month, 1)
    starts = month_starts(first, horizon)
    inside = [int(tick) for tick in starts if tick_of(begins, first) < tick < tick_of(horizon, first)]
    return [date.fromordinal(first.toordinal() + tick // TICKS_PER_DAY) for tick in inside] + [horizon]
