"""The command `inspectsim`.

Whatever cannot be used ends with one message and exit code 2, Ctrl-C with 130, and a comparison of which some runs
failed with 3. Slow packages are imported inside the commands, so that ``--help`` answers at once.
"""

import errno
import os
import sys
from dataclasses import dataclass
from io import TextIOWrapper
from typing import Annotated

import typer

from simulator.commands.answering import UNUSABLE, answering, carried_out, not_to_be_used
from simulator.commands.asking import command_of
from simulator.commands.calibrate import calibrate
from simulator.commands.diff import diff
from simulator.commands.frameworks import frameworks_app
from simulator.commands.natural_shares import natural_shares
from simulator.commands.report import report
from simulator.commands.serve import serve
from simulator.commands.source import source
from simulator.inputs.option import Ask, Option
from simulator.questions.registry import QUESTIONS

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
app.command()(command_of(diff))
app.command()(command_of(source))
app.command()(command_of(serve))
app.command()(command_of(natural_shares))
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
def scenarios() -> None:
    """List the scenarios."""
    with answering() as (answers, _):
        from simulator.render.terminal import print_scenarios

        print_scenarios(answers)


def main() -> None:
    """Run the command; a sign that the terminal or file cannot hold is printed as a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        try:
            app()
        finally:
            sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left unprinted would fail once more
        if error.errno != errno.EPIPE:
            print(not_to_be_used(error), file=sys.stderr)
        sys.exit(UNUSABLE)
