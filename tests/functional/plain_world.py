"""What the providers of the plain model share, and what a run of it records."""

import bisect
import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import simpy

from simulator.scenario.scenario import Scenario

from .plain_duties import Duty
from .plain_inspectors import Pool, Visit
from .plain_rules import Chain, Rules


@dataclass(eq=False)
class Episode:
    """A time of true poorness."""

    began: float
    detected: float = math.inf
    ended: float = math.inf


@dataclass
class World:
    """What all providers share, and what the run records."""

    scenario: Scenario
    env: simpy.Environment
    random: np.random.Generator
    starts: int
    horizon: int
    pools: dict[str, Pool]
    rules_before: dict[str, Rules]
    rules_after: dict[str, Rules]
    chains: dict[str, Chain]
    visits: list[Visit] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    episodes: list[Episode] = field(default_factory=list)
    days_at: list[float] = field(default_factory=lambda: [0.0] * 5)
    """Provider-days in the measured window by true grade."""

    def rules_of(self, service_type: str) -> Rules:
        """Give the rules in force now."""
        return (self.rules_before if self.env.now < self.starts else self.rules_after)[service_type]

    def pick(self, weights: Sequence[float]) -> int:
        """Draw a position, each with its weight."""
        return bisect.bisect_right(list(itertools.accumulate(weights)), self.random.random() * sum(weights))
