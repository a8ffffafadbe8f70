"""`simulator.over_fits`: any question in the world of every fit of a calibration."""

from collections.abc import Callable
from datetime import UTC, datetime
from inspect import signature
from pathlib import Path
from typing import Any

from simulator.answers.answer import Answer, Asked
from simulator.api.asked import GivenFrameworks, GivenScenario, asked_for, plainly
from simulator.inputs.messages import InputError
from simulator.questions import shared_options as options
from simulator.questions.calibrate.fits import load_fits
from simulator.questions.compare.over_fits import MOST_COMPARED, ComparedOverFits
from simulator.questions.over_fits.answer import OverFits, over_fits_of
from simulator.questions.over_fits.worlds import worlds_of


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
    of = signature(question).return_annotation
    if not (isinstance(of, type) and issubclass(of, Answer) and of.kind.spreads):
        raise InputError("question: allowed: simulator.compare, size, frontier, sensitivity or trace")
    asked = asked_for(scenario, frameworks, register, others.pop("yardsticks", False))
    over = over_fits_of(of)
    most = most_fits or (MOST_COMPARED if over is ComparedOverFits else options.MOST_FITS)
    worlds = worlds_of(asked, load_fits(fits), most)
    found = over.ask_in_all(worlds, lambda _, world: question(world, frameworks, **others))
    return over(found, Asked({"python": "simulator.over_fits"}, began, datetime.now(UTC)))
