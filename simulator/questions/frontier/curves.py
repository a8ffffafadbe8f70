"""Curves: measures over a range of numbers of inspectors, for each framework, and where they cross."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations, pairwise
from typing import Final, NamedTuple

import numpy as np

from simulator.inputs.messages import InputError, Named, shortened
from simulator.measures.bands import Band, Running, running_of
from simulator.measures.names import ALL_SERVICES
from simulator.running.all_failed import check_not_all_failed
from simulator.running.batch_files import BatchFolder
from simulator.running.batches import Failure
from simulator.running.crews import Crewing
from simulator.running.defaults import frontier_measures
from simulator.running.inspectors_given import Given, read_amount
from simulator.running.interruption import interruption
from simulator.running.posts import check_pool, mean_fte, since
from simulator.running.question import Question
from simulator.running.replicating import Progress, replicate
from simulator.running.staffing_levels import Level, Read, identity_of, read_levels, staffing_levels
from simulator.running.targets import Floats, Quantity, Target, quantity
from simulator.statistics.crossings import Course, course
from simulator.statistics.crossings_by_cost import CourseByCost, course_by_cost

COST: Final = Quantity("cost_per_year", ALL_SERVICES)
POSTS: Final = Quantity("posts_cost_per_year", ALL_SERVICES)
_MOST_NUMBERS: Final = 100
_AROUND: Final = np.linspace(0.5, 1.5, 9)
"""Numbers tried if none are given, as multiples of the scenario's."""
_TENTHS_BELOW: Final = 20
"""Full-time equivalents from which on those numbers are whole."""

_LARGE: Final = 8
"""Levels above which a batch is of one replication, so that little is lost when it is stopped."""


class Pair(NamedTuple):
    """Two frameworks by one measure: the course of the one less the other."""

    framework: str
    other: str
    quantity: Quantity
    course: Course
    """Over the number of inspectors."""
    by_cost: CourseByCost | None
    """Over the cost of the work done; None if they come to no costs in common."""


