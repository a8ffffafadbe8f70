"""The descent: from a place that the waves found down to where the distance is least nearby.

Levenberg's and Marquardt's method within bounds (Branch, Coleman and Li, *SIAM Journal on Scientific Computing* 21,
1999; as SciPy has it), on figures averaged over a few replications, the same ones for every place. With these common
random numbers figures change smoothly enough for their slopes to be measured by differences; trials scattered over
twenty dimensions would need many times the runs.

The same descent, made to records that differ from those recorded as chance would have them differ, draws other places
that fit about equally well (randomised maximum likelihood; Oliver, He and Reynolds, *Conditioning permeability fields
to pressure data*, 1996). It follows curved ridges, where one mechanism stands for another, from end to end.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final, NamedTuple

import numpy as np

from simulator.questions.calibrate.distance import distance, reweighed
from simulator.questions.calibrate.effort import AGAIN, Effort
from simulator.questions.calibrate.records import Matrix
from simulator.questions.calibrate.search import BEST_OF, EDGE, Searched, Space, best_place, nearest
from simulator.questions.calibrate.trial import PROVIDERS, mean_of

DESCENDING: Final = 30_001
"""The first replication of those in which slopes are measured: no wave, choice or report uses any of them."""
_WEIGHING: Final = 40_001
"""The first replication of those that show how sure the figures are."""
_DRAWING: Final = 50_001
"""The first replication of those in which places are drawn; each has some of its own."""
_APART: Final = 0.04
"""Distance between two places, 0 to 1 in one coordinate, from which a slope is measured: far enough that the
difference of the figures stands out from chance."""
_LOST: Final = 5.0
"""Standard errors by which a figure without a case counts as missed."""
_SPREAD: Final = 1 / np.sqrt(12)
"""Standard deviation of a coordinate of which nothing is known but that it lies from 0 to 1."""


class Bottom(NamedTuple):
    """Where a descent came out."""

    point: Matrix
    """Shape (m,)."""
    figures: Matrix
    """Those fitted to, mean over its replications, shape (figures,)."""
    distance: float


class Aim(NamedTuple):
    """What a descent comes near to."""

    figures: Matrix
    """Recorded, or as chance could have had them recorded; shape (figures,)."""
    centre: Matrix | None = None
    """A place, shape (m,), from which each coordinate strays by `_SPREAD`; None where nothing draws to any place."""


def settled(space: Space, searched: Searched, effort: Effort) -> tuple[Space, tuple[Bottom, ...]]:
    """Descend from the ends of all starts and from the best places of all waves, and weigh the figures again.

    Returns
    -------
    Space
        The same, its target weighed by what runs at the best place show of chance.
    tuple of Bottom
        Those of the starts first, in their order.
    """
    near = nearest(searched.trials, space.target, BEST_OF)
    best = best_place(searched.expected, near)
    begin = np.concatenate([searched.ends, best[None, :], near])[: max(effort.descents, len(searched.ends))]
    steps, numbers = effort.descent_steps, range(DESCENDING, DESCENDING + effort.descent_replications)
    bottoms = [descend(space, point, steps, numbers) for point in begin]
    space = _weighed(space, min(bottoms, key=lambda bottom: bottom.distance), effort.weighing)
    far = [distance(bottom.figures - space.target.value, space.target.covariance) for bottom in bottoms]
    bottoms = [bottom._replace(distance=anew) for bottom, anew in zip(bottoms, far, strict=True)]
    for position in np.argsort(far)[:AGAIN]:
        again = descend(space, bottoms[position].point, steps, numbers)
        if again.distance < far[position]:
            bottoms[position] = again
    return space, tuple(bottoms)


def _weighed(space: Space, best: Bottom, runs: int) -> Space:
    values, names = space.values(best.point[None, :]), [*space.target.names, PROVIDERS]
    (found,) = space.found(values, names, range(_WEIGHING, _WEIGHING + runs))
    recorded = space.recorded_providers
    return replace(space, target=reweighed(space.target, found[:, :-1], float(found[:, -1].mean()), recorded))


def drawn(space: Space, begin: Matrix, effort: Effort, draws: np.random.Generator) -> Matrix:
    """Draw places that fit about equally well, each by a descent to figures as chance could have had them recorded.

    Parameters
    ----------
    space
        Where is searched.
    begin
        Places from which to descend, shape (n, m), as far apart as those that may fit.
    effort
        How much is tried.
    draws
        Chance of the figures and of the places drawn to.

    Returns
    -------
    ndarray of shape (n, m)
    """
    chance = np.linalg.cholesky(space.target.covariance)
    places = []
    for turn, start in enumerate(begin):
        figures = space.target.value + np.einsum("fg,g->f", chance, draws.normal(size=len(chance)))
        aim = Aim(figures, draws.random(len(start)))
        first = _DRAWING + turn * effort.drawn_replications
        numbers = range(first, first + effort.drawn_replications)
        places.append(descend(space, start, effort.drawn_steps, numbers, aim=aim).point)
    return np.array(places)


def descend(
    space: Space,
    begin: Matrix,
    steps: int,
    numbers: range,
    held: Mapping[int, float] = MappingProxyType({}),
    aim: Aim | None = None,
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
    numbers
        The replications run at each place.
    held
        Coordinates, by position, that stay at a place.
    aim
        What to come near to; the recorded figures alone if left out.
    """
    from scipy.optimize import least_squares

    walk = _Walk(space, np.clip(begin, 2 * EDGE, 1 - 2 * EDGE), dict(held), numbers, aim or Aim(space.target.value))
    found = least_squares(
        walk.misses,
        walk.start[walk.free],
        jac=walk.slopes,
        bounds=(EDGE, 1 - EDGE),
        max_nfev=steps,
    )
    return Bottom(walk.whole(found.x), walk.figures_at(found.x), float(2 * found.cost))


