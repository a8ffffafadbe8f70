"""Looking at growing numbers of replications, and what it costs: after which numbers, and at what confidence.

Two kinds of question are looked at again and again, and each has a price of its own.

*Is it known closely enough?* Only the width of intervals decides, and so only the variance. Of normal values the mean
is independent of all variances estimated on the way (the ground of Stein 1945, Anscombe 1953, and Chow and Robbins
1965), so that looking does not move a mean. But it stops where a variance happens to look small, and an interval made
of that variance covers the truth a little too seldom. How much too seldom can be computed, and `corrected` gives the
confidence to work with so that 95 % is what is reached in the end.

*Which side of a bound is it on?* There the mean decides, and each look is one more chance of being wrong; `shared`
parts the chance of error among the looks (Bonferroni), which holds whatever the numbers depend on.

F. J. Anscombe, "Sequential estimation", Journal of the Royal Statistical Society B 15 (1953), 1-29.
Y. S. Chow and H. Robbins, "On the asymptotic theory of fixed-width sequential confidence intervals for the mean",
Annals of Mathematical Statistics 36 (1965), 457-462.
C. Stein, "A two-sample test for a linear hypothesis whose power is independent of the variance", Annals of
Mathematical Statistics 16 (1945), 243-258.
"""

import math
from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.measures.bands import CONFIDENCE

_Floats = npt.NDArray[np.float64]

_GROWTH: Final = 1.5
"""Times as many replications at each look as at the one before."""
_DECIMALS: Final = 4
"""Of a corrected confidence, rounded up: the same on every machine."""
_CELLS: Final = 600
"""Into which the sums of squares of a look are parted."""
_NEAR: Final = 6
"""First looks that decide how much is lost: with more values a variance is less often far off."""
_RATIOS: Final = 25
"""Spreads tried out, from one that is nearly always small enough at the first look on."""
_ROUNDS: Final = 8


class Plan(NamedTuple):
    """After how many replications to look, and the confidence of every interval made then."""

    looks: tuple[int, ...]
    """Ascending; the last one ends it in any case."""
    confidence: float


def exactly(replications: int) -> Plan:
    """Plan a number of replications at which nothing is decided."""
    return Plan((replications,), CONFIDENCE)


def until(least: int, most: int) -> Plan:
    """Plan looks from the least number of replications on, at half as many again each time, up to the most."""
    looks = looks_between(least, most)
    return Plan(looks, corrected(looks))


def looks_between(least: int, most: int, growth: float = _GROWTH) -> tuple[int, ...]:
    """Return growing numbers of replications, of which the last is `most`."""
    looks = [min(least, most)]
    while looks[-1] < most:
        looks.append(min(most, max(math.ceil(growth * looks[-1]), looks[-1] + 1)))
    return tuple(looks)


def shared(confidence: float, looks: int) -> float:
    """Return the confidence of each look for which all together are wrong no oftener than asked (Bonferroni)."""
    return 1 - (1 - confidence) / looks


@cache
def corrected(looks: tuple[int, ...], confidence: float = CONFIDENCE) -> float:
    """Return the confidence at which to make intervals that end the looking once they are narrow enough.

    Parameters
    ----------
    looks
        Numbers of replications, ascending, each at least two; the last one ends it in any case.
    confidence
        That intervals are to have in the end, whatever the variance is.

    Returns
    -------
    float
        `confidence` itself if there is one look, else more. Of normal values intervals then cover the truth with
        `confidence` where the variance is the least favourable, and with up to the confidence given where all is
        decided at once. Rounded up to `_DECIMALS`.
    """
    if len(looks) == 1:
        return confidence
    near = looks[:_NEAR]
    # variances at which it may end by accident: the looks needed lie from before the first to the last but one
    spreads = np.sqrt(np.geomspace(0.3 * near[0], near[max(len(near) - 2, 0)], _RATIOS)) / 2
    used = confidence
    for _ in range(_ROUNDS):
        covered = min(coverage(near, float(spread), used) for spread in spreads)
        used = min(used + confidence - covered, 1 - 10**-_DECIMALS)
    return math.ceil(round(used * 10**_DECIMALS, 1)) / 10**_DECIMALS


def coverage(looks: Sequence[int], spread: float, confidence: float) -> float:
    """Compute how often an interval covers the truth if looking ends once it is narrow enough.

    The sum of squares over the variance goes from look to look by adding a chi-square; that of the runs that have not
    ended is kept in cells. Given all sums of squares, the mean is normal with its true variance.

    Parameters
    ----------
    looks
        Numbers of values, ascending; the last one ends it in any case.
    spread
        Standard deviation of a value over the half-width that is narrow enough.
    confidence
        At which intervals are made (Student's t).
    """
    from scipy.special import chdtr, ndtr, stdtrit

    most = looks[-1] - 1
    width = (most + 7 * math.sqrt(2 * most) + 10) / _CELLS
    edges = np.arange(_CELLS + 1) * width
    squares = edges[:-1] + width / 2
    mass: _Floats = np.diff(chdtr(looks[0] - 1, edges))
    covered = 0.0
    for position, number in enumerate(looks):
        if position:
            added = np.diff(chdtr(number - looks[position - 1], np.maximum(edges - width / 2, 0)))
            mass = np.asarray(np.convolve(mass, added)[:_CELLS], dtype=np.float64)
        t = float(stdtrit(number - 1, (1 + confidence) / 2))
        narrow = number * (number - 1) / (t * spread) ** 2
        ends = np.clip((narrow - edges[:-1]) / width, 0, 1) if position < len(looks) - 1 else np.ones(_CELLS)
        covered += float(np.sum(mass * ends * (2 * ndtr(t * np.sqrt(squares / (number - 1))) - 1)))
        mass = np.asarray(mass * (1 - ends), dtype=np.float64)
    return covered
