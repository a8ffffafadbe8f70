"""The command `inspectsim`.

Whatever cannot be used ends with one message and exit code 2, Ctrl-C with 130, and a comparison of which some runs
failed with 3. Slow packages are imported inside the commands, so that ``--help`` answers at once.
"""

from typing import Annotated

import typer

from simulator.commands.answering import answering
from simulator.commands.asking import command_of
from simulator.commands.calibrate import calibrate
from simulator.commands.compare import compare, trace
from simulator.commands.frameworks import frameworks_app
from simulator.commands.levels import frontier, size
from simulator.commands.natural_shares import natural_shares
from simulator.commands.report import report
from simulator.commands.sensitivity import sensitivity
from simulator.commands.serve import serve
from simulator.commands.validate import forecast, score, validate

app = typer.Typer(
    name="inspectsim",
    help="Simulate inspection of children's services: what a framework costs, and how soon it finds poor providers.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(frameworks_app, name="frameworks")
app.command()(command_of(calibrate))
app.command()(command_of(size))
app.command()(command_of(frontier))
app.command()(report)
app.command()(command_of(sensitivity))
app.command()(serve)
app.command()(command_of(validate))
app.command()(command_of(forecast))
app.command()(command_of(score))
app.command()(command_of(compare))
app.command()(command_of(trace))
app.command()(command_of(natural_shares))


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
def scenarios() -> None:
    """List the scenarios."""
    with answering() as (answers, _):
        from simulator.render.terminal import print_scenarios

        print_scenarios(answers)


def main() -> None:
    """Run the command."""
    app()
