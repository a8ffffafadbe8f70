"""How a command answers: on two consoles, and with one message and an exit code where something cannot be used."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from simulator.answers.keeping import Keeping, Missing
    from simulator.inputs.option import Ask
    from simulator.running.store import RunFolder

A = TypeVar("A")

UNUSABLE: Final = 2
FAILED: Final = 3
"""Some runs failed; there are results of the others."""
INTERRUPTED: Final = 130
PIPE_WIDTH: Final = 120
"""Characters in a line where the output is no terminal."""


class Consoles(NamedTuple):
    """Where a command speaks."""

    answers: "Console"
    remarks: "Console"


@contextmanager
def answering() -> Iterator[Consoles]:
    """Give consoles for answers and for remarks on them; turn what goes wrong into a message and an exit code."""
    from rich.console import Console

    from simulator.inputs.messages import InputError

    consoles = Consoles(*(Console(stderr=aside, highlight=False, markup=False, emoji=False) for aside in (False, True)))
    for console in consoles:
        if not console.is_terminal:
            console.width = PIPE_WIDTH
    try:
        yield consoles
    except InputError as error:
        consoles.remarks.print(str(error), soft_wrap=True)
        raise typer.Exit(UNUSABLE) from None
    except KeyboardInterrupt as ended:
        said = str(ended) or "Interrupted before any run was finished. Nothing was written."
        consoles.remarks.print(said, soft_wrap=True)
        raise typer.Exit(INTERRUPTED) from None


def carry_out(
    keeping: "Keeping[A]",
    into: Path,
    asked: "Ask",
    consoles: Consoles,
    ask: "Callable[[RunFolder], A]",
) -> A:
    """Ask a question of many runs, keep the answer as a folder, and say it; `end` is to follow.

    Parameters
    ----------
    keeping
        What is done with answers to this question.
    into
        Folder of the run.
    asked
        The question, as the manifest records it.
    consoles
        Where to speak.
    ask
        Runs what it takes; what is finished is kept in the folder, from which it can go on.
    """
    from simulator.render.terminal import print_files_of
    from simulator.running.store import run_folder

    began = datetime.now(UTC)
    with run_folder(into, keeping.expected) as folder:
        answer = ask(folder)
        files = keeping.write(folder, answer, asked.values(), began)
    keeping.say(answer, consoles.answers)
    print_files_of(keeping.files, into, files, consoles.answers)
    return answer


def end(missing: "Missing", remarks: "Console") -> None:
    """End a command: if its answer is without some runs, say so, and how to have them.

    Raises
    ------
    typer.Exit
        If it is: with `INTERRUPTED` or `FAILED`.
    """
    if missing.failed:
        remarks.print(f"{missing.failed_told}. See failures.csv. Use --resume to run them again.", soft_wrap=True)
    if missing.interrupted:
        remarks.print(f"{missing.interrupted_told}. To continue, use the same command with --resume.", soft_wrap=True)
    if missing.interrupted or missing.failed:
        raise typer.Exit(INTERRUPTED if missing.interrupted else FAILED)
