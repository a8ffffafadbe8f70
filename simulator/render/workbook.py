"""The workbook of a run: an accessible spreadsheet with a named table on each sheet, by gptables.

It follows the guidance of the Analysis Function on spreadsheets: a cover, contents and notes, one table a sheet from
the first column on, units in the heads of columns, and shorthand in square brackets where there is no value.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from math import isnan
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

FIGURES: Final = 5
"""Significant figures that sheets keep."""
NONE: Final = "[z]"
"""Shorthand of the Government Statistical Service: not applicable."""
_LIMITLESS: Final = "no limit"
_CREATED: Final = datetime(2006, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""The same in every workbook, so that equal runs have equal ones."""
_LEGEND: Final = f"{NONE} means undefined: the measure has no value, or one run has no interval."
_WIDEST: Final = 60
"""Characters of a column, at most."""
_NARROWEST: Final = 11
_THOUSANDS: Final = "#,##0"
_LARGE: Final = 10_000


class Sheet(NamedTuple):
    """A sheet: one table, ready to be written."""

    label: str
    """On its tab: 31 characters at most."""
    title: str
    source: str
    """File that it is made from."""
    frame: "pd.DataFrame"
    """Columns as people call them; numbers rounded, not-a-number where there is none."""
    units: dict[str, str]
    """By column, where one unit holds for the whole of it."""
    intervals: str = ""


class Book(NamedTuple):
    """The content of a workbook."""

    title: str
    subtitle: str
    nature: str
    """Whether the data are synthetic, stated on every sheet."""
    told: tuple[str, ...]
    """The answer in sentences, for the cover."""
    about: tuple[str, ...]
    """The caveats, for the cover."""
    notes: Mapping[str, str]
    """By the reference that marks them."""
    sheets: tuple[Sheet, ...]


def as_workbook(book: Book) -> bytes:
    """Write a workbook; the same bytes for equal ones."""
    import io
    import warnings

    written = io.BytesIO()
    with warnings.catch_warnings():
        for kind in (DeprecationWarning, ResourceWarning):  # what gptables asks of pandas and leaves open is its affair
            warnings.simplefilter("ignore", kind)
        from gptables import Cover, produce_workbook

        tables = {sheet.label: _table(book, sheet) for sheet in book.sheets}
        made = produce_workbook(
            written,
            tables,
            cover=Cover(
                title=_plain(f"{book.title}: {book.subtitle}"),
                intro=[book.nature, *map(_plain, book.told)],
                about=[*map(_plain, book.about)],
                width=90,
            ),
            notes_table=_notes(book),
            contentsheet_options={"additional_elements": ["source"]} if tables else None,
            auto_width=False,
            workbook_options={"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
        )
    made.set_properties(
        {"title": _plain(book.title), "author": "inspectsim", "comments": book.nature, "created": _CREATED}
    )
    for label, widths in (
        *(("Contents", (24, 70, 40)), ("Notes", (14, 100))),
        *((label, [_width(table.table, column) for column in table.table]) for label, table in tables.items()),
    ):
        for position, width in enumerate(widths):
            made.get_worksheet_by_name(label).set_column(position, position, width)
    made.close()
    return written.getvalue()


def rounded(value: float) -> float:
    """Round to the figures that sheets keep."""
    return float(f"{value:.{FIGURES}g}")


def _notes(book: Book) -> "pd.DataFrame":
    import pandas as pd

    return pd.DataFrame({"Note reference": book.notes.keys(), "Note text": book.notes.values()})


def _table(book: Book, sheet: Sheet) -> Any:
    from gptables import GPTable

    frame = sheet.frame.astype(object).map(_value)
    frame.columns = [_plain(column) for column in frame.columns]
    marks = "".join(f"$${reference}$$" for reference in book.notes)
    return GPTable(
        table=frame,
        table_name=f"table_{sheet.label.lower().replace(' ', '_')}",
        title=f"{sheet.title}{marks}",
        subtitles=[book.nature],
        instructions="This worksheet contains one table. Notes are on the worksheet Notes.",
        scope=f"Intervals: {sheet.intervals}." if sheet.intervals else None,
        source=f"Source: {sheet.source}",
        legend=[_LEGEND],
        units={_plain(name): unit for name, unit in sheet.units.items()} or None,
        index_columns={2: 0},
        additional_formatting=[
            {"column": {"columns": [_plain(name)], "format": {"num_format": _THOUSANDS}, "include_names": False}}
            for name in _large(sheet)
        ],
    )


def _large(sheet: Sheet) -> list[str]:
    """Name the columns of whole amounts that need their thousands set apart to be read; counts have no unit."""
    return [
        name
        for name in sheet.units
        if sheet.frame[name].dtype.kind in "fi"
        and (sheet.frame[name].dropna() % 1 == 0).all()
        and sheet.frame[name].abs().max() >= _LARGE
    ]


def _width(frame: "pd.DataFrame", column: str) -> int:
    """Return the width of a column in characters: that of its longest line, within bounds."""
    texts = [*column.split("\n"), *(str(value) for value in frame[column].unique())]
    return min(max(_NARROWEST, *(len(text) + 2 for text in texts)), _WIDEST)


def _value(value: Any) -> Any:
    if isinstance(value, str):
        return _plain(value) if value.strip() else NONE
    if value is None or (isinstance(value, float) and isnan(value)):
        return NONE
    return _LIMITLESS if value == float("inf") else value


def _plain(text: str) -> str:
    """Keep a text from being taken for a link or for the mark of a note."""
    return str(text).replace("](", "] (").replace("$$", "$ $")
