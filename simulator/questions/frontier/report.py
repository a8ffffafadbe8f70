"""The report of a frontier: its curves, where they cross, and what its numbers cost."""

from collections.abc import Callable
from itertools import pairwise
from typing import Final, NamedTuple

from simulator.answers.asked import from_told
from simulator.answers.cells import cell_of, estimate_of
from simulator.answers.costs import costs_told
from simulator.answers.figures import Crossed, crossed_figure, figure_of, in_order, interval_note
from simulator.answers.kept_run import KeptRun, titled
from simulator.measures.names import BY_NAME
from simulator.questions.compare.chart_inspectors import inspectors_figures
from simulator.questions.frontier.files import CROSSINGS, CROSSINGS_BY_COST
from simulator.render.document import Block, Cell, Column, Figure, Paragraph, Section, Table
from simulator.words.assumptions import plain
from simulator.words.estimates import Estimate
from simulator.words.money import MILLION
from simulator.words.pools import inspectors_of
from simulator.words.units import scale_of, with_unit
from simulator.words.wording import capital, joined, named, number


def question(run: KeptRun) -> str:
    """Report what a frontier asks."""
    fte = run.manifest["fte"]
    titles = joined([named(title) for title in run.titles.values()])
    other = ", and where does one overtake another" if len(run.titles) > 1 else ""
    return (
        f"What are the results of {plain(fte[0])} to {plain(fte[-1])} full-time equivalents of "
        f"{inspectors_of(run.manifest['pool'])} under {titles}{other}?"
    )


def figures(run: KeptRun) -> list[Figure]:
    """Return the charts, each measure by number and by cost."""
    drawn = inspectors_figures(run)
    quantities = run.frame("frontier.csv")[["measure", "service_type"]].drop_duplicates()
    for measure, service_type in quantities.itertuples(index=False):
        told = f"{with_unit(BY_NAME[measure])}: {titled(service_type)}"
        factor = scale_of(BY_NAME[measure])[0]
        how = Crossed(told, "FTE", "fte", plain, factor)
        drawn += [crossed_figure(run, name, how) for name in in_order(run, [f"{measure}-{service_type}-by-fte"])]
        drawn += [
            figure_of(run, name, _by_cost(run, name, told, factor))
            for name in in_order(run, [f"{measure}-{service_type}-by-cost"])
        ]
    return drawn


def _by_cost(run: KeptRun, name: str, caption: str, factor: float) -> Table:
    frame = run.frame(f"charts/{name}.csv")
    rows = tuple(
        (
            Cell(run.titles[str(row["framework"])]),
            Cell(plain(row["fte"])),
            Cell(number(row["cost_per_year"] / MILLION, 2)),
            cell_of(estimate_of(row), factor),
        )
        for row in frame.to_dict("records")
    )
    numbers = (Column(head, is_number=True) for head in ("FTE", "£ million a year", "Measure"))
    return Table(f"{name}-numbers", caption, (Column("Framework"), *numbers), rows, interval_note(frame))


def sections(run: KeptRun) -> list[Section]:
    """Return crossings and costs."""
    told = Paragraph(
        "The charts by cost show the cost of the inspection work done, for all pools together. Vacant or idle posts "
        "are excluded."
    )
    crossings = Section("crossings", "Where they cross", (_crossings(run, _BY_FTE), _crossings(run, _BY_COST)))
    return [
        *([crossings] if len(run.titles) > 1 else []),
        Section("costs", "What it costs", (*costs_told(run), told)),
    ]


class _Crossed(NamedTuple):
    """How the crossings over one thing are laid out."""

    name: str
    file: str
    column: str
    head: str
    cell: Callable[[Estimate], Cell]
    caption: str
    none: str


def _in_millions(pounds: Estimate) -> Cell:
    at, low, high = (number(pound / MILLION, 2) for pound in pounds)
    return Cell(at, f"{low} to {high}")


_BY_FTE: Final = _Crossed(
    "crossings-by-fte",
    CROSSINGS,
    "fte",
    "FTE",
    cell_of,
    "Where frameworks cross, by number of inspectors",
    "No two frameworks cross between the numbers tried.",
)
_BY_COST: Final = _Crossed(
    "crossings-by-cost",
    CROSSINGS_BY_COST,
    "cost_per_year",
    "£ million a year",
    _in_millions,
    "Where frameworks cross, by the cost of the work done",
    "No two frameworks cross at the same cost.",
)


def _crossings(run: KeptRun, by: _Crossed) -> Block:
    rows = tuple(
        (
            Cell(f"{run.titles[str(row['framework'])]} and {named(run.titles[str(row['other'])])}"),
            Cell(f"{with_unit(BY_NAME[str(row['measure'])])}: {titled(str(row['service_type']))}"),
            by.cell(estimate_of(row, (by.column, "low", "high"))),
            Cell(capital(named(run.titles[str(row["less_below"])]))),
        )
        for row in run.frame(by.file).to_dict("records")
    )
    if not rows:
        return Paragraph(by.none)
    columns = (Column("Frameworks"), Column("Measure"), Column(by.head, is_number=True), Column("Less below"))
    return Table(by.name, by.caption, columns, rows, "Below each number is its 95% interval.")


def command(run: KeptRun) -> list[str]:
    """Report what to type to ask again."""
    fte = [float(fte) for fte in run.manifest["fte"]]
    steps = {round(later - earlier, 6) for earlier, later in pairwise(fte)}
    measures = [part for measure in run.manifest["measures"] for part in ("--measure", str(measure))]
    targets = [part for target in run.manifest.get("targets", ()) for part in ("--target", str(target))]
    ends = []
    if len(steps) == 1:  # others come of leaving them out: parts of the scenario's number, rounded
        ends = ["--from", plain(fte[0]), "--to", plain(fte[-1]), "--step", plain(steps.pop())]
    pool = ["--pool", str(run.manifest["pool"]), *from_told(run)]
    return ["inspectsim", "frontier", "FOLDER", *measures, *targets, *pool, *ends]
