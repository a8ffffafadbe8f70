"""What a run starts from: every number of its scenario with its source, and its frameworks with theirs."""

from itertools import groupby
from typing import Final

from simulator.answers.kept_run import KeptRun
from simulator.inputs.evidence import numbers
from simulator.render.document import Block, Cell, Column, Facts, Heading, Paragraph, Section, Table
from simulator.words.assumptions import MADE_UP, Default, defaults, silent

_MARK: Final = "Assumed:"
"""Put before a number that has no source."""


def assumptions(run: KeptRun) -> Section:
    """Return the numbers of the scenario, section by section of its file."""
    blocks: list[Block] = [
        Paragraph(
            "Every number that the run used, with its source. A number without a source is made up and marked "
            f"“{_MARK}” If a row has several numbers, the range to vary is for a common factor."
        )
    ]
    every = numbers(run.scenario.settings())
    for section, rows in groupby(defaults(run.scenario, every), key=lambda row: row.key.split(".")[0]):
        cells = tuple(
            (
                Cell(default.key.removeprefix(f"{section}.")),
                Cell(default.value),
                Cell(default.unit),
                _marked(default),
                Cell(default.vary),
            )
            for default in rows
        )
        columns = tuple(map(Column, ("Key", "Value", "Unit", "Source", "Range to vary")))
        blocks.append(Table(f"assumptions-{section}", f"Numbers of the scenario: {section}", columns, cells))
    return Section("assumptions", "Assumptions", tuple(blocks))


def _marked(default: Default) -> Cell:
    """Return the source of a number, marked if the number is made up."""
    if default.assumed:
        return Cell(default.rests_on.removeprefix(f"{MADE_UP}: "), mark=_MARK)
    return Cell(default.rests_on)


def frameworks(run: KeptRun) -> Section:
    """Describe each framework, and list its rules that no document states."""
    every = run.every_framework
    titles = {name: run.titles.get(name, framework.title) for name, framework in every.items()}
    told = Facts(tuple((titles[name], framework.summary) for name, framework in every.items()))
    rows = tuple(
        (Cell(rule.key), Cell(", ".join(rule.frameworks)), Cell(rule.said, mark=_MARK))
        for rule in silent(every.values())
    )
    columns = tuple(map(Column, ("Rule", "Frameworks", "Rule without a document")))
    blocks: list[Block] = [told]
    if rows:
        blocks += [
            Heading("Where the documents are silent"),
            Table("silent", "Rules of the frameworks that no document states", columns, rows),
        ]
    blocks.append(
        Paragraph(
            "The folder frameworks of this run has all rules, each with its document and paragraph; inspectsim "
            "frameworks show describes them in words."
        )
    )
    return Section("frameworks", "The frameworks", tuple(blocks))
