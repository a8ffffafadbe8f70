"""A framework that a visitor brings: read from the text of a file, held to bounds, and carried in what a run is asked.

Nothing of it reaches the file system by a name of its own: it is parsed from its text, may extend a shipped framework
by its name alone, and lies in the folder of a run under a name that is checked here.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from simulator.inputs import parsed_toml
from simulator.inspectorate.framework import Framework, framework_in
from simulator.inspectorate.rules import MOST_VISITS
from simulator.messages import InputError
from simulator.present.by_rating import rate
from simulator.present.clause_words import RATINGS_SHOWN
from simulator.present.own_framework import check_name
from simulator.present.web.fields import Problems, Typed, first
from simulator.present.web.run_store import Inputs

if TYPE_CHECKING:
    from simulator.store import RunFolder

NAME: Final = "own_name"
FILE: Final = "own_file"
"""Hidden fields in which forms carry an option."""
KEY: Final = "own"
"""Of the inputs of a run."""
MOST_BYTES: Final = 128 * 1024
LONGEST_NAME: Final = 40
LONGEST_TITLE: Final = 60
LONGEST_SUMMARY: Final = 300
LONGEST_TEXT: Final = 4000
DEEPEST: Final = 8
"""Tables within tables; no framework needs more than four."""
MOST_LINES: Final = 12
"""Of what is wrong with a file, told at once."""
YEARS: Final = (1990, 2200)
"""Of dates in a file."""
_STRING: Final = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'')
_LONG_KEY: Final = re.compile(r"(?:\.[^.,=\[\]{}\n]*){13}")
"""A key of so many parts: frameworks have a few, and the parser takes a minute for thousands."""
WRITTEN: Final = "own-framework.toml"
"""The file among what comes out of a run."""


class Own(NamedTuple):
    """An option, checked."""

    name: str
    file: str
    """Text of its TOML file."""
    framework: Framework


@lru_cache(maxsize=32)
def own_of(name: str, file: str) -> Own:
    """Read an option.

    Raises
    ------
    InputError
        If it cannot be used; a line for each thing that is wrong.
    """
    name_checked(name)
    content = file.encode(errors="replace")
    if len(content) > MOST_BYTES:
        raise InputError(f"The file has more than {MOST_BYTES // 1024} KB")
    called = f"{name}.toml"
    if _LONG_KEY.search(_STRING.sub("", file)):
        raise InputError(f"{called}: has a key of too many parts; allowed: a few, with dots between")
    for said in _out_of_bounds(parsed_toml(content, called)):
        raise InputError(f"{called}: {said}")
    try:
        framework = framework_in(content, name)
    except InputError as error:
        lines = str(error).splitlines()
        more = [f"and {len(lines) - MOST_LINES} more"] if len(lines) > MOST_LINES else []
        raise InputError("\n".join([*lines[:MOST_LINES], *more])) from error
    except (RecursionError, OverflowError, TypeError, AttributeError, ValueError) as error:
        raise InputError(f"{called}: this is no framework file that can be read") from error
    for said in _unfit(framework):
        raise InputError(f"{called}: {said}")
    return Own(name, file, framework)


def name_checked(name: str) -> str:
    """Refuse a name that cannot be that of an option's file.

    Raises
    ------
    InputError
        Saying what is allowed.
    """
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", name) or len(name) > LONGEST_NAME:
        raise InputError(
            f"The name of the file must be at most {LONGEST_NAME} small letters, digits and hyphens, such as my-option"
        )
    try:
        return check_name(name)
    except InputError:
        raise InputError(
            f"\u201c{name}\u201d is taken by a framework of the page, or by a system. Choose another name"
        ) from None


def title_problem(title: str) -> str:
    """Say what is wrong with a title that tables, charts and files are to show; nothing if all is well."""
    if not title.strip():
        return "Enter a title, such as Homes every four months"
    if len(title) > LONGEST_TITLE:
        return f"The title must have at most {LONGEST_TITLE} characters"
    if not title.isprintable() or not title[0].isalnum():
        return "The title must begin with a letter or a digit and stand in one line"
    return ""


def _out_of_bounds(value: Any, depth: int = 0) -> Iterator[str]:
    """Say where a file goes beyond what any framework needs."""
    if depth > DEEPEST:
        yield f"has tables within tables beyond {DEEPEST} levels"
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            if not key.isprintable() or len(key) > LONGEST_SUMMARY:
                yield "has a key that is too long or cannot be printed"
            yield from _out_of_bounds(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _out_of_bounds(inner, depth + 1)
    elif isinstance(value, str) and (len(value) > LONGEST_TEXT or not value.replace("\n", " ").isprintable()):
        yield f"has a text longer than {LONGEST_TEXT} characters, or one that cannot be printed"
    elif isinstance(value, float) and not abs(value) < float("inf"):
        yield "has a number that is not finite"
    elif isinstance(value, date) and not YEARS[0] <= value.year <= YEARS[1]:
        yield f"has a date outside of the years {YEARS[0]} to {YEARS[1]}"


def _unfit(framework: Framework) -> Iterator[str]:
    """Say what of a framework cannot be shown or simulated here."""
    from simulator.present.web.compare_asked import scenario

    titles = [
        framework.title,
        *framework.grade_names.model_dump().values(),
        *(kind.title for kind in framework.kinds.values()),
        *(written.title for written in framework.self_assessments.values()),
    ]
    for title in titles:
        if said := title_problem(title):
            yield f"the title \u201c{title[:LONGEST_TITLE]}\u201d cannot be used. {said}"
    if len(framework.summary) > LONGEST_SUMMARY or not framework.summary.isprintable():
        yield f"summary: allowed: one line of at most {LONGEST_SUMMARY} characters"
    unknown = sorted(framework.pools - set(scenario().capacity.pools))
    if unknown:
        pools = ", ".join(scenario().capacity.pools)
        yield f"there is no pool of inspectors called {unknown[0][:LONGEST_TITLE]}; allowed: {pools}"
    for name, rule in framework.rules.items():
        if any(rate(rule, rating) > MOST_VISITS for rating in RATINGS_SHOWN):
            yield f"rules.{name[:LONGEST_TITLE]}: asks for more than {MOST_VISITS} inspections a year"


def carried(typed: Typed, problems: Problems) -> Own | None:
    """Give the option that a form carries, None if it carries none."""
    name, file = first(typed, NAME), first(typed, FILE)
    if not name and not file:
        return None
    try:
        return own_of(name, unix_lines(file))
    except InputError as error:
        problems["frameworks"] = f"Your own option cannot be read. {str(error).splitlines()[0]}"
        return None


def unix_lines(text: str) -> str:
    """End lines as files here do: browsers send other ends of lines than they were given."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def fields(own: Own) -> dict[str, list[str]]:
    """Give the fields in which a form carries an option."""
    return {NAME: [own.name], FILE: [own.file]}


def inputs_of(own: Own | None) -> Inputs:
    """Give what a run is to know of an option: nothing if there is none."""
    return {} if own is None else {KEY: {"name": own.name, "file": own.file}}


def own_in(inputs: Inputs) -> Own | None:
    """Give the option of a run, None if it has none."""
    given = inputs.get(KEY)
    return own_of(given["name"], given["file"]) if given else None


def fields_of(inputs: Inputs) -> dict[str, list[str]]:
    """Give the fields that carry the option of a run; none if it has none."""
    given = inputs.get(KEY)
    return {NAME: [given["name"]], FILE: [given["file"]]} if given else {}


def without_file(inputs: Inputs) -> Inputs:
    """Give the inputs of a run with the option by its name alone, for the manifest: its file lies beside."""
    return inputs | {KEY: inputs[KEY]["name"]} if KEY in inputs else inputs


def write_file(folder: "RunFolder", inputs: Inputs) -> None:
    """Put the file of a run's option, as it was given, among what comes out."""
    if KEY in inputs:
        folder.write_text(WRITTEN, inputs[KEY]["file"])
