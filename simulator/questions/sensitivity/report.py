"""The report of a sensitivity analysis: in how many worlds each framework does better, and what decides it."""

from collections.abc import Hashable, Mapping
from math import isnan
from typing import TYPE_CHECKING, Final

from simulator.answers.cells import UNDEFINED, cell_of, estimate_of
from simulator.answers.costs import costs_told
from simulator.answers.figures import figure_of, in_order
from simulator.answers.kept_run import KeptRun
from simulator.measures.names import ALL_SERVICES
from simulator.questions.sensitivity.assumption_words import three_figures, title_of_assumption
from simulator.questions.sensitivity.tables import AS_GIVEN
from simulator.questions.sensitivity.words import percent_of
from simulator.render.document import Cell, Column, Figure, Section, Table
from simulator.running.targets import Quantity, quantity
from simulator.statistics.verdicts import VERDICTS
from simulator.words.estimates import Estimate
from simulator.words.quantities import title_of
from simulator.words.wording import capital, named, number
from simulator.world.services import SERVICE_TYPES

if TYPE_CHECKING:
    import pandas as pd

_Row = Mapping[Hashable, object]

_BELOW: Final = "Below each number is its 95% interval."
_FEW: Final = "These differences are from few replications, to select the assumptions to examine singly."
_DIFFERENCE: Final = ("difference", "low", "high")


def question(run: KeptRun) -> str:
    """Report what a sensitivity analysis asks."""
    first, second = _by_name(run).values()
    varied = len(run.frame("assumptions.csv"))
    return (
        f"Which of {first} and {second} does better, and would that change if the assumptions are wrong? They are "
        f"compared by: {title_of(_quantity(run))}. {varied} {'assumption is' if varied == 1 else 'assumptions are'} "
        f"varied within {'its range' if varied == 1 else 'their ranges'}, one at a time and all at once."
    )


def figures(run: KeptRun) -> list[Figure]:
    """Return the charts: the swing of the difference by each assumption, and the sources of its spread."""
    tables = {"tornado": _swings, "spread": _spread}
    return [figure_of(run, name, tables[name](run, f"{name}-numbers")) for name in in_order(run, tuple(tables))]


def deciding(run: KeptRun) -> list[Section]:
    """Return what decides which framework does better."""
    return [Section("decide", "Which assumptions decide", (_splits(run),))]


def sections(run: KeptRun) -> list[Section]:
    """Return the worlds by outcome, what was varied, and costs."""
    return [
        Section("worlds", "In how many worlds", (_shares(run),)),
        Section("varied", "What was varied", (_varied(run),)),
        Section("costs", "What it costs", costs_told(run)),
    ]


def _by_name(run: KeptRun) -> dict[str, str]:
    """Return the two frameworks as sentences call them, the first of the difference first."""
    return {str(name): named(run.titles[str(name)]) for name in run.manifest["difference"]}


def _quantity(run: KeptRun) -> Quantity:
    return quantity(str(run.manifest["measure"]), [*SERVICE_TYPES, ALL_SERVICES])


def _shares(run: KeptRun) -> Table:
    """Return the share of worlds in which each framework does better."""
    better = {str(name): f"{capital(told)} does better" for name, told in _by_name(run).items()}
    others = {"undecided": "Undecided", "same": "No difference"}
    rows = tuple(
        (
            Cell(better.get(str(row["framework"])) or others[str(row["verdict"])]),
            Cell(number(float(row["worlds"]))),
            cell_of(estimate_of(row, ("share", "low", "high")), 100),
        )
        for row in run.frame("shares.csv").to_dict("records")
    )
    columns = (Column("Outcome"), Column("Worlds", is_number=True), Column("Share of worlds, %", is_number=True))
    return Table("shares", "Plausible worlds by outcome", columns, rows, _BELOW)


def _splits(run: KeptRun) -> Table:
    """Return the parts into which the deciding assumptions split the worlds, or all worlds if nothing splits them."""
    first, second = map(capital, _by_name(run).values())
    heads = {
        "better": f"{first} better, %",
        "worse": f"{second} better, %",
        "undecided": "Undecided, %",
        "same": "No difference, %",
    }
    rows = tuple(
        (
            Cell(capital(str(row["where"]))),
            Cell(number(float(row["worlds"]))),
            *(Cell(number(100 * float(row[verdict]) / float(row["worlds"]))) for verdict in VERDICTS),
        )
        for row in run.frame("splits.csv").to_dict("records")
    )
    columns = (
        Column("Where"),
        Column("Worlds", is_number=True),
        *(Column(heads[verdict], is_number=True) for verdict in VERDICTS),
    )
    split = run.manifest["split"]
    note = (
        f"The split predicts {percent_of(split['predicted_rightly'])} of held-back worlds; always guessing the "
        f"commonest outcome would get {percent_of(split['without_split'])}."
    )
    return Table("splits", "Which framework does better where", columns, rows, note if len(rows) > 1 else "No split.")


