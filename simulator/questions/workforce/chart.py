"""Charts: posts and people by year, statutory dates kept by year, the backlog by month, waits by region."""

from calendar import month_abbr, month_name
from collections.abc import Sequence
from functools import partial
from typing import Final

import numpy as np

from simulator.answers.answer import Drawn
from simulator.charts.bars import Bar, narrow_bars, wide_bars
from simulator.charts.line_plot import Frame, Line, Text, looks, plotted
from simulator.charts.narrow_lines import narrow_lines
from simulator.charts.palette import DARK_BLUE, TURQUOISE
from simulator.charts.sheet import Chart, drawing, source_of
from simulator.measures.bands import Band
from simulator.questions.workforce.counting import ALL
from simulator.questions.workforce.figures import BY_NAME
from simulator.questions.workforce.found import Found
from simulator.questions.workforce.words import headline
from simulator.words.estimates import Estimate
from simulator.words.pools import inspectors_of
from simulator.words.rounded import as_percent, short
from simulator.words.wording import capital, named

_ROOM: Final = 1.12
"""Of the axis up, over the highest line."""
_TICKS: Final = 6
CHARTS: Final = ("kept", "in-post", "backlog", "waits")


def charts(found: Found) -> list[Drawn]:
    """Draw what there is to show."""
    by_year = (_kept, _in_post) if len(found.years) > 1 else ()  # a line has two points
    with drawing():
        drawn = [draw(found) for draw in (*by_year, _backlog, _waits)]
    return [one for one in drawn if one is not None]


def _kept(found: Found) -> Drawn:
    """Draw the share of duties met on time by year, a line for each framework."""
    first = found.question.names[0]
    lines = _of_frameworks(found, found.of_years, "on_time_share")
    text = Text(
        headline(found, first),
        "Share of statutory dates kept, by the year in which they fell. Shaded: 95% interval",
        source_of(found.question.own_register),
    )
    frame = Frame(np.arange(len(found.years)), "", 1.0, _ticks(found.years), True)
    return _lines("kept", text, lines, frame, _numbers(found, found.of_years, "year", found.years, "on_time_share"))


def _in_post(found: Found) -> Drawn | None:
    """Draw posts and people of the first pool by year; nothing where every post is always filled."""
    first, pool = found.question.names[0], found.divided.pools[0]
    vacant = found.estimate(found.of_all, first, "vacant", pool).mean
    if not vacant > 0:
        return None
    names = ("posts", "in_post", "in_training")
    bands = [_band(found, found.of_years, first, name, pool) for name in names]
    lines = [
        Line(BY_NAME[name].title, False, look, band)
        for name, look, band in zip(names, looks(len(names)), bands, strict=True)
    ]
    filled = found.estimate(found.of_all, first, "in_post", pool).mean
    posts = found.estimate(found.of_all, first, "posts", pool).mean
    title = f"Of {short(posts)} posts for {inspectors_of(pool)}, {short(filled)} are filled on average"
    what = "Full-time equivalents, mean of each year; those in training count as in post. Shaded: 95% interval"
    frame = Frame(np.arange(len(found.years)), "", _ROOM * float(bands[0].mean.max()), _ticks(found.years), False)
    numbers = _numbers(found, found.of_years, "year", found.years, *names, pool=pool)
    return _lines("in-post", Text(title, what, source_of(found.question.own_register)), lines, frame, numbers)


def _backlog(found: Found) -> Drawn | None:
    """Draw the backlog by calendar month, a line for each framework."""
    lines = _of_frameworks(found, found.of_calendar, "waiting")
    highest = max(float(np.nanmax(line.band.mean)) for line in lines)
    if len(found.calendar) < 2 or not highest > 0:  # noqa: PLR2004  (a line has two points)
        return None
    means = lines[0].band.mean
    most, least = (found.calendar[int(choose(means))] for choose in (np.argmax, np.argmin))
    title = f"Most inspections wait at the end of {month_name[most]}, fewest at the end of {month_name[least]}"
    what = "Inspections that wait at the end of each calendar month, mean over all years. Shaded: 95% interval"
    ticks = [(place, month_abbr[number]) for place, number in enumerate(found.calendar)]
    frame = Frame(np.arange(len(found.calendar)), "", _ROOM * highest, ticks, False)
    names = [month_name[number] for number in found.calendar]
    numbers = _numbers(found, found.of_calendar, "month", names, "waiting")
    return _lines("backlog", Text(title, what, source_of(found.question.own_register)), lines, frame, numbers)


