"""A plot of lines with their intervals: in one plot up to four, from the fifth on in a panel each."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.charts.lettering import in_lines
from simulator.charts.marks import Across, Mark, draw_flags, draw_line, flags, height_of
from simulator.charts.palette import DARK_BLUE, INK, LOOKS, MOST_SERIES, QUIET, RULE, Look
from simulator.charts.sheet import WIDTH, sheet
from simulator.measures.bands import Band
from simulator.words.wording import figure as figure_of
from simulator.words.wording import number, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_PLOT: Final = 3.7
"""Inches for one plot, its labels included."""
_PANEL: Final = 2.3
_AXIS: Final = 0.62
"""Inches for the figures of the axis up."""
_ACROSS: Final = 0.55
"""Inches for the axis across."""
_LABEL_LINE: Final = 0.23
_MORE_LINES: Final = 0.34
"""Inches between labels at the ends of lines, at least; where one has two lines, more."""
_LABELS: Final = 1.85
"""Inches for the labels at the ends of lines."""
_MOST_LABELS: Final = 6
"""Labels of the axis across that a panel has room for."""
_MARKS: Final = 8
"""Markers on a line, about."""
_MOST_OF_BAND: Final = 1.4
"""Times the height of the highest line: up to there intervals are shown whole."""
_ROOM_ABOVE: Final = 1.12
"""Of the axis up, over what is shown."""
_TICKS: Final = 6
BASELINE_LOOK: Final = Look(QUIET, (0, (4, 2)), "s")
_ALONE_LOOK: Final = Look(DARK_BLUE, "-", "o")


class Line(NamedTuple):
    """One line with its interval."""

    title: str
    is_baseline: bool
    look: Look
    band: Band
    x: npt.NDArray[Any] | None = None
    """Where its points are across, if not where those of all lines are."""
    ring: float | None = None
    """Place across at which a ring marks it."""


class Frame(NamedTuple):
    """What all lines of one chart share."""

    x: npt.NDArray[Any]
    across: str
    """Label of the axis across."""
    top: float
    """Of the axis up, which begins at nought."""
    ticks: Sequence[tuple[Any, str]]
    """Across, with their labels."""
    as_percent: bool
    marks: Sequence[Mark] = ()
    """Moments across that a thin line marks."""
    shaded_to: float | None = None
    """Place across up to which the plot is shaded, from its left end on."""
    shade: str = ""
    """What the shaded part is."""
    bars: bool = False
    """Whether each point has a bar for its interval: where there are few, and only there something was run."""


class Text(NamedTuple):
    """What is written around the plot."""

    title: str
    what: str
    source: str


def looks(count: int) -> list[Look]:
    """Return each of so many lines its look, the same in every chart."""
    return list(LOOKS[:count]) if count <= MOST_SERIES else [_ALONE_LOOK] * count


def plotted(text: Text, lines: Sequence[Line], frame: Frame) -> "Figure":
    """Draw lines in one plot, or from the fifth on each in a panel of its own beside the baseline."""
    return _together(text, lines, frame) if len(lines) <= MOST_SERIES else _apiece(text, lines, frame)


def _together(text: Text, lines: Sequence[Line], frame: Frame) -> "Figure":
    """Draw lines in one plot, named at their ends."""
    across = Across(float(frame.x[0]), float(frame.x[-1]), WIDTH - _AXIS - _LABELS, WIDTH - _AXIS)
    placed = flags(frame.marks, across)
    above = height_of(placed)
    figure, room = sheet(text.title, text.what, _PLOT + above, text.source)
    tall = figure.get_figheight()
    height = room.top - room.bottom - (_ACROSS + 0.1 + above) / tall
    axes = figure.add_axes((_AXIS / WIDTH, room.bottom + _ACROSS / tall, 1 - (_AXIS + _LABELS) / WIDTH, height))
    fill_axes(axes, lines, frame)
    draw_flags(axes, placed, across, height * tall)
    label_ends(axes, lines, frame, height * tall)
    return figure


def _apiece(text: Text, lines: Sequence[Line], frame: Frame) -> "Figure":
    """Draw each line in a panel of its own, beside the baseline if there is one."""
    baseline, alone = baseline_and_others(lines)
    rows = -(-len(alone) // 2)
    what = f"{text.what}. Dashed grey: {baseline[0].title}" if baseline else text.what
    if frame.marks:
        what += ". Thin lines: a framework takes over"
    figure, room = sheet(text.title, what, _PANEL * rows, text.source)
    tall = figure.get_figheight()
    sparse = frame._replace(ticks=frame.ticks[:: -(-len(frame.ticks) // _MOST_LABELS)])
    for i, line in enumerate(alone):
        row, side = divmod(i, 2)
        left = (_AXIS + side * (WIDTH - 0.3) / 2) / WIDTH
        bottom = room.top - (row + 1) * _PANEL / tall + _ACROSS / tall
        axes = figure.add_axes((left, bottom, 0.5 - 1 / WIDTH, (_PANEL - 0.9) / tall))
        fill_axes(axes, [*baseline, line], sparse)
        axes.set_title(line.title, loc="left", size=10, weight="bold")
        for mark in frame.marks:
            draw_line(axes, mark.at)
    return figure


def baseline_and_others(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Return the baseline, if there is one, as it looks in the panels of others; and the others."""
    baseline = [line._replace(look=BASELINE_LOOK) for line in lines if line.is_baseline]
    return baseline, [line for line in lines if not line.is_baseline]


