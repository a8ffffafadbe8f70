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

_QUANTILES: Final = (0.5, 0.9, 0.95)
_LONGEST: Final = 0.1
"""Share of the waits that are the longest ones."""


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


def restricted_mean(curve: _Lasting, until: float, most: float = 1.0) -> float:
    """Return the mean of durations of which each counts as `until` at most: the area under the curve up to there.

    Where nothing was followed as far as `until` and some had not ended, the curve goes on as the exponential through
    its last point (B. W. Brown, M. Hollander and R. M. Korwar, in *Reliability and Biometry*, SIAM, 1974, 327-354).

    Parameters
    ----------
    curve
        Of `lasting`.
    until
        What each duration counts at most.
    most
        Share of the durations that are averaged, the longest ones: the area under the curve where no point of it is
        higher than this share, divided by it. 0.1 averages the longest tenth.

    Returns
    -------
    float
        Not-a-number where there is nothing to go by: no durations, or none that ended and none followed so far.
    """
    times, share = curve
    if times.size == 0:
        return float("nan")
    last, left = float(times[-1]), float(share[-1])
    heights = np.minimum(np.append(1.0, share[:-1]), most)
    area = float(np.sum(np.diff(np.minimum(times, until), prepend=0) * heights))
    if last >= until or left == 0.0:
        return area / most
    if left == 1.0 or last == 0.0:
        return float("nan")
    rate = -math.log(left) / last
    falls_to_most = min(max(-math.log(most) / rate, last), until)
    area += most * (falls_to_most - last)
    beyond = left * math.exp(-rate * (falls_to_most - last)) * -math.expm1(-rate * (until - falls_to_most)) / rate
    return (area + beyond) / most


def quantile(curve: _Lasting, share: float) -> float:
    """Return the time within which a share has ended: the longest time followed where the curve never falls so far.

    Returns
    -------
    float
        Not-a-number without durations.
    """
    if curve.times.size == 0:
        return float("nan")
    enough = _fallen(curve, share)
    return float(curve.times[enough[0] if enough.size else -1])


def restricted_quantile(curve: _Lasting, share: float, until: float) -> float:
    """Return the time within which a share has ended, of durations of which each counts as `until` at most.

    Where the curve never falls so far it goes on as in `restricted_mean`, and what is not known there is not here.
    """
    times, left = curve
    if times.size == 0:
        return float("nan")
    enough = _fallen(curve, share)
    if enough.size or times[-1] >= until:
        return min(float(times[enough[0]]) if enough.size else until, until)
    if left[-1] == 1.0 or times[-1] == 0:
        return float("nan")
    return min(float(times[-1] * math.log(1 - share) / math.log(left[-1])), until)


def _fallen(curve: _Lasting, share: float) -> npt.NDArray[np.int64]:
    """Return the points at which a share, or more, has ended."""
    # shares are products of fractions: one that should equal 1 - share may lie a rounding above it
    return np.flatnonzero(curve.share <= 1 - share + 1e-12)


class DaysRestricted(NamedTuple):
    """How waits of which each counts as two years at most are distributed, in days."""

    mean: float
    median: float
    ninety: float
    """Nine in ten are no longer."""
    ninety_five: float
    longest_tenth: float
    """Mean of the longest tenth."""


def days_restricted(ticks: npt.NDArray[np.int64], ended: _Flags) -> DaysRestricted:
    """Estimate how waits in days are distributed, each of which counts as two years at most."""
    curve = lasting(ticks, ended)
    quantiles = (restricted_quantile(curve, share, RESTRICTED_TO) for share in _QUANTILES)
    found = (restricted_mean(curve, RESTRICTED_TO), *quantiles, restricted_mean(curve, RESTRICTED_TO, _LONGEST))
    return DaysRestricted(*(ticks / TICKS_PER_DAY for ticks in found))
