"""The whole of a calibration: records in, a set of fits that fit about equally well out.

What counts as about equally well: if the model were true, the distance of the true mechanisms would exceed the least
distance by no more than the 95 % quantile of a chi-squared distribution with a degree of freedom for each mechanism
(Gourieroux, Monfort and Renault, *Journal of Applied Econometrics* 8, 1993). No model is true, and this one's least
distance is more than chance allows; so every distance is divided by the misfit: the least distance over its degrees
of freedom, if that is above 1 (the dispersion of McCullagh and Nelder, *Generalized Linear Models*, 1989, 4.5 and
9.2). A model that fits badly is thereby less sure of its mechanisms, not more.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from simulator.experiments.calibration.counting import Moment
from simulator.experiments.calibration.distance import Target, target_of
from simulator.experiments.calibration.mechanisms import (
    INTERIM_NOISE,
    MECHANISMS,
    Mechanism,
    derived,
    values_at,
)
from simulator.experiments.calibration.moments import moments_of
from simulator.experiments.calibration.profile import ProfilePoint, profile, tried_often
from simulator.experiments.calibration.records import Records
from simulator.experiments.calibration.search import (
    Effort,
    Searched,
    Space,
    best_place,
    distances,
    nearest,
    search,
    walk,
)
from simulator.experiments.calibration.trial import Bench, Progress

Matrix = npt.NDArray[np.float64]

LEVEL: Final = 0.95
KEPT: Final = 8
"""Nearest trials of the waves that are candidates too."""


@dataclass(frozen=True)
class Fitted:
    """A set of fits, and what they were fitted to."""

    bench: Bench
    records: Records
    target: Target
    mechanisms: tuple[Mechanism, ...]
    """Those that the records can tell anything of."""
    moments: tuple[Moment, ...]
    """All figures, fitted to or shown."""
    fits: tuple[dict[str, float], ...]
    """Mechanisms and what follows from them, the best fit first."""
    distances: tuple[float, ...]
    figures: Matrix
    """Simulated figures of each fit, shape (fits, moments)."""
    spread: Matrix
    """Standard deviation of a figure from run to run at the best fit, shape (moments,)."""
    undetected: tuple[float, ...]
    """Undetected poor home-years per 100 home-years, of each fit."""
    profile: tuple[ProfilePoint, ...]
    misfit: float
    """By what distances are divided: 1 where the model misses no more than chance would."""
    tolerance: float
    """How far above the least distance a fit may be."""
    runs: int

    @property
    def freedom(self) -> int:
        """Degrees of freedom left."""
        return len(self.target.moments) - len(self.mechanisms)


def free_mechanisms(target: Target) -> tuple[Mechanism, ...]:
    """Give the mechanisms that the records can tell of: the interim's signal only where visits say a direction."""
    told = any(each.name.startswith("interim_") for each in target.moments)
    return tuple(each for each in MECHANISMS if told or each.name != INTERIM_NOISE)


def moving_share(bench: Bench) -> float:
    """Give the share of serious concerns that move or add a visit under the framework of the records."""
    shares = [
        trigger.probability
        for trigger in bench.framework.triggers.values()
        if trigger.signal == "serious_concern" and bench.service_type in trigger.types
    ]
    return shares[-1] if shares else 0.0


def fit(
    records: Records,
    bench: Bench,
    effort: Effort,
    seed: int = 1,
    workers: int = 1,
    progress: Progress = lambda _: None,
    tell: Callable[[str], None] = lambda _: None,
) -> Fitted:
    """Fit the mechanisms to records.

    Parameters
    ----------
    records
        What was recorded; enough of it (`simulator.experiments.calibration.enough`).
    bench
        The scenario over the years of the records, under the framework of those years.
    effort
        How much is tried.
    seed
        Of the search; the chances of the runs are the scenario's own.
    workers
        Runs at a time; changes no result.
    progress
        Told how many runs were made.
    tell
        Told in words how far the search is.
    """
    moments = moments_of(records.years, records.start.year)
    target = target_of(records.inspections, moments, seed)
    mechanisms = free_mechanisms(target)
    rest = {each.name: each.at(0.5) for each in MECHANISMS if each not in mechanisms}
    space = Space(bench, mechanisms, rest, target, workers, progress)
    tell("first wave")
    searched = search(space, effort, seed, tell)
    draws = np.random.default_rng([seed, 1])
    tell("profile over judgement noise")
    profiled, searched = profile(space, searched, effort, draws)
    tell("candidates")
    points = _candidates(space, searched, profiled, effort, draws)
    names = [each.name for each in moments]
    fits = _whole_fits(space, points, seed)
    tried = tried_often(space, fits, names, effort)
    far = tried.distances(target, names, effort)
    least = min(float(far.min()), *(each.distance for each in profiled))
    misfit = _misfit(least, target, mechanisms)
    tolerance = misfit * _quantile(len(mechanisms))
    kept = np.array([i for i in np.argsort(far) if far[i] - least <= tolerance], dtype=np.int64)
    return Fitted(
        bench,
        records,
        target,
        mechanisms,
        moments,
        tuple(fits[i] for i in kept),
        tuple(float(far[i]) for i in kept),
        tried.figures[kept],
        tried.spread[kept[0]],
        tuple(float(tried.undetected[i]) for i in kept),
        profiled,
        misfit,
        tolerance,
        effort.runs,
    )


def _candidates(
    space: Space,
    searched: Searched,
    profiled: tuple[ProfilePoint, ...],
    effort: Effort,
    draws: np.random.Generator,
) -> Matrix:
    """Draw the places tried at last: the best that is expected, the nearest so far, those of the profile, a walk."""
    target = space.target
    expected = distances(searched.trials, target, target.covariance * (1 + 1 / effort.replications))
    heat = _misfit(float(expected.min()), target, space.mechanisms)
    own = np.array([each.point for each in profiled])
    near = np.concatenate([own, nearest(searched.trials, target, KEPT)])
    near = near[np.sort(np.unique(near, axis=0, return_index=True)[1])]
    begin = nearest(searched.trials, target, 8 * KEPT)
    best = best_place(searched.surrogate, target, searched.covariance, begin[:KEPT])
    number = max(effort.candidates - len(near) - 1, 1)
    walked = walk(searched.surrogate, target, searched.covariance, heat, number, draws, begin)
    return np.concatenate([best[None, :], near, walked])[: effort.candidates]


def _whole_fits(space: Space, points: Matrix, seed: int) -> list[dict[str, float]]:
    """Give the values of every mechanism; those the records tell nothing of anywhere between their bounds."""
    draws = np.random.default_rng([seed, 2])
    moves = moving_share(space.bench)
    whole = []
    for point in points:
        values = values_at(point, space.mechanisms)
        values |= {each.name: each.at(float(draws.random())) for each in MECHANISMS if each.name not in values}
        whole.append(values | derived(values, moves))
    return whole


def _misfit(least: float, target: Target, mechanisms: tuple[Mechanism, ...]) -> float:
    return max(1.0, least / max(len(target.moments) - len(mechanisms), 1))


def _quantile(freedom: int) -> float:
    from scipy.stats import chi2

    return float(chi2.ppf(LEVEL, freedom))
