"""The profile over judgement noise: at each noise the best fit that the other mechanisms allow.

How far noise and true changes of grade can stand for each other is what records tell least surely. So a descent is made
at each of several noises, from the best one outwards, each beginning where its neighbour came out.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from simulator.questions.calibrate.descent import DESCENDING, Bottom, descend
from simulator.questions.calibrate.distance import Target, distance
from simulator.questions.calibrate.effort import Effort
from simulator.questions.calibrate.implied import IMPLIED
from simulator.questions.calibrate.mechanisms import NOISE, Values
from simulator.questions.calibrate.records import Matrix
from simulator.questions.calibrate.search import Space
from simulator.questions.calibrate.trial import mean_of


class ProfilePoint(NamedTuple):
    """The best that can be had at one noise of judgement."""

    noise: float
    point: Matrix
    """Where that best is, shape (m,)."""
    values: dict[str, float]
    """All mechanisms there."""


class Tried(NamedTuple):
    """Trials with many runs: figures and their spread from run to run, shape (n, figures), and what they imply."""

    figures: Matrix
    spread: Matrix
    implied: tuple[dict[str, float], ...]
    replications: int

    def distances(self, target: Target) -> Matrix:
        """Return the distance of each trial from the records."""
        every = list(target.readings)
        at = [every.index(name) for name in target.names]
        covariance = target.covariance * (1 + 1 / self.replications)
        missing = np.asarray(~np.isfinite(self.figures[:, at]).all(axis=1), dtype=np.bool_)
        figures = np.where(missing[:, None], 0.0, self.figures[:, at])
        far = np.array([distance(of_trial - target.value, covariance) for of_trial in figures])
        return np.where(missing, np.inf, far)


def tried_often(space: Space, values: Sequence[Values], first: int, replications: int) -> Tried:
    """Run trials with some values of the mechanisms in many replications, those from `first` on."""
    names = list(space.target.readings)
    found = space.found(values, [*names, *IMPLIED], range(first, first + replications))
    figures, hidden = np.split(np.array([mean_of(trial) for trial in found]), [len(names)], axis=1)
    spread = np.array([trial[:, : len(names)].std(axis=0, ddof=1) for trial in found])
    return Tried(figures, spread, tuple(dict(zip(IMPLIED, row, strict=True)) for row in hidden.tolist()), replications)


def profile(space: Space, best: Bottom, effort: Effort) -> tuple[ProfilePoint, ...]:
    """Find the best fit at each of several noises of judgement, the least noise first."""
    position = [mechanism.name for mechanism in space.mechanisms].index(NOISE)
    places = np.linspace(0.0, 1.0, effort.noises)
    middle = int(np.abs(places - best.point[position]).argmin())
    numbers = range(DESCENDING, DESCENDING + effort.descent_replications)
    found: dict[int, ProfilePoint] = {}
    for way in (range(middle, effort.noises), range(middle - 1, -1, -1)):
        begin = best.point
        for at in way:
            held = {position: float(places[at])}
            begin = descend(space, begin, effort.noise_steps, numbers, held).point
            found[at] = ProfilePoint(
                space.mechanisms[position].at(held[position]), begin, space.values(begin[None, :])[0]
            )
    return tuple(found[at] for at in range(effort.noises))
