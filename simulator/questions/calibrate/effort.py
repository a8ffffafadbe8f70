"""How much a calibration tries."""

import math
from dataclasses import dataclass, replace
from typing import Final

from simulator.questions.calibrate.mechanisms import MECHANISMS

AGAIN: Final = 2
"""Descents made once more when it is known how sure the figures are, from the best places."""
LOW: Final = 0.5
"""Runs, as a share of the usual, below which the effort is called low."""


@dataclass(frozen=True)
class Effort:
    """How much is tried."""

    starts: int = 3
    """Separate searches, each from another first wave and with another sequence of random numbers."""
    first: int = 384
    """Trials of the first wave of each start, over the whole space."""
    wave: int = 112
    """Trials of each wave after it."""
    waves: int = 6
    """Waves after the first."""
    closing: int = 160
    """Trials of each wave that closes in on what all starts have found."""
    closings: int = 4
    """Waves that close in."""
    descents: int = 4
    """Places from which is descended to where the distance is least nearby."""
    descent_steps: int = 6
    """Places at which a descent measures the distance, at most."""
    descent_replications: int = 8
    """Runs at each of them, and for each slope."""
    weighing: int = 240
    """Runs that show how sure the figures are."""
    candidates: int = 56
    """Places drawn of which the set is chosen, beside the best of each start and of each noise."""
    drawn_steps: int = 3
    """Places at which the descent to each of them measures the distance, at most."""
    drawn_replications: int = 4
    """Runs at each of these, and for each slope."""
    candidate_replications: int = 4
    """Runs of each of them."""
    finals: int = 12
    """The nearest candidates, among which the best fit is chosen by more runs."""
    final_replications: int = 16
    """Runs of each of them, those as a candidate left aside."""
    told: int = 64
    """Candidates near the best, run once more for the distances that are reported."""
    told_replications: int = 16
    """Runs of each of those."""
    noises: int = 11
    """Noises of judgement at which the profile is taken."""
    noise_steps: int = 2
    """Places at which the descent at each of them measures the distance, at most."""

    def times(self, factor: float) -> "Effort":
        """Return an effort with this multiple of the trials; if that is fewer, also fewer waves, starts and noises."""
        scaled = {name: max(round(factor * getattr(self, name)), least) for name, least in LEAST.items()}
        fewer = min(math.sqrt(factor), 1.0)
        rounds = {name: max(round(fewer * getattr(self, name)), least) for name, least in _LEAST_ROUNDS.items()}
        return replace(self, **scaled, **rounds)

    @property
    def runs(self) -> int:
        """Runs in all, at most."""
        searched = self.starts * (self.first + self.waves * self.wave) + self.closings * self.closing
        places = len(MECHANISMS) + 1
        step = places * self.descent_replications
        descended = (self.descents + AGAIN) * self.descent_steps * step + self.weighing
        profiled = self.noises * self.noise_steps * step
        drawn = self.candidates * self.drawn_steps * places * self.drawn_replications
        near = self.candidates + self.descents + self.noises
        chosen = near * self.candidate_replications + self.finals * self.final_replications
        return searched + descended + profiled + drawn + chosen + (self.told + self.noises) * self.told_replications


LEAST: Final = {"first": 128, "wave": 48, "closing": 64, "candidates": 12, "told": 16}
_LEAST_ROUNDS: Final = {
    "starts": 2,
    "waves": 3,
    "closings": 2,
    "descents": 2,
    "descent_steps": 3,
    "descent_replications": 4,
    "drawn_steps": 2,
    "drawn_replications": 2,
    "noises": 3,
    "noise_steps": 2,
}
