"""Duties kept, and those poor and unfound, over the number of inspectors: a line for each framework."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.answers.figures import Crossed, crossed, figure_of, in_order
from simulator.charts.line_plot import Frame, Line, Text, shown, ticks_of, top_of
from simulator.charts.marks import Mark
from simulator.charts.palette import LOOKS, Look
from simulator.charts.sheet import NARROW, Chart, drawing
from simulator.charts.two_plots import Plot, two_plots
from simulator.inspectorate.framework import Framework
from simulator.measures.bands import Band
from simulator.measures.names import ALL_SERVICES
from simulator.words.assumptions import plain
from simulator.words.estimates import Subject
from simulator.words.pools import decimals_of, inspectors_of
from simulator.words.rounded import as_percent
from simulator.words.wording import capital, joined, named, number

if TYPE_CHECKING:
    import pandas as pd

    from simulator.answers.kept_run import KeptRun
    from simulator.render.document import Figure

NAME: Final = "duties-and-unfound"
ON_TIME: Final = "on_time_share"
UNFOUND: Final = "undetected_poor_provider_years"
_KEPT: Final = 0.95
"""Share of statutory inspections on time from which on duties count as kept."""
_DUTIES: Final = "Statutory inspections on time"
RINGS: Final = f"rings: from here on duties are kept ({as_percent(_KEPT)} on time)"
"""What the rings on the chart are."""
NOT_KEPT: Final = "Duties not kept"
_MOST_APART: Final = 3
"""Frameworks that a title names of those with the same number; of more, ``all others``."""


class OverInspectors(NamedTuple):
    """What is drawn: two measures by number of inspectors."""

    frameworks: Sequence[Framework]
    titles: Mapping[str, str]
    baseline: str
    numbers: npt.NDArray[np.float64]
    """Full-time equivalents, ascending."""
    on_time: Mapping[str, Band]
    unfound: Mapping[str, Band]
    subject: Subject
    """Who is poor and unfound."""
    own: float
    """Number of the scenario."""
    pool: str
    basis: str
    """Where the numbers come from, below the title."""
    source: str


def has_duties(on_time: Band) -> bool:
    """Return whether any statutory inspection falls due."""
    return not bool(np.isnan(on_time.mean).all())


def kept_from(numbers: Sequence[float], on_time: Band) -> float | None:
    """Return the smallest number tried from which on duties are kept, None if they are not with the most."""
    kept = np.isnan(on_time.mean) | (on_time.mean >= _KEPT)
    if not has_duties(on_time) or not kept[-1]:
        return None
    short = np.flatnonzero(~kept)
    return numbers[int(short[-1]) + 1 if short.size else 0]


def not_kept_up_to(numbers: Sequence[float], on_time: Mapping[str, Band]) -> float | None:
    """Return the number up to which no framework keeps its duties; None where none fall due."""
    every = [kept_from(numbers, band) for band in on_time.values() if has_duties(band)]
    return min((numbers[-1] if number is None else number for number in every), default=None)


def kept_told(
    numbers: Sequence[float], pool: str, on_time: Mapping[str, Band], titles: Mapping[str, str], most: int | None = None
) -> str:
    """Report from how many inspectors on each framework keeps its duties.

    Parameters
    ----------
    numbers
        Full-time equivalents tried, ascending.
    pool
        Of these inspectors.
    on_time
        Share of statutory inspections on time, by framework.
    titles
        Of the frameworks.
    most
        Frameworks named of those with the same number; of more, ``all others``. All are if left out.
    """
    by_way: dict[str, list[str]] = {}
    for name, band in on_time.items():
        by_way.setdefault(_way(numbers, pool, band), []).append(named(titles[name]))
    largest = max(by_way.values(), key=len)
    told = [
        f"{way} under {'all others' if most and len(names) > most and len(by_way) > 1 else joined(names)}"
        for way, names in sorted(by_way.items(), key=lambda item: item[1] is largest)
    ]
    return f"At least {as_percent(_KEPT)} of statutory inspections end on time: {'; '.join(told)}"


def kept_title(over: OverInspectors) -> str:
    """Name the number from which on each framework keeps its duties, in as few words as a title has."""
    whose = inspectors_of(over.pool)
    told = kept_told(over.numbers.tolist(), over.pool, over.on_time, over.titles, _MOST_APART)
    _, _, ways = told.partition(": ")
    first, *others = ways.split("; ")
    return "; ".join([f"Duties are kept {first}", *(other.replace(f" {whose}", "") for other in others)])


def _way(numbers: Sequence[float], pool: str, on_time: Band) -> str:
    if not has_duties(on_time):
        return "none fall due"
    enough, whose = kept_from(numbers, on_time), inspectors_of(pool)
    if enough is None:
        return f"with none of the numbers of {whose} tried"
    told = number(enough, decimals_of(numbers))
    return f"with {told} or fewer {whose}" if enough == numbers[0] else f"from {told} {whose}"


def inspectors_chart(over: OverInspectors) -> Chart:
    """Draw the share of duties kept above, and those poor and unfound below, over the number of inspectors."""
    title = kept_title(over)
    label, decimals = "Inspectors (full-time equivalent)", decimals_of(over.numbers.tolist())
    mine = [Mark(over.own, f"{number(over.own, decimals)} in the scenario")]
    marks = mine if over.numbers[0] <= over.own <= over.numbers[-1] else []
    looks = _looks(over.frameworks)
    enough = {name: kept_from(over.numbers.tolist(), band) for name, band in over.on_time.items()}
    shaded = not_kept_up_to(over.numbers.tolist(), over.on_time)
    plots = []
    for heading, bands in ((_DUTIES, over.on_time), (_unfound_heading(over.subject), over.unfound)):
        is_share = bands is over.on_time
        lines = [
            Line(over.titles[name], name == over.baseline, looks[name], band, ring=None if is_share else enough[name])
            for name, band in bands.items()
            if has_duties(band)
        ]
        top = 1.0 if is_share else top_of([line.band for line in lines])
        shade = NOT_KEPT if is_share else ""
        frame = Frame(over.numbers, label, top, ticks_of(over.numbers), is_share, marks, shaded, shade, bars=True)
        plots.append(Plot(heading, lines, frame))
    text = Text(title, over.basis, over.source)
    with drawing():
        drawn = two_plots(text, plots[0], plots[1])
    said = " ".join(_said(over, name) for name in over.on_time)
    return Chart(
        NAME, title, f"Two line charts. {title}. {said}", drawn, lambda: two_plots(text, plots[0], plots[1], NARROW)
    )


def _unfound_heading(subject: Subject) -> str:
    return f"{capital(subject.short)} poor and unfound, at any time"


def _looks(frameworks: Sequence[Framework]) -> dict[str, Look]:
    """Return the look of each framework: one with a package has that of its rules alone, with hollow markers."""
    from matplotlib.markers import MarkerStyle

    alone = [framework for framework in frameworks if not framework.packages]
    looks = {framework.name: LOOKS[place % len(LOOKS)] for place, framework in enumerate(alone)}
    for place, framework in enumerate(framework for framework in frameworks if framework.packages):
        rules = framework.rules.items()
        look = next((looks[of.name] for of in alone if of.rules.items() <= rules), LOOKS[place % len(LOOKS)])
        looks[framework.name] = look._replace(marker=MarkerStyle(look.marker, "none"))
    return looks


def _said(over: OverInspectors, name: str) -> str:
    """Report both measures of a framework with the fewest and the most inspectors."""
    decimals = decimals_of(over.numbers.tolist())
    ends = [
        f"{shown(float(over.on_time[name].mean[at]), as_percent=True)} on time and "
        f"{shown(float(over.unfound[name].mean[at]), as_percent=False)} unfound with "
        f"{number(float(over.numbers[at]), decimals)} inspectors"
        for at in (0, -1)
    ]
    return f"{over.titles[name]}: {'; '.join(ends)}."


def inspectors_table(over: OverInspectors) -> "pd.DataFrame":
    """Return the numbers of the chart: columns framework, service_type, measure, fte, mean, low, high."""
    import pandas as pd

    frames = []
    for measure, service_type, bands in (
        (ON_TIME, ALL_SERVICES, over.on_time),
        (UNFOUND, over.subject.service_type, over.unfound),
    ):
        for name, band in bands.items():
            columns = {"framework": name, "service_type": service_type, "measure": measure, "fte": over.numbers}
            frames.append(pd.DataFrame(columns | {"mean": band.mean, "low": band.low, "high": band.high}))
    return pd.concat(frames, ignore_index=True)


def inspectors_figures(run: "KeptRun") -> "list[Figure]":
    """Return the chart of a run with its numbers, one table for both measures; nothing where it has none."""
    if not in_order(run, (NAME,)):
        return []
    frame = run.frame(f"charts/{NAME}.csv")
    is_share = frame["measure"] == ON_TIME
    for column in ("mean", "low", "high"):
        frame[column] = frame[column].where(~is_share, 100 * frame[column])
    heads = is_share.map({True: "% on time", False: "poor and unfound"})
    frame["by"] = frame["fte"].map(plain) + " inspectors: " + heads
    frame = frame.sort_values(["fte", "measure"], kind="stable")
    caption = "Statutory inspections on time, %, and those poor and unfound"
    return [figure_of(run, NAME, crossed(run, NAME, frame, Crossed(caption, "Inspectors", "by")))]
