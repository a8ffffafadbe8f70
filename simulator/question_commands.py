"""The commands that vary the number of inspectors: the smallest that is enough, and results for each number."""

from typing import TYPE_CHECKING, Annotated

import typer

from simulator.answering import answering, carry_out, end
from simulator.asking import RESULTS, ManyRuns, Scenario, asked_for, crewing_of, many_runs
from simulator.experiments.defaults import DEFAULT_SCENARIO, GROWTH, ON_TIME
from simulator.fits_commands import Wanted, frontier_in_fits, size_in_fits

if TYPE_CHECKING:
    from simulator.experiments.frontier import Frontier
    from simulator.experiments.sized import Sizing
    from simulator.store import RunFolder


@many_runs
def size(
    context: typer.Context,
    runs: ManyRuns,
    scenario: Scenario = DEFAULT_SCENARIO,
    target: Annotated[
        list[str] | None,
        typer.Option(
            metavar="TARGET",
            help='Target, such as "days_unfound_mean of childrens_home <= 120"; for all providers if none are named. '
            f"Repeat for several, all to be met.  [{ON_TIME}]",
        ),
    ] = None,
    step: Annotated[float, typer.Option(metavar="FTE", help="Step between the numbers tried.")] = 1.0,
    confidence: Annotated[float, typer.Option(metavar="C", help="Confidence with which a target must be met.")] = 0.95,
    most_replications: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=2,
            help=f"Maximum number of replications where the result is unclear.  [{GROWTH} times the others]",
        ),
    ] = None,
) -> None:
    """Find the smallest number of inspectors that meets targets.

    For each framework: FTE and cost with their intervals, the result of simple arithmetic, and why they differ.
    The number applies from the day on which the framework takes over.
    """
    with answering() as consoles:
        from simulator.experiments.posts import pool_named
        from simulator.experiments.question import posed
        from simulator.experiments.sized import Effort
        from simulator.experiments.sizing import size as search
        from simulator.experiments.targets import target as read_target
        from simulator.present.search_progress import search_progress
        from simulator.present.size_results import SIZING

        asked = asked_for(context, consoles.remarks)
        question = posed(asked.scenario, register=asked.register)
        targets = [read_target(each, question.service_types) for each in dict.fromkeys(target or [ON_TIME])]
        first = asked.scenario.run.replications
        effort = Effort(step, confidence, first, most_replications or GROWTH * first)
        pool = pool_named(asked.scenario, runs.pool)
        into = runs.out or RESULTS / f"{asked.name}-size"
        if runs.fits:
            size_in_fits(Wanted(question, pool, into, runs), targets, effort, context.params, consoles)
            return

        def ask(folder: "RunFolder") -> "Sizing":
            with search_progress(consoles.remarks) as told:
                return search(
                    question,
                    targets,
                    pool,
                    effort,
                    crewing=crewing_of(runs),
                    progress=told,
                    folder=folder.unfinished,
                    resume=runs.resume,
                )

        sizing = carry_out(SIZING, into, context.params, consoles, ask)
        end(SIZING.missing(sizing), consoles.remarks)


@many_runs
def frontier(
    context: typer.Context,
    runs: ManyRuns,
    scenario: Scenario = DEFAULT_SCENARIO,
    measure: Annotated[
        list[str] | None,
        typer.Option(
            metavar="MEASURE",
            help='Measure, such as "days_unfound_mean of childrens_home"; for all providers if none are named. Repeat '
            "for several.  [how soon poor homes are found, and how many are not]",
        ),
    ] = None,
    first: Annotated[
        float | None,
        typer.Option("--from", metavar="FTE", help="Smallest number of inspectors.  [half the scenario's]"),
    ] = None,
    last: Annotated[
        float | None,
        typer.Option("--to", metavar="FTE", help="Largest number of inspectors.  [1.5 times the scenario's]"),
    ] = None,
    step: Annotated[
        float | None, typer.Option(metavar="FTE", help="Step between numbers of inspectors.  [an eighth of the range]")
    ] = None,
) -> None:
    """Show results by number of inspectors under each framework.

    Curves with intervals over the number of inspectors and over cost, and where they cross.
    """
    with answering() as consoles:
        from simulator.experiments.batch_files import batch_folder
        from simulator.experiments.defaults import frontier_measures
        from simulator.experiments.frontier import numbers_between, trace_frontier
        from simulator.experiments.posts import pool_named
        from simulator.experiments.question import posed
        from simulator.experiments.targets import quantity
        from simulator.present.frontier_results import FRONTIER
        from simulator.present.terminal import progress

        asked = asked_for(context, consoles.remarks)
        question = posed(asked.scenario, register=asked.register)
        types = question.service_types
        measures = dict.fromkeys(measure or frontier_measures(types))
        quantities = [quantity(each, types) for each in measures]
        pool = pool_named(asked.scenario, runs.pool)
        numbers = [float(each) for each in numbers_between(question, pool, first, last, step)]
        into = runs.out or RESULTS / f"{asked.name}-frontier"
        if runs.fits:
            frontier_in_fits(Wanted(question, pool, into, runs), quantities, numbers, context.params, consoles)
            return

        def ask(folder: "RunFolder") -> "Frontier":
            with batch_folder(folder.unfinished) as batches, progress(consoles.remarks) as told:
                return trace_frontier(
                    question,
                    quantities,
                    pool,
                    numbers,
                    crewing=crewing_of(runs),
                    progress=told,
                    batches=batches,
                    resume=runs.resume,
                )

        found = carry_out(FRONTIER, into, context.params, consoles, ask)
        end(FRONTIER.missing(found), consoles.remarks)
