"""Mean and interval over replications, of whole arrays at once and without keeping them."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

LEAST_FOR_INTERVAL = 2
CONFIDENCE = 0.95
"""Of every interval, unless it must be more for having been looked at before."""


class Band(NamedTuple):
    """Mean and interval, all of one shape; not-a-number where undefined."""

    mean: Floats
    low: Floats
    high: Floats


class Running:
    """Mean and spread of arrays of one shape, taken in one after another; undefined entries are passed over.

    The update is that of B. P. Welford, "Note on a method for calculating corrected sums of squares and
    products", Technometrics 4 (1962), 419-420.
    """

    def __init__(self) -> None:
        self._count: npt.NDArray[np.int64] = np.zeros(0, dtype=np.int64)
        self._mean: Floats = np.zeros(0)
        self._squares: Floats = np.zeros(0)
        self._empty = True

    def add(self, values: Floats) -> None:
        """Take in the array of one replication."""
        if self._empty:
            self._count = np.zeros(values.shape, dtype=np.int64)
            self._mean, self._squares = np.zeros(values.shape), np.zeros(values.shape)
            self._empty = False
        there = ~np.isnan(values)
        self._count += there
        change = np.where(there, values - self._mean, 0.0)
        self._mean += change / np.maximum(self._count, 1)
        self._squares += change * np.where(there, values - self._mean, 0.0)

    @property
    def counts(self) -> npt.NDArray[np.int64]:
        """How many defined values were taken in, by entry."""
        return self._count

    @property
    def variance(self) -> Floats:
        """Variance between values by entry; not-a-number for fewer than two."""
        return np.where(self._count >= LEAST_FOR_INTERVAL, self._squares / np.maximum(self._count - 1, 1), np.nan)

    def band(self, confidence: float = CONFIDENCE) -> Band:
        """Return the mean and its interval by Student's t; the interval is undefined for fewer than two values."""
        from scipy.special import stdtrit

        enough = self._count >= LEAST_FOR_INTERVAL
        freedom = np.maximum(self._count - 1, 1)
        error = np.sqrt(self._squares / freedom / np.maximum(self._count, 1))
        half = np.where(enough, stdtrit(freedom, (1 + confidence) / 2) * error, np.nan)
        mean = np.where(self._count > 0, self._mean, np.nan)
        return Band(mean, mean - half, mean + half)


def running_of(values: Floats) -> Running:
    """Take in values one after another, from the first row on, so that every mean adds up in the same order."""
    running = Running()
    for row in values:
        running.add(np.asarray(row))
    return running
