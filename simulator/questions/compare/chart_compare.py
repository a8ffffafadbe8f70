"""The comparison in one picture: the inspections of each framework, and the poor providers it leaves unfound."""

from collections.abc import Mapping
from math import isnan
from typing import TYPE_CHECKING, Final, NamedTuple

from simulator.charts.lettering import in_lines
from simulator.charts.palette import INK, QUIET, RULE
from simulator.charts.sheet import LEFT, WIDTH, Chart, Room, sheet, source_of
from simulator.questions.compare.chart_bars import colour_of, colours_of, said
from simulator.questions.compare.course import under_the_title
from simulator.questions.compare.headlines import compare_headline
from simulator.questions.compare.narrow_bars import narrow_bars
from simulator.words.estimates import Estimate, Estimated, Estimates, others, subject_of
from simulator.words.wording import mean_and_range, named

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_NAMES: Final = 2.05
"""Inches for the names of frameworks."""
_BETWEEN: Final = 0.2
"""Inches between the two panels."""
_PANEL: Final = (WIDTH - _NAMES - _BETWEEN - LEFT) / 2
_FIGURES: Final = 1.05
"""Inches of a panel for the figures at the ends of bars."""
_HEADING: Final = 0.38
_ROW: Final = 0.5
_BAR: Final = 0.3
"""Inches; two lines of figures are next to each bar."""


class _Panel(NamedTuple):
    """One half of the picture."""

    heading: str
    estimates: Mapping[str, Estimate]
    """By name of the framework."""


def compare_chart(compared: Estimated) -> Chart:
    """Draw inspections a year of the subject, and next to them those poor and unfound: a row for each framework."""
    estimates, subject = Estimates(compared), subject_of(compared)
    panels = [
        _Panel(heading, {name: estimates.level(name, subject, measure) for name in compared.titles})
        for heading, measure in (
            ("Inspections a year", "inspections_per_year"),
            ("Poor and unfound, at any time", "undetected_poor_provider_years"),
        )
    ]
    title = compare_headline(compared)
    what = f"{subject.providers.capitalize()}: mean and 95% interval over replications"
    if others(compared):
        what += f"; the line marks {named(compared.titles[compared.baseline])}"
    what += under_the_title(compared)
    height = _HEADING + _ROW * len(compared.titles)
    drawn, room = sheet(title, what, height, source_of(compared.own_register))
    for side, panel in enumerate(panels):
        axes = _axes_of(drawn, room, panel, _NAMES + side * (_PANEL + _BETWEEN), height)
        if others(compared):
            _mark_baseline(axes, panel.estimates[compared.baseline], height)
        for row, (name, estimate) in enumerate(panel.estimates.items()):
            _draw_row(axes, colour_of(compared, name), estimate, _HEADING + _ROW * (row + 0.5))
    for row, name in enumerate(compared.titles):
        down = _HEADING + _ROW * (row + 0.5)
        _write_name(drawn, compared.titles[name], room.top - down / drawn.get_figheight())
    groups = [(panel.heading, panel.estimates) for panel in panels]
    means = f"{subject.providers.capitalize()}: mean and 95% interval over replications{under_the_title(compared)}"

    def narrow() -> "Figure":
        text = (title, means, source_of(compared.own_register))
        return narrow_bars(text, groups, compared.titles, colours_of(compared), one_scale=False)

    return Chart("compare", title, f"Two bar charts. {title}. {said(compared, groups)}", drawn, narrow)


def _axes_of(drawn: "Figure", room: Room, panel: _Panel, left: float, height: float) -> "Axes":
    """Make the axes of a panel, `left` inches from the left of the sheet: 0 at the left, inches downwards."""
    axes = drawn.add_axes((left / WIDTH, room.bottom, (_PANEL - _FIGURES) / WIDTH, room.top - room.bottom))
    ends = [
        bound for estimate in panel.estimates.values() for bound in (estimate.mean, estimate.high) if not isnan(bound)
    ]
    axes.set_xlim(0, max(ends, default=0) or 1)
    axes.set_ylim(height, 0)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.spines[:].set_visible(False)
    axes.text(0, _HEADING / 2, panel.heading, weight="bold", va="center")
    axes.plot((0, 0), (_HEADING, height), color=QUIET, lw=1, clip_on=False)
    return axes


def _mark_baseline(axes: "Axes", estimate: Estimate, height: float) -> None:
    """Draw a line from top to bottom where the baseline is."""
    if estimate.defined:
        axes.plot([estimate.mean] * 2, (_HEADING, height), color=RULE, lw=1, zorder=0, clip_on=False)


def _draw_row(axes: "Axes", colour: str, estimate: Estimate, down: float) -> None:
    """Draw the bar of one framework with its interval, and write its figures next to it."""
    if not estimate.defined:
        axes.annotate("undefined", (0, down), (6, 0), textcoords="offset points", va="center", color=QUIET)
        return
    mean, low, high = estimate
    axes.barh(down, mean, height=_BAR, color=colour)
    end = mean
    if estimate.has_interval and high > low:
        axes.errorbar(
            mean, down, xerr=[[mean - max(low, 0)], [high - mean]], color=INK, capsize=3, lw=1.2, clip_on=False
        )
        end = high
    number, interval = mean_and_range(estimate)
    lines = ((number, 11, "bold", INK, 0.11 if interval else 0.0), (interval, 8.5, "normal", QUIET, -0.11))
    for text, size, weight, ink, up in lines:
        axes.annotate(
            text,
            (end, down - up),
            (7, 0),
            textcoords="offset points",
            va="center",
            size=size,
            weight=weight,
            color=ink,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
            annotation_clip=False,
        )


def _write_name(drawn: "Figure", title: str, up: float) -> None:
    """Write the name of a framework at the left of its row, `up` from the bottom of the sheet as a share of it."""
    lines = in_lines(title, _NAMES - LEFT - 0.1, 10)
    drawn.text((_NAMES - 0.1) / WIDTH, up, "\n".join(lines), va="center", ha="right", size=10, linespacing=1.05)
