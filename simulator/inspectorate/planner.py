"""The planner: where in the inspection year a provider's visits fall, and how many it owes.

All functions are pure. Shares of the year are measured on the kind's month profile: 0 on 1 April, 1 at the
end of March, growing as fast as the profile says.
"""

import math
from typing import Any, Final

import numpy as np

from simulator.compiling import compiled
from simulator.world.streams import VISIT_SCORE, normal

_VISITS_ADDRESSED: Final = 32
_LAST_PLACE: Final = math.nextafter(1.0, 0.0)
_LAST_MONTH: Final = 11
"""March, counted from April."""
_RULES_ADDRESSED: Final = 8
"""Addresses of visit days set aside for each rule and year, and rules for each year."""


@compiled
def year_of(month_starts: Any, time: int) -> int:
    """Return the number of the inspection year, from the epoch, in which `time` falls."""
    year = 0
    while month_starts[12 * (year + 1)] <= time:
        year += 1
    return year


@compiled
def year_left(month_starts: Any, time: int) -> float:
    """Return the part of the inspection year that is left at `time`: 1 on 1 April."""
    year = year_of(month_starts, time)
    end = month_starts[12 * (year + 1)]
    return float((end - time) / (end - month_starts[12 * year]))


@compiled
def _share_of_profile(profile: Any, month_starts: Any, year: int, time: int) -> float:
    """Return the share of the month profile that lies before `time`, a moment in the year or its end."""
    m = 0
    while m < _LAST_MONTH and month_starts[12 * year + m + 1] <= time:
        m += 1
    start = month_starts[12 * year + m]
    part = min((time - start) / (month_starts[12 * year + m + 1] - start), 1.0)
    return float(profile[m] + part * (profile[m + 1] - profile[m]))


@compiled
def share_gone(profile: Any, month_starts: Any, year: int, days_free: int, time: int) -> float:
    """Return the share of the year's visits that are planned before `time`.

    None are planned in the last ticks of the year, `days_free`: those the profile has there are spread over
    the rest of the year.
    """
    usable = _share_of_profile(profile, month_starts, year, month_starts[12 * (year + 1)] - days_free)
    return min(_share_of_profile(profile, month_starts, year, time) / usable, 1.0)


@compiled
def moment_at(profile: Any, month_starts: Any, year: int, days_free: int, share: float) -> int:
    """Return the tick before which `share` (0 to 1) of the year's visits are planned: the inverse of `share_gone`."""
    gone = share * _share_of_profile(profile, month_starts, year, month_starts[12 * (year + 1)] - days_free)
    m = 0
    while m < _LAST_MONTH and profile[m + 1] <= gone:
        m += 1
    start = month_starts[12 * year + m]
    part = (gone - profile[m]) / (profile[m + 1] - profile[m])
    return int(start + min(part, 1.0) * (month_starts[12 * year + m + 1] - start))


@compiled
def score_of_year(
    run: np.uint64,
    entity: np.uint64,
    rule: int,
    visit: int,
    year: int,
    correlation: float,
    known_score: float,
    known_year: int,
) -> float:
    """Compute the normal score of the time of year of a provider's visit: early or late, as against all others.

    Scores of consecutive years are those of an autoregression with standard normal marginals and this correlation, so
    that a visit comes near its date of the year before and never jumps: a Gaussian copula of the days of the year. The
    same address gives the same score under every framework.

    Parameters
    ----------
    run, entity, rule, visit
        The address of the visit.
    year : int
        Number of the inspection year, from the epoch.
    correlation : float
        Of the scores of one year and the next, 0 to 1.
    known_score, known_year
        The score of an earlier year, from which it is carried on; a `known_year` of -1 where none is known.
    """
    score = known_score
    new = math.sqrt(1.0 - correlation * correlation)
    if known_year < 0 or correlation == 0.0:
        known_year = year if correlation == 0.0 else 0
        score = normal(run, VISIT_SCORE, entity, address_of(rule, visit, known_year))
    for number in range(known_year + 1, year + 1):
        score = correlation * score + new * normal(run, VISIT_SCORE, entity, address_of(rule, visit, number))
    return score


@compiled
def place_of_score(score: float) -> float:
    """Return where in its part of the year a visit of a normal score falls, from 0 to less than 1."""
    return min(0.5 * math.erfc(-score / math.sqrt(2.0)), _LAST_PLACE)


@compiled
def address_of(rule: int, visit: int, year: int) -> int:
    """Number the visits of a rule in a year."""
    return (year * _RULES_ADDRESSED + rule) * _VISITS_ADDRESSED + visit % _VISITS_ADDRESSED


@compiled
def whole_visits(expected: float, draw: float) -> int:
    """Return a whole number of visits whose mean over uniform draws is `expected`.

    For part of a year: twice a year is, for the rest of it, one visit or two by chance and the right
    number on average.
    """
    return math.floor(expected + draw)


@compiled
def spaced(moment: int, previous: int, spacing: int, year_end: int, days_free: int, to_follow: int) -> int:
    """Return the moment, moved so that it keeps `spacing` ticks from the previous visit.

    It leaves room in the year for the visits `to_follow` at the same spacing; where both cannot be had the
    year wins.
    """
    latest = year_end - days_free - to_follow * spacing - 1
    return min(max(moment, previous + spacing), latest)
