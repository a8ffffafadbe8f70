"""The descent: from a place that the waves found down to where the distance is least nearby.

Levenberg's and Marquardt's method within bounds (Branch, Coleman and Li, *SIAM Journal on Scientific Computing* 21,
1999; as SciPy has it), on figures averaged over a few replications, the same ones for every place. With these common
random numbers figures change smoothly enough for their slopes to be measured by differences; trials scattered over
twenty dimensions would need many times the runs.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.experiments.calibration.distance import distance, reweighed
from simulator.experiments.calibration.effort import AGAIN, Effort
from simulator.experiments.calibration.search import BEST_OF, EDGE, Searched, Space, Trials, best_place, nearest
from simulator.experiments.calibration.trial import PROVIDERS, mean_of

Matrix = npt.NDArray[np.float64]

DESCENDING: Final = 30_001
"""The first replication of those in which slopes are measured: no wave, choice or report meets its chances."""
WEIGHING: Final = 40_001
"""The first replication of those that show how sure the figures are."""
APART: Final = 0.04
"""Distance between two places, 0 to 1 in one coordinate, from which a slope is measured: far enough that the
difference of the figures stands out from chance."""
LOST: Final = 5.0
"""Standard errors by which a figure without a case counts as missed."""


class Bottom(NamedTuple):
    """Where a descent came out."""

    point: Matrix
    """Shape (m,)."""
    figures: Matrix
    """Those fitted to, mean over its replications, shape (figures,)."""
    slopes: Matrix
    """Of the figures by each coordinate, shape (figures, m); 0 by coordinates held."""
    distance: float
    trials: Trials
    """Made on the way, a row for each replication."""

    def __call__(self, points: Matrix) -> Matrix:
        """Return the figures expected at points, shape (n, m), along the slopes: shape (n, figures)."""
        expected: Matrix = self.figures + np.einsum("nm,fm->nf", np.atleast_2d(points) - self.point, self.slopes)
        return expected


def settled(space: Space, searched: Searched, effort: Effort) -> tuple[Space, tuple[Bottom, ...]]:
    """Descend from the ends of all starts and from the best places of all waves, and weigh the figures anew.

    Returns
    -------
    Space
        The same, its target weighed by what runs at the best place show of chance.
    tuple of Bottom
        Those of the starts first, in their order.
    """
    near = nearest(searched.trials, space.target, BEST_OF)
    best = best_place(searched.surrogate, space.target, searched.covariance, near)
    begin = np.concatenate([searched.ends, best[None, :], near])[: max(effort.descents, len(searched.ends))]
    steps, replications = effort.descent_steps, effort.descent_replications
    bottoms = [descend(space, point, steps, replications) for point in begin]
    space = _weighed(space, min(bottoms, key=lambda bottom: bottom.distance), effort.weighing)
    far = [distance(bottom.figures - space.target.value, space.target.covariance) for bottom in bottoms]
    bottoms = [bottom._replace(distance=each) for bottom, each in zip(bottoms, far, strict=True)]
    for position in np.argsort(far)[:AGAIN]:
        again = descend(space, bottoms[position].point, steps, replications)
        if again.distance < far[position]:
            bottoms[position] = again
    return space, tuple(bottoms)


def _weighed(space: Space, best: Bottom, runs: int) -> Space:
    values, names = space.values(best.point[None, :]), [*space.target.names, PROVIDERS]
    (found,) = space.found(values, names, range(WEIGHING, WEIGHING + runs))
    recorded = space.recorded_providers
    return replace(space, target=reweighed(space.target, found[:, :-1], float(found[:, -1].mean()), recorded))


def descend(
    space: Space,
    begin: Matrix,
    steps: int,
    replications: int,
    held: Mapping[int, float] = MappingProxyType({}),
    first: int = DESCENDING,
) -> Bottom:
    """Descend from a place.

    Parameters
    ----------
    space
        Where is searched; its target says what distance is.
    begin
        Where to begin, shape (m,).
    steps
        Places at which the distance is measured, at most; slopes are measured at those that were better.
    replications
        Runs at each place.
    held
        Coordinates, by position, that stay at a place.
    first
        The first of its replications.
    """
    from scipy.optimize import least_squares

    walk = _Walk(space, np.clip(begin, 2 * EDGE, 1 - 2 * EDGE), dict(held), range(first, first + replications))
    found = least_squares(
        walk.misses,
        walk.start[walk.free],
        jac=walk.slopes,
        bounds=(EDGE, 1 - EDGE),
        max_nfev=steps,
    )
    return walk.bottom(found.x, float(2 * found.cost))


class _Walk:
    """The places of one descent: what was run is kept, since the method asks for a place and then for its slopes."""

    def __init__(self, space: Space, start: Matrix, held: dict[int, float], numbers: range) -> None:
        self.space, self.numbers = space, numbers
        self.start = start.copy()
        for position, place in held.items():
            self.start[position] = place
        self.free = np.array([i for i in range(len(start)) if i not in held])
        self.whitened = np.linalg.inv(np.linalg.cholesky(space.target.covariance))
        self.error = np.sqrt(np.diag(space.target.covariance))
        self.figures: dict[bytes, Matrix] = {}
        self.by_free: dict[bytes, Matrix] = {}
        self.trials: list[Trials] = []

    def misses(self, free: Matrix) -> Matrix:
        """Return how far the figures at a place lie from the recorded ones; their squares add up to the distance."""
        key = free.tobytes()
        if key not in self.figures:
            self.figures[key] = self._run(self._whole(free)[None, :])[0]
        return self._whiten(self.figures[key] - self.space.target.value)

    def slopes(self, free: Matrix) -> Matrix:
        """Return how `misses` change with each free coordinate."""
        self.misses(free)
        here = self.figures[free.tobytes()]
        steps = np.where(free + APART < 1 - EDGE, APART, -APART)
        there = self._run(np.array([self._whole(free + step) for step in np.diag(steps)]))
        self.by_free[free.tobytes()] = ((there - here) / steps[:, None]).T
        return self._whiten(self.by_free[free.tobytes()])

    def bottom(self, free: Matrix, distance: float) -> Bottom:
        if free.tobytes() not in self.by_free:
            self.slopes(free)
        slopes = np.zeros((len(self.error), len(self.start)))
        slopes[:, self.free] = self.by_free[free.tobytes()]
        trials = Trials(*(np.concatenate(parts) for parts in zip(*self.trials, strict=True)))
        return Bottom(self._whole(free), self.figures[free.tobytes()], slopes, distance, trials)

    def _whole(self, free: Matrix) -> Matrix:
        point = self.start.copy()
        point[self.free] = free
        return point

    def _whiten(self, differences: Matrix) -> Matrix:
        whitened: Matrix = np.einsum("fg,g...->f...", self.whitened, differences)
        return whitened

    def _run(self, points: Matrix) -> Matrix:
        """Run places in every replication; return the mean figures, one without a case as missed."""
        target = self.space.target
        found = np.array(self.space.found(self.space.values(points), target.names, self.numbers))
        rows = found.reshape(-1, found.shape[-1])
        whole = np.isfinite(rows).all(axis=1)
        self.trials.append(Trials(np.repeat(points, len(self.numbers), axis=0)[whole], rows[whole]))
        means = np.array([mean_of(replications) for replications in found])
        return np.where(np.isfinite(means), means, target.value + LOST * self.error)
