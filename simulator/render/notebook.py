"""Tables in a notebook."""

from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pandas as pd

_STYLE: Final = "text-align:left;vertical-align:top;padding:.25em 1em .25em 0"


def table_html(frame: "pd.DataFrame") -> str:
    """Write a frame as a table for people: its columns as headings, the first cell of each row as that of the row."""
    head = "".join(f'<th scope="col" style="{_STYLE}">{escape(str(name))}</th>' for name in frame.columns)
    rows = [
        f'<tr><th scope="row" style="{_STYLE}">{escape(str(first))}</th>'
        + "".join(f'<td style="{_STYLE}">{escape(str(cell))}</td>' for cell in cells)
        + "</tr>"
        for first, *cells in frame.itertuples(index=False, name=None)
    ]
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
