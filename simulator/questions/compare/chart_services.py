"""Days unfound by type of service, as small multiples: a panel for each type, a bar for each framework."""

from collections.abc import Mapping, Sequence
from math import ceil
from typing import TYPE_CHECKING, Final, NamedTuple

from simulator.charts.lettering import in_lines, inches
from simulator.charts.palette import INK, QUIET
from simulator.charts.sheet import LEFT, NARROW, WIDTH, Chart, sheet, source_of
from simulator.questions.compare.chart_bars import Group, colour_of, said
from simulator.questions.compare.course import under_the_title
from simulator.words.estimates import Estimate, Estimated, Estimates, Subject, others
from simulator.words.rounded import whole
from simulator.words.wording import capital, joined, named
from simulator.world.services import SERVICE_TITLES, SERVICE_TYPES

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DAYS: Final = "days_unfound_mean"
_FIGURE: Final = 0.4
"""Inches for the figure at the end of a bar."""
_HEADING: Final = 0.44
_BAR: Final = 0.2
"""Inches for one bar."""
_GAP: Final = 0.16
_LARGE: Final = 8.5
_SMALL: Final = 7.0
"""Points of the names, the small ones for those that would not fit."""


class _Layout(NamedTuple):
    """How panels go on a sheet."""

    width: float
    """Inches of the sheet."""
    a_row: int
    """Panels next to each other."""
    names: float
    """Inches for the names of frameworks, at the left of each row of panels."""

    @property
    def wide(self) -> float:
        """Inches of a panel."""
        return (self.width - LEFT - self.names) / self.a_row


_USUAL: Final = _Layout(WIDTH, 3, 1.75)
_ON_NARROW: Final = _Layout(NARROW, 1, 1.55)


class _Place(NamedTuple):
    """Where a panel goes, in inches from the left and the bottom of the sheet."""

    left: float
    top: float


def services_chart(compared: Estimated) -> Chart:
    """Draw the mean days unfound of every type of service that has some that become poor."""
    title = services_headline(compared)
    groups = [(capital(SERVICE_TITLES[service]), levels) for service, levels in by_service(compared).items()]

    def drawn(layout: _Layout) -> "Figure":
        return _draw(compared, title, groups, layout)

    return Chart(
        "services",
        title,
        f"Bar charts. {title}. {said(compared, groups)}",
        drawn(_USUAL),
        lambda: drawn(_ON_NARROW),
    )


def _draw(compared: Estimated, title: str, groups: Sequence[Group], layout: _Layout) -> "Figure":
    what = f"Mean days poor and unfound, up to two years, by type of service{under_the_title(compared)}"
    panel = _HEADING + _BAR * len(compared.titles) + _GAP
    height = panel * max(1, ceil(len(groups) / layout.a_row))
    drawn, room = sheet(title, what, height, source_of(compared.own_register), layout.width)
    most = max((level.mean for _, levels in groups for level in levels.values() if level.defined), default=1) or 1
    top = room.top * drawn.get_figheight()
    for position, (heading, levels) in enumerate(groups):
        row, column = divmod(position, layout.a_row)
        place = _Place(LEFT + layout.names + layout.wide * column, top - panel * row)
        _draw_panel(drawn, compared, (heading, levels), most, place, layout)
        if not column:
            _write_names(drawn, compared, place.top, layout)
    return drawn


def by_service(compared: Estimated) -> dict[str, Mapping[str, Estimate]]:
    """Return the days unfound by service type and framework, for the types of which some become poor."""
    estimates = Estimates(compared)
    found: dict[str, Mapping[str, Estimate]] = {}
    for code, service in enumerate(SERVICE_TYPES):
        subject = Subject(service, code, SERVICE_TITLES[service], SERVICE_TITLES[service])
        levels = {name: estimates.level(name, subject, DAYS) for name in compared.titles}
        if any(level.defined for level in levels.values()):
            found[service] = levels
    return found


def services_headline(compared: Estimated) -> str:
    """Report for which types of service the first option leaves the poor unfound longer than the baseline."""
    asked = others(compared)[:1]
    if not asked:
        return f"How long poor providers go unfound under {named(compared.titles[compared.baseline])}"
    estimates = Estimates(compared)
    ways: dict[bool, list[str]] = {True: [], False: []}
    for code, service in enumerate(SERVICE_TYPES):
        subject = Subject(service, code, SERVICE_TITLES[service], SERVICE_TITLES[service])
        difference = estimates.difference(asked[0], subject, DAYS)
        if difference.clear:
            ways[difference.mean > 0].append(SERVICE_TITLES[service])
    words = {True: "longer", False: "for less time"}
    told = [f"{words[is_longer]} in {joined(services)}" for is_longer, services in ways.items() if services]
    title = named(compared.titles[asked[0]])
    if not told:
        return f"Under {title} no type of service is clearly found sooner or later than under the baseline"
    return f"Under {title} the poor go unfound {'; '.join(told)}"


def _draw_panel(
    drawn: "Figure", compared: Estimated, group: Group, most: float, place: _Place, layout: _Layout
) -> None:
    """Draw the bars of one type of service, on the scale that all panels share."""
    heading, levels = group
    height = drawn.get_figheight()
    left, wide = (LEFT, layout.width - 2 * LEFT) if layout.a_row == 1 else (place.left, layout.wide - 0.1)
    for line, text in enumerate(in_lines(heading, wide, 9.5, "bold")[:2]):
        up = (place.top - 0.17 * line) / height
        drawn.text(left / layout.width, up, text, size=9.5, weight="bold", va="top")
    bars = _BAR * len(levels)
    bottom = place.top - _HEADING - bars
    box = (place.left / layout.width, bottom / height, (layout.wide - _FIGURE) / layout.width, bars / height)
    axes = drawn.add_axes(box)
    axes.set_xlim(0, most)
    axes.set_ylim(len(levels), 0)
    axes.set_axis_off()
    axes.plot((0, 0), (0, len(levels)), color=QUIET, lw=1, clip_on=False)
    for row, (name, level) in enumerate(levels.items()):
        if level.defined:
            axes.barh(row + 0.5, level.mean, height=0.72, color=colour_of(compared, name))
        text = whole(level.mean) if level.defined else "–"
        end = (level.mean if level.defined else 0, row + 0.5)
        axes.annotate(text, end, (4, 0), textcoords="offset points", va="center", size=8.5, color=INK)


def _write_names(drawn: "Figure", compared: Estimated, top: float, layout: _Layout) -> None:
    """Write the names of the frameworks beside the first panel of a row."""
    for row, title in enumerate(compared.titles.values()):
        up = (top - _HEADING - _BAR * (row + 0.5)) / drawn.get_figheight()
        room = layout.names - 0.1
        size = _LARGE if inches(title, _LARGE, "normal") <= room else _SMALL
        lines = "\n".join(in_lines(title, room, size))
        drawn.text((LEFT + room) / layout.width, up, lines, size=size, ha="right", va="center", linespacing=0.9)
