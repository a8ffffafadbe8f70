"""Means over replications of arrays of any shape under each framework, and their differences from the baseline."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.measures.bands import CONFIDENCE, Band, Running

Floats = npt.NDArray[np.float64]


class PairedBands(NamedTuple):
    """Means with intervals by framework, the first axis; not-a-number where undefined."""

    levels: Band
    differences: Band
    """From the baseline, whose own are not-a-number."""
    counts: npt.NDArray[np.int64]
    """Replications in which a level is defined."""


class Paired:
    """Levels by framework and differences from the baseline, gathered replication by replication."""

    def __init__(self, names: Sequence[str], baseline: str) -> None:
        self._base = list(names).index(baseline)
        self._others = [position for position in range(len(names)) if position != self._base]
        self._levels, self._differences = Running(), Running()

    def add(self, values: Floats) -> None:
        """Take in the next replication, shape (frameworks, ...); keep to the order of the replications."""
        self._levels.add(values)
        self._differences.add(values[self._others] - values[self._base])

    def bands(self, confidence: float = CONFIDENCE) -> PairedBands:
        """Return means and intervals over the replications so far."""
        levels, differences = self._levels.band(confidence), self._differences.band(confidence)
        return PairedBands(levels, Band(*(self._placed(part) for part in differences)), self._levels.counts)

    def _placed(self, of_others: Floats) -> Floats:
        """Put the values of the others in the places of their frameworks."""
        return np.insert(of_others, self._base, np.nan, axis=0)
