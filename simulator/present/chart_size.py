"""The chart of a search: the fewest inspectors that meet the targets, by framework, beside what arithmetic says."""

from math import isnan
from typing import TYPE_CHECKING, Final

from simulator.experiments.sized import Sized, Sizing
from simulator.present.lettering import in_lines
from simulator.present.palette import DARK_PINK, INK, QUIET, TURQUOISE
from simulator.present.sheet import LEFT, WIDTH, Chart, drawing, sheet, source_of
from simulator.present.size_tables import outcome
from simulator.present.size_words import fte
from simulator.present.wording import capital, joined, named, verb

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DRAWN: Final = ("framework", "outcome", "fte", "fte_low", "fte_high", "arithmetic_fte")
"""Columns of the answer that the chart is drawn from."""
NAMES: Final = 2.3
"""Inches for the names of frameworks."""
FIGURES: Final = 1.5
"""Inches for the figures at the ends of bars."""
ROW: Final = 0.5
BAR: Final = 0.3
BELOW: Final = 0.1


def size_chart(sizing: Sizing) -> Chart:
    """Draw a bar for each framework, its interval, and a mark where plain arithmetic would be."""
    title = size_headline(sizing)
    what = (
        f"Full-time equivalents in the pool {sizing.pool} that meet {joined([str(each) for each in sizing.targets])}; "
        "lines: the interval within which the number needed lies; diamonds: what arithmetic says"
    )
    height = ROW * len(sizing.sized) + BELOW
    with drawing():
        figure, room = sheet(title, what, height, source_of(sizing.question.own_register))
        axes = figure.add_axes((NAMES / WIDTH, room.bottom, 1 - (NAMES + FIGURES) / WIDTH, room.top - room.bottom))
        axes.set_xlim(0, max(max(each.fte or 0.0, each.arithmetic) for each in sizing.sized) or 1)
        axes.set_ylim(height, 0)
        axes.set_xticks([])
        axes.set_yticks([])
        axes.spines[:].set_visible(False)
        axes.plot((0, 0), (0, height - BELOW), color=QUIET, lw=1, clip_on=False)
        for row, each in enumerate(sizing.sized):
            _draw(axes, sizing, each, ROW * (row + 0.5))
    told = " ".join(_told(sizing, each) for each in sizing.sized)
    return Chart("fte", title, f"Bar chart. {title}. {told}", figure)


def size_headline(sizing: Sizing) -> str:
    """Say how many each framework needs."""
    needs = [
        f"{named(title)} {verb(title, 'needs')} {fte(sizing, each.fte)}"
        for each in sizing.sized
        for title in [sizing.question.titles[each.framework]]
        if each.fte is not None
    ]
    if not needs:
        return "No number of inspectors can be told that meets the targets"
    return capital(f"to meet the targets, {joined(needs)} full-time equivalents")


def _told(sizing: Sizing, sized: Sized) -> str:
    title = sizing.question.titles[sized.framework]
    if sized.fte is None:
        return f"{title}: none, {outcome(sized)}; by arithmetic {sized.arithmetic:,.1f}."
    low, high = sizing.interval(sized)
    between = "" if low == high else f", between {fte(sizing, low)} and {fte(sizing, high)}"
    return f"{title}: {fte(sizing, sized.fte)}{between}; by arithmetic {sized.arithmetic:,.1f}."


def _draw(axes: "Axes", sizing: Sizing, sized: Sized, down: float) -> None:
    inch = axes.get_xlim()[1] / (WIDTH - NAMES - FIGURES)
    name = "\n".join(in_lines(sizing.question.titles[sized.framework], NAMES - LEFT - 0.1, 10))
    axes.text(-0.08 * inch, down, name, va="center", ha="right", linespacing=1.05)
    end = sized.arithmetic
    if sized.fte is not None:
        low, high = sizing.interval(sized)
        axes.barh(down, sized.fte, height=BAR, color=TURQUOISE)
        if not isnan(low) and low < high:
            axes.errorbar(sized.fte, down, xerr=[[sized.fte - low], [0.0]], color=INK, capsize=3, lw=1.2, clip_on=False)
        end = max(end, sized.fte)
    axes.plot([sized.arithmetic], [down], marker="D", color=DARK_PINK, mec="white", ms=9, clip_on=False, zorder=4)
    number = outcome(sized) if sized.fte is None else fte(sizing, sized.fte)
    axes.text(end + 0.14 * inch, down - 0.08, number, va="center", weight="bold", size=11)
    axes.text(
        end + 0.14 * inch, down + 0.12, f"by arithmetic {sized.arithmetic:,.1f}", va="center", size=8.5, color=QUIET
    )
