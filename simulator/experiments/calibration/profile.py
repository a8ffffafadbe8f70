"""The profile over judgement noise: at each noise the best fit that the other mechanisms allow.

How far noise and true changes of grade can stand for each other is what records tell least surely. So the search is
made anew at each of several noises, from the best one outwards, each beginning where its neighbour came out.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.experiments.calibration.distance import Target, distance
from simulator.experiments.calibration.mechanisms import NOISE, Values
from simulator.experiments.calibration.search import (
    PROFILE_HEATS,
    TOP,
    Effort,
    Searched,
    Space,
    Trials,
    best_place,
    joined,
    learnt,
    nearest,
    walk,
)
from simulator.experiments.calibration.trial import UNDETECTED, mean_of

Matrix = npt.NDArray[np.float64]

NEAR: Final = 24
"""Trials at a neighbouring noise from which the walk at the next begins."""


class ProfilePoint(NamedTuple):
    """The best that can be had at one noise of judgement."""

    noise: float
    distance: float
    point: Matrix
    """Where that best is, shape (m,)."""
    values: dict[str, float]
    """All mechanisms there."""
    undetected: float
    """Undetected poor home-years per 100 home-years, under the framework of the records."""


class Tried(NamedTuple):
    """Trials with many runs: figures and their spread from run to run, shape (n, figures); undetected, shape (n,)."""

    figures: Matrix
    spread: Matrix
    undetected: Matrix

    def distances(self, target: Target, names: Sequence[str], effort: Effort) -> Matrix:
        """Give the distance of each from the records; `names` are those of all figures."""
        at = [list(names).index(name) for name in target.names]
        covariance = target.covariance * (1 + 1 / effort.candidate_replications)
        missing = np.asarray(~np.isfinite(self.figures[:, at]).all(axis=1), dtype=np.bool_)
        figures = np.where(missing[:, None], 0.0, self.figures[:, at])
        far = np.array([distance(each - target.value, covariance) for each in figures])
        return np.where(missing, np.inf, far)


def tried_often(space: Space, values: Sequence[Values], names: Sequence[str], effort: Effort) -> Tried:
    """Run trials with some values of the mechanisms, with many runs each."""
    found = space.found(values, [*names, UNDETECTED], effort.candidate_replications)
    means = np.array([mean_of(each) for each in found])
    spread = np.array([each.std(axis=0, ddof=1) for each in found])
    return Tried(means[:, :-1], spread[:, :-1], means[:, -1])


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
    surrogate, covariance = learnt(trials, space.target, effort.replications)
    return tuple(found[at] for at in range(effort.noises)), Searched(trials, surrogate, covariance)


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
    for heat in PROFILE_HEATS:
        surrogate, unsure = learnt(trials, target, effort.replications, held)
        points = walk(surrogate, target, unsure, heat, effort.per_noise, draws, begin, held)
        wave = space.tried(points, effort.replications)
        trials = joined(trials, wave)
        here = joined(here, wave) if here else wave
        begin = nearest(here, target, NEAR)
    assert here is not None
    surrogate, unsure = learnt(trials, target, effort.replications, held)
    top = np.concatenate([best_place(surrogate, target, unsure, begin[:TOP], held)[None, :], begin[: TOP - 1]])
    tried = tried_often(space, space.values(top), names, effort)
    far = tried.distances(target, names, effort)
    best = int(far.argmin())
    noise = space.mechanisms[position].at(held[position])
    point = ProfilePoint(noise, float(far[best]), top[best], space.values(top)[best], float(tried.undetected[best]))
    return point, here
