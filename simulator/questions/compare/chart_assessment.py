"""The chart of assessments: how well each framework's yearly risk assessment picks out the poor providers."""

from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.charts.line_plot import Frame, Line, Text, plotted, shown
from simulator.charts.narrow_lines import narrow_lines
from simulator.charts.palette import QUIET
from simulator.charts.sheet import Chart, source_of
from simulator.measures.discrimination import ALARMS
from simulator.questions.compare.chart_lines import column, lines_of
from simulator.questions.compare.headlines import assessment_headline
from simulator.words.estimates import Estimated, Estimates, subject_of
from simulator.words.wording import percent

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_ALARMS_LABELLED: Final = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
_ALARMS_SAID: Final = (0.05, 0.1, 0.2)


def has_assessments(compared: Estimated) -> bool:
    """Return whether any framework assesses the subject, so that the chart has something to show."""
    subject = subject_of(compared)
    return any(
        not np.isnan(one_series.told_apart.mean[:, subject.column]).all() for one_series in compared.series.values()
    )


def assessment_chart(compared: Estimated) -> Chart:
    """Draw the share of poor providers found against the share of others taken for poor, over all thresholds."""
    subject = subject_of(compared)
    estimates = Estimates(compared)
    bands = {name: column(series.told_apart, subject.column) for name, series in compared.series.items()}
    areas = {name: estimates.level(name, subject, "assessment_auc").mean for name in compared.titles}
    lines = [
        line._replace(title=f"{line.title}: {area:.2f}")
        for line, area in zip(lines_of(compared, bands), areas.values(), strict=True)
        if not np.isnan(area)
    ]
    frame = Frame(
        x=ALARMS,
        across="Share of the others with as high a risk",
        top=1.0,
        ticks=[(share, percent(share)) for share in _ALARMS_LABELLED],
        as_percent=True,
    )
    what = (
        f"Yearly assessments of {subject.providers}: share of the truly poor at or above each risk threshold, against "
        "the share of the others; mean and 95% interval over replications. Next to each name is the area under its "
        "curve; the grey line is an uninformative assessment (0.5)"
    )
    title = assessment_headline(compared)
    text = Text(title, what, source_of(compared.own_register))
    said = " ".join(f"{line.title}: {_found_said(line)}." for line in lines)
    return Chart(
        "assessment",
        title,
        f"Line chart. {title}. {said}",
        _with_diagonal(plotted(text, lines, frame)),
        lambda: _with_diagonal(narrow_lines(text, lines, frame)),
    )


def _with_diagonal(drawn: "Figure") -> "Figure":
    """Add to each plot the line of an assessment that says nothing."""
    for axes in drawn.axes:
        axes.plot((0, 1), (0, 1), color=QUIET, linewidth=1, linestyle=(0, (1, 2)), zorder=2)
    return drawn


def _found_said(line: Line) -> str:
    """Report the share of the poor found at some shares of false alarms."""
    at = {share: int(np.searchsorted(ALARMS, share)) for share in _ALARMS_SAID}
    found = [
        f"{shown(float(line.band.mean[i]), as_percent=True)} of the poor at {percent(share)}" for share, i in at.items()
    ]
    return f"{', '.join(found)} of the others"
