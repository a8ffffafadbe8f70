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
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.experiments.calibration.distance import Target, distance, target_of
from simulator.experiments.calibration.mechanisms import (
    INTERIM_NOISE,
    MECHANISMS,
    NOISE,
    Mechanism,
    derived,
    values_at,
)
from simulator.experiments.calibration.moments import Moment, moments_of
from simulator.experiments.calibration.records import Records
from simulator.experiments.calibration.search import (
    Effort,
    Searched,
    Space,
    best_place,
    distances,
    joined,
    learnt,
    nearest,
    search,
    walk,
)
from simulator.experiments.calibration.trial import UNDETECTED, Bench, Progress, mean_of

Matrix = npt.NDArray[np.float64]

LEVEL: Final = 0.95
KEPT: Final = 8
"""Nearest trials of the waves that are candidates too."""


class ProfilePoint(NamedTuple):
    """The best that can be had at one noise of judgement."""

    noise: float
    distance: float
    values: dict[str, float]
    """All mechanisms at that best."""
    undetected: float
    """Undetected poor home-years per 100 home-years, under the framework of the records."""


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
    points = _candidates(space, searched, effort, draws)
    tell("candidates")
    tried = _tried(space, points, [each.name for each in moments], effort)
    far = tried.distances(target, [each.name for each in moments], effort)
    tell("profile over judgement noise")
    profile = _profile(space, searched, effort, draws)
    least = min(float(far.min()), *(each.distance for each in profile))
    misfit = _misfit(least, target, mechanisms)
    tolerance = misfit * _quantile(len(mechanisms))
    kept = np.array([i for i in np.argsort(far) if far[i] - least <= tolerance], dtype=np.int64)
    return Fitted(
        bench,
        records,
        target,
        mechanisms,
        moments,
        tuple(_whole_fits(space, points[kept], seed)),
        tuple(float(far[i]) for i in kept),
        tried.figures[kept],
        tried.spread[kept[0]],
        tuple(float(tried.undetected[i]) for i in kept),
        profile,
        misfit,
        tolerance,
        effort.runs,
    )


def _candidates(space: Space, searched: Searched, effort: Effort, draws: np.random.Generator) -> Matrix:
    """Draw the places tried at last: the best that the surrogate expects, the nearest so far, and a walk."""
    target = space.target
    expected = distances(searched.trials, target, target.covariance * (1 + 1 / effort.replications))
    heat = _misfit(float(expected.min()), target, space.mechanisms)
    near = nearest(searched.trials, target, KEPT)
    best = best_place(searched.surrogate, target, searched.covariance, near)
    begin = nearest(searched.trials, target, 8 * KEPT)
    number = max(effort.candidates - KEPT - 1, 1)
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


class _Tried(NamedTuple):
    """Trials with many runs: figures and their spread from run to run, shape (n, figures); undetected, shape (n,)."""

    figures: Matrix
    spread: Matrix
    undetected: Matrix

    def distances(self, target: Target, names: list[str], effort: Effort) -> Matrix:
        """Give the distance of each from the records; `names` are those of all figures."""
        at = [names.index(name) for name in target.names]
        covariance = target.covariance * (1 + 1 / effort.candidate_replications)
        missing = np.asarray(~np.isfinite(self.figures[:, at]).all(axis=1), dtype=np.bool_)
        figures = np.where(missing[:, None], 0.0, self.figures[:, at])
        far = np.array([distance(each - target.value, covariance) for each in figures])
        return np.where(missing, np.inf, far)


def _tried(space: Space, points: Matrix, names: list[str], effort: Effort) -> _Tried:
    found = space.found(points, [*names, UNDETECTED], effort.candidate_replications)
    means = np.array([mean_of(each) for each in found])
    spread = np.array([each.std(axis=0, ddof=1) for each in found])
    return _Tried(means[:, :-1], spread[:, :-1], means[:, -1])


def _profile(space: Space, searched: Searched, effort: Effort, draws: np.random.Generator) -> tuple[ProfilePoint, ...]:
    """Find, at each of several noises of judgement, the best fit that the other mechanisms allow."""
    target, names = space.target, list(space.target.names)
    position = [each.name for each in space.mechanisms].index(NOISE)
    told = []
    for place in np.linspace(0.0, 1.0, effort.noises):
        held = {position: float(place)}
        begin = nearest(searched.trials, target, 8 * KEPT)
        points = walk(
            searched.surrogate, target, searched.covariance, PROFILE_HEAT, effort.per_noise, draws, begin, held
        )
        here = space.tried(points, effort.replications)
        surrogate, unsure = learnt(joined(searched.trials, here), target, effort.replications)
        point = best_place(surrogate, target, unsure, nearest(here, target, KEPT), held)
        tried = _tried(space, point[None, :], names, effort)
        told.append(
            ProfilePoint(
                space.mechanisms[position].at(float(place)),
                float(tried.distances(target, names, effort)[0]),
                values_at(point, space.mechanisms) | space.rest,
                float(tried.undetected[0]),
            )
        )
    return tuple(told)


PROFILE_HEAT: Final = 2.0
"""By how much the distance is divided when trials at one noise are drawn."""


def _misfit(least: float, target: Target, mechanisms: tuple[Mechanism, ...]) -> float:
    return max(1.0, least / max(len(target.moments) - len(mechanisms), 1))


def _quantile(freedom: int) -> float:
    from scipy.stats import chi2

    return float(chi2.ppf(LEVEL, freedom))
