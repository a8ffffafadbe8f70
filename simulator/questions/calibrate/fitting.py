"""The whole of a calibration: records in, a set of fits that fit about equally well out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from simulator.questions.calibrate.choosing import TELLING, candidates_of, chosen, told_of, tolerance_of
from simulator.questions.calibrate.counting import Moment
from simulator.questions.calibrate.descent import settled
from simulator.questions.calibrate.distance import Target, target_of
from simulator.questions.calibrate.effort import Effort
from simulator.questions.calibrate.goodness import Goodness
from simulator.questions.calibrate.implied import UNDETECTED
from simulator.questions.calibrate.mechanisms import INTERIM_NOISE, MECHANISMS, SEVERITY, Mechanism, severity_clause
from simulator.questions.calibrate.moments import moments_of
from simulator.questions.calibrate.profile import ProfilePoint, profile, tried_often
from simulator.questions.calibrate.records import Matrix, Records
from simulator.questions.calibrate.search import Space, search
from simulator.questions.calibrate.trial import Bench, Progress


@dataclass(frozen=True)
class Profiled:
    """A point of the profile in runs by which nothing was chosen."""

    point: ProfilePoint
    distance: float
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
    goodness: tuple[Goodness, ...]
    """How far each lies from the records, in runs by which nothing was chosen."""
    figures: Matrix
    """Simulated figures of each fit, shape (fits, moments)."""
    spread: Matrix
    """Standard deviation of a figure from run to run at the best fit, shape (moments,)."""
    implied: tuple[dict[str, float], ...]
    """What each fit implies and no record shows (`simulator.questions.calibrate.implied`)."""
    profile: tuple[Profiled, ...]
    starts: tuple[float, ...]
    """Distances to which the searches from each start came, in the runs of the choice."""
    tolerance: float
    """How far above the distance of the best fit that of another may lie."""
    effort: Effort

    @property
    def freedom(self) -> int:
        """Degrees of freedom left."""
        return max(len(self.target.moments) - len(self.mechanisms), 1)

    @property
    def misfit(self) -> float:
        """How many times as far as by chance the best fit lies from the records: about 1 if the model were true."""
        return self.goodness[0].distance / self.freedom


def _free_mechanisms(target: Target, bench: Bench) -> tuple[Mechanism, ...]:
    """Return the mechanisms that the records can tell of.

    The interim's signal is one only where visits say a direction, harder judgement only where the framework has a time
    of it.
    """
    mute = set()
    if not any(moment.name.startswith("interim_") for moment in target.moments):
        mute.add(INTERIM_NOISE)
    if severity_clause(bench.framework, bench.service_type) is None:
        mute.add(SEVERITY)
    return tuple(mechanism for mechanism in MECHANISMS if mechanism.name not in mute)


def fit(
    records: Records,
    bench: Bench,
    effort: Effort,
    seed: int = 1,
    workers: int = 1,
    progress: Progress = lambda _: None,
    tell: Callable[[str], None] = lambda _: None,
    held: Mapping[str, float] = MappingProxyType({}),
) -> Fitted:
    """Fit the mechanisms to records.

    Parameters
    ----------
    records
        What was recorded; enough of it (`simulator.questions.calibrate.enough`).
    bench
        The scenario over the years of the records, under the framework of those years.
    effort
        Number of trials of each kind.
    seed
        Of the search; the random numbers of the runs are the scenario's own.
    workers
        Runs at a time; changes no result.
    progress
        Receives the number of runs made.
    tell
        Receives in words the step that the search is at.
    held
        Mechanisms that are known, by name: they are not fitted.
    """
    moments = moments_of(records.years, records.start.year)
    target = target_of(records.inspections, moments, seed)
    mechanisms = tuple(mechanism for mechanism in _free_mechanisms(target, bench) if mechanism.name not in held)
    rest = {mechanism.name: mechanism.at(0.5) for mechanism in MECHANISMS if mechanism not in mechanisms} | dict(held)
    space = Space(bench, mechanisms, rest, target, records.inspections.providers, workers, progress, held)
    searched = search(space, effort, seed, tell)
    tell("descents")
    space, bottoms = settled(space, searched, effort)
    tell("profile over judgement noise")
    points = profile(space, min(bottoms, key=lambda bottom: bottom.distance), effort)
    tell("candidates")
    candidates = candidates_of(space, searched, bottoms, points, effort, seed)
    tell("distances")
    tolerance = tolerance_of(len(mechanisms))
    told = told_of(space, candidates, effort, tolerance)
    kept = chosen(told, tolerance)
    return Fitted(
        bench,
        records,
        space.target,
        mechanisms,
        moments,
        tuple(told.fits[i] for i in kept),
        tuple(told.goodness[i] for i in kept),
        told.tried.figures[kept],
        told.tried.spread[0],
        tuple(told.tried.implied[i] for i in kept),
        _profiled(space, points, effort),
        tuple(candidates.distances[: len(searched.ends)].tolist()),
        tolerance,
        effort,
    )


def _profiled(space: Space, points: tuple[ProfilePoint, ...], effort: Effort) -> tuple[Profiled, ...]:
    tried = tried_often(space, [point.values for point in points], TELLING, effort.told_replications)
    return tuple(
        Profiled(point, float(distance), hidden[UNDETECTED])
        for point, distance, hidden in zip(points, tried.distances(space.target), tried.implied, strict=True)
    )
