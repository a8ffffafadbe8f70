"""Waits for detection in many groups at once: the estimates of `survival` and `incidence`, a group at each place.

The groups lie one behind another, each in the order of its waits, so that one pass over all of them serves.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.measures.by_service import ratio
from simulator.measures.incidence import CENSORED, DETECTED, ENDED_UNSEEN

_Codes = npt.NDArray[np.int64]
_Floats = npt.NDArray[np.float64]


class GroupedWaits(NamedTuple):
    """What is estimated of each group, shape (groups,) each; not-a-number where there is nothing to go by."""

    mean: _Floats
    """Mean wait until detection or end, in ticks, each counted for `until` at most."""
    within: _Floats
    """Share detected within a time."""
    never: _Floats
    """Of those decided, the share that ended unseen."""


class _Points(NamedTuple):
    """The curves of all groups at each time at which something ended or was cut off, shape (points,) each."""

    group: _Codes
    times: _Codes
    since: _Codes
    """The time of the point before, 0 at the first of a group."""
    before: _Floats
    """Share still undecided just before."""
    after: _Floats
    detected: _Floats
    """Share of those at risk that were detected then."""


def grouped_waits(group: _Codes, groups: int, ticks: _Codes, cause: _Codes, until: float, within: int) -> GroupedWaits:
    """Estimate the waits of each group.

    Parameters
    ----------
    group
        Position of the group of each wait, shape (n,).
    groups
        How many groups there are.
    ticks
        Waits, shape (n,): those of each group ascending.
    cause
        What ended them (`simulator.measures.incidence`), shape (n,).
    until
        What each wait counts at most in the mean.
    within
        Time within which a share is detected.
    """
    if len(ticks) == 0:
        return GroupedWaits(*(np.full(groups, np.nan) for _ in GroupedWaits._fields))
    unseen, seen = (np.bincount(group[cause == what], minlength=groups) for what in (ENDED_UNSEEN, DETECTED))
    points = _points(group, groups, ticks, cause)
    there = np.flatnonzero(np.bincount(points.group, minlength=groups))
    last = np.searchsorted(points.group, there, side="right") - 1
    spans = np.minimum(points.times, until) - np.minimum(points.since, until)
    area = np.bincount(points.group, spans * points.before, minlength=groups)
    soon = np.where(points.times <= within, points.before * points.detected, 0.0)
    share = np.bincount(points.group, soon, minlength=groups)
    mean, found = np.full(groups, np.nan), np.full(groups, np.nan)
    mean[there] = area[there] + _beyond(points.times[last].astype(np.float64), points.after[last], until)
    known = (points.times[last] >= within) | (points.after[last] == 0)
    found[there[known]] = share[there[known]]
    return GroupedWaits(mean, found, ratio(unseen.astype(np.float64), (unseen + seen).astype(np.float64)))


def _points(group: _Codes, groups: int, ticks: _Codes, cause: _Codes) -> _Points:
    """Return the curves of all groups, one behind another."""
    narrow = group.astype(np.min_scalar_type(groups))  # 16 bits are sorted by their digits, in one pass for each
    order = np.argsort(narrow, kind="stable")
    group, ticks, cause = group[order], ticks[order], cause[order]
    first = np.flatnonzero(np.append(True, (np.diff(group) != 0) | (np.diff(ticks) != 0)))
    at_risk = np.cumsum(np.bincount(group, minlength=groups))[group[first]] - first
    ended, detected = (np.add.reduceat(what, first, dtype=np.int64) for what in (cause != CENSORED, cause == DETECTED))
    group, times = group[first], ticks[first]
    opens = np.append(True, np.diff(group) != 0)
    all_ended = ended == at_risk  # at the last point of a group only: nobody is left after it
    logs = np.log1p(-np.where(all_ended, 0.0, ended / at_risk))
    summed = np.cumsum(logs)
    start = np.flatnonzero(opens)
    of_groups_before = np.repeat(summed[start] - logs[start], np.diff(np.append(start, len(group))))
    after = np.where(all_ended, 0.0, np.exp(summed - of_groups_before))
    before, since = np.append(1.0, after[:-1]), np.append(0, times[:-1])
    before[opens], since[opens] = 1.0, 0
    return _Points(group, times, since, before, after, detected / at_risk)


def _beyond(last: _Floats, left: _Floats, until: float) -> _Floats:
    """Return the area under each curve from its last point on: as an exponential (`survival.restricted_mean`)."""
    area = np.zeros(len(last))
    area[(left == 1.0) | (last == 0.0)] = np.nan
    area[(last >= until) | (left == 0.0)] = 0.0
    goes_on = (last < until) & (left > 0.0) & (left < 1.0) & (last > 0.0)
    rate = -np.log(left[goes_on]) / last[goes_on]
    area[goes_on] = -left[goes_on] * np.expm1(-rate * (until - last[goes_on])) / rate
    return area
