"""How often homes are visited in a year: by kind of inspection, and by the last grade held when the year began."""

from typing import Final

import numpy as np

from simulator.questions.calibrate.counting import LETTERS, Counted, Mask, Moment, Reading, mean
from simulator.questions.calibrate.records import FULL, INTERIM, MONITORING, Whole

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


def visit_moments(telling: str) -> list[Moment]:
    """Describe these figures; `telling` is what they tell of."""
    return [
        Moment(
            f"{said}_visits_of_{name}", f"{said.capitalize()} visits in the year to a {home}", "visits", False, telling
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
