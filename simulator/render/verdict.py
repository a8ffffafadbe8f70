"""The verdict of an answer: what fits on one screen, the same on a terminal, on a page, in a report or a notebook."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from simulator.render.document import Block, Cell, Column, Figure, Heading, Paragraph, Points, Table, Warned
from simulator.render.paragraphs import print_aside, print_paragraphs
from simulator.words.wording import capital

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console
    from rich.table import Table as Grid


_INDENT: Final = 2
"""Characters before a label, and between columns."""
DOUBTS: Final = 3
"""Doubts on page one of a report, the weightiest."""
_NARROW: Final = 8
"""Characters that a column takes at least."""
_BOUNDLESS: Final = 10_000
"""Characters wider than any table."""
_SHORT: Final = 12
"""Characters of a cell that is not broken into lines."""


class Line(NamedTuple):
    """One line of a verdict: what it reports, and a number for each column."""

    label: str
    cells: tuple[str, ...]
    group: str = ""
    """What this line and its neighbours have in common, written above them: ``Of 100 homes that become poor``."""
    values: tuple[float | None, ...] = ()
    """The numbers of the cells, unrounded, None where there is none; empty where the cells are words."""
    unit: str = ""
    """Unit of the values."""

    @property
    def whole_label(self) -> str:
        """The label where the group does not stand above it."""
        return f"{self.group}: {self.label}" if self.group else self.label


@dataclass(frozen=True)
class Verdict:
    """What a reader takes away: a headline, trouble first, a few lines of numbers, a few sentences, doubts."""

    title: str
    """The difference that matters to the question, in a sentence."""
    trouble: tuple[str, ...] = ()
    """What must be known before any number is used."""
    layers: tuple[str, ...] = ()
    """What is compared in each column: ``Rules alone``; neighbours may have the same."""
    columns: tuple[str, ...] = ()
    """Titles of the columns."""
    of_frameworks: bool = True
    """Whether each column is a framework, to be compared with the first."""
    lines: tuple[Line, ...] = ()
    told: tuple[str, ...] = ()
    """A sentence on each option, and what the lines mean."""
    repeats: tuple[str, ...] = ()
    """Those of the sentences that page one of a report leaves to the next: on one option what the lines say of all, and
    what else to compare."""
    doubts: tuple[str, ...] = ()
    """What the difference hangs on, what is assumed, and what chance does."""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The verdict without its lines of numbers."""
        return (self.title, *self.trouble, *self.told, *self.doubts)

    @property
    def has_layers(self) -> bool:
        """Whether it is said what is compared in each column."""
        return bool(self.layers)

    @property
    def heads(self) -> list[str]:
        """Titles of the columns with their layers, where the layers do not stand above them."""
        if not self.has_layers:
            return list(self.columns)
        return [
            f"{column} ({layer[:1].lower()}{layer[1:]})"
            for column, layer in zip(self.columns, self.layers, strict=True)
        ]


def as_json(verdict: Verdict) -> str:
    """Write a verdict as JSON."""
    return json.dumps(asdict(verdict), indent=1, ensure_ascii=False) + "\n"


def read_verdict(content: bytes) -> Verdict:
    """Read what `as_json` wrote.

    Raises
    ------
    ValueError
        If it is anything else.
    """
    try:
        table: dict[str, Any] = json.loads(content)
        lines = tuple(Line(line[0], tuple(line[1]), line[2], tuple(line[3]), line[4]) for line in table.pop("lines"))
        title, of_frameworks = table.pop("title"), table.pop("of_frameworks")
        told: dict[str, Any] = {name: tuple(value) for name, value in table.items()}
        return Verdict(title, of_frameworks=of_frameworks, lines=lines, **told)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise ValueError(f"not a verdict: {error!r}") from error


def blocks_of(verdict: Verdict, pictures: Sequence[Figure] = ()) -> Iterator[Block]:
    """Return a verdict, but for its title, as parts of a document: trouble, then pictures, if any, then the rest.

    Lines whose numbers a picture shows are left to its table, and sentences that repeat the lines to the next page.
    Doubts come before the lines, beside the picture where it is printed.
    """
    pictured = {row[0].text for picture in pictures for row in picture.table.rows}
    lines = [line for line in verdict.lines if capital(line.label) not in pictured]
    yield from (Warned(trouble) for trouble in verdict.trouble)
    yield from pictures
    yield from (Paragraph(sentence) for sentence in verdict.told if sentence not in verdict.repeats)
    if verdict.doubts:
        yield Heading("How sure this is")
        yield Points(verdict.doubts[:DOUBTS])
    if lines:
        columns = (Column("Measure"), *(Column(head, is_number=True) for head in verdict.heads))
        yield Table("verdict-lines", "Side by side", columns, tuple(_grouped(lines)))


