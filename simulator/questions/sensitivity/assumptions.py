"""Assumptions that can be varied, and the range of each: those of a scenario, and those of its frameworks.

An assumption of a scenario is an entry of its evidence that has a range or a factor
(`simulator.inputs.evidence.Evidence`). One of the frameworks is a number of some clauses that has a range there
(`vary`, `simulator.inspectorate.sources.Source`): the numbers of one name in one section, such as the noise of all
kinds of inspection, are one assumption and move together, under every framework and in the warm-up.

The log has the range of a number, and not which values are likelier. All values are equally likely; all orders of
magnitude, where a factor lies above 0, or the upper end of a range is ten times the lower one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.inputs.evidence import ANY, Evidence, Interval, covering, covers, numbers, parts
from simulator.inputs.messages import InputError, Named, nearest
from simulator.inspectorate.framework import Framework, clauses
from simulator.running.question import Question
from simulator.scenario.scenario import Scenario

Moved = Literal["value", "factor", "shares"]
"""A number that takes a value, numbers multiplied by a factor, or shares of grades of which that of poor is."""

_MAGNITUDE: Final = 10
"""Multiple of the lower end of a range from which on all orders of magnitude are equally likely."""
_CHOICE: Final = "C"
"""The mark of a choice of the experiment, which is no assumption on the world."""
_SHARES: Final = ("natural_shares", "start_shares", "entry_shares")
"""Tables of shares of grades in the section ``quality``, by service type."""
_POPULATION: Final = "population"

Positions = npt.NDArray[np.float64]
"""Where assumptions stand in their ranges, from 0 (the lower end) to 1; not-a-number for as given."""


class Place(NamedTuple):
    """The place of an assumption in the files, and its range there."""

    framework: str | None
    """None for the scenario."""
    path: tuple[str | int, ...]
    moved: Moved
    low: float
    high: float
    logarithmic: bool

    def at(self, position: float) -> float:
        """Return the value, or the factor, at a position in the range."""
        if position in (0.0, 1.0):
            return self.high if position else self.low
        if self.logarithmic:
            return float(self.low * (self.high / self.low) ** position)
        return self.low + (self.high - self.low) * position


@dataclass(frozen=True)
class Assumption:
    """Something that is varied as one."""

    key: str
    """As the log has it; ``*`` stands for any name."""
    unit: str
    mark: str
    """The kind of source of its value (`simulator.inputs.evidence.MARKS`)."""
    places: tuple[Place, ...]
    given: float | None
    """Its value as given, 1 for factors; None if it differs from place to place."""

    @property
    def alike(self) -> bool:
        """Whether its range is the same in all places, so that a value can be written."""
        return len({(place.moved == "value", place.low, place.high) for place in self.places}) == 1

    @property
    def is_factor(self) -> bool:
        """Whether it multiplies what is given."""
        return self.places[0].moved != "value"

    @property
    def logarithmic(self) -> bool:
        """Whether all orders of magnitude in its range are equally likely, instead of all values."""
        return self.places[0].logarithmic

    def at(self, position: float) -> float:
        """Return the value, or the factor, at a position; not-a-number if it differs from place to place."""
        return self.places[0].at(position) if self.alike else float("nan")


def assumptions_of(question: Question) -> list[Assumption]:
    """List all assumptions of a scenario and of its frameworks that have a range; not those without any effect.

    Left out are choices of the experiment, and the population where providers were given in a register.
    """
    frameworks = [*question.frameworks, *(change.framework for change in question.changes if change.framework)]
    return assumptions_in(question.scenario, frameworks, own_register=question.own_register)


def assumptions_in(scenario: Scenario, frameworks: Sequence[Framework], *, own_register: bool) -> list[Assumption]:
    """List the same assumptions of a scenario and of frameworks, whatever is asked of them.

    Parameters
    ----------
    scenario
        As resolved.
    frameworks
        All that are in force at some time.
    own_register
        Whether the providers were given in a register.
    """
    own = list({framework.name: framework for framework in frameworks}.values())
    of_scenario = [
        assumption
        for assumption in _of_scenario(scenario)
        if not (own_register and _only_draws_providers(assumption.key))
    ]
    return [*of_scenario, *_of_frameworks(own)]


def chosen(keys: Sequence[str], question: Question) -> list[Assumption]:
    """Find assumptions by their keys; a key that stands around several chooses them all.

    Parameters
    ----------
    keys
        Each that of an assumption, of a table around some, or of one number in one clause of the frameworks.
    question
        Whose assumptions.

    Raises
    ------
    InputError
        If there is no such key, or it has no range.
    """
    every = assumptions_of(question)
    found: dict[str, Assumption] = {}
    for key in keys:
        there = _under(key, every)
        if not there:
            raise InputError(Named("vary"), f' "{key}": ', *_not_there(key, question, every))
        found |= {assumption.key: assumption for assumption in there}
    return list(found.values())


def _under(key: str, every: Sequence[Assumption]) -> list[Assumption]:
    same = [assumption for assumption in every if assumption.key == key]
    if same:
        return same
    inside = [assumption for assumption in every if covers(key, assumption.key)]
    if inside:
        return inside
    single = [
        (assumption, [place for place in assumption.places if _single(assumption, place, key)]) for assumption in every
    ]
    return [_alone(key, assumption, places) for assumption, places in single if places]


def _single(assumption: Assumption, place: Place, key: str) -> bool:
    """Whether a key names one clause of an assumption of the frameworks by itself."""
    return place.framework is not None and ANY in assumption.key and ".".join(map(str, place.path)) == key


def _alone(key: str, assumption: Assumption, places: Sequence[Place]) -> Assumption:
    return Assumption(key, assumption.unit, assumption.mark, tuple(places), None)


def _not_there(key: str, question: Question, every: Sequence[Assumption]) -> tuple[str | Named, ...]:
    settings = [name for name, _ in numbers(question.scenario.settings())]
    clause_numbers = [
        f"{clause}.{name}"
        for framework in question.frameworks
        for clause, part in clauses(framework)
        for name in part.model_dump(by_alias=True, exclude_none=True, exclude={"source"})
    ]
    names = [assumption.key for assumption in every]
    exact = [name for name in (*settings, *clause_numbers) if covers(key, name)]
    if not exact:
        hint = nearest(key, [*names, *settings, *clause_numbers]) or ";"
        return (f"there is no such assumption{hint} allowed: keys with a range to vary in docs/assumptions.md",)
    prefix = covering(question.scenario.evidence, exact[0])
    entry = question.scenario.evidence.get(prefix or "")
    why: tuple[str | Named, ...]
    if question.own_register and _only_draws_providers(exact[0]):
        why = ("has no effect when the providers come from a register (", Named("register"), ")")
    elif entry and entry.mark == _CHOICE and (entry.range or entry.factor):
        why = ("is a choice of the experiment, not an assumption about the world",)
    elif entry and (entry.range or entry.factor):
        return ("has its range under another key. Use ", Named("vary"), f' "{prefix}"')
    else:
        said = entry and (entry.note or (entry.source if not entry.factor else ""))
        why = ("has no range to vary" + (f" ({said})" if said else ""),)
    then = (
        ". Use a key with a range in docs/assumptions.md, or set a range under [evidence] in your own scenario, or "
        "under vary in a framework"
    )
    return (*why, then)


def _only_draws_providers(key: str) -> bool:
    """Whether a key of the scenario does nothing but draw providers, so that it is idle where they are given."""
    names = parts(key)
    return names[0] == _POPULATION and names[-1] in ("count", "places", "sectors", "local_authorities")


def _of_scenario(scenario: Scenario) -> Iterator[Assumption]:
    settings = dict(numbers(scenario.settings()))
    under: dict[str, list[str]] = {}
    for key in settings:
        prefix = covering(scenario.evidence, key)
        if prefix is not None:
            under.setdefault(prefix, []).append(key)
    for prefix, entry in scenario.evidence.items():
        interval = entry.range or entry.factor
        keys = [key for key in under.get(prefix, ()) if _can_move(settings[key])]
        if interval is None or interval[0] == interval[1] or entry.mark == _CHOICE or not keys:
            continue
        places = tuple(_places(keys, entry, interval))
        given = 1.0 if entry.factor else float(_number(settings[keys[0]]))
        yield Assumption(prefix, entry.unit, entry.mark, places, given)


def _places(keys: Sequence[str], entry: Evidence, interval: Interval) -> Iterator[Place]:
    low, high = interval
    if entry.range:
        yield Place(None, _path(keys[0]), "value", low, high, _by_magnitude(interval, is_factor=False))
        return
    logarithmic = _by_magnitude(interval, is_factor=True)
    for table, members in groupby(keys, key=lambda key: parts(key)[:3]):
        if table[0] == "quality" and table[1] in _SHARES:
            yield Place(None, table, "shares", low, high, logarithmic)
        else:
            yield from (Place(None, _path(key), "factor", low, high, logarithmic) for key in members)


def _of_frameworks(frameworks: Sequence[Framework]) -> Iterator[Assumption]:
    found: dict[str, list[tuple[Place, Any]]] = {}
    for framework in frameworks:
        for clause, part in clauses(framework):
            values = part.model_dump(by_alias=True)
            section, *names = clause.split(".")
            for name, interval in part.source.vary.items():
                is_factor = isinstance(values[name], Mapping)
                logarithmic = _by_magnitude(interval, is_factor)
                place = Place(
                    framework.name,
                    (section, *names, name),
                    "factor" if is_factor else "value",
                    *interval,
                    logarithmic,
                )
                key = f"{section}.{ANY}.{name}" if names else f"{section}.{name}"
                found.setdefault(key, []).append((place, values[name]))
    for key, there in found.items():
        places = tuple(place for place, _ in there)
        given = {1.0 if place.moved == "factor" else float(value) for place, value in there}
        clauses_there = {place.path for place in places}
        told = ".".join(map(str, places[0].path)) if len(clauses_there) == 1 else key
        yield Assumption(told, "", "A", places, given.pop() if len(given) == 1 else None)


def _by_magnitude(interval: Interval, is_factor: bool) -> bool:
    low, high = interval
    return low > 0 and (is_factor or high >= _MAGNITUDE * low)


def _can_move(value: object) -> bool:
    return not isinstance(value, date) and np.isfinite(_number(value))


def _number(value: object) -> float:
    return float(value) if isinstance(value, (int, float)) else float("nan")


def _path(key: str) -> tuple[str | int, ...]:
    """Turn a dotted key, in which entries of lists are counted from 1, into a path."""
    return tuple(int(part[1:-1]) - 1 if part.startswith("[") else part for part in parts(key))
