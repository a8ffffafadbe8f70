"""Search for the smallest number of inspectors with which a framework meets its targets with confidence.

Numbers on a grid are tried, each in the same replications: every replication is the same world at every number
(common random numbers), so that two numbers differ by their inspectors alone. So a few replications find about where
the answer lies (`simulator.questions.size.guide`), and all of them are run around it only. Where it stays unclear
whether the targets are met, replications are doubled, up to a most; what is unclear even then counts as not met. The
looks at one number share the probability of error (`simulator.running.looks.shared`).
"""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from simulator.inputs.messages import InputError, Named
from simulator.inspectorate.staffing import MOST_POSTS
from simulator.questions.frontier.curves import trace_frontier
from simulator.questions.size.found import Effort, Sized, Sizing
from simulator.questions.size.guide import FEW, likely
from simulator.questions.size.monotone import harms
from simulator.questions.size.points import Points, Runs, Tried, of_target
from simulator.questions.size.root_search import Root, root
from simulator.running.batch_files import POINTS, BatchFolder, many_folders
from simulator.running.batches import Failure
from simulator.running.crews import Crewing, begun_once
from simulator.running.interruption import interruption
from simulator.running.pace import Pace, Told
from simulator.running.posts import check_pool, mean_fte
from simulator.running.question import Question
from simulator.running.staffing_levels import Level
from simulator.running.targets import Target

_SMALLEST_STEP: Final = 0.01
_MORE: Final = "more"
"""Folder of the runs with more inspectors than the scenario has."""
_STRIDE: Final = 0.2
"""Part of the number by arithmetic, from which the search begins, that its first stride is long."""


def size(  # noqa: PLR0913  (a choice each)
    question: Question,
    targets: Sequence[Target],
    pool: str,
    effort: Effort,
    *,
    more: float | None = None,
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
    more
        Inspectors to add to the number of the scenario, to report what they bring; none if left out.
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
    if question.by_means:
        effort = effort.by_means(question.scenario.run.replications)
    _check(effort)
    check_pool(question, pool)
    numbers = _numbers(question, pool, more)
    crewing = crewing or Crewing()
    crewing.opener()
    temporary = BatchFolder.temporary() if folder is None else None
    kept_in = temporary.folder if temporary else folder or Path()
    with many_folders(kept_in, POINTS, resume) as points, begun_once(crewing) as crew, interruption() as heard:
        pace = Pace(len(question.names), progress)
        failures: list[tuple[Level, Failure]] = []
        sized = []
        runs = Runs(question, pool, crew)
        for name in question.names:
            tried = Tried(runs, name, points / name, resume, heard, pace)
            sized.append(_sized(question, targets, effort, tried))
            failures += [(level, failure) for level, read in tried.read.items() for failure in read.failures]
            pace.framework_done()
        following = None
        if numbers and not question.by_means:
            batches = BatchFolder(points / _MORE)
            following = trace_frontier(question, (), pool, numbers, crewing=crew, batches=batches, resume=resume)
            if following.interrupted:
                raise KeyboardInterrupt
    return Sizing(question, pool, tuple(targets), effort, tuple(sized), tuple(failures), following)


def _numbers(question: Question, pool: str, more: float | None) -> tuple[float, ...]:
    """Return the number of the scenario and the larger one; none where it is not asked about."""
    if more is None:
        return ()
    there = mean_fte(question, pool)
    if not (0 < more < math.inf and math.isfinite(there)):
        raise InputError(
            Named("more"), f": given {more:g}; allowed: more than 0, added to a number of inspectors that has a limit"
        )
    return there, there + more


def _check(effort: Effort) -> None:
    if not _SMALLEST_STEP <= effort.step < math.inf:
        raise InputError(
            Named("step"), f": given {effort.step:g}; allowed: {_SMALLEST_STEP:g} or more full-time equivalents"
        )
    if not 0.5 <= effort.confidence < 1:  # noqa: PLR2004
        raise InputError(
            Named("confidence"),
            f": given {effort.confidence:g}; allowed: 0.5 (by the mean alone) or more, and less than 1, as 0.95",
        )
    if not 1 < effort.replications <= effort.most:
        raise InputError(
            Named("replications"),
            f" {effort.replications}, ",
            Named("most-replications"),
            f" {effort.most}: allowed: 2 or more to start with, and a maximum of at least that",
        )


def _sized(question: Question, targets: Sequence[Target], effort: Effort, tried: Tried) -> Sized:
    """Search under one framework."""
    points = Points(targets, effort, tried)
    limitless = points.decided(math.inf)
    arithmetic = limitless.worked / question.scenario.capacity.deployable_days_per_fte_year
    fte = missed = None
    if limitless.standing == "met":
        first = max(math.ceil(arithmetic / effort.step), 1)
        found = _searched(points, first, int(MOST_POSTS / effort.step))
        fte = None if found.met is None else points.fte(found.met)
        missed = None if found.missed is None else points.fte(found.missed)
    ascending = sorted(points.found)
    return Sized(
        framework=tried.framework,
        without_limit=limitless,
        fte=fte,
        missed=missed,
        arithmetic=arithmetic,
        points=tuple(points.found[number] for number in ascending),
        harms=tuple(
            harm
            for target in targets
            for harm in harms(
                target,
                [
                    (number, of_target(points.read[number], target))
                    for number in ascending
                    if points.found[number].verdicts
                ],
            )
        ),
    )


def _searched(points: "Points", first: int, most: int) -> Root:
    """Scout by few replications from a first number on, and decide around what that shows."""
    stride = max(round(_STRIDE * first), 1)
    if points.effort.replications <= FEW:
        return root(lambda number: points.decided(points.fte(number)).standing, first, most, stride)
    near = root(points.scouted, first, most, stride).met
    ways = (lambda: likely(points.seen, -1)), (lambda: likely(points.seen, 1))
    return root(lambda number: points.decided(points.fte(number)).standing, near or most, most, 1, ways)
