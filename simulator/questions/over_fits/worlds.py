"""The worlds of a set of fits: the selection of fits, and the question in each of them."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, TypeVar

import numpy as np

from simulator.inputs.messages import InputError, Named
from simulator.measures.names import ALL_SERVICES
from simulator.questions.calibrate.fits import INSIDE, Fits
from simulator.questions.calibrate.mechanisms import fitted_framework, fitted_later, fitted_scenario
from simulator.questions.shared_options import MOST_FITS
from simulator.running.batch_files import FITS, many_folders
from simulator.running.crews import Crewing, begun_once
from simulator.running.question import Change, Question

Found = TypeVar("Found")


def spread_out(there: int, most: int) -> list[int]:
    """Choose fits of a set, counted from 1, `most` at most: the best, and others evenly through the set."""
    if there <= most:
        return list(range(1, there + 1))
    return [1 + int(position) for position in np.linspace(0, there - 1, most).round()]


def fitted_question(question: Question, fits: Fits, number: int) -> Question:
    """Return a question in the world of one fit: its quality, its concerns, and the noise of its inspectors.

    The grades at the start are those of the fit if the run begins on the day on which the runs of the fit began;
    otherwise the scenario's own.

    Raises
    ------
    InputError
        If there is no such fit, there are providers of other service types than that of the fits, or the fit does not
        go with the scenario.
    """
    check_service_types(question, fits)
    _check_number(number, fits)
    fit = fits.fits[number - 1]
    source = f"fit {number} of {fits.name}"
    lay_over = fitted_scenario if fits.begins == question.scenario.run.begins else fitted_later
    scenario = lay_over(question.scenario, fit, fits.service_type, source)
    changes = tuple(
        Change(change.begins, change.framework and fitted_framework(change.framework, fit, fits.service_type))
        for change in question.changes
    )
    frameworks = tuple(fitted_framework(framework, fit, fits.service_type) for framework in question.frameworks)
    return replace(question, scenario=scenario, frameworks=frameworks, changes=changes)


def _check_number(number: int, fits: Fits) -> None:
    """Refuse the number of a fit that the set does not have.

    Raises
    ------
    InputError
        Saying which it has.
    """
    if not 1 <= number <= len(fits.fits):
        raise InputError(
            Named("fit"), f": given {number}; allowed: 1 (the best) to {len(fits.fits)}, the fits of {fits.name}"
        )


def check_service_types(question: Question, fits: Fits) -> None:
    """Refuse fits of one service type for providers of others: nobody has fitted how these fare.

    Raises
    ------
    InputError
        Naming both.
    """
    of = fits.service_type
    others = [name for name in question.service_types if name not in (of, ALL_SERVICES)]
    if others:
        more = f" and {len(others) - 1} other types" if len(others) > 1 else ""
        raise InputError(
            Named("fits"),
            f" {fits.name}: the fits are for {of}, but the scenario also has providers of type "
            f"{others[0]}{more}, and a scenario has one speed of grade changes and one rate of falls for all "
            f"providers. Use a scenario with {of} only, such as homes-2014-2017",
        )


class Spread(NamedTuple):
    """An answer over the fits: that of the best fit, the middle of all, and the ends that hold nine in ten of them.

    Every one of them is the answer of a fit, never a mean of two; infinite where that fit has no number.
    """

    best: float
    low: float
    median: float
    high: float


def spread(answers: Sequence[float]) -> Spread:
    """Spread the answers of the fits, that of the best fit first; not-a-number where a fit has none at all."""
    known = np.array([answer for answer in answers if not np.isnan(answer)])
    if not known.size:
        return Spread(np.nan, np.nan, np.nan, np.nan)
    ends = [(1 - INSIDE) / 2, 0.5, (1 + INSIDE) / 2]
    low, median, high = (float(answer) for answer in np.quantile(known, ends, method="inverted_cdf"))
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
        """Yield a name and the question in the world of each fit.

        Raises
        ------
        InputError
            If a fit does not go with the scenario.
        """
        for number in self.numbers:
            yield f"fit-{number}", fitted_question(self.question, self.fits, number)


def worlds_of(question: Question, fits: Fits, most: int = MOST_FITS) -> Worlds:
    """Choose the fits to ask, `most` at most: the best, and others evenly through the set.

    Raises
    ------
    InputError
        If there are providers of other service types than that of the fits.
    """
    check_service_types(question, fits)
    return Worlds(question, fits, tuple(spread_out(len(fits.fits), most)))


@contextmanager
def _folder_of_fits(folder: Path | None, resume: bool) -> "Iterator[Path]":
    """Return the folder under which each fit has its own."""
    if folder is None:
        with TemporaryDirectory(prefix="inspectsim-") as temporary:
            yield Path(temporary)
        return
    with many_folders(folder, FITS, resume) as kept:
        yield kept


def found_in(
    worlds: Worlds,
    find: Callable[[str, Question, Crewing, Path], Found],
    crewing: Crewing | None = None,
    folder: Path | None = None,
    resume: bool = False,
) -> tuple[Found, ...]:
    """Ask a question in the world of every fit, one after another, with one crew.

    Parameters
    ----------
    worlds
        The question and the fits.
    find
        Answers it in one world: name of the fit, question, crew, and the folder in which that world keeps its runs.
    crewing
        How runs are carried out; changes no result.
    folder
        Where finished runs are kept, those of each fit by themselves; if left out, in a temporary folder.
    resume
        Whether to continue with the finished runs in the folder.

    Returns
    -------
    tuple
        What came out in each, in the order of the fits.

    Raises
    ------
    InputError
        If a fit does not go with the scenario.
    KeyboardInterrupt
        If somebody pressed Ctrl-C; what is finished is kept.
    """
    with _folder_of_fits(folder, resume) as kept, begun_once(crewing or Crewing()) as crew:
        return tuple(find(name, question, crew, kept / name) for name, question in worlds.each())
