"""Who does better in a world, as far as chance lets it be told, and in what share of worlds.

Each world is run in a few replications. How far chance moves a difference is estimated from the replications of all
worlds together; a difference is told from none where it is larger than chance makes it in 95 of 100 cases. So chance
alone would tell each framework the better one in about 2.5 of 100 worlds in which there is no difference, and a share
that may be no larger than that decides nothing.
"""

from typing import Final, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

_Floats = npt.NDArray[np.float64]
Verdict = Literal["better", "worse", "undecided", "same"]
"""Of the first framework against the second; the same if they never differ at all."""

VERDICTS: Final[tuple[Verdict, ...]] = ("better", "worse", "undecided", "same")
CONFIDENCE: Final = 0.95
BY_CHANCE: Final = (1 - CONFIDENCE) / 2
"""Share of worlds without a difference in which chance alone makes one framework the better."""
_MOST: Final = 0.5


class Share(NamedTuple):
    """Of the worlds, with its 95 % interval by Wilson (1927)."""

    worlds: int
    share: float
    low: float
    high: float


class Standings(NamedTuple):
    """How two frameworks stand in every world."""

    mean: _Floats
    """Difference in each world, over its replications."""
    verdicts: tuple[Verdict, ...]
    shares: dict[Verdict, Share]
    noise: float
    """Standard deviation that chance gives to the difference in one replication."""

    @property
    def winner(self) -> Literal["better", "worse"] | None:
        """Which way most worlds decide, the interval being wholly above a half; None if neither."""
        for way in ("better", "worse"):
            if self.shares[way].low > _MOST:
                return way
        return None

    @property
    def nothing_decided(self) -> bool:
        """Whether worlds are decided either way no more often than chance alone would bring about."""
        return all(self.shares[way].low <= BY_CHANCE for way in ("better", "worse"))


def standings(differences: _Floats, sign: int) -> Standings:
    """Report who does better in each world.

    Parameters
    ----------
    differences
        First framework less second, shape (worlds, replications): two replications of each world or more, all of
        them numbers.
    sign
        1 if more is better, -1 if less is.
    """
    from scipy.special import stdtrit

    replications = differences.shape[1]
    freedom = max(len(differences) * (replications - 1), 1)
    around = differences - differences.mean(axis=1, keepdims=True)
    noise = float(np.sqrt((around**2).sum() / freedom))
    reach = float(stdtrit(freedom, (1 + CONFIDENCE) / 2)) * noise / np.sqrt(replications)
    told = tuple(_verdict(values, sign, reach) for values in differences)
    shares = {name: share_of(told.count(name), len(told)) for name in VERDICTS}
    return Standings(differences.mean(axis=1), told, shares, noise)


def _verdict(differences: _Floats, sign: int, reach: float) -> Verdict:
    if (differences == 0).all():
        return "same"
    mean = sign * float(differences.mean())
    if abs(mean) <= reach:
        return "undecided"
    return "better" if mean > 0 else "worse"


def share_of(some: int, of: int) -> Share:
    """Return a share with its interval."""
    if not of:
        return Share(0, np.nan, np.nan, np.nan)
    from scipy.stats import binomtest

    interval = binomtest(some, of).proportion_ci(CONFIDENCE, method="wilson")
    return Share(some, some / of, float(interval.low), float(interval.high))
