"""How a command answers: on two consoles, and with one message and an exit code where something cannot be used."""

import errno
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, get_type_hints

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from simulator.answers.answer import Answer
    from simulator.inputs.option import Ask
    from simulator.questions.registry import Entry
    from simulator.questions.run import Run

UNUSABLE: Final = 2
_FAILED: Final = 3
"""Some runs failed; there are results of the others."""
_INTERRUPTED: Final = 130
_PIPE_WIDTH: Final = 120
"""Characters in a line where the output is no terminal."""


class Consoles(NamedTuple):
    """The consoles of a command."""

    answers: "Console"
    remarks: "Console"


@contextmanager
def answering() -> Iterator[Consoles]:
    """Return consoles for answers and for remarks on them; turn what goes wrong into a message and an exit code."""
    from rich.console import Console

    from simulator.inputs.messages import InputError

    consoles = Consoles(*(Console(stderr=aside, highlight=False, markup=False, emoji=False) for aside in (False, True)))
    for console in consoles:
        if not console.is_terminal:
            console.width = _PIPE_WIDTH
    try:
        yield consoles
    except InputError as error:
        consoles.remarks.print(str(error), soft_wrap=True)
        raise typer.Exit(UNUSABLE) from None
    except MemoryError:
        consoles.remarks.print(
            "There is not enough memory for this. Use fewer providers, years or --workers. Finished work is kept.",
            soft_wrap=True,
        )
        raise typer.Exit(UNUSABLE) from None
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise
        consoles.remarks.print(not_to_be_used(error), soft_wrap=True)
        raise typer.Exit(UNUSABLE) from None
    except KeyboardInterrupt as ended:
        said = str(ended) or "Interrupted before any run was finished. Nothing was written."
        consoles.remarks.print(said, soft_wrap=True)
        raise typer.Exit(_INTERRUPTED) from None


def not_to_be_used(error: OSError) -> str:
    """Report a file that the system refused; one without a name is what the answer is printed to."""
    from simulator.inputs.given_files import reason_of

    return f"{error.filename or 'standard output'}: cannot be used ({reason_of(error)})"


def carried_out(entry: "Entry") -> "Callable[[Ask], None]":
    """Return the function of a command that asks a question, keeps the answer as a folder, and shows it."""

    def ask(asked: "Ask") -> None:
        with answering() as consoles:
            run = entry.ask(asked, lambda text: consoles.remarks.print(text, soft_wrap=True))
            answer = _carry_out(run, asked, consoles)
            for line in run.after(answer):
                consoles.answers.print(line, soft_wrap=True)
            if answer.missing.failed:
                for line in run.failed(answer):
                    consoles.remarks.print(line, soft_wrap=True)
            _end(answer, consoles.remarks)

    ask.__name__, ask.__doc__ = entry.ask.__name__, entry.ask.__doc__
    ask.__annotations__ = {"asked": get_type_hints(entry.ask)["asked"], "return": None}
    return ask


def _carry_out(run: "Run", asked: "Ask", consoles: Consoles) -> "Answer":
    """Run a question, keep the answer as a folder, and show it; finished runs stay in the folder, for `--resume`."""
    from simulator.answers.answer import Asked
    from simulator.running.store import run_folder

    began = datetime.now(UTC)
    with run_folder(run.into, run.made.kind.expected) as folder:
        with run.shown(consoles.remarks) as told:
            found = run.find(folder, told)
        answer = run.made(found, Asked(asked.values(), began, datetime.now(UTC)))
        files = answer.write(folder)
    answer.show(consoles.answers)
    _print_files(run.made.kind.holds, run.into, files, consoles.answers)
    for line in folder.replaced_told:
        consoles.answers.print(line, soft_wrap=True)
    return answer


def _end(answer: "Answer", remarks: "Console") -> None:
    """End a command: if runs are missing from its answer, report that, and how to get them.

    Raises
    ------
    typer.Exit
        If it is: with `_INTERRUPTED` or `_FAILED`.
    """
    missing = answer.missing
    if missing.failed:
        remarks.print(f"{missing.failed_told}. See failures.csv. Use --resume to run them again.", soft_wrap=True)
    if missing.interrupted:
        remarks.print(f"{missing.interrupted_told}. To continue, use the same command with --resume.", soft_wrap=True)
    if missing.interrupted or missing.failed:
        raise typer.Exit(_INTERRUPTED if missing.interrupted else _FAILED)


def _print_files(told: dict[str, str], folder: Path, files: Sequence[str], console: "Console") -> None:
    """List the files of a run that are in its folder; `told` describes them, those of a folder by its name."""
    from simulator.answers.files import those_there

    console.print()
    console.print(f"Files in {folder}:", soft_wrap=True)
    there = those_there(told, list(files))
    width = max(map(len, there))
    for name, what in there.items():
        console.print(f"  {name:<{width}} {what}", soft_wrap=True)
