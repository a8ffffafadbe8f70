"""Search for the smallest number of inspectors with which a framework meets its targets with confidence.

Numbers on a grid are tried, each in the same replications: every replication is the same world at every number
(common random numbers), so that two numbers differ by their inspectors alone. Where it stays unclear whether the
targets are met, replications are doubled, up to a most; what is unclear even then counts as not met. The looks at one
number share the probability of error (`simulator.running.looks.shared`).
"""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from simulator.engine.setting_checks import NoTeamError
from simulator.inputs.messages import InputError, Named
from simulator.inspectorate.staffing import MOST_POSTS
from simulator.measures.bands import running_of
from simulator.measures.names import ALL_SERVICES, BESIDE_SIZE
from simulator.questions.size.found import Effort, Point, Sized, Sizing
from simulator.questions.size.monotone import harms
from simulator.questions.size.root_search import root
from simulator.running.batch_files import POINTS, BatchFolder, many_folders
from simulator.running.batches import Failure
from simulator.running.crews import Crewing, begun_once
from simulator.running.interruption import Interruption, interruption
from simulator.running.pace import Pace, Told
from simulator.running.posts import check_pool
from simulator.running.question import Question
from simulator.running.replicating import replicate
from simulator.running.staffing_levels import Level, Read, identity_of, read_levels, staffing_levels
from simulator.running.targets import Floats, Quantity, Standing, Target, verdict

_SMALLEST_STEP: Final = 0.01


def size(
    question: Question,
    targets: Sequence[Target],
    pool: str,
    effort: Effort,
    *,
    crewing: Crewing | None = None,
    progress: Told | None = None,
    folder: Path | None = None,
    resume: bool = False,
) -> Sizing:
    """Search for the smallest number of inspectors, under each framework by itself.

    Parameters
    ----------
    question
        Scenario, frameworks and providers.
    targets
        All of which are to be met.
    pool
        Whose number is searched for; other pools stay as the scenario has them.
    effort
        How closely.
    crewing
        How runs are carried out; changes no result.
    progress
        Called as the search advances.
    folder
        Where finished runs are kept; if left out, in a temporary folder.
    resume
        Whether to continue with the finished runs in the folder.

    Raises
    ------
    InputError
        If something given cannot be used.
    KeyboardInterrupt
        If somebody pressed Ctrl-C; what is finished is kept.
    """
    _check(effort)
    check_pool(question, pool)
    crewing = crewing or Crewing()
    crewing.opener()
    temporary = BatchFolder.temporary() if folder is None else None
    kept_in = temporary.folder if temporary else folder or Path()
    with many_folders(kept_in, POINTS, resume) as points, begun_once(crewing) as crew, interruption() as heard:
        pace = Pace(len(question.names), progress)
        failures: list[tuple[Level, Failure]] = []
        sized = []
        for name in question.names:
            tried = _Tried(question, pool, name, points / name, crew, resume, heard, pace)
            sized.append(_sized(question, targets, effort, tried))
            failures += [(level, failure) for level, read in tried.read.items() for failure in read.failures]
            pace.framework_done()
    return Sizing(question, pool, tuple(targets), effort, tuple(sized), tuple(failures))


def _check(effort: Effort) -> None:
    if not _SMALLEST_STEP <= effort.step < math.inf:
        raise InputError(
            Named("step"), f": given {effort.step:g}; allowed: {_SMALLEST_STEP:g} or more full-time equivalents"
        )
    if not 0.5 < effort.confidence < 1:  # noqa: PLR2004  (at a half, anything is met that is as likely as not)
        raise InputError(
            Named("confidence"), f": given {effort.confidence:g}; allowed: more than 0.5 and less than 1, as 0.95"
        )
    if not 1 < effort.replications <= effort.most:
        raise InputError(
            Named("replications"),
            f" {effort.replications}, ",
            Named("most-replications"),
            f" {effort.most}: allowed: 2 or more to start with, and a maximum of at least that",
        )


