"""The worlds of a set of fits: the selection of fits, and the question in each of them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from simulator.inputs.messages import InputError, Named
from simulator.measures.names import ALL_SERVICES
from simulator.questions.calibrate.fits import Fits
from simulator.questions.calibrate.mechanisms import fitted_framework, fitted_later, fitted_scenario
from simulator.questions.shared_options import MOST_FITS
from simulator.running.question import Change, Question
from simulator.running.worlds import FITS, Sort
from simulator.words.wording import counted


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


@dataclass(frozen=True)
class OneWorld:
    """The world of the scenario as it is, or of one fit (a `simulator.running.worlds.Worlds`)."""

    question: Question
    name: str = ""
    numbers: tuple[int, ...] = (1,)
    sort: Sort = FITS
    basis: str = ""

    def each(self) -> Iterator[tuple[int, Question]]:
        """Yield the question as it is."""
        yield 1, self.question


@dataclass(frozen=True)
class FittedWorlds:
    """A question, and the fits in whose worlds it is asked (a `simulator.running.worlds.Worlds`)."""

    question: Question
    """As asked, before any fit."""
    fits: Fits
    numbers: tuple[int, ...]
    """Which fits of the set, counted from 1."""
    sort: Sort = FITS

    @property
    def basis(self) -> str:
        """What the fits are, and that their spread is no random variation."""
        return (
            f"Answered for {counted(len(self.numbers), 'fit')} of {self.name}, which fit the records about "
            "equally well: the best, and others spread evenly through the set. Their spread shows what the records do "
            "not determine; ranges hold nine in ten of them. A fit is counted by its means, whether its difference is "
            "clear or not. Random variation is additional, and is in the intervals of each fit."
        )

    @property
    def name(self) -> str:
        """What the set is called."""
        return self.fits.name

    def each(self) -> Iterator[tuple[int, Question]]:
        """Yield the number of each fit, and the question in its world.

        Raises
        ------
        InputError
            If a fit does not go with the scenario.
        """
        for number in self.numbers:
            yield number, fitted_question(self.question, self.fits, number)


def worlds_of(question: Question, fits: Fits, most: int = MOST_FITS) -> FittedWorlds:
    """Choose the fits to ask, `most` at most: the best, and others evenly through the set.

    Raises
    ------
    InputError
        If there are providers of other service types than that of the fits.
    """
    check_service_types(question, fits)
    return FittedWorlds(question, fits, tuple(spread_out(len(fits.fits), most)))
