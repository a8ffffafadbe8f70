"""The report of an explanation."""

from collections.abc import Hashable, Mapping

from simulator.answers.asked import from_told
from simulator.answers.cells import cell_of, estimate_of
from simulator.answers.costs import costs_told
from simulator.answers.figures import figure_of, in_order
from simulator.answers.kept_run import KeptRun, titled
from simulator.measures.names import BY_NAME
from simulator.questions.explain.files import PARTS
from simulator.render.document import Cell, Column, Figure, Section, Table
from simulator.words.units import scale_of, with_unit
from simulator.words.wording import capital, figure, named

_NAMES = ("value", "alone", "last")


def question(run: KeptRun) -> str:
    """Report what an explanation asks."""
    option, baseline = (named(run.titles[name]) for name in run.manifest["frameworks"])
    return f"Which parts of {option} make the difference between it and {baseline}?"


def figures(run: KeptRun) -> list[Figure]:
    """Return the charts, one for each measure."""
    names = [str(name).replace(" of ", "-") for name in run.manifest["measures"]]
    drawn = [name if "-" in name else f"{name}-all" for name in names]
    return [figure_of(run, name, _table(run, name)) for name in in_order(run, drawn)]


def _table(run: KeptRun, name: str) -> Table:
    frame = run.frame(f"charts/{name}.csv")
    measure, service_type = name.rsplit("-", 1)
    factor = scale_of(BY_NAME[measure])[0]
    rows = []
    for row in frame.to_dict("records"):
        cells = (cell_of(estimate_of(row, (key, f"{key}_low", f"{key}_high")), factor) for key in _NAMES)
        ends = [figure(factor * float(str(row[key]))) for key in ("lowest", "highest")]
        turns = "changes its sign" if str(row["turns"]) == "True" else ""
        rows.append((Cell(capital(str(row["part"])), _cited(row)), *cells, Cell(" to ".join(ends), turns)))
    heads = ("Brings", "Alone", "Last", "Over all choices of others")
    columns = (Column("Part"), *(Column(head, is_number=True) for head in heads))
    note = (
        "Brings: mean over all orders in which the parts can be taken over. Alone: added to the baseline. Last: added "
        "to all other parts. Below each number is its 95% interval; below each part the paragraphs that it follows."
    )
    caption = f"{with_unit(BY_NAME[measure])}: {titled(service_type)}"
    return Table(f"{name}-numbers", caption, columns, tuple(rows), note)


def _cited(row: "Mapping[Hashable, object]") -> str:
    """Return the paragraphs of a part; those of one that cites none read back as no number."""
    cited = row["paragraphs"]
    return cited if isinstance(cited, str) else ""


def sections(run: KeptRun) -> list[Section]:
    """Return which clauses each part has, and the costs."""
    parts = run.frame(PARTS).drop_duplicates("part") if run.has(PARTS) else None
    rows = (
        ()
        if parts is None
        else tuple(
            (Cell(capital(str(row["part"]))), Cell(_cited(row)), Cell(str(row["clauses"])))
            for row in parts.to_dict("records")
        )
    )
    columns = (Column("Part"), Column("Paragraphs"), Column("Clauses"))
    table = Table("clauses-of-parts", "Clauses of each part", columns, rows)
    clauses = Section("clauses", "What the parts are", (table,))
    return [*([clauses] if rows else []), Section("costs", "What it costs", costs_told(run))]


def command(run: KeptRun) -> list[str]:
    """Report what to type to ask again."""
    option, baseline = run.manifest["frameworks"]
    asked = run.manifest["command"]
    given = ["--by", str(asked["by"])] if asked.get("by") else []
    time = ["--inspectors-time"] if asked.get("inspectors_time") else []
    measures = [part for measure in run.manifest["measures"] for part in ("--measure", str(measure))]
    most = ["--most-combinations", str(asked["most_combinations"])] if asked.get("most_combinations") else []
    return [
        *("inspectsim", "explain", option, "--against", baseline, "--scenario", "FOLDER"),
        *measures,
        *given,
        *most,
        *time,
        *from_told(run),
    ]
