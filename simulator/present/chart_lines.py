"""Charts over time: the share of poor providers found by days since they became poor, and the backlog by month."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.measures.bands import Band
from simulator.measures.series import DETECTION_DAYS, month_ends
from simulator.present.compared import EVERYONE, Compared, others, subject_of
from simulator.present.headlines import backlog_headline, detection_headline, poor
from simulator.present.palette import DARK_BLUE, INK, LOOKS, MOST_SERIES, QUIET, RULE, SHADE, Look
from simulator.present.sheet import WIDTH, Chart, sheet, source_of
from simulator.present.wording import MONTHS, capital, figure, number, percent
from simulator.scenario import ITSELF

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PLOT: Final = 3.7
"""Inches for one plot, its labels included."""
PANEL: Final = 2.3
LABEL_LINE: Final = 0.17
"""Inches between labels at the ends of lines, at least."""
LABELS: Final = 1.85
"""Inches for the labels at the ends of lines."""
WARM_UP_SHOWN: Final = 366
"""Days of the warm-up that the backlog is shown for."""
YEARS_LABELLED: Final = 12
"""Of more years than these, only every fifth is labelled."""
ROOM_ABOVE: Final = 1.12
"""Of the axis up, over the highest line."""
MARKS: Final = 8
"""Markers on a line, about."""
BASELINE_LOOK: Final = Look(QUIET, (0, (4, 2)), "s")
ALONE_LOOK: Final = Look(DARK_BLUE, "-", "o")


class Line(NamedTuple):
    """One line with its interval."""

    framework: str
    title: str
    look: Look
    band: Band


class Frame(NamedTuple):
    """What all panels of one chart share."""

    x: npt.NDArray[Any]
    across: str
    """Label of the axis across."""
    top: float
    """Of the axis up, which begins at nought."""
    ticks: Sequence[tuple[Any, str]]
    """Across, with their labels."""
    as_percent: bool


def detection_chart(compared: Compared) -> Chart:
    """Draw the share of the subject's poor episodes found within so many days of their beginning."""
    subject = subject_of(compared)
    lines = lines_of(
        compared, {name: column(series.detected, subject.column) for name, series in compared.series.items()}
    )
    frame = Frame(
        x=DETECTION_DAYS,
        across="Days since the provider became poor",
        top=1.0,
        ticks=[(days, f"{days}") for days in (0, 90, 180, 365, 545, 730)],
        as_percent=True,
    )
    what = (
        f"{capital(poor(subject))}: share found by an inspection within so many days, mean and 95 % interval over "
        "replications (shaded). The rest recover, close or stay poor unseen"
    )
    title = detection_headline(compared)
    at = {days: int(np.searchsorted(DETECTION_DAYS, days)) for days in (90, 180, 365)}
    said = " ".join(
        f"{line.title}: "
        + ", ".join(f"{shown(line.band.mean[i], True)} within {days} days" for days, i in at.items())
        + "."
        for line in lines
    )
    return drawn(compared, ("detection", title, f"Line chart. {title}. {said}"), what, lines, frame)