def _waits(found: Found) -> Drawn | None:
    """Draw how long inspections of the first pool wait in each region, under the first framework."""
    first, pool = found.question.names[0], found.divided.pools[0]
    waits = {region: found.estimate(found.of_all, first, "wait_days", pool, region) for region in found.divided.regions}
    there = {region: wait for region, wait in waits.items() if wait.mean == wait.mean}
    if len(there) <= 2:  # noqa: PLR2004  (one region is all of them)
        return None
    ordered = sorted(there.items(), key=lambda pair: (pair[0] == ALL, -pair[1].mean))
    bars = [
        Bar(
            "All regions" if region == ALL else region,
            wait,
            f"{short(wait.mean)} days",
            TURQUOISE if region == ALL else DARK_BLUE,
            region == ALL,
        )
        for region, wait in ordered
    ]
    longest = ordered[0]
    title = f"In {longest[0]} an inspection waits longest: {short(longest[1].mean)} days"
    under = named(found.question.titles[first])
    what = f"Days from raised to begun, mean; {inspectors_of(pool)} under {under}; 95% intervals"
    text = Text(title, what, source_of(found.question.own_register))
    said = ", ".join(f"{bar.name} {bar.told}" for bar in bars)
    alt = f"Bar chart. {title}. {said}."
    chart = Chart("waits", title, alt, wide_bars(text, bars), partial(narrow_bars, text, bars))
    import pandas as pd

    rows = [{"framework": first, "region": region, **wait._asdict()} for region, wait in ordered]
    return Drawn(chart, pd.DataFrame(rows))


def _of_frameworks(found: Found, periods: Sequence[Band], name: str) -> list[Line]:
    titles = found.question.titles
    return [
        Line(titles[framework], False, look, _band(found, periods, framework, name, ALL))
        for framework, look in zip(titles, looks(len(titles)), strict=True)
    ]


def _band(found: Found, periods: Sequence[Band], framework: str, name: str, pool: str) -> Band:
    estimates = [found.estimate(figures, framework, name, pool) for figures in periods]
    return Band(*(np.array(ends) for ends in zip(*estimates, strict=True)))


def _ticks(names: Sequence[str]) -> list[tuple[int, str]]:
    every = -(-len(names) // _TICKS)
    return [(place, name) for place, name in enumerate(names) if place % every == 0]


def _lines(name: str, text: Text, lines: list[Line], frame: Frame, numbers: "list[dict[str, object]]") -> Drawn:
    import pandas as pd

    write = as_percent if frame.as_percent else short
    ends = ((line.title, line.band.mean[0], line.band.mean[-1]) for line in lines)
    said = "; ".join(f"{capital(title)} {write(first)} to {write(last)}" for title, first, last in ends)
    alt = f"Line chart. {text.title}. First to last: {said}."
    chart = Chart(name, text.title, alt, plotted(text, lines, frame), partial(narrow_lines, text, lines, frame))
    return Drawn(chart, pd.DataFrame(numbers))


def _numbers(
    found: Found, periods: Sequence[Band], by: str, names: Sequence[str], *figures: str, pool: str = ALL
) -> "list[dict[str, object]]":
    frameworks = found.question.names if len(figures) == 1 else found.question.names[:1]
    rows: list[dict[str, object]] = []
    for framework in frameworks:
        for period, values in zip(names, periods, strict=True):
            for figure in figures:
                estimate: Estimate = found.estimate(values, framework, figure, pool)
                rows.append({"framework": framework, by: period, "figure": figure, **estimate._asdict()})
    return rows
