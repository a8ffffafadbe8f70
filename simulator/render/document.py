"""The content of a report, as plain data: sections of paragraphs, tables and figures, whoever shows them and how."""

from dataclasses import dataclass
from typing import ClassVar, Final, NamedTuple

SYNTHETIC: Final = "Simulated data about synthetic providers: no figure here describes a real provider."
OF_A_REGISTER: Final = "Simulated data: nothing described here has happened to any provider of the register."

BESIDE_RECORDS: Final = (
    "Figures counted from the records provided, next to simulated ones: predictions describe synthetic providers."
)


class Cell(NamedTuple):
    """One cell of a table."""

    text: str
    beside: str = ""
    """Its interval, in smaller type below."""
    mark: str = ""
    """What a reader must know of it first, in bold type before it."""


class Column(NamedTuple):
    """The head of a column."""

    title: str
    is_number: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of text."""

    kind: ClassVar[str] = "paragraph"
    text: str


@dataclass(frozen=True)
class Warned:
    """Something that a reader must not miss."""

    kind: ClassVar[str] = "warned"
    text: str


@dataclass(frozen=True)
class Points:
    """A list of sentences."""

    kind: ClassVar[str] = "points"
    items: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """Short names, each with its description."""

    kind: ClassVar[str] = "facts"
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Commands:
    """Lines to type."""

    kind: ClassVar[str] = "commands"
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table; the first cell of each row heads it, and a row of one cell alone heads the rows below it."""

    kind: ClassVar[str] = "table"
    name: str
    """Unlike that of any other table of the document."""
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


@dataclass(frozen=True)
class Figure:
    """A chart, with the table of its numbers, which stands elsewhere in a document."""

    kind: ClassVar[str] = "figure"
    name: str
    title: str
    """What is to be seen."""
    alt: str
    """The same and the main numbers, for those who do not see it."""
    svg: str
    """The picture, as an element to be put into a page as it is: safe, and its names are its own."""
    shape: tuple[float, float]
    """Its width and its height, in units of its own."""
    table: Table


@dataclass(frozen=True)
class Heading:
    """A heading below that of a section."""

    kind: ClassVar[str] = "heading"
    text: str


Block = Paragraph | Warned | Points | Facts | Commands | Table | Figure | Heading


@dataclass(frozen=True)
class Section:
    """A part of a document under a heading of its own."""

    name: str
    """For links to it."""
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Document:
    """A whole report: page one, which can be read alone, what a reader needs next, and an annex for all else."""

    title: str
    subtitle: str
    synthetic: str
    """Whether the data are synthetic, stated on every page."""
    version: str
    """Of the program that ran it."""
    front: Section
    """Page one; its title is the headline of the whole report."""
    sections: tuple[Section, ...] = ()
    annex: tuple[Section, ...] = ()
