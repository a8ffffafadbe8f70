"""A question as a command runs it: what is opened, in which world it is asked, and what comes out."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from simulator.inputs.messages import InputError, Named
from simulator.questions.shared_options import (
    MOST_FITS,
    InScenario,
    ManyNumbers,
    ManyReplications,
    OverFits,
    OverWorlds,
)

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from rich.console import Console

    from simulator.answers.answer import Answer, Made
    from simulator.questions.over_fits.asking import Find
    from simulator.running.crews import Crewing
    from simulator.running.question import Question
    from simulator.running.run_folder import Opened
    from simulator.running.store import RunFolder
    from simulator.running.worlds import Worlds

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

    return Crewing(getattr(asked, "engine", "compiled"), asked.workers, asked.processes, asked.cluster, asked.batch)


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
    from simulator.world.register import open_between, read_register

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
    if register is not None and not open_between(register, scenario.run.start, scenario.run.ends).any():
        remark(
            f"Warning: none of the {len(register)} providers of the register is open between {scenario.run.start} and "
            f"{scenario.run.ends}, so there is nothing to measure."
        )
    return opened._replace(scenario=scenario, register=register)


def posed_for(asked: ManyNumbers, opened: "Opened") -> "Question":
    """Return the question in which numbers of inspectors are varied."""
    from simulator.running.posts import day_named
    from simulator.running.question import posed

    question = posed(opened.scenario, register=opened.register)
    return replace(question, inspectors_from=day_named(opened.scenario, asked.inspectors_from))


def worlds_asked(asked: OverFits, question: "Question", most: int = MOST_FITS) -> "Worlds":
    """Return the worlds to ask a question in: the scenario's, that of a fit, those of a set of fits, plausible ones.

    Parameters
    ----------
    asked
        With the options on fits.
    question
        As asked, before any fit.
    most
        Fits to ask where no number of them is given.

    Raises
    ------
    InputError
        If the options on fits do not go together, or a fit does not go with the question.
    """
    from simulator.questions.calibrate.fits import load_fits
    from simulator.questions.over_fits.worlds import OneWorld, fitted_question, worlds_of

    if asked.most_fits is not None and (asked.fits is None or asked.fit is not None):
        raise InputError(
            Named("most-fits"), ": applies to a set of fits. Use it with ", Named("fits"), ", without ", Named("fit")
        )
    worlds = asked.worlds if isinstance(asked, OverWorlds) else None
    if worlds is not None and asked.fits is not None:
        raise InputError(Named("worlds"), " and ", Named("fits"), ": choose one of them")
    if asked.fits is None:
        if asked.fit is None:
            if worlds is None:
                return OneWorld(question)
            from simulator.questions.over_fits.plausible import plausible_set  # with what draws worlds, which is slow

            return plausible_set(question, worlds)
        raise InputError(
            Named("fit"), ": selects one fit of a set. Use it with ", Named("fits"), ", which names the set"
        )
    fits = load_fits(asked.fits)
    if asked.fit is None:
        return worlds_of(question, fits, asked.most_fits or most)
    return OneWorld(fitted_question(question, fits, asked.fit))


def in_worlds(
    asked: OverFits,
    worlds: "Worlds",
    made: "type[Answer]",
    find: "Find",
    into: Path,
    shown: "Callable[[Console], AbstractContextManager[Any]]",
    failed: "Callable[[Any], Iterable[str]]" = lambda _: (),
) -> Run:
    """Return the run of a question in its worlds: what `find` finds in one, or the answers in all and their spread.

    `made` is the answer in one world; `into`, `shown` and `failed` are those of the `Run`, the last in one world.
    """
    from simulator.questions.over_fits.answer import over_fits_of
    from simulator.questions.over_fits.asking import ask_in_folders
    from simulator.questions.over_fits.worlds import OneWorld
    from simulator.running.crews import Crewing

    resume = isinstance(asked, ManyReplications) and asked.resume
    crew = crewing_of(asked) if isinstance(asked, ManyReplications) else Crewing()

    def find_in_one(folder: "RunFolder", told: Any) -> Any:
        return find(worlds.question, folder=folder.unfinished, crewing=crew, progress=told, resume=resume)

    if isinstance(worlds, OneWorld):
        return Run(made, into, find_in_one, shown, failed=failed)
    over = over_fits_of(made, worlds.sort)

    def find_in_all(folder: "RunFolder", told: Any) -> Any:
        how = {"folder": folder.unfinished, "crewing": crew, "progress": told, "resume": resume}
        return ask_in_folders(worlds, made, find, in_all=over.ask_in_all, **how)

    return Run(over, into, find_in_all, shown)
