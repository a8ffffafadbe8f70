"""How often and when homes are visited: in a year by kind and last grade, from visit to visit, from year to year."""

from typing import Final

import numpy as np

from simulator.questions.calibrate.counting import LETTERS, Counted, Mask, Moment, Reading, mean
from simulator.questions.calibrate.records import FULL, INTERIM, MONITORING, Inspections, Whole

_VISITS: Final = {FULL: "full", INTERIM: "interim", MONITORING: "monitoring"}
_HOMES: Final = {
    **{str(grade): f"home last judged {said} on 1 April" for grade, said in LETTERS.items()},
    "new": "home first seen from April to September",
    "all": "home judged before 1 April",
}
"""Whose visits are counted, by what ends the name of the figure."""
_HALF_A_YEAR: Final = 183
_NEW: Final = 0
_NOBODY: Final = -1
_CALENDAR: Final = "Nothing: made by the calendar, a rule of the framework."
"""What these figures tell about time to detection."""


def calendar_moments() -> list[Moment]:
    """Describe the figures of `calendar_readings`."""
    gap = "Days from visit to visit, monitoring and what follows a find aside, mean"
    return [
        Moment("visits_a_year", "Full and interim visits to homes open all year", "visits", False, _CALENDAR),
        Moment("two_visits", "Homes open all year with at least two of them", "share", False, _CALENDAR),
        Moment("gap_mean", gap, "days", False, _CALENDAR),
        Moment("same_time_of_year", "Correlation of a home's full inspections from year to year", "", False, _CALENDAR),
    ]


def visit_moments() -> list[Moment]:
    """Describe the figures of `visit_readings`."""
    return [
        Moment(
            f"{said}_visits_of_{name}",
            f"{said.capitalize()} visits in the year to a {home}",
            "visits",
            False,
            _CALENDAR,
        )
        for name, home in _HOMES.items()
        for said in _VISITS.values()
    ]


def visit_readings(counted: Counted) -> dict[str, Reading]:
    """Count how often homes were visited in a year, by kind and by the last grade that they held when it began.

    Of homes seen in the year before, those count that are seen again at any time: so they were open when the year
    began. Of homes never seen before, those first seen in the first half of the year.
    """
    seen = counted.seen
    made: dict[tuple[str, int], list[Whole]] = {(name, kind): [] for name in _HOMES for kind in _VISITS}
    for year in range(max(seen.first_year, 1), seen.years):
        among = _among(_held_on(counted, year))
        in_year = counted.year == year
        for kind in _VISITS:
            visits = np.bincount(seen.provider[in_year & (seen.kind == kind)], minlength=seen.providers)
            for name, those in among.items():
                made[name, kind].append(visits[those])
    nobody = np.zeros(0, dtype=np.int64)
    return {
        f"{said}_visits_of_{name}": mean(np.concatenate([nobody, *made[name, kind]]))
        for name in _HOMES
        for kind, said in _VISITS.items()
    }


def _among(held: Whole) -> dict[str, Mask]:
    by_grade = {str(grade): held == grade for grade in LETTERS}
    return {**by_grade, "new": held == _NEW, "all": held > _NEW}


def _held_on(counted: Counted, year: int) -> Whole:
    """Return the last grade of each provider when a year began; `_NEW`, or `_NOBODY` to be counted."""
    seen = counted.seen
    begins = seen.year_starts[year]
    first = np.full(seen.providers, np.iinfo(np.int64).max)
    np.minimum.at(first, seen.provider, seen.day)
    held = np.full(seen.providers, _NOBODY, dtype=np.int64)
    graded = np.flatnonzero((seen.day < begins) & (seen.grade > 0))
    held[seen.provider[graded]] = seen.grade[graded]  # the last of each provider stays
    for alive in (counted.year == year - 1, counted.year >= year):
        there = np.zeros(seen.providers, dtype=bool)
        there[seen.provider[alive]] = True
        held[~there] = _NOBODY
    held[(first >= begins) & (first < begins + _HALF_A_YEAR)] = _NEW
    return held


def calendar_readings(counted: Counted) -> dict[str, Reading]:
    """Of providers seen before and after a year, and so open all through it, how often they were visited in it."""
    seen = counted.seen
    first = np.full(seen.providers, np.iinfo(np.int64).max)
    np.minimum.at(first, seen.provider, seen.day)
    last = np.zeros(seen.providers, dtype=np.int64)
    np.maximum.at(last, seen.provider, seen.day)
    regular = seen.kind != MONITORING
    visits: list[Whole] = []
    for year in range(max(seen.first_year, 1), seen.years - 1):
        all_year = (first < seen.year_starts[year]) & (last >= seen.year_starts[year + 1])
        in_year = np.bincount(seen.provider[regular & (counted.year == year)], minlength=seen.providers)
        visits.append(in_year[all_year])
    made = np.concatenate([np.zeros(0, dtype=np.int64), *visits])
    return {
        "visits_a_year": mean(made),
        "two_visits": mean((made >= 2).astype(np.int64)),  # noqa: PLR2004
        "gap_mean": mean(_usual_gaps(seen)),
        "same_time_of_year": _same_time_of_year(counted),
    }


def _usual_gaps(seen: Inspections) -> Whole:
    """Return the days between full and interim visits, except after a full one that judged inadequate."""
    regular = np.flatnonzero(seen.kind != MONITORING)
    before, after = regular[:-1], regular[1:]
    usual = (seen.provider[before] == seen.provider[after]) & (seen.grade[before] != 1)
    usual &= seen.day[after] >= seen.counted_from
    days: Whole = seen.day[after[usual]] - seen.day[before[usual]]
    return days


def _same_time_of_year(counted: Counted) -> Reading:
    """Correlate the day of the year of the first full inspection, without those that follow inadequate."""
    seen = counted.seen
    usual = (seen.kind == FULL) & (counted.graded_before != 1)
    day = np.full((seen.providers, seen.years), -1, dtype=np.int64)
    at = np.flatnonzero(usual)[::-1]  # the first of a year is written last
    day[seen.provider[at], counted.year[at]] = seen.day[at] - seen.year_starts[counted.year[at]]
    earlier = max(seen.first_year - 1, 0)
    before, after = day[:, earlier:-1].ravel(), day[:, earlier + 1 :].ravel()
    both = (before >= 0) & (after >= 0)
    cases = int(both.sum())
    if cases < 3 or not before[both].std() or not after[both].std():  # noqa: PLR2004
        return Reading(np.nan, cases)
    return Reading(float(np.corrcoef(before[both], after[both])[0, 1]), cases)
