"""The commands that vary the number of inspectors: how many it takes, and what each of them brings."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from simulator.answering import FAILED, INTERRUPTED, answering
from simulator.asking import RESULTS, ManyRuns, Scenario, asked_for, crewing_of, many_runs
from simulator.experiments.defaults import DEFAULT_SCENARIO, GROWTH, ON_TIME
from simulator.fits_commands import Wanted, frontier_in_fits, size_in_fits


@many_runs
def size(
    context: typer.Context,
    runs: ManyRuns,
    scenario: Scenario = DEFAULT_SCENARIO,
    target: Annotated[
        list[str] | None,
        typer.Option(
            metavar="TARGET",
            help='As "days_to_detection_median of childrens_home <= 120"; of all providers if none are named; '
            f"repeat it for several, all to be met.  [{ON_TIME}]",
        ),
    ] = None,
    step: Annotated[float, typer.Option(metavar="FTE", help="Between two numbers that may be the answer.")] = 1.0,
    confidence: Annotated[float, typer.Option(metavar="C", help="With which a target is to be met.")] = 0.95,
    most_replications: Annotated[
        int | None,
        typer.Option(metavar="N", min=2, help=f"Runs where it is unclear, at most.  [{GROWTH} times the others]"),
    ] = None,
) -> None:
    """Find the smallest number of inspectors that meets targets.

    For each framework by itself: FTE and cost with their intervals, what plain arithmetic says, and why it differs.
    The number holds from the day on which the framework takes over.
    """
    with answering() as (answers, remarks):
        from simulator.experiments.posts import pool_named
        from simulator.experiments.question import posed
        from simulator.experiments.sized import Effort
        from simulator.experiments.sizing import size as search
        from simulator.experiments.targets import target as read_target
        from simulator.present.run_files import SIZE_EXPECTED, SIZE_FILES
        from simulator.present.search_progress import search_progress
        from simulator.present.size_results import print_sizing, write_sizing
        from simulator.present.terminal import print_files_of
        from simulator.store import run_folder

        began = datetime.now(UTC)
        asked = asked_for(context, remarks)
        question = posed(asked.scenario, register=asked.register)
        targets = [read_target(each, question.service_types) for each in dict.fromkeys(target or [ON_TIME])]
        first = asked.scenario.run.replications
        effort = Effort(step, confidence, first, most_replications or GROWTH * first)
        pool = pool_named(asked.scenario, runs.pool)
        into = runs.out or RESULTS / f"{asked.name}-size"
        if runs.fits:
            size_in_fits(context, runs, Wanted(question, pool, into, began), targets, effort, (answers, remarks))
            return
        with run_folder(into, SIZE_EXPECTED) as folder:
            with search_progress(remarks) as told:
                sizing = search(
                    question,
                    targets,
                    pool,
                    effort,
                    crewing=crewing_of(runs),
                    progress=told,
                    folder=folder.unfinished,
                    resume=runs.resume,
                )
            files = write_sizing(folder, sizing, context.params, began)
        print_sizing(sizing, answers)
        print_files_of(SIZE_FILES, into, files, answers)
        if sizing.failures:
            remarks.print(_failed(len(sizing.failures)), soft_wrap=True)
            raise typer.Exit(FAILED)


@many_runs
def frontier(
    context: typer.Context,
    runs: ManyRuns,
    scenario: Scenario = DEFAULT_SCENARIO,
    measure: Annotated[
        list[str] | None,
        typer.Option(
            metavar="MEASURE",
            help='As "days_to_detection_mean of childrens_home"; of all providers if none are named; repeat it for '
            "several.  [how soon poor homes are found, and how many are not]",
        ),
    ] = None,
    first: Annotated[
        float | None, typer.Option("--from", metavar="FTE", help="Fewest inspectors.  [half the scenario's]")
    ] = None,
    last: Annotated[
        float | None, typer.Option("--to", metavar="FTE", help="Most inspectors.  [1.5 times the scenario's]")
    ] = None,
    step: Annotated[
        float | None, typer.Option(metavar="FTE", help="Between two numbers.  [an eighth of the range]")
    ] = None,
) -> None:
    """Show what each number of inspectors brings under each framework.

    Curves with their intervals over the number of inspectors and over cost, and where they cross.
    """
    with answering() as (answers, remarks):
        from simulator.experiments.batch_files import batch_folder
        from simulator.experiments.defaults import frontier_measures
        from simulator.experiments.frontier import numbers_between, trace_frontier
        from simulator.experiments.posts import pool_named
        from simulator.experiments.question import posed
        from simulator.experiments.targets import quantity
        from simulator.present.frontier_results import print_frontier, write_frontier
        from simulator.present.run_files import FRONTIER_EXPECTED, FRONTIER_FILES
        from simulator.present.terminal import print_files_of, progress
        from simulator.store import run_folder

        began = datetime.now(UTC)
        asked = asked_for(context, remarks)
        question = posed(asked.scenario, register=asked.register)
        types = question.service_types
        measures = dict.fromkeys(measure or frontier_measures(types))
        quantities = [quantity(each, types, "--measure") for each in measures]
        pool = pool_named(asked.scenario, runs.pool)
        numbers = [float(each) for each in numbers_between(question, pool, first, last, step)]
        into = runs.out or RESULTS / f"{asked.name}-frontier"
        if runs.fits:
            frontier_in_fits(
                context, runs, Wanted(question, pool, into, began), quantities, numbers, (answers, remarks)
            )
            return
        with run_folder(into, FRONTIER_EXPECTED) as folder, batch_folder(folder.unfinished) as batches:
            with progress(remarks) as told:
                found = trace_frontier(
                    question,
                    quantities,
                    pool,
                    numbers,
                    crewing=crewing_of(runs),
                    progress=told,
                    batches=batches,
                    resume=runs.resume,
                )
            files = write_frontier(folder, found, context.params, began)
        print_frontier(found, answers)
        print_files_of(FRONTIER_FILES, into, files, answers)
        if found.failures:
            remarks.print(_failed(len(found.failures)), soft_wrap=True)
        if found.interrupted:
            remarks.print(
                f"Interrupted: these are the results of {found.finished} replications, "
                f"not of {asked.scenario.run.replications}. To go on: the same command with --resume.",
                soft_wrap=True,
            )
        if found.interrupted or found.failures:
            raise typer.Exit(INTERRUPTED if found.interrupted else FAILED)


def _failed(count: int) -> str:
    runs = "run" if count == 1 else "runs"
    return f"{count} {runs} failed, and the results are without; --resume tries again. All are in failures.csv."
