"""Figures: a chart of the run, and under it the numbers that it shows, out of the file of the same name."""

from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.answers.cells import cells_of, estimate_of
from simulator.answers.kept_run import KeptRun
from simulator.answers.pictures import picture
from simulator.render.document import Cell, Column, Figure, Table
from simulator.words.estimates import Estimate

if TYPE_CHECKING:
    import pandas as pd


class Crossed(NamedTuple):
    """How the numbers of a chart are laid out: a row for each thing that it runs over, a column a framework."""

    caption: str
    head: str
    """Of the first column."""
    by: str
    """Column of the file that names the rows."""
    label: Callable[[Any], str] = str
    """Names a row for people."""
    factor: float = 1
    shown: Callable[[Any], bool] = lambda _: True
    """Which rows are shown; the file has them all."""


def figure_of(run: KeptRun, name: str, table: Table) -> Figure:
    """Put a chart and the table of its numbers together."""
    drawn = picture(run, name)
    return Figure(name, drawn.title, drawn.alt, drawn.svg, drawn.shape, table)


def crossed_figure(run: KeptRun, name: str, how: Crossed) -> Figure:
    """Put a chart and its numbers together, the latter with a column for each framework."""
    return figure_of(run, name, _crossed(run, name, run.frame(f"charts/{name}.csv"), how))


def _crossed(run: KeptRun, name: str, frame: "pd.DataFrame", how: Crossed) -> Table:
    """Return a tidy table with a column for each framework."""
    there = [framework for framework in run.titles if framework in set(frame["framework"])]
    estimates: dict[Hashable, dict[str, Estimate]] = {}
    left_out = False
    for row in frame.to_dict("records"):
        if how.shown(row[how.by]):
            estimates.setdefault(row[how.by], {})[str(row["framework"])] = estimate_of(row)
        else:
            left_out = True
    rows = []
    for key, mine in estimates.items():
        cells = dict(zip(mine, cells_of(list(mine.values()), how.factor), strict=True))
        rows.append((Cell(how.label(key)), *(cells.get(framework, Cell("")) for framework in there)))
    columns = (Column(how.head), *(Column(run.titles[framework], is_number=True) for framework in there))
    whole = f" Every point of the chart is in charts/{name}.csv." if left_out else ""
    return Table(f"{name}-numbers", how.caption, columns, tuple(rows), f"{interval_note(frame)}{whole}")


def interval_note(frame: "pd.DataFrame") -> str:
    """Report what the smaller figures are, if there are any."""
    if frame["low"].isna().all():
        return "One replication has no intervals."
    return "Below each mean is its 95% interval, if it varies."


def in_order(run: KeptRun, first: Sequence[str]) -> list[str]:
    """Name the charts of a run: those known in their order, if they are there."""
    return [name for name in first if run.has(f"charts/{name}.svg")]
