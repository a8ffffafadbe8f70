"""The search: waves of trials, each where the surrogate of the trials so far holds a good fit possible.

The first wave covers the whole space evenly (a Sobol sequence). From each wave a surrogate is learnt; where its
distance to the records, counting how unsure the surrogate is, is small enough lie the trials of the next. This is
history matching by waves (Vernon, Goldstein and Bower, *Bayesian Analysis* 5, 2010), with the sampling done by a
random walk.

One search may end in another place than the next. So there are several, each from a first wave of its own. All trials
of one search use the same random numbers, and each search uses others. Further waves close in on what they have found
together, each with random numbers of its own, so that the surrogate learns what does not depend on them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np

from simulator.questions.calibrate.distance import Target
from simulator.questions.calibrate.effort import Effort
from simulator.questions.calibrate.mechanisms import Mechanism, Point, Values, values_at
from simulator.questions.calibrate.records import Matrix
from simulator.questions.calibrate.surrogate import Surrogate, learn, product
from simulator.questions.calibrate.trial import Bench, Progress, mean_of, run_trials


class Trials(NamedTuple):
    """Trials made: places, shape (n, m), and the figures they gave, shape (n, figures)."""

    points: Matrix
    figures: Matrix


class Expected(NamedTuple):
    """What the trials so far let expect of any place."""

    surrogate: Surrogate
    target: Target
    inverse: Matrix
    """Of the covariance of differences between recorded figures and those that the surrogate expects."""

    def distances(self, points: Matrix) -> Matrix:
        """Return the distance from the records expected at points, shape (n,)."""
        difference = self.surrogate(points) - self.target.value
        far: Matrix = (product(difference, self.inverse) * difference).sum(axis=1)
        return far


class Searched(NamedTuple):
    """What the waves have found."""

    trials: Trials
    expected: Expected
    """After the last wave."""
    ends: Matrix
    """Where each start came out, shape (starts, m)."""


@dataclass(frozen=True)
class Space:
    """Where is searched, and how a trial is made there."""

    bench: Bench
    mechanisms: tuple[Mechanism, ...]
    """One for each coordinate."""
    rest: dict[str, float]
    """Values of mechanisms that are not searched."""
    target: Target
    recorded_providers: int
    """Providers in the records that the target was counted of."""
    workers: int = 1
    progress: Progress = lambda _: None
    held: Mapping[str, float] = field(default_factory=dict)
    """Those of `rest` that are known, and not only of no effect on the figures fitted to."""

    def values(self, points: Matrix) -> list[dict[str, float]]:
        """Return the values of all mechanisms at points, shape (n, m)."""
        return [values_at(point, self.mechanisms) | self.rest for point in points]

    def found(self, values: Sequence[Values], names: Sequence[str], numbers: Sequence[int]) -> list[Matrix]:
        """Run trials with some values of the mechanisms in some replications; return the figures of each by these."""
        return list(run_trials(self.bench, values, numbers, names, self.workers, self.progress))

    def tried(self, points: Matrix, number: int) -> Trials:
        """Run trials at points in one replication; those in which a figure had no case are left out."""
        found = self.found(self.values(points), self.target.names, [number])
        figures = np.array([mean_of(trial) for trial in found])
        whole = np.isfinite(figures).all(axis=1)
        return Trials(points[whole], figures[whole])


_HEATS: Final = (40.0, 20.0, 10.0, 6.0, 4.0, 3.0, 2.0)
"""By how much the distance is divided when the trials of each wave are drawn: wide at first, then close."""
_CLOSING_HEATS: Final = (1.5, 0.75, 0.5, 1.0)
"""The same in the waves that close in: close to the best place first, then over all places that fit as well."""
BEST_OF: Final = 4
"""Nearest trials from which the place expected to be best is looked for."""
_STEPS: Final = 400
_WALKERS: Final = 256
_LONG_STEP: Final = 10
"""Number of steps from one long one, by the whole difference of two others, to the next; walkers are noted as often."""
_MOST_STEPS: Final = {"maxiter": 60}
"""Of the search for the least distance that the surrogate expects: it is no surer than that."""
_NUDGE: Final = 1e-6
"""Step by which slopes are measured."""
EDGE: Final = 0.0005
"""Points keep this far from the bounds."""


def search(space: Space, effort: Effort, seed: int, tell: Callable[[str], None] = lambda _: None) -> Searched:
    """Search from several starts, and close in on what they have found together."""
    starts = []
    for start in range(1, effort.starts + 1):
        tell(f"start {start} of {effort.starts}")
        starts.append(_from_start(space, effort, seed, start))
    ends = np.array([_end(space, trials) for trials in starts])
    trials = Trials(*(np.concatenate(parts) for parts in zip(*starts, strict=True)))
    draws = np.random.default_rng([seed, 0])
    for wave in range(effort.closings):
        tell(f"closing wave {wave + 1} of {effort.closings}")
        heat = _CLOSING_HEATS[round(wave * (len(_CLOSING_HEATS) - 1) / max(effort.closings - 1, 1))]
        points = _next(space, trials, heat, effort.closing, draws)
        trials = _joined(trials, space.tried(points, effort.starts + 1 + wave))
    return Searched(trials, learnt(trials, space.target), ends)


def _from_start(space: Space, effort: Effort, seed: int, start: int) -> Trials:
    """Make the waves of one start, all in the replication with its number."""
    draws = np.random.default_rng([seed, start])
    trials = space.tried(_evenly(effort.first, len(space.mechanisms), draws), start)
    for wave in range(effort.waves):
        points = _next(space, trials, _HEATS[min(wave, len(_HEATS) - 1)], effort.wave, draws)
        trials = _joined(trials, space.tried(points, start))
    return trials


def _next(space: Space, trials: Trials, heat: float, number: int, draws: np.random.Generator) -> Matrix:
    """Draw the points of the next wave, the one expected to be best first."""
    expected = learnt(trials, space.target)
    begin = nearest(trials, space.target, max(len(trials.points) // 10, 8))
    best = best_place(expected, begin[:BEST_OF])
    return np.concatenate([best[None, :], walk(expected, heat, number - 1, draws, begin)])


def _end(space: Space, trials: Trials) -> Point:
    return best_place(learnt(trials, space.target), nearest(trials, space.target, BEST_OF))


def learnt(trials: Trials, target: Target) -> Expected:
    """Learn a surrogate where trials lie near the records: near ones count more, the far not at all."""
    near = distances(trials, target, 2 * target.covariance)  # that of the records, and as much by chance of the run
    m = trials.points.shape[1]
    wanted = min(len(near) - 1, 3 * (m + 1) * (m + 2) // 2)
    width = max(float(np.partition(near, wanted)[wanted]) - float(near.min()), 1e-9)
    weights = np.clip(1 - ((near - near.min()) / (1.5 * width)) ** 2, 0.0, None) ** 2
    surrogate = learn(trials.points, trials.figures, weights)
    inverse: Matrix = np.asarray(np.linalg.inv(target.covariance + surrogate.unsure), dtype=np.float64)
    return Expected(surrogate, target, inverse)


def distances(trials: Trials, target: Target, covariance: Matrix) -> Matrix:
    """Return the distance of every trial from the records."""
    difference = trials.figures - target.value
    far: Matrix = (difference * np.linalg.solve(covariance, difference.T).T).sum(axis=1)
    return far


def nearest(trials: Trials, target: Target, number: int) -> Matrix:
    """Return the points of the trials nearest to the records, the nearest first."""
    return trials.points[np.argsort(distances(trials, target, target.covariance))[:number]]


def _joined(first: Trials, second: Trials) -> Trials:
    """Join two lots of trials."""
    return Trials(*(np.concatenate(pair) for pair in zip(first, second, strict=True)))


def walk(expected: Expected, heat: float, number: int, draws: np.random.Generator, begin: Matrix) -> Matrix:
    """Draw points with a density that falls with the expected distance, ``exp(-distance / (2 heat))``.

    A walk of many walkers at once, each moving along the difference of two others (ter Braak, *Statistics and
    Computing* 16, 2006), within the bounds.
    """
    m = begin.shape[1]
    walkers = begin[draws.integers(0, len(begin), _WALKERS)] + draws.normal(0, 0.02, (_WALKERS, m))
    walkers = np.clip(walkers, EDGE, 1 - EDGE)
    here = expected.distances(walkers)
    kept: list[Matrix] = []
    for step in range(_STEPS):
        one, other = draws.integers(0, _WALKERS, (2, _WALKERS))
        length = 1.0 if step % _LONG_STEP == 0 else 2.38 / np.sqrt(2 * m)
        proposed = walkers + length * (walkers[one] - walkers[other]) + draws.normal(0, 0.003, (_WALKERS, m))
        there = expected.distances(proposed)
        inside = ((proposed > EDGE) & (proposed < 1 - EDGE)).all(axis=1)
        takes = inside & (np.log(draws.random(_WALKERS)) < (here - there) / (2 * heat))
        walkers, here = np.where(takes[:, None], proposed, walkers), np.where(takes, there, here)
        if step >= _STEPS // 2 and step % _LONG_STEP == _LONG_STEP - 1:
            kept.append(walkers.copy())
    every = np.concatenate(kept)
    return every[draws.choice(len(every), number, replace=False)]


def best_place(expected: Expected, begin: Matrix) -> Point:
    """Find the place of the least expected distance, looked for from each of some points, shape (n, m)."""
    from scipy.optimize import minimize

    m = begin.shape[1]
    bounds = [(EDGE, 1 - EDGE)] * m
    nudges = np.concatenate([np.zeros((1, m)), _NUDGE * np.eye(m)])

    def distance_and_slope(at: Matrix) -> tuple[float, Matrix]:
        here = expected.distances(at + nudges)
        return float(here[0]), (here[1:] - here[0]) / _NUDGE

    best, least = begin[0], np.inf
    for point in begin:
        start = np.clip(point, EDGE, 1 - EDGE)
        outcome = minimize(distance_and_slope, start, jac=True, method="L-BFGS-B", bounds=bounds, options=_MOST_STEPS)
        if outcome.fun < least:
            best, least = outcome.x, float(outcome.fun)
    return np.asarray(best, dtype=np.float64)


def _evenly(number: int, m: int, draws: np.random.Generator) -> Matrix:
    from scipy.stats import qmc

    power = int(np.ceil(np.log2(number)))
    points: Matrix = qmc.Sobol(m, rng=draws).random_base2(power)[:number]
    return EDGE + (1 - 2 * EDGE) * points
