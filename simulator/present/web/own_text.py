"""A framework of the visitor's own, as the text of its file: read so that it names no file of this machine."""

import re
import tempfile
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from simulator.inspectorate.framework import Framework, load_framework, shipped_frameworks
from simulator.messages import InputError, not_one_of

NAME: Final = "own-option"
"""Whatever its file is called: one in a comparison."""
MOST: Final = 64 * 1024
"""Characters of its text."""
MOST_LINES: Final = 5
"""Problems that a message names."""
_STRING: Final = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'')
_DEEP: Final = re.compile(r"(?:\.[^.,=\[\]{}\n]*){13}")
"""A key of so many parts: frameworks have a few, and the parser takes a minute for thousands."""


@lru_cache(maxsize=32)
def own_framework(text: str) -> Framework:
    """Read the framework.

    Parameters
    ----------
    text
        Of a framework file. What it extends must be a framework that comes with the program.

    Raises
    ------
    InputError
        If it is too long, no TOML or no framework: in words, with the line or the key.
    """
    if len(text) > MOST:
        raise InputError(f"it has {len(text):,} characters; allowed: at most {MOST:,}")
    extended = _parsed(text).get("extends")
    if extended is not None and extended not in shipped_frameworks():
        raise InputError(f"extends: {not_one_of(str(extended), 'framework', shipped_frameworks())}")
    with tempfile.TemporaryDirectory(prefix="inspectsim-") as folder:
        file = Path(folder) / f"{NAME}.toml"
        try:
            file.write_text(text, encoding="utf-8", newline="\n")
            return load_framework(file)
        except InputError as error:
            lines = str(error).replace(f"{file}: ", "").replace(str(file), "the file").splitlines()
            more = [f"and {len(lines) - MOST_LINES} more"] if len(lines) > MOST_LINES else []
            raise InputError("; ".join(lines[:MOST_LINES] + more)) from None
        except (ValueError, RecursionError, OverflowError) as error:
            raise InputError(f"it cannot be read ({type(error).__name__})") from None


def _parsed(text: str) -> dict[str, Any]:
    if _DEEP.search(_STRING.sub("", text)):
        raise InputError("it has a key of too many parts; allowed: a few, with dots between")
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # the parser lets numbers too long and brackets too deep through
        said = (
            str(error) if isinstance(error, tomllib.TOMLDecodeError) else "a number or a bracket is out of all bounds"
        )
        raise InputError(f"it is no valid TOML: {said}") from None
