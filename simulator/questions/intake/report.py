"""The report of a plan of recruitment."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from simulator.answers.costs import costs_told
from simulator.answers.figures import figure_of, in_order
from simulator.answers.kept_run import KeptRun
from simulator.questions.intake.files import FIGURES_TOLD, INTAKES
from simulator.questions.workforce.figures import BY_NAME
from simulator.render.document import Cell, Column, Figure, Section, Table
from simulator.words.money import pounds
from simulator.words.rounded import as_percent, short
from simulator.words.wording import joined, named, number

if TYPE_CHECKING:
    import pandas as pd


def question(run: KeptRun) -> str:
    """Report what was asked."""
    titles = joined([named(title) for title in run.titles.values()], "or")
    return f"How many inspectors must be recruited each year so that the targets are met in every year, under {titles}?"


def figures(run: KeptRun) -> list[Figure]:
    """Return the chart of each framework."""
    names = in_order(run, [f"intakes-{name}" for name in run.titles])
    return [figure_of(run, name, _table(run, f"{name}-numbers", run.frame(f"charts/{name}.csv"))) for name in names]


def sections(run: KeptRun) -> list[Section]:
    """Return the plans, and costs."""
    frame = run.frame(INTAKES)
    tables = tuple(
        _table(run, f"plan-{name}", frame[frame["framework"] == name], title) for name, title in run.titles.items()
    )
    return [Section("plan", "Year by year", tables), Section("costs", "What it costs", costs_told(run))]


def _table(run: KeptRun, name: str, frame: "pd.DataFrame", title: str = "How many to recruit each year") -> Table:
    rows = []
    for row in frame.to_dict("records"):
        told = (
            as_percent(float(row[figure])) if BY_NAME[figure].is_share else short(float(row[figure]))
            for figure in FIGURES_TOLD
        )
        met = "" if str(row["met"]) == "True" else "targets not met"
        cells: Sequence[str] = (number(float(row["intake"])), *told, pounds(float(row["cost"])))
        rows.append((Cell(str(row["year"]), met), *map(Cell, cells)))
    heads = ("Recruit", *(BY_NAME[figure].title for figure in FIGURES_TOLD), "Cost of those in post")
    columns = (Column("Year"), *(Column(head, is_number=True) for head in heads))
    return Table(name, title, columns, tuple(rows))


def command(run: KeptRun) -> list[str]:
    """Report what to type to ask again."""
    asked = run.manifest
    targets = [part for target in asked["targets"] for part in ("--target", str(target))]
    replications = ["--replications", str(asked["replications"]["asked"])]
    pool = ["--pool", str(asked["pool"])]
    return ["inspectsim", "size", "FOLDER", "--by-year", *targets, *pool, "--step", f"{asked['step']:g}", *replications]
