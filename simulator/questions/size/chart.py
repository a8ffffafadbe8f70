"""The chart of the number of inspectors that each framework needs, next to the number by arithmetic."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from simulator.answers.answer import Drawn
from simulator.charts.lettering import in_lines
from simulator.charts.palette import DARK_BLUE, INK, ORANGE, QUIET
from simulator.charts.sheet import LEFT, NARROW, WIDTH, Chart, drawing, sheet, source_of
from simulator.questions.compare.headlines import MOST_NAMED
from simulator.questions.size.found import Sized, Sizing
from simulator.questions.size.tables import IMPOSSIBLE, outcome, size_frame
from simulator.questions.size.words import fte
from simulator.running.post_costs import price_of_post
from simulator.words.money import pounds
from simulator.words.pools import inspectors_of
from simulator.words.targets import target_told
from simulator.words.wording import capital, joined, named, percent, verb

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_NAMES: Final = 2.05
"""Inches for the names of frameworks."""
_FIGURES: Final = 2.85
"""Inches for the figures at the ends of bars."""
_KEY: Final = 0.34
_ROW: Final = 0.5
_BAR: Final = 0.3
_LINE: Final = 0.2
_BELOW: Final = 0.55
"""Inches on a narrow sheet for a line of a name, and for the figures below a bar."""


def charts(sizing: Sizing) -> list[Drawn]:
    """Draw the numbers found, with the table that the chart shows."""
    return [Drawn(size_chart(sizing), size_frame(sizing))]


def size_chart(sizing: Sizing) -> Chart:
    """Draw the numbers found with their interval, a bar for each framework, and a mark at arithmetic's."""
    rows = [_row(sizing, sized, _KEY + _ROW * (place + 0.5)) for place, sized in enumerate(sizing.sized)]
    title = size_headline(sizing)
    what = (
        f"Smallest number of {inspectors_of(sizing.pool)} (FTE) with which "
        f"{joined([target_told(target) for target in sizing.targets])}; interval at "
        f"{percent(sizing.effort.confidence)} confidence"
    )
    height = _KEY + _ROW * len(rows)
    with drawing():
        drawn, room = sheet(title, what, height, source_of(sizing.question.own_register))
        axes = drawn.add_axes((_NAMES / WIDTH, room.bottom, 1 - (_NAMES + _FIGURES) / WIDTH, room.top - room.bottom))
        most = max((max(row.fte, row.arithmetic) for row in rows), default=0.0)
        axes.set_xlim(0, most or 1)
        axes.set_ylim(height, 0)
        axes.set_xticks([])
        axes.set_yticks([])
        axes.spines[:].set_visible(False)
        axes.plot((0, 0), (_KEY, height), color=QUIET, lw=1, clip_on=False)
        _draw_key(axes, (most or 1) / (WIDTH - _NAMES - _FIGURES))
        for row in rows:
            _draw(axes, row)
            lines = in_lines(row.title, _NAMES - LEFT - 0.1, 10)
            up = room.top - row.down / drawn.get_figheight()
            drawn.text((_NAMES - 0.1) / WIDTH, up, "\n".join(lines), va="center", ha="right", size=10, linespacing=1.05)

    def narrow() -> "Figure":
        return _narrow((title, what, source_of(sizing.question.own_register)), rows)

    said = " ".join(f"{row.title}: {row.told}, {row.beside}." for row in rows)
    return Chart("size", title, f"Bar chart. {title}. {said}", drawn, narrow)


class _Row(NamedTuple):
    """One bar."""

    title: str
    fte: float
    """0 where there is no number."""
    low: float
    arithmetic: float
    told: str
    beside: str
    down: float
    """Inches from the top of the plot to its middle."""


def _row(sizing: Sizing, sized: Sized, down: float) -> _Row:
    title, beside = sizing.question.titles[sized.framework], f"simple arithmetic {sized.arithmetic:,.1f}"
    if sized.fte is None:
        return _Row(title, 0.0, math.nan, sized.arithmetic, f"none ({outcome(sized)})", beside, down)
    low, high = sizing.interval(sized)
    between = f" ({fte(sizing, low)} to {fte(sizing, high)})" if low < high else ""
    cost = pounds(price_of_post(sizing.question.scenario).pounds * sized.fte)
    told = f"{fte(sizing, sized.fte)}{between}"
    return _Row(title, sized.fte, low, sized.arithmetic, told, f"{beside}; {cost} a year", down)


