"""The entries of a provider's diary that tell of statutory dates: set, moved, met, passed, or gone unmet.

A date is a fact about the provider, whether or not an inspection was ever called for to keep it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from simulator.engine.recorded import MET
from simulator.inspectorate.framework import Framework
from simulator.questions.trace.dates_followed import GONE, MADE_STATUTORY, MOVED_TO, SET, STANDS, DateMoment
from simulator.questions.trace.diary_entry import FALLS_AWAY, IS_MET, IS_PROMOTED, IS_SET, PASSES, Entry
from simulator.questions.trace.diary_inspections import days_late, kind_words, last_day
from simulator.questions.trace.life import Life
from simulator.words.wording import article

_AHEAD = "is met from the start: an inspection brought forward into the year before counts for it"


def date_entries(life: Life, frameworks: Sequence[Framework]) -> Iterator[Entry]:
    """Write all entries of dates; equal ones at one moment are one entry."""
    for moment, count in Counter(life.dates).items():
        yield from _date_entry(life, frameworks, moment, count)
    yield from _passed(life, frameworks)
    yield from _met_from_the_start(life)


def _date_entry(life: Life, frameworks: Sequence[Framework], moment: DateMoment, count: int) -> Iterator[Entry]:
    """Write the entry of something that happens to a date, or at once to a `count` of equal dates."""
    tick, day = moment.tick, last_day(life, moment.due)
    kind = kind_words(frameworks[life.framework_at(tick)], moment.kind)
    if moment.what in {STANDS, SET}:
        how = "stands" if moment.what == STANDS else "is set"
        more = f", and {count - 1} more" if count > 1 else ""
        yield Entry(tick, IS_SET, f"A statutory date {how}: {article(kind)} must end by {day}{more}.")
    elif moment.what == MOVED_TO:
        text = f"The statutory date for {article(kind)} moves from {last_day(life, moment.was)} to {day}."
        yield Entry(tick, IS_SET, text)
    elif moment.what == MADE_STATUTORY:
        text = f"The waiting {kind} becomes statutory: it must end by {day}, and can no longer lapse."
        yield Entry(tick, IS_PROMOTED, text)
    elif moment.what == GONE:
        before = kind_words(frameworks[life.framework_at(tick - 1)], moment.kind)
        yield from _gone(life, moment, f"The statutory date of {day} for {article(before)}")


def _gone(life: Life, moment: DateMoment, date: str) -> Iterator[Entry]:
    """Write that a date is met, in time or late, or that it falls away."""
    for row in _ended_at(life, moment):
        if row["outcome"] == MET:
            late = moment.tick - moment.due
            how = f"is met, {days_late(late)} late" if late > 0 else "is met"
            yield Entry(moment.tick, IS_MET, f"{date} {how}.")
    if any(row["outcome"] != MET for row in _ended_at(life, moment)):
        yield Entry(moment.tick, FALLS_AWAY, f"{date} no longer applies.")


def _ended_at(life: Life, moment: DateMoment) -> list[Any]:
    """Return the recorded duties of a date that is gone."""
    same = (moment.tick, moment.due, moment.rule)
    return [
        row for row in life.duties if (row["ended"], row["due"], row["rule"]) == same and row["began"] < row["ended"]
    ]


def _passed(life: Life, frameworks: Sequence[Framework]) -> Iterator[Entry]:
    """Write that a date passes unmet, whether or not anything was raised for it."""
    dates = Counter(
        (int(row["due"]), int(row["rule"]))
        for row in life.duties
        if row["due"] < row["ended"] and row["due"] < life.horizon
    )
    for (due, rule), count in dates.items():
        kind = kind_words(frameworks[life.framework_at(due - 1)], _kind_of_date(life, rule, due))
        times = f" ({count} dates)" if count > 1 else ""
        text = f"The statutory date of {last_day(life, due)} for {article(kind)} passes unmet{times}."
        yield Entry(due, PASSES, text, "An inspection that the law asks for is late.")


def _kind_of_date(life: Life, rule: int, due: int) -> int:
    """Return the kind of inspection that a date is for."""
    return next(moment.kind for moment in life.dates if (moment.rule, moment.due) == (rule, due))


def _met_from_the_start(life: Life) -> Iterator[Entry]:
    """Write of dates that were met when they were set, by a visit of the year that news had brought forward."""
    for row in life.duties:
        if row["outcome"] == MET and row["began"] == row["ended"]:
            text = f"The statutory date of {last_day(life, int(row['due']))} {_AHEAD}."
            yield Entry(int(row["ended"]), IS_MET, text)
