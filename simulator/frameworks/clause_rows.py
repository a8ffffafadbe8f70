"""One clause of a framework at a time: what it says in words, and what its keys mean and allow.

Words come from `simulator.frameworks.clause_words`, meanings and bounds from the models.
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Final, NamedTuple, TypeGuard, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from simulator.frameworks.clause_words import words
from simulator.frameworks.phrases import RATINGS_SHOWN, who
from simulator.inputs.messages import shown
from simulator.inputs.model_keys import bounds_of, choices_of, meaning_of, parameter_of
from simulator.inspectorate.clause_values import GROUPS
from simulator.inspectorate.framework import Framework
from simulator.inspectorate.named_clauses import concerned
from simulator.inspectorate.sources import Sourced, documents
from simulator.world.services import SERVICE_TITLES

_BOUNDS: Final = {"gt": "more than {}", "ge": "{} or more", "lt": "less than {}", "le": "at most {}"}
_IN_WORDS: Final[dict[Any, str]] = {bool: "true or false", date: "a date such as 2006-04-01"}
_NO_DOCUMENT: Final = "an assumption"


class Told(NamedTuple):
    """A clause in words."""

    who: str
    what: str
    how_often: str

    def sentence(self) -> str:
        """Report it in one line."""
        return f"{self.who}: {', '.join(part for part in (self.what, self.how_often) if part)}"


def told(clause: Sourced, framework: Framework) -> Told:
    """Describe one clause of a framework."""
    said = words(clause, framework)
    return Told(who(concerned(clause)), said.what, said.how_often)


def values_of(clause: BaseModel) -> dict[str, Any]:
    """Return what a clause says, by the keys that a file gives it with, but for its source."""
    return clause.model_dump(by_alias=True, exclude_none=True, exclude={"source"})


def said(value: Any) -> str:
    """Write a value for people."""
    if isinstance(value, Mapping):
        return ", ".join(f"{_plainly(name)} {said(inner)}" for name, inner in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(said(inner) for inner in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, (int, float)) else _plainly(value)


def _plainly(name: object) -> str:
    return SERVICE_TITLES.get(str(name), str(name)).replace("_", " ")


def rests_on(clause: Sourced) -> str:
    """Report which places in documents a clause cites, or that it is an assumption."""
    places = [f"{documents()[place.document].short}, {place.paragraph}" for place in clause.source.citations()]
    return "; ".join(places) or _NO_DOCUMENT


class Key(NamedTuple):
    """A key of a clause, as its author needs to know it."""

    name: str
    meaning: str
    allowed: str
    """Values that it may have, in words."""
    unit: str
    """Unit of its numbers, empty if it has none."""
    otherwise: str
    """What holds if it is left out, empty if it must be given or nothing then holds."""


def keys(model: type[BaseModel]) -> list[Key]:
    """Return the keys that a clause may have, in order, but for its source."""
    fields = ((field.alias or name, field) for name, field in model.model_fields.items() if name != "source")
    return [
        Key(
            name,
            _meaning(field),
            _allowed(field),
            parameter_of(Annotated[field.annotation, field]).unit,
            _default(field),
        )
        for name, field in fields
    ]


def _meaning(field: FieldInfo) -> str:
    """Report what a key means, and of a table what its own keys mean where that is said."""
    inner = next((member for member in get_args(field.annotation) if _is_table(member)), None)
    fields = {} if inner is None or set(RATINGS_SHOWN) <= set(inner.model_fields) else inner.model_fields
    within = {name: meaning_of(Annotated[key.annotation, key]) for name, key in fields.items()}
    told = ", ".join(f"{name} ({meaning[:1].lower()}{meaning[1:]})" for name, meaning in within.items() if meaning)
    return meaning_of(Annotated[field.annotation, field]) + (f": {told}" if told else "")


def _default(field: FieldInfo) -> str:
    """Show what holds if a key is left out, nothing if it must be given or if then nothing is there."""
    default = None if field.is_required() else field.get_default(call_default_factory=True, validated_data={})
    if default is None or default in ((), {}):
        return ""
    return _either(list(default)) if isinstance(default, tuple) else shown(default)


def _allowed(field: FieldInfo) -> str:
    """Report which values a key may have, for a table or a list those of what is in it."""
    hint: Any = Annotated[field.annotation, field]
    inner = next((member for member in get_args(field.annotation) if _is_table(member)), field.annotation)
    if _is_table(inner):
        return " or ".join(dict.fromkeys(filter(None, map(_allowed, inner.model_fields.values()))))
    if get_origin(inner) is tuple:
        listed = choices_of(get_args(inner)[0])
        return f"a list of {_either(listed)}" if listed else ""
    if inner in _IN_WORDS:
        return _IN_WORDS[inner]
    choices, bounds = choices_of(hint), bounds_of(hint)
    if choices:
        return _either(choices)
    if set(bounds) == {"ge", "le"}:
        return f"{shown(bounds['ge'])} to {shown(bounds['le'])}"
    return " and ".join(words.format(shown(bounds[name])) for name, words in _BOUNDS.items() if name in bounds)


def _is_table(hint: Any) -> TypeGuard[type[BaseModel]]:
    return isinstance(hint, type) and issubclass(hint, BaseModel)


def _either(choices: list[str]) -> str:
    return " or ".join(f'"{choice}"' for choice in choices)


def in_groups(types: tuple[str, ...]) -> tuple[str, ...]:
    """Return service types as a file would write them: by the name of a group where they are just that."""
    return next(((group,) for group, members in GROUPS.items() if set(members) == set(types)), types)
