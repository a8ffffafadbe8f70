"""The choice of the set: which candidates reproduce the records about equally well, and well enough.

The choice uses two lots of runs, neither of which the search has used. The first selects the best fit and the
candidates near it. The second measures the distances that are reported, and these decide whether a fit belongs to the
set. So the distance of the best fit comes from runs by which nothing was chosen.

If the model were true, the distance of the true mechanisms would exceed the least by no more than the 95% quantile of
a chi-squared distribution with a degree of freedom for each mechanism (Gourieroux, Monfort and Renault, *Journal of
Applied Econometrics* 8, 1993). A model that misses more than by random variation is a wrong model: that does not widen
the set. Also, no fit may miss wildly where it shows best, from one full inspection to the next.
"""

from typing import Final, NamedTuple

import numpy as np

from simulator.questions.calibrate.descent import Bottom, drawn
from simulator.questions.calibrate.distance import Target
from simulator.questions.calibrate.effort import Effort
from simulator.questions.calibrate.goodness import Goodness, goodness
from simulator.questions.calibrate.mechanisms import MECHANISMS, derived, values_at
from simulator.questions.calibrate.profile import ProfilePoint, Tried, tried_often
from simulator.questions.calibrate.records import Matrix, Whole
from simulator.questions.calibrate.search import Searched, Space, learnt, nearest, walk
from simulator.questions.calibrate.trial import Bench

_CHOOSING: Final = 10_001
"""The first replication of those in which candidates are chosen: no wave uses any of them."""
TELLING: Final = 20_001
"""The first replication of those whose distances are reported: nothing is chosen by them before."""
_LEVEL: Final = 0.95
MOST_DEVIANCE: Final = 45.0
"""Greatest transition deviance of a fit of the set; a true model would exceed it once in a hundred thousand times."""
FEWEST_FITS: Final = 20
"""A set of fewer fits says so: its spread is too narrow to rely on."""
_WIDE: Final = 2.0
"""By how much the distance is divided where it is drawn from where to descend to candidates: further apart than what
fits, since the surrogate is no surer than that."""
_BEGIN: Final = 64
"""Nearest trials from which that walk begins."""
_HOPEFUL: Final = 1.3
"""Tolerances by which a candidate may exceed the best in the runs of the choice and still be run again."""


class Candidates(NamedTuple):
    """Fits of which the set is chosen, and how good they are in the runs made for that."""

    fits: list[dict[str, float]]
    """Mechanisms, and what follows from them."""
    goodness: tuple[Goodness, ...]

    @property
    def distances(self) -> Matrix:
        """Distances of all, shape (n,)."""
        return np.array([fit.distance for fit in self.goodness])


class Told(NamedTuple):
    """Candidates that may belong to the set, in runs by which nothing was chosen; the best of the choice first."""

    fits: list[dict[str, float]]
    tried: Tried
    goodness: tuple[Goodness, ...]


def candidates_of(
    space: Space,
    searched: Searched,
    bottoms: tuple[Bottom, ...],
    profiled: tuple[ProfilePoint, ...],
    effort: Effort,
    seed: int,
) -> Candidates:
    """Draw and run the candidates: the bottoms of all descents, the places of the profile, and places drawn."""
    draws, unseen = np.random.default_rng([seed, 1001]), np.random.default_rng([seed, 1002])
    near = nearest(searched.trials, space.target, _BEGIN)
    begin = walk(learnt(searched.trials, space.target), _WIDE, effort.candidates, draws, near)
    known = np.array([*(bottom.point for bottom in bottoms), *(best.point for best in profiled)])
    points = np.concatenate([known, drawn(space, begin, effort, draws)])
    return _tried(space, points, effort, unseen)


def _tried(space: Space, points: Matrix, effort: Effort, unseen: np.random.Generator) -> Candidates:
    """Run candidates."""
    fits, moves = [], _moving_share(space.bench)
    for point in points:
        values = values_at(point, space.mechanisms) | dict(space.held)
        for mechanism in MECHANISMS:
            if mechanism.name not in values:  # the records say nothing of it: anywhere between its bounds
                values[mechanism.name] = mechanism.at(float(unseen.random()))
        fits.append(values | derived(values, moves))
    tried = tried_often(space, fits, _CHOOSING, effort.candidate_replications)
    return Candidates(fits, _judged(tried, space.target))


def _moving_share(bench: Bench) -> float:
    """Return the share of serious concerns that move or add a visit under the framework of the records."""
    shares = [
        trigger.probability
        for trigger in bench.framework.triggers.values()
        if trigger.signal == "serious_concern" and bench.service_type in trigger.types
    ]
    return shares[-1] if shares else 0.0


def _judged(tried: Tried, target: Target) -> tuple[Goodness, ...]:
    """Judge every fit that was tried by the figures of its runs."""
    return tuple(
        goodness(figures, float(far), target)
        for figures, far in zip(tried.figures, tried.distances(target), strict=True)
    )


def told_of(space: Space, candidates: Candidates, effort: Effort, tolerance: float) -> Told:
    """Run the best and others that may belong to the set once more, in replications by which nothing was chosen.

    Where more may belong to it than are run, they are taken in the order in which they were drawn, not the nearest
    first: a set of the nearest alone would seem surer than it is.
    """
    far = candidates.distances
    best = _best_of(space, candidates, effort)
    near = [i for i in range(len(far)) if i != best and far[i] <= far[best] + _HOPEFUL * tolerance]
    taken = [best, *near[-(effort.told - 1) :]]
    fits = [candidates.fits[i] for i in taken]
    tried = tried_often(space, fits, TELLING, effort.told_replications)
    return Told(fits, tried, _judged(tried, space.target))


def _best_of(space: Space, candidates: Candidates, effort: Effort) -> int:
    """Return which candidate is the best in more runs: the nearest, of those that miss nothing wildly if there are any.

    Few runs have told which come into question, and chance has favoured some of them; the runs made now are others.
    """
    near = np.argsort(candidates.distances, kind="stable")[: effort.finals]
    first = _CHOOSING + effort.candidate_replications
    tried = tried_often(space, [candidates.fits[i] for i in near], first, effort.final_replications)
    found = _judged(tried, space.target)
    tame = [i for i, fit in enumerate(found) if not wild(fit)]
    return int(near[min(tame or range(len(found)), key=lambda i: found[i].distance)])


def chosen(told: Told, tolerance: float) -> Whole:
    """Return which fits belong to the set: the best first, which always does, then by distance."""
    limit = told.goodness[0].distance + tolerance
    rest = [i for i, fit in enumerate(told.goodness) if i and fit.distance <= limit and not wild(fit)]
    rest.sort(key=lambda i: told.goodness[i].distance)
    return np.array([0, *rest], dtype=np.int64)


def wild(fit: Goodness) -> bool:
    """Report whether a fit misses the pairs of full inspections by more than any fit of a set may."""
    return fit.deviance > MOST_DEVIANCE or fit.beyond


def tolerance_of(mechanisms: int) -> float:
    """Return how far above that of the best fit the distance of a fit of the set may lie; no misfit widens it."""
    from scipy.stats import chi2

    return float(chi2.ppf(_LEVEL, mechanisms))
