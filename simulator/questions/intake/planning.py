"""Search for the smallest intake of each year that keeps the targets in that year, given the intakes before.

Year after year from the first: the smallest number with which every target is met in the year, each number in the same
replications. A run ends with the year in question, since what comes later changes nothing that happens in it. Where no
number is enough, the intake is the smallest that comes about as near as any. An intake begins so early that its people
are trained when the year begins, but not before the frameworks take over.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from simulator.inputs.messages import InputError, Named
from simulator.inspectorate.capacity import FteStep, Pool
from simulator.inspectorate.recruiting import Intake
from simulator.questions.workforce.counting import ALL
from simulator.questions.workforce.figures import BY_NAME, FIGURES, figures_of
from simulator.questions.workforce.found import Found, count
from simulator.running.batch_files import POINTS, BatchFolder, many_folders
from simulator.running.crews import Crewing
from simulator.running.posts import takeover
from simulator.running.question import Question
from simulator.running.replicating import Progress
from simulator.running.targets import Floats, Target, verdict
from simulator.ticks import MONTHS

FIGURE_OF: Final = {
    "on_time_share": "on_time_share",
    "providers_past_duty": "past",
    "backlog_mean": "waiting",
    "undetected_poor_provider_years": "unfound",
}
"""The figure of a year that a measure is, for those that a plan may have as a target."""
_MOST: Final = 2
"""Times the posts of the scenario that are recruited in one year, at most."""
_AS_GOOD: Final = 0.01
"""Share of the bound of a target within which two numbers come as near to it."""


class Year(NamedTuple):
    """What was decided for a year."""

    name: str
    begins: date
    """Day on which recruitment begins."""
    number: int
    met: bool
    """Whether the targets are met in the year; if not, no number tried does it, and this is the smallest that comes
    about as near to them as the most tried."""


class Effort(NamedTuple):
    """How closely to search."""

    step: int = 1
    """People between two numbers tried."""
    confidence: float = 0.95
    """With which each target is to be met."""


@dataclass(frozen=True)
class Planned:
    """The intakes found under one framework."""

    framework: str
    years: tuple[Year, ...]
    found: Found
    """The run of the whole plan."""

    @property
    def total(self) -> int:
        """Everybody recruited."""
        return sum(year.number for year in self.years)

    @property
    def missed(self) -> list[Year]:
        """Years in which no number keeps the targets."""
        return [year for year in self.years if not year.met]


@dataclass(frozen=True)
class Plan:
    """The answer for all frameworks."""

    question: Question
    pool: str
    targets: tuple[Target, ...]
    effort: Effort
    replications: int
    planned: tuple[Planned, ...]

    @cached_property
    def price_of_year(self) -> float:
        """Pounds for a full-time equivalent a year."""
        scenario = self.question.scenario
        return scenario.capacity.deployable_days_per_fte_year * scenario.costs.cost_per_inspector_day


def plan(
    question: Question,
    targets: Sequence[Target],
    pool: str,
    effort: Effort,
    *,
    crewing: Crewing | None = None,
    progress: Progress | None = None,
    folder: Path | None = None,
    resume: bool = False,
) -> Plan:
    """Search for the smallest intake of each year, under each framework by itself.

    Parameters
    ----------
    question
        Scenario, frameworks and providers.
    targets
        All of which are to be met in every year.
    pool
        To be recruited for; it begins with those whom the scenario has in post when the frameworks take over.
    effort
        How closely.
    crewing, progress, folder, resume
        As for `simulator.questions.size.search.size`.

    Raises
    ------
    InputError
        If something given cannot be used.
    KeyboardInterrupt
        If Ctrl-C is pressed; what is finished is kept.
    """
    _check(question, targets, pool)
    if not 0.5 <= effort.confidence < 1:  # noqa: PLR2004  (below a half, the mean may miss the target)
        raise InputError(
            Named("confidence"), f": given {effort.confidence:g}; allowed: 0.5 or more and less than 1, as 0.95"
        )
    temporary = BatchFolder.temporary() if folder is None else None
    kept_in = temporary.folder if temporary else folder or Path()
    with many_folders(kept_in, POINTS, resume) as points:
        planned = []
        for position, name in enumerate(question.names):
            one = replace(question, frameworks=(question.frameworks[position],))
            tried = _Tried(one, pool, tuple(targets), effort.confidence, points / name, crewing, progress, resume)
            planned.append(_planned(tried, effort.step))
    replications = question.scenario.run.replications
    return Plan(question, pool, tuple(targets), effort, replications, tuple(planned))


def _check(question: Question, targets: Sequence[Target], pool: str) -> None:
    for target in targets:
        if target.quantity.measure not in FIGURE_OF or target.quantity.service_type != ALL:
            raise InputError(
                Named("target"),
                f' "{target}": cannot be a target of each year; allowed: {", ".join(FIGURE_OF)}, of all providers',
            )
    given = question.scenario.capacity.pools[pool]
    if given.intakes is not None:
        raise InputError(
            f"capacity.pools.{pool}.intakes: given, but this question looks for them; allowed: a pool without intakes"
        )


@dataclass(frozen=True)
class _Tried:
    """What is needed to try a plan under one framework."""

    question: Question
    pool: str
    targets: tuple[Target, ...]
    confidence: float
    folder: Path
    crewing: Crewing | None
    progress: Progress | None
    resume: bool
    known: dict[tuple[int, ...], Found] = field(default_factory=dict)
    """What was run, by the intakes and the number of years."""

    @property
    def posts(self) -> Pool:
        """The pool as the scenario has it."""
        return self.question.scenario.capacity.pools[self.pool]

    def begins(self, year: int) -> date:
        """Return the day on which recruitment for a year begins."""
        run = self.question.scenario.run
        first = run.start.replace(year=run.start.year + year)
        recruitment = self.posts.recruitment()
        lag = timedelta(days=recruitment.recruitment_days + recruitment.training_days)
        return max(first - lag, takeover(self.question.scenario))

    def with_intakes(self, numbers: Sequence[int], years: int) -> Question:
        """Return the question with intakes, and a number of years."""
        scenario, begins = self.question.scenario, takeover(self.question.scenario)
        intakes = tuple(
            Intake.model_validate({"from": self.begins(year), "number": number}) for year, number in enumerate(numbers)
        )
        at_first = self.posts.fte_on(begins)
        before = tuple(step for step in self.posts.fte if step.from_ < begins) or self.posts.fte[:1]
        room = FteStep.model_validate({"from": begins, "fte": at_first + sum(numbers)})
        before = tuple(step for step in before if step.from_ != begins)
        changed = self.posts.model_copy(update={"intakes": intakes, "intakes_from": begins, "fte": (*before, room)})
        pools = {**scenario.capacity.pools, self.pool: changed}
        capacity = scenario.capacity.model_copy(update={"pools": pools})
        run = scenario.run.model_copy(update={"years": years})
        return replace(self.question, scenario=scenario.model_copy(update={"capacity": capacity, "run": run}))

    def run(self, numbers: Sequence[int], years: int) -> Found:
        """Run the first years with intakes, once."""
        asked = (*numbers, years)
        if asked not in self.known:
            self.known[asked] = self._run(numbers, years)
        return self.known[asked]

    def _run(self, numbers: Sequence[int], years: int) -> Found:
        told = "-".join(map(str, numbers)) or "none"
        batches = BatchFolder(self.folder / f"{years}-years-{told}")
        how: dict[str, Any] = {"crewing": self.crewing, "progress": self.progress, "resume": self.resume}
        found = count(self.with_intakes(numbers, years), batches=batches, **how)
        if found.finished < self.question.scenario.run.replications:
            raise KeyboardInterrupt
        return found

    def is_met(self, found: Found, year: int) -> bool:
        """Return whether every target is met in a year, with confidence."""
        months = np.arange(len(found.divided.months)) // MONTHS == year
        figures = figures_of(found.counted, months)[:, 0, -1, -1]
        return all(
            verdict(_of(figures, FIGURE_OF[target.quantity.measure]), target, self.confidence).standing == "met"
            for target in self.targets
        )

    def is_as_good(self, numbers: Sequence[int], step: int, most: int, year: int, steps: int) -> bool:
        """Return whether a number comes about as near to the first target in a year as the most tried does."""
        target = self.targets[0]
        means = []
        for tried in (steps, most):
            found = self.run([*numbers, tried * step], year + 1)
            name = FIGURE_OF[target.quantity.measure]
            means.append(target.sign * found.estimate(found.of_years[year], self.question.names[0], name).mean)
        return means[0] >= means[1] - _AS_GOOD * abs(target.bound)


def _of(figures: Floats, name: str) -> Floats:
    values: Floats = figures[:, FIGURES.index(BY_NAME[name])]
    return values


def _planned(tried: _Tried, step: int) -> Planned:
    years = tried.question.scenario.run.years
    numbers: list[int] = []
    decided: list[Year] = []
    most = max(round(_MOST * tried.posts.fte_on(takeover(tried.question.scenario)) / step), 1)
    for year in range(years):

        def suffices(steps: int, year: int = year) -> bool:
            return tried.is_met(tried.run([*numbers, steps * step], year + 1), year)

        guess = max(round(sum(numbers) / max(len(numbers), 1) / step), 1)
        steps = _smallest(suffices, guess, most)
        helps = _smallest(partial(tried.is_as_good, numbers, step, most, year), guess, most) if steps is None else steps
        numbers.append((helps or 0) * step)
        begins = tried.begins(year)
        start = tried.question.scenario.run.start.year + year
        decided.append(Year(f"{start}-{(start + 1) % 100:02d}", begins, numbers[-1], steps is not None))
    return Planned(tried.question.names[0], tuple(decided), tried.run(numbers, years))


def _smallest(suffices: Callable[[int], bool], guess: int, most: int) -> int | None:
    """Return the smallest number from 0 to `most` that suffices, None if none does; a larger one does if one does."""
    if suffices(0):
        return 0
    missed, met = 0, min(guess, most)
    while not suffices(met):
        if met == most:
            return None
        missed, met = met, min(2 * met, most)
    while met - missed > 1:
        middle = (missed + met) // 2
        if suffices(middle):
            met = middle
        else:
            missed = middle
    return met
