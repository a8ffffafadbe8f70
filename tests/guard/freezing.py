"""Carry out everything that the guard asks, in a folder of its own, and gather what comes out."""

import os
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from typer.testing import CliRunner

from simulator.commands.cli import app

from .asked import Command, commands
from .given import write_given
from .normal import normal
from .pages import pages
from .python import in_python

Frozen = dict[str, bytes]
"""Files by name, with what is to stay the same of each."""
SURROUNDINGS: Final = {"COLUMNS": "80", "LINES": "40", "NO_COLOR": "1", "GIT_DIR": os.devnull}
"""Variables that make texts the same wherever they are printed; without git no commit is named."""


def freeze(folder: Path) -> Frozen:
    """Ask everything; commands run inside an empty folder, so that every path they print is a short one.

    Parameters
    ----------
    folder
        Empty.
    """
    os.environ.update(SURROUNDINGS)
    os.chdir(folder)
    write_given(folder)
    given = _files(folder)
    (folder / "page").mkdir()
    made = {name: _printed(asked) for name, asked in commands()}
    made["python.txt"] = in_python().encode()
    left = {name: content for name, content in _files(folder).items() if given.get(name) != content}
    return {name: normal(name, content) for name, content in {**made, **left, **dict(pages(folder / "page"))}.items()}


def _printed(asked: list[Command]) -> bytes:
    """Give commands one after another, and all that they print."""
    return "\n".join(_one(command) for command in asked).encode()


def _one(command: Command) -> str:
    done = CliRunner().invoke(app, command)
    broke = done.exception and not isinstance(done.exception, SystemExit)
    ended = repr(done.exception) if broke else f"exit {done.exit_code}"
    return f"$ inspectsim {shlex.join(command)}\n{done.stdout}--\n{done.stderr}{ended}\n"


def _files(folder: Path) -> Frozen:
    return dict(_read(folder))


def _read(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()
