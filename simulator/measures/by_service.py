"""Sums and ratios by service type, with all service types together in the last place."""

from typing import Any

import numpy as np
import numpy.typing as npt

from simulator.engine.trace import Trace
from simulator.inspectorate.policy import TYPE_COUNT
from simulator.ticks import TICKS_PER_YEAR

Values = npt.NDArray[np.float64]
"""One number for each service type and, last, for all of them: shape (14,). Not-a-number where undefined."""

Flags = npt.NDArray[np.bool_]


def years_measured(trace: Trace) -> float:
    """Length of the measured window in years of 365.25 days."""
    return (trace.horizon - trace.measured_from) / TICKS_PER_YEAR


def totals(service_type: npt.NDArray[np.int64], weights: npt.NDArray[Any] | None = None) -> Values:
    """Count rows (or add up their `weights`) by service type.

    Parameters
    ----------
    service_type : array of int, shape (n,)
        Code of the service type of each row.
    weights : array of float, shape (n,), optional
        What to add up; without it rows are counted.
    """
    return with_all(np.bincount(service_type, weights, minlength=TYPE_COUNT).astype(np.float64))


def with_all(by_type: npt.NDArray[np.float64]) -> Values:
    """Put the sum over the service types behind them: shape (13,) to shape (14,)."""
    return np.append(by_type, by_type.sum())


def ratio(part: Values, whole: Values | float) -> Values:
    """Divide; not-a-number where there is nothing to divide by."""
    quotient: Values = np.full(part.shape, np.nan)
    np.divide(part, whole, out=quotient, where=np.greater(whole, 0))
    return quotient


def within(times: npt.NDArray[np.int64], measured_from: int, horizon: int) -> Flags:
    """Report which happenings fall in the measured window: at its beginning or later, before its end."""
    times = np.ascontiguousarray(times)  # a column of a wide table is slow to read, so read it once
    return (times >= measured_from) & (times < horizon)


def closes_within(times: npt.NDArray[np.int64], measured_from: int, horizon: int) -> Flags:
    """Report which ends of a period fall in the measured window: after its beginning, at its end or sooner.

    A month or a year that ends at midnight ends in the window only if days of the window belong to it, so
    what fell due at midnight as the window began belongs to the warm-up, and the last midnight to the window.
    """
    times = np.ascontiguousarray(times)
    return (times > measured_from) & (times <= horizon)
