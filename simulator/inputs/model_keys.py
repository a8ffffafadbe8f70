"""Where in a pydantic model a value belongs: its keys as a file writes them, and what is allowed there.

pydantic says where it found a problem as a path through the model. This follows the path, so that a message
can name the keys, the choices and the range allowed at that very place.
"""

from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel, Tag
from pydantic.fields import FieldInfo

from simulator.inputs.parameter import Parameter


class Place(NamedTuple):
    """A place in a file, and what the model expects there (None where the model does not say)."""

    keys: list[str]
    """Keys from the top of the file; an entry of a list is counted from 1."""
    hint: Any
    """Annotated type of the value."""
    table: Any
    """Annotated type of the table or list that the value stands in."""


def place(location: tuple[int | str, ...], model: type[BaseModel] | None) -> Place:
    """Follow a pydantic `location` through `model`."""
    keys: list[str] = []
    hint: Any = model
    table: Any = None
    for part in location:
        member = _member(hint, part)
        if member is not None:  # which form of a table it is: no key of the file
            hint = member
        elif part != "[key]":  # the name of a table itself is wrong
            keys.append(f"entry {part + 1}" if isinstance(part, int) else part)
            table, hint = hint, _inner(hint, part)
    return Place(keys, hint, table)


def keys_of(hint: Any) -> list[str]:
    """Return the keys that a table of type `hint` may have."""
    bare = _bare(hint)
    if not (isinstance(bare, type) and issubclass(bare, BaseModel)):
        return []
    return [field.alias or name for name, field in bare.model_fields.items() if not field.exclude]


def choices_of(hint: Any) -> list[str]:
    """Return the words that a value of type `hint` may be, or that tell the forms of a table apart."""
    bare = _bare(hint)
    if get_origin(bare) is Literal:
        return [str(choice) for choice in get_args(bare)]
    return [tag for member in _members(bare) for tag in _tags(member)]


def bounds_of(hint: Any) -> dict[str, Any]:
    """Return the bounds of a number of type `hint`, by ``ge``, ``gt``, ``le`` and ``lt``."""
    return {
        bound: getattr(note, bound)
        for bound in ("ge", "gt", "le", "lt")
        for note in _notes(hint)
        if getattr(note, bound, None) is not None
    }


def meaning_of(hint: Any) -> str:
    """Return what the model's docstring says of a key of type `hint`, empty if nothing."""
    said = [note.description for note in _notes(hint) if isinstance(note, FieldInfo) and note.description]
    return " ".join(said[-1].split()).rstrip(".") if said else ""


def parameter_of(hint: Any) -> Parameter:
    """Return what is declared of a number of type `hint`: of several titles and units, the last."""
    notes = [note for note in _notes(hint) if isinstance(note, Parameter)]
    title, unit = ([getattr(note, name) for note in notes if getattr(note, name)] for name in ("title", "unit"))
    return Parameter(title[-1] if title else "", unit[-1] if unit else "")


def _inner(hint: Any, part: int | str) -> Any:
    bare = _bare(hint)
    if isinstance(bare, type) and issubclass(bare, BaseModel):
        for name, field in bare.model_fields.items():
            if part == (field.alias or name):
                return Annotated[field.annotation, field]
        return None
    arguments = get_args(bare)
    if get_origin(bare) is dict:
        return arguments[1]
    return arguments[0] if get_origin(bare) in (list, tuple) else None


def _member(hint: Any, part: int | str) -> Any:
    return next((member for member in _members(hint) if part in _tags(member)), None)


def _members(hint: Any) -> list[Any]:
    bare = _bare(hint)
    return list(get_args(bare)) if get_origin(bare) in (Union, UnionType) else []


def _tags(member: Any) -> list[str]:
    """Return the word that distinguishes one form from the others: its tag, or a table's key with a single choice."""
    if get_origin(member) is Annotated and (tags := [note.tag for note in _notes(member) if isinstance(note, Tag)]):
        return tags
    if not (isinstance(member, type) and issubclass(member, BaseModel)):
        return []
    choices = [get_args(field.annotation) for field in member.model_fields.values() if _is_literal(field)]
    return [str(words[0]) for words in choices if len(words) == 1]


def _is_literal(field: FieldInfo) -> bool:
    return get_origin(field.annotation) is Literal


def _bare(hint: Any) -> Any:
    """Take annotations off a type, and the None off one that may be left out."""
    if get_origin(hint) is Annotated:
        return _bare(get_args(hint)[0])
    if get_origin(hint) in (Union, UnionType):
        present = [member for member in get_args(hint) if member is not type(None)]
        return _bare(present[0]) if len(present) == 1 else hint
    return hint


def _notes(hint: Any) -> Iterator[Any]:
    """Return all annotations of a type, those of pydantic fields unpacked."""
    if get_origin(hint) in (Union, UnionType):
        for member in get_args(hint):
            yield from _notes(member)
    elif get_origin(hint) is Annotated:
        inner, *notes = get_args(hint)
        yield from _notes(inner)
        for note in notes:
            yield note
            if isinstance(note, FieldInfo):
                yield from note.metadata
