"""Inspection records as a department keeps them: read from CSV, checked, and ready to be counted."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.inputs.given_files import csv_lines
from simulator.inputs.messages import (
    PROBLEMS_LOOKED_FOR,
    InputError,
    nearest,
    not_one_of,
    printable,
    several_told,
    shortened,
)
from simulator.inputs.sections import in_one_line
from simulator.ticks import inspection_year_start
from simulator.world.services import SERVICE_TYPES

Whole = npt.NDArray[np.int64]
Matrix = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64 | np.bool_]
"""Positions of inspections, or a mark for each that is meant."""

FULL: Final = 0
INTERIM: Final = 1
MONITORING: Final = 2
_KINDS_OF_RECORD: Final[dict[str, int]] = {
    "full": FULL,
    "interim": INTERIM,
    "monitor": MONITORING,
    "monitoring": MONITORING,
    "emergency": MONITORING,
}
"""What the column kind may say, and as what it is counted: with a grade, with a direction, or a look only."""
DIRECTIONS: Final = ("declined", "sustained", "improved")
"""What the column direction may say, in the order of the engine's codes from 1."""
_NEEDED: Final = ("provider", "service_type", "kind", "date", "grade")
_GRADES: Final = ("1", "2", "3", "4")
_EARLIEST: Final = date(1990, 1, 1)
_LATEST: Final = date(2100, 3, 31)
_DAYS_ASTRAY: Final = 45
"""Days of an inspection year that may be without a record at its beginning or end."""


class Inspections(NamedTuple):
    """Inspections of one service type, by provider, then day, then kind; all arrays have shape n."""

    provider: Whole
    """Numbers of the providers, from 0 on, rising."""
    day: Whole
    """Days since the first day of the first inspection year."""
    kind: Whole
    """`FULL`, `INTERIM` or `MONITORING`."""
    grade: Whole
    """4 best to 1 worst, 0 where none was given."""
    direction: Whole
    """1 declined, 2 sustained, 3 improved, 0 where nothing was said."""
    year_starts: Whole
    """Days at which the inspection years begin, and that after the last; shape (years + 1,)."""
    counted_from: int = 0
    """Day, the first of an inspection year, from which on inspections are counted; earlier ones are what was known."""

    def rows(self, chosen: Rows) -> "Inspections":
        """Return the chosen inspections, numbers and days as they are."""
        return self._replace(
            provider=self.provider[chosen],
            day=self.day[chosen],
            kind=self.kind[chosen],
            grade=self.grade[chosen],
            direction=self.direction[chosen],
        )

    @property
    def years(self) -> int:
        """Inspection years."""
        return len(self.year_starts) - 1

    @property
    def first_year(self) -> int:
        """The first inspection year that is counted, from 0."""
        return int(np.searchsorted(self.year_starts, self.counted_from))

    @property
    def providers(self) -> int:
        """Providers that were visited at all."""
        return int(self.provider[-1]) + 1 if len(self.provider) else 0


class Records(NamedTuple):
    """Records of one service type, and the inspection years that they cover."""

    inspections: Inspections
    service_type: str
    start: date
    """First day of the first inspection year."""

    @property
    def years(self) -> int:
        """Inspection years, April to March."""
        return self.inspections.years

    @property
    def until(self) -> date:
        """The day after the last inspection year."""
        return date(self.start.year + self.years, self.start.month, self.start.day)


class _Row(NamedTuple):
    provider: str
    kind: int
    day: date
    grade: int
    direction: int


def read_records(path: str | Path, service_type: str = "childrens_home") -> Records:
    """Read inspection records.

    Parameters
    ----------
    path
        A CSV file in UTF-8 whose first line names the columns: `_NEEDED` in any order, and `direction` if interim
        visits said one; others are left aside. A line for each inspection, in any order.
    service_type
        Whose records are wanted; those of other types are read past.

    Raises
    ------
    InputError
        If the file cannot be read, or lines in it cannot be used: the first ten problems, each with its line; or
        if it does not cover whole inspection years.
    """
    rows: list[_Row] = []
    problems: list[str] = []
    others: dict[str, int] = {}
    for line, fields in _lines(str(path)):
        found = list(_problems(fields))
        problems += [f"{path}, line {line}: {problem}" for problem in found]
        if len(problems) > PROBLEMS_LOOKED_FOR:
            break
        if found:
            continue
        if fields["service_type"] == service_type:
            rows.append(_row(fields))
        else:
            others[fields["service_type"]] = others.get(fields["service_type"], 0) + 1
    if problems:
        raise InputError(several_told(problems, path))
    if not rows:
        there = ", ".join(f"{name} ({number})" for name, number in others.items()) or "no inspection at all"
        raise InputError(f'{path}: no inspection of service type "{service_type}" in it; there is {there}')
    _check_providers({row.provider for row in rows}, str(path))
    start, starts = _years_of([row.day for row in rows], str(path))
    return Records(_inspections(rows, start, starts), service_type, start)


def year_starts(start: date, years: int) -> Whole:
    """Return the days, from the first on, at which inspection years begin, and that after the last."""
    days = [(date(start.year + number, start.month, start.day) - start).days for number in range(years + 1)]
    return np.array(days, dtype=np.int64)


def in_order(inspections: Inspections) -> Inspections:
    """Sort by provider, day and kind, and number the providers from 0 on without gaps."""
    order = np.lexsort((inspections.kind, inspections.day, inspections.provider))
    numbers = np.unique(inspections.provider, return_inverse=True)[1].astype(np.int64)
    return inspections.rows(order)._replace(provider=numbers[order])


