"""The report of a search for a number of inspectors."""

from collections.abc import Callable
from typing import Any, Final

import numpy as np

from simulator.answers.asked import from_told
from simulator.answers.cells import estimate_of, plain_cell
from simulator.answers.costs import costs_told
from simulator.answers.figures import figure_of, in_order
from simulator.answers.kept_run import KeptRun
from simulator.measures.names import ALL_SERVICES
from simulator.render.document import Block, Cell, Column, Figure, Section, Table
from simulator.running.targets import Target, target
from simulator.words.assumptions import plain
from simulator.words.estimates import Estimate
from simulator.words.money import MILLION
from simulator.words.pools import inspectors_of
from simulator.words.targets import amount_told, target_told
from simulator.words.wording import capital, joined, named, number, percent
from simulator.world.services import SERVICE_TYPES

_CHART: Final = "size"


def question(run: KeptRun) -> str:
    """Report what a search asks."""
    targets = joined([f"that {_told_of_text(str(text))}" for text in run.manifest["targets"]])
    titles = joined([named(title) for title in run.titles.values()])
    return (
        f"How many {inspectors_of(run.manifest['pool'])} are needed under {titles}, so {targets}? The answer is the "
        f"smallest number for each framework that meets this with {percent(run.manifest['confidence'])} confidence."
    )


def _told_of_text(text: str) -> str:
    """Describe in words a target as a manifest or a table has it."""
    return target_told(target(text, [*SERVICE_TYPES, ALL_SERVICES]))


def figures(run: KeptRun) -> list[Figure]:
    """Return the chart of the numbers found."""
    return [figure_of(run, name, _answer_table(run, f"{name}-numbers")) for name in in_order(run, (_CHART,))]


def _answer_table(run: KeptRun, name: str) -> Table:
    """Return the numbers found."""
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
        *(Column(head, is_number=True) for head in ("FTE", "£ million a year", "Simple arithmetic, FTE")),
    )
    return Table(
        name,
        "Smallest number of inspectors that meets the targets, with cost",
        columns,
        tuple(rows),
        "Below each number is its interval.",
    )


def _ranged(row: Any, name: str, factor: float = 1) -> Cell:
    value, low, high = (factor * float(row[column]) for column in (name, f"{name}_low", f"{name}_high"))
    decimals = 2 if factor != 1 else 0 if float(value).is_integer() and float(low).is_integer() else 2
    beside = "" if low == high else f"{number(low, decimals)} to {number(high, decimals)}"
    return Cell(number(value, decimals), beside)


def sections(run: KeptRun) -> list[Section]:
    """Return the reasons for the number and what it reaches, the numbers tried, and costs."""
    answers = {str(row["framework"]): float(row["fte"]) for row in run.frame("size.csv").to_dict("records")}
    limits = {name: np.inf if np.isnan(fte) else fte for name, fte in answers.items()}
    reached = _points_table(
        run,
        "reached",
        "Results with the number found, or without limit if none was found",
        lambda framework, fte: fte == limits[framework],
    )
    tried = _points_table(run, "tried", "Every number of inspectors tried", lambda *_: True)
    costs: tuple[Block, ...] = (*costs_told(run), _answer_table(run, "costs-of-posts"))
    return [
        Section("found", "Reasons for the number", (_why_table(run), reached)),
        Section("tried-out", "Numbers tried", (tried,)),
        Section("costs", "What it costs", costs),
    ]


def _points_table(run: KeptRun, name: str, caption: str, shown: Callable[[str, float], bool]) -> Table:
    """Return whether numbers of inspectors meet the targets; `shown` selects them, by framework and number."""
    rows = []
    for row in run.frame("points.csv").to_dict("records"):
        framework, fte = str(row["framework"]), float(row["fte"])
        if shown(framework, fte):
            wanted = target(str(row["target"]), [*SERVICE_TYPES, ALL_SERVICES])
            cells = (
                run.titles[framework],
                "no limit" if np.isinf(fte) else plain(fte),
                capital(target_told(wanted)),
            )
            rows.append((*map(Cell, cells), _reached(row, wanted), Cell(_STANDINGS[str(row["standing"])])))
    columns = tuple(
        Column(head, is_number=head in ("FTE", "Reached"))
        for head in ("Framework", "FTE", "Target", "Reached", "Status")
    )
    return Table(name, caption, columns, tuple(rows), _SIDES)


def _reached(row: Any, wanted: Target) -> Cell:
    """Write what a number of inspectors reaches of a measure, and its interval."""
    estimate = estimate_of(row)
    if np.isnan(estimate.mean):
        return Cell("")
    mean, low, high = (amount_told(bound, wanted.quantity) for bound in estimate)
    there = Estimate(0, estimate.low, estimate.high).has_interval and estimate.low != estimate.high
    return Cell(mean, f"{low.removesuffix('%')} to {high}" if there else "")


def _why_table(run: KeptRun) -> Table:
    """Return why the answer differs from arithmetic, a row for each framework."""
    rows = []
    for row in run.frame("size.csv").to_dict("records"):
        needed, done, used = (float(row[column]) for column in ("fte", "share_of_it_done", "share_of_time_in_use"))
        rows.append(
            (
                Cell(run.titles[str(row["framework"])]),
                Cell(number(float(row["inspector_days_asked_for"]))),
                plain_cell(float(row["arithmetic_fte"])),
                Cell(_NONE if np.isnan(needed) else plain(needed)),
                *(Cell(_NONE if np.isnan(share) else percent(share)) for share in (done, used)),
            )
        )
    columns = (
        "Inspector-days a year required",
        "Simple arithmetic, FTE",
        "Needed, FTE",
        "Share of the work done",
        "Share of inspectors' time in use",
    )
    return Table(
        "why",
        "Why it differs from simple arithmetic",
        (Column("Framework"), *(Column(column, is_number=True) for column in columns)),
        tuple(rows),
    )


_NONE: Final = "none"
_STANDINGS: Final = {
    "met": "met",
    "missed": "missed",
    "unclear": "unclear",
    "undefined": "nothing to measure",
    "no team": "too few for a team",
    "scouted": "few runs, to guide the search",
}
"""How a number of inspectors stands to a target, in words."""
_SIDES: Final = "Below each mean is its range of random variation."


def command(run: KeptRun) -> list[str]:
    """Report what to type to search again."""
    manifest = run.manifest
    targets = [part for text in manifest["targets"] for part in ("--target", str(text))]
    effort = ["--step", f"{manifest['step']:g}", "--confidence", f"{manifest['confidence']:g}"]
    most = ["--most-replications", str(manifest["replications"]["most"])]
    pool = ["--pool", str(manifest["pool"]), *from_told(run)]
    more = ["--more", plain(manifest["more"])] if "more" in manifest else []
    return ["inspectsim", "size", "FOLDER", *targets, *pool, *effort, *more, *most]
