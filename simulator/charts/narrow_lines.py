"""A plot of lines for a narrow screen: one plot with its names below, or from the fifth line on a panel for each."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from simulator.charts.lettering import in_lines
from simulator.charts.line_plot import BASELINE_LOOK, Frame, Line, Text, fill_axes
from simulator.charts.marks import draw_line
from simulator.charts.palette import INK, MOST_SERIES
from simulator.charts.sheet import LEFT, NARROW, sheet

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_PLOT: Final = 2.2
_PANEL: Final = 1.4
"""Inches of a plot, without its labels."""
_AXIS: Final = 0.62
"""Inches for the figures of the axis up."""
_ACROSS: Final = 0.6
"""Inches for the axis across."""
_NAME: Final = 0.24
"""Inches for a name."""
_SAMPLE: Final = 0.4
"""Inches of a line next to its name."""
_MOST_LABELS: Final = 6
"""Labels of the axis across that there is room for."""


def narrow_lines(text: Text, lines: Sequence[Line], frame: Frame) -> "Figure":
    """Draw lines in one plot, named below it, or from the fifth on each in a panel of its own with the baseline."""
    sparse = frame._replace(ticks=frame.ticks[:: -(-len(frame.ticks) // _MOST_LABELS)])
    return _together(text, lines, sparse) if len(lines) <= MOST_SERIES else _apiece(text, lines, sparse)


def _together(text: Text, lines: Sequence[Line], frame: Frame) -> "Figure":
    figure, room = sheet(text.title, text.what, _PLOT + _ACROSS + _NAME * len(lines), text.source, NARROW)
    tall = figure.get_figheight()
    _plot(figure, lines, frame, room.top * tall, _PLOT)
    down = room.top * tall - _PLOT - _ACROSS - 0.1
    for row, line in enumerate(lines):
        up = (down - _NAME * row) / tall
        colour, dashes, marker = line.look
        ends = [at / NARROW for at in (LEFT, LEFT + _SAMPLE / 2, LEFT + _SAMPLE)]
        axes = figure.axes[0]
        place: dict[str, Any] = {"transform": figure.transFigure, "clip_on": False}
        axes.plot(ends, [up] * 3, color=colour, linestyle=dashes, marker=marker, markevery=[1], **place)
        figure.text(ends[-1] + 0.1 / NARROW, up, line.title, size=9.5, color=INK, va="center")
    return figure


def _apiece(text: Text, lines: Sequence[Line], frame: Frame) -> "Figure":
    baseline = next(line for line in lines if line.is_baseline)
    alone = [line for line in lines if not line.is_baseline]
    what = f"{text.what}. Dashed grey: {baseline.title}"
    if frame.marks:
        what += ". Thin lines: a framework takes over"
    panel = _NAME + _PANEL + _ACROSS
    figure, room = sheet(text.title, what, panel * len(alone), text.source, NARROW)
    tall = figure.get_figheight()
    for row, line in enumerate(alone):
        top = room.top * tall - panel * row
        name = in_lines(line.title, NARROW - 2 * LEFT, 10, "bold")[0]
        figure.text(LEFT / NARROW, top / tall, name, size=10, weight="bold", va="top")
        _plot(figure, [baseline._replace(look=BASELINE_LOOK), line], frame, top - _NAME, _PANEL)
    return figure


def _plot(figure: "Figure", lines: Sequence[Line], frame: Frame, top: float, height: float) -> None:
    """Draw axes and lines, `top` inches above the foot of the sheet."""
    tall = figure.get_figheight()
    box = (_AXIS / NARROW, (top - height) / tall, 1 - (_AXIS + LEFT) / NARROW, (height - 0.1) / tall)
    axes = figure.add_axes(box)
    fill_axes(axes, lines, frame)
    for mark in frame.marks:
        draw_line(axes, mark.at)
