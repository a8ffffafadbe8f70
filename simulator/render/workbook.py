"""The workbook of a run: an accessible spreadsheet with a named table on each sheet, by gptables.

It follows the guidance of the Analysis Function on spreadsheets: a cover, contents and notes, one table a sheet from
the first column on, units in the heads of columns, and shorthand in square brackets where there is no value.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from math import isnan
from typing import TYPE_CHECKING, Any, Final

from simulator.answers.kept_run import KeptRun
from simulator.render.asked import nature
from simulator.render.limits import counted_assumptions
from simulator.render.sheets import FIGURES, Sheet

if TYPE_CHECKING:
    import pandas as pd

NONE: Final = "[z]"
"""Shorthand of the Government Statistical Service: not applicable."""
LIMITLESS: Final = "no limit"
CREATED: Final = datetime(2006, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""The same in every workbook, so that equal runs have equal ones."""
LEGEND: Final = f"{NONE} means undefined: the measure has no value, or one run has no interval."
WIDEST: Final = 60
"""Characters of a column, at most."""
NARROWEST: Final = 11
THOUSANDS: Final = "#,##0"
LARGE: Final = 10_000
NOTES: Final = ("undefined", "rounding", "assumptions", "chance")


def as_workbook(run: KeptRun, title: str, sheets: Sequence[Sheet]) -> bytes:
    """Write a workbook.

    Parameters
    ----------
    run
        What it tells of.
    title
        Of the workbook.
    sheets
        Its tables, in order.

    Returns
    -------
    bytes
        The same for equal runs.
    """
    import io
    import warnings

    written = io.BytesIO()
    with warnings.catch_warnings():
        for kind in (DeprecationWarning, ResourceWarning):  # what gptables asks of pandas and leaves open is its affair
            warnings.simplefilter("ignore", kind)
        from gptables import Cover, produce_workbook

        tables = {each.label: _table(run, each) for each in sheets}
        book = produce_workbook(
            written,
            tables,
            cover=Cover(title=_plain(f"{title}: {run.scenario.title}"), intro=_intro(run), about=_about(run), width=90),
            notes_table=_notes(run),
            contentsheet_options={"additional_elements": ["source"]} if tables else None,
            auto_width=False,
            workbook_options={"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
        )
    book.set_properties({"title": _plain(title), "author": "inspectsim", "comments": nature(run), "created": CREATED})
    for label, widths in (
        *(("Contents", (24, 70, 40)), ("Notes", (14, 100))),
        *((label, [_width(table.table, column) for column in table.table]) for label, table in tables.items()),
    ):
        for position, width in enumerate(widths):
            book.get_worksheet_by_name(label).set_column(position, position, width)
    book.close()
    return written.getvalue()


def _intro(run: KeptRun) -> list[str]:
    return [nature(run), *(_plain(each) for each in run.answer.told)]


def _about(run: KeptRun) -> list[str]:
    return [
        *(_plain(each) for each in run.answer.rests_on),
        (
            "The same tables, with ten figures, are tidy CSV files in the same folder; data-dictionary.csv explains "
            "every column. report.html lists the assumptions with their sources."
        ),
        f"Made by inspectsim {run.manifest['inspectsim']}, seed {run.scenario.run.seed}. manifest.json has the time.",
    ]


def _notes(run: KeptRun) -> "pd.DataFrame":
    import pandas as pd

    assumed, of = counted_assumptions(run)
    texts = (
        f"{NONE} means undefined: nothing to divide by, or no interval because there is one replication.",
        f"Numbers are rounded to {FIGURES} significant figures.",
        (
            f"{assumed} of the {of} numbers of the scenario are assumptions without a source; report.html and "
            "scenario.toml mark each, with the range to vary it over."
        ),
        "Intervals cover random variation in the simulation, not wrong assumptions.",
    )
    return pd.DataFrame({"Note reference": NOTES, "Note text": texts})


def _table(run: KeptRun, sheet: Sheet) -> Any:
    from gptables import GPTable

    frame = sheet.frame.astype(object).map(_value)
    frame.columns = [_plain(each) for each in frame.columns]
    marks = "".join(f"$${each}$$" for each in NOTES)
    return GPTable(
        table=frame,
        table_name=f"table_{sheet.label.lower().replace(' ', '_')}",
        title=f"{sheet.title}{marks}",
        subtitles=[nature(run)],
        instructions="This worksheet contains one table. Notes are on the worksheet Notes.",
        scope=f"Intervals: {sheet.intervals}." if sheet.intervals else None,
        source=f"Source: {sheet.source}",
        legend=[LEGEND],
        units={_plain(name): unit for name, unit in sheet.units.items()} or None,
        index_columns={2: 0},
        additional_formatting=[
            {"column": {"columns": [_plain(name)], "format": {"num_format": THOUSANDS}, "include_names": False}}
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
        and sheet.frame[name].abs().max() >= LARGE
    ]


def _width(frame: "pd.DataFrame", column: str) -> int:
    """Return the width of a column in characters: that of its longest line, within bounds."""
    texts = [*column.split("\n"), *(str(each) for each in frame[column].unique())]
    return min(max(NARROWEST, *(len(each) + 2 for each in texts)), WIDEST)


def _value(value: Any) -> Any:
    if isinstance(value, str):
        return _plain(value)
    if value is None or (isinstance(value, float) and isnan(value)):
        return NONE
    return LIMITLESS if value == float("inf") else value


def _plain(text: str) -> str:
    """Keep a text from being taken for a link or for the mark of a note."""
    return str(text).replace("](", "] (").replace("$$", "$ $")