class _Walk:
    """The places of one descent: what was run is kept, since the method asks for a place and then for its slopes."""

    def __init__(self, space: Space, start: Matrix, held: dict[int, float], numbers: range, aim: Aim) -> None:
        self.space, self.numbers, self.aim = space, numbers, aim
        self.start = start.copy()
        for position, place in held.items():
            self.start[position] = place
        self.free = np.array([position for position in range(len(start)) if position not in held])
        self.whitened = np.linalg.inv(np.linalg.cholesky(space.target.covariance))
        self.figures: dict[bytes, Matrix] = {}

    def misses(self, free: Matrix) -> Matrix:
        """Return how far a place lies from the aim; the squares add up to the distance."""
        missed = self._whiten(self.figures_at(free) - self.aim.figures)
        if self.aim.centre is None:
            return missed
        return np.concatenate([missed, (free - self.aim.centre[self.free]) / _SPREAD])

    def slopes(self, free: Matrix) -> Matrix:
        """Return how `misses` change with each free coordinate."""
        steps = np.where(free + _APART < 1 - EDGE, _APART, -_APART)
        there = self._run(np.array([self.whole(free + step) for step in np.diag(steps)]))
        by_free = self._whiten(((there - self.figures_at(free)) / steps[:, None]).T)
        if self.aim.centre is None:
            return by_free
        return np.concatenate([by_free, np.eye(len(free)) / _SPREAD])

    def figures_at(self, free: Matrix) -> Matrix:
        """Return the mean figures at a place."""
        key = free.tobytes()
        if key not in self.figures:
            self.figures[key] = self._run(self.whole(free)[None, :])[0]
        return self.figures[key]

    def whole(self, free: Matrix) -> Matrix:
        """Return a place with the coordinates that are held."""
        point = self.start.copy()
        point[self.free] = free
        return point

    def _whiten(self, differences: Matrix) -> Matrix:
        whitened: Matrix = np.einsum("fg,g...->f...", self.whitened, differences)
        return whitened

    def _run(self, points: Matrix) -> Matrix:
        """Run places in every replication; return the mean figures, one without a case as missed."""
        target = self.space.target
        found = self.space.found(self.space.values(points), target.names, self.numbers)
        means = np.array([mean_of(replications) for replications in found])
        return np.where(np.isfinite(means), means, target.value + _LOST * np.sqrt(np.diag(target.covariance)))