@dataclass(frozen=True)
class Frontier:
    """The curves of every framework."""

    question: Question
    pool: str
    numbers: tuple[float, ...]
    """Full-time equivalents, ascending."""
    quantities: tuple[Quantity, ...]
    read: Read
    finished: int
    """Replications finished: fewer than asked for if somebody pressed Ctrl-C."""
    targets: tuple[Target, ...] = ()
    """Of which it is told where they are met."""

    @property
    def since(self) -> date:
        """First day on which the numbers apply."""
        return since(self.question)

    @property
    def interrupted(self) -> bool:
        """Whether it was ended before all replications were finished."""
        return self.finished < self.question.scenario.run.replications

    def values(self, framework: str, quantity: Quantity) -> Floats:
        """Return a measure in each replication at each number, shape (replications, numbers)."""
        first = self.question.names.index(framework) * len(self.numbers)
        values: Floats = self.read.values[:, first : first + len(self.numbers), *quantity.place]
        return values

    def band(self, framework: str, quantity: Quantity) -> Band:
        """Return the mean of a measure at each number with its 95 % interval."""
        return self._running(framework, quantity).band()

    def counts(self, framework: str, quantity: Quantity) -> list[int]:
        """Return the number of replications in which a measure is defined, at each number."""
        return [int(count) for count in self._running(framework, quantity).counts]

    def _running(self, framework: str, quantity: Quantity) -> Running:
        return running_of(self.values(framework, quantity))

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Every two frameworks by every measure; the baseline is always the other one."""
        names, base = self.question.names, self.question.baseline
        ordered = [base, *(name for name in names if name != base)]
        return tuple(
            self._pair(one, other, quantity) for quantity in self.quantities for other, one in combinations(ordered, 2)
        )

    def _pair(self, framework: str, other: str, quantity: Quantity) -> Pair:
        one, against = self.values(framework, quantity), self.values(other, quantity)
        seed = self.question.scenario.run.seed
        by_cost = course_by_cost((self.values(framework, COST), one), (self.values(other, COST), against), seed)
        at = np.array(self.numbers)
        if by_cost is not None:
            by_cost = by_cost._replace(course=_as_tried(by_cost.course, by_cost.at))
        return Pair(framework, other, quantity, _as_tried(course(at, one - against, seed), at), by_cost)

    @property
    def failures(self) -> tuple[tuple[Level, Failure], ...]:
        """Runs that failed, and are left out."""
        levels = {str(level): level for level in _levels_of(self.question, self.numbers)}
        return tuple((levels[failure.case], failure) for failure in self.read.failures)


def _as_tried(of: Course, at: Floats) -> Course:
    """Return a course whose crossings lie between points tried: nobody knows where between two a curve bends."""
    return of._replace(
        crossings=tuple(
            crossing._replace(low=float(at[at <= crossing.low][-1]), high=float(at[at >= crossing.high][0]))
            for crossing in of.crossings
        )
    )


def numbers_between(
    question: Question, pool: str, first: Given | None, last: Given | None, step: Given | None
) -> Floats:
    """Return the numbers of inspectors to try.

    Parameters
    ----------
    question, pool
        Where they are around the scenario's number, if nothing is given.
    first, last, step
        As given, in full-time equivalents or per cent of the scenario's number; an end that is left out is half, or one
        and a half times, that number, and the step an eighth of the range.

    Raises
    ------
    InputError
        If they make no range.
    """
    mean = mean_fte(question, pool)
    if (not math.isfinite(mean) or mean == 0) and (first is None or last is None):
        raise InputError(
            Named("from"),
            ", ",
            Named("to"),
            f': the scenario has {mean:g} full-time equivalents in the pool "{pool}", so there is no '
            "default range. Set both ends, such as ",
            Named("from"),
            " 100 ",
            Named("to"),
            " 300",
        )
    decimals = 0 if mean >= _TENTHS_BELOW else 1
    if first is None and last is None and step is None:
        return np.unique(np.round(_AROUND * mean, decimals))

    def read(given: Given, option: str) -> float:
        return read_amount(given, option, lambda: mean, pool).fte

    begin = round(float(_AROUND[0]) * mean, decimals) if first is None else read(first, "from")
    end = round(float(_AROUND[-1]) * mean, decimals) if last is None else read(last, "to")
    by = (end - begin) / (len(_AROUND) - 1) if step is None else read(step, "step")
    given = (Named("from"), f" {begin:g} ", Named("to"), f" {end:g} ", Named("step"), f" {by:g}: ")
    if not (0 <= begin < end < math.inf and 0 < by <= end - begin):
        raise InputError(*given, "allowed: 0 or more, a larger number, and a step between them")
    count = math.floor((end - begin) / by + 1e-9) + 1
    if count > _MOST_NUMBERS:
        raise InputError(*given, f"{count} numbers; allowed: at most {_MOST_NUMBERS}. Use a larger step")
    return np.round(begin + by * np.arange(count), 10)


def checked_numbers(question: Question, pool: str, numbers: Iterable[Given]) -> Floats:
    """Return numbers of inspectors that were named one by one, if they can be tried; some may be per cent.

    Raises
    ------
    InputError
        If they are not ascending, or too few or too many.
    """
    mean = mean_fte(question, pool)
    given = [read_amount(number, "numbers", lambda: mean, pool).fte for number in numbers]
    fits = 1 < len(given) <= _MOST_NUMBERS and given[0] >= 0 and given[-1] < math.inf
    if not fits or any(later <= earlier for earlier, later in pairwise(given)):
        told = shortened(", ".join(f"{fte:g}" for fte in given)) or "none"
        raise InputError(
            f"numbers: given {told}; allowed: 2 to {_MOST_NUMBERS} full-time equivalents, 0 or more, each larger than "
            "the one before"
        )
    return np.array(given)


def _levels_of(question: Question, numbers: Sequence[float]) -> list[Level]:
    """Return every number under every framework."""
    return [Level(name, fte) for name in question.names for fte in numbers]


def trace_frontier(  # noqa: PLR0913  (a choice each)
    question: Question,
    quantities: Sequence[Quantity],
    pool: str,
    numbers: Sequence[float],
    *,
    targets: Sequence[Target] = (),
    crewing: Crewing | None = None,
    progress: Progress | None = None,
    batches: BatchFolder | None = None,
    resume: bool = False,
) -> Frontier:
    """Run every framework with every number of inspectors, in the same replications.

    Parameters
    ----------
    question
        Scenario, frameworks and providers.
    quantities
        What to read off.
    pool
        Whose number is varied; other pools stay as the scenario has them.
    numbers
        Full-time equivalents.
    targets
        Of which it is told where they are met.
    crewing
        How runs are carried out; changes no result.
    progress
        Called with the number of runs done and the total.
    batches
        Where finished batches are kept; if left out, in a temporary folder.
    resume
        Whether to continue with the batches in the folder.

    Raises
    ------
    InputError
        If something given cannot be used, or every run failed.
    KeyboardInterrupt
        If Ctrl-C is pressed before one replication was finished, or twice.
    """
    check_pool(question, pool)
    crewing = crewing or Crewing()
    crewing.opener()
    levels = _levels_of(question, numbers)
    work = staffing_levels(question, pool, levels, crewing.engine)
    kept = batches or BatchFolder.temporary()
    kept.begin(identity_of(question, pool, levels), resume)
    asked = question.scenario.run.replications
    with interruption() as heard:
        replicate(work, asked, crewing, kept, progress, heard, 1 if len(levels) > _LARGE else None)
    read = read_levels(kept, asked)
    finished = len(read.values)
    if not finished:
        raise KeyboardInterrupt
    check_not_all_failed(read.failures, finished * len(levels))
    tried = tuple(float(number) for number in numbers)
    return Frontier(question, pool, tried, tuple(quantities), read, finished, tuple(targets))


def quantities_of(measures: Sequence[str] | None, targets: Sequence[Target], types: Sequence[str]) -> list[Quantity]:
    """Return the measures to read off: those named and those of the targets, or the usual ones if there are none."""
    named = [quantity(measure, types) for measure in measures or ()]
    found = list(dict.fromkeys([*named, *(target.quantity for target in targets)]))
    return found or [quantity(measure, types) for measure in frontier_measures(types)]
