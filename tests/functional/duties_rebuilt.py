"""Duties told again from the tables of inspections and lives alone, by other means than the engine's.

It knows a rule as the framework has it, when inspections that satisfy it ended, and what they judged.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from simulator.engine.recorded import DONE, MET, OUTSTANDING, VOID
from simulator.engine.trace import Trace
from simulator.inspectorate.kinds import KINDS, RATINGS
from simulator.inspectorate.rules import Interval, Round, Visits
from simulator.ticks import NEVER, TICKS_PER_DAY

TICKS_PER_MONTH = 365.25 * TICKS_PER_DAY / 12
ROUNDS = 20
"""More rounds than any run has."""


class Owed(NamedTuple):
    """A duty: when it began, its date, when it ended and how."""

    began: int
    due: int
    ended: int
    outcome: int


class Ended(NamedTuple):
    """An inspection that ended: when, when it was raised, of which kind, and the grade it gave (0 for none)."""

    time: int
    raised: int
    kind: str
    judged: int


class Life(NamedTuple):
    """A provider from its opening to its end (or the horizon), and what was inspected of it in order."""

    opened: int
    closed: int
    inspected: tuple[Ended, ...]
    rating: int
    """The rating held at the opening, 0 if not yet graded."""


def lives_of(trace: Trace) -> dict[tuple[int, int], Life]:
    """Give every life in a run by provider and generation."""
    made = trace.inspections[trace.inspections["status"] == DONE]
    lives = {}
    for row in trace.lives:
        whose = int(row["provider"]), int(row["generation"])
        mine = made[(made["provider"] == whose[0]) & (made["generation"] == whose[1])]
        mine = mine[mine["ended"] <= row["closed"]]
        mine = mine[np.argsort(mine["ended"], kind="stable")]
        inspected = tuple(
            Ended(int(each["ended"]), int(each["raised"]), KINDS[each["kind"]], int(each["judged"])) for each in mine
        )
        rating = int(mine[0]["rating_before"]) if len(mine) else 0
        lives[whose] = Life(int(row["opened"]), min(int(row["closed"]), NEVER), inspected, rating)
    return lives


def recorded(trace: Trace, whose: tuple[int, int], rule: int) -> list[Owed]:
    """Give the duties of one provider under one rule that the engine wrote down, in order."""
    rows = trace.duties
    rows = rows[(rows["provider"] == whose[0]) & (rows["generation"] == whose[1]) & (rows["rule"] == rule)]
    return sorted(Owed(*(int(row[name]) for name in ("began", "due", "ended", "outcome"))) for row in rows)


def satisfying(rule: Interval | Round | Visits, counting: Iterable[str]) -> set[str]:
    """Give the kinds of inspection that satisfy a rule."""
    return set(rule.satisfied_by) if rule.satisfied_by is not None else {rule.kind, *counting}


def from_first(life: Life, kinds: set[str]) -> Life:
    """Give a life from its first inspection of some kinds on, as if it had opened then."""
    rating = life.rating
    for number, each in enumerate(life.inspected, start=1):
        rating = each.judged or rating
        if each.kind in kinds:
            return Life(each.time, life.closed, life.inspected[number:], rating)
    return Life(life.closed, life.closed, (), rating)


def of_interval(life: Life, rule: Interval, kinds: set[str]) -> list[Owed]:
    """Give the duties of a provider under a rule of the form interval, the first of which counts from its opening."""
    months: Mapping[str, float] = rule.months.model_dump()
    lengths = [round(months[rating] * TICKS_PER_MONTH) for rating in RATINGS]
    catch_up = rule.catch_up_days * TICKS_PER_DAY
    duties: list[Owed] = []
    last, rating, due = life.opened, life.rating, None
    since = life.opened

    def settle(now: int) -> int | None:
        """The date by which the law wants the next inspection, given what is known now."""
        length = lengths[rating]
        if length == 0:
            return None
        by_law = last + length
        if due == by_law:
            return due
        lenient = max(by_law, now + min(catch_up, length))
        if due is None:
            return lenient
        return min(lenient, due) if by_law < due else by_law

    due = settle(life.opened)
    for each in life.inspected:
        satisfies = each.kind in kinds
        if satisfies:
            if due is not None:
                duties.append(Owed(since, due, each.time, MET))
            last, since, due = each.time, each.time, None
        if each.judged:
            rating = each.judged
        wanted = settle(each.time)
        if wanted is None and due is not None:
            duties.append(Owed(since, due, each.time, VOID))
        due = wanted
    if due is not None:
        duties.append(Owed(since, due, life.closed, OUTSTANDING if life.closed == NEVER else VOID))
    return duties


def of_visits(life: Life, rule: Visits, kinds: set[str], april: list[int], horizon: int) -> list[Owed]:
    """Give the duties of a provider under a rule of visits by the rating on 1 April, each met by the oldest due."""
    per_year: Mapping[str, float] = rule.per_year.model_dump()
    events: list[tuple[int, int, Ended | None]] = [(time, 1, None) for time in april if time < horizon]
    events += [(each.time, 0, each) for each in life.inspected]
    ends = dict(pairwise(april))
    standing: list[tuple[int, int]] = []
    duties: list[Owed] = []
    rating = life.rating
    for time, _, ended in sorted(events, key=lambda event: event[:2]):
        if ended is None:
            standing += [(time, ends[time])] * int(per_year[RATINGS[rating]])
            continue
        if ended.kind in kinds and standing:
            duties.append(Owed(*standing.pop(0), time, MET))
        rating = ended.judged or rating
    return sorted(duties + [Owed(*each, NEVER, OUTSTANDING) for each in standing])


def of_rounds(life: Life, rule: Round, kinds: set[str], epoch: date, horizon: int) -> list[Owed]:
    """Give the duties of a provider under rounds that are over by the horizon: each met by one raised since."""
    made = [each for each in life.inspected if each.kind in kinds]
    duties: list[Owed] = []
    for number in range(ROUNDS if rule.repeat_months else 1):
        begins, ends = (_tick(day, rule.repeat_months * number, epoch) for day in (rule.from_, _next_day(rule.until)))
        if ends > horizon or ends <= rule.last_days_free * TICKS_PER_DAY:
            continue
        serves = next((each for each in made if each.raised >= begins), None)
        if serves is None:
            duties.append(Owed(begins, ends, NEVER, OUTSTANDING))
        else:
            made.remove(serves)
            duties.append(Owed(begins, ends, serves.time, MET))
    return duties


def _next_day(day: date) -> date:
    return day + timedelta(days=1)


def _tick(day: date, months_later: int, epoch: date) -> int:
    years, month = divmod(day.month - 1 + months_later, 12)
    return (day.replace(year=day.year + years, month=month + 1) - epoch).days * TICKS_PER_DAY


def parts(trace: Trace) -> dict[str, Any]:
    """Count the duties whose date has come by how they ended, from the table."""
    duties = trace.duties
    until = np.minimum(np.minimum(duties["met"], duties["ended"]), trace.horizon)
    stood = (duties["due"] <= trace.horizon) & ((duties["outcome"] != VOID) | (duties["ended"] > duties["due"]))
    on_time = (duties["outcome"] == MET) & (until <= duties["due"])
    return {
        "due": stood.sum(),
        "on_time": (stood & on_time).sum(),
        "late": (stood & (duties["outcome"] == MET) & ~on_time).sum(),
        "outstanding": (stood & (duties["outcome"] == OUTSTANDING)).sum(),
        "void": (stood & (duties["outcome"] == VOID)).sum(),
    }
