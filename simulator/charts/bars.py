"""Charts of bars: one for each name, from 0 either way, with its interval and its figure."""

from collections.abc import Sequence
from math import isnan
from typing import TYPE_CHECKING, Final, NamedTuple

from simulator.charts.lettering import in_lines
from simulator.charts.line_plot import Text
from simulator.charts.palette import DARK_BLUE, INK, QUIET
from simulator.charts.sheet import LEFT, NARROW, WIDTH, sheet
from simulator.words.estimates import Estimate

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_ROW: Final = 0.42
"""Inches for a bar."""
_BAR: Final = 0.6
"""Thickness of a bar, in rows."""
_NAMES: Final = 2.9
"""Inches for the names of bars."""
_FIGURES: Final = 1.0
"""Inches for figures, on either side of the bars."""


class Bar(NamedTuple):
    """One bar."""

    name: str
    estimate: Estimate
    told: str
    """Its figure, as it is written."""
    colour: str = DARK_BLUE
    stands_out: bool = False
    """Whether it is written in bold: a total."""


def wide_bars(text: Text, bars: Sequence[Bar]) -> "Figure":
    """Draw names at the left, bars from 0 either way beside them."""
    figure, room = sheet(text.title, text.what, _ROW * len(bars) + 0.1, text.source)
    axes = figure.add_axes((_NAMES / WIDTH, room.bottom, 1 - (_NAMES + 2 * LEFT) / WIDTH, room.top - room.bottom))
    _scaled(axes, bars, WIDTH - _NAMES - 2 * LEFT, 0)
    for row, bar in enumerate(bars):
        lines = in_lines(bar.name, _NAMES - 2 * LEFT, 9.5)
        axes.annotate(
            "\n".join(lines),
            (0, row + 0.5),
            (-(_NAMES - LEFT) * 72, 0),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            va="center",
            size=9.5,
            linespacing=0.95,
            weight="bold" if bar.stands_out else "normal",
            annotation_clip=False,
        )
        _draw(axes, bar, row + 0.5)
    return figure


def narrow_bars(text: Text, bars: Sequence[Bar]) -> "Figure":
    """Draw each name above its bar."""
    figure, room = sheet(text.title, text.what, 2 * _ROW * len(bars), text.source, NARROW)
    axes = figure.add_axes((LEFT / NARROW, room.bottom, 1 - 2 * LEFT / NARROW, room.top - room.bottom))
    _scaled(axes, bars, NARROW - 2 * LEFT, 1)
    for row, bar in enumerate(bars):
        lines = "\n".join(in_lines(bar.name, NARROW - 2 * LEFT, 9))
        weight = "bold" if bar.stands_out else "normal"
        place = axes.get_yaxis_transform()
        axes.text(0, 2 * row + 0.1, lines, transform=place, va="top", size=9, linespacing=0.95, weight=weight)
        _draw(axes, bar, 2 * row + 1.5)
    return figure


def _scaled(axes: "Axes", bars: Sequence[Bar], inches: float, above: int) -> None:
    """Leave room for bars, intervals and the figures beside them."""
    ends = [end for bar in bars for end in bar.estimate if not isnan(end)]
    low, high = min(0.0, *ends), max(0.0, *ends)
    sides = 2 if low < 0 else 1
    free = _FIGURES * ((high - low) or 1.0) / (inches - sides * _FIGURES)
    axes.set_xlim(low - free if low < 0 else 0, high + free)
    axes.set_ylim((1 + above) * len(bars), 0)
    axes.set_axis_off()
    axes.axvline(0, color=QUIET, lw=1)


def _draw(axes: "Axes", bar: Bar, down: float) -> None:
    mean, low, high = bar.estimate
    if isnan(mean):
        axes.text(0, down, " undefined", va="center", color=QUIET)
        return
    axes.barh(down, mean, height=_BAR, color=bar.colour)
    if bar.estimate.has_interval and high > low:
        axes.errorbar(mean, down, xerr=[[mean - low], [high - mean]], color=INK, capsize=3, lw=1.2)
    ends = [mean, *([low, high] if bar.estimate.has_interval else [])]
    end, way, side = (min(*ends, 0.0), -6, "right") if mean < 0 else (max(*ends, 0.0), 6, "left")
    weight = "bold" if bar.stands_out else "normal"
    axes.annotate(bar.told, (end, down), (way, 0), textcoords="offset points", va="center", ha=side, weight=weight)
