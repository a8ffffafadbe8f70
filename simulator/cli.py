"""The command `inspectsim`.

Whatever cannot be used ends with one message and exit code 2, Ctrl-C with 130, and a comparison of which some runs
failed with 3. Slow packages are imported inside the commands, so that ``--help`` answers at once.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from simulator.answering import answering, carry_out, end
from simulator.asking import (
    RESULTS,
    Batch,
    Cluster,
    Engine,
    Frameworks,
    Inspectors,
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
from simulator.calibration_commands import calibrate
from simulator.experiments.defaults import DEFAULT_SCENARIO
from simulator.fits_commands import compare_in_fits, in_fit
from simulator.framework_commands import frameworks_app
from simulator.question_commands import frontier, size
from simulator.report_commands import report
from simulator.sensitivity_command import sensitivity
from simulator.serve_command import serve
from simulator.validate_commands import forecast, score, validate

if TYPE_CHECKING:
    from simulator.experiments.compare import Comparison
    from simulator.store import RunFolder

app = typer.Typer(
    name="inspectsim",
    help="Simulate inspection of children's services: what a framework costs, and how soon it finds poor providers.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(frameworks_app, name="frameworks")
app.command()(calibrate)
app.command()(size)
app.command()(frontier)
app.command()(report)
app.command()(sensitivity)
app.command()(serve)
app.command()(validate)
app.command()(forecast)
app.command()(score)


@app.callback(invoke_without_command=True)
def inspectsim(
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
) -> None:
    """Print the version, or run the command."""
    if version:
        from simulator.version import __version__

        typer.echo(f"inspectsim {__version__}")
        raise typer.Exit


@app.command()
def compare(  # noqa: PLR0913, PLR0917  (an option each)
    context: typer.Context,
    scenario: Scenario = DEFAULT_SCENARIO,
    framework: Frameworks = None,
    yardsticks: Annotated[
        bool,
        typer.Option(
            "--yardsticks", help="Also compare with the yardsticks none, clairvoyant, cyclic and belief-index."
        ),
    ] = False,
    replications: Annotated[
        int | None,
        typer.Option(
            metavar="N", min=1, help="Number of replications of each framework.  [until the precision is reached]"
        ),
    ] = None,
    precision: Annotated[
        float | None,
        typer.Option(
            metavar="SHARE",
            help="How precisely to estimate the differences, as a fraction of the level (0.01 = 1%).  [the scenario's]",
        ),
    ] = None,
    most_replications: Annotated[
        int | None, typer.Option(metavar="N", help="Maximum number of runs.  [the scenario's]")
    ] = None,
    years: Years = None,
    inspectors: Inspectors = None,
    seed: Seed = None,
    workers: Workers = None,
    register: Register = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Folder for the results.  [results/SCENARIO]")] = None,
    events: Annotated[
        Literal["none", "first", "all"], typer.Option(help="Replications for which to write tables of events.")
    ] = "none",
    processes: Processes = False,
    cluster: Cluster = None,
    batch: Batch = None,
    resume: Resume = False,
    engine: Engine = "compiled",
    long_run: LongRun = False,
    fits: Annotated[
        str | None, typer.Option(metavar="DIR", help="Folder of a calibration: compare under each fit of its set.")
    ] = None,
    fit: Annotated[int | None, typer.Option(metavar="N", help="Number of the only fit to use; 1 is the best.")] = None,
) -> None:
    """Compare frameworks of inspection on the same providers.

    Prints a sentence for each framework and a table. All results and charts are written to a folder.
    """
    with answering() as consoles:
        from simulator.experiments.batch_files import batch_folder
        from simulator.experiments.compare import compare_posed
        from simulator.experiments.crews import Crewing
        from simulator.experiments.question import posed
        from simulator.present.results import COMPARISON
        from simulator.present.terminal import print_first_failure, progress

        asked = asked_for(context, consoles.remarks)
        target = out or RESULTS / asked.name
        if fits and fit is None:
            compare_in_fits(context.params, asked, target, consoles)
            return
        question = in_fit(posed(asked.scenario, register=asked.register), fits, fit)
        crewing = Crewing(engine, workers, processes, cluster, batch)
        crewing.opener()

        def ask(folder: "RunFolder") -> "Comparison":
            with batch_folder(folder.unfinished) as batches, progress(consoles.remarks, engine) as told:
                return compare_posed(
                    question,
                    crewing,
                    progress=told,
                    events=events,
                    batches=batches,
                    resume=resume,
                )

        comparison = carry_out(COMPARISON, target, context.params, consoles, ask)
        if comparison.failures:
            print_first_failure(comparison, target, consoles.remarks)
        end(COMPARISON.missing(comparison), consoles.remarks)


@app.command()
def trace(  # noqa: PLR0913, PLR0917  (an option each)
    context: typer.Context,
    provider: Annotated[
        str, typer.Argument(help="Name of the provider, as in the tables, such as childrens_home-0001.")
    ],
    scenario: Scenario = DEFAULT_SCENARIO,
    framework: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME", help="Framework: name or path. Repeat for several lives.  [the scenario's baseline]"
        ),
    ] = None,
    replication: Annotated[int, typer.Option(metavar="N", min=1, help="Number of the replication.")] = 1,
    years: Years = None,
    inspectors: Inspectors = None,
    seed: Seed = None,
    register: Register = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Folder for the results.")] = None,
    long_run: LongRun = False,
) -> None:
    """Show the life of one provider as a diary and a chart.

    True grade, concerns, inspections and judgements in one run, including those of its successors.
    """
    with answering() as consoles:
        from simulator.experiments.life import Followed, life_of, row_of
        from simulator.experiments.question import only, place_of, posed, settings_of
        from simulator.present.diary import name_of_files
        from simulator.present.life_results import LIVES
        from simulator.present.terminal import announce_compiling

        asked = asked_for(context, consoles.remarks)
        question = posed(asked.scenario, register=asked.register)
        if not framework:
            question = only(question, [question.baseline])
        settings, place = settings_of(question), place_of(question, provider)
        row_of(settings[0], place)

        def follow(_: "RunFolder") -> Followed:
            announce_compiling(consoles.remarks)
            return Followed(question, tuple(life_of(setting, place, replication) for setting in settings))

        into = out or RESULTS / name_of_files(place, question.names, replication)
        carry_out(LIVES, into, context.params, consoles, follow)


@app.command()
def natural_shares(
    scenario: Annotated[str, typer.Argument(help="Name of a scenario, or path of a TOML file.")] = DEFAULT_SCENARIO,
    framework: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Framework in force at the start.  [the scenario's last before its start]"),
    ] = None,
    passes: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Number of passes, of some seconds each.")
    ] = None,
    providers: Annotated[
        int | None,
        typer.Option(
            metavar="N", min=1, help="Minimum number of providers of each type; fewer are quicker and rougher."
        ),
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="Write the table to the file of the scenario.")] = False,
) -> None:
    """Solve for the grades without any inspection.

    Inspection improves providers that it finds poor, so published ratings are not what quality would be without it.
    This command finds the natural shares for which the ratings at the start date match the scenario's start shares,
    and prints them as the table [quality.natural_shares]. Use it when you change a scenario's start shares, speed,
    falls, closures or concerns, or the framework in force at the start.
    """
    with answering() as (answers, remarks):
        from simulator.experiments import natural_shares as solver
        from simulator.experiments.natural_shares_file import check_writable, write_table
        from simulator.present.terminal import announce_compiling
        from simulator.scenario import load_scenario, scenario_file

        asked, file = load_scenario(scenario), scenario_file(scenario)
        regime = solver.regime_of_the_day(asked, framework)
        if write:
            check_writable(file, solver.as_toml(list(asked.population.types), solver.current(asked)))
        announce_compiling(remarks)
        made = []
        for each in solver.solve(asked, regime, passes or solver.PASSES, providers or solver.ENOUGH):
            made.append(each)
            miss = f"{100 * each.miss:.2f} points"
            remarks.print(f"Pass {len(made)} of {passes or solver.PASSES}: the largest miss of a rating is {miss}")
        best = min(made, key=lambda each: each.miss)
        table = solver.as_toml(list(asked.population.types), best.natural)
        answers.print(table, end="", soft_wrap=True)
        if write:
            write_table(file, table)
            remarks.print(f"Written to {file}.", soft_wrap=True)


@app.command()
def scenarios() -> None:
    """List the scenarios."""
    with answering() as (answers, _):
        from simulator.present.terminal import print_scenarios

        print_scenarios(answers)


def main() -> None:
    """Run the command."""
    app()
