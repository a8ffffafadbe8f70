"""Runs without their pictures, workbooks and Word files, which take most of the time of a small run.

Tests of charts, of the report and of the commands look at them; tests about anything else need not draw them.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from typing import Any, Final, Self
from unittest.mock import patch

from matplotlib.figure import Figure

from simulator.answers import folder
from simulator.charts.sheet import Chart

PROGRAM: Final = """
from simulator.commands.cli import main
from tests.undrawn import undrawn
with undrawn():
    main()
"""
"""The command as a program of its own, which draws nothing either; begun in the root of the project."""

_svg: Final = Chart.svg
_add_axes: Final = Figure.add_axes


@contextmanager
def undrawn() -> Iterator[None]:
    """Write stand-ins for pictures, workbooks and Word files; charts have title, description and all their texts."""
    with (
        patch.object(Figure, "add_axes", lambda figure, *_, **__: _Blank(figure)),
        patch.object(Chart, "svg", _lettered),
        patch.object(Chart, "png", lambda chart: chart.alt.encode()),
        patch.object(folder, "as_workbook", lambda *_: b"a workbook"),
        patch.object(folder, "as_word", lambda *_: b"a Word file"),
    ):
        yield


def as_drawn(make: Callable[[], Chart]) -> bytes:
    """Make a chart and draw it for real, also while nothing else is."""
    with patch.object(Figure, "add_axes", _add_axes):
        return _svg(make())


class _Blank:
    """Axes on which nothing is drawn: texts are added to those of the figure, all else leads back to them."""

    width = 1.0
    """Of their position, as a share of the figure."""
    __iter__ = None
    """They have no end."""

    def __init__(self, figure: Figure) -> None:
        self._figure = figure

    def __getattr__(self, name: str) -> Self:
        return self

    def __getitem__(self, name: object) -> Self:
        return self

    def __call__(self, *_: object, **__: object) -> Self:
        return self

    def text(self, _x: object, _y: object, words: str, **_: object) -> Any:
        return self._figure.text(0, 0, words)

    def annotate(self, words: str, *_: object, **__: object) -> Any:
        return self._figure.text(0, 0, words)


def _lettered(chart: Chart) -> bytes:
    """Write an SVG with the words that were put on a chart, title and description, and no drawing."""
    written = "".join(f"<text>{escape(text.get_text())}</text>" for text in chart.figure.texts)
    told = f"<title>{escape(chart.title)}</title><desc>{escape(chart.alt)}</desc>"
    return f'<svg xmlns="http://www.w3.org/2000/svg">{told}{written}</svg>'.encode()
