"""Sizes and curves over a set of fits: the question is asked in the world of each fit by itself.

Every fit is searched, or traced, on its own and kept in a folder of its own, so that what was stopped can continue; the
answers spread as the fits do (`simulator.questions.over_fits.comparison` explains why this is not random variation).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from simulator.questions.frontier.curves import Frontier, Pair, trace_frontier
from simulator.questions.over_fits.worlds import Spread, Worlds, found_in, spread
from simulator.questions.size.found import Effort, Sizing
from simulator.questions.size.search import size
from simulator.running.batch_files import BatchFolder
from simulator.running.batches import Failure
from simulator.running.crews import Crewing
from simulator.running.pace import Progress as Far
from simulator.running.pace import Told
from simulator.running.question import Question
from simulator.running.replicating import Progress
from simulator.running.staffing_levels import Level
from simulator.running.targets import Floats, Quantity, Target
from simulator.statistics.crossings import Crossing

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class SizingOverFits(Worlds):
    """The result of a search in every fit."""

    sizings: tuple[Sizing, ...]
    """One for each of them."""

    def fte(self, framework: str) -> list[float]:
        """Return the full-time equivalents that a framework takes in each fit; infinite where there is no number."""
        place = self.question.names.index(framework)
        found = [sizing.sized[place].fte for sizing in self.sizings]
        return [np.inf if fte is None else fte for fte in found]

    def spread(self, framework: str) -> Spread:
        """Return the full-time equivalents that a framework takes over the fits.

        The lower end is that of the intervals of the fits: numbers below an answer that were not tried may be enough.
        """
        place = self.question.names.index(framework)
        found = self.fte(framework)
        lows = [
            fte if np.isinf(fte) else sizing.interval(sizing.sized[place])[0]
            for sizing, fte in zip(self.sizings, found, strict=True)
        ]
        return spread(found)._replace(low=spread(lows).low)

    @property
    def failures(self) -> list[tuple[tuple[Level, Failure], ...]]:
        """Return the runs of each fit that failed, and are left out."""
        return [sizing.failures for sizing in self.sizings]


@dataclass(frozen=True)
class FrontierOverFits(Worlds):
    """What each number of inspectors achieves in every fit."""

    frontiers: tuple[Frontier, ...]
    """One for each of them."""

    def means(self, framework: str, quantity: Quantity) -> Floats:
        """Return the mean of a measure in each fit at each number of inspectors, shape (fits, numbers)."""
        return np.array([frontier.band(framework, quantity).mean for frontier in self.frontiers])

    @property
    def failures(self) -> list[tuple[tuple[Level, Failure], ...]]:
        """Return the runs of each fit that failed, and are left out."""
        return [frontier.failures for frontier in self.frontiers]

    def pairs(self) -> "Iterator[tuple[Pair, ...]]":
        """Yield every two frameworks by every measure, as each fit has them."""
        yield from zip(*(frontier.pairs for frontier in self.frontiers), strict=True)


def crossings_of(pairs: Sequence[Pair]) -> list[Crossing]:
    """Return the first crossing in each fit that has one."""
    return [pair.course.crossings[0] for pair in pairs if pair.course.crossings]


def size_over_fits(
    worlds: Worlds,
    targets: Sequence[Target],
    pool: str,
    effort: Effort,
    *,
    crewing: Crewing | None = None,
    progress: Told | None = None,
    folder: Path | None = None,
    resume: bool = False,
) -> SizingOverFits:
    """Search for the smallest number of inspectors in the world of every fit; otherwise as `sizing.size`.

    Parameters
    ----------
    worlds
        The question and the fits.
    targets, pool, effort, crewing, progress, resume
        As for one search.
    folder
        Where finished runs are kept, those of each fit by themselves; if left out, in a temporary folder.

    Raises
    ------
    InputError
        If something given cannot be used, or a fit does not go with the scenario.
    KeyboardInterrupt
        If somebody pressed Ctrl-C; what is finished is kept.
    """
    told = _over_all(len(worlds.numbers), progress)

    def find(name: str, question: Question, crew: Crewing, kept: Path) -> Sizing:
        return size(question, targets, pool, effort, crewing=crew, progress=told(name), folder=kept, resume=True)

    sizings = found_in(worlds, find, crewing, folder, resume)
    return SizingOverFits(worlds.question, worlds.fits, worlds.numbers, sizings)


def _over_all(fits: int, progress: Told | None) -> Callable[[str], Told]:
    """Return the progress of a search in every fit; later fits are expected to take as many runs as the current one."""
    before, now, begun = 0, 0, 0

    def of_next(name: str) -> Told:
        nonlocal before, now, begun
        before, now, begun = before + now, 0, begun + 1

        def tell(far: Far) -> None:
            nonlocal now
            now = far.done
            if progress is not None:
                level = far.level._replace(framework=f"{name}, {far.level.framework}")
                about = before + far.about * (fits - begun + 1)
                progress(far._replace(done=before + far.done, about=about, level=level))

        return tell

    return of_next


def frontier_over_fits(  # noqa: PLR0913  (a choice each)
    worlds: Worlds,
    quantities: Sequence[Quantity],
    pool: str,
    fte: Sequence[float],
    *,
    targets: Sequence[Target] = (),
    crewing: Crewing | None = None,
    progress: Progress | None = None,
    folder: Path | None = None,
    resume: bool = False,
) -> FrontierOverFits:
    """Run every framework with every number of inspectors in the world of every fit; otherwise as `trace_frontier`.

    Parameters
    ----------
    worlds, folder
        As for `size_over_fits`.
    quantities, pool, fte, targets, crewing, resume
        As for one frontier.
    progress
        Called with the number of runs done over all fits, and the total.

    Raises
    ------
    InputError
        If something given cannot be used, or a fit does not go with the scenario.
    KeyboardInterrupt
        If somebody pressed Ctrl-C; what is finished is kept.
    """
    question = worlds.question
    runs = question.scenario.run.replications * len(question.names) * len(fte)
    finished = 0

    def tell(done: int, _of: int) -> None:
        if progress is not None:
            progress(finished * runs + done, len(worlds.numbers) * runs)

    def find(_name: str, fitted: Question, crew: Crewing, kept: Path) -> Frontier:
        nonlocal finished
        batches = BatchFolder(kept)
        traced = trace_frontier(
            fitted, quantities, pool, fte, targets=targets, crewing=crew, progress=tell, batches=batches, resume=True
        )
        if traced.interrupted:
            raise KeyboardInterrupt
        finished += 1
        return traced

    frontiers = found_in(worlds, find, crewing, folder, resume)
    return FrontierOverFits(question, worlds.fits, worlds.numbers, frontiers)