def _grouped(lines: Sequence[Line]) -> Iterator[tuple[Cell, ...]]:
    """Return the lines of a verdict as rows, under the names of their groups."""
    for group, together in groupby(lines, key=lambda line: line.group):
        if group:
            yield (Cell(group),)
        yield from ((Cell(capital(line.label)), *map(Cell, line.cells)) for line in together)


def frame_of(verdict: Verdict) -> "pd.DataFrame":
    """Return the lines of a verdict, a column for each of its columns."""
    import pandas as pd

    heads = ["", *verdict.heads]
    return pd.DataFrame([[line.whole_label, *line.cells] for line in verdict.lines], columns=heads)


def print_verdict(verdict: Verdict, console: "Console") -> None:
    """Print a verdict: its title and any trouble, the lines, the sentences, and the doubts less bright."""
    from rich.text import Text

    for style, paragraphs in (("bold", (verdict.title,)), ("bold red", verdict.trouble)):
        for paragraph in paragraphs:
            console.print(Text(paragraph, style=style), soft_wrap=not console.is_terminal)
    console.print()
    for grid in _side_by_side(verdict, console):
        console.print(grid)
    print_paragraphs(verdict.told, console)
    console.print()
    print_aside(verdict.doubts, console)


def _side_by_side(verdict: Verdict, console: "Console") -> "Iterator[Grid]":
    """Return tables of as many columns as fit; of frameworks, the first stands in each, if there is room for two."""
    others = range(1, len(verdict.columns))
    two_fit = all(_spare(verdict, [0, at], console) >= 0 for at in others)
    first = [0] if verdict.of_frameworks and verdict.columns and two_fit else []
    columns = list(first)
    for at in range(len(first), len(verdict.columns)):
        if _spare(verdict, [*columns, at], console) < 0 and columns != first:
            yield _grid_of(verdict, columns, _spare(verdict, columns, console))
            columns = list(first)
        columns.append(at)
    yield _grid_of(verdict, columns, _spare(verdict, columns, console))


def _spare(verdict: Verdict, columns: Sequence[int], console: "Console") -> int:
    """Return the characters that a console has over what a table takes at least, below 0 if it does not fit."""
    from rich.measure import measure_renderables

    boundless = console.options.update_width(_BOUNDLESS)
    return console.width - measure_renderables(console, boundless, [_grid_of(verdict, columns, 0)]).maximum


def _narrowest(verdict: Verdict, column: int) -> int:
    """Return the characters that a column takes at least: no word and no short cell is broken."""
    cells = [line.cells[column] for line in verdict.lines]
    words = " ".join([verdict.columns[column], *(verdict.layers[column : column + 1]), *cells]).split()
    return max(_NARROW, *map(len, words), *(len(cell) for cell in cells if len(cell) <= _SHORT))


def _grid_of(verdict: Verdict, columns: Sequence[int], spare: int) -> "Grid":
    """Return the lines of a verdict for a terminal, with what is compared in each column below its title.

    Characters to spare are shared out among the columns whose titles or cells would be broken.
    """
    from rich import box
    from rich.table import Table as Grid
    from rich.text import Text

    grid = Grid(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 0, 0, _INDENT))
    grid.add_column("", no_wrap=True)
    for at in columns:
        texts = (verdict.columns[at], *verdict.layers[at : at + 1], *(line.cells[at] for line in verdict.lines))
        least = _narrowest(verdict, at)
        width = min(least + max(spare, 0) // len(columns), max(map(len, texts), default=least))
        grid.add_column(Text(verdict.columns[at]), justify="right", vertical="bottom", width=max(width, least))
    if verdict.has_layers:
        grid.add_row(Text(""), *(Text(verdict.layers[at], style="italic") for at in columns))
    for group, lines in groupby(verdict.lines, key=lambda line: line.group):
        if group:
            grid.add_row(Text(group, style="bold"))
        for line in lines:
            grid.add_row(Text(f"  {line.label}" if group else line.label), *(Text(line.cells[at]) for at in columns))
    return grid
