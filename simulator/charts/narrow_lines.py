"""A plot of lines for a narrow screen: one plot with its names below, or from the fifth line on a panel for each."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from simulator.charts.lettering import in_lines
from simulator.charts.line_plot import Frame, Line, Text, baseline_and_others, fill_axes
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
_RIGHT: Final = 0.25
"""Inches at the right, at least: half of the last label of the axis across reaches beyond the plot."""
_HALF_LETTER: Final = 0.045
"""Inches of half a letter of such a label."""
_ACROSS: Final = 0.6
"""Inches for the axis across."""
_NAME: Final = 0.24
"""Inches for a name."""
_LINE: Final = 0.17
"""Inches for another line of a name."""
_SAMPLE: Final = 0.4
"""Inches of a line next to its name."""
_MOST_LABELS: Final = 6
"""Labels of the axis across that there is room for."""


def narrow_lines(text: Text, lines: Sequence[Line], frame: Frame) -> "Figure":
    """Draw lines in one plot, named below it, or from the fifth on each in a panel of its own with the baseline."""
    sparse = frame._replace(ticks=frame.ticks[:: -(-len(frame.ticks) // _MOST_LABELS)])
    return _together(text, lines, sparse) if len(lines) <= MOST_SERIES else _apiece(text, lines, sparse)


def _together(text: Text, lines: Sequence[Line], frame: Frame) -> "Figure":
    names = [lines_of_name(line) for line in lines]
    figure, room = sheet(text.title, text.what, _PLOT + _ACROSS + height_of_names(names), text.source, NARROW)
    top = room.top * figure.get_figheight()
    _plot(figure, lines, frame, top, _PLOT)
    down = top - _PLOT - _ACROSS - 0.1
    for name, line in zip(names, lines, strict=True):
        down = name_below(figure, line, name, down)
    return figure


def lines_of_name(line: Line) -> list[str]:
    """Return the name of a line as lines of text that stand below a plot."""
    return in_lines(line.title, NARROW - 2 * LEFT - _SAMPLE - 0.1, 9.5)


def height_of_names(names: Sequence[Sequence[str]]) -> float:
    """Return the inches that names below a plot take."""
    return sum(map(_height_of, names))


def name_below(figure: "Figure", line: Line, name: Sequence[str], down: float) -> float:
    """Write a name with a sample of its line, `down` inches above the foot of the sheet; return where the next goes."""
    tall = figure.get_figheight()
    colour, dashes, marker = line.look
    ends = [at / NARROW for at in (LEFT, LEFT + _SAMPLE / 2, LEFT + _SAMPLE)]
    place: dict[str, Any] = {"transform": figure.transFigure, "clip_on": False}
    figure.axes[0].plot(ends, [down / tall] * 3, color=colour, linestyle=dashes, marker=marker, markevery=[1], **place)
    figure.text(ends[-1] + 0.1 / NARROW, (down + 0.08) / tall, "\n".join(name), size=9.5, color=INK, va="top")
    return down - _height_of(name)


def _height_of(name: Sequence[str]) -> float:
    """Return the inches that the lines of a name take."""
    return _NAME + _LINE * (len(name) - 1)


def _apiece(text: Text, lines: Sequence[Line], frame: Frame) -> "Figure":
    baseline, alone = baseline_and_others(lines)
    what = f"{text.what}. Dashed grey: {baseline[0].title}" if baseline else text.what
    if frame.marks:
        what += ". Thin lines: a framework takes over"
    names = [in_lines(line.title, NARROW - 2 * LEFT, 10, "bold") for line in alone]
    height = sum(_height_of(name) + _PANEL + _ACROSS for name in names)
    figure, room = sheet(text.title, what, height, text.source, NARROW)
    tall = figure.get_figheight()
    top = room.top * tall
    for name, line in zip(names, alone, strict=True):
        figure.text(LEFT / NARROW, top / tall, "\n".join(name), size=10, weight="bold", va="top")
        top -= _height_of(name)
        _plot(figure, [*baseline, line], frame, top, _PANEL)
        top -= _PANEL + _ACROSS
    return figure


def _plot(figure: "Figure", lines: Sequence[Line], frame: Frame, top: float, height: float) -> None:
    """Draw axes and lines, `top` inches above the foot of the sheet."""
    tall = figure.get_figheight()
    right = max([_RIGHT, *(_HALF_LETTER * len(label) for _, label in frame.ticks[-1:])])
    box = (_AXIS / NARROW, (top - height) / tall, 1 - (_AXIS + right) / NARROW, (height - 0.1) / tall)
    axes = figure.add_axes(box)
    fill_axes(axes, lines, frame)
    for mark in frame.marks:
        draw_line(axes, mark.at)
