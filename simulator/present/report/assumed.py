"""What a run starts from: every number of its scenario with its source, and its frameworks with theirs."""

from itertools import groupby

from simulator.evidence import numbers
from simulator.present.assumptions import defaults, silent
from simulator.present.report.document import Block, Cell, Column, Facts, Heading, Paragraph, Section, Table
from simulator.present.report.kept_run import KeptRun

MADE_UP = "Made up. "
"""Before the source of a number that has none."""


def assumptions(run: KeptRun) -> Section:
    """Lay out the numbers of the scenario, section by section of its file."""
    blocks: list[Block] = [
        Paragraph(
            "Every number that the run started from, with what it rests on. A number that no source gives is marked "
            f"“{MADE_UP.strip()}” Where several numbers stand in one row, the range to vary is that of a factor "
            "common to all."
        )
    ]
    every = numbers(run.scenario.settings())
    for section, rows in groupby(defaults(run.scenario, every), key=lambda row: row.key.split(".")[0]):
        cells = tuple(
            tuple(
                map(
                    Cell,
                    (
                        each.key.removeprefix(f"{section}."),
                        each.value,
                        each.unit,
                        MADE_UP * each.assumed + each.rests_on,
                        each.vary,
                    ),
                )
            )
            for each in rows
        )
        columns = tuple(map(Column, ("Key", "Value", "Unit", "Rests on", "Range to vary")))
        blocks.append(Table(f"assumptions-{section}", f"Numbers of the scenario: {section}", columns, cells))
    return Section("assumptions", "What it assumes", tuple(blocks))


def frameworks(run: KeptRun) -> Section:
    """Say what each framework is, and what its rules say without a document."""
    every = run.every_framework
    titles = {name: run.titles.get(name, framework.title) for name, framework in every.items()}
    told = Facts(tuple((titles[name], framework.summary) for name, framework in every.items()))
    rows = tuple(
        (Cell(each.key), Cell(", ".join(each.frameworks)), Cell(MADE_UP + each.said)) for each in silent(every.values())
    )
    columns = tuple(map(Column, ("Rule", "Frameworks", "What no document says")))
    blocks: list[Block] = [told]
    if rows:
        blocks += [
            Heading("Where the documents are silent"),
            Table("silent", "What the frameworks say without a document that says so", columns, rows),
        ]
    blocks.append(
        Paragraph(
            "All rules, each with the document and paragraph it comes from, are in the folder frameworks of this run; "
            "inspectsim frameworks show tells them in words."
        )
    )
    return Section("frameworks", "The frameworks", tuple(blocks))
