"""Which share of the possible gain a framework realises, between two yardsticks.

The gain of a framework is how much less there is of a measure than under the lower of the yardsticks; what is possible
is that of the upper one. Both are paired by replication; the share is the ratio of their means.
"""

from typing import NamedTuple

import numpy as np

from simulator.measures.bands import CONFIDENCE, LEAST_FOR_INTERVAL, Floats


class _Gain(NamedTuple):
    """A share of the possible gain; not-a-number where undefined."""

    share: float
    """0 is as under the lower yardstick, 1 as under the upper one; below 0 and above 1 are possible."""
    low: float
    high: float
    """Its 95 % interval."""
    possible: float
    """Mean possible gain, in the unit of the measure."""
    replications: int


def realised_gain(values: Floats, lower: Floats, upper: Floats, confidence: float = CONFIDENCE) -> _Gain:
    """Estimate the share of the possible gain that a framework realises.

    Parameters
    ----------
    values, lower, upper : array of float, shape (replications,)
        A measure of which less is better, under the framework and under the two yardsticks. Replications in which one
        is not-a-number are left out.
    confidence
        Of the interval.

    Returns
    -------
    Gain
        Share and interval are not-a-number where the possible gain is not clearly above 0, by its own interval;
        from one replication comes a share without an interval.

    Notes
    -----
    The interval is that of E. C. Fieller, "Some problems in interval estimation", Journal of the Royal Statistical
    Society B 16 (1954), 175-185, for a ratio of two means of paired values: exact if they are normal, and finite just
    where the lower mean differs clearly from 0.
    """
    gain, possible = lower - values, lower - upper
    there = np.isfinite(gain) & np.isfinite(possible)
    gain, possible = gain[there], possible[there]
    n = int(there.sum())
    if n == 0:
        return _Gain(np.nan, np.nan, np.nan, np.nan, 0)
    a, b = float(gain.mean()), float(possible.mean())
    if n < LEAST_FOR_INTERVAL:
        return _Gain(a / b if b > 0 else np.nan, np.nan, np.nan, b, n)
    from scipy.special import stdtrit

    of_gain, of_both, of_possible = (
        float(np.sum((x - x.mean()) * (y - y.mean()))) / (n - 1) / n
        for x, y in ((gain, gain), (gain, possible), (possible, possible))
    )
    t_squared = float(stdtrit(n - 1, (1 + confidence) / 2)) ** 2
    # the roots of (a - share b)^2 = t^2 (of_gain - 2 share of_both + share^2 of_possible)
    square = b**2 - t_squared * of_possible
    if b <= 0 or square <= 0:
        return _Gain(np.nan, np.nan, np.nan, b, n)
    middle = a * b - t_squared * of_both
    half = max(middle**2 - square * (a**2 - t_squared * of_gain), 0.0) ** 0.5
    share = a / b  # rounding may carry an end of a very short interval past it
    return _Gain(share, min((middle - half) / square, share), max((middle + half) / square, share), b, n)
