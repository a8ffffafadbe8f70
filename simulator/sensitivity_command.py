"""The command that varies assumptions: in how many plausible worlds the answer holds, and what decides it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from simulator.answering import FAILED, INTERRUPTED, answering
from simulator.asking import (
    RESULTS,
    Batch,
    Cluster,
    LongRun,
    Processes,
    Register,
    Resume,
    Scenario,
    Seed,
    Workers,
    Years,
    asked_for,
)
from simulator.experiments.defaults import DEFAULT_SCENARIO

WORLDS = 64
SINGLY = 6
REPLICATIONS = 10


def sensitivity(  # noqa: PLR0913, PLR0917  (an option each)
    context: typer.Context,
    scenario: Scenario = DEFAULT_SCENARIO,
    measure: Annotated[
        str | None,
        typer.Option(
            metavar="MEASURE",
            help='As "days_to_detection_mean of childrens_home"; of all providers if none are named.  '
            "[poor homes not found]",
        ),
    ] = None,
    framework: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="Twice: the one, and the other that it is compared with; names, or paths of TOML files.  "
            "[the scenario's two, or its first other and its baseline]",
        ),
    ] = None,
    vary: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KEY",
            help="Assumption to vary, by its key in docs/assumptions.md, or a table of them, as signals; repeat it for "
            "several.  [all that have a range]",
        ),
    ] = None,
    worlds: Annotated[int, typer.Option(metavar="N", help="Plausible worlds.")] = WORLDS,
    singly: Annotated[int, typer.Option(metavar="N", help="Assumptions looked at by themselves, at most.")] = SINGLY,
    at_ends: Annotated[
        int, typer.Option("--replications", metavar="N", help="Runs with one assumption at an end of its range.")
    ] = REPLICATIONS,
    years: Years = None,
    seed: Seed = None,
    workers: Workers = None,
    register: Register = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Folder for results.")] = None,
    processes: Processes = False,
    cluster: Cluster = None,
    batch: Batch = None,
    resume: Resume = False,
    long_run: LongRun = False,
) -> None:
    """Tell in what share of plausible worlds one framework beats another, and which assumption decides it.

    Assumptions vary within the ranges of docs/assumptions.md: one at a time (a tornado chart), and all at once.
    """
    with answering() as (answers, remarks):
        from simulator.experiments.assumptions import chosen
        from simulator.experiments.crews import Crewing
        from simulator.experiments.defaults import sensitivity_measure
        from simulator.experiments.question import pair_of, posed
        from simulator.experiments.sensitivity import Effort
        from simulator.experiments.sensitivity import sensitivity as analyse
        from simulator.experiments.targets import quantity
        from simulator.present.run_files import SENSITIVITY_EXPECTED, SENSITIVITY_FILES
        from simulator.present.sensitivity_results import print_sensitivity, write_sensitivity
        from simulator.present.terminal import print_files_of, progress
        from simulator.store import run_folder

        began = datetime.now(UTC)
        asked = asked_for(context, remarks)
        question = posed(asked.scenario, register=asked.register)
        question = question if framework else pair_of(question)
        types = question.service_types
        of = quantity(measure or sensitivity_measure(types), types, "--measure")
        into = out or RESULTS / f"{asked.name}-sensitivity"
        with run_folder(into, SENSITIVITY_EXPECTED) as folder:
            with progress(remarks) as told:
                found = analyse(
                    question,
                    of,
                    assumptions=chosen(vary, question) if vary else None,
                    effort=Effort(worlds, singly, replications=at_ends),
                    crewing=Crewing("compiled", workers, processes, cluster, batch),
                    progress=told,
                    folder=folder.unfinished,
                    resume=resume,
                )
            files = write_sensitivity(folder, found, context.params, began)
        print_sensitivity(found, answers)
        print_files_of(SENSITIVITY_FILES, into, files, answers)
        if found.failures:
            remarks.print(
                f"{len(found.failures)} runs failed, and the results are without their worlds; --resume tries again. "
                "All are in failures.csv.",
                soft_wrap=True,
            )
        if found.interrupted:
            remarks.print(
                f"Interrupted: these are the results of {found.finished} worlds, not of {worlds}. To go on: the same "
                "command with --resume.",
                soft_wrap=True,
            )
        if found.interrupted or found.failures:
            raise typer.Exit(INTERRUPTED if found.interrupted else FAILED)
