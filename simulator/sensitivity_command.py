"""The command that varies assumptions: in how many plausible worlds the answer holds, and what decides it."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.answering import answering, carry_out, end
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

if TYPE_CHECKING:
    from simulator.experiments.beyond import Beyond
    from simulator.experiments.sensitivity import Sensitivity
    from simulator.store import RunFolder

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
            help='Measure, such as "days_unfound_mean of childrens_home"; for all providers if none are named.  [poor '
            "homes not found]",
        ),
    ] = None,
    framework: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="Framework: name, or path of a TOML file. Use it twice; the second is the comparator.  [the "
            "scenario's two, or its first other and its baseline]",
        ),
    ] = None,
    vary: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KEY",
            help="Assumption to vary: its key in docs/assumptions.md, or a table of them, such as signals. Repeat for "
            "several.  [all that have a range]",
        ),
    ] = None,
    worlds: Annotated[int, typer.Option(metavar="N", help="Number of plausible worlds.")] = WORLDS,
    singly: Annotated[int, typer.Option(metavar="N", help="Maximum number of assumptions to examine singly.")] = SINGLY,
    at_ends: Annotated[
        int,
        typer.Option("--replications", metavar="N", help="Replications with one assumption at an end of its range."),
    ] = REPLICATIONS,
    years: Years = None,
    seed: Seed = None,
    workers: Workers = None,
    register: Register = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Folder for the results.")] = None,
    processes: Processes = False,
    cluster: Cluster = None,
    batch: Batch = None,
    resume: Resume = False,
    long_run: LongRun = False,
) -> None:
    """Report in what share of plausible worlds one framework beats another, and which assumption decides it.

    Assumptions vary within their ranges in docs/assumptions.md: one at a time (a tornado chart), and all at once.
    """
    with answering() as consoles:
        from simulator.experiments.assumptions import chosen
        from simulator.experiments.crews import Crewing
        from simulator.experiments.defaults import sensitivity_measure
        from simulator.experiments.question import pair_of, posed
        from simulator.experiments.sensitivity import Effort
        from simulator.experiments.sensitivity import sensitivity as analyse
        from simulator.experiments.targets import quantity
        from simulator.present.sensitivity_results import SENSITIVITY
        from simulator.present.sensitivity_words import beyond_told
        from simulator.present.terminal import progress

        asked = asked_for(context, consoles.remarks)
        question = posed(asked.scenario, register=asked.register)
        question = question if framework else pair_of(question)
        types = question.service_types
        of = quantity(measure or sensitivity_measure(types), types)
        varied = chosen(vary, question) if vary else None

        def foretell(ends: "Sequence[Beyond]") -> None:
            consoles.remarks.print(
                f"Warning: {beyond_told(ends)}. Worlds that cannot be run are left out and counted.",
                soft_wrap=True,
            )

        def ask(folder: "RunFolder") -> "Sensitivity":
            with progress(consoles.remarks) as told:
                return analyse(
                    question,
                    of,
                    assumptions=varied,
                    effort=Effort(worlds, singly, replications=at_ends),
                    crewing=Crewing("compiled", workers, processes, cluster, batch),
                    progress=told,
                    foretold=foretell,
                    folder=folder.unfinished,
                    resume=resume,
                )

        into = out or RESULTS / f"{asked.name}-sensitivity"
        found = carry_out(SENSITIVITY, into, context.params, consoles, ask)
        end(SENSITIVITY.missing(found), consoles.remarks)
