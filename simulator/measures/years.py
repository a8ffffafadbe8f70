"""The years of the measured window, one by one: what belongs to which, and what it counts in present values.

A year is 365.25 days from the beginning of the window. Whatever is left over of a window of whole calendar years, less
than a day, belongs to its last year.
"""

import numpy as np
import numpy.typing as npt

from simulator.engine.trace import Trace
from simulator.ticks import TICKS_PER_YEAR, years_of

Floats = npt.NDArray[np.float64]


def year_of(ticks: npt.NDArray[np.int64], measured_from: int, horizon: int) -> npt.NDArray[np.int64]:
    """Return the position of the year in which each tick falls."""
    years = np.floor_divide(ticks - measured_from, TICKS_PER_YEAR).astype(np.int64)
    return np.clip(years, 0, years_of(measured_from, horizon) - 1)


def by_year(trace: Trace, ends: npt.NDArray[np.int64], amounts: npt.NDArray[np.generic]) -> Floats:
    """Add up amounts by the year of the window in which their month lies.

    Parameters
    ----------
    trace : Trace
    ends : array of int, shape (n,)
        Ticks at which months end.
    amounts : array, shape (n, ...)
        Of each of these months.

    Returns
    -------
    array of float, shape (years, ...)
    """
    added = np.zeros((years_of(trace.measured_from, trace.horizon), *amounts.shape[1:]))
    np.add.at(added, year_of(ends - 1, trace.measured_from, trace.horizon), amounts)
    return added


def factors(years: int, discount_rate: float) -> Floats:
    """Return what an amount of each year counts in a present value, shape (years,).

    The first year counts in full and each later one 1 / (1 + rate) of the one before, as *The Green Book* (HM
    Treasury) reckons.
    """
    return np.asarray((1.0 + discount_rate) ** -np.arange(years, dtype=np.float64))
