"""Where the answer of a search is likely to lie, from few replications of many numbers and more of some.

Every number meets the same replications, so that few of them show how a measure runs over the numbers. Further
replications raise or lower the whole curve by about the same (paired regression), whichever number they are run at. The
guess decides nothing: a number is met or missed by its own replications alone.
"""

import math
from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np

from simulator.running.targets import Floats

FEW: Final = 4
"""Replications by which numbers are scouted."""


class Seen(NamedTuple):
    """What the replications of a number show. Slack is what a mean is on the right side of its bound by."""

    few: Floats
    """Slack of each target in the first `FEW` replications."""
    whole: Floats | None = None
    """The same in all that decided; None if it was only scouted."""
    half: Floats | None = None
    """Half of the interval of each mean after the most replications."""


def likely(seen: Mapping[int, Seen], way: int) -> int:
    """Guess the smallest number at which no target is missed (`way` 1), or at which all are met (-1).

    Parameters
    ----------
    seen
        By number.
    way
        Of the interval around a mean, the end that has to be on the right side of the bound.
    """
    numbers = sorted(number for number, one in seen.items() if np.isfinite(one.few).all())
    if not numbers:
        return 0
    decided = [number for number in numbers if seen[number].half is not None]
    margins = np.array([seen[number].few + _moved(seen, number, decided, way) for number in numbers])
    return max(_crossed(numbers, margin) for margin in margins.T)


def _moved(seen: Mapping[int, Seen], number: int, decided: list[int], way: int) -> Floats | float:
    """Return what the nearest number that was decided adds to the slack of a number."""
    if not decided:
        return 0.0
    few, whole, half = seen[min(decided, key=lambda one: abs(one - number))]
    assert whole is not None
    assert half is not None
    moved: Floats = np.nan_to_num(whole - few + way * half)
    return moved


def _crossed(numbers: list[int], margin: Floats) -> int:
    """Return the number from which on a margin is 0 or more, on straight lines between numbers."""
    short = np.flatnonzero(margin < 0)
    if not short.size:
        return numbers[0]
    last = int(short[-1])
    if last == len(numbers) - 1:
        return numbers[-1] + 1
    part = -margin[last] / (margin[last + 1] - margin[last])
    return math.ceil(float(numbers[last] + part * (numbers[last + 1] - numbers[last])))