def backlog_chart(compared: Compared) -> Chart:
    """Draw how many inspections wait at the end of each month, those of the last year of the warm-up among them."""
    run = compared.scenario.run
    horizon = date(run.start.year + run.years, run.start.month, run.start.day)
    ends = month_ends(run.begins, horizon)
    first = next(i for i, day in enumerate(ends) if (run.start - day).days <= WARM_UP_SHOWN)
    bands = {name: column(series.waiting, EVERYONE.column) for name, series in compared.series.items()}
    lines = lines_of(compared, {name: Band(*(part[first:] for part in band)) for name, band in bands.items()})
    years = range(ends[first].year, horizon.year + 1, 1 if run.years <= YEARS_LABELLED else 5)
    highest = max(float(line.band.mean.max()) for line in lines)
    starts = [(date(year, run.start.month, 1), str(year)) for year in years]
    frame = Frame(
        x=np.array([day.toordinal() for day in ends[first:]]),
        across=f"Beginning of {MONTHS[run.start.month - 1]}",
        top=highest * ROOM_ABOVE or 1.0,
        ticks=[(day.toordinal(), year) for day, year in starts if ends[first] <= day <= horizon],
        as_percent=False,
    )
    what = (
        "Inspections raised and not yet begun at the end of each month, all providers: mean, and 95 % interval "
        "over replications (shaded)"
    )
    if run.warm_up_years and run.warm_up_framework != ITSELF:
        what += ". The warm-up is the same for all"
    title = backlog_headline(compared)
    said = " ".join(
        f"{line.title}: {number(line.band.mean[0])} waiting at first, at most {number(line.band.mean.max())}, "
        f"{number(line.band.mean[-1])} in the end."
        for line in lines
    )
    chart = drawn(compared, ("backlog", title, f"Line chart. {title}. {said}"), what, lines, frame)
    if run.warm_up_years:
        for axes in chart.figure.axes:
            mark_warm_up(axes, ends[first].toordinal(), run.start.toordinal())
    return chart


def column(band: Band, service_type: int) -> Band:
    """Take one service type out of a band whose last axis they are."""
    return Band(*(part[..., service_type] for part in band))


def lines_of(compared: Compared, bands: dict[str, Band]) -> list[Line]:
    """Give each framework its line; the looks are the same in every chart."""
    few = len(compared.titles) <= MOST_SERIES
    looks = {name: LOOKS[i] if few else ALONE_LOOK for i, name in enumerate(compared.titles)}
    return [Line(name, title, looks[name], bands[name]) for name, title in compared.titles.items()]


