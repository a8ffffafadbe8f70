"""Runs without their PNG pictures, workbooks and Word files, which take most of the time of a small run.

Tests of charts, of the report and of the commands look at both; tests about anything else need not draw them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
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


@contextmanager
def undrawn() -> Iterator[None]:
    """Write stand-ins for PNG pictures, workbooks and Word files; charts are still made, and drawn as SVG."""
    with (
        patch.object(Chart, "png", lambda chart: chart.alt.encode()),
        patch.object(folder, "as_workbook", lambda *_: b"a workbook"),
        patch.object(folder, "as_word", lambda *_: b"a Word file"),
    ):
        yield
