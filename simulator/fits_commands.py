"""What commands do over a set of fits (``--fits``)."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.answering import Consoles, carry_out, end
from simulator.asking import ManyRuns, crewing_of

if TYPE_CHECKING:
    from simulator.experiments.levels_over_fits import FrontierOverFits, SizingOverFits, Worlds
    from simulator.experiments.over_fits import OverFits
    from simulator.experiments.question import Question
    from simulator.experiments.run_folder import Opened
    from simulator.experiments.sized import Effort
    from simulator.experiments.targets import Quantity, Target
    from simulator.store import RunFolder


def compare_in_fits(given: Mapping[str, Any], asked: "Opened", target: Path, consoles: Consoles) -> None:
    """Answer `inspectsim compare --fits DIR`: the comparison under every fit of a set, and its spread over them."""
    from simulator.experiments.calibration.fits import load_fits
    from simulator.experiments.crews import Crewing
    from simulator.experiments.over_fits import over_fits
    from simulator.present.over_fits import COMPARISON_OVER_FITS
    from simulator.present.terminal import progress

    fits = load_fits(given["fits"])

    def ask(folder: "RunFolder") -> "OverFits":
        with progress(consoles.remarks, given["engine"]) as told:
            return over_fits(
                asked.scenario,
                fits,
                register=asked.register,
                crewing=Crewing(*(given[name] for name in ("engine", "workers", "processes", "cluster", "batch"))),
                progress=told,
                events=given["events"],
                folder=folder.unfinished,
                resume=given["resume"],
            )

    answer = carry_out(COMPARISON_OVER_FITS, target, given, consoles, ask)
    end(COMPARISON_OVER_FITS.missing(answer), consoles.remarks)


def in_fit(question: "Question", fits: str | None, number: int | None) -> "Question":
    """Return a question in the world of one fit of a set (``--fit``), or as it is if none is chosen.

    Raises
    ------
    InputError
        If the set is not named, or has no such fit.
    """
    from simulator.experiments.calibration.fits import load_fits
    from simulator.experiments.over_fits import fitted_question
    from simulator.messages import InputError, Named

    if number is None:
        return question
    if fits is None:
        raise InputError(
            Named("fit"), ": selects one fit of a set. Use it with ", Named("fits"), ", which names the set"
        )
    return fitted_question(question, load_fits(fits), number)


class Wanted(NamedTuple):
    """What is asked, how it is carried out, and where the answer goes."""

    question: "Question"
    pool: str
    into: Path
    runs: ManyRuns

    def in_worlds(self) -> "Worlds":
        """Choose the fits to ask it in."""
        from simulator.experiments.calibration.fits import load_fits
        from simulator.experiments.levels_over_fits import MOST_FITS, worlds_of

        return worlds_of(self.question, load_fits(self.runs.fits or ""), self.runs.most_fits or MOST_FITS)


def size_in_fits(
    wanted: Wanted, targets: "Sequence[Target]", effort: "Effort", options: Mapping[str, Any], consoles: Consoles
) -> None:
    """Search for the smallest number of inspectors in every fit, and say how the answers spread."""
    from simulator.experiments.levels_over_fits import size_over_fits
    from simulator.present.levels_over_fits import SIZING_OVER_FITS
    from simulator.present.search_progress import search_progress

    worlds, runs = wanted.in_worlds(), wanted.runs

    def ask(folder: "RunFolder") -> "SizingOverFits":
        with search_progress(consoles.remarks) as told:
            return size_over_fits(
                worlds,
                targets,
                wanted.pool,
                effort,
                crewing=crewing_of(runs),
                progress=told,
                folder=folder.unfinished,
                resume=runs.resume,
            )

    answer = carry_out(SIZING_OVER_FITS, wanted.into, options, consoles, ask)
    end(SIZING_OVER_FITS.missing(answer), consoles.remarks)


def frontier_in_fits(
    wanted: Wanted,
    quantities: "Sequence[Quantity]",
    numbers: Sequence[float],
    options: Mapping[str, Any],
    consoles: Consoles,
) -> None:
    """Trace what each number of inspectors brings in every fit, and say how the answers spread."""
    from simulator.experiments.levels_over_fits import frontier_over_fits
    from simulator.present.levels_over_fits import FRONTIER_OVER_FITS
    from simulator.present.terminal import progress

    worlds, runs = wanted.in_worlds(), wanted.runs

    def ask(folder: "RunFolder") -> "FrontierOverFits":
        with progress(consoles.remarks) as told:
            return frontier_over_fits(
                worlds,
                quantities,
                wanted.pool,
                numbers,
                crewing=crewing_of(runs),
                progress=told,
                folder=folder.unfinished,
                resume=runs.resume,
            )

    answer = carry_out(FRONTIER_OVER_FITS, wanted.into, options, consoles, ask)
    end(FRONTIER_OVER_FITS.missing(answer), consoles.remarks)
