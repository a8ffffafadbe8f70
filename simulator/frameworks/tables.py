"""A framework printed: its rules and kinds of inspection as tables, and below them what is assumed."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from simulator.frameworks.words import (
    documents_cited,
    efforts_said,
    grades,
    kinds_table,
    listing,
    packages_listing,
    rules_table,
    with_kinds_used,
)
from simulator.inspectorate.framework import Framework
from simulator.words.wording import capital

if TYPE_CHECKING:
    from rich.console import Console

_RULES: Final = {"No.": 0, "Who": 3, "What": 2, "How often": 3, "Source": 3}
_KINDS: Final = {"No.": 0, "Kind": 3, "Team": 0, "Notice": 0, "Grade": 1, "Order": 0, "Counts": 0, "Source": 3}
_EFFORTS: Final = {"Kind": 1, "Inspector-days": 3}
"""Headings of the tables, and how wide each column is beside the others (0: as wide as it must be)."""

_CARRIED: Final = 'To carry one, name it in your framework: extends = ["option-a", "proposals-2006"].'
_ORDER: Final = "Order: priority when inspectors are short. Counts: whether it counts towards a statutory rule."


def print_listing(console: "Console") -> None:
    """Print the shipped frameworks, one a row, and below them the packages that a framework can carry."""
    headings = {"Name": 0, "Title": 1, "What it is": 3}
    _print_table(console, "", headings, listing())
    _print_table(console, "Packages of clauses that any framework can carry", headings, packages_listing())
    _print_lines(console, "", [_CARRIED])


def print_framework(framework: Framework, console: "Console") -> None:
    """Print a framework's rules and kinds of inspection as tables, and below them what is assumed.

    Rows are numbered; what of a row no document says stands under its number below the tables.
    """
    _print_lines(console, framework.title, [framework.summary, f"Grades: {grades(framework)}."])
    rules = {str(number): row for number, row in enumerate(rules_table(framework), start=1)}
    for section in dict.fromkeys(row.section for row in rules.values()):
        cells = [
            (number, row.who, row.what, row.how_often, row.source_short)
            for number, row in rules.items()
            if row.section == section
        ]
        _print_table(console, section, _RULES, cells)
    used = with_kinds_used(framework)
    kinds = {str(number): row for number, row in enumerate(kinds_table(used), start=len(rules) + 1)}
    cells_of_kinds = [(number, *row[:6], row.source_short) for number, row in kinds.items()]
    _print_table(console, "Kinds of inspection", _KINDS, cells_of_kinds)
    _print_lines(console, "", [_ORDER])
    efforts = [(capital(kind.title), efforts_said(kind)) for kind in used.kinds.values()]
    _print_table(console, "What they take", _EFFORTS, efforts)
    said = ((number, row.assumption) for number, row in (rules | kinds).items() if row.assumption)
    assumed = [f"{number}. {assumption[0].upper()}{assumption[1:]}." for number, assumption in said]
    _print_lines(console, "Assumptions: rules that no document states", assumed)
    _print_lines(console, "Documents", documents_cited(framework))


def _print_table(console: "Console", title: str, headings: dict[str, int], rows: Iterable[Sequence[str]]) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title or None, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, expand=True)
    for heading, width in headings.items():
        table.add_column(heading, ratio=width or None, no_wrap=not width, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print()
    console.print(table)


def _print_lines(console: "Console", title: str, lines: Iterable[str]) -> None:
    from rich.padding import Padding
    from rich.text import Text

    if title:
        console.print()
        console.print(Text(title, style="bold"))
    for line in lines:
        console.print(Padding(Text(line), (0, 1)))
