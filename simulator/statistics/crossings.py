"""Where two curves over the number of inspectors cross, and how far chance reaches in that.

The curves are means over replications, straight between the numbers tried out, and paired: every replication is the
same world under both and at every number. A crossing is told only between two numbers at which the curves clearly
differ, the one way and the other way. Its interval is that of the percentile bootstrap over replications (Efron 1979).
"""

from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.measures.bands import Band, Floats, Running

_RESAMPLES: Final = 2000
_TAIL: Final = 0.025


class Crossing(NamedTuple):
    """Where a difference changes its sign."""

    at: float
    low: float
    high: float
    """Ends of its 95 % interval."""
    before: int
    """Sign of the difference below it, -1 or 1; above it is the other one."""


class Course(NamedTuple):
    """How a difference goes over the number of inspectors."""

    difference: Band
    """At each number, with its 95 % interval."""
    signs: npt.NDArray[np.int64]
    """-1 or 1 where the difference is clear, 0 where its interval takes in 0 or there is none."""
    crossings: tuple[Crossing, ...]


def course(at: Floats, difference: Floats, seed: int) -> Course:
    """Follow a difference.

    Parameters
    ----------
    at
        Numbers of inspectors, ascending, shape (k,).
    difference
        In each replication at each of them, shape (n, k); not-a-number where undefined.
    seed
        Of the resamples.
    """
    running = Running()
    for row in difference:
        running.add(row)
    band = running.band()
    signs = np.where(band.low > 0, 1, np.where(band.high < 0, -1, 0))
    resampled = _resampled(difference, seed)
    clear = np.flatnonzero(signs)
    found = [
        _crossing(at[one : other + 1], band.mean[one : other + 1], resampled[:, one : other + 1], int(signs[one]))
        for one, other in pairwise(clear.tolist())
        if signs[one] != signs[other]
    ]
    return Course(band, signs, tuple(found))


def _resampled(difference: Floats, seed: int) -> Floats:
    """Return the mean difference in each resample of the replications, shape (resamples, k)."""
    count = len(difference)
    times = np.random.default_rng(seed).multinomial(count, np.full(count, 1 / count), _RESAMPLES)
    there = ~np.isnan(difference)
    total = times @ np.where(there, difference, 0.0)
    means: Floats = np.full(total.shape, np.nan)
    np.divide(total, times @ there.astype(np.int64), out=means, where=times @ there.astype(np.int64) > 0)
    return means


def _crossing(at: Floats, mean: Floats, resampled: Floats, before: int) -> Crossing:
    places = [zero(at, row, before) for row in resampled]
    low, high = np.quantile(places, [_TAIL, 1 - _TAIL])
    return Crossing(zero(at, mean, before), float(low), float(high), before)


def zero(at: Floats, values: Floats, before: int) -> float:
    """Find where a line through points changes its sign: halfway between the first and the last place, if in several.

    If it does not, it does so beyond one of the ends, and that end is given.

    Parameters
    ----------
    at, values
        The points, shape (k,); those not defined are passed over.
    before
        The sign that it should have at first.
    """
    there = ~np.isnan(values)
    points = list(zip(at[there].tolist(), (before * values[there]).tolist(), strict=True))
    places = [
        left + (right - left) * here / (here - following)
        for (left, here), (right, following) in pairwise(points)
        if (here > 0) != (following > 0)
    ]
    if places:
        return float(places[0] + places[-1]) / 2
    return float(at[-1] if points and points[0][1] > 0 else at[0])
