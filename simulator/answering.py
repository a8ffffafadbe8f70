"""How a command answers: on two consoles, and with one message and an exit code where something cannot be used."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import typer

if TYPE_CHECKING:
    from rich.console import Console

UNUSABLE: Final = 2
FAILED: Final = 3
"""Some runs failed; there are results of the others."""
INTERRUPTED: Final = 130
PIPE_WIDTH: Final = 120
"""Characters in a line where the output is no terminal."""


@contextmanager
def answering() -> "Iterator[tuple[Console, Console]]":
    """Give consoles for answers and for remarks on them; turn what goes wrong into a message and an exit code."""
    from rich.console import Console

    from simulator.messages import InputError

    answers, remarks = (Console(stderr=aside, highlight=False, markup=False, emoji=False) for aside in (False, True))
    for console in (answers, remarks):
        if not console.is_terminal:
            console.width = PIPE_WIDTH
    try:
        yield answers, remarks
    except InputError as error:
        remarks.print(str(error), soft_wrap=True)
        raise typer.Exit(UNUSABLE) from None
    except KeyboardInterrupt as ended:
        said = str(ended) or "Interrupted before anything was finished: nothing was written."
        remarks.print(said, soft_wrap=True)
        raise typer.Exit(INTERRUPTED) from None