def fill_axes(axes: "Axes", lines: Sequence[Line], frame: Frame) -> None:
    """Draw the axes, the intervals and the lines."""
    axes.set_xlim(frame.x[0], frame.x[-1])
    axes.set_ylim(0, frame.top)
    axes.yaxis.grid(visible=True)
    axes.spines["left"].set_visible(False)
    axes.set_xticks([place for place, _ in frame.ticks], [label for _, label in frame.ticks])
    axes.yaxis.set_major_formatter(lambda value, _: shown(value, frame.as_percent))
    axes.yaxis.set_major_locator(_locator(frame.as_percent))
    axes.set_xlabel(frame.across)
    _shade(axes, frame)
    step = max(len(frame.x) // _MARKS, 1)
    for i, line in enumerate(lines):
        colour, dashes, marker = line.look
        x = frame.x if line.x is None else line.x
        axes.fill_between(x, line.band.low, line.band.high, color=colour, alpha=0.18, linewidth=0)
        if frame.bars:
            _bars(axes, x, line)
        if line.ring is not None:
            at = float(np.interp(line.ring, x, line.band.mean))
            axes.plot([line.ring], [at], "o", ms=13, mfc="none", mec=colour, mew=2, clip_on=False, zorder=9)
        axes.plot(
            x,
            line.band.mean,
            color=colour,
            linestyle=dashes,
            marker=marker,
            markevery=(step // 2 + i * step // (len(lines) + 1), step),
            clip_on=False,
            zorder=3 + i,
        )


def _bars(axes: "Axes", x: npt.NDArray[Any], line: Line) -> None:
    """Draw the interval of each point as a bar with caps."""
    away = [line.band.mean - line.band.low, line.band.high - line.band.mean]
    axes.errorbar(x, line.band.mean, away, fmt="none", ecolor=line.look.colour, elinewidth=1.2, capsize=3, zorder=2)


def _shade(axes: "Axes", frame: Frame) -> None:
    """Shade the left part of a plot, and write what it is at its foot."""
    if frame.shaded_to is None or frame.shaded_to <= frame.x[0]:
        return
    axes.axvspan(frame.x[0], frame.shaded_to, color=RULE, alpha=0.55, lw=0, zorder=0)
    axes.annotate(
        frame.shade, (frame.x[0], 0), (4, 4), textcoords="offset points", size=9, color=INK, weight="bold", zorder=10
    )


def _locator(as_percent: bool) -> Any:
    """Choose the ticks of the axis up."""
    from matplotlib.ticker import MaxNLocator, MultipleLocator

    return MultipleLocator(0.2) if as_percent else MaxNLocator(nbins=6)


def label_ends(axes: "Axes", lines: Sequence[Line], frame: Frame, inches: float) -> None:
    """Name each line at its right end, beside its marker; labels that would touch are moved apart.

    `inches` is the height of the plot.
    """
    ends = [_last_value(line.band.mean) / frame.top for line in lines]
    names = [in_lines(line.title, _LABELS - 0.5, 9.5) for line in lines]
    least = _LABEL_LINE if max(map(len, names)) == 1 else _MORE_LINES
    heights = apart([end * inches for end in ends], least, inches)
    inch = 1 / (WIDTH - _AXIS - _LABELS)
    for line, name, end, height in zip(lines, names, ends, heights, strict=True):
        y = height / inches
        place: dict[str, Any] = {"transform": axes.transAxes, "clip_on": False}
        axes.plot((1 + 0.03 * inch, 1 + 0.13 * inch), (end, y), color=RULE, lw=1, **place)
        sample = tuple(1 + at * inch for at in (0.15, 0.27, 0.39))
        colour, dashes, marker = line.look
        axes.plot(sample, (y, y, y), color=colour, linestyle=dashes, marker=marker, markevery=[1], **place)
        axes.text(1 + 0.46 * inch, y, "\n".join(name), va="center", size=9.5, color=INK, **place)


def apart(wanted: Sequence[float], least: float, top: float) -> list[float]:
    """Move heights apart until neighbours are at least so far from one another, and none is above the top."""
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    heights = list(wanted)
    for below, above in pairwise(order):
        heights[above] = max(heights[above], heights[below] + least)
    if order:
        heights[order[-1]] = min(heights[order[-1]], max(top, least * (len(order) - 1)))
    for above, below in pairwise(reversed(order)):
        heights[below] = min(heights[below], heights[above] - least)
    return heights


def _last_value(values: npt.NDArray[np.float64]) -> float:
    """Return the last value that is defined, 0 if none is."""
    there = values[~np.isnan(values)]
    return float(there[-1]) if there.size else 0.0


def shown(value: float, as_percent: bool) -> str:
    """Write a value of the axis up."""
    if np.isnan(value):
        return "undefined"
    return percent(round(value, 12)) if as_percent else figure_of(round(value, 9))


def top_of(bands: Sequence[Band]) -> float:
    """Choose the top of an axis: above every line, and above the intervals unless they are very wide."""
    highest = max(float(np.nanmax(band.mean, initial=0.0)) for band in bands)
    widest = max(float(np.nanmax(band.high, initial=0.0)) for band in bands)
    return max(highest, min(widest, _MOST_OF_BAND * highest)) * _ROOM_ABOVE or 1.0


def ticks_of(x: npt.NDArray[np.float64]) -> list[tuple[float, str]]:
    """Return ticks for the axis across, at round numbers, with their labels."""
    from matplotlib.ticker import MaxNLocator

    places = [
        float(value)
        for value in MaxNLocator(_TICKS, steps=[1, 2, 5, 10]).tick_values(x[0], x[-1])
        if x[0] <= value <= x[-1]
    ]
    step = min(np.diff(places), default=1.0)
    decimals = max(0, int(np.ceil(-np.log10(step) - 1e-9)))
    return [(place, number(place, decimals)) for place in places]
