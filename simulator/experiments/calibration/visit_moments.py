"""How often homes are visited in a year: by kind of inspection, and by the last grade held when the year began."""

from typing import Final

import numpy as np

from simulator.experiments.calibration.counting import LETTERS, Counted, Moment, Reading, mean
from simulator.experiments.calibration.records import FULL, INTERIM, MONITORING, Whole

VISITS: Final = {FULL: "full", INTERIM: "interim", MONITORING: "monitoring"}
HELD: Final = {**LETTERS, 0: "not yet graded"}
"""Last grade on 1 April; 0 of homes first seen from then to the end of September."""
HALF_A_YEAR: Final = 183


def visit_moments(telling: str) -> list[Moment]:
    """Describe these figures; `telling` is what they tell of."""
    among = {
        held: f"home last judged {said} on 1 April" if held else "home first seen from April to September"
        for held, said in HELD.items()
    }
    return [
        Moment(
            f"{said}_visits_of_{held or 'new'}",
            f"{said.capitalize()} visits in the year to a {among[held]}",
            "visits",
            False,
            telling,
        )
        for held in HELD
        for said in VISITS.values()
    ]


def visit_readings(counted: Counted) -> dict[str, Reading]:
    """How often homes were visited in a year, by kind and by the last grade that they held when it began.

    Of homes seen in the year before, those count that are seen again at any time: so they were open when the year
    began. Of homes never seen before, those first seen in the first half of the year.
    """
    seen = counted.seen
    made: dict[tuple[int, int], list[Whole]] = {(held, kind): [] for held in HELD for kind in VISITS}
    for year in range(max(seen.first_year, 1), seen.years):
        held = _held_on(counted, year)
        in_year = counted.year == year
        for kind in VISITS:
            made_here = np.bincount(seen.provider[in_year & (seen.kind == kind)], minlength=seen.providers)
            for grade in HELD:
                made[grade, kind].append(made_here[held == grade])
    nobody = np.zeros(0, dtype=np.int64)
    return {
        f"{said}_visits_of_{held or 'new'}": mean(np.concatenate([nobody, *made[held, kind]]))
        for held in HELD
        for kind, said in VISITS.items()
    }


def _held_on(counted: Counted, year: int) -> Whole:
    """Return the last grade of each provider when a year began, 0 of new ones, -1 of those not to be counted."""
    seen = counted.seen
    begins = seen.year_starts[year]
    first = np.full(seen.providers, np.iinfo(np.int64).max)
    np.minimum.at(first, seen.provider, seen.day)
    held = np.full(seen.providers, -1, dtype=np.int64)
    graded = np.flatnonzero((seen.day < begins) & (seen.grade > 0))
    held[seen.provider[graded]] = seen.grade[graded]  # the last of each provider stays
    for alive in (counted.year == year - 1, counted.year >= year):
        there = np.zeros(seen.providers, dtype=bool)
        there[seen.provider[alive]] = True
        held[~there] = -1
    held[(first >= begins) & (first < begins + HALF_A_YEAR)] = 0
    return held
