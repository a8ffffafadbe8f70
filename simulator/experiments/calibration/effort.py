"""How much a calibration tries."""

import math
from dataclasses import dataclass, replace
from typing import Final

PROFILE_HEATS: Final = (4.0, 2.0, 1.0)
"""By how much the distance is divided when trials at one noise of judgement are drawn, in each of their waves."""
TOP: Final = 3
"""Places at each noise of which the best is looked for with many runs."""
LOW: Final = 0.5
"""Runs, as a share of the usual, below which the effort is called low."""


@dataclass(frozen=True)
class Effort:
    """How much is tried."""

    starts: int = 3
    """Searches of their own, each from another first wave and with other chances."""
    first: int = 384
    """Trials of the first wave of each start, over the whole space."""
    wave: int = 112
    """Trials of each wave after it."""
    waves: int = 6
    """Waves after the first."""
    closing: int = 224
    """Trials of each wave that closes in on what all starts have found."""
    closings: int = 10
    """Waves that close in."""
    candidates: int = 160
    """Places of which the set is chosen."""
    candidate_replications: int = 4
    """Runs of each of them."""
    finals: int = 12
    """The nearest candidates, among which the best fit is chosen by more runs."""
    final_replications: int = 16
    """Runs of each of them, those as a candidate left aside."""
    told: int = 72
    """Candidates that come near the best, run once more for the distances that are told."""
    told_replications: int = 16
    """Runs of each of those."""
    noises: int = 11
    """Noises of judgement at which the profile is taken."""
    per_noise: int = 16
    """Trials in each of the waves at each of them."""

    def times(self, factor: float) -> "Effort":
        """Return so many times as many trials; where that is fewer, in fewer waves, starts and noises as well."""
        scaled = {name: max(round(factor * getattr(self, name)), least) for name, least in LEAST.items()}
        fewer = min(math.sqrt(factor), 1.0)
        rounds = {name: max(round(fewer * getattr(self, name)), least) for name, least in LEAST_ROUNDS.items()}
        return replace(self, **scaled, **rounds)

    @property
    def runs(self) -> int:
        """Runs in all, at most."""
        searched = self.starts * (self.first + self.waves * self.wave) + self.closings * self.closing
        profiled = self.noises * len(PROFILE_HEATS) * self.per_noise
        chosen = (self.candidates + TOP * self.noises) * self.candidate_replications
        chosen += self.finals * self.final_replications
        return searched + profiled + chosen + (self.told + self.noises) * self.told_replications


LEAST: Final = {"first": 128, "wave": 48, "closing": 64, "candidates": 24, "told": 16, "per_noise": 4}
LEAST_ROUNDS: Final = {"starts": 2, "waves": 3, "closings": 2, "noises": 3}
