"""Two plots of lines, one over the other on one axis across: what the upper one keeps, and what the lower one costs."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from simulator.charts.line_plot import Frame, Line, Text, fill_axes, label_ends
from simulator.charts.marks import Across, draw_flags, draw_line, flags, height_of
from simulator.charts.narrow_lines import height_of_names, lines_of_name, name_below
from simulator.charts.sheet import LEFT, NARROW, WIDTH, sheet

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_UPPER: Final = 1.5
_LOWER: Final = 2.4
"""Inches of the plots, without their labels."""
_HEADING: Final = 0.3
_BETWEEN: Final = 0.25
_AXIS: Final = 0.62
"""Inches for the figures of the axis up."""
_ACROSS: Final = 0.6
"""Inches for the axis across."""
_LABELS: Final = 1.85
"""Inches at the right for the names of lines; on a narrow sheet they stand below."""
_RIGHT: Final = 0.25


class Plot(NamedTuple):
    """One of the two plots."""

    heading: str
    lines: Sequence[Line]
    frame: Frame
    """The same across for both."""


def two_plots(text: Text, upper: Plot, lower: Plot, width: float = WIDTH) -> "Figure":
    """Draw two plots with the same lines on a sheet: named at the ends of the lower ones, or below if it is narrow."""
    is_narrow = width == NARROW
    names = [lines_of_name(line) for line in lower.lines] if is_narrow else []
    right = _RIGHT if is_narrow else _LABELS
    across = Across(float(upper.frame.x[0]), float(upper.frame.x[-1]), width - _AXIS - right, width - _AXIS)
    placed = flags(upper.frame.marks, across)
    above = height_of(placed)
    heights = (_UPPER, _LOWER)
    plots = 2 * _HEADING + above + sum(heights) + _BETWEEN + _ACROSS
    figure, room = sheet(text.title, text.what, plots + height_of_names(names), text.source, width)
    tall = figure.get_figheight()
    top = room.top * tall
    for plot, height in zip((upper, lower), heights, strict=True):
        figure.text(LEFT / width, top / tall, plot.heading, size=10, weight="bold", va="top")
        top -= _HEADING + (above if plot is upper else 0)
        box = (_AXIS / width, (top - height) / tall, 1 - (_AXIS + right) / width, height / tall)
        axes = figure.add_axes(box)
        fill_axes(axes, plot.lines, plot.frame)
        if plot is upper:
            _hide_across(axes)
            draw_flags(axes, placed, across, height)
        else:
            for mark in plot.frame.marks:
                draw_line(axes, mark.at)
            if not is_narrow:
                label_ends(axes, plot.lines, plot.frame, height)
        top -= height + _BETWEEN
    down = top + _BETWEEN - _ACROSS
    for name, line in zip(names, lower.lines, strict=False):
        down = name_below(figure, line, name, down)
    return figure


def _hide_across(axes: "Axes") -> None:
    """Leave the labels of the axis across to the plot below."""
    axes.set_xlabel("")
    axes.tick_params(labelbottom=False)
