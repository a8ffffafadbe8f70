"""The files that an answer over a set of fits leaves: the tables of the question with their fits, and their spread."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from simulator.answers.columns import COLUMNS, meaning_of
from simulator.answers.file import File
from simulator.answers.files import CHARTS, DICTIONARY, VERDICT
from simulator.answers.kind import Kind
from simulator.answers.meanings import AS_MEASURE, COUNT, NAME, Meaning
from simulator.answers.spread import Spread
from simulator.running.run_folder import FAILURES, PRECISION
from simulator.running.worlds import FITS, Sort

_LONGEST: Final = 31
"""Characters on the tab of a sheet."""
_OF_COLUMN: Final = "unit of the column in the same row"
_STATS: Final = {
    "best": "value in the best fit",
    "mean": "mean over the fits",
    "median": "median over the fits",
    "lowest": "lowest value in any fit",
    "low": "value below which one fit in twenty lies",
    "high": "value above which one fit in twenty lies",
    "highest": "highest value in any fit",
}
_COUNTED: Final = {
    "fits": Meaning("Fits", "whole number", COUNT, "number of fits in which there is a number"),
    "less": Meaning("Fits with less", "whole number", COUNT, "number of fits in which it is below the baseline's"),
    "more": Meaning("Fits with more", "whole number", COUNT, "number of fits in which it is above the baseline's"),
    "column": COLUMNS["column"]._replace(meaning="column of the table in each fit"),
}
_FIGURES: Final = {
    "figure": Meaning("Figure", "text", NAME, "number in the sentences"),
    "unit": Meaning("Unit", "text", "text", "unit of the number"),
    "value": Meaning("Value", "number", "unit in the same row", "number in the fit; inf where no number is enough"),
}


def chart_name(sort: Sort) -> str:
    """Name the chart over the fits, or other worlds."""
    return f"over-{sort.many}"


def files_over(kind: Kind, sort: Sort) -> tuple[File, ...]:
    """Return the files of an answer over a set of fits, or of other worlds."""
    own = [_in_each(file, sort) for file in kind.files]
    before = 1 + next(place for place, file in enumerate(own) if file.name == VERDICT)
    charts = [] if CHARTS in own else [CHARTS]
    return (*own[:before], *charts, *_over(kind, sort), *own[before:])


def _in_each(file: File, sort: Sort) -> File:
    """Return a table of the question as it is over the fits: without a sheet, which would be long."""
    if not file.name.endswith(".csv") or file.name in (DICTIONARY, FAILURES, PRECISION):
        return file
    return replace(file, label="", holds=f"{file.holds}, in each {sort.one}" if file.holds else "")


def _over(kind: Kind, sort: Sort) -> Iterator[File]:
    for spread in kind.spreads:
        file = next(file for file in kind.files if file.name == spread.file)
        behind = f" over {sort.many}"
        label = f"{file.label[: _LONGEST - len(behind)]}{behind}"
        title = f"{file.title}, over the {sort.many}"
        holds = f"{title[:1].lower()}{title[1:]}"
        columns = {**file.columns, **_stats(kind, spread, sort), **_counts(sort)}
        intervals = f"the range that holds nine in ten of the {sort.many}"
        yield File(spread.over(sort.many), holds, label, title, intervals, columns, file.picked)
    title = f"The numbers in the sentences, {sort.one} by {sort.one}"
    figures = {**_FIGURES, sort.one: COLUMNS["fit"]._replace(title=sort.one.capitalize(), meaning=_numbered(sort))}
    yield File(f"charts/{chart_name(sort)}.csv", label=f"By {sort.one}", title=title, columns=figures)


def _numbered(sort: Sort) -> str:
    """Describe the column with the number of a world."""
    return COLUMNS["fit"].meaning if sort == FITS else "number of the plausible world; 0 for the assumed values"


def _counts(sort: Sort) -> dict[str, Meaning]:
    """Describe the columns that count worlds."""
    return {
        sort.many if name == "fits" else name: meaning._replace(
            title=meaning.title.replace("Fits", sort.many.capitalize()),
            meaning=meaning.meaning.replace("fit", sort.one),
        )
        for name, meaning in _COUNTED.items()
    }


def _stats(kind: Kind, spread: Spread, sort: Sort) -> dict[str, Meaning]:
    """Describe the numbers of a table over the fits."""
    meaning = meaning_of(kind, spread.file, spread.values[0].column)
    unit = _OF_COLUMN if len(spread.values) > 1 else meaning.unit if meaning else AS_MEASURE
    return {
        name: Meaning(name.capitalize(), "number", unit, f"{what}; empty where there is none")
        for name, what in {
            **{name: what.replace("fit", sort.one) for name, what in _STATS.items()},
            "best": f"value {'with' if sort.beside else 'in'} the {sort.best}",
        }.items()
    }
