"""The commands `inspectsim frameworks ...`: list them, show one, start one of your own and check it."""

from pathlib import Path
from typing import Annotated

import typer

from simulator.commands.answering import answering

frameworks_app = typer.Typer(rich_markup_mode=None)


@frameworks_app.callback(invoke_without_command=True)
def frameworks(context: typer.Context) -> None:
    """List the frameworks, show or check the rules of one, or start one of your own."""
    if context.invoked_subcommand is None:
        with answering() as (answers, _):
            from simulator.frameworks.tables import print_listing

            print_listing(answers)


@frameworks_app.command("show")
def show_framework(name: Annotated[str, typer.Argument(help="Name, or path of a TOML file.")]) -> None:
    """Show the rules of a framework, each with the document and paragraph it comes from."""
    with answering() as (answers, _):
        from simulator.frameworks.tables import print_framework
        from simulator.inspectorate.framework import load_framework

        print_framework(load_framework(name), answers)


@frameworks_app.command("new")
def new_framework(
    name: Annotated[str, typer.Argument(help="Name of the new framework, such as my-option.")],
    begin_from: Annotated[
        str, typer.Option("--from", metavar="NAME", help="Framework to start from: name, or path of a TOML file.")
    ],
    out: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help="Folder for the file, or the file itself, ending in .toml.  [this folder]"),
    ] = None,
    with_schema: Annotated[
        bool, typer.Option("--schema", help="Also write the JSON Schema, which editors use to complete and check.")
    ] = False,
) -> None:
    """Start a framework of your own: a file with every rule and its meaning, to change with a text editor.

    Nothing is overwritten. The file starts with the same rules as the framework that it is made from.
    """
    with answering() as (answers, _):
        from simulator.frameworks.own import begin_own, check_name
        from simulator.frameworks.schema import SCHEMA_FILE, schema_text

        check_name(name)
        given = out or Path()
        is_file = given.suffix == ".toml" and not given.is_dir()
        folder, called = (given.parent, given.stem) if is_file else (given, name)
        schema = {SCHEMA_FILE: schema_text().encode()} if with_schema and not (folder / SCHEMA_FILE).exists() else {}
        written = begin_own(called, begin_from, folder, schema)
        answers.print(f"Written: {', '.join(map(str, written))}", soft_wrap=True)
        answers.print(f"To check its effect: inspectsim frameworks check {written[0]}", soft_wrap=True)


@frameworks_app.command("check")
def check_framework(file: Annotated[str, typer.Argument(help="Path of a TOML file, or name.")]) -> None:
    """Describe the effect of a framework in words, its differences from the one it extends, and what is missing."""
    with answering() as (answers, _):
        from simulator.frameworks.check import print_check, read

        print_check(read(file), answers)


@frameworks_app.command("schema")
def framework_schema() -> None:
    """Print the JSON Schema of a framework file, which editors use to complete keys and mark errors."""
    with answering() as (answers, _):
        from simulator.frameworks.schema import schema_text

        answers.print(schema_text(), end="", soft_wrap=True)
