"""The report of an answer over a set of fits, whatever the question."""

from dataclasses import replace
from typing import Final

import numpy as np

from simulator.answers.costs import costs_told
from simulator.answers.figures import figure_of, in_order
from simulator.answers.kept_run import KeptRun
from simulator.answers.kind import Kind
from simulator.answers.spread import Row, Spread
from simulator.questions.over_fits.files import chart_name, files_over
from simulator.questions.over_fits.words import Names, amount, label_of, unit_of
from simulator.render.document import Cell, Column, Figure, Section, Table
from simulator.running.worlds import FITS, Sort
from simulator.words.wording import capital, counted

_MOST_ROWS: Final = 100
"""Rows of a table over the fits that a report still shows; longer ones are in the workbook."""


def over_kind(kind: Kind, sort: Sort = FITS) -> Kind:
    """Return the declaration of the answers to a question over a set of fits, or of other worlds."""
    return replace(
        kind,
        name=f"{kind.name} over {sort.many}",
        title=f"{kind.title}, over {'plausible worlds' if sort.beside else 'a set of fits'}",
        files=files_over(kind, sort),
        question=lambda run: f"{kind.question(run)} {_asked_in(run, sort)}",
        sections=lambda run: _sections(run, kind, sort),
        command=lambda run: [*kind.command(run), *_options(run, sort)],
        figures=lambda run: _figures(run, sort),
        deciding=lambda _: [],
        key_lines=lambda _: [],
        spreads=(),
    )


def _asked_in(run: KeptRun, sort: Sort) -> str:
    if sort.beside:
        return f"Answered in {counted(_asked(run, sort), 'plausible world')}, and with the assumed values."
    fits = counted(len(run.manifest["fits_run"]), "fit")
    return f"Answered for each of {fits} of the set {run.manifest['fits']}, which fit about equally well."


def _asked(run: KeptRun, sort: Sort) -> int:
    """Return the number of worlds asked in."""
    return len(run.manifest[f"{sort.many}_run"]) - sort.beside


def _options(run: KeptRun, sort: Sort) -> list[str]:
    if sort.beside:
        return ["--worlds", str(run.manifest["worlds"])]
    return ["--fits", str(run.manifest["fits"]), "--most-fits", str(len(run.manifest["fits_run"]))]


def _figures(run: KeptRun, sort: Sort) -> list[Figure]:
    """Return the chart of what the sentences tell, with its numbers fit by fit."""
    return [figure_of(run, name, _by_fit(run, sort)) for name in in_order(run, (chart_name(sort),))]


def _by_fit(run: KeptRun, sort: Sort) -> Table:
    chart, one = chart_name(sort), sort.one
    frame = run.frame(f"charts/{chart}.csv").fillna({"unit": ""})
    fits, labels = frame[one].unique().tolist(), frame["figure"].unique().tolist()
    written = {(row["figure"], row[one]): amount(row["value"], row["unit"]) for row in frame.to_dict("records")}
    if len(fits) > len(labels):
        heads = (one.capitalize(), *labels)
        rows = tuple((Cell(str(fit)), *(Cell(written[label, fit]) for label in labels)) for fit in fits)
    else:
        heads = ("Figure", *(f"{one.capitalize()} {fit}" for fit in fits))
        rows = tuple((Cell(label), *(Cell(written[label, fit]) for fit in fits)) for label in labels)
    columns = tuple(Column(head, is_number=place > 0) for place, head in enumerate(heads))
    first = "world 0 has the assumed values" if sort.beside else "fit 1 is the best"
    return Table(f"{chart}-numbers", f"The numbers in each {one}; {first}", columns, rows)


def _sections(run: KeptRun, kind: Kind, sort: Sort) -> list[Section]:
    """Return the tables over the fits that are short, and costs."""
    short = [
        spread
        for spread in kind.spreads
        if run.has(spread.over(sort.many)) and len(run.frame(spread.over(sort.many))) <= _MOST_ROWS
    ]
    tables = tuple(_table(run, spread, kind, sort) for spread in short)
    over = [Section(f"over-{sort.many}-told", f"Over the {sort.many}", tables)] if tables else []
    return [*over, Section("costs", "What it costs", costs_told(run))]


def _table(run: KeptRun, spread: Spread, kind: Kind, sort: Sort) -> Table:
    names, file = Names(run.titles, run.baseline, kind, sort), spread.over(sort.many)
    title = next(file.title for file in kind.files if file.name == spread.file)
    of = _asked(run, sort)
    rows = tuple(
        (
            Cell(label_of(row, spread, names)),
            *_cells(row, unit_of(row, spread, kind)),
            Cell(f"{row[sort.many]} of {of}"),
        )
        for row in run.frame(file).to_dict("records")
    )
    heads = (
        capital(sort.best),
        "Mean",
        f"Median {sort.one}",
        "Lowest",
        "Highest",
        f"{capital(sort.many)} with a number",
    )
    columns = (Column("Figure"), *(Column(head, is_number=True) for head in heads))
    note = f"Below each number is the range that holds nine in ten of the {sort.many}."
    return Table(file.removesuffix(".csv"), f"{title}, over the {sort.many}", columns, rows, note)


def _cells(row: Row, unit: str) -> tuple[Cell, ...]:
    best, mean, median, lowest, highest, low, high = (
        amount(row[name], unit) for name in ("best", "mean", "median", "lowest", "highest", "low", "high")
    )
    between = f"{low} to {high}" if np.isfinite(row["median"]) and low != high else ""
    return Cell(best), Cell(mean), Cell(median, between), Cell(lowest), Cell(highest)