def _inspections(rows: Sequence[_Row], start: date, starts: Whole) -> Inspections:
    codes = {name: code for code, name in enumerate(sorted({row.provider for row in rows}))}
    return in_order(
        Inspections(
            np.array([codes[row.provider] for row in rows], dtype=np.int64),
            np.array([(row.day - start).days for row in rows], dtype=np.int64),
            np.array([row.kind for row in rows], dtype=np.int64),
            np.array([row.grade for row in rows], dtype=np.int64),
            np.array([row.direction for row in rows], dtype=np.int64),
            starts,
        )
    )


def _years_of(days: Sequence[date], path: str) -> tuple[date, Whole]:
    """Find the inspection years that the records cover; they must be whole ones."""
    first, last = min(days), max(days)
    start, after = inspection_year_start(first), inspection_year_start(last)
    end = date(after.year + 1, after.month, after.day)
    late, early = (first - start).days, (end - last).days - 1
    if late > _DAYS_ASTRAY or early > _DAYS_ASTRAY:
        raise InputError(
            f"{path}: the records run from {first} to {last}; needed are whole inspection years, April to March: "
            f"leave out what lies outside of them, or add what is missing"
        )
    starts = year_starts(start, end.year - start.year)
    there = np.unique(np.searchsorted(starts, [(day - start).days for day in days], side="right"))
    empty = sorted(set(range(1, len(starts))) - set(there.tolist()))
    if empty:
        year = start.year + empty[0] - 1
        raise InputError(
            f"{path}: no record in {len(empty)} of {len(starts) - 1} inspection years, first from April {year} to "
            f"March {year + 1}; allowed: records in every year from {first} to {last}. Look for a mistyped date, or "
            "leave earlier years out"
        )
    return start, starts


def _check_providers(names: Collection[str], path: str) -> None:
    """Refuse providers whose numbers differ in leading noughts alone: spreadsheets drop them.

    Raises
    ------
    InputError
        Naming the first two.
    """
    seen: dict[str, str] = {}
    for name in sorted(names):
        other = seen.setdefault(name.lstrip("0") if name.isdecimal() else name, name)
        if other != name:
            raise InputError(
                f'{path}: providers "{other}" and "{name}" differ in leading noughts alone; allowed: one way of '
                "writing each provider"
            )


def _lines(path: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    lines = csv_lines(path)
    _, header = next(lines, (1, []))
    _check_header(header, path)
    for line, fields in lines:
        if len(fields) != len(header):
            raise InputError(
                f"{path}, line {line}: {len(fields)} fields where the first line names {len(header)} columns"
            )
        yield line, dict(zip(header, fields, strict=True))


def _check_header(header: Sequence[str], path: str) -> None:
    missing = [name for name in _NEEDED if name not in header]
    if missing:
        others = [name for name in header if name not in _NEEDED]
        hints = "".join(nearest(name, others) for name in missing[:1])
        raise InputError(
            f"{path}, line 1: missing column {', '.join(missing)}{hints or ';'} needed are {', '.join(_NEEDED)}"
        )
    twice = sorted({name for name in header if header.count(name) > 1 and name in (*_NEEDED, "direction")})
    if twice:
        raise InputError(f"{path}, line 1: two columns are called {', '.join(twice)}")


def _problems(fields: Mapping[str, str]) -> Iterator[str]:
    """Report what of a line cannot be used."""
    try:
        in_one_line(fields["provider"])
    except ValueError as error:
        yield f"provider: given {printable(fields['provider'])}: {error}"
    if not fields["provider"]:
        yield "provider: empty; must be a name or number"
    if fields["service_type"] not in SERVICE_TYPES:
        yield f"service_type: {not_one_of(fields['service_type'], 'service type', SERVICE_TYPES)}"
    kind = fields["kind"].lower()
    if kind not in _KINDS_OF_RECORD:
        yield f"kind: {not_one_of(fields['kind'], 'kind', tuple(_KINDS_OF_RECORD))}"
    elif kind == "full" and not fields["grade"]:
        yield "grade: empty; a full inspection gives one: 4 (best), 3, 2 or 1 (worst)"
    if _whole(fields["grade"]) not in ("", *_GRADES):
        yield f'grade: given "{shortened(fields["grade"])}"; must be 4 (best), 3, 2 or 1 (worst), or empty'
    if _day(fields["date"]) is None:
        allowed = f"a day from {_EARLIEST} to {_LATEST} such as 2014-04-01"
        yield f'date: given "{shortened(fields["date"])}"; must be {allowed}'
    if fields.get("direction", "").lower() not in ("", *DIRECTIONS):
        yield f"direction: {not_one_of(fields['direction'], 'direction', DIRECTIONS)}"


def _row(fields: Mapping[str, str]) -> _Row:
    day = _day(fields["date"])
    assert day is not None
    direction = fields.get("direction", "").lower()
    kind = _KINDS_OF_RECORD[fields["kind"].lower()]
    return _Row(
        _whole(fields["provider"]),
        kind,
        day,
        int(_whole(fields["grade"]) or 0) if kind == FULL else 0,
        DIRECTIONS.index(direction) + 1 if direction else 0,
    )


def _whole(given: str) -> str:
    """Write a whole number that a spreadsheet wrote as 3.0 as 3."""
    return given.removesuffix(".0") if re.fullmatch(r"[0-9]+\.0", given) else given


def _day(given: str) -> date | None:
    try:
        read = date.fromisoformat(given)
    except ValueError:
        return None
    return read if _EARLIEST <= read <= _LATEST else None
