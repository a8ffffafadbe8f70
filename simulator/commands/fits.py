"""What commands do over a set of fits (``--fits``)."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from simulator.commands.answering import Consoles, carry_out, end
from simulator.commands.asking import crewing_of
from simulator.questions.compare.ask import Compare
from simulator.questions.frontier.ask import Frontier
from simulator.questions.shared_options import MOST_FITS
from simulator.questions.size.ask import Size

if TYPE_CHECKING:
    from simulator.questions.over_fits.comparison import OverFits
    from simulator.questions.over_fits.levels import Worlds
    from simulator.running.question import Question
    from simulator.running.run_folder import Opened
    from simulator.running.store import RunFolder


def compare_in_fits(asked: Compare, opened: "Opened", into: Path, consoles: Consoles) -> None:
    """Answer `inspectsim compare --fits DIR`: the comparison under every fit of a set, and its spread over them."""
    from simulator.questions.calibrate.fits import load_fits
    from simulator.questions.over_fits.comparison import over_fits
    from simulator.questions.over_fits.comparison_answer import COMPARISON_OVER_FITS
    from simulator.render.terminal import progress

    fits = load_fits(asked.fits or "")

    def ask(folder: "RunFolder") -> "OverFits":
        with progress(consoles.remarks, asked.engine) as told:
            return over_fits(
                opened.scenario,
                fits,
                register=opened.register,
                crewing=replace(crewing_of(asked), engine=asked.engine),
                progress=told,
                events=asked.events,
                folder=folder.unfinished,
                resume=asked.resume,
            )

    answer = carry_out(COMPARISON_OVER_FITS, into, asked, consoles, ask)
    end(COMPARISON_OVER_FITS.missing(answer), consoles.remarks)


def in_fit(question: "Question", fits: str | None, number: int | None) -> "Question":
    """Return a question in the world of one fit of a set (``--fit``), or as it is if none is chosen.

    Raises
    ------
    InputError
        If the set is not named, or has no such fit.
    """
    from simulator.inputs.messages import InputError, Named
    from simulator.questions.calibrate.fits import load_fits
    from simulator.questions.over_fits.comparison import fitted_question

    if number is None:
        return question
    if fits is None:
        raise InputError(
            Named("fit"), ": selects one fit of a set. Use it with ", Named("fits"), ", which names the set"
        )
    return fitted_question(question, load_fits(fits), number)


def check_most_fits(asked: Size | Frontier) -> None:
    """Refuse a maximum number of fits where no set of fits is named."""
    if asked.most_fits is not None and asked.fits is None:
        raise typer.BadParameter("applies to a set of fits. Use it with --fits", param_hint="--most-fits")


def worlds_asked(question: "Question", asked: Size | Frontier) -> "Worlds":
    """Choose the fits to ask a question in (``--fits``, ``--most-fits``)."""
    from simulator.questions.calibrate.fits import load_fits
    from simulator.questions.over_fits.levels import worlds_of

    return worlds_of(question, load_fits(asked.fits or ""), asked.most_fits or MOST_FITS)
