"""A question as a command runs it: what is opened, in which world it is asked, and what comes out."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from simulator.inputs.messages import InputError, Named
from simulator.questions.shared_options import (
    MOST_FITS,
    InFit,
    InScenario,
    ManyNumbers,
    ManyReplications,
    OverFits,
)

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from rich.console import Console

    from simulator.answers.answer import Answer, Made
    from simulator.questions.compare.ask import Compare
    from simulator.questions.over_fits.worlds import Worlds
    from simulator.running.crews import Crewing
    from simulator.running.question import Question
    from simulator.running.run_folder import Opened
    from simulator.running.store import RunFolder

Remark = Callable[[str], None]
"""Called with what a person must know before the answer, such as a warning."""
RESULTS: Final = Path("results")
"""Folder of the folders of runs for which none is named."""


@dataclass(frozen=True)
class Run:
    """A question, ready to be run."""

    made: "Made[Any, Answer]"
    """The answer, made of what comes out."""
    into: Path
    """Folder of the run."""
    find: "Callable[[RunFolder, Any], Any]"
    """Runs what is needed, given the folder, in which it can continue, and the progress to report to."""
    shown: "Callable[[Console], AbstractContextManager[Any]]"
    """Shows progress on a console."""
    after: "Callable[[Any], Iterable[str]]" = lambda _: ()
    """Returns the lines printed after the list of files."""
    failed: "Callable[[Any], Iterable[str]]" = lambda _: ()
    """Returns the remarks to print where runs have failed."""


def crewing_of(asked: ManyReplications) -> "Crewing":
    """Return how runs are carried out."""
    from simulator.running.crews import Crewing

    return Crewing("compiled", asked.workers, asked.processes, asked.cluster, asked.batch)


def opened_for(
    asked: InScenario,
    remark: Remark,
    *,
    replications: int | None = None,
    precision: float | None = None,
    most_replications: int | None = None,
    inspectors: Sequence[str] | None = None,
    inspectors_from: str | None = None,
    yardsticks: bool = False,
) -> "Opened":
    """Read the scenario with the options given, and the register; warn of pools without inspectors."""
    from simulator.questions.compare.gains import YARDSTICKS
    from simulator.running.inspectors_given import read_inspectors
    from simulator.running.options import pools_without_inspectors, with_options
    from simulator.running.precision_options import with_precision
    from simulator.running.run_folder import open_scenario
    from simulator.world.register import read_register

    opened = open_scenario(asked.scenario)
    scenario = with_options(
        opened.scenario,
        frameworks=asked.frameworks,
        besides=YARDSTICKS if yardsticks else (),
        replications=replications,
        years=asked.years,
        inspectors=read_inspectors(inspectors or (), opened.scenario),
        inspectors_from=inspectors_from,
        seed=asked.seed,
        long_run=asked.long_run,
    )
    scenario = with_precision(scenario, replications=replications, precision=precision, most=most_replications)
    for warning in pools_without_inspectors(scenario):
        remark(f"Warning: {warning}.")
    register = read_register(asked.register) if asked.register else opened.register
    return opened._replace(scenario=scenario, register=register)


def posed_for(asked: ManyNumbers, opened: "Opened") -> "Question":
    """Return the question in which numbers of inspectors are varied."""
    from simulator.running.posts import day_named
    from simulator.running.question import posed

    question = posed(opened.scenario, register=opened.register)
    return replace(question, inspectors_from=day_named(opened.scenario, asked.inspectors_from))


def asks_many(asked: "OverFits | Compare") -> bool:
    """Return whether a question is asked in the worlds of many fits.

    Raises
    ------
    InputError
        If a maximum number of fits is given without a set of them, or together with the only one to use.
    """
    if asked.most_fits is not None and (asked.fits is None or asked.fit is not None):
        raise InputError(
            Named("most-fits"), ": applies to a set of fits. Use it with ", Named("fits"), ", without ", Named("fit")
        )
    return asked.fits is not None and asked.fit is None


def in_world(question: "Question", asked: "OverFits | InFit | Compare") -> "Question":
    """Return a question in the world of the fit that is named, or as it is if none is.

    Raises
    ------
    InputError
        If a fit is named without its set, or a set without a fit where one is needed; or the set has no such fit.
    """
    from simulator.questions.calibrate.fits import load_fits
    from simulator.questions.over_fits.worlds import fitted_question

    if asked.fit is None:
        if asked.fits is not None:
            raise InputError(
                Named("fits"), ": names a set. Use it with ", Named("fit"), ", which selects one of its fits"
            )
        return question
    if asked.fits is None:
        raise InputError(
            Named("fit"), ": selects one fit of a set. Use it with ", Named("fits"), ", which names the set"
        )
    return fitted_question(question, load_fits(asked.fits), asked.fit)


def worlds_asked(question: "Question", asked: OverFits) -> "Worlds":
    """Choose the fits to ask a question in."""
    from simulator.questions.calibrate.fits import load_fits
    from simulator.questions.over_fits.worlds import worlds_of

    return worlds_of(question, load_fits(asked.fits or ""), asked.most_fits or MOST_FITS)
