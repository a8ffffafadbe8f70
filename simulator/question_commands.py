"""The commands that vary the number of inspectors: how many it takes, and what each of them brings."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from simulator.answering import FAILED, answering
from simulator.asking import (
    DEFAULT_SCENARIO,
    RESULTS,
    Batch,
    Cluster,
    Frameworks,
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

ON_TIME = "on_time_share >= 0.95"
GROWTH = 4
"""Times the replications to begin with, at a number at which things are unclear."""

PoolName = Annotated[
    str | None, typer.Option(metavar="POOL", help="Pool whose number is varied.  [the scenario's first]")
]
Out = Annotated[Path | None, typer.Option(metavar="DIR", help="Folder for results.")]


def size(  # noqa: PLR0913, PLR0917  (an option each)
    context: typer.Context,
    scenario: Scenario = DEFAULT_SCENARIO,
    target: Annotated[
        list[str] | None,
        typer.Option(
            metavar="TARGET",
            help='As "days_to_detection_median of childrens_home <= 120"; of all providers if none are named; '
            f"repeat it for several, all to be met.  [{ON_TIME}]",
        ),
    ] = None,
    framework: Frameworks = None,
    pool: PoolName = None,
    step: Annotated[float, typer.Option(metavar="FTE", help="Between two numbers that may be the answer.")] = 1.0,
    confidence: Annotated[float, typer.Option(metavar="C", help="With which a target is to be met.")] = 0.95,
    replications: Annotated[
        int | None, typer.Option(metavar="N", min=2, help="Runs at each number.  [the scenario's]")
    ] = None,
    most_replications: Annotated[
        int | None,
        typer.Option(metavar="N", min=2, help=f"Runs where it is unclear, at most.  [{GROWTH} times the others]"),
    ] = None,
    years: Years = None,
    seed: Seed = None,
    workers: Workers = None,
    register: Register = None,
    out: Out = None,
    processes: Processes = False,
    cluster: Cluster = None,
    batch: Batch = None,
    resume: Resume = False,
    long_run: LongRun = False,
) -> None:
    """Find the smallest number of inspectors that meets targets.

    For each framework by itself: FTE and cost with their intervals, what plain arithmetic says, and why it differs.
    The number holds from the day on which the framework takes over.
    """
    with answering() as (answers, remarks):
        from simulator.experiments.crews import Crewing
        from simulator.experiments.posts import pool_named
        from simulator.experiments.question import posed
        from simulator.experiments.sizing import Effort
        from simulator.experiments.sizing import size as search
        from simulator.experiments.targets import target as read_target
        from simulator.present.search_progress import search_progress
        from simulator.present.size_results import EXPECTED, FILES, print_sizing, write_sizing
        from simulator.present.terminal import print_files_of
        from simulator.store import run_folder

        began = datetime.now(UTC)
        asked = asked_for(context, remarks)
        question = posed(asked.scenario, register=asked.register)
        targets = [read_target(each, question.service_types) for each in dict.fromkeys(target or [ON_TIME])]
        first = asked.scenario.run.replications
        effort = Effort(step, confidence, first, most_replications or GROWTH * first)
        into = out or RESULTS / f"{asked.name}-size"
        with run_folder(into, EXPECTED) as folder:
            with search_progress(remarks) as told:
                sizing = search(
                    question,
                    targets,
                    pool_named(asked.scenario, pool),
                    effort,
                    crewing=Crewing("compiled", workers, processes, cluster, batch),
                    progress=told,
                    folder=folder.unfinished,
                    resume=resume,
                )
            files = write_sizing(folder, sizing, context.params, began)
        print_sizing(sizing, answers)
        print_files_of(FILES, into, files, answers)
        if sizing.failures:
            remarks.print(
                f"{len(sizing.failures)} runs failed, and the results are without; --resume tries them again.",
                soft_wrap=True,
            )
            raise typer.Exit(FAILED)
