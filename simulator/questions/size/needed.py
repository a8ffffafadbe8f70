"""The number of inspectors that a framework needs over plausible worlds, and the assumption that moves it most."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np

from simulator.questions.over_fits.spreading import quantiles
from simulator.questions.sensitivity.assumptions import Assumption, Positions
from simulator.running.targets import Floats
from simulator.statistics.verdicts import Share, share_of

SHARES: Final = (0.80, 0.90, 0.95)
"""Of the worlds, for which the number that is enough is reported."""
_CHANCE: Final = 0.05
"""Of naming an assumption though none moves the number."""
_LEAST: Final = 8
"""Worlds with a number, from which on it is asked what moves it."""


class Mover(NamedTuple):
    """An assumption, and how the number needed moves with it over the worlds (a straight line for its logarithm)."""

    assumption: Assumption
    share: float
    """Of the variance of the logarithm over the worlds that goes with it."""
    at_low: float
    """Number needed at the lower end of its range, all else as in the middle of the worlds."""
    at_high: float
    is_clear: bool
    """Whether chance would hardly show so much for any of all the assumptions."""


@dataclass(frozen=True)
class Needed:
    """The numbers that one framework needs."""

    framework: str
    numbers: Floats
    """In each plausible world; infinite where no number is enough."""
    assumptions: Sequence[Assumption]
    positions: Positions
    """Of the assumptions in each world."""

    @property
    def worlds(self) -> int:
        """How many there are."""
        return self.numbers.size

    @property
    def without(self) -> int:
        """Worlds in which no number is enough."""
        return int(np.isinf(self.numbers).sum())

    @property
    def range(self) -> tuple[float, float]:
        """Return the numbers between which nine in ten worlds lie; infinite where no number is enough."""
        low, _, high = quantiles(self.numbers, between=False)
        return float(low), float(high)

    def enough_in(self, share: float) -> float:
        """Return the smallest number that is enough in a share of the worlds; infinite if none is."""
        return float(np.sort(self.numbers)[math.ceil(share * self.worlds - 1e-9) - 1])

    def met(self) -> list[tuple[float, Share]]:
        """Return each number that a world needs, ascending, with the worlds in which it is enough."""
        found = np.unique(self.numbers[np.isfinite(self.numbers)])
        return [(float(number), share_of(int((self.numbers <= number).sum()), self.worlds)) for number in found]

    @cached_property
    def movers(self) -> list[Mover]:
        """The assumptions, the one that moves the number most first; none where too few worlds have a number."""
        there = np.isfinite(self.numbers) & (self.numbers > 0)
        if there.sum() < _LEAST or np.ptp(self.numbers[there]) == 0:
            return []
        from scipy.stats import linregress

        logs = np.log(self.numbers[there])
        found = []
        for assumption, position in zip(self.assumptions, self.positions[there].T, strict=True):
            line = linregress(position, logs)
            at_low, at_high = (float(np.exp(line.intercept + line.slope * end)) for end in (0, 1))
            clear = line.pvalue < _CHANCE / len(self.assumptions)
            found.append(Mover(assumption, float(line.rvalue) ** 2, at_low, at_high, bool(clear)))
        return sorted(found, key=lambda mover: -mover.share)
