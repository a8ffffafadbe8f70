"""`simulator.over_fits` and `over_worlds`: any question in the worlds of a calibration, or in plausible ones."""

from collections.abc import Callable
from datetime import UTC, datetime
from inspect import signature
from pathlib import Path
from typing import Any

from simulator.answers.answer import Answer, Asked
from simulator.api.asked import GivenFrameworks, GivenScenario, asked_for, plainly
from simulator.inputs.messages import InputError, Named
from simulator.questions import shared_options as options
from simulator.questions.calibrate.fits import load_fits
from simulator.questions.compare.over_fits import MOST_COMPARED, ComparedOverFits
from simulator.questions.over_fits.answer import OverFits, over_fits_of
from simulator.questions.over_fits.plausible import plausible_set
from simulator.questions.over_fits.worlds import worlds_of
from simulator.questions.size.over_worlds import SizedOverWorlds  # noqa: F401  (is what `over_fits_of` finds)
from simulator.running.worlds import Worlds


@plainly(options.OverFits)
def over_fits(
    question: Callable[..., Answer],
    fits: str | Path,
    scenario: GivenScenario = options.DEFAULT_SCENARIO,
    frameworks: GivenFrameworks = None,
    *,
    most_fits: int | None = None,
    register: str | Path | None = None,
    **others: Any,
) -> OverFits:
    """Ask a question in the world of each fit of a calibration, and report how its answers spread.

    Parameters
    ----------
    question : callable
        Function of a question: `simulator.compare`, `simulator.size`, `simulator.frontier`, `simulator.sensitivity` or
        `simulator.trace`.
    fits : str or Path
        Folder of a calibration, or the name of a shipped set.
    scenario, frameworks, register
        As in `compare`, which shares the replications of the scenario out among the fits.
    most_fits : int, optional
        Maximum number of fits: the best, and others spread evenly; if left out, 20 for `compare` and 5 for others.
    **others
        Other arguments of the question.

    Returns
    -------
    OverFits

    Raises
    ------
    InputError
        If something given cannot be used.
    KeyboardInterrupt
        If you interrupt it.

    Examples
    --------
    >>> import simulator
    >>> few = simulator.load_scenario("homes-2014-2017", years=1, replications=2)
    >>> answer = simulator.over_fits(
    ...     simulator.trace, "homes-2014-2017", few, provider="childrens_home-0001", most_fits=2
    ... )
    >>> answer.table["fit"].unique().tolist()
    [1, 45]
    """
    began = datetime.now(UTC)
    of = _answer_of(question)
    asked = asked_for(scenario, frameworks, register, others.pop("yardsticks", False))
    most = most_fits or (MOST_COMPARED if over_fits_of(of) is ComparedOverFits else options.MOST_FITS)
    return _asked_in(worlds_of(asked, load_fits(fits), most), question, of, frameworks, others, began)


@plainly(options.OverWorlds)
def over_worlds(
    question: Callable[..., Answer],
    worlds: int,
    scenario: GivenScenario = options.DEFAULT_SCENARIO,
    frameworks: GivenFrameworks = None,
    *,
    register: str | Path | None = None,
    **others: Any,
) -> OverFits:
    """Ask a question with the assumed values and in plausible worlds, and report how its answers spread.

    Parameters
    ----------
    question : callable
        Function of a question: `simulator.compare`, `simulator.explain`, `simulator.frontier` or `simulator.size`.
    worlds : int
        Number of plausible worlds, in which all assumptions vary at once within their ranges, 8 or more.
    scenario, frameworks, register
        As in `compare`, which shares the replications of the scenario out among the worlds.
    **others
        Other arguments of the question.

    Returns
    -------
    OverFits
        World 0 has the assumed values, and is not counted among the others.

    Raises
    ------
    InputError
        If something given cannot be used.
    KeyboardInterrupt
        If you interrupt it.

    Examples
    --------
    >>> import simulator
    >>> few = simulator.load_scenario("homes-2014-2017", years=1, replications=2)
    >>> answer = simulator.over_worlds(simulator.size, 8, few, "cyclic", targets="on_time_share >= 0.5", step=40)
    >>> len(answer.by_fit("size.csv"))
    9
    """
    began = datetime.now(UTC)
    of = _answer_of(question)
    if worlds < options.LEAST_WORLDS:
        raise InputError(Named("worlds"), f": given {worlds}; allowed: {options.LEAST_WORLDS} or more")
    asked = asked_for(scenario, frameworks, register, others.pop("yardsticks", False))
    return _asked_in(plausible_set(asked, worlds), question, of, frameworks, others, began)


def _answer_of(question: Callable[..., Answer]) -> type[Answer]:
    """Return the answer of a question that can be asked in several worlds."""
    of = signature(question).return_annotation
    if not (isinstance(of, type) and issubclass(of, Answer) and of.kind.spreads):
        raise InputError("question: allowed: simulator.compare, size, frontier, sensitivity or trace")
    return of


def _asked_in(
    worlds: Worlds,
    question: Callable[..., Answer],
    of: type[Answer],
    frameworks: GivenFrameworks,
    others: dict[str, Any],
    began: datetime,
) -> OverFits:
    """Ask in every world."""
    over = over_fits_of(of, worlds.sort)
    found = over.ask_in_all(worlds, lambda _, world: question(world, frameworks, **others))
    return over(found, Asked({"python": f"simulator.over_{worlds.sort.many}"}, began, datetime.now(UTC)))
