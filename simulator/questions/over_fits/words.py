"""Numbers over the fits, in sentences: in how many fits a framework does better, the median fit, and nine in ten."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np

from simulator.answers.columns import meaning_of
from simulator.answers.kept_run import titled
from simulator.answers.kind import Kind
from simulator.answers.meanings import AS_MEASURE
from simulator.answers.spread import Row, Spread
from simulator.measures.names import BY_NAME
from simulator.questions.over_fits.spreading import Table
from simulator.running.question import Question
from simulator.running.targets import Floats, Quantity
from simulator.running.worlds import Sort
from simulator.words.assumptions import plain
from simulator.words.quantities import does, way
from simulator.words.targets import in_unit, quantity_told
from simulator.words.wording import capital, named

_NO_NUMBER: Final = "no number"
_JOINED: Final = {"framework": "", "baseline": " less ", "other": " and "}
"""Columns of frameworks, and the word before each."""
_LESS_OR_MORE: Final = {-1: "less", 1: "more"}


class Names(NamedTuple):
    """What rows are named by."""

    titles: Mapping[str, str]
    """Of the frameworks."""
    baseline: str
    kind: Kind
    """Of the answer in one world, which says what its columns hold."""
    sort: Sort
    """What the worlds are."""


class Told(NamedTuple):
    """A number over the fits, as sentences have it."""

    label: str
    """What it is."""
    unit: str
    by_fit: Floats
    median: float
    """Not-a-number where there is none."""
    headline: str
    """In how many fits it is on which side of the baseline; the whole sentence where it is not a difference."""
    detail: str = ""
    """The numbers, where they have a sentence of their own."""

    @property
    def sentence(self) -> str:
        """All that is told of it."""
        return f"{self.headline} {self.detail}".strip()


def told_of(tables: Sequence[Table], question: Question, kind: Kind, sort: Sort) -> list[Told]:
    """Return what is told of tables over the fits: of differences from the baseline, or of levels if there are none.

    What is compared with the baseline comes first.
    """
    names = Names(question.titles, question.baseline, kind, sort)
    every = [(table.spread, row, numbers) for table in tables for row, numbers in _picked(table, question)]
    differences = [one for one in every if "baseline" in one[1]]
    ordered = sorted(differences or every, key=lambda one: not _sides(one[1], names, one[2].size - sort.beside))
    return [_told(*one, names) for one in ordered]


def _picked(table: Table, question: Question) -> Iterator[tuple[Row, Floats]]:
    told = table.spread.told
    picked = [told] * len(table.frame) if isinstance(told, bool) else told(table.frame, question).tolist()
    for row, numbers, is_told in zip(table.frame.to_dict("records"), table.by_fit, picked, strict=True):
        if is_told:
            yield row, numbers


def label_of(row: Row, spread: Spread, names: Names) -> str:
    """Name the number in a row of a table over the fits: whose it is, and what."""
    whose = "".join(f"{word}{named(names.titles[row[key]])}" for key, word in _JOINED.items() if key in row)
    return capital(", ".join(filter(None, (whose, *_what(row, spread, names)))))


def _what(row: Row, spread: Spread, names: Names) -> Iterator[str]:
    """Name what is measured in a row, of whom and where."""
    if "measure" in row:
        yield quantity_told(_quantity(row))
    for key in spread.keys:
        meaning = meaning_of(names.kind, spread.file, key)
        if key in _JOINED or ("measure" in row and key in Quantity._fields):
            continue
        if isinstance(row[key], int | float):
            yield f"with {plain(row[key])} {meaning.title if meaning else key}"
        elif meaning and meaning.in_words:
            words = str(meaning.in_words(row[key]))
            yield f"{words[:1].lower()}{words[1:]}"
        elif key == "service_type":
            yield titled(str(row[key]))
        else:
            yield _with_title(str(row[key]), names.titles)
    column = _column(row, spread)
    meaning = meaning_of(names.kind, spread.file, column)
    if spread.title and column == spread.values[0].column:
        yield spread.title
    elif meaning and meaning.unit != AS_MEASURE and column != "value":
        yield meaning.title


def _with_title(text: str, titles: Mapping[str, str]) -> str:
    """Name a framework by its title where a text is its name or begins with it."""
    first, space, rest = text.partition(" ")
    return f"{named(titles[first])}{space}{rest}" if first in titles else text


def _quantity(row: Row) -> Quantity:
    return Quantity(str(row["measure"]), str(row["service_type"]))


def _column(row: Row, spread: Spread) -> str:
    return str(row.get("column", spread.values[0].column))


def unit_of(row: Row, spread: Spread, kind: Kind) -> str:
    """Name the unit of the number in a row."""
    meaning = meaning_of(kind, spread.file, _column(row, spread))
    unit = meaning.unit if meaning else ""
    return BY_NAME[str(row["measure"])].unit if unit == AS_MEASURE else unit


def amount(value: float, unit: str) -> str:
    """Write a number over the fits."""
    return in_unit(value, unit) if np.isfinite(value) else _NO_NUMBER


def _told(spread: Spread, row: Row, numbers: Floats, names: Names) -> Told:
    label, unit = label_of(row, spread, names), unit_of(row, spread, names.kind)
    low, middle, high, best = (amount(float(row[name]), unit) for name in ("low", "median", "high", "best"))
    one, many, first, beside = names.sort
    total = numbers.size - beside
    without = total - int(row[many])
    told = f"{middle} in the median {one} ({low} to {high} in nine in ten of the {many}; {first}: {best})"
    if beside:
        told = f"{low} to {high} in nine in ten of the {many}, {middle} in the median one; {best} with the {first}"
    if row["lowest"] == row["highest"]:
        told = f"{middle} in every {one}{' that has a number' if without else ''}"
    told += f"; {_NO_NUMBER} in {without} of {total} {many}" if without else ""
    sides = _sides(row, names, total)
    if without == total:
        headline, detail = f"{label}: {_NO_NUMBER} in any {one}.", ""
    elif sides and "measure" in row:
        _, *where = _what(row, spread, names)
        headline, detail = f"{capital(', '.join([*where, sides]))}.", f"{label}: {told}."
    else:
        headline, detail = f"{label}: {'; '.join(filter(None, (told, sides)))}.", ""
    return Told(label, unit, numbers, float(row["median"]), headline, detail)


def _sides(row: Row, names: Names, total: int) -> str:
    """Report in how many fits a number is below or above that of the baseline; nothing if it is not compared."""
    less, more = (float(row.get(name, np.nan)) for name in ("less", "more"))
    if np.isnan(less):
        return ""
    base = named(names.titles[names.baseline])
    sign = 1 if more > less else -1
    most, least = int(max(less, more)), int(min(less, more))
    if not most:
        return f"the same as under {base} in every {names.sort.one}"
    first, other = f"{_LESS_OR_MORE[sign]} than under {base}", _LESS_OR_MORE[-sign]
    if "measure" in row:
        title = names.titles[str(row["framework"])]
        first, other = f"{does(title, _quantity(row), sign)} than {base}", way(_quantity(row), -sign)
    return f"in {most} of {total} {names.sort.many} {first}{f', and {other} in {least}' if least else ''}"
