"""Check that more inspectors never made things worse, as the search for the smallest number assumes."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from simulator.running.targets import Floats, Target

_CONFIDENCE = 0.95


class Harm(NamedTuple):
    """Two numbers of inspectors, of which the larger did clearly worse."""

    target: Target
    fewer: float
    more: float
    by: float
    """How much worse, in the unit of the measure."""


def harms(target: Target, levels: Sequence[tuple[float, Floats]]) -> list[Harm]:
    """Find neighbours of which the one with more inspectors does clearly worse, paired by replication.

    Each pair is reported with 95 % confidence for all of them together (Bonferroni), by Student's t.

    Parameters
    ----------
    target
        By whose measure to judge.
    levels
        Full-time equivalents, and the measure in each replication, from the first on; in the order of the former.
    """
    from scipy.special import stdtrit

    found = []
    for (fewer, before), (more, after) in pairwise(levels):
        count = min(before.size, after.size)
        loss = -target.sign * (after[:count] - before[:count])
        loss = loss[~np.isnan(loss)]
        if loss.size <= 1:
            continue
        share = 1 - (1 - _CONFIDENCE) / (len(levels) - 1)
        half = stdtrit(loss.size - 1, share) * loss.std(ddof=1) / np.sqrt(loss.size)
        if (loss.mean() > half and loss.min() < loss.max()) or loss.min() == loss.max() > 0:
            found.append(Harm(target, fewer, more, float(loss.mean())))
    return found
