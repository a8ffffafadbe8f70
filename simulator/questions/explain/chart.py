"""Charts of an explanation: a bar for what each part brings, in the order of the documents, and one for all."""

from collections.abc import Sequence
from math import isnan
from typing import TYPE_CHECKING, Final, NamedTuple

from simulator.answers.answer import Drawn
from simulator.charts.lettering import in_lines
from simulator.charts.palette import DARK_BLUE, INK, ORANGE, QUIET
from simulator.charts.sheet import LEFT, NARROW, WIDTH, Chart, drawing, sheet, source_of
from simulator.questions.explain.explained import Explained
from simulator.questions.explain.tables import parts_frame
from simulator.questions.explain.words import amount, sentences, unit_of, values_told
from simulator.running.targets import Quantity
from simulator.words.estimates import Estimate
from simulator.words.quantities import title_of
from simulator.words.units import scale_of
from simulator.words.wording import capital, named

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_ROW: Final = 0.42
"""Inches for a bar."""
_BAR: Final = 0.6
"""Thickness of a bar, in rows."""
_NAMES: Final = 2.9
"""Inches for the names of parts."""
_FIGURES: Final = 1.0
"""Inches for figures, on either side of the bars."""
_TOGETHER: Final = "All together"


class _Bar(NamedTuple):
    """One bar."""

    name: str
    estimate: Estimate
    told: str


def charts(explained: Explained) -> list[Drawn]:
    """Draw a chart for each measure."""
    with drawing():
        return [
            Drawn(_chart(explained, quantity), parts_frame(explained, quantity)) for quantity in explained.quantities
        ]


def _chart(explained: Explained, quantity: Quantity) -> Chart:
    factor = scale_of(quantity.of)[0]
    names = [*(capital(group.title) for group in explained.groups), _TOGETHER]
    total = explained.total(quantity)
    estimates = [*(share.value for share in explained.shares(quantity)), total]
    told = [*values_told(explained, quantity), amount(explained, quantity, total.mean)]
    bars = [
        _Bar(name, Estimate(*(factor * end for end in estimate)), written)
        for name, estimate, written in zip(names, estimates, told, strict=True)
    ]
    titles = explained.question.titles
    option, baseline = (titles[framework.name] for framework in explained.pair)
    title = sentences(explained)[explained.quantities.index(quantity)].split(": ")[0]
    what = (
        f"{title_of(quantity)}{f' ({unit_of(quantity).strip()})' if unit_of(quantity) else ''}: what each part of "
        f"{named(option)} adds to {named(baseline)}, as a mean over all orders of the parts; 95% intervals"
    )
    text = (title, what, source_of(explained.question.own_register))

    def narrow() -> "Figure":
        return _narrow(text, bars)

    said = ", ".join(f"{bar.name} {bar.told}" for bar in bars)
    name = f"{quantity.measure}-{quantity.service_type}"
    return Chart(name, text[0], f"Bar chart. {text[0]}. {said}.", _wide(text, bars), narrow)


def _wide(text: tuple[str, str, str], bars: Sequence[_Bar]) -> "Figure":
    """Draw names at the left, bars from 0 either way beside them."""
    figure, room = sheet(text[0], text[1], _ROW * len(bars) + 0.1, text[2])
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
            weight="bold" if bar.name == _TOGETHER else "normal",
            annotation_clip=False,
        )
        _draw(axes, bar, row + 0.5)
    return figure


def _narrow(text: tuple[str, str, str], bars: Sequence[_Bar]) -> "Figure":
    """Draw each name above its bar."""
    figure, room = sheet(text[0], text[1], 2 * _ROW * len(bars), text[2], NARROW)
    axes = figure.add_axes((LEFT / NARROW, room.bottom, 1 - 2 * LEFT / NARROW, room.top - room.bottom))
    _scaled(axes, bars, NARROW - 2 * LEFT, 1)
    for row, bar in enumerate(bars):
        lines = "\n".join(in_lines(bar.name, NARROW - 2 * LEFT, 9))
        weight = "bold" if bar.name == _TOGETHER else "normal"
        place = axes.get_yaxis_transform()
        words = axes.text(0, 2 * row + 0.1, lines, transform=place, va="top", size=9, linespacing=0.95, weight=weight)
        words.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 1})
        _draw(axes, bar, 2 * row + 1.2)
    return figure


def _scaled(axes: "Axes", bars: Sequence[_Bar], inches: float, above: int) -> None:
    """Leave room for bars, intervals and the figures beside them."""
    ends = [end for bar in bars for end in bar.estimate if not isnan(end)]
    low, high = min(0.0, *ends), max(0.0, *ends)
    free = _FIGURES * ((high - low) or 1.0) / (inches - 2 * _FIGURES)
    axes.set_xlim(low - free, high + free)
    axes.set_ylim((1 + above) * len(bars), 0)
    axes.set_axis_off()
    axes.axvline(0, color=QUIET, lw=1)


def _draw(axes: "Axes", bar: _Bar, down: float) -> None:
    mean, low, high = bar.estimate
    if isnan(mean):
        axes.text(0, down, " undefined", va="center", color=QUIET)
        return
    axes.barh(down, mean, height=_BAR, color=DARK_BLUE if mean < 0 else ORANGE)
    if bar.estimate.has_interval and high > low:
        axes.errorbar(mean, down, xerr=[[mean - low], [high - mean]], color=INK, capsize=3, lw=1.2)
    ends = [mean, *([low, high] if bar.estimate.has_interval else [])]
    end, way, side = (min(*ends, 0.0), -6, "right") if mean < 0 else (max(*ends, 0.0), 6, "left")
    weight = "bold" if bar.name == _TOGETHER else "normal"
    axes.annotate(bar.told, (end, down), (way, 0), textcoords="offset points", va="center", ha=side, weight=weight)
