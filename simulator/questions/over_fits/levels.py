"""How many inspectors, and what each brings, asked over a set of fits: in the world of each fit by itself.

Every fit is searched, or traced, on its own and kept in a folder of its own, so that what was stopped goes on; the
answers spread as the fits do (`simulator.questions.over_fits.comparison` says why that is told apart from chance).
"""

from collections.abc import Callable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from simulator.questions.calibrate.fits import INSIDE, Fits
from simulator.questions.frontier.curves import Frontier, Pair, trace_frontier
from simulator.questions.over_fits.comparison import check_service_types, fitted_question, spread_out
from simulator.questions.shared_options import MOST_FITS
from simulator.questions.size.found import Effort, Sizing
from simulator.questions.size.search import size
from simulator.running.batch_files import FITS, BatchFolder, many_folders
from simulator.running.batches import Failure
from simulator.running.crews import Crewing, begun_once
from simulator.running.pace import Progress as Far
from simulator.running.pace import Told
from simulator.running.question import Question
from simulator.running.replicating import Progress
from simulator.running.staffing_levels import Level
from simulator.running.targets import Floats, Quantity, Target
from simulator.statistics.crossings import Crossing

if TYPE_CHECKING:
    from collections.abc import Iterator


class Spread(NamedTuple):
    """An answer over the fits: what the best fit says, the middle of all, and the ends that hold nine in ten of them.

    Every one of them is the answer of a fit, never a mean of two; infinite where that fit has no number.
    """

    best: float
    low: float
    median: float
    high: float


def spread(answers: Sequence[float]) -> Spread:
    """Spread the answers of the fits, that of the best fit first; not-a-number where a fit has none at all."""
    known = np.array([each for each in answers if not np.isnan(each)])
    if not known.size:
        return Spread(np.nan, np.nan, np.nan, np.nan)
    ends = [(1 - INSIDE) / 2, 0.5, (1 + INSIDE) / 2]
    low, median, high = (float(each) for each in np.quantile(known, ends, method="inverted_cdf"))
    return Spread(float(answers[0]), low, median, high)


@dataclass(frozen=True)
class Worlds:
    """A question, and the fits in whose worlds it is asked."""

    question: Question
    """As asked, before any fit."""
    fits: Fits
    numbers: tuple[int, ...]
    """Which fits of the set, counted from 1."""

    def each(self) -> "Iterator[tuple[str, Question]]":
        """Give a name and the question in the world of each fit.

        Raises
        ------
        InputError
            If a fit does not go with the scenario.
        """
        for number in self.numbers:
            yield f"fit-{number}", fitted_question(self.question, self.fits, number)


def worlds_of(question: Question, fits: Fits, most: int = MOST_FITS) -> Worlds:
    """Choose the fits to ask: at most so many, the best and others evenly through the set.

    Raises
    ------
    InputError
        If there are providers of other service types than that of the fits.
    """
    check_service_types(question, fits)
    return Worlds(question, fits, tuple(spread_out(len(fits.fits), most)))


@dataclass(frozen=True)
class SizingOverFits(Worlds):
    """What came out of a search in every fit."""

    sizings: tuple[Sizing, ...]
    """One for each of them."""

    def fte(self, framework: str) -> list[float]:
        """Give the full-time equivalents that a framework takes in each fit; infinite where there is no number."""
        place = self.question.names.index(framework)
        found = [each.sized[place].fte for each in self.sizings]
        return [np.inf if fte is None else fte for fte in found]

    @property
    def failures(self) -> list[tuple[tuple[Level, Failure], ...]]:
        """Give for each fit the runs that failed, and are left out."""
        return [each.failures for each in self.sizings]


@dataclass(frozen=True)
class FrontierOverFits(Worlds):
    """What each number of inspectors brings in every fit."""

    frontiers: tuple[Frontier, ...]
    """One for each of them."""

    def means(self, framework: str, quantity: Quantity) -> Floats:
        """Give the mean of a measure in each fit at each number of inspectors, shape (fits, numbers)."""
        return np.array([each.band(framework, quantity).mean for each in self.frontiers])

    @property
    def failures(self) -> list[tuple[tuple[Level, Failure], ...]]:
        """Give for each fit the runs that failed, and are left out."""
        return [each.failures for each in self.frontiers]

    def pairs(self) -> "Iterator[tuple[Pair, ...]]":
        """Give every two frameworks by every measure, as each fit has them."""
        yield from zip(*(each.pairs for each in self.frontiers), strict=True)


def crossings_of(pairs: Sequence[Pair]) -> list[Crossing]:
    """Give the first crossing in each fit that has one."""
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
    sizings: list[Sizing] = []
    told = _over_all(len(worlds.numbers), progress)
    with _folder_of_fits(folder, resume) as kept, begun_once(crewing or Crewing()) as crew:
        for name, fitted in worlds.each():
            tell = told(name)
            found = size(
                fitted,
                targets,
                pool,
                effort,
                crewing=crew,
                progress=tell,
                folder=kept / name,
                resume=True,
            )
            sizings.append(found)
    return SizingOverFits(worlds.question, worlds.fits, worlds.numbers, tuple(sizings))


def _over_all(fits: int, progress: Told | None) -> Callable[[str], Told]:
    """Tell how far a search in every fit is: as many runs for each fit still to come as for the one under way."""
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


def frontier_over_fits(
    worlds: Worlds,
    quantities: Sequence[Quantity],
    pool: str,
    fte: Sequence[float],
    *,
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
    quantities, pool, fte, crewing, resume
        As for one frontier.
    progress
        Told how many runs of how many are done, over all fits.

    Raises
    ------
    InputError
        If something given cannot be used, or a fit does not go with the scenario.
    KeyboardInterrupt
        If somebody pressed Ctrl-C; what is finished is kept.
    """
    question = worlds.question
    runs = question.scenario.run.replications * len(question.names) * len(fte)
    frontiers: list[Frontier] = []

    def tell(done: int, _of: int) -> None:
        if progress is not None:
            progress(len(frontiers) * runs + done, len(worlds.numbers) * runs)

    with _folder_of_fits(folder, resume) as kept, begun_once(crewing or Crewing()) as crew:
        for name, fitted in worlds.each():
            traced = trace_frontier(
                fitted,
                quantities,
                pool,
                fte,
                crewing=crew,
                progress=tell,
                batches=BatchFolder(kept / name),
                resume=True,
            )
            frontiers.append(traced)
            if traced.interrupted:
                raise KeyboardInterrupt
    return FrontierOverFits(question, worlds.fits, worlds.numbers, tuple(frontiers))


@contextmanager
def _folder_of_fits(folder: Path | None, resume: bool) -> "Iterator[Path]":
    """Give the folder under which each fit has its own."""
    if folder is None:
        with TemporaryDirectory(prefix="inspectsim-") as temporary:
            yield Path(temporary)
        return
    with many_folders(folder, FITS, resume) as kept:
        yield kept
