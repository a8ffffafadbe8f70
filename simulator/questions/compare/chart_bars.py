"""Charts of amounts: inspections a year by kind, and providers poor and unfound."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from simulator.charts.lettering import in_lines
from simulator.charts.palette import DARK_BLUE, INK, LOOKS, MOST_SERIES, QUIET
from simulator.charts.sheet import LEFT, WIDTH, Chart, sheet, source_of
from simulator.inspectorate.kinds import KINDS
from simulator.measures.bands import Band
from simulator.questions.compare.course import under_the_title
from simulator.questions.compare.headlines import inspections_headline, unfound_headline, visits_headline
from simulator.questions.compare.narrow_bars import narrow_bars
from simulator.words.estimates import EVERYONE, Estimate, Estimated, Estimates, Subject, subject_of
from simulator.words.wording import bracketed, figure, mean_and_range

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

KIND_TITLES: Final[dict[str, str]] = {
    "key": "Key inspections",
    "interim": "Interim visits",
    "random": "Random visits",
    "themed": "Themed visits",
    "responsive": "Responsive visits, after news of risk",
    "monitoring": "Monitoring visits",
    "follow_up": "Follow-up visits",
    "first": "First inspections of new providers",
    "secure": "Additional inspections of secure homes",
    "area": "Inspections of whole local authorities",
    "children_in_care": "Inspections of services for children in care",
    "desk": "Assessments at the desk",
}
ALL_KINDS: Final = "Every kind"
VISITS: Final = {
    "visits_rated_good": "Good or better",
    "visits_rated_adequate": "Adequate",
    "visits_rated_poor": "Poor",
}
"""Measures of visits by rating, with their headings."""
_LEAST_SHOWN: Final = 0.03
"""A kind is shown from this share of the most inspections under any framework."""

_ROW: Final = 0.26
"""Inches for one bar."""
_HEADING: Final = 0.30
_GAP: Final = 0.12
_BAR: Final = 0.72
"""Thickness of a bar, in rows."""
_NAMES: Final = 2.3
"""Inches for the names of frameworks."""
_FIGURES: Final = 1.75
"""Inches for the figures at the ends of bars."""

Group = tuple[str, Mapping[str, Estimate]]
"""A heading, and an estimate for each framework by its name."""


def inspections_chart(compared: Estimated) -> Chart:
    """Draw the inspections a year, in all and by kind, of all providers."""
    estimates = Estimates(compared)
    totals = {name: estimates.level(name, EVERYONE, "inspections_per_year") for name in compared.titles}
    groups: list[Group] = [(ALL_KINDS, totals)]
    most = max((total.mean for total in totals.values()), default=0.0)
    left_out = False
    for code, kind in enumerate(KINDS):
        of_kind = {name: _cell(compared.series[name].by_kind, (code, EVERYONE.column)) for name in compared.titles}
        if max(estimate.mean for estimate in of_kind.values()) > _LEAST_SHOWN * most:
            groups.append((KIND_TITLES[kind], of_kind))
        else:
            left_out |= max(estimate.mean for estimate in of_kind.values()) > 0
    what = "Inspections ended per year, all providers: mean, and 95% interval over replications"
    if left_out:
        what += ". The rarer kinds are in the table only"
    return _bars(compared, "inspections-by-kind", inspections_headline(compared), what, groups)


def unfound_chart(compared: Estimated) -> Chart:
    """Draw the number of providers poor and unfound: of the subject, and of all."""
    estimates, subject = Estimates(compared), subject_of(compared)
    groups = [
        (shown.providers.capitalize() if shown is subject else "All providers", _levels(compared, estimates, shown))
        for shown in dict.fromkeys((subject, EVERYONE))
    ]
    what = (
        "Providers poor and undetected, provider-years per year (the mean number at any time): mean, and 95% interval "
        "over replications"
    )
    return _bars(compared, "undetected-poor", unfound_headline(compared), what, groups)


def visits_chart(compared: Estimated) -> Chart:
    """Draw the visits a year to a provider of the subject by the grade of its last inspection."""
    estimates, subject = Estimates(compared), subject_of(compared)
    groups: list[Group] = [
        (heading, {name: estimates.level(name, subject, measure) for name in compared.titles})
        for measure, heading in VISITS.items()
    ]
    what = (
        f"Visits a year to a {subject.short[:-1]}, by the grade of its last inspection: mean, and 95% interval over "
        "replications"
    )
    return _bars(compared, "visits-by-rating", visits_headline(compared), what, groups)


def _levels(compared: Estimated, estimates: Estimates, subject: Subject) -> dict[str, Estimate]:
    """Return the undetected poor provider-years under each framework."""
    return {name: estimates.level(name, subject, "undetected_poor_provider_years") for name in compared.titles}


def _cell(band: Band, place: tuple[int, ...]) -> Estimate:
    """Return one entry of a band as an estimate."""
    return Estimate(float(band.mean[place]), float(band.low[place]), float(band.high[place]))


class _Row(NamedTuple):
    """One bar."""

    framework: str
    estimate: Estimate
    down: float
    """Inches from the top of the plot to its middle."""


def _bars(compared: Estimated, name: str, title: str, what: str, groups: Sequence[Group]) -> Chart:
    """Draw groups of horizontal bars, one bar for each framework, all on one scale that starts at 0."""
    headings, rows, height = _laid_out(groups)
    figure_, room = sheet(title, what + under_the_title(compared), height, source_of(compared.own_register))
    axes = figure_.add_axes((_NAMES / WIDTH, room.bottom, 1 - (_NAMES + _FIGURES) / WIDTH, room.top - room.bottom))
    defined = [row.estimate for row in rows if row.estimate.defined]
    most = max((level.high if level.has_interval else level.mean for level in defined), default=0)
    axes.set_xlim(0, most or 1)
    axes.set_ylim(height, 0)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.spines[:].set_visible(False)
    inch = (most or 1) / (WIDTH - _NAMES - _FIGURES)
    for heading, down in headings:
        axes.text(-(_NAMES - LEFT) * inch, down, heading, weight="bold", va="center")
        ends = (down + _HEADING / 2, down + _HEADING / 2 + _ROW * len(compared.titles))
        axes.plot((0, 0), ends, color=QUIET, lw=1, clip_on=False)
    for row in rows:
        _draw_bar(axes, compared, row, inch)
    text = (title, what + under_the_title(compared), source_of(compared.own_register))

    def narrow() -> "Figure":
        return narrow_bars(text, groups, compared.titles, colours_of(compared))

    return Chart(name, title, f"Bar chart. {title}. {said(compared, groups)}", figure_, narrow)


def _laid_out(groups: Sequence[Group]) -> tuple[list[tuple[str, float]], list[_Row], float]:
    """Place headings and bars under one another; return them and the height they take."""
    headings, rows, down = [], [], 0.0
    for heading, estimates in groups:
        headings.append((heading, down + _HEADING / 2))
        down += _HEADING
        for framework, estimate in estimates.items():
            rows.append(_Row(framework, estimate, down + _ROW / 2))
            down += _ROW
        down += _GAP
    return headings, rows, down


def _draw_bar(axes: "Axes", compared: Estimated, row: _Row, inch: float) -> None:
    """Draw one bar with its name, its interval and its figures; `inch` is an inch in units of the bars."""
    mean, low, high = row.estimate
    name = in_lines(compared.titles[row.framework], _NAMES - LEFT - 0.1, 10)
    size = 10 if len(name) == 1 else 7.5
    axes.text(-0.08 * inch, row.down, "\n".join(name), va="center", ha="right", size=size, linespacing=0.95)
    if not row.estimate.defined:
        axes.text(0.08 * inch, row.down, "undefined", va="center", color=QUIET)
        return
    axes.barh(row.down, mean, height=_BAR * _ROW, color=colour_of(compared, row.framework))
    if row.estimate.has_interval and high > low:
        axes.errorbar(mean, row.down, xerr=[[mean - max(low, 0)], [high - mean]], color=INK, capsize=3, lw=1.2)
    number, interval = mean_and_range(row.estimate)
    end = max(mean, high if row.estimate.has_interval else mean)
    text = axes.annotate(
        number, (end, row.down), (6, 0), textcoords="offset points", va="center", weight="bold", annotation_clip=False
    )
    axes.annotate(
        bracketed(interval).strip(),
        (1, 0),
        (4, 0),
        xycoords=text,
        textcoords="offset points",
        va="bottom",
        size=9,
        color=QUIET,
        annotation_clip=False,
    )


def colour_of(compared: Estimated, framework: str) -> str:
    """Return the colour of a framework, the same in every chart; more than four share one."""
    if len(compared.titles) > MOST_SERIES:
        return DARK_BLUE
    return LOOKS[list(compared.titles).index(framework)].colour


def colours_of(compared: Estimated) -> dict[str, str]:
    """Return the colours of the frameworks by their names."""
    return {name: colour_of(compared, name) for name in compared.titles}


def said(compared: Estimated, groups: Sequence[Group]) -> str:
    """Report the figures of a chart."""
    return " ".join(
        f"{heading}: "
        + ", ".join(
            f"{compared.titles[name]} {figure(estimate.mean) if estimate.defined else 'undefined'}"
            for name, estimate in estimates.items()
        )
        + "."
        for heading, estimates in groups
    )
