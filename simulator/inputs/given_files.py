"""Files that somebody names: looked at, and read within bounds, so that none takes for ever or fails without words.

Only regular files are read: a device such as ``/dev/zero`` never ends, and a named pipe waits for a writer.
"""

import csv
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from simulator.inputs.messages import InputError, shortened

_MIB: Final = 2**20
MOST_TABLE: Final = 256 * _MIB
"""Bytes of a CSV file: some millions of lines."""


def at(path: Path) -> os.stat_result | None:
    """Return what the system knows of a path, None if nothing is there.

    Raises
    ------
    InputError
        If it cannot be looked at: a name longer than names may be, or a folder that may not be entered.
    """
    try:
        return path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        raise InputError(f"{shortened(str(path))}: cannot be read ({reason_of(error)})") from error


def is_file(path: Path) -> bool:
    """Return whether a path is that of a regular file."""
    found = at(path)
    return found is not None and stat.S_ISREG(found.st_mode)


def is_folder(path: Path) -> bool:
    """Return whether a path is that of a folder."""
    found = at(path)
    return found is not None and stat.S_ISDIR(found.st_mode)


def check_regular(path: Path, most: int) -> None:
    """Refuse what is no regular file of at most so many bytes.

    Raises
    ------
    InputError
        Saying what it is, or how large.
    """
    found = at(path)
    if found is None:
        raise InputError(f"{path}: cannot be read ({os.strerror(2)})")
    if not stat.S_ISREG(found.st_mode):
        what = "a folder" if stat.S_ISDIR(found.st_mode) else "a device or a pipe"
        raise InputError(f"{path}: cannot be read (it is {what}); allowed: a file")
    if found.st_size > most:
        raise InputError(f"{path}: has {found.st_size:,} bytes; allowed: at most {most:,}")


def content_of(path: Path, most: int) -> bytes:
    """Read a regular file of at most so many bytes.

    Raises
    ------
    InputError
        If it is none, is larger, or cannot be read.
    """
    check_regular(path, most)
    try:
        with path.open("rb") as file:
            content = file.read(most + 1)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({reason_of(error)})") from error
    if len(content) > most:  # it has grown since, or the system does not know its size
        raise InputError(f"{path}: has more than {most:,} bytes; allowed: at most {most:,}")
    return content


def csv_lines(path: str) -> Iterator[tuple[int, list[str]]]:
    """Return the fields of every line of a CSV file that is not blank, without spaces around them; the header first.

    Yields
    ------
    int, list of str
        The line on which they begin, counted from 1, and the fields.

    Raises
    ------
    InputError
        If it cannot be read, is not in UTF-8 or not CSV.
    """
    check_regular(Path(path), MOST_TABLE)
    ended = 0
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            lines = csv.reader(file, strict=True)
            for fields in lines:
                line, ended = ended + 1, lines.line_num  # a quoted field may run over several lines
                stripped = [field.strip() for field in fields]
                if any(stripped) or line == 1:
                    yield line, stripped
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({reason_of(error)})") from error
    except UnicodeDecodeError as error:
        raise InputError(
            f'{path}: not in UTF-8; in a spreadsheet program, save it as "CSV UTF-8 (comma delimited)"'
        ) from error
    except csv.Error as error:
        raise InputError(f"{path}, line {ended + 1}: not CSV ({error})") from error


def reason_of(error: OSError | ValueError) -> str:
    """Return the system's own words, which others that report the error wrap in theirs."""
    return os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)
