"""The report of an answer over a set of fits, whatever the question."""

from dataclasses import replace
from typing import Final

import numpy as np

from simulator.answers.costs import costs_told
from simulator.answers.figures import figure_of, in_order
from simulator.answers.kept_run import KeptRun
from simulator.answers.kind import Kind
from simulator.answers.spread import Row, Spread
from simulator.questions.over_fits.files import CHART, files_over
from simulator.questions.over_fits.words import Names, amount, label_of, unit_of
from simulator.render.document import Cell, Column, Figure, Section, Table
from simulator.words.wording import counted

_MOST_ROWS: Final = 100
"""Rows of a table over the fits that a report still shows; longer ones are in the workbook."""
_NOTE: Final = "Below each number is the range that holds nine in ten of the fits."


def over_kind(kind: Kind) -> Kind:
    """Return the declaration of the answers to a question over a set of fits."""
    return replace(
        kind,
        name=f"{kind.name} over fits",
        title=f"{kind.title}, over a set of fits",
        files=files_over(kind),
        question=lambda run: f"{kind.question(run)} {_asked_in(run)}",
        sections=lambda run: _sections(run, kind),
        command=lambda run: [*kind.command(run), *_fits(run)],
        figures=_figures,
        deciding=lambda _: [],
        key_lines=lambda _: [],
    )


def _asked_in(run: KeptRun) -> str:
    fits = counted(len(run.manifest["fits_run"]), "fit")
    return f"Answered for each of {fits} of the set {run.manifest['fits']}, which fit about equally well."


def _fits(run: KeptRun) -> list[str]:
    return ["--fits", str(run.manifest["fits"]), "--most-fits", str(len(run.manifest["fits_run"]))]


def _figures(run: KeptRun) -> list[Figure]:
    """Return the chart of what the sentences tell, with its numbers fit by fit."""
    return [figure_of(run, name, _by_fit(run)) for name in in_order(run, (CHART,))]


def _by_fit(run: KeptRun) -> Table:
    frame = run.frame(f"charts/{CHART}.csv").fillna({"unit": ""})
    fits, labels = frame["fit"].unique().tolist(), frame["figure"].unique().tolist()
    written = {(row["figure"], row["fit"]): amount(row["value"], row["unit"]) for row in frame.to_dict("records")}
    if len(fits) > len(labels):
        heads = ("Fit", *labels)
        rows = tuple((Cell(str(fit)), *(Cell(written[label, fit]) for label in labels)) for fit in fits)
    else:
        heads = ("Figure", *(f"Fit {fit}" for fit in fits))
        rows = tuple((Cell(label), *(Cell(written[label, fit]) for fit in fits)) for label in labels)
    columns = tuple(Column(head, is_number=place > 0) for place, head in enumerate(heads))
    return Table(f"{CHART}-numbers", "The numbers in each fit; fit 1 is the best", columns, rows)


def _sections(run: KeptRun, kind: Kind) -> list[Section]:
    """Return the tables over the fits that are short, and costs."""
    short = [spread for spread in kind.spreads if run.has(spread.over) and len(run.frame(spread.over)) <= _MOST_ROWS]
    tables = tuple(_table(run, spread, kind) for spread in short)
    over = [Section("over-fits-told", "Over the fits", tables)] if tables else []
    return [*over, Section("costs", "What it costs", costs_told(run))]


def _table(run: KeptRun, spread: Spread, kind: Kind) -> Table:
    names = Names(run.titles, run.baseline, kind)
    title = next(file.title for file in kind.files if file.name == spread.file)
    of = len(run.manifest["fits_run"])
    rows = tuple(
        (Cell(label_of(row, spread, names)), *_cells(row, unit_of(row, spread, kind)), Cell(f"{row['fits']} of {of}"))
        for row in run.frame(spread.over).to_dict("records")
    )
    heads = ("Best fit", "Mean", "Median fit", "Lowest", "Highest", "Fits with a number")
    columns = (Column("Figure"), *(Column(head, is_number=True) for head in heads))
    return Table(spread.over.removesuffix(".csv"), f"{title}, over the fits", columns, rows, _NOTE)


def _cells(row: Row, unit: str) -> tuple[Cell, ...]:
    best, mean, median, lowest, highest, low, high = (
        amount(row[name], unit) for name in ("best", "mean", "median", "lowest", "highest", "low", "high")
    )
    between = f"{low} to {high}" if np.isfinite(row["median"]) and low != high else ""
    return Cell(best), Cell(mean), Cell(median, between), Cell(lowest), Cell(highest)
