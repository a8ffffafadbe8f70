"""What a report says of a search for a number of inspectors."""

from typing import Any, Final

import numpy as np

from simulator.experiments.targets import target
from simulator.measures.names import ALL_SERVICES
from simulator.present.assumptions import plain
from simulator.present.chart_size import in_words
from simulator.present.compared import Estimate
from simulator.present.money import MILLION
from simulator.present.report.cells import estimate_of, plain_cell
from simulator.present.report.costs import costs_told
from simulator.present.report.document import Block, Cell, Column, Figure, Section, Table
from simulator.present.report.figures import figure_of, in_order
from simulator.present.report.kept_run import KeptRun
from simulator.present.report.sheets import SheetOf
from simulator.present.size_words import decimal
from simulator.present.wording import capital, joined, named, number, percent
from simulator.world.services import SERVICE_TYPES

CHART: Final = "size"
ONE_SIDED: Final = "one-sided intervals with the confidence asked for (Student's t)"
SHEETS: Final = (
    SheetOf("Answer", "size.csv", "Fewest inspectors that meet the targets, by framework", ONE_SIDED),
    SheetOf("Tried out", "points.csv", "Every number of inspectors that was tried out", ONE_SIDED),
    SheetOf("Failures", "failures.csv", "Runs that failed"),
)


def question(run: KeptRun) -> str:
    """Say what a search asks."""
    targets = joined([target_told(str(each)) for each in run.manifest["targets"]])
    titles = joined([named(title) for title in run.titles.values()])
    return (
        f"How many inspectors does it take in the pool {run.manifest['pool']} under {titles}, to reach {targets}? "
        f"For each framework by itself, the fewest with which that is met with {percent(run.manifest['confidence'])} "
        "confidence."
    )


def target_told(text: str) -> str:
    """Say in words what is to be reached."""
    return in_words(target(text, [*SERVICE_TYPES, ALL_SERVICES]))


def figures(run: KeptRun) -> list[Figure]:
    """Give the chart of the numbers found."""
    return [figure_of(run, name, answer_table(run, f"{name}-numbers")) for name in in_order(run, (CHART,))]


def answer_table(run: KeptRun, name: str) -> Table:
    """Lay out the numbers found."""
    rows = []
    for row in run.frame("size.csv").to_dict("records"):
        title = Cell(run.titles[str(row["framework"])])
        if np.isnan(row["fte"]):
            needed = (Cell(f"none: {row['outcome']}"), Cell(""))
        else:
            needed = (_ranged(row, "fte"), _ranged(row, "posts_cost_per_year", 1 / MILLION))
        rows.append((title, *needed, plain_cell(float(row["arithmetic_fte"]))))
    columns = (
        Column("Framework"),
        *(Column(each, is_number=True) for each in ("FTE", "£ million a year", "By arithmetic, FTE")),
    )
    return Table(
        name,
        "Fewest inspectors that meet the targets, with what they cost",
        columns,
        tuple(rows),
        "Below each number the interval within which the number needed lies.",
    )


def _ranged(row: Any, name: str, factor: float = 1) -> Cell:
    value, low, high = (factor * float(row[each]) for each in (name, f"{name}_low", f"{name}_high"))
    decimals = 2 if factor != 1 else 0 if float(value).is_integer() and float(low).is_integer() else 2
    beside = "" if low == high else f"{number(low, decimals)} to {number(high, decimals)}"
    return Cell(number(value, decimals), beside)


def sections(run: KeptRun) -> list[Section]:
    """Lay out what was tried out, and costs."""
    rows = []
    for row in run.frame("points.csv").to_dict("records"):
        mean, low, high = estimate_of(row)
        reached = Cell("") if np.isnan(mean) else Cell(decimal(mean), _one_sided(low, high))
        cells = (run.titles[str(row["framework"])], plain(row["fte"]), capital(target_told(str(row["target"]))))
        rows.append((*map(Cell, cells), reached, Cell(str(row["standing"]))))
    columns = tuple(
        Column(each, is_number=each in ("FTE", "Reached"))
        for each in ("Framework", "FTE", "Target", "Reached", "How it stands")
    )
    tried = Table("tried", "Every number of inspectors that was tried out", columns, tuple(rows), SIDES)
    costs: tuple[Block, ...] = (*costs_told(run), answer_table(run, "costs-of-posts"))
    return [Section("tried-out", "What was tried out", (tried,)), Section("costs", "What it costs", costs)]


SIDES: Final = "Below each mean reached, how far chance reaches to either side."


def _one_sided(low: float, high: float) -> str:
    there = Estimate(0, low, high).has_interval
    return f"{decimal(low)} to {decimal(high)}" if there and low != high else ""


def command(run: KeptRun) -> list[str]:
    """Say what to type to search again."""
    manifest = run.manifest
    targets = [part for each in manifest["targets"] for part in ("--target", str(each))]
    effort = ["--step", f"{manifest['step']:g}", "--confidence", f"{manifest['confidence']:g}"]
    most = ["--most-replications", str(manifest["replications"]["most"])]
    return ["inspectsim", "size", "FOLDER", *targets, "--pool", str(manifest["pool"]), *effort, *most]
