"""A department's own register of providers, read from CSV, in place of the synthetic population."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from simulator.inputs.given_files import csv_lines
from simulator.inputs.messages import PROBLEMS_LOOKED_FOR, InputError, nearest, printable, several_told
from simulator.inputs.sections import in_one_line
from simulator.world.population import COLUMNS, typed
from simulator.world.services import AUTHORITY_SERVICES, SECTORS, SERVICE_TYPES

if TYPE_CHECKING:
    import pandas as pd

_EARLIEST: Final = date(1800, 1, 1)
_LATEST: Final = date(2200, 12, 31)
_DATE_FORMS: Final = "a date as 2006-04-01 or 01/04/2006 (day first)"

_Row = dict[str, Any]


class _NotAllowedError(Exception):
    """A value cannot be used: the text says what is allowed."""


def read_register(path: str | Path) -> "pd.DataFrame":
    """Read a register of providers.

    Parameters
    ----------
    path
        A CSV file in UTF-8 whose first line names the columns: those of `population.COLUMNS` in any order;
        others are left aside. `opened` and `closed` may be empty: there from before the start, and for good.

    Returns
    -------
    pandas.DataFrame
        `population.COLUMNS`, one row a provider in the order of the file.

    Raises
    ------
    InputError
        If the file cannot be read or rows cannot be used: the first ten problems, each with line and column.
    """
    import pandas as pd

    rows: list[_Row] = []
    problems: list[str] = []
    seen = _Seen()
    for line, fields in _records(str(path)):
        row, found = ({}, [fields]) if isinstance(fields, str) else _row(fields)
        found += seen.again(row, line)
        problems += [f"{path}, line {line}: {problem}" for problem in found]
        rows.append(row)
        if len(problems) > PROBLEMS_LOOKED_FOR:
            break
    if problems:
        raise InputError(several_told(problems, path))
    if not rows:
        raise InputError(f"{path}: no provider in it; below the line with the column names, give one provider a line")
    return typed(pd.DataFrame(rows, columns=list(COLUMNS)))


def open_between(register: "pd.DataFrame", first: date, end: date) -> "pd.Series[bool]":
    """Return which providers of a register are open on some day from `first` to the day before `end`."""
    begins, stops = (np.datetime64(day, "s") for day in (first, end))
    return ~(register["opened"] >= stops) & ~(register["closed"] <= begins)


def _records(path: str) -> Iterator[tuple[int, Mapping[str, str] | str]]:
    """Return the line and the fields by column (or what is wrong with them) of every row that is not blank."""
    lines = csv_lines(path)
    _, header = next(lines, (1, []))
    _check_header(header, path)
    for line, fields in lines:
        if len(fields) != len(header):
            yield (
                line,
                (
                    f"{len(fields)} fields; allowed: one for each of the {len(header)} columns "
                    "(put a field that holds a comma in double quotes)"
                ),
            )
        else:
            yield line, dict(zip(header, fields, strict=True))


def _check_header(header: Sequence[str], path: str) -> None:
    if not header:
        raise InputError(f"{path}: the file is empty; its first line must name the columns: {', '.join(COLUMNS)}")
    missing = [column for column in COLUMNS if column not in header]
    twice = sorted({column for column in COLUMNS if header.count(column) > 1})
    problems = [f'{path}, line 1: no column "{column}"{_nearest_column(column, header)}' for column in missing] + [
        f'{path}, line 1: more than one column "{column}"' for column in twice
    ]
    if len(header) == 1 and (other := re.search(r"[;\t|]", header[0])):
        problems = [f"{path}, line 1: columns are parted by {other[0]!r}; a comma is needed"]
    if problems:
        given = ", ".join(header)
        raise InputError("\n".join([*problems, f"columns given: {given}", f"columns needed: {', '.join(COLUMNS)}"]))


def _nearest_column(column: str, header: Sequence[str]) -> str:
    found = nearest(column, [name for name in header if name not in COLUMNS])
    return found.replace("did you mean", "is it the one named")


def _row(fields: Mapping[str, str]) -> tuple[_Row, list[str]]:
    """Read the values of one line; return those that could be read, and what is wrong with the others."""
    row: _Row = {}
    problems = []
    for column, read in _READERS.items():
        try:
            row[column] = read(fields[column])
        except _NotAllowedError as refused:
            given = f"given {printable(fields[column])}" if fields[column] else "empty"
            problems.append(f"{column}: {given}; allowed: {refused}")
    opened, closed = row.get("opened"), row.get("closed")
    if opened and closed and closed <= opened:
        problems.append(f"closed: given {closed}, not after opened ({opened}); allowed: a later date, or nothing")
    if row.get("service_type") in AUTHORITY_SERVICES and row.get("sector", "local_authority") != "local_authority":
        problems.append(f'sector: given "{row["sector"]}" for {row["service_type"]}; allowed: local_authority')
    return row, problems


class _Seen:
    """What no two lines may share: the id, and an authority's services of one type."""

    def __init__(self) -> None:
        self.lines: dict[tuple[str, ...], int] = {}

    def again(self, row: _Row, line: int) -> list[str]:
        """Report what `row` repeats of an earlier line."""
        problems = []
        provider = row.get("provider")
        if provider and (first := self.lines.setdefault(("provider", provider), line)) != line:
            problems.append(f'provider: "{provider}" is already on line {first}; every provider needs an id of its own')
        kind, authority = row.get("service_type"), row.get("local_authority")
        if kind in AUTHORITY_SERVICES and authority:
            first = self.lines.setdefault((kind, authority), line)
            if first != line:
                problems.append(
                    f'service_type: a second {kind} of "{authority}" (the first is on line {first}); '
                    "every local authority has one"
                )
        return problems


def _text(given: str) -> str:
    if not given:
        raise _NotAllowedError("a name, not empty")
    try:
        return in_one_line(given)
    except ValueError as error:
        raise _NotAllowedError(f"a name in one line. This one {error}") from None


def _name_in(allowed: Sequence[str]) -> Callable[[str], str]:
    def read(given: str) -> str:
        if given not in allowed:
            raise _NotAllowedError(", ".join(allowed) + nearest(given, allowed))
        return given

    return read


def _places(given: str) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", given) or int(given) == 0:
        raise _NotAllowedError("a whole number from 1 to 999999")
    return int(given)


def _day(given: str) -> date | None:
    if not given:
        return None
    if found := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", given, re.ASCII):
        year, month, day = found.groups()
    elif found := re.fullmatch(r"(\d{2})/(\d{2})/(\d{4})", given, re.ASCII):
        day, month, year = found.groups()
    else:
        raise _NotAllowedError(f"{_DATE_FORMS}, or nothing")
    try:
        read = date(int(year), int(month), int(day))
    except ValueError:
        raise _NotAllowedError(f"{_DATE_FORMS}; there is no such day in the calendar") from None
    if not _EARLIEST <= read <= _LATEST:
        raise _NotAllowedError(f"a date from {_EARLIEST} to {_LATEST}")
    return read


_READERS: Final[Mapping[str, Callable[[str], Any]]] = {
    "provider": _text,
    "service_type": _name_in(SERVICE_TYPES),
    "sector": _name_in(SECTORS),
    "local_authority": _text,
    "region": _text,
    "places": _places,
    "opened": _day,
    "closed": _day,
}
