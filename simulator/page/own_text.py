"""A framework of the visitor's own, as the text of its file: read so that it names no file of this machine."""

from functools import lru_cache
from typing import Final

from simulator.inputs.messages import InputError
from simulator.inputs.toml_files import parsed_toml
from simulator.inspectorate.framework import Framework, framework_in
from simulator.page.own_bounds import out_of_bounds, unfit

NAME: Final = "own-option"
"""Of the first one in a comparison, whatever its file is called."""
MOST: Final = 64 * 1024
"""Characters of its text."""
_MOST_LINES: Final = 5
"""Problems that a message names."""
_WRITTEN: Final = "own-framework"


def name_of(position: int) -> str:
    """Name an own framework in a comparison by its position among several, from 0."""
    return NAME if position == 0 else f"{NAME}-{position + 1}"


def written(position: int) -> str:
    """Name the file with the text as it was sent, among what comes out of a run."""
    return f"{_WRITTEN}.toml" if position == 0 else f"{_WRITTEN}-{position + 1}.toml"


@lru_cache(maxsize=64)
def own_framework(text: str, name: str = NAME) -> Framework:
    """Read the framework.

    Parameters
    ----------
    text
        Of a framework file. What it extends must be a framework or a package that comes with the program.
    name
        In a comparison.

    Raises
    ------
    InputError
        If it is too long, no TOML or no framework, or nothing that can be shown and simulated here: in words, with
        the line or the key.
    """
    if len(text) > MOST:
        raise InputError(f"it has {len(text):,} characters; allowed: at most {MOST:,}")
    content = text.encode("utf-8", "replace")
    file = f"{NAME}.toml"
    try:
        for said in out_of_bounds(parsed_toml(content, file)):
            raise InputError(said)
        framework = framework_in(content, name)
    except InputError as error:
        lines = str(error).replace(f"{file}: ", "").splitlines()
        more = [f"and {len(lines) - _MOST_LINES} more"] if len(lines) > _MOST_LINES else []
        raise InputError("; ".join(lines[:_MOST_LINES] + more)) from None
    except (ValueError, RecursionError, OverflowError, TypeError, AttributeError) as error:
        raise InputError(f"it cannot be read ({type(error).__name__})") from None
    for said in unfit(framework):
        raise InputError(said)
    return framework


def unix_lines(text: str) -> str:
    """End lines as files here do: browsers send other ends of lines than they were given."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
