"""How long something lasts that the horizon may cut off: the curve of Kaplan and Meier, its mean and its quantiles.

E. L. Kaplan and P. Meier, "Nonparametric estimation from incomplete observations", Journal of the American Statistical
Association 53 (1958), 457-481.
"""

import math
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.ticks import TICKS_PER_DAY, TICKS_PER_YEAR

_Flags = npt.NDArray[np.bool_]

_RESTRICTED_YEARS: Final = 2
RESTRICTED_TO: Final = _RESTRICTED_YEARS * TICKS_PER_YEAR
"""Ticks for which a wait counts at most in a restricted mean: two years of 365.25 days, 730.5 days."""


class _Lasting(NamedTuple):
    """The share of things that last longer than each time at which some end or are cut off, shape (n,) each."""

    times: npt.NDArray[np.int64]
    """Ascending and distinct."""
    share: npt.NDArray[np.float64]


def lasting(durations: npt.NDArray[np.signedinteger[Any]], ended: _Flags) -> _Lasting:
    """Estimate the share that lasts longer than any time.

    Ends come before cuts at equal times: what is cut off at a time is still at risk at that time.

    Parameters
    ----------
    durations : array of int, shape (n,)
        How long each was followed.
    ended : array of bool, shape (n,)
        Whether it ended then; otherwise it was cut off.
    """
    order = np.argsort(durations, kind="stable")  # quick on durations that are in order already
    in_order = durations[order]
    first = np.flatnonzero(np.diff(in_order, prepend=-1) > 0)
    if first.size == 0:
        return _Lasting(np.zeros(0, dtype=np.int64), np.zeros(0))
    ends = np.add.reduceat(ended[order], first, dtype=np.int64)
    share: npt.NDArray[np.float64] = np.cumprod(1 - ends / (durations.size - first), dtype=np.float64)
    return _Lasting(in_order[first].astype(np.int64), share)


def restricted_mean(curve: _Lasting, until: float) -> float:
    """Return the mean of durations of which each counts as `until` at most: the area under the curve up to there.

    Where nothing was followed as far as `until` and some had not ended, the curve goes on as the exponential through
    its last point (B. W. Brown, M. Hollander and R. M. Korwar, in *Reliability and Biometry*, SIAM, 1974, 327-354).

    Returns
    -------
    float
        Not-a-number where there is nothing to go by: no durations, or none that ended and none followed so far.
    """
    times, share = curve
    if times.size == 0:
        return float("nan")
    last, left = float(times[-1]), float(share[-1])
    area = float(np.sum(np.diff(np.minimum(times, until), prepend=0) * np.append(1.0, share[:-1])))
    if last >= until or left == 0.0:
        return area
    if left == 1.0 or last == 0.0:
        return float("nan")
    rate = -math.log(left) / last
    return area - left * math.expm1(-rate * (until - last)) / rate


def quantile(curve: _Lasting, share: float) -> float:
    """Return the time within which a share has ended: the longest time followed where the curve never falls so far.

    Returns
    -------
    float
        Not-a-number without durations.
    """
    if curve.times.size == 0:
        return float("nan")
    # shares are products of fractions: one that should equal 1 - share may lie a rounding above it
    enough = np.flatnonzero(curve.share <= 1 - share + 1e-12)
    return float(curve.times[enough[0] if enough.size else -1])


def days_restricted(ticks: npt.NDArray[np.int64], ended: _Flags) -> float:
    """Return the mean of waits in days, each of which counts as two years at most."""
    return restricted_mean(lasting(ticks, ended), RESTRICTED_TO) / TICKS_PER_DAY
