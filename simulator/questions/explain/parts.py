"""The parts in which two frameworks differ, and the frameworks that take some of them from the one."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from pydantic import ValidationError

from simulator.frameworks.changes import same
from simulator.inspectorate.framework import NAMED_CLAUSES, Framework
from simulator.inspectorate.framework_checks import inspections_asked_for, problems
from simulator.inspectorate.kind_of_inspection import KindOfInspection
from simulator.inspectorate.sources import Sourced
from simulator.inspectorate.titles import Title
from simulator.world.services import SERVICE_TYPES

_KINDS: Final = "kinds"
_SOURCE: Final = {"assumption": "a part of its values is that of another framework"}

Section = dict[str, Sourced]
Values = dict[str, Any]


class Part(NamedTuple):
    """A clause that one of two frameworks has otherwise, or does not have; or one of its figures."""

    section: str
    name: str
    figure: tuple[str, ...] = ()
    """Keys that lead to the figure within the clause; empty for the whole clause."""

    @property
    def key(self) -> str:
        """Its keys as in a file: ``rules.childrens-homes``."""
        return ".".join((self.section, self.name, *self.figure))


class Pair(NamedTuple):
    """Two frameworks, of which the one is to be explained by what it has otherwise than the other."""

    option: Framework
    baseline: Framework

    def clause(self, part: Part) -> Sourced:
        """Return the clause of a part: that of the option, or of the baseline if only that one has it."""
        mine, theirs = (getattr(framework, part.section) for framework in self)
        clause: Sourced = mine[part.name] if part.name in mine else theirs[part.name]
        return clause


def parts_of(pair: Pair, figures: bool = False) -> list[Part]:
    """Return the parts in which two frameworks differ, by section, in the order of the option's file.

    Kinds of inspection that only one has are none: a framework has those that its clauses ask for.

    Parameters
    ----------
    pair
        The frameworks.
    figures
        Whether each figure of a clause that both have, in the same form, is a part of its own.
    """
    return [part for section in (_KINDS, *NAMED_CLAUSES) for part in _in_section(pair, section, figures)]


def _in_section(pair: Pair, section: str, figures: bool) -> Iterator[Part]:
    mine, theirs = (getattr(framework, section) for framework in pair)
    for name in dict.fromkeys((*mine, *theirs)):
        in_both = name in mine and name in theirs
        if (in_both and same(theirs[name], mine[name])) or (section == _KINDS and not in_both):
            continue
        if figures and in_both and type(mine[name]) is type(theirs[name]):
            keys = _changed(_values(theirs[name]), _values(mine[name]))
            yield from (Part(section, name, key) for key in keys)
        else:
            yield Part(section, name)


def _values(clause: Sourced) -> Values:
    return clause.model_dump(by_alias=True, exclude_none=True, exclude={"source"})


def _changed(before: Values, after: Values) -> Iterator[tuple[str, ...]]:
    """Return the keys whose values differ; those within a table where both have the same keys there."""
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key), after.get(key)
        if isinstance(old, Mapping) and isinstance(new, Mapping) and old.keys() == new.keys():
            yield from ((key, *inner) for inner in _changed(dict(old), dict(new)))
        elif old != new:
            yield (key,)


def mixed(pair: Pair, parts: Iterable[Part], name: str) -> Framework | None:
    """Return the baseline with some parts from the option; None if that is no framework.

    Parameters
    ----------
    pair
        The frameworks.
    parts
        Those taken from the option.
    name
        What it is called.
    """
    taken = set(parts)
    try:
        sections = {section: _mixed_section(pair, section, taken) for section in NAMED_CLAUSES}
        kinds = _mixed_section(pair, _KINDS, taken)
    except ValidationError:
        return None
    said = {"name": name, "title": Title(name), "packages": ()}
    bare = pair.baseline.model_copy(update={**sections, _KINDS: {**pair.option.kinds, **kinds}, **said})
    if problems(bare) or any(not bare.covers(name) and all(one.covers(name) for one in pair) for name in SERVICE_TYPES):
        return None
    asked_for = {kind for _, kind, _ in inspections_asked_for(bare)}
    needed = {kind: told for kind, told in bare.kinds.items() if kind in kinds or kind in asked_for}
    return bare.model_copy(update={_KINDS: needed})


def _mixed_section(pair: Pair, section: str, taken: Collection[Part]) -> Section:
    """Return the clauses of a section, in the order of the baseline's file, then of the option's."""
    mine, theirs = (getattr(framework, section) for framework in pair)
    clauses = dict(theirs)
    for part in taken:
        if part.section != section or part.figure:
            continue
        if part.name in mine:
            clauses[part.name] = mine[part.name]
        else:
            del clauses[part.name]
    for name in {part.name for part in taken if part.section == section and part.figure}:
        keys = [part.figure for part in taken if (part.section, part.name) == (section, name) and part.figure]
        clauses[name] = _mixed_clause(theirs[name], mine[name], keys)
    return {name: clauses[name] for name in dict.fromkeys((*theirs, *mine)) if name in clauses}


def _mixed_clause(theirs: Sourced, mine: Sourced, keys: Sequence[tuple[str, ...]]) -> Sourced:
    """Return a clause with some figures from another of the same form.

    Raises
    ------
    ValidationError
        If such a clause cannot be.
    """
    values, others = _values(theirs), _values(mine)
    for *path, last in keys:
        into, out_of = values, others
        for key in path:
            into[key] = dict(into[key])
            into, out_of = into[key], out_of[key]
        if last in out_of:
            into[last] = out_of[last]
        else:
            into.pop(last, None)
    return type(mine).model_validate({**values, "source": _SOURCE})


def content_of(framework: Framework) -> str:
    """Return what a framework prescribes, without names and sources; equal texts run equally."""
    told = framework.model_copy(
        update={
            section: {name: _without_source(clause) for name, clause in getattr(framework, section).items()}
            for section in (_KINDS, *NAMED_CLAUSES)
        }
    )
    return told.model_dump_json(by_alias=True, exclude={"title", "plural", "summary", "packages", "grade_names"})


def _without_source(clause: Sourced | KindOfInspection) -> Sourced:
    bare: Sourced = clause.model_copy(update={"source": None})
    return bare
