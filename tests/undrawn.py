"""Runs without their pictures, workbooks and Word files, which take most of the time of a small run.

Tests of charts, of the report and of the commands look at them; tests about anything else need not draw them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from typing import Final
from unittest.mock import patch

from simulator.answers import folder
from simulator.charts.sheet import Chart

PROGRAM: Final = """
from simulator.commands.cli import main
from tests.undrawn import undrawn
with undrawn():
    main()
"""
"""The command as a program of its own, which draws nothing either; begun in the root of the project."""


as_drawn: Final = Chart.svg
"""Draws a chart for real, also while nothing else is."""


@contextmanager
def undrawn() -> Iterator[None]:
    """Write stand-ins for pictures, workbooks and Word files; charts are still made, with all that stands in them."""
    with (
        patch.object(Chart, "svg", _lettered),
        patch.object(Chart, "png", lambda chart: chart.alt.encode()),
        patch.object(folder, "as_workbook", lambda *_: b"a workbook"),
        patch.object(folder, "as_word", lambda *_: b"a Word file"),
    ):
        yield


def _lettered(chart: Chart) -> bytes:
    """Write an SVG with the words that were put on a chart, title and description, and no drawing."""
    words = [*chart.figure.texts, *(text for axes in chart.figure.axes for text in axes.texts)]
    written = "".join(f"<text>{escape(text.get_text())}</text>" for text in words)
    told = f"<title>{escape(chart.title)}</title><desc>{escape(chart.alt)}</desc>"
    return f'<svg xmlns="http://www.w3.org/2000/svg">{told}{written}</svg>'.encode()
