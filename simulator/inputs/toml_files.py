"""Finding and reading input files: TOML, by shipped name or by path, each perhaps extending another."""

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from simulator.inputs.given_files import at, content_of
from simulator.inputs.messages import InputError, nearest, not_one_of, shortened, shown, unfit_sign

_MOST_BYTES: Final = 2**20
"""Of a TOML file; the largest that comes with the program has 30,000."""
_MOST_VALUES: Final = 20_000
"""Values, lists and tables in a file; the largest that comes with the program has 1,000."""
_DEEPEST: Final = 8
"""Tables and lists within one another; no file needs more than six."""
_LONGEST_KEY: Final = 300
_MOST_EXTENDED: Final = 50
"""Files that one extends directly."""
_LONGEST_TEXT: Final = 4000
_LAID_OUT: Final = dict.fromkeys(map(ord, "\n\r\t"))
"""Control characters that a text of several lines may have."""
_ASIDE: Final = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+(?:""")?|\'\'\'(?:[^\']|\'(?!\'\'))*+(?:\'\'\')?'
    r'|"(?:[^"\\\n]|\\[^\n])*+"?|\'[^\'\n]*+\'?|#[^\n]*+',
    re.DOTALL,
)
"""Texts and comments. One without an end is as long as it can be: no sign is looked at twice."""
_LONG_KEY: Final = re.compile(r"(?:\.[^.,=\[\]{}\n]*+){13}")
"""A key of so many parts: the parser takes a minute for thousands."""

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
    if at(path):
        return path
    if path.suffix == ".toml" or path.name != given:
        hint = nearest(path.stem, names) or ";"
        raise InputError(
            f"{shortened(given)}: there is no such file{hint} allowed: the path of a TOML file, or {', '.join(names)}"
        )
    raise InputError(f"{not_one_of(given, what, names)}, or the path of a TOML file")


def read_toml(path: Path) -> Table:
    """Read a TOML file.

    Raises
    ------
    InputError
        If it cannot be read, is not UTF-8 or not TOML: with line and column.
    """
    return parsed_toml(content_of(path, _MOST_BYTES), str(path))


def parsed_toml(content: bytes, called: str) -> Table:
    """Parse the content of a TOML file, which messages call by the name given.

    Raises
    ------
    InputError
        If it is not UTF-8 or not TOML: with line and column; or goes beyond what any file needs.
    """
    if len(content) > _MOST_BYTES:
        raise InputError(f"{called}: has {len(content):,} bytes; allowed: at most {_MOST_BYTES:,}")
    text = ""
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        long_key = _LONG_KEY.search(_ASIDE.sub("", text))
        table = {} if long_key else deepcopy(_loaded(text))
    except UnicodeDecodeError as error:
        raise InputError(f"{called}: not a text file in UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{called}: not valid TOML: {error}{_line_of(text, str(error))}") from error
    except (ValueError, RecursionError, OverflowError) as error:  # a number of thousands of digits, a list in a list …
        raise InputError(f"{called}: not valid TOML: it has numbers or lists that are too large") from error
    if long_key:
        raise InputError(f"{called}: has a key of too many parts; allowed: a few, with dots between")
    for number, said in enumerate(_out_of_bounds(table)):
        if said or number > _MOST_VALUES:
            raise InputError(f"{called}: {said or f'has more than {_MOST_VALUES:,} values'}")
    return table


def _out_of_bounds(value: Any, depth: int = 0, key: str = "") -> Iterator[str]:
    """Report of every value in a file what is beyond what any file needs, nothing if it is not."""
    if depth > _DEEPEST:
        yield f"has tables or lists within one another beyond {_DEEPEST} levels"
    elif isinstance(value, dict):
        yield ""
        for name, inner in value.items():
            if unfit_sign(name) or len(name) > _LONGEST_KEY:
                yield f"has a key that is longer than {_LONGEST_KEY} characters, or cannot be printed"
            yield from _out_of_bounds(inner, depth + 1, f"{key}.{name}" if key else name)
    elif isinstance(value, list):
        yield ""
        for inner in value:
            yield from _out_of_bounds(inner, depth + 1, key)
    elif isinstance(value, str) and len(value) > _LONGEST_TEXT:
        yield f"{key}: has {len(value):,} characters; allowed: at most {_LONGEST_TEXT:,}"
    elif isinstance(value, str) and (sign := unfit_sign(value.translate(_LAID_OUT))):
        yield f"{key}: has the character U+{ord(sign):04X}; allowed: letters, digits, signs and spaces"
    else:
        yield ""


@lru_cache(maxsize=64)
def _loaded(text: str) -> Table:
    """Parse a text once: shipped files are read again for every framework that extends them."""
    return tomllib.loads(text)


def _line_of(text: str, said: str) -> str:
    """Return the line of a file that a message of the parser is about, nothing if it names none of the file's."""
    found = re.search(r"at line (\d+)", said)
    lines = text.splitlines()
    if not found or not 0 < int(found[1]) <= len(lines):
        return ""
    return f", which reads: {shortened(lines[int(found[1]) - 1].strip())}"


def lineage(
    path: Path, parent_of: Callable[[str, Path], Path], several: bool = False, table: Table | None = None
) -> list[tuple[Path, Table]]:
    """Read a file and, before it, every file that it extends.

    Parameters
    ----------
    path
        The file to begin with.
    parent_of
        Finds the file for a value of ``extends`` in the file of that path.
    several
        Whether a file may extend several: ``extends`` is then a name or a list of names.
    table
        Content of the file to begin with, if it is not to be read.

    Returns
    -------
    list of (Path, dict)
        From the eldest file to `path` itself, each once and with its table without the key ``extends``. What a file
        extends comes before it, in the order of its list; a file that several of them extend comes where it is first
        met.

    Raises
    ------
    InputError
        If a file cannot be read, names one twice, or they extend one another in a circle.
    """
    layers: dict[Path, tuple[Path, Table]] = {}

    def lay(file: Path, content: Table, below: tuple[Path, ...]) -> None:
        below = (*below, file.resolve())
        parents = [parent_of(name, file) for name in _extended(content.pop("extends", None), file, several)]
        for parent in parents:
            if parent.resolve() in below:
                raise InputError(f"{path}: extends: {parent.name} extends itself, directly or through others")
            if [other.resolve() for other in parents].count(parent.resolve()) > 1:
                raise InputError(f"{file}: extends: given twice: {parent.stem}; allowed: each once")
            if parent.resolve() not in layers:
                lay(parent, read_toml(parent), below)
        layers[file.resolve()] = (file, content)

    lay(path, read_toml(path) if table is None else dict(table), ())
    return list(layers.values())


def _extended(given: Any, file: Path, several: bool) -> list[str]:
    """Return the names that a file extends, none if it stands by itself."""
    if given is None:
        return []
    names = given if several and isinstance(given, list) else [given]
    if not 0 < len(names) <= _MOST_EXTENDED or not all(isinstance(name, str) for name in names):
        allowed = "a name or a path, in quotes" + (f", or a list of them, {_MOST_EXTENDED} at most" if several else "")
        raise InputError(f"{file}: extends: given {shown(given)}; allowed: {allowed}")
    return names


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
