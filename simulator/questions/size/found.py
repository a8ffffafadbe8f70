"""The number of inspectors needed, and the results of the search for it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final, NamedTuple

from simulator.questions.frontier.curves import Frontier
from simulator.questions.size.monotone import Harm
from simulator.running.batches import Failure
from simulator.running.looks import looks_between, shared
from simulator.running.posts import mean_fte, since
from simulator.running.question import Question
from simulator.running.staffing_levels import Level
from simulator.running.targets import Standing, Target, Verdict, together
from simulator.words.pools import decimals_of

GROWTH: Final = 2
"""Times as many replications at each look at a number as at the one before."""
_BY_MEANS: Final = 0.5
"""Confidence that any mean on the right side of its bound has."""


class Effort(NamedTuple):
    """How closely to search."""

    step: float
    """Full-time equivalents between two numbers that may be the answer."""
    confidence: float
    """With which a target is to be met, and with which the lower end is missed."""
    replications: int
    """To begin with at each number."""
    most: int
    """Replications at a number at which things are unclear."""

    def by_means(self, replications: int) -> "Effort":
        """Return the effort of a search that goes by the means of a number of replications alone."""
        return Effort(self.step, _BY_MEANS, replications, replications)

    @property
    def looks(self) -> tuple[int, ...]:
        """Numbers of replications after which the targets are looked at."""
        return looks_between(self.replications, self.most, GROWTH)

    @property
    def each(self) -> float:
        """Confidence of each look, so that all looks at a number together have that asked for."""
        return shared(self.confidence, len(self.looks))


class Point(NamedTuple):
    """A number of inspectors that was tried."""

    fte: float
    verdicts: tuple[Verdict, ...]
    """One for each target; none if so few cannot be run: no team can be put together."""
    replications: int
    worked: float
    """Inspector-days a year worked by the pool, mean over replications."""
    there: float
    """Inspector-days a year there in the pool."""
    costs: Mapping[str, float] = MappingProxyType({})
    """Means over replications of `BESIDE_SIZE`, of all pools and providers; not-a-number where undefined in all."""

    @property
    def standing(self) -> Standing:
        """How things stand with all targets."""
        return together([verdict.standing for verdict in self.verdicts]) if self.verdicts else "missed"


@dataclass(frozen=True)
class Sized:
    """The number needed under one framework."""

    framework: str
    without_limit: Point
    """With as many inspectors as there is work for."""
    fte: float | None
    """The smallest number that meets all targets with confidence, None if none does."""
    missed: float | None
    """The largest number at which a target is missed with confidence, None if there is none."""
    arithmetic: float
    """Inspector-days asked for a year over deployable days."""
    points: tuple[Point, ...]
    """Every number tried, ascending, the last without limit."""
    harms: tuple[Harm, ...]
    """Where more inspectors did worse: the search takes it that they never do."""

    @property
    def at_answer(self) -> Point | None:
        """What was found at the answer."""
        return next((point for point in self.points if point.fte == self.fte), None)

    @property
    def disordered(self) -> tuple[float, float] | None:
        """Two numbers, the targets met at the smaller one and missed at the larger one, both with confidence."""
        met = [point.fte for point in self.points if point.standing == "met"]
        missed = [point.fte for point in self.points if point.standing == "missed"]
        return (min(met), max(missed)) if met and missed and min(met) < max(missed) else None


def next_above(fte: float, decimals: int) -> float:
    """Return the next number above one, with so many decimals."""
    unit = 1 / float(f"1e{decimals}")
    return round(unit * (math.floor(round(fte / unit, 6)) + 1), decimals)


@dataclass(frozen=True)
class Sizing:
    """The answer for all frameworks."""

    question: Question
    pool: str
    targets: tuple[Target, ...]
    effort: Effort
    sized: tuple[Sized, ...]
    failures: tuple[tuple[Level, Failure], ...]
    """Runs that failed, and are left out."""
    next: Frontier | None = None
    """The number of the scenario and a larger one, where it was asked what more inspectors bring."""

    @property
    def since(self) -> date:
        """First day on which the numbers apply."""
        return since(self.question)

    @property
    def in_scenario(self) -> float:
        """The full-time equivalents of the scenario from that day on, as a mean; infinite for no limit."""
        return mean_fte(self.question, self.pool)

    def interval(self, sized: Sized) -> tuple[float, float]:
        """Return the lowest and the highest number that may be needed, each with the confidence asked for.

        From just above the largest that misses a target to the answer; not-a-number if there is none. Numbers between
        that were not tried may be enough too: just above is the next whole number, or the next with as many decimals
        as the step has.
        """
        if sized.fte is None:
            return math.nan, math.nan
        low = 0.0 if sized.missed is None else next_above(sized.missed, decimals_of([self.effort.step]))
        return min(low, sized.fte), sized.fte

    def paid(self, fte: float) -> float:
        """Return the deployable inspector-days a year that a number of full-time equivalents is paid for."""
        return fte * self.question.scenario.capacity.deployable_days_per_fte_year
