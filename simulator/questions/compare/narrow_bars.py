"""Bars for a narrow screen: the name of a framework above its bar, the figure at the end of it."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from simulator.charts.lettering import in_lines
from simulator.charts.palette import INK, QUIET
from simulator.charts.sheet import LEFT, NARROW, sheet
from simulator.words.estimates import Estimate
from simulator.words.wording import figure as figure_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_HEADING: Final = 0.32
_NAME: Final = 0.19
_BAR: Final = 0.24
"""Inches for one bar."""
_GAP: Final = 0.16
_FIGURES: Final = 0.75
"""Inches for the figures at the ends of bars."""
_WIDE: Final = NARROW - 2 * LEFT - _FIGURES

Group = tuple[str, Mapping[str, Estimate]]
"""A heading, and an estimate for each framework by its name."""


def narrow_bars(
    text: tuple[str, str, str],
    groups: Sequence[Group],
    titles: Mapping[str, str],
    colours: Mapping[str, str],
    *,
    one_scale: bool = True,
) -> "Figure":
    """Draw groups of bars below one another, a bar for each framework.

    Parameters
    ----------
    text : tuple of str
        Title, what is measured, and where the numbers come from.
    groups : sequence
        Headings with their estimates.
    titles, colours : Mapping
        Of the frameworks, by name.
    one_scale : bool
        Whether all groups share a scale; else each has its own. Every scale starts at 0.
    """
    headline, what, source = text
    heads = [in_lines(heading, NARROW - 2 * LEFT, 10, "bold") for heading, _ in groups]
    names = {name: in_lines(title, NARROW - 2 * LEFT, 9.5) for name, title in titles.items()}
    heights = [
        _NAME * (len(head) - 1) + _HEADING + sum(_NAME * len(names[name]) + _BAR for name in estimates) + _GAP
        for head, (_, estimates) in zip(heads, groups, strict=True)
    ]
    figure, room = sheet(headline, what, sum(heights), source, NARROW)
    tall = figure.get_figheight()
    shared = _most([estimate for _, estimates in groups for estimate in estimates.values()])
    top = room.top * tall
    for head, height, (_, estimates) in zip(heads, heights, groups, strict=True):
        axes = figure.add_axes((LEFT / NARROW, (top - height) / tall, _WIDE / NARROW, height / tall))
        axes.set_xlim(0, shared if one_scale else _most(list(estimates.values())))
        axes.set_ylim(height, 0)
        axes.set_axis_off()
        axes.text(0, 0.05, "\n".join(head), size=10, weight="bold", va="top")
        down = _NAME * (len(head) - 1) + _HEADING
        for name, estimate in estimates.items():
            axes.text(0, down + _GAP / 3, "\n".join(names[name]), size=9.5, va="top", color=INK)
            down += _NAME * len(names[name])
            _draw_bar(axes, estimate, colours[name], down + _GAP / 3 + 0.6 * _BAR / 2)
            down += _BAR
        top -= height
    return figure


def _most(estimates: Sequence[Estimate]) -> float:
    """Return the end of a scale."""
    ends = (max(one.mean, one.high) if one.has_interval else one.mean for one in estimates if one.defined)
    return max(ends, default=0.0) or 1.0


def _draw_bar(axes: "Axes", estimate: Estimate, colour: str, down: float) -> None:
    """Draw one bar with its interval and its figure."""
    if not estimate.defined:
        axes.text(0, down, "undefined", va="center", color=QUIET)
        return
    mean, low, high = estimate
    axes.barh(down, mean, height=0.6 * _BAR, color=colour)
    end = mean
    if estimate.has_interval and high > low:
        axes.errorbar(mean, down, xerr=[[mean - max(low, 0)], [high - mean]], color=INK, capsize=2, lw=1, clip_on=False)
        end = max(mean, high)
    axes.annotate(
        figure_of(mean),
        (end, down),
        (5, 0),
        textcoords="offset points",
        va="center",
        weight="bold",
        annotation_clip=False,
    )
