"""Charts of a sensitivity analysis: the swing of the difference by each assumption, and the sources of its spread."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from simulator.answers.answer import Drawn
from simulator.charts.lettering import in_lines
from simulator.charts.palette import DARK_BLUE, INK, QUIET, RULE, TURQUOISE
from simulator.charts.sheet import LEFT, WIDTH, Chart, drawing, sheet, source_of
from simulator.measures.bands import Band
from simulator.questions.sensitivity.assumption_words import range_told, title_of_assumption, value_told
from simulator.questions.sensitivity.found import OTHERS, Sensitivity
from simulator.questions.sensitivity.words import percent_of
from simulator.words.estimates import Estimate
from simulator.words.quantities import title_of
from simulator.words.wording import bracketed, capital, figure, mean_and_range, named

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_NAMES: Final = 2.75
"""Inches for the names of assumptions."""
_FIGURES: Final = 2.1
"""Inches for the figures next to the bars."""
_PAIR: Final = 0.56
"""Inches for the two bars of an assumption."""
_BAR: Final = 0.2
_HEADING: Final = 0.4
_ACROSS: Final = 0.45
"""Inches for the axis across."""
_HATCH: Final = "////"
_SIGNS: Final = ("■", "▨")
"""Signs of the first and the second bar, next to their figures."""
_MARGIN: Final = 0.04
"""Of the width of the plot, left free at its ends."""


class _Bar(NamedTuple):
    """One of the two bars of a row."""

    estimate: Estimate
    figures: str
    value: str = ""
    """Of the assumption, if it has one there."""

    @property
    def beside(self) -> str:
        """The text next to it."""
        return f"{self.value}: {self.figures}" if self.value else self.figures


class _Row(NamedTuple):
    """An assumption with its two bars."""

    name: str
    below: str
    """What stands in small letters below the name."""
    bars: tuple[_Bar, _Bar]


class _Plot(NamedTuple):
    """What all rows share."""

    heads: tuple[str, str]
    """What the first and the second bar of each row are."""
    origin: float
    """Where bars begin."""
    origin_told: str
    across: str
    as_percent: bool


def sensitivity_charts(found: Sensitivity) -> list[Drawn]:
    """Draw the tornado, and the shares of variance if there are any; each with the table of its numbers."""
    with drawing():
        drawn = [Drawn(_tornado(found), found.swings_table)]
        if any(np.isfinite(shares.total.value) for shares in found.indices.values()):
            drawn.append(Drawn(_shares_of_spread(found), found.indices_table))
    return drawn


def _tornado(found: Sensitivity) -> Chart:
    """Draw the difference with each assumption at the lower end and at the upper end of its range."""
    first, second = (named(found.question.titles[framework]) for framework in found.frameworks)
    swings, widest = found.swings, found.singly[0]
    rows = []
    for assumption in found.singly:
        lower, upper = (one for one in swings.swings if one.assumption.key == assumption.key)
        bars = (
            _bar(_estimate(lower.difference), value_told(assumption, 0.0) if assumption.alike else ""),
            _bar(_estimate(upper.difference), value_told(assumption, 1.0) if assumption.alike else ""),
        )
        rows.append(_Row(capital(title_of_assumption(assumption.key)), range_told(assumption), bars))
    title = f"{capital(title_of_assumption(widest.key))} moves the difference most"
    if swings.width(widest) == 0:
        title = "No assumption by itself changes the difference"
    what = (
        f"{title_of(found.quantity)}: {first} minus {second}, with one assumption at an end of its range and all "
        f"others at their defaults; mean and 95% interval over {swings.replications} replications"
    )
    given = float(swings.given.mean)
    heads = ("at the lower end", "at the upper end")
    plot = _Plot(heads, given, f"all at default: {figure(given)}", "Difference", as_percent=False)
    return _chart("tornado", title, what, rows, plot, found)


def _shares_of_spread(found: Sensitivity) -> Chart:
    """Draw first-order and total indices of every group."""
    rows = []
    for key, shares in found.indices.items():
        pair = tuple(
            _Bar(
                Estimate(max(index.value, 0.0), max(index.low, 0.0), max(index.high, 0.0)),
                f"{percent_of(index.value)} ({percent_of(index.low)[:-1]} to {percent_of(index.high)})",
            )
            for index in (shares.first, shares.total)
        )
        below = f"{len(found.assumptions) - len(found.singly)} assumptions" if key == OTHERS else ""
        rows.append(_Row(capital(title_of_assumption(key)), below, (pair[0], pair[1])))
    leading = max(found.indices, key=lambda key: found.indices[key].total.value)
    share = percent_of(min(found.indices[leading].total.value, 1.0))
    has = "have" if leading == OTHERS else "has"
    title = f"{capital(title_of_assumption(leading))} {has} a part in {share} of the spread of the difference"
    first, second = (named(found.question.titles[framework]) for framework in found.frameworks)
    what = (
        f"{title_of(found.quantity)}, {first} minus {second}: share of the variance over {found.finished} plausible "
        "worlds (Sobol indices) with 95% intervals"
    )
    plot = _Plot(("by itself", "with others too"), 0.0, "", "Share of the variance", as_percent=True)
    return _chart("spread", title, what, rows, plot, found)


def _estimate(band: Band) -> Estimate:
    return Estimate(float(band.mean), float(band.low), float(band.high))


def _bar(estimate: Estimate, value: str) -> _Bar:
    if not estimate.defined:
        return _Bar(estimate, "undefined", value)
    mean, interval = mean_and_range(estimate)
    return _Bar(estimate, f"{mean}{bracketed(interval)}", value)


def _chart(name: str, title: str, what: str, rows: Sequence[_Row], plot: _Plot, found: Sensitivity) -> Chart:
    height = _HEADING + _PAIR * len(rows) + _ACROSS
    drawn, room = sheet(title, what, height, source_of(found.question.own_register))
    total = drawn.get_figheight()
    bottom = room.bottom + _ACROSS / total
    axes = drawn.add_axes((_NAMES / WIDTH, bottom, 1 - (_NAMES + _FIGURES) / WIDTH, room.top - bottom))
    ends = _ends(rows, plot)
    axes.set_xlim(*ends)
    axes.set_ylim(height - _ACROSS, 0)
    axes.set_yticks([])
    axes.spines[["left", "top", "right"]].set_visible(False)
    axes.set_xlabel(plot.across)
    _scale(axes, plot)
    inch = (ends[1] - ends[0]) / (WIDTH - _NAMES - _FIGURES)
    _head(axes, plot, (ends, inch), height - _ACROSS)
    for position, row in enumerate(rows):
        _draw(axes, row, plot, _HEADING + _PAIR * position, (ends, inch))
    axes.plot([plot.origin] * 2, (_HEADING, height - _ACROSS), color=QUIET, lw=1, clip_on=False)
    said = " ".join(f"{row.name}: {'; '.join(map(_bar_said, plot.heads, row.bars))}." for row in rows)
    return Chart(name, title, f"Bar chart. {title}. {said}", drawn)


def _bar_said(head: str, bar: _Bar) -> str:
    """Describe a bar: its head, its value where the head does not have it, and the result."""
    return f"{head} ({bar.value}) {bar.figures}" if bar.value else f"{head} {bar.figures}"


def _head(axes: "Axes", plot: _Plot, across: tuple[tuple[float, float], float], height: float) -> None:
    """Label above the rows the start of the bars, the line of no difference, and the two bars."""
    (left, right), inch = across
    on_white = {"facecolor": "white", "edgecolor": "none", "pad": 1}
    upper, lower = _HEADING / 4, 3 * _HEADING / 4
    if plot.origin_told:
        axes.text(plot.origin, upper, plot.origin_told, size=8, color=QUIET, ha="center", va="center", bbox=on_white)
    if plot.origin and left < 0 < right:
        axes.plot((0, 0), (_HEADING, height), color=INK, lw=1, ls=(0, (2, 2)), zorder=0)
        axes.text(0, lower, "no difference", size=8, color=INK, ha="center", va="center", bbox=on_white)
    for sign, head, down in zip(_SIGNS, plot.heads, (upper, lower), strict=True):
        axes.text(right + 0.08 * inch, down, f"{sign} {head}", size=8, weight="bold", va="center")


def _ends(rows: Sequence[_Row], plot: _Plot) -> tuple[float, float]:
    """Return the ends of the axis across: all bars, intervals and the place where bars begin lie between."""
    bounds = [bound for row in rows for bar in row.bars for bound in bar.estimate if np.isfinite(bound)]
    low, high = min([plot.origin, *bounds]), max([plot.origin, *bounds])
    if plot.as_percent:
        return 0.0, min(max(high, 0.1), 1.5) * (1 + _MARGIN)
    free = _MARGIN * (high - low) or 1.0
    return low - free, high + free


def _scale(axes: "Axes", plot: _Plot) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: percent_of(x) if plot.as_percent else figure(x)))
    axes.grid(visible=True, axis="x", color=RULE, lw=0.6)


def _draw(axes: "Axes", row: _Row, plot: _Plot, down: float, across: tuple[tuple[float, float], float]) -> None:
    """Draw the two bars of a row; `down` is where it begins, `across` the ends of the axis and an inch of it."""
    (left, right), inch = across
    name = in_lines(row.name, _NAMES - LEFT - 0.1, 9)[:2]
    lines = [*name, *([row.below] if row.below else [])]
    for line, text in enumerate(lines):
        small = line >= len(name)
        place = down + _PAIR / 2 + (line - (len(lines) - 1) / 2) * 0.17
        axes.text(
            left - (_NAMES - LEFT) * inch,
            place,
            text,
            size=8 if small else 9,
            color=QUIET if small else INK,
            va="center",
        )
    for which, bar in enumerate(row.bars):
        middle = down + _PAIR / 2 + (which - 0.5) * (_BAR + 0.02)
        axes.text(
            right + 0.08 * inch,
            middle,
            f"{_SIGNS[which]} {bar.beside}",
            size=8,
            va="center",
            color=INK,
        )
        if not bar.estimate.defined:
            continue
        look = (
            {"color": DARK_BLUE}
            if which == 0
            else {"facecolor": "white", "edgecolor": TURQUOISE, "hatch": _HATCH, "lw": 1}
        )
        mean, low, high = bar.estimate
        axes.barh(middle, mean - plot.origin, left=plot.origin, height=_BAR, **look)
        if bar.estimate.has_interval and high > low:
            axes.errorbar(mean, middle, xerr=[[mean - low], [high - mean]], color=INK, capsize=2, lw=1)
