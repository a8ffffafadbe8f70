"""The profile over judgement noise: at each noise the best fit that the other mechanisms allow.

How far noise and true changes of grade can stand for each other is what records tell least surely. So the search is
made anew at each of several noises, from the best one outwards, each beginning where its neighbour came out.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.experiments.calibration.distance import Target, distance
from simulator.experiments.calibration.effort import PROFILE_HEATS, TOP, Effort
from simulator.experiments.calibration.implied import IMPLIED
from simulator.experiments.calibration.mechanisms import NOISE, Values
from simulator.experiments.calibration.search import (
    Searched,
    Space,
    Trials,
    best_place,
    joined,
    learnt,
    nearest,
    walk,
)
from simulator.experiments.calibration.trial import mean_of

Matrix = npt.NDArray[np.float64]

NEAR: Final = 24
"""Trials at a neighbouring noise from which the walk at the next begins."""


CHOOSING: Final = 10_001
"""The first replication of those in which candidates are chosen: no wave meets its chances."""
TELLING: Final = 20_001
"""The first replication of those whose distances are told: nothing is chosen by them before."""


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

    def distances(self, target: Target, names: Sequence[str]) -> Matrix:
        """Return the distance of each from the records; `names` are those of all figures."""
        at = [list(names).index(name) for name in target.names]
        covariance = target.covariance * (1 + 1 / self.replications)
        missing = np.asarray(~np.isfinite(self.figures[:, at]).all(axis=1), dtype=np.bool_)
        figures = np.where(missing[:, None], 0.0, self.figures[:, at])
        far = np.array([distance(each - target.value, covariance) for each in figures])
        return np.where(missing, np.inf, far)


def tried_often(space: Space, values: Sequence[Values], names: Sequence[str], first: int, replications: int) -> Tried:
    """Run trials with some values of the mechanisms in many replications, those from `first` on."""
    numbers = range(first, first + replications)
    found = space.found(values, [*names, *IMPLIED], numbers)
    means = np.array([mean_of(each) for each in found])
    spread = np.array([each[:, : len(names)].std(axis=0, ddof=1) for each in found])
    beside = tuple(dict(zip(IMPLIED, each[len(names) :].tolist(), strict=True)) for each in means)
    return Tried(means[:, : len(names)], spread, beside, replications)


def profile(
    space: Space, searched: Searched, effort: Effort, draws: np.random.Generator
) -> tuple[tuple[ProfilePoint, ...], Searched]:
    """Find the best fit at each of several noises of judgement.

    Returns
    -------
    tuple of ProfilePoint
        By noise, the least first.
    Searched
        What is known then, the trials made on the way among it.
    """
    position = [each.name for each in space.mechanisms].index(NOISE)
    places = np.linspace(0.0, 1.0, effort.noises)
    best = nearest(searched.trials, space.target, 1)[0, position]
    middle = int(np.abs(places - best).argmin())
    found: dict[int, ProfilePoint] = {}
    trials = searched.trials
    for way in (range(middle, effort.noises), range(middle - 1, -1, -1)):
        begin = nearest(searched.trials, space.target, NEAR)
        for at in way:
            held = {position: float(places[at])}
            found[at], here = _at(space, trials, begin, held, effort, draws)
            trials = joined(trials, here)
            begin = nearest(here, space.target, NEAR)
            if at == middle:
                back = begin
        begin = back
    surrogate, covariance = learnt(trials, space.target)
    return tuple(found[at] for at in range(effort.noises)), Searched(trials, surrogate, covariance, searched.ends)


def _at(
    space: Space,
    trials: Trials,
    begin: Matrix,
    held: dict[int, float],
    effort: Effort,
    draws: np.random.Generator,
) -> tuple[ProfilePoint, Trials]:
    """Search at one noise, in waves; give the best there, and the trials made."""
    target, names = space.target, space.target.names
    (position,) = held
    here: Trials | None = None
    for wave, heat in enumerate(PROFILE_HEATS):
        surrogate, unsure = learnt(trials, target, held)
        points = walk(surrogate, target, unsure, heat, effort.per_noise, draws, begin, held)
        made = space.tried(points, effort.starts + effort.closings + 1 + wave)
        trials = joined(trials, made)
        here = joined(here, made) if here else made
        begin = nearest(here, target, NEAR)
    assert here is not None
    surrogate, unsure = learnt(trials, target, held)
    top = np.concatenate([best_place(surrogate, target, unsure, begin[:TOP], held)[None, :], begin[: TOP - 1]])
    far = tried_often(space, space.values(top), names, CHOOSING, effort.candidate_replications).distances(target, names)
    best = int(far.argmin())
    return ProfilePoint(space.mechanisms[position].at(held[position]), top[best], space.values(top)[best]), here
