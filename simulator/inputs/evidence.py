"""Where the numbers of a scenario come from, how sure they are, and how far they may be varied."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Annotated, Any, Final, Literal, Self

from pydantic import Field, model_validator

from simulator.inputs.sections import Section

MARKS: Final[dict[str, str]] = {
    "F": "published figure",
    "D": "derived from published records",
    "R": "general knowledge, not verified",
    "A": "assumption",
    "C": "choice of the experiment",
}

GIVEN: Final = "set by the author of the scenario"
"""The source of a number for which a scenario names none."""

ANY: Final = "*"
_ENDS: Final = re.compile(r"\.|(?=\[)")
"""Where a name within a dotted key ends."""

Table = dict[str, Any]
Number = int | float | date
Interval = Annotated[tuple[float, float], Field(description="two numbers, the lower one first")]


class Evidence(Section):
    """Of one number, or of all numbers below one key: mark, unit, source, and the range to vary it in.

    Where the numbers below a key are shares, `factor` multiplies the share of poor, and the others keep their
    proportions.
    """

    mark: Literal["F", "D", "R", "A", "C"]
    """Source of the number: a published figure, derived from records, general knowledge, assumption, choice."""
    unit: str
    """Unit of the number."""
    source: Annotated[str, Field(min_length=1)]
    """Where the number comes from, or why it was chosen, in words."""
    range: Interval | None = None
    """Lowest and highest value to vary a single number over."""
    factor: Interval | None = None
    """Lowest and highest factor by which to vary all numbers below the key together."""
    note: str = ""
    """Anything else a reader should know."""

    @model_validator(mode="after")
    def _one_rising_range(self) -> Self:
        if self.range and self.factor:
            raise ValueError("given a range and a factor; allowed: one of them")
        interval = self.range or self.factor
        if interval and interval[0] > interval[1]:
            raise ValueError(f"given the range {list(interval)}; allowed: the lower number first")
        return self


def numbers(table: Mapping[str, Any], at: str = "") -> Iterator[tuple[str, Number]]:
    """Return every number and date below a table by its dotted key; entries of lists are counted from 1."""
    for name, value in table.items():
        yield from _numbers_in(value, f"{at}.{name}" if at else name)


def _numbers_in(value: Any, key: str) -> Iterator[tuple[str, Number]]:
    if isinstance(value, Mapping):
        yield from numbers(value, key)
    elif isinstance(value, (list, tuple)):
        for position, entry in enumerate(value, start=1):
            yield from _numbers_in(entry, f"{key}[{position}]")
    elif isinstance(value, (int, float, date)) and not isinstance(value, bool):
        yield key, value


def covers(prefix: str, key: str) -> bool:
    """Return whether `prefix` is the dotted key itself or a table around it; a ``*`` in it stands for any name."""
    wanted, given = parts(prefix), parts(key)
    return len(wanted) <= len(given) and all(want in (ANY, name) for want, name in zip(wanted, given, strict=False))


def covered(prefixes: Iterable[str], keys: Iterable[str]) -> dict[str, list[str]]:
    """Return the dotted keys that each prefix covers, in their order."""
    below: dict[str, list[str]] = {}
    of_any = []
    for key in keys:
        of_any.append(key)
        for table in _around(key):
            below.setdefault(table, []).append(key)
    return {
        prefix: [key for key in of_any if covers(prefix, key)] if ANY in prefix else below.get(prefix, [])
        for prefix in prefixes
    }


def covering(entries: Collection[str], key: str) -> str | None:
    """Return the most exact of the keys in `entries` that covers the number at `key`, None if none does.

    The longest one is the most exact; of equally long ones, that with the fewest ``*``.
    """
    return _covering(entries, [prefix for prefix in entries if ANY in prefix], key)


def _covering(entries: Collection[str], of_any: Iterable[str], key: str) -> str | None:
    """Do what `covering` does, with those of the entries that have a ``*`` picked out for many keys together."""
    named = [table for table in _around(key) if table in entries]
    return max(named + [prefix for prefix in of_any if covers(prefix, key)], key=_exactness, default=None)


@cache
def _around(key: str) -> tuple[str, ...]:
    """Name the tables around a dotted key, and the key itself."""
    return *(key[: end.start()] for end in _ENDS.finditer(key)), key


def counted_assumptions(settings: Mapping[str, Any], evidence: Mapping[str, Evidence]) -> tuple[int, int]:
    """Return how many numbers of a scenario's settings are made up, and how many there are."""
    of_any = [prefix for prefix in evidence if ANY in prefix]
    resting = [_covering(evidence, of_any, key) for key, _ in numbers(settings)]
    return sum(1 for prefix in resting if prefix is not None and evidence[prefix].mark == "A"), len(resting)


def after_change(inherited: Table, own: Table, before: Table, given: Table, after: Table, source: str) -> Table:
    """Return the evidence for settings of which some were replaced: a new number does not keep the old one's.

    Parameters
    ----------
    inherited, own
        The evidence that stood before and that which comes with the change, by key.
    before, given, after
        The settings before, those that the change gives, and the outcome.
    source
        Named for a number that differs from what stood before and comes with no evidence of its own.
    """
    still = covered(inherited, [key for key, _ in numbers(after)])
    entries = {prefix: entry for prefix, entry in inherited.items() if still[prefix]} | own
    old = dict(numbers(before))
    of_any = [prefix for prefix in entries if ANY in prefix]  # no key of a number has one
    for key, value in numbers(given):
        if old.get(key) == value or (standing := _covering(entries, of_any, key)) in own:
            continue
        unit = entries[standing].get("unit", "") if standing and isinstance(entries[standing], dict) else ""
        entry: Table = {"mark": "A", "unit": unit, "source": source}
        if (general := covering(own, key)) and isinstance(own[general], dict):
            entry = {name: said for name, said in own[general].items() if name not in ("range", "factor")}
        entries[key] = entry
    return entries


@cache
def parts(key: str) -> tuple[str, ...]:
    """Part a dotted key into names and positions in lists; kept, since each is asked for again and again."""
    return tuple(_ENDS.split(key))


def _exactness(prefix: str) -> tuple[int, int]:
    names = parts(prefix)
    return len(names), -names.count(ANY)
