"""What the commands that vary the number of inspectors do over a set of fits (``--fits``)."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from simulator.asking import ManyRuns, crewing_of

if TYPE_CHECKING:
    from rich.console import Console

    from simulator.experiments.levels_over_fits import FrontierOverFits, SizingOverFits, Worlds
    from simulator.experiments.question import Question
    from simulator.experiments.sized import Effort
    from simulator.experiments.targets import Quantity, Target


class Wanted(NamedTuple):
    """What is asked, and where the answer goes."""

    question: "Question"
    pool: str
    into: Path
    began: datetime

    def in_worlds(self, runs: ManyRuns) -> "Worlds":
        """Choose the fits to ask it in."""
        from simulator.experiments.calibration.fits import load_fits
        from simulator.experiments.levels_over_fits import MOST_FITS, worlds_of

        return worlds_of(self.question, load_fits(runs.fits or ""), runs.most_fits or MOST_FITS)


def size_in_fits(
    context: typer.Context,
    runs: ManyRuns,
    wanted: Wanted,
    targets: "Sequence[Target]",
    effort: "Effort",
    consoles: "tuple[Console, Console]",
) -> None:
    """Search for the smallest number of inspectors in every fit, and say how the answers spread."""
    from simulator.experiments.levels_over_fits import size_over_fits
    from simulator.present.levels_over_fits import write_sizes
    from simulator.present.run_files import LEVELS_OVER_FITS_EXPECTED
    from simulator.present.search_progress import search_progress
    from simulator.store import run_folder

    worlds = wanted.in_worlds(runs)
    with run_folder(wanted.into, LEVELS_OVER_FITS_EXPECTED) as folder:
        with search_progress(consoles[1]) as told:
            answer = size_over_fits(
                worlds,
                targets,
                wanted.pool,
                effort,
                crewing=crewing_of(runs),
                progress=told,
                folder=folder.unfinished,
                resume=runs.resume,
            )
        files = write_sizes(folder, answer, context.params, wanted.began)
    _tell(answer, wanted.into, files, consoles[0])


def frontier_in_fits(
    context: typer.Context,
    runs: ManyRuns,
    wanted: Wanted,
    quantities: "Sequence[Quantity]",
    numbers: Sequence[float],
    consoles: "tuple[Console, Console]",
) -> None:
    """Trace what each number of inspectors brings in every fit, and say how the answers spread."""
    from simulator.experiments.levels_over_fits import frontier_over_fits
    from simulator.present.levels_over_fits import write_frontiers
    from simulator.present.run_files import LEVELS_OVER_FITS_EXPECTED
    from simulator.present.terminal import progress
    from simulator.store import run_folder

    worlds = wanted.in_worlds(runs)
    with run_folder(wanted.into, LEVELS_OVER_FITS_EXPECTED) as folder:
        with progress(consoles[1]) as told:
            answer = frontier_over_fits(
                worlds,
                quantities,
                wanted.pool,
                numbers,
                crewing=crewing_of(runs),
                progress=told,
                folder=folder.unfinished,
                resume=runs.resume,
            )
        files = write_frontiers(folder, answer, context.params, wanted.began)
    _tell(answer, wanted.into, files, consoles[0])


def _tell(answer: "SizingOverFits | FrontierOverFits", into: Path, files: Sequence[str], answers: "Console") -> None:
    from simulator.present.levels_over_fits import print_told
    from simulator.present.run_files import LEVELS_OVER_FITS_FILES
    from simulator.present.terminal import print_files_of

    print_told(answer, answers)
    print_files_of(LEVELS_OVER_FITS_FILES, into, files, answers)
