"""The report of the workforce."""

from typing import Final

from simulator.answers.cells import cell_of, estimate_of
from simulator.answers.costs import costs_told
from simulator.answers.figures import figure_of, in_order
from simulator.answers.kept_run import KeptRun
from simulator.questions.workforce.chart import CHARTS
from simulator.questions.workforce.counting import ALL
from simulator.questions.workforce.figures import BY_NAME, FIGURES
from simulator.questions.workforce.files import MONTHS, REGIONS, WORK, YEARS
from simulator.questions.workforce.kinds_of_work import COUNTS
from simulator.render.document import Cell, Column, Figure, Section, Table
from simulator.words.pools import inspectors_of
from simulator.words.wording import capital, joined, named

_CAPTIONS: Final = {
    "kept": "Statutory dates kept by year",
    "in-post": "Posts and people by year",
    "backlog": "Inspections waiting by month",
    "waits": "Days waited by region",
}
"""Of the tables below the charts."""
_BELOW: Final = "Below each mean is its 95% interval, if it varies."


def question(run: KeptRun) -> str:
    """Report what was asked."""
    titles = joined([named(title) for title in run.titles.values()])
    return (
        f"Do the inspectors suffice under {titles}, year by year, month by month and region by region, and what gives "
        "way if not?"
    )


def figures(run: KeptRun) -> list[Figure]:
    """Return the charts, each with its numbers."""
    return [figure_of(run, name, _of_chart(run, name)) for name in in_order(run, CHARTS)]


def _of_chart(run: KeptRun, name: str) -> Table:
    frame = run.frame(f"charts/{name}.csv")
    by = next(column for column in ("year", "month", "region") if column in frame)
    rows = []
    for row in frame.to_dict("records"):
        figure = BY_NAME[str(row["figure"])] if "figure" in row else BY_NAME["wait_days"]
        rows.append(
            (
                Cell(str(row[by]), run.titles[str(row["framework"])]),
                Cell(figure.title),
                cell_of(estimate_of(row), 100 if figure.is_share else 1),
            )
        )
    columns = (Column(capital(by)), Column("Figure"), Column("Mean", is_number=True))
    return Table(f"{name}-numbers", _CAPTIONS[name], columns, tuple(rows), f"Shares in per cent. {_BELOW}")


def sections(run: KeptRun) -> list[Section]:
    """Return the figures by year, month and region, what gives way, and costs."""
    return [
        _crossed(run, "Year by year", YEARS, "year"),
        _crossed(run, "Month by month", MONTHS, "month"),
        _crossed(run, "Region by region", REGIONS, "region"),
        Section("work", "What gives way", _work(run)),
        Section("costs", "What it costs", costs_told(run)),
    ]


def _crossed(run: KeptRun, title: str, file: str, by: str) -> Section:
    """Return a section with a table for each framework and pool: a row for each figure, a column for each year."""
    frame = run.frame(file)
    if by != "region":
        frame = frame[frame["region"] == ALL]
    tables = []
    for (framework, pool), mine in frame.groupby(["framework", "pool"], sort=False):
        heads = list(dict.fromkeys(mine[by]))
        cells = {
            (str(row["figure"]), row[by]): cell_of(estimate_of(row), 100 if BY_NAME[str(row["figure"])].is_share else 1)
            for row in mine.to_dict("records")
        }
        rows = tuple(
            (Cell(figure.title, figure.unit), *(cells.get((figure.name, head), Cell("")) for head in heads))
            for figure in FIGURES
            if any((figure.name, head) in cells for head in heads)
        )
        columns = (Column("Figure"), *(Column(str(head).replace("all", "All"), is_number=True) for head in heads))
        whose = "all inspectors" if pool == ALL else inspectors_of(str(pool))
        caption = f"{title}: {run.titles[str(framework)]}, {whose}"
        tables.append(Table(f"{by}-{framework}-{pool}", caption, columns, rows, f"Shares in per cent. {_BELOW}"))
    return Section(f"{by}s", title, tuple(tables))


def _work(run: KeptRun) -> tuple[Table, ...]:
    frame = run.frame(WORK)
    tables = []
    for framework, mine in frame.groupby("framework", sort=False):
        cells = {
            (row["kind"], row["priority"], row["statutory"], row["figure"]): cell_of(estimate_of(row), 1)
            for row in mine.to_dict("records")
        }
        rows = tuple(
            (
                Cell(capital(str(kind).replace("_", " ")), "statutory" if by_law else "at discretion"),
                Cell(str(rank)),
                *(cells[kind, rank, by_law, name] for name in COUNTS),
            )
            for kind, rank, by_law in dict.fromkeys(key[:3] for key in cells)
        )
        heads = (Column(title, is_number=True) for title, _ in COUNTS.values())
        columns = (Column("Kind"), Column("Priority", is_number=True), *heads)
        note = f"A year. {' '.join(f'{title}: {meaning}.' for title, meaning in COUNTS.values())} {_BELOW}"
        tables.append(Table(f"work-{framework}", f"Work by kind: {run.titles[str(framework)]}", columns, rows, note))
    return tuple(tables)


def command(run: KeptRun) -> list[str]:
    """Report what to type to ask again."""
    frameworks = [part for name in run.manifest["frameworks"] for part in ("--framework", str(name))]
    replications = run.manifest["replications"]["asked"]
    return ["inspectsim", "workforce", "FOLDER", *frameworks, "--replications", str(replications)]
