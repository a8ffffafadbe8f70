"""What a reader is told when a file or an option cannot be used.

One message says which file, which key, what was given, what is allowed and, where a name was misspelt,
which name comes nearest. The command prints it and ends with exit code 2.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any, Final, NamedTuple

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from simulator.inputs.model_keys import Place, bounds_of, choices_of, keys_of, meaning_of, place

_LONGEST_SHOWN: Final = 60
"""Characters of a given value that a message repeats."""
_LONGEST_MISSPELT: Final = 200
"""Characters of a name for which a nearest one is looked for: it takes longer with the square of its length."""
_MOST_PROBLEMS: Final = 50
"""Problems of one file that a message names."""
_PROBLEMS_SHOWN: Final = 10
"""Of the lines of a table."""
PROBLEMS_LOOKED_FOR: Final = 1000
"""Problems in the lines of a table after which no more are looked for."""
_NO_SIGNS: Final = "\ufffe\uffff"
"""Characters that no XML may hold, and so neither a workbook nor a drawing."""


@dataclass(frozen=True)
class Named:
    """An option in a message: its name, which the command line, Python and the page each write in their own way."""

    option: str


class InputError(ValueError):
    """Something given to the program cannot be used; the text says what, where and what is allowed.

    Parameters
    ----------
    *said : str or Named
        The message in parts, so that the names of options stand apart. As text, they are as on the command line.
    """

    def __init__(self, *said: str | Named) -> None:
        super().__init__(*said)

    def __str__(self) -> str:
        return self.told(lambda option: f"--{option}")

    def told(self, write: Callable[[str], str]) -> str:
        """Return the message, with the name of each option as `write` writes it."""
        return "".join(write(part.option) if isinstance(part, Named) else part for part in self.args)


def nearest(given: str, allowed: Iterable[str]) -> str:
    """Return ``; did you mean "x"?`` for the allowed name nearest to `given`, or nothing if none is near."""
    if len(given) > _LONGEST_MISSPELT:
        return ""
    names = {_plain(name): name for name in allowed}
    found = get_close_matches(_plain(given), list(names), n=1, cutoff=0.6)
    return f'; did you mean "{names[found[0]]}"?' if found else ""


def not_one_of(given: str, what: str, allowed: Sequence[str]) -> str:
    """State that there is no `what` called `given`, which name comes nearest, and which names are allowed."""
    hint = nearest(given, allowed) or ";"
    return f'there is no {what} "{shortened(given)}"{hint} allowed: {", ".join(allowed) or "none"}'


@dataclass(frozen=True)
class OneOf:
    """A pydantic validator of a name that must be in `allowed`; `what` says what it is the name of."""

    what: str
    allowed: tuple[str, ...]

    def __call__(self, given: str) -> str:
        """Return the name, or refuse it."""
        if given not in self.allowed:
            message = not_one_of(given, self.what, self.allowed)
            raise PydanticCustomError("not_one_of", "{message}", {"message": message})
        return given


def one_of(what: str, allowed: Sequence[str]) -> OneOf:
    """Make a pydantic validator of a name that must be in `allowed`; `what` says what it is the name of."""
    return OneOf(what, tuple(allowed))


def from_validation(error: ValidationError, file: str, model: type[BaseModel] | None = None) -> InputError:
    """Turn what pydantic found into one message, a line for each problem.

    Parameters
    ----------
    error
        As raised by pydantic.
    file
        The file the values came from, as its reader named it.
    model
        The model that was being filled; with it the message can name the keys and the range allowed.

    Returns
    -------
    InputError
        Lines of the form ``file: dotted.key: what is wrong; what is allowed``.
    """
    lines = []
    details = error.errors(include_url=False)
    wrong = [detail["loc"] for detail in details]
    for detail in details[:_MOST_PROBLEMS]:
        if detail["type"] in _LENGTHS and any(_within(location, detail["loc"]) for location in wrong):
            continue  # an entry that is itself wrong was not counted
        where = place(detail["loc"], model)
        said = _said(_Problem(detail["type"], detail["input"], detail.get("ctx", {}), where), detail)
        prefix = f"{file}: {'.'.join(where.keys)}: " if where.keys else f"{file}: "
        lines += [prefix + line for line in said.splitlines()]
    if len(details) > _MOST_PROBLEMS:
        lines.append(f"{file}: and {len(details) - _MOST_PROBLEMS:,} more problems")
    return InputError("\n".join(dict.fromkeys(lines)))


def _within(location: tuple[int | str, ...], outer: tuple[int | str, ...]) -> bool:
    return len(location) > len(outer) and location[: len(outer)] == outer


class _Problem(NamedTuple):
    name: str
    given: Any
    context: Mapping[str, Any]
    where: Place


def _said(problem: _Problem, detail: ErrorDetails) -> str:
    if problem.name in _SENTENCES:
        return _SENTENCES[problem.name](problem)
    for start, wanted in _WANTED.items():
        if problem.name.startswith(start):
            keys = keys_of(problem.where.hint) if wanted == _TABLE else []
            return f"given {shown(problem.given)}; must be {wanted}{f' with the keys {_joined(keys)}' if keys else ''}"
    return f"given {shown(problem.given)}: {detail['msg'][:1].lower()}{detail['msg'][1:]}"


def _unknown_key(problem: _Problem) -> str:
    allowed = keys_of(problem.where.table)
    hint = nearest(problem.where.keys[-1], allowed) or ";"
    return f"unknown key{hint} allowed here: {', '.join(allowed)}" if allowed else "unknown key"


def _missing(problem: _Problem) -> str:
    meaning = meaning_of(problem.where.hint)
    return f"missing: {meaning[:1].lower()}{meaning[1:]}" if meaning else "missing"


def _missing_form(problem: _Problem) -> str:
    return f"{_discriminator(problem)} is missing; allowed: {_listed(choices_of(problem.where.hint))}"


def _wrong_form(problem: _Problem) -> str:
    return f"{_discriminator(problem)}: {_wrong_choice(problem.context['tag'], choices_of(problem.where.hint))}"


def _discriminator(problem: _Problem) -> str:
    return str(problem.context["discriminator"]).strip("'")


def _no_choice(problem: _Problem) -> str:
    choices = choices_of(problem.where.hint)
    return _wrong_choice(problem.given, choices or re.findall(r"'([^']*)'", str(problem.context["expected"])))


def _wrong_choice(given: Any, allowed: Sequence[str]) -> str:
    hint = nearest(given, allowed) if isinstance(given, str) else ""
    return f"given {shown(given)}{hint or ';'} allowed: {_listed(allowed)}"


def _out_of_range(problem: _Problem) -> str:
    bounds = bounds_of(problem.where.hint) or problem.context
    words = {"gt": "more than {}", "ge": "{} or more", "lt": "less than {}", "le": "at most {}"}
    allowed = [said.format(shown(bounds[name])) for name, said in words.items() if name in bounds]
    return f"given {shown(problem.given)}; allowed: {' and '.join(allowed)}"


def _wrong_length(problem: _Problem) -> str:
    bounds = {"min_length": "at least", "max_length": "at most"}
    allowed = [f"{said} {problem.context[name]}" for name, said in bounds.items() if name in problem.context]
    number = problem.context["actual_length"]
    return f"given {number} {'entry' if number == 1 else 'entries'}; allowed: {' and '.join(allowed)}"


_LENGTHS: Final = ("too_short", "too_long")
_TABLE: Final = "a table"

_SENTENCES: Final[dict[str, Callable[[_Problem], str]]] = {
    "extra_forbidden": _unknown_key,
    "missing": _missing,
    "union_tag_not_found": _missing_form,
    "union_tag_invalid": _wrong_form,
    "literal_error": _no_choice,
    "greater_than": _out_of_range,
    "greater_than_equal": _out_of_range,
    "less_than": _out_of_range,
    "less_than_equal": _out_of_range,
    "too_short": _wrong_length,
    "too_long": _wrong_length,
    "string_too_short": lambda _: "given an empty text; it must not be empty",
    "not_one_of": lambda problem: str(problem.context["message"]),
    "value_error": lambda problem: str(problem.context["error"]),
}
"""How each problem is said, by the name that pydantic gives to it."""

_WANTED: Final = {
    "int": "a whole number",
    "float": "a number",
    "finite_number": "a finite number",
    "bool": "true or false",
    "string": "text in quotation marks",
    "date": "a date such as 2006-04-01, without quotation marks",
    "dict": _TABLE,
    "model": _TABLE,
    "list": "a list in square brackets",
    "tuple": "a list in square brackets",
}
"""What should have been given, by how pydantic's names of wrong types begin."""


