"""The commands `inspectsim frameworks ...`: list them, show one, start one of your own and check it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from simulator.commands.answering import answering
from simulator.commands.asking import command_of
from simulator.inputs.option import Ask, Option

frameworks_app = typer.Typer(rich_markup_mode=None)


@frameworks_app.callback(invoke_without_command=True)
def frameworks(context: typer.Context) -> None:
    """List the frameworks, show or check the rules of one, or start one of your own."""
    if context.invoked_subcommand is None:
        with answering() as (answers, _):
            from simulator.frameworks.tables import print_listing

            print_listing(answers)


@dataclass(frozen=True, kw_only=True)
class Show(Ask):
    """What `inspectsim frameworks show` asks."""

    name: Annotated[str, Option("Name, or path of a TOML file.", is_argument=True)]


def show(asked: Show) -> None:
    """Show the rules of a framework, each with the document and paragraph it comes from."""
    with answering() as (answers, _):
        from simulator.frameworks.tables import print_framework
        from simulator.inspectorate.framework import load_framework

        print_framework(load_framework(asked.name), answers)


@dataclass(frozen=True, kw_only=True)
class New(Ask):
    """What `inspectsim frameworks new` asks."""

    name: Annotated[str, Option("Name of the new framework, such as my-option.", is_argument=True)]
    begin_from: Annotated[str, Option("Framework to start from: name, or path of a TOML file.", "NAME", name="from")]
    out: Annotated[
        Path | None,
        Option(
            "Folder for the file, or the file itself, ending in .toml.  [this folder]",
            "PATH",
            python="folder",
        ),
    ] = None
    schema: Annotated[bool, Option("Also write the JSON Schema, which editors use to complete and check.")] = False


def new(asked: New) -> None:
    """Start a framework of your own: a file with every rule and its meaning, to change with a text editor.

    Nothing is overwritten. The file starts with the same rules as the framework that it is made from.
    """
    with answering() as (answers, _):
        from simulator.frameworks.own import begin_own, check_name
        from simulator.frameworks.schema import SCHEMA_FILE, schema_text
        from simulator.inputs.given_files import at, is_folder

        check_name(asked.name)
        given = asked.out or Path()
        is_file = given.suffix == ".toml" and not is_folder(given)
        folder, called = (given.parent, given.stem) if is_file else (given, asked.name)
        schema = {SCHEMA_FILE: schema_text().encode()} if asked.schema and not at(folder / SCHEMA_FILE) else {}
        written = begin_own(called, asked.begin_from, folder, schema)
        answers.print(f"Written: {', '.join(map(str, written))}", soft_wrap=True)
        answers.print(f"To check its effect: inspectsim frameworks check {written[0]}", soft_wrap=True)


@dataclass(frozen=True, kw_only=True)
class Check(Ask):
    """What `inspectsim frameworks check` asks."""

    file: Annotated[str, Option("Path of a TOML file, or name.", python="framework", is_argument=True)]


def check(asked: Check) -> None:
    """Describe the effect of a framework in words, its differences from the one it extends, and what is missing."""
    with answering() as (answers, _):
        from simulator.frameworks.check import print_check, read

        print_check(read(asked.file), answers)


def schema() -> None:
    """Print the JSON Schema of a framework file, which editors use to complete keys and mark errors."""
    with answering() as (answers, _):
        from simulator.frameworks.schema import schema_text

        answers.print(schema_text(), end="", soft_wrap=True)


frameworks_app.command()(command_of(show))
frameworks_app.command()(command_of(new))
frameworks_app.command()(command_of(check))
frameworks_app.command()(schema)
