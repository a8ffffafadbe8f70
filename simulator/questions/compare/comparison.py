"""The main question: the same providers under several frameworks, replication by replication."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from simulator.inspectorate.framework import Framework
from simulator.measures.series import RunningSeries, Series, SeriesBands
from simulator.questions.compare.for_whom import RunningForWhom
from simulator.questions.compare.gains import RunningGains
from simulator.questions.compare.groups import RunningGroups
from simulator.running.all_failed import check_not_all_failed
from simulator.running.batch_files import BatchFile, BatchFolder
from simulator.running.batches import Failure
from simulator.running.comparing import AMOUNTS, GROUPS, VALUES, Comparing, comparing
from simulator.running.crews import Crewing
from simulator.running.event_tables import Events
from simulator.running.frames import RunningFrames, Values, replications_frame
from simulator.running.identity import identity
from simulator.running.interruption import interruption
from simulator.running.looks import Plan
from simulator.running.precision import Known, asked_of, known, plan_of, replications_needed
from simulator.running.question import Question, posed
from simulator.running.replicating import Progress, finished_files, replicate_until
from simulator.scenario.scenario import Scenario
from simulator.world.groups import Groups

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Comparison:
    """The result of a comparison."""

    question: Question
    summary: "pd.DataFrame"
    """Columns framework, service_type, measure, mean, low, high, replications (95 % intervals)."""
    differences: "pd.DataFrame"
    """Columns framework, baseline, service_type, measure, mean, low, high, replications; paired."""
    gains: "pd.DataFrame"
    """Columns framework, lower, upper, service_type, measure, share, low, high, possible, replications: which share of
    the possible gain each framework realises between yardsticks (`simulator.questions.compare.gains`), if there are
    any.
    """
    pairing: "pd.DataFrame"
    """Columns framework, baseline, service_type, measure, variance_paired, variance_independent, gain, replications,
    replications_independent: what common random numbers gain (`simulator.statistics.pairing`)."""
    plan: Plan
    """After how many replications it was looked at whether they are enough, and the confidence of every interval that
    makes them 95 % ones (`simulator.running.looks`)."""
    known: tuple[Known, ...]
    """How closely each headline difference is known against what was asked; none for a number of replications."""
    groups: "pd.DataFrame"
    """Measures of groups of providers, with differences (`simulator.questions.compare.groups`)."""
    for_whom: "pd.DataFrame"
    """Visits and staff days of every kind of provider (`simulator.questions.compare.for_whom`)."""
    divided: Groups
    """The groups of providers of which amounts are kept."""
    series: Mapping[str, SeriesBands]
    """By framework, what charts show beyond the measures."""
    failures: tuple[Failure, ...]
    """Runs that failed, in the order of replications and frameworks."""
    asked: int
    """Replications that it came to, or was at when somebody pressed Ctrl-C."""
    finished: int
    """Replications finished: fewer than `asked` if somebody pressed Ctrl-C."""
    batches: BatchFolder
    """Where the values of every replication are."""

    @property
    def scenario(self) -> Scenario:
        """As resolved, options given included."""
        return self.question.scenario

    @property
    def titles(self) -> dict[str, str]:
        """Title of each framework by its name."""
        return self.question.titles

    @property
    def course(self) -> tuple[tuple[date, str], ...]:
        """Days, and titles of what is in force from them on; `COMPARED` in place of the frameworks compared."""
        return self.question.course

    @property
    def baseline(self) -> str:
        """Name of the framework that the others are compared with."""
        return self.question.baseline

    @property
    def peers(self) -> tuple[str, ...]:
        """Names of the frameworks in the layer of the baseline: those with a package if it has one, or else without."""
        packaged = {framework.name: bool(framework.packages) for framework in self.question.frameworks}
        return tuple(name for name, has in packaged.items() if has == packaged[self.baseline])

    @property
    def own_register(self) -> bool:
        """Whether the providers were given, and not drawn from the scenario."""
        return self.question.own_register

    @property
    def interrupted(self) -> bool:
        """Whether it was ended before all replications were finished."""
        return self.finished < self.asked

    @property
    def precise(self) -> bool:
        """Whether every headline difference is known as closely as was asked."""
        return all(difference.reached for difference in self.known)

    @property
    def replications(self) -> "pd.DataFrame":
        """Every value, read from the disk: columns framework, replication, service_type, measure, value."""
        import pandas as pd

        return pd.concat(list(self.replication_frames()), ignore_index=True)

    def values(self) -> Iterator[Values]:
        """Yield the measures of every replication, shape (frameworks, measures, 14)."""
        yield from self._kept(VALUES)

    def amounts(self) -> Iterator[Values]:
        """Yield the amounts of every replication by `divided`, shape (frameworks, groups, 5, 3).

        They are those of `simulator.measures.for_whom.held_amounts`.
        """
        yield from self._kept(AMOUNTS)

    def _kept(self, name: str) -> Iterator[Values]:
        for file in finished_files(self.batches, self.finished):
            yield from file.arrays(name)[name][: _last(file, self.finished) - file.first + 1]

    def replication_frames(self) -> "Iterator[pd.DataFrame]":
        """Yield the rows of `replications` piece by piece, so that they need not fit into memory."""
        for position, name in enumerate(self.question.names):
            for file in finished_files(self.batches, self.finished):
                numbers = range(file.first, _last(file, self.finished) + 1)
                values = file.arrays(VALUES)[VALUES][: len(numbers), position]
                yield replications_frame(values, name, numbers, self.question.service_types)

    def tables(self, name: str) -> Iterator[bytes]:
        """Yield a table of events (Parquet), as far as it was kept, run by run."""
        for file in finished_files(self.batches, self.finished):
            yield from (table for number, _, table in file.tables(name) if number <= self.finished)


def compare(
    scenario: Scenario,
    frameworks: Sequence[Framework] | None = None,
    *,
    register: "pd.DataFrame | None" = None,
    crewing: Crewing | None = None,
    progress: Progress | None = None,
    events: Events = "none",
    batches: BatchFolder | None = None,
    resume: bool = False,
) -> Comparison:
    """Compare frameworks on the same providers with the same histories.

    Parameters
    ----------
    scenario
        What holds under every framework, and the number of replications: fixed, if ``run.replications`` is a number
        (``scenario.changed({"run": {"replications": 50}}, ...)``), or as many as the requested precision takes.
    frameworks
        To compare; if left out, those that the scenario names.
    register
        Providers to inspect; if left out, they are drawn from the scenario.
    crewing
        How it is carried out; if left out, by the compiled engine in a thread for each core. Changes no result.
    progress
        Called when all input has been checked and the first run begins, and after each batch, with the number of runs
        done and the total expected so far.
    events
        Of which replications tables of events are kept.
    batches
        Where finished batches are kept; if left out, in a temporary folder that goes with the comparison.
    resume
        Whether to continue with the batches in the folder.

    Returns
    -------
    Comparison
        Ctrl-C ends it early, with the replications that were finished under all frameworks, up to the first that
        was not. Where it ends by itself depends on nothing but the replications.

    Raises
    ------
    InputError
        If something given cannot be run, or every run failed.
    KeyboardInterrupt
        If Ctrl-C is pressed before one replication was finished, or twice.
    """
    (crewing := crewing or Crewing()).opener()
    question = posed(scenario, frameworks, register)
    return compare_posed(question, crewing, progress=progress, events=events, batches=batches, resume=resume)


def compare_posed(
    question: Question,
    crewing: Crewing,
    *,
    progress: Progress | None = None,
    events: Events = "none",
    batches: BatchFolder | None = None,
    resume: bool = False,
) -> Comparison:
    """Compare the frameworks of a question that stands already; otherwise as `compare`."""
    asked_of(question)
    plan = plan_of(question.scenario.run)
    work = comparing(question, crewing.engine, events)
    kept = batches or BatchFolder.temporary()
    kept.begin(identity(question, events), resume)
    with interruption() as heard:
        largest = 1 if events == "all" else None
        needed = _Looking(question, kept, plan).needed
        asked = replicate_until(plan.looks, needed, work, crewing, kept, progress, heard, largest)
    return _read_off(question, work, kept, plan, asked)


def _last(file: BatchFile, last: int) -> int:
    return min(file.last, last)


class _Looking:
    """Looks at the replications so far; none is read twice."""

    def __init__(self, question: Question, kept: BatchFolder, plan: Plan) -> None:
        self._question, self._kept = question, kept
        self._frames = RunningFrames(question.names, question.baseline, question.service_types, plan.confidence)
        self._seen = 0

    def needed(self, now: int) -> float:
        """Return how many replications will be enough, judged by the first ones up to `now`."""
        if self._question.scenario.run.until is None:
            return now
        for file in finished_files(self._kept, now):
            if file.last > self._seen:
                values = file.arrays(VALUES)[VALUES]
                for number in range(max(file.first, self._seen + 1), _last(file, now) + 1):
                    self._frames.add(values[number - file.first])
                self._seen = _last(file, now)
        return replications_needed(now, known(self._question, self._frames.summary(), self._frames.differences()))


def _read_off(question: Question, work: Comparing, kept: BatchFolder, plan: Plan, asked: int) -> Comparison:
    """Read what is finished in the order of the replications: one batch at a time is in memory."""
    names = question.names
    frames = RunningFrames(names, question.baseline, question.service_types, plan.confidence)
    gains = RunningGains(names, question.service_types, plan.confidence)
    groups = RunningGroups(work, question.baseline, plan.confidence)
    whom = RunningForWhom(work, question.baseline, plan.confidence)
    series = [RunningSeries() for _ in names]
    failures: list[Failure] = []
    files = finished_files(kept, asked)
    finished = 0
    for file in files:
        arrays = file.arrays(VALUES, GROUPS, AMOUNTS, *Series._fields)
        for row in range(_last(file, asked) - file.first + 1):
            frames.add(arrays[VALUES][row])
            gains.add(arrays[VALUES][row])
            groups.add(arrays[GROUPS][row])
            whom.add(arrays[AMOUNTS][row])
            for position, running in enumerate(series):
                running.add(Series(*(arrays[name][row, position] for name in Series._fields)))
            finished += 1
        failures += file.failures() if file.failed else []
    if not finished:
        raise KeyboardInterrupt
    check_not_all_failed(failures, finished * len(names))
    summary, differences = frames.summary(), frames.differences()
    return Comparison(
        question=question,
        summary=summary,
        differences=differences,
        gains=gains.frame(),
        pairing=frames.pairing(),
        plan=plan,
        known=known(question, summary, differences),
        groups=groups.frame(),
        for_whom=whom.frame(),
        divided=work.settings[0].groups,
        series={name: running.bands(plan.confidence) for name, running in zip(names, series, strict=True)},
        failures=tuple(failures),
        asked=asked,
        finished=finished,
        batches=kept,
    )
