"""The timeline of a scenario in words and as marks of a chart: the frameworks in force, and those compared."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from simulator.charts.marks import Mark
from simulator.scenario.timeline import COMPARED
from simulator.words.estimates import Estimated
from simulator.words.wording import day_words, joined, named

_THOSE_COMPARED: Final = "frameworks compared"


def course_told(compared: Estimated) -> Iterator[str]:
    """Report the frameworks in force with their first days, a line each; nothing where there is no timeline."""
    run = compared.scenario.run
    if not compared.scenario.timeline:
        return
    for day, title in compared.course:
        in_force = named(title)
        if title == COMPARED:
            in_force = joined([*map(named, compared.titles.values())], "or")
            in_force = f"{in_force}, which are compared" if len(compared.titles) > 1 else in_force
        yield f"from {day_words(max(day, run.begins))}: {in_force}"
    yield f"measured: {day_words(run.start)} to {_last_day(run.ends)}"


def when_compared(compared: Estimated) -> str:
    """Report the days between which the frameworks compared are in force; nothing where there is no timeline."""
    if not compared.scenario.timeline:
        return ""
    ends = compared.scenario.run.ends
    titles = [title for _, title in compared.course]
    days = [day for day, _ in compared.course]
    position = titles.index(COMPARED)
    after = [*days, ends][position + 1]
    begins = f"from {day_words(days[position])}"
    return begins if after == ends else f"{begins} to {_last_day(after)}"


def _last_day(after: date) -> str:
    """Write the day before."""
    return day_words(after - timedelta(days=1))


def under_the_title(compared: Estimated) -> str:
    """Report below the title of a chart when the frameworks differ; nothing where there is no timeline."""
    when = when_compared(compared)
    return f". Frameworks differ {when}; before and after, all runs have the same" if when else ""


def takeovers_told(compared: Estimated) -> str:
    """Report the days on which frameworks take over, for readers without a chart; nothing without a timeline."""
    if not compared.scenario.timeline:
        return ""
    told = [
        f"{_THOSE_COMPARED if title == COMPARED else named(title)} on {day_words(day)}"
        for day, title in compared.course[1:]
    ]
    return f" Frameworks that take over: {joined(told)}."


def warm_up_mark(compared: Estimated, first: date) -> list[Mark]:
    """Return the `first` day shown as the mark of the warm-up; none where there is no timeline or no warm-up."""
    shown = compared.scenario.timeline and first < compared.scenario.run.start
    return [Mark(first.toordinal(), "warm-up")] if shown else []


def takeover_marks(compared: Estimated, first: date) -> list[Mark]:
    """Return the takeovers from the `first` day shown on as marks; none where there is no timeline."""
    if not compared.scenario.timeline:
        return []
    return [
        Mark(day.toordinal(), _THOSE_COMPARED if title == COMPARED else title)
        for day, title in compared.course[1:]
        if day >= first
    ]
