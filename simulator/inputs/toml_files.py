"""Finding and reading input files: TOML, by shipped name or by path, each perhaps extending another."""

import re
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from simulator.inputs.messages import InputError, nearest, not_one_of, shortened

Table = dict[str, Any]
Key = tuple[str, ...]


def located(given: str, folder: Path, names: Sequence[str], what: str) -> Path:
    """Return the file of a shipped name, or the path itself.

    Parameters
    ----------
    given
        A name in `names`, or the path of a file.
    folder
        Where the shipped files lie, each as ``NAME.toml``.
    names
        The shipped names.
    what
        What is looked for, for the message.

    Raises
    ------
    InputError
        If it is neither a shipped name nor the path of a file.
    """
    if given in names:
        return folder / f"{given}.toml"
    path = Path(given)
    if path.exists():
        return path
    if path.suffix == ".toml" or path.name != given:
        hint = nearest(path.stem, names) or ";"
        raise InputError(
            f"{given}: there is no such file{hint} allowed: the path of a TOML file, or {', '.join(names)}"
        )
    raise InputError(f"{not_one_of(given, what, names)}, or the path of a TOML file")


def read_toml(path: Path) -> Table:
    """Read a TOML file.

    Raises
    ------
    InputError
        If it cannot be read, is not UTF-8 or not TOML: with line and column.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error})") from error
    return parsed_toml(content, str(path))


def parsed_toml(content: bytes, called: str) -> Table:
    """Parse the content of a TOML file, which messages call by the name given.

    Raises
    ------
    InputError
        If it is not UTF-8 or not TOML: with line and column.
    """
    text = ""
    try:
        text = content.decode("utf-8-sig")
        return tomllib.loads(text.replace("\r\n", "\n").replace("\r", "\n"))
    except UnicodeDecodeError as error:
        raise InputError(f"{called}: not a text file in UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{called}: not valid TOML: {error}{_line_of(text, str(error))}") from error
    except (ValueError, RecursionError, OverflowError) as error:  # a number of thousands of digits, a list in a list …
        raise InputError(f"{called}: not valid TOML: it has numbers or lists that are too large") from error


def _line_of(text: str, said: str) -> str:
    """Return the line of a file that a message of the parser is about, nothing if it names none of the file's."""
    found = re.search(r"at line (\d+)", said)
    lines = text.splitlines()
    if not found or not 0 < int(found[1]) <= len(lines):
        return ""
    return f", which reads: {shortened(lines[int(found[1]) - 1].strip())}"


def lineage(path: Path, parent_of: Callable[[str, Path], Path]) -> list[tuple[Path, Table]]:
    """Read a file and, before it, every file that it extends.

    Parameters
    ----------
    path
        The file to begin with.
    parent_of
        Finds the file for a value of ``extends`` in the file of that path.

    Returns
    -------
    list of (Path, dict)
        From the eldest file to `path` itself, each with its table without the key ``extends``.

    Raises
    ------
    InputError
        If a file cannot be read, or they extend one another in a circle.
    """
    layers: list[tuple[Path, Table]] = []
    visited: list[Path] = []
    following: Path | None = path
    while following is not None:
        if following.resolve() in visited:
            raise InputError(f"{path}: extends: {following.name} extends itself, directly or through others")
        visited.append(following.resolve())
        table = read_toml(following)
        parent = table.pop("extends", None)
        if parent is not None and not isinstance(parent, str):
            raise InputError(f"{following}: extends: given {parent!r}; allowed: a name or a path, in quotes")
        layers.insert(0, (following, table))
        following = None if parent is None else parent_of(parent, following)
    return layers


def merged(parent: Table, child: Table, whole: Callable[[Key], bool], at: Key = ()) -> Table:
    """Lay one table over another: tables merge key by key, all else is replaced.

    A key for which `whole` holds is replaced even if both have a table there.
    """
    result = dict(parent)
    for name, value in child.items():
        key = (*at, name)
        before = parent.get(name)
        if isinstance(value, dict) and isinstance(before, dict) and not whole(key):
            result[name] = merged(before, value, whole, key)
        else:
            result[name] = value
    return result
