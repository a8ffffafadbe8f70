"""What a framework has otherwise than the one it extends, clause by clause, in words."""

from collections.abc import Iterator, Mapping
from typing import Any

from simulator.frameworks.clause_rows import said, told, values_of
from simulator.inspectorate.framework import NAMED_CLAUSES, Framework
from simulator.inspectorate.sources import Sourced
from simulator.words.wording import capital

_NOT_COMPARED = ("name", "title", "plural", "summary", "packages")


def changes(before: Framework, after: Framework) -> list[str]:
    """Report what differs, a line for each clause or value; titles, summaries and sources are not compared."""
    return [f"{line} ({key})" for line, key in changes_by_clause(before, after)]


def changes_by_clause(before: Framework, after: Framework) -> Iterator[tuple[str, str]]:
    """Report what differs as `changes` does: lines, each with the key of its clause or value."""
    for section in Framework.model_fields:
        if section in NAMED_CLAUSES:
            yield from clause_changes(section, before, after)
        elif section not in _NOT_COMPARED:
            yield from _of_tables(section, getattr(before, section), getattr(after, section))


def changed_clauses(before: Framework, after: Framework) -> list[tuple[str, str]]:
    """Name the clauses that both have and that say something else, by section and name."""
    return [
        (section, name)
        for section in NAMED_CLAUSES
        for name, clause in getattr(after, section).items()
        if (earlier := getattr(before, section).get(name)) is not None and not same(earlier, clause)
    ]


def same(one: Sourced, other: Sourced) -> bool:
    """Whether two clauses say the same, whoever says so and in whatever order they name service types."""
    return type(one) is type(other) and _in_order(values_of(one)) == _in_order(values_of(other))


def _in_order(values: dict[str, Any]) -> dict[str, Any]:
    return values | {"types": sorted(values.get("types", ()))}


def clause_changes(section: str, before: Framework, after: Framework) -> Iterator[tuple[str, str]]:
    """Report what differs in the clauses of a section: lines, each with the key of its clause."""
    earlier, later = getattr(before, section), getattr(after, section)
    for name in dict.fromkeys((*earlier, *later)):
        key = f"{section}.{name}"
        if name not in later:
            yield f"{capital(told(earlier[name], before).sentence())}: no longer", key
        elif name not in earlier:
            yield f"{capital(told(later[name], after).sentence())}: new", key
        elif not same(earlier[name], later[name]):
            yield from ((line, key) for line in _of_clause(earlier[name], later[name], before, after))


def _of_clause(earlier: Sourced, later: Sourced, before: Framework, after: Framework) -> Iterator[str]:
    """Report what differs in one clause: in words, and by its key whatever the words do not speak of."""
    was, now = told(earlier, before), told(later, after)
    if was.who != now.who:
        yield f"{capital(was.sentence())}: now for {now.who}"
    if was[1:] != now[1:]:
        both = was.what != now.what
        old, new = (", ".join(words[1:]) if both else words.how_often for words in (was, now))
        yield f"{capital(now.who)}: was {old}; now {new}"
    if type(earlier) is not type(later):
        return
    kinds_of_both = before.model_copy(update={"kinds": {**after.kinds, **before.kinds}})
    for field in type(later).model_fields:
        old, new = getattr(earlier, field), getattr(later, field)
        if field == "source" or old == new:
            continue
        if told(earlier.model_copy(update={field: new}), kinds_of_both) == was:
            yield f"{capital(now.who)}: {_label(field)}: was {_value(old)}; now {_value(new)}"


def _of_tables(section: str, before: Any, after: Any) -> Iterator[tuple[str, str]]:
    """Report what differs in sections whose tables merge: kinds of inspection, names of grades."""
    yield from _of_values([section], _plain(before), _plain(after))


def _of_values(keys: list[str], before: Any, after: Any) -> Iterator[tuple[str, str]]:
    if before == after:
        return
    if _is_one_change(before, after):
        before, after = (next(iter(values.values())) for values in (before, after))
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for name in dict.fromkeys((*before, *after)):
            yield from _of_values([*keys, name], before.get(name), after.get(name))
        return
    where = ": ".join(_label(key) for key in keys)
    change = f"was {_value(before)}; now {_value(after)}" if before is not None and after is not None else ""
    yield f"{capital(where)}: {change or ('new' if before is None else 'no longer')}", ".".join(keys)


def _is_one_change(before: Any, after: Any) -> bool:
    """Whether two tables have the same keys, and each of them one number for all: a single line says what changes."""
    if not (isinstance(before, Mapping) and isinstance(after, Mapping) and set(before) == set(after)):
        return False
    is_flat = all(isinstance(value, (int, float)) for value in (*before.values(), *after.values()))
    return is_flat and len(before) > 1 and len({*before.values()}) == len({*after.values()}) == 1


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in value.items()}
    return values_of(value) if hasattr(value, "model_dump") else value


def _label(key: str) -> str:
    return said(key).rstrip("_")


def _value(value: Any) -> str:
    if value is None:
        return "not set"
    return said(values_of(value) if hasattr(value, "model_dump") else value)
