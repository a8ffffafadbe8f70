"""The chart of an answer over a set of fits: every number of the sentences, a dot for each fit."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.charts.lettering import in_lines
from simulator.charts.palette import DARK_BLUE, DARK_PINK, INK, QUIET, RULE
from simulator.charts.sheet import LEFT, WIDTH, Chart, drawing, sheet
from simulator.questions.over_fits.files import chart_name
from simulator.questions.over_fits.words import Told, amount
from simulator.running.targets import Floats
from simulator.running.worlds import Sort
from simulator.words.wording import counted

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_MOST_ROWS: Final = 12
"""Numbers that one sheet shows."""
_NAMES: Final = 3.2
"""Inches for what each row is."""
_ROW: Final = 0.62
"""Inches for a row."""
_MARGIN: Final = 0.05
"""Of the width of a row, left free at its ends."""


def numbers_of(told: Sequence[Told], numbers: Sequence[int], sort: Sort) -> "pd.DataFrame":
    """Return the numbers of the sentences, fit by fit: figure, unit, fit, value."""
    import pandas as pd

    rows = [
        (one.label, one.unit, fit, value)
        for one in told
        for fit, value in zip(numbers, one.by_fit.tolist(), strict=True)
    ]
    return pd.DataFrame(rows, columns=["figure", "unit", sort.one, "value"])


def chart_of(told: Sequence[Told], source: str, sort: Sort) -> Chart:
    """Draw a row of dots for each number; rows of one unit share a scale."""
    shown = told[:_MOST_ROWS]
    title = f"The answer in each of {counted(shown[0].by_fit.size - sort.beside, sort.one)}"
    first = "the assumed values" if sort.beside else "the best one"
    what = f"A dot for each {sort.one}, {first} in pink, and a line at the median; each unit has a scale of its own"
    ends = {unit: _ends([one.by_fit for one in shown if one.unit == unit]) for unit in {one.unit for one in shown}}
    with drawing():
        figure, room = sheet(title, what, _ROW * len(shown), source)
        tall = (room.top - room.bottom) / len(shown)
        for place, one in enumerate(shown, 1):
            where = (_NAMES / WIDTH, room.top - (place - 0.45) * tall, 1 - (_NAMES + LEFT) / WIDTH, tall * 0.45)
            _draw(figure.add_axes(where), one, ends[one.unit])
    said = " ".join(one.sentence for one in shown)
    return Chart(chart_name(sort), title, f"Dot plot. {title}. {said}", figure)


def _ends(rows: Sequence[Floats]) -> tuple[float, float]:
    values = np.concatenate(rows)
    known = values[np.isfinite(values)]
    low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 1.0)
    free = _MARGIN * (high - low) or 1.0
    return low - free, high + free


def _draw(axes: "Axes", one: Told, ends: tuple[float, float]) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.set_xlim(*ends)
    axes.set_ylim(-1, 1)
    axes.set_yticks([])
    axes.spines[["left", "top", "right"]].set_visible(False)
    axes.xaxis.set_major_locator(MaxNLocator(4))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: amount(x, one.unit)))
    axes.tick_params(labelsize=8, pad=1)
    if ends[0] < 0 < ends[1]:
        axes.axvline(0, color=QUIET, lw=1, ls=(0, (2, 2)), zorder=0)
    known = one.by_fit[np.isfinite(one.by_fit)]
    axes.plot([one.median] * 2, (-0.8, 0.8), color=INK, lw=1.5)
    axes.plot(known, np.zeros(known.size), "o", color=DARK_BLUE, ms=5, alpha=0.5, clip_on=False)
    axes.plot(one.by_fit[:1], [0], "o", color=DARK_PINK, ms=6, clip_on=False)
    axes.axhline(0, color=RULE, lw=0.8, zorder=0)
    width = axes.get_position().width * WIDTH
    lines = in_lines(one.label, _NAMES - LEFT - 0.15, 9)[:3]
    left = -(_NAMES - LEFT) / width
    axes.text(left, 0.3, "\n".join(lines), transform=axes.transAxes, size=9, va="center", color=INK)
