"""What the report says of it."""

from simulator.answers.cells import cell_of, estimate_of
from simulator.answers.costs import costs_told
from simulator.answers.figures import Crossed, crossed_figure, figure_of, in_order
from simulator.answers.kept_run import KeptRun
from simulator.measures.names import ALL_SERVICES
from simulator.questions.sensitivity.report import range_of
from simulator.questions.worth.files import ASSUMPTIONS, INFORMATION, OPTIONS
from simulator.render.document import Cell, Column, Figure, Section, Table
from simulator.running.targets import Quantity, quantity
from simulator.words.quantities import column_title, title_of
from simulator.words.units import scale_of, with_unit
from simulator.words.wording import capital, figure, joined, named, number
from simulator.world.services import SERVICE_TYPES

_BELOW = "Below each number is its 95% interval."


def question(run: KeptRun) -> str:
    """Report what was asked."""
    names = joined([named(title) for title in run.titles.values()])
    varied = len(run.frame(ASSUMPTIONS))
    first = _quantities(run)[0]
    return (
        f"In how many plausible worlds does each of {names} do better, and what would be worth knowing before one is "
        f"chosen? The choice is made by: {title_of(first)}. {varied} "
        f"{'assumption is' if varied == 1 else 'assumptions are'} varied within their ranges, all at once."
    )


def _quantities(run: KeptRun) -> list[Quantity]:
    return [quantity(str(name), [*SERVICE_TYPES, ALL_SERVICES]) for name in run.manifest["measures"]]


def figures(run: KeptRun) -> list[Figure]:
    """Return the chances by each measure, and what is worth knowing."""
    by_name = {f"chance-{of.measure}-{of.service_type}": of for of in _quantities(run)}
    found = [crossed_figure(run, name, _how(by_name[name])) for name in in_order(run, list(by_name))]
    information = [
        figure_of(run, name, _information(run, f"{name}-numbers")) for name in in_order(run, ["information"])
    ]
    return [*found, *information]


def _how(of: Quantity) -> Crossed:
    def told(amount: float) -> str:
        return figure(round(scale_of(of.of)[0] * amount, 9))

    return Crossed(f"{with_unit(of.of)}: % of worlds", "Better by at least", "at_least", told, 100)


def _information(run: KeptRun, name: str) -> Table:
    """Return what everything, and what each source could tell, is worth."""
    first = _quantities(run)[0]
    factor = scale_of(first.of)[0]
    rows = tuple(
        (
            Cell(capital(str(row["title"]))),
            Cell(number(float(str(row["assumptions"])))),
            cell_of(estimate_of(row, ("worth", "worth_low", "worth_high")), factor),
            Cell("yes" if str(row["clear"]) == "True" else "no"),
        )
        for row in run.frame(INFORMATION).to_dict("records")
    )
    columns = (
        Column("Known before the choice"),
        Column("Assumptions", is_number=True),
        Column("Worth", is_number=True),
        Column("Clear"),
    )
    note = (
        f"{_BELOW} Worth: how much better the choice would turn out on average over the worlds. Clear: chance would "
        "not have named it."
    )
    return Table(name, f"What is worth knowing: {column_title(first)}", columns, rows, note)


def deciding(run: KeptRun) -> list[Section]:
    """Return what is worth knowing."""
    return [Section("decide", "What is worth knowing", (_information(run, "worth-knowing"),))]


def sections(run: KeptRun) -> list[Section]:
    """Return the options by each measure, what was varied, and costs."""
    options = tuple(_options(run, of) for of in _quantities(run))
    return [
        Section("worlds", "In how many worlds", options),
        Section("varied", "What was varied", (_varied(run),)),
        Section("costs", "What it costs", costs_told(run)),
    ]


def _options(run: KeptRun, of: Quantity) -> Table:
    """Return each framework by one measure."""
    factor = scale_of(of.of)[0]
    rows = []
    for row in run.frame(OPTIONS).to_dict("records"):
        if (row["measure"], row["service_type"]) == of:
            cells = (
                cell_of(estimate_of(row, (key, f"{key}_low", f"{key}_high")), scale)
                if str(row[key]) != "nan"
                else Cell("")
                for key, scale in (("better", 100), ("best", 100), ("difference", factor), ("ahead", factor))
            )
            ends = [float(str(row[key])) * factor for key in ("percentile_5", "percentile_95")]
            spread = " to ".join(map(figure, ends)) if ends[0] == ends[0] else ""
            may = "may be best" if str(row["may_be_best"]) == "True" else ""
            rows.append((Cell(run.titles[str(row["framework"])], may), *cells, Cell(spread)))
    heads = (
        "Better, % of worlds",
        "Best, % of worlds",
        "Difference",
        "Ahead of the best other",
        "5th to 95th",
    )
    columns = (Column("Framework"), *(Column(head, is_number=True) for head in heads))
    note = (
        f"{_BELOW} Difference and advantage are means over the worlds; the percentiles are of the worlds themselves. "
        "The intervals of advantages hold at once (Hsu); a framework may be best if its own reaches above 0."
    )
    return Table(f"options-{of.measure}-{of.service_type}", title_of(of), columns, tuple(rows), note)


def _varied(run: KeptRun) -> Table:
    """Return every assumption with its range and who could answer it."""
    rows = tuple(
        (
            Cell(str(row["assumption"])),
            Cell(capital(str(row["title"]))),
            Cell(range_of(row)),
            Cell(capital(str(row["source"]))),
        )
        for row in run.frame(ASSUMPTIONS).to_dict("records")
    )
    columns = (Column("Key"), Column("Assumption"), Column("Varied over", is_number=True), Column("Who could answer"))
    return Table("assumptions-varied", "Every assumption that was varied", columns, rows)


def command(run: KeptRun) -> list[str]:
    """Report what to type to ask again."""
    manifest = run.manifest
    measures = [part for name in manifest["measures"] for part in ("--measure", str(name))]
    varied = [part for key in manifest["command"].get("vary") or () for part in ("--vary", str(key))]
    worlds, replications = manifest["worlds"]["asked"], manifest["replications"]["in_each_world"]
    counts = ["--worlds", str(worlds), "--replications", str(replications)]
    return ["inspectsim", "worth", "FOLDER", *measures, *varied, *counts]