def shown(given: Any) -> str:
    """Show a value as a file of settings would have it, shortened if long."""
    match given:
        case bool():
            text = "true" if given else "false"
        case str():
            text = f'"{given}"'
        case float() if given.is_integer():
            text = str(int(given))
        case date():
            text = given.isoformat()
        case dict():
            text = "a table"
        case _:
            text = str(given)
    return shortened(text)


def several_told(problems: Sequence[str], file: object) -> str:
    """Put the first of several problems of a file, and how many more there are, into one message."""
    more = len(problems) - _PROBLEMS_SHOWN
    least = "at least " if len(problems) > PROBLEMS_LOOKED_FOR else ""
    others = [f"{file}: and {least}{more:,} more like these"] if more > 0 else []
    return "\n".join([*problems[:_PROBLEMS_SHOWN], *others])


def printable(given: str) -> str:
    """Show what was given in quotation marks, so that any sign in it can be printed, shortened if long."""
    short = shortened(given)
    return f'"{short}"' if short.isprintable() else ascii(short)


def unfit_sign(text: str) -> str:
    """Return the first character that no page, spreadsheet or drawing can show; nothing if all can be shown."""
    return next((sign for sign in text if unicodedata.category(sign) in ("Cc", "Cs") or sign in _NO_SIGNS), "")


def shortened(text: str) -> str:
    """Cut a text that a message repeats, if it is long."""
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 3] + "..."


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f'"{word}"' for word in words)


def _joined(words: Sequence[str]) -> str:
    return ", ".join(words)


def _plain(name: str) -> str:
    return name.lower().replace("-", "_").replace(" ", "_")
