"""The command `inspectsim`.

Whatever cannot be used ends with one message and exit code 2, Ctrl-C with 130, and a comparison of which some runs
failed with 3. Slow packages are imported inside the commands, so that ``--help`` answers at once.
"""

from dataclasses import dataclass
from typing import Annotated

import typer

from simulator.commands.answering import answering, carried_out
from simulator.commands.asking import command_of
from simulator.commands.calibrate import calibrate
from simulator.commands.frameworks import frameworks_app
from simulator.commands.report import report
from simulator.commands.serve import serve
from simulator.inputs.option import Ask, Option
from simulator.questions.registry import QUESTIONS
from simulator.questions.shared_options import DEFAULT_SCENARIO

app = typer.Typer(
    name="inspectsim",
    help="Simulate inspection of children's services: what a framework costs, and how soon it finds poor providers.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for entry in QUESTIONS:
    app.command()(command_of(carried_out(entry)))
app.command()(command_of(calibrate))
app.command()(command_of(report))
app.command()(command_of(serve))
app.add_typer(frameworks_app, name="frameworks")


@dataclass(frozen=True, kw_only=True)
class Inspectsim(Ask):
    """What `inspectsim` itself asks, before any command."""

    version: Annotated[bool, Option("Print the version and exit.")] = False


def inspectsim(asked: Inspectsim) -> None:
    """Print the version, or run the command."""
    if asked.version:
        from simulator.version import __version__

        typer.echo(f"inspectsim {__version__}")
        raise typer.Exit


app.callback(invoke_without_command=True)(command_of(inspectsim))


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
        from simulator.questions.natural_shares import solving as solver
        from simulator.questions.natural_shares.file import check_writable, write_table
        from simulator.render.terminal import announce_compiling
        from simulator.scenario.scenario import load_scenario, scenario_file

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
        from simulator.render.terminal import print_scenarios

        print_scenarios(answers)


def main() -> None:
    """Run the command."""
    app()
