"""The table of natural shares in the file of a scenario, between two comments that mark its place."""

import os
import tomllib
from pathlib import Path
from typing import Any, Final

from simulator.inputs.messages import InputError, Named
from simulator.running.whole_files import write_files

BEGIN: Final = "# >>> natural shares"
END: Final = "# <<< natural shares"


def check_writable(path: Path, table: str) -> None:
    """Refuse a file into which `table` could not be written, before anybody waits for it to be computed.

    Raises
    ------
    InputError
        As `with_table` does, or if the file or its folder may not be written to.
    """
    _replaced(path, table)
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise InputError(
            f"{path}: cannot be written to. Copy it and name the copy, or leave out ",
            Named("write"),
            " and copy the printed table",
        )


def write_table(path: Path, table: str) -> None:
    """Write `table` between the two comments, in one step: a reader finds the old file or the new one.

    Raises
    ------
    InputError
        If it cannot be written; then nothing has changed.
    """
    file = path.resolve()
    write_files(file.parent, {file.name: _replaced(file, table).encode()})


def with_table(text: str, table: str, file: str) -> str:
    """Return the text of a scenario file with `table` between the two comments, in place of what is there.

    Parameters
    ----------
    text, file
        What is in the file, and its name in messages.
    table
        The table ``[quality.natural_shares]``, its heading included.

    Raises
    ------
    InputError
        If the comments are missing, or something other than that table would change.
    """
    above, began, rest = text.partition(BEGIN)
    _, ended, below = rest.partition(END)
    if not (began and ended) or BEGIN in rest or END in above + below:
        raise InputError(
            f'{file}: has no place to write to. Use a file with one line "{BEGIN}" and below it one line "{END}"; the '
            "table [quality.natural_shares] goes between them"
        )
    line_end = "\r\n" if "\r\n" in text else "\n"
    written = f"{above}{BEGIN}\n{table}{END}".replace("\r\n", "\n").replace("\n", line_end) + below
    if _all_else(text) != _all_else(written):
        raise InputError(
            f"{file}: the comments are in the wrong place; allowed between them: the table [quality.natural_shares] "
            "and nothing else, and below them another table"
        )
    return written


def _replaced(path: Path, table: str) -> str:
    try:
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error})") from error
    return with_table(text, table, str(path))


def _all_else(text: str) -> dict[str, Any] | None:
    """Read all of a scenario file except its natural shares; return None if it cannot be read."""
    try:
        table = tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError:
        return None
    quality = table.get("quality", {})
    return table | {"quality": {name: value for name, value in quality.items() if name != "natural_shares"}}
