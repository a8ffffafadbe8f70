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

CHART: Final = "over-fits"
_INTERVALS: Final = "the range that holds nine in ten of the fits"
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


def files_over(kind: Kind) -> tuple[File, ...]:
    """Return the files of an answer over a set of fits."""
    own = [_in_each(file) for file in kind.files]
    before = 1 + next(place for place, file in enumerate(own) if file.name == VERDICT)
    charts = [] if CHARTS in own else [CHARTS]
    return (*own[:before], *charts, *_over(kind), *own[before:])


def _in_each(file: File) -> File:
    """Return a table of the question as it is over the fits: without a sheet, which would be long."""
    if not file.name.endswith(".csv") or file.name in (DICTIONARY, FAILURES, PRECISION):
        return file
    return replace(file, label="", holds=f"{file.holds}, in each fit" if file.holds else "")


def _over(kind: Kind) -> Iterator[File]:
    for spread in kind.spreads:
        file = next(file for file in kind.files if file.name == spread.file)
        label = f"{file.label[: _LONGEST - len(' over fits')]} over fits"
        title = f"{file.title}, over the fits"
        holds = f"{title[:1].lower()}{title[1:]}"
        columns = {**file.columns, **_stats(kind, spread), **_COUNTED}
        yield File(spread.over, holds, label, title, _INTERVALS, columns, file.picked)
    title = "The numbers in the sentences, fit by fit"
    yield File(f"charts/{CHART}.csv", label="By fit", title=title, columns=_FIGURES)


def _stats(kind: Kind, spread: Spread) -> dict[str, Meaning]:
    """Describe the numbers of a table over the fits."""
    meaning = meaning_of(kind, spread.file, spread.values[0].column)
    unit = _OF_COLUMN if len(spread.values) > 1 else meaning.unit if meaning else AS_MEASURE
    return {
        name: Meaning(name.capitalize(), "number", unit, f"{what}; empty where there is none")
        for name, what in _STATS.items()
    }
