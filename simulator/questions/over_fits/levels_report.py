"""The report of a search for a number of inspectors, or of curves, over a set of fits."""

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.answers.cells import cell_of, estimate_of
from simulator.answers.costs import costs_told
from simulator.answers.figures import Crossed, crossed
from simulator.answers.kept_run import KeptRun, titled
from simulator.measures.names import BY_NAME
from simulator.questions.frontier import report as frontier
from simulator.questions.over_fits.comparison_report import NOTE, asked_in
from simulator.questions.over_fits.files import BY_FIT, CROSSINGS_BY_FIT, SPREAD
from simulator.questions.size import report as sizing
from simulator.render.document import Block, Cell, Column, Paragraph, Section, Table
from simulator.words.assumptions import plain
from simulator.words.money import MILLION
from simulator.words.units import scale_of, with_unit
from simulator.words.wording import named, number

if TYPE_CHECKING:
    import pandas as pd

_Row = Mapping[Hashable, object]

_COUNTED: Final = "Fits are counted from 1, the best one."
_OF_EACH: Final = f"{_COUNTED} Below each number is its interval."
_NO_NUMBER: Final = "unknown"


def size_question(run: KeptRun) -> str:
    """Report what a search over fits asks."""
    return f"{sizing.question(run)} {asked_in(run)}"


def frontier_question(run: KeptRun) -> str:
    """Report what curves over fits ask."""
    return f"{frontier.question(run)} {asked_in(run)}"


def size_sections(run: KeptRun) -> list[Section]:
    """Return the numbers over the fits, those of each fit, and costs."""
    over = run.frame(SPREAD).to_dict("records")
    fits = [int(fit) for fit in run.manifest["fits_run"]]
    found = {(str(row["framework"]), int(row["fit"])): row for row in run.frame(BY_FIT).to_dict("records")}
    by_fit = tuple((Cell(str(fit)), *(_found(found[name, fit]) for name in run.titles)) for fit in fits)
    columns = (Column("Fit"), *(Column(f"{title}, FTE", is_number=True) for title in run.titles.values()))
    in_each = Table(
        "by-fit", "Smallest number of inspectors that meets the targets, in each fit", columns, by_fit, _OF_EACH
    )
    spread = _over_fits("over-fits", "FTE", over, run, "fte", 1)
    costs = _over_fits("costs-of-posts", "£ million a year", over, run, "posts_cost_per_year", 1 / MILLION)
    return [
        Section("over-fits-told", "Over the fits", (spread, in_each)),
        Section("costs", "What it costs", (*costs_told(run), costs)),
    ]


def _over_fits(
    name: str, what: str, rows: list[dict[Hashable, object]], run: KeptRun, column: str, factor: float
) -> Table:
    """Return the number that every framework needs: in the best and the median fit, and its range over the fits."""
    cells = tuple(
        (
            Cell(run.titles[str(row["framework"])]),
            _number(row, f"{column}_best", factor),
            Cell(_number(row, f"{column}_median", factor).text, _ends(row, column, factor)),
            Cell(f"{row['fits_without_number']} of {row['fits']}"),
        )
        for row in rows
    )
    heads = ("Best fit", "Median fit", "Fits without a number")
    columns = (Column("Framework"), *(Column(head, is_number=True) for head in heads))
    return Table(
        name, f"Smallest number of inspectors that meets the targets, over the fits: {what}", columns, cells, NOTE
    )


def _number(row: _Row, column: str, factor: float) -> Cell:
    value = float(str(row[column]))
    return Cell(_NO_NUMBER if np.isnan(value) else _figure(factor * value))


def _ends(row: _Row, column: str, factor: float) -> str:
    low, high = (_number(row, f"{column}_{end}", factor).text for end in ("low", "high"))
    return "" if low == high else f"{low} to {high}"


def _figure(value: float) -> str:
    return number(value, 0 if value.is_integer() else 2)


def _found(row: _Row) -> Cell:
    """Write what one fit takes, with its interval."""
    value, low, high = (float(str(row[column])) for column in ("fte", "fte_low", "fte_high"))
    if np.isnan(value):
        return Cell(f"none: {row['outcome']}")
    return Cell(_figure(value), "" if low == high else f"{_figure(low)} to {_figure(high)}")


def frontier_sections(run: KeptRun) -> list[Section]:
    """Return the curves over the fits, where they cross in each, and costs."""
    frame = run.frame(SPREAD)
    curves: list[Block] = []
    for measure, service_type in frame[["measure", "service_type"]].drop_duplicates().itertuples(index=False):
        those = frame[(frame["measure"] == measure) & (frame["service_type"] == service_type)]
        told = f"{with_unit(BY_NAME[measure])}: {titled(service_type)}"
        curves.append(_curve(run, f"{measure}-{service_type}", those, told, scale_of(BY_NAME[measure])[0]))
    return [
        Section("over-fits-told", "Over the fits", tuple(curves)),
        *([Section("crossings", "Where they cross", _crossings(run))] if len(run.titles) > 1 else []),
        Section("costs", "What it costs", costs_told(run)),
    ]


def _curve(run: KeptRun, name: str, frame: "pd.DataFrame", caption: str, factor: float) -> Table:
    how = Crossed(f"{caption}, median fit", "FTE", "fte", plain, factor)
    return replace(crossed(run, name, frame.rename(columns={"median": "mean"}), how), note=NOTE)


def _crossings(run: KeptRun) -> tuple[Block, ...]:
    rows = tuple(
        (
            Cell(f"{run.titles[str(row['framework'])]} and {named(run.titles[str(row['other'])])}"),
            Cell(f"{with_unit(BY_NAME[str(row['measure'])])}: {titled(str(row['service_type']))}"),
            Cell(str(row["fit"])),
            cell_of(estimate_of(row, ("fte", "low", "high"))),
            Cell(named(run.titles[str(row["less_below"])])),
        )
        for row in run.frame(CROSSINGS_BY_FIT).to_dict("records")
    )
    if not rows:
        return (Paragraph("In no fit do two frameworks cross between the numbers tried."),)
    columns = (
        Column("Frameworks"),
        Column("Measure"),
        Column("Fit", is_number=True),
        Column("FTE", is_number=True),
        Column("Less below"),
    )
    note = f"{_COUNTED} Below each number is its 95% interval."
    return (Table("crossings-by-fit", "Where frameworks cross, fit by fit", columns, rows, note),)


def size_command(run: KeptRun) -> list[str]:
    """Report what to type to search again."""
    return [*sizing.command(run), *_fits(run)]


def frontier_command(run: KeptRun) -> list[str]:
    """Report what to type to trace the curves again."""
    return [*frontier.command(run), *_fits(run)]


def _fits(run: KeptRun) -> list[str]:
    return ["--fits", str(run.manifest["fits"]), "--most-fits", str(len(run.manifest["fits_run"]))]