def _narrow(text: tuple[str, str, str], rows: "Sequence[_Row]") -> "Figure":
    """Draw the bars for a narrow screen: the name above each, and the figures below it."""
    title, what, source = text
    wide = NARROW - 2 * LEFT
    names = [in_lines(row.title, wide, 10) for row in rows]
    heights = [_LINE * len(name) + _BAR + _BELOW for name in names]
    drawn, room = sheet(title, what, _KEY + sum(heights), source, NARROW)
    height = room.top - room.bottom
    axes = drawn.add_axes((LEFT / NARROW, room.bottom, wide / NARROW, height))
    most = max((max(row.fte, row.arithmetic) for row in rows if math.isfinite(row.arithmetic)), default=0.0) or 1
    axes.set_xlim(0, 1.05 * most)
    axes.set_ylim(_KEY + sum(heights), 0)
    axes.set_axis_off()
    _draw_key(axes, 1.05 * most / wide)
    down = _KEY
    for row, name, tall in zip(rows, names, heights, strict=True):
        axes.text(0, down, "\n".join(name), size=10, va="top")
        middle = down + _LINE * len(name) + _BAR / 2
        _draw_bar(axes, row._replace(down=middle), 0.7 * _BAR)
        axes.text(0, middle + _BAR / 2, row.told, size=10, weight="bold", va="top")
        axes.text(0, middle + _BAR / 2 + _LINE, row.beside, size=8.5, color=QUIET, va="top")
        down += tall
    return drawn


def _draw_key(axes: "Axes", inch: float) -> None:
    """Draw the key, by shape as well as by colour; `inch` is an inch in units of the bars."""
    axes.barh(0.1, 0.25 * inch, height=0.13, color=DARK_BLUE)
    axes.text(0.33 * inch, 0.1, "needed, with interval", va="center", size=9)
    axes.plot([1.95 * inch], [0.1], marker="D", color=ORANGE, mec=INK, ms=6, clip_on=False)
    axes.text(2.07 * inch, 0.1, "simple arithmetic", va="center", size=9)


def _draw_bar(axes: "Axes", row: _Row, height: float) -> None:
    axes.barh(row.down, row.fte, height=height, color=DARK_BLUE)
    if row.low < row.fte:
        axes.plot((row.low, row.fte), (row.down, row.down), color="white", marker="|", ms=8, lw=1.6)
    if math.isfinite(row.arithmetic):
        axes.plot([row.arithmetic], [row.down], marker="D", color=ORANGE, mec=INK, ms=7, clip_on=False)


def _draw(axes: "Axes", row: _Row) -> None:
    _draw_bar(axes, row, _BAR)
    end = max(row.fte, row.arithmetic if math.isfinite(row.arithmetic) else 0.0)
    for text, up, size, weight, ink in (
        (row.told, 0.1, 11, "bold", INK),
        (row.beside, -0.11, 8.5, "normal", QUIET),
    ):
        axes.annotate(
            text,
            (end, row.down - up),
            (9, 0),
            textcoords="offset points",
            va="center",
            size=size,
            weight=weight,
            color=ink,
            annotation_clip=False,
        )


def _inspectors(sizing: Sizing, number: float) -> str:
    """Write a number of inspectors: ``1 inspector``, ``1.5 inspectors``."""
    told = fte(sizing, number)
    return f"{told} inspector{'' if told == '1' else 's'}"


def size_headline(sizing: Sizing) -> str:
    """Name the framework that needs the fewest inspectors, that with the most, and those without a number."""
    titles = sizing.question.titles
    found = [(sized.fte, titles[sized.framework]) for sized in sizing.sized if sized.fte is not None]
    targets = "targets" if len(sizing.targets) > 1 else "target"
    never = [titles[sized.framework] for sized in sizing.sized if outcome(sized) == IMPOSSIBLE]
    unknown = [titles[sized.framework] for sized in sizing.sized if sized.fte is None and outcome(sized) != IMPOSSIBLE]
    if len(never) == len(sizing.sized):
        return f"No number of inspectors is enough to meet the {targets}"
    if len(unknown) == len(sizing.sized):
        return f"It is unclear whether any number of inspectors meets the {targets}"
    told = []
    if found:
        (fewest, least), (most, greatest) = min(found), max(found)
        told.append(f"{named(least)} {verb(least, 'needs')} {_inspectors(sizing, fewest)} to meet the {targets}")
        if len(found) > 1 and fewest == most:
            told = [f"every framework needs {_inspectors(sizing, fewest)} to meet the {targets}"]
            if never or unknown:
                told = [f"{_frameworks_told([title for _, title in found])} need {told[0].partition(' needs ')[2]}"]
        elif fewest < most:
            told[0] += f", {named(greatest)} {fte(sizing, most)}"
    if never:
        them = "them" if found else f"the {targets}"
        told.append(f"{_frameworks_told(never)} cannot meet {them if len(sizing.targets) > 1 or not found else 'it'}")
        told[-1] += " with any number"
    if unknown:
        told.append(f"for {_frameworks_told(unknown)} the number is unclear")
    return capital("; ".join(told))


def _frameworks_told(titles: Sequence[str]) -> str:
    """Name frameworks within a sentence, or only their number where they are many."""
    return joined([named(title) for title in titles]) if len(titles) <= MOST_NAMED else f"{len(titles)} frameworks"
