"""Charts over time: the share of poor providers found by days since they became poor, and the backlog by month."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.charts.line_plot import Frame, Line, Text, looks, plotted, shown, top_of
from simulator.charts.narrow_lines import narrow_lines
from simulator.charts.palette import QUIET, SHADE
from simulator.charts.sheet import Chart, source_of
from simulator.measures.bands import Band
from simulator.measures.series import DETECTION_DAYS, month_ends
from simulator.questions.compare.course import takeover_marks, under_the_title, warm_up_mark
from simulator.questions.compare.headlines import backlog_headline, detection_headline, poor
from simulator.scenario.scenario import RunSettings
from simulator.scenario.timeline import ITSELF
from simulator.words.estimates import EVERYONE, Estimated, subject_of
from simulator.words.wording import MONTHS, capital, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_DAYS_LABELLED: Final = (0, 90, 180, 365, 545, 730)
_DAYS_SAID: Final = (90, 180, 365)
_WARM_UP_SHOWN: Final = 366
"""Days of the warm-up that the backlog is shown for."""
_YEARS_LABELLED: Final = 12
"""Of more years than these, only every fifth is labelled."""


def detection_chart(compared: Estimated) -> Chart:
    """Draw the share of the subject's poor episodes found within each number of days of their beginning."""
    subject = subject_of(compared)
    bands = {name: column(series.detected, subject.column) for name, series in compared.series.items()}
    lines = lines_of(compared, bands)
    frame = Frame(
        x=DETECTION_DAYS,
        across="Days since the provider became poor",
        top=1.0,
        ticks=[(days, f"{days}") for days in _DAYS_LABELLED],
        as_percent=True,
    )
    what = (
        f"{capital(poor(subject))}: share found by an inspection, by days since becoming poor; mean and 95% interval "
        "over replications (shaded). The rest recover, close or stay poor unseen"
    ) + under_the_title(compared)
    title = detection_headline(compared)
    text = Text(title, what, source_of(compared.own_register))
    said = " ".join(f"{line.title}: {_shares_said(line.band)}." for line in lines)
    drawn = plotted(text, lines, frame)
    return Chart("detection", title, f"Line chart. {title}. {said}", drawn, lambda: narrow_lines(text, lines, frame))


def _shares_said(band: Band) -> str:
    """Report the share found within some numbers of days."""
    at = {days: int(np.searchsorted(DETECTION_DAYS, days)) for days in _DAYS_SAID}
    return ", ".join(f"{shown(float(band.mean[i]), as_percent=True)} within {days} days" for days, i in at.items())


def backlog_chart(compared: Estimated) -> Chart:
    """Draw the number of inspections waiting at the end of each month, from the last year of the warm-up on."""
    run = compared.scenario.run
    first, days = months_shown(run)
    bands = {
        name: Band(*(part[first:] for part in column(series.waiting, EVERYONE.column)))
        for name, series in compared.series.items()
    }
    lines = lines_of(compared, bands)
    frame = Frame(
        x=np.array([day.toordinal() for day in days]),
        across=f"Start of {MONTHS[run.start.month - 1]}",
        top=top_of(list(bands.values())),
        ticks=[(day.toordinal(), f"{day.year}") for day in _anniversaries(run) if days[0] <= day <= days[-1]],
        as_percent=False,
        marks=[*warm_up_mark(compared, days[0]), *takeover_marks(compared, days[0])],
    )
    what = (
        "Inspections raised and not yet started at the end of each month, all providers: mean, and 95% interval over "
        "replications (shaded)"
    )
    if run.warm_up_years and run.warm_up_framework != ITSELF:
        what += ". The warm-up is the same for all"
    what += under_the_title(compared)
    title = backlog_headline(compared)
    text = Text(title, what, source_of(compared.own_register))

    def shaded(drawn: "Figure") -> "Figure":
        for axes in drawn.axes if run.warm_up_years else ():
            _shade_warm_up(axes, days[0].toordinal(), run.start.toordinal())
            if not frame.marks:
                _name_warm_up(axes, days[0].toordinal())
        return drawn

    drawn = shaded(plotted(text, lines, frame))
    said = " ".join(f"{line.title}: {_waiting_said(line.band)}." for line in lines)
    return Chart(
        "backlog", title, f"Line chart. {title}. {said}", drawn, lambda: shaded(narrow_lines(text, lines, frame))
    )


def months_shown(run: RunSettings) -> tuple[int, list[date]]:
    """Return the position of the first month that the backlog is shown for, and the ends of the months from it on."""
    ends = month_ends(run.begins, _horizon_of(run))
    first = next(i for i, day in enumerate(ends) if (run.start - day).days <= _WARM_UP_SHOWN)
    return first, ends[first:]


def _waiting_said(band: Band) -> str:
    """Report the number waiting at first, at most and in the end."""
    first, most, last = (number(float(value)) for value in (band.mean[0], band.mean.max(), band.mean[-1]))
    return f"{first} waiting at first, at most {most}, {last} at the end"


def _horizon_of(run: RunSettings) -> date:
    """Return the last day of a run, which is no longer in it."""
    return date(run.start.year + run.years, run.start.month, run.start.day)


def _anniversaries(run: RunSettings) -> list[date]:
    """Return the firsts of the month in which the run starts, of every year, or of every fifth if there are many."""
    step = 1 if run.years <= _YEARS_LABELLED else 5
    return [date(year, run.start.month, 1) for year in range(run.begins.year, _horizon_of(run).year + 1, step)]


def column(band: Band, service_type: int) -> Band:
    """Take one service type out of a band whose last axis they are."""
    return Band(*(part[..., service_type] for part in band))


def lines_of(compared: Estimated, bands: Mapping[str, Band]) -> list[Line]:
    """Return each framework its line."""
    names = zip(compared.titles.items(), looks(len(compared.titles)), strict=True)
    return [Line(title, name == compared.baseline, look, bands[name]) for (name, title), look in names]


def _shade_warm_up(axes: "Axes", begins: int, ends: int) -> None:
    """Shade the end of the warm-up."""
    axes.axvspan(begins, ends, color=SHADE, zorder=0, linewidth=0)


def _name_warm_up(axes: "Axes", begins: int) -> None:
    """Label the shaded warm-up."""
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