def drawn(compared: Compared, words: tuple[str, str, str], what: str, lines: list[Line], frame: Frame) -> Chart:
    """Draw lines in one plot, or from the fifth framework on in a panel each, beside the baseline.

    `words` are the chart's name, title and description.
    """
    name, title, alt = words
    if len(lines) <= MOST_SERIES:
        figure_, room = sheet(title, what, PLOT, source_of(compared.own_register))
        tall = figure_.get_figheight()
        axes = figure_.add_axes(
            (0.62 / WIDTH, room.bottom + 0.55 / tall, 1 - (0.62 + LABELS) / WIDTH, room.top - room.bottom - 0.65 / tall)
        )
        fill(axes, lines, frame)
        label_ends(axes, lines, frame, tall)
        return Chart(name, title, alt, figure_)
    baseline = next(line for line in lines if line.framework == compared.baseline)
    alone = [line for line in lines if line.framework in others(compared)]
    rows = -(-len(alone) // 2)
    figure_, room = sheet(
        title, f"{what}. Dashed grey: {baseline.title}", PANEL * rows, source_of(compared.own_register)
    )
    for i, line in enumerate(alone):
        axes = figure_.add_axes(panel(i, rows, room.bottom, room.top, figure_))
        fill(axes, [baseline._replace(look=BASELINE_LOOK), line], frame)
        axes.set_title(line.title, loc="left", size=10, weight="bold")
    return Chart(name, title, alt, figure_)


def panel(i: int, rows: int, bottom: float, top: float, figure_: "Figure") -> tuple[float, float, float, float]:
    """Place the i-th panel of two columns."""
    row, side = divmod(i, 2)
    tall = figure_.get_figheight()
    height = (top - bottom) / rows
    left = (0.62 + side * (WIDTH - 0.3) / 2) / WIDTH
    return (left, top - (row + 1) * height + 0.55 / tall, 0.5 - 1.0 / WIDTH, height - 0.9 / tall)


def fill(axes: "Axes", lines: list[Line], frame: Frame) -> None:
    """Draw the axes, the intervals and the lines."""
    axes.set_xlim(frame.x[0], frame.x[-1])
    axes.set_ylim(0, frame.top)
    axes.yaxis.grid(visible=True)
    axes.spines["left"].set_visible(False)
    axes.set_xticks([place for place, _ in frame.ticks], [label for _, label in frame.ticks])
    axes.yaxis.set_major_formatter(lambda value, _: shown(value, frame.as_percent))
    axes.yaxis.set_major_locator(locator(frame))
    axes.set_xlabel(frame.across)
    step = max(len(frame.x) // MARKS, 1)
    for i, line in enumerate(lines):
        colour, dashes, marker = line.look
        axes.fill_between(frame.x, line.band.low, line.band.high, color=colour, alpha=0.22, linewidth=0)
        axes.plot(
            frame.x,
            line.band.mean,
            color=colour,
            linestyle=dashes,
            marker=marker,
            markevery=(step // 2 + i * step // (len(lines) + 1), step),
            clip_on=False,
            zorder=3 + i,
        )


def locator(frame: Frame) -> Any:
    """Choose the ticks of the axis up."""
    from matplotlib.ticker import MaxNLocator, MultipleLocator

    return MultipleLocator(0.2) if frame.as_percent else MaxNLocator(nbins=6)


def label_ends(axes: "Axes", lines: list[Line], frame: Frame, sheet_height: float) -> None:
    """Name each line at its right end, with its marker; labels that would touch are moved apart."""
    inches = sheet_height * axes.get_position().height
    ends = [last_value(line.band.mean) for line in lines]
    heights = apart([end / frame.top * inches for end in ends], LABEL_LINE * 1.15, inches)
    inch = 1 / (axes.get_position().width * WIDTH)
    for line, end, height in zip(lines, ends, heights, strict=True):
        y = height / inches
        axes.plot(
            [1 + 0.03 * inch, 1 + 0.13 * inch],
            [end / frame.top, y],
            transform=axes.transAxes,
            color=RULE,
            lw=1,
            clip_on=False,
        )
        axes.plot(
            [1 + 0.15 * inch, 1 + 0.27 * inch, 1 + 0.39 * inch],
            [y, y, y],
            transform=axes.transAxes,
            color=line.look.colour,
            linestyle=line.look.line,
            marker=line.look.marker,
            markevery=[1],
            clip_on=False,
        )
        axes.text(1 + 0.46 * inch, y, wrapped(line.title), transform=axes.transAxes, va="center", size=9.5, color=INK)


def wrapped(title: str) -> str:
    """Break a long title over two lines."""
    import textwrap

    return "\n".join(textwrap.wrap(title, 17)[:2])


def apart(wanted: Sequence[float], least: float, top: float) -> list[float]:
    """Move heights apart until neighbours are at least so far from one another, and all between 0 and the top."""
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    heights = list(wanted)
    for below, above in pairwise(order):
        heights[above] = max(heights[above], heights[below] + least)
    if order:
        heights[order[-1]] = min(heights[order[-1]], max(top, least * (len(order) - 1)))
    for above, below in pairwise(reversed(order)):
        heights[below] = min(heights[below], heights[above] - least)
    return heights


def last_value(values: npt.NDArray[np.float64]) -> float:
    """Give the last value that is defined, 0 if none is."""
    there = values[~np.isnan(values)]
    return float(there[-1]) if there.size else 0.0


def mark_warm_up(axes: "Axes", begins: int, ends: int) -> None:
    """Shade the end of the warm-up, which is common to all frameworks."""
    axes.axvspan(begins, ends, color=SHADE, zorder=0, linewidth=0)
    axes.annotate(
        "warm-up",
        (begins, 1),
        (2, -3),
        xycoords=("data", "axes fraction"),
        textcoords="offset points",
        va="top",
        size=8,
        color=QUIET,
    )


def shown(value: float, as_percent: bool) -> str:
    """Write a value of the axis up."""
    if np.isnan(value):
        return "undefined"
    return percent(round(value, 12)) if as_percent else figure(round(value, 9))
