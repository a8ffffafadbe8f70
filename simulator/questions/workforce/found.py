"""The runs, and what was found: the figures of each period, pool and region over the replications."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from simulator.engine.past import run_until
from simulator.engine.run import Engine, simulate
from simulator.engine.setting import settings_under
from simulator.inspectorate.framework import Framework
from simulator.inspectorate.kinds import KINDS
from simulator.measures.bands import Band, running_of
from simulator.questions.workforce.counting import ALL, AMOUNTS, OF_KINDS, Divided, counted, of_kinds
from simulator.questions.workforce.figures import FIGURES, figures_of
from simulator.running.all_failed import check_not_all_failed
from simulator.running.batch_files import BatchFolder
from simulator.running.batches import Array, Failure, Reading
from simulator.running.crews import Crewing
from simulator.running.identity import identity
from simulator.running.interruption import interruption
from simulator.running.pools_at_work import with_pools_named
from simulator.running.question import Question
from simulator.running.replicating import Progress, finished_files, replicate
from simulator.running.settings_run import SettingsRun
from simulator.running.targets import Floats
from simulator.ticks import MONTHS
from simulator.words.estimates import Estimate

_COUNTED: Final = "counted"
_KINDS: Final = "kinds"
CALENDAR: Final = (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)
"""Calendar months in the order of an inspection year."""


@dataclass(frozen=True)
class _Counting(SettingsRun):
    """Frameworks to be run and counted in replications of one scenario (`simulator.running.batches.Work`)."""

    divided: tuple[Divided, ...]

    def read(self, case: int, replication: int) -> Reading:
        """Run a framework in a replication, and count by pool, region and month."""
        setting, divided = self.settings[case], self.divided[case]
        past = self.past_of(case, run_until)
        trace = past.goes_on(setting)[0] if past else simulate(setting, replication, self.engine)
        return Reading({_COUNTED: counted(divided, trace, replication), _KINDS: of_kinds(divided, trace)})

    def blank(self) -> Mapping[str, Array]:
        """Return counts that are all undefined."""
        of = self.divided[0]
        shape = len(of.pools), len(of.regions), len(of.months), len(AMOUNTS)
        return {_COUNTED: np.full(shape, np.nan), _KINDS: np.full((2, len(KINDS), len(OF_KINDS)), np.nan)}


@dataclass(frozen=True)
class Found:
    """What was found."""

    question: Question
    divided: Divided
    counted: Floats
    """Shape (replications, frameworks, pools, regions, months, amounts)."""
    kinds: Floats
    """Shape (replications, frameworks, 2, kinds, 5): at discretion, and statutory."""
    failures: tuple[Failure, ...]

    @property
    def finished(self) -> int:
        """Replications finished: fewer than asked for if somebody pressed Ctrl-C."""
        return len(self.counted)

    @property
    def years(self) -> list[str]:
        """Names of the years of the window."""
        return self.divided.years

    @cached_property
    def of_years(self) -> list[Band]:
        """Figures of each year, arrays of shape (frameworks, pools, regions, figures)."""
        year = np.arange(len(self.divided.months)) // MONTHS
        return [self._figures(year == number) for number in range(len(self.years))]

    @property
    def calendar(self) -> list[int]:
        """The calendar months of which there are any, in the order of an inspection year."""
        there = set(self.divided.calendar)
        return [number for number in CALENDAR if number in there]

    @cached_property
    def of_calendar(self) -> list[Band]:
        """Figures of each of these over all years; sums are brought to a year of such months."""
        month = np.array(self.divided.calendar)
        return [self._figures(month == number) for number in self.calendar]

    @cached_property
    def of_all(self) -> Band:
        """Figures of the whole window."""
        return self._figures(np.ones(len(self.divided.months), dtype=bool))

    def _figures(self, months: npt.NDArray[np.bool_]) -> Band:
        values = figures_of(self.counted, months)
        mean, low, high = running_of(np.where(np.isinf(values), np.nan, values)).band()
        return Band(np.where(np.isinf(values).any(axis=0), np.inf, mean), low, high)

    def estimate(self, figures: Band, framework: str, name: str, pool: str = ALL, region: str = ALL) -> Estimate:
        """Return the mean of a figure over the replications, with its interval.

        Parameters
        ----------
        figures
            Of one period.
        framework, name, pool, region
            Of what; `name` is that of the figure.
        """
        position = [figure.name for figure in FIGURES].index(name)
        which = self.question.names.index(framework), self.divided.pools.index(pool)
        place = (*which, self.divided.regions.index(region), position)
        return Estimate(*(float(end[place]) for end in figures))

    def of_kind(self, framework: str, kind: str, name: str, *, statutory: bool) -> Estimate:
        """Return the mean a year of what was counted of a kind of inspection, with its interval."""
        place = int(statutory), KINDS.index(kind), OF_KINDS.index(name)
        return _estimate(self.kinds[:, self.question.names.index(framework), *place])


def _estimate(values: Floats) -> Estimate:
    return Estimate(*(float(end) for end in running_of(values).band()))


def count(
    question: Question,
    *,
    crewing: Crewing | None = None,
    progress: Progress | None = None,
    batches: BatchFolder | None = None,
    resume: bool = False,
) -> Found:
    """Run the frameworks of a question, and count by pool, region and month.

    Parameters
    ----------
    question
        Scenario, providers and frameworks.
    crewing, progress, batches, resume
        As for `simulator.questions.compare.comparison.compare`.

    Raises
    ------
    InputError
        If something given cannot be used, or every run failed.
    KeyboardInterrupt
        If Ctrl-C is pressed before one replication was finished, or twice.
    """
    crewing = crewing or Crewing()
    crewing.opener()
    work = _work(question, crewing.engine)
    kept = batches or BatchFolder.temporary()
    kept.begin(identity(question, "none") | {"counted": "workforce"}, resume)
    asked = question.scenario.run.replications
    with interruption() as heard:
        replicate(work, asked, crewing, kept, progress, heard, 1)
    values, kinds, failures = _read(kept, asked)
    if not len(values):
        raise KeyboardInterrupt
    check_not_all_failed(failures, len(values) * len(work.cases))
    return Found(question, work.divided[0], values, kinds, failures)


def _work(question: Question, engine: Engine) -> _Counting:
    scenario = with_pools_named(question.scenario, question.every_framework)
    timelines = [question.timeline(position) for position in range(len(question.frameworks))]
    settings = settings_under(scenario, timelines, question.register)
    idle = question.idle_pools
    divided = tuple(
        Divided(setting, _pools_of(framework, question.common), idle)
        for setting, framework in zip(settings, question.frameworks, strict=True)
    )
    return _Counting(question.names, tuple(settings), scenario.costs, engine, idle, divided)


def _pools_of(framework: Framework, before: Sequence[Framework]) -> tuple[str, ...]:
    """Return the pool of each kind of inspection under a framework, or else under one before it."""
    found: dict[str, str] = {}
    for one in (*before, framework):
        found |= {name: str(kind.pool) for name, kind in one.kinds.items()}
    return tuple(found.get(kind, "") for kind in KINDS)


def _read(kept: BatchFolder, last: int) -> tuple[Floats, Floats, tuple[Failure, ...]]:
    values, kinds, failures = [], [], list[Failure]()
    for file in finished_files(kept, last):
        arrays, rows = file.arrays(_COUNTED, _KINDS), min(file.last, last) - file.first + 1
        values.append(arrays[_COUNTED][:rows])
        kinds.append(arrays[_KINDS][:rows])
        failures += file.failures() if file.failed else []
    if not values:
        return np.empty((0,)), np.empty((0,)), ()
    return np.concatenate(values), np.concatenate(kinds), tuple(failures)