def _swings(run: KeptRun, name: str) -> Table:
    """Return the difference with each assumption looked at singly at the ends of its range."""
    first, second = _by_name(run).values()
    frame = run.frame("swings.csv")
    given = next(row for row in frame.to_dict("records") if row["end"] == AS_GIVEN)
    ends = _at_ends(frame)
    at_once = cell_of(estimate_of(given, _DIFFERENCE))
    keys = list(dict.fromkeys(key for key, _ in ends))
    rows = (
        (Cell("Default"), at_once, at_once),
        *((Cell(capital(title_of_assumption(key))), ends[key, "lower"], ends[key, "upper"]) for key in keys),
    )
    columns = (
        Column("Assumption"),
        Column("At the lower end", is_number=True),
        Column("At the upper end", is_number=True),
    )
    return Table(name, f"{title_of(_quantity(run))}: {first} minus {second}", columns, rows, _BELOW)


def _at_ends(frame: "pd.DataFrame") -> dict[tuple[str, str], Cell]:
    """Return the difference by assumption and end of its range."""
    return {
        (str(row["assumption"]), str(row["end"])): cell_of(estimate_of(row, _DIFFERENCE))
        for row in frame.to_dict("records")
        if row["end"] != AS_GIVEN
    }


def _spread(run: KeptRun, name: str) -> Table:
    """Return the sources of the spread of the difference over worlds."""
    rows = tuple(
        (
            Cell(capital(title_of_assumption(str(row["assumption"])))),
            *(_share_of_spread(row, order) for order in ("first", "total")),
        )
        for row in run.frame("spread.csv").to_dict("records")
    )
    columns = (
        Column("Assumption"),
        Column("By itself, %", is_number=True),
        Column("With others too, %", is_number=True),
    )
    note = f"{_BELOW} A share below 0 is random variation in the estimate, and is shown as 0."
    return Table(name, "Share of the spread of the difference", columns, rows, note)


def _share_of_spread(row: _Row, name: str) -> Cell:
    estimate = estimate_of(row, (name, f"{name}_low", f"{name}_high"))
    return cell_of(Estimate(*(max(bound, 0.0) for bound in estimate)), 100) if estimate.defined else Cell(UNDEFINED)


def _varied(run: KeptRun) -> Table:
    """Return every assumption with its range, and the difference at its ends in the replications of the screening."""
    screened = run.has("screening.csv")
    ends = _at_ends(run.frame("screening.csv" if screened else "swings.csv"))
    rows = []
    for row in run.frame("assumptions.csv").to_dict("records"):
        key = str(row["assumption"])
        at_ends = (ends.get((key, end), Cell(UNDEFINED)) for end in ("lower", "upper"))
        title = capital(title_of_assumption(key))
        rows.append((Cell(key), Cell(title), Cell(_as_given(row)), Cell(range_of(row)), *at_ends))
    columns = (
        Column("Key"),
        Column("Assumption"),
        Column("Default", is_number=True),
        Column("Varied over", is_number=True),
        Column("Difference at the lower end", is_number=True),
        Column("At the upper end", is_number=True),
    )
    note = f"{_BELOW} {_FEW}" if screened else _BELOW
    return Table("assumptions-varied", "Every assumption that was varied", columns, tuple(rows), note)


def _as_given(row: _Row) -> str:
    given = float(str(row["given"]))
    return "" if isnan(given) or row["kind"] == "factor" else three_figures(given)


def range_of(row: _Row) -> str:
    """Write the range of an assumption, from its row in the table of what was varied."""
    low, high = (float(str(row[bound])) for bound in ("low", "high"))
    if isnan(low):
        return "each within its own range"
    factor = "× " if row["kind"] == "factor" else ""
    return f"{factor}{three_figures(low)} to {three_figures(high)}"


def command(run: KeptRun) -> list[str]:
    """Report what to type to ask again."""
    manifest = run.manifest
    effort = manifest["effort"]
    varied = [part for key in manifest["command"].get("vary") or () for part in ("--vary", str(key))]
    counts = {"--worlds": "worlds", "--singly": "singly", "--replications": "replications"}
    told = [part for option, name in counts.items() for part in (option, str(effort[name]))]
    return ["inspectsim", "sensitivity", "FOLDER", "--measure", str(manifest["measure"]), *varied, *told]