class _Tried:
    """The numbers tried under one framework."""

    def __init__(
        self,
        question: Question,
        pool: str,
        framework: str,
        folder: Path,
        crewing: Crewing,
        resume: bool,
        heard: Interruption,
        pace: Pace,
    ) -> None:
        self.framework = framework
        self.read: dict[Level, Read] = {}
        self._question, self._pool, self._folder = question, pool, folder
        self._crewing, self._resume, self._heard, self._pace = crewing, resume, heard, pace
        self._begun: dict[Level, BatchFolder] = {}

    def tell(self, fte: float, standing: Standing) -> None:
        """Report to the progress whether a number meets the targets."""
        self._pace.point_done(Level(self.framework, fte), standing)

    def reading(self, fte: float, replications: int) -> Read:
        """Run the replications of a number of inspectors that are not finished yet, and read all of them.

        Raises
        ------
        NoTeamError
            If it is so few that no team can be put together.
        InputError
            If it cannot be run for another reason, or what is kept of it cannot be used.
        """
        level = Level(self.framework, fte)
        work = staffing_levels(self._question, self._pool, [level], self._crewing.engine)
        if level not in self._begun:
            kept = BatchFolder(self._folder / f"{fte:.10g}")
            kept.begin(identity_of(self._question, self._pool, [level]), self._resume)
            self._begun[level] = kept
        kept = self._begun[level]
        self._pace.point_begins(level, replications)
        replicate(work, replications, self._crewing, kept, self._pace.runs, self._heard)
        if self._heard.asked:
            raise KeyboardInterrupt
        read = read_levels(kept, replications)
        if len(read.values) < replications:
            raise InputError(
                f"{kept.folder}: {level}: {len(read.values)} of {replications} replications are present, but all were "
                "run: some have been deleted. Use ",
                Named("resume"),
                " to run them again",
            )
        if len(read.failures) == replications:
            first = read.failures[0]
            raise InputError(
                f"all {replications} runs of {level} failed; the first, replication {first.replication} with seed "
                f"{first.seed}: {first.error} ({first.where})"
            )
        self.read[level] = read
        return read


def _sized(question: Question, targets: Sequence[Target], effort: Effort, tried: _Tried) -> Sized:
    """Search under one framework."""
    points: dict[float, Point] = {}
    values: dict[float, Read] = {}

    def point(fte: float) -> Point:
        if fte not in points:
            points[fte], values[fte] = _decided(fte, targets, effort, tried)
            tried.tell(fte, points[fte].standing)
        return points[fte]

    limitless = point(math.inf)
    arithmetic = limitless.worked / question.scenario.capacity.deployable_days_per_fte_year
    fte = missed = None
    if limitless.standing == "met":
        most = int(MOST_POSTS / effort.step)
        first = max(math.ceil(arithmetic / effort.step), 1)
        found = root(lambda number: point(_on_grid(number, effort.step)).standing, first, most)
        fte = None if found.met is None else _on_grid(found.met, effort.step)
        missed = None if found.missed is None else _on_grid(found.missed, effort.step)
    ascending = sorted(points)
    return Sized(
        framework=tried.framework,
        without_limit=limitless,
        fte=fte,
        missed=missed,
        arithmetic=arithmetic,
        points=tuple(points[number] for number in ascending),
        harms=tuple(
            harm
            for target in targets
            for harm in harms(
                target, [(number, _of(values[number], target)) for number in ascending if points[number].verdicts]
            )
        ),
    )


def _on_grid(number: int, step: float) -> float:
    """Return the number of full-time equivalents, without what floating-point multiplication leaves behind."""
    return round(number * step, 10)


def _decided(fte: float, targets: Sequence[Target], effort: Effort, tried: _Tried) -> tuple[Point, Read]:
    """Try a number, with more replications while it is unclear whether the targets are met."""
    for replications in effort.looks:
        try:
            read = tried.reading(fte, replications)
        except NoTeamError:  # and nothing else: what is kept and cannot be read is no answer
            if math.isinf(fte):
                raise
            return Point(fte, (), 0, math.nan, math.nan), _NOTHING
        point = _point(fte, targets, effort, read)
        if point.standing != "unclear":
            break
    return point, read


_NOTHING: Final = Read(np.empty((0, 0, 0, 0)), np.empty((0, 0, 2)), ())


def _point(fte: float, targets: Sequence[Target], effort: Effort, read: Read) -> Point:
    verdicts = tuple(verdict(_of(read, target), target, effort.each) for target in targets)
    worked, there = np.nanmean(read.pool[:, 0], axis=0)
    costs = {name: _mean(read.values[:, 0, *Quantity(name, ALL_SERVICES).place]) for name in BESIDE_SIZE}
    return Point(fte, verdicts, len(read.values), float(worked), float(there), costs)


def _mean(values: Floats) -> float:
    known = values[np.isfinite(values)]
    return float(running_of(known).band().mean) if known.size else math.nan


def _of(read: Read, target: Target) -> Floats:
    """Return a target's measure in each replication."""
    values: Floats = read.values[:, 0, *target.quantity.place]
    return values
