"""The dot plot of a calibration or a prediction: how far figures lie from recorded ones, in standard errors."""

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.charts.palette import DARK_BLUE, ORANGE, QUIET, RULE, SHADE, TURQUOISE
from simulator.charts.sheet import LEFT, WIDTH, sheet

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

_ROW: Final = 0.24
"""Inches for one figure."""
_NAMES: Final = 4.6
"""Inches for their names."""


class Dots(NamedTuple):
    """What a dot plot shows, a row for each figure, in standard errors of the recorded one."""

    titles: "pd.Series[str]"
    apart: "pd.Series[float]"
    hit: NDArray[np.bool_]
    """Which count as met."""
    low: "pd.Series[float]"
    """Ends of the line over the fits."""
    high: "pd.Series[float]"
    crosses: "pd.Series[float] | None" = None
    """Other figures, to compare with."""


def dot_plot(title: str, what: str, source: str, dots: Dots, tolerance: float) -> "Figure":
    """Draw figures that are met as dots, others as diamonds, each on a line over the fits; the tolerance is shaded."""
    number = len(dots.titles)
    figure, room = sheet(title, what, _ROW * number + 0.5, source)
    left, tall = (LEFT + _NAMES) / WIDTH, figure.get_figheight()
    axes = figure.add_axes((left, room.bottom + 0.4 / tall, 0.98 - left, _ROW * number / tall))
    rows = np.arange(number)[::-1]
    axes.axvspan(-tolerance, tolerance, color=SHADE, zorder=0)
    axes.axvline(0, color=QUIET, linewidth=0.8)
    axes.hlines(rows, dots.low, dots.high, color=TURQUOISE, linewidth=2)
    if dots.crosses is not None:
        axes.plot(dots.crosses, rows, "x", color=QUIET, markersize=5, linestyle="none")
    for shown, mark, colour in ((dots.hit, "o", DARK_BLUE), (~dots.hit, "D", ORANGE)):
        axes.plot(dots.apart[shown], rows[shown], mark, color=colour, markersize=5, linestyle="none")
    axes.set_yticks(rows, dots.titles.to_list(), fontsize=7.5)
    axes.set_ylim(-0.7, number - 0.3)
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x", color=RULE, linewidth=0.5)
    return figure
