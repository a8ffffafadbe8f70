"""The people of a pool month by month: in post, in training, joining and leaving."""

import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby, pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.inspectorate.careers import Filling, Spell, Stay, by_intake, by_post
from simulator.world.streams import identity

Steps = tuple[tuple[date, float], ...]
"""Full-time equivalents from dates on; the first also holds before its date."""
Numbers = npt.NDArray[np.float64]


def on_day(steps: Steps, day: date) -> float:
    """Return the full-time equivalents on a day."""
    return [steps[0], *(step for step in steps if step[0] <= day)][-1][1]


def monthly_means(steps: Steps, firsts: Sequence[date]) -> Numbers:
    """Average the full-time equivalents over the days of each month.

    Parameters
    ----------
    firsts : sequence of date
        The first day of each month, and of the one after the last.

    Returns
    -------
    ndarray of shape (len(firsts) - 1,)
    """
    return np.array([_mean(steps, first, following) for first, following in pairwise(firsts)])


def _mean(steps: Steps, first: date, following: date) -> float:
    days = (following - first).days
    if not any(first < day < following for day, _ in steps):
        return on_day(steps, first)
    return sum(on_day(steps, first + timedelta(days=n)) for n in range(days)) / days


class Staff(NamedTuple):
    """The people of a pool, or of its part in a region, by month; full-time equivalents, shape (months,) each."""

    posts: Numbers
    """Mean of the month, filled or not."""
    in_post: Numbers
    """Mean of the month, those in training included."""
    in_training: Numbers
    joined: Numbers
    """In the month."""
    left: Numbers
    """In the month, those whose post was taken away included."""
    at_end: Numbers
    """In post when the month ends."""
    agency: Numbers
    """Agency staff, mean of the month; they hold no posts."""


class _Row(NamedTuple):
    """A post over time: the last one of a number of full-time equivalents may be a part of one."""

    begins: Numbers
    """Days since the first month began at which its part changes."""
    parts: Numbers
    """From each of these on, from 0 to 1."""
    days: Numbers
    """Full-time equivalent days until each of these, and until the end of the run."""
    edges: Numbers
    """The days of `days`."""

    @property
    def spells(self) -> list[Spell]:
        """While there is such a post."""
        return spells_of(self.edges, self.parts > 0)

    @property
    def growths(self) -> Iterator[tuple[float, float, float]]:
        """Days on which the post, there already, becomes a larger part of one, by how much, and until when."""
        for place in range(1, len(self.parts)):
            more = float(self.parts[place] - self.parts[place - 1])
            if self.parts[place - 1] > 0 and more > 0:
                smaller = np.flatnonzero(self.parts[place:] < self.parts[place])
                end = self.edges[place + smaller[0]] if len(smaller) else self.edges[-1]
                yield float(self.begins[place]), more, float(end)

    def part_at(self, day: float) -> float:
        """Return the part that it is on a day."""
        return float(self.parts[int(np.searchsorted(self.begins, day, side="right")) - 1])

    def part_before(self, day: float) -> float:
        """Return the part that it is just before a day."""
        return float(self.parts[max(int(np.searchsorted(self.begins, day, side="left")) - 1, 0)])


def spells_of(edges: Numbers, there: npt.NDArray[np.bool_]) -> list[Spell]:
    """Return from when and until when something is there, which says for each stretch between edges whether it is."""
    change = np.diff(there.astype(np.int64), prepend=0, append=0)
    return list(zip(edges[change > 0].tolist(), edges[change < 0].tolist(), strict=True))


def staff_at_once(posts: Steps, agency: Numbers, firsts: Sequence[date]) -> Staff:
    """Return the people of a pool in which a post is filled as soon as it is there.

    Parameters
    ----------
    posts
        Full-time equivalents from dates on.
    agency : array of float, shape (months,)
    firsts
        The first day of each month, and of the one after the last.
    """
    means, at_end = monthly_means(posts, firsts), _at_ends(posts, firsts)
    with np.errstate(invalid="ignore"):
        changes = np.diff(at_end, prepend=on_day(posts, firsts[0]))
    changes = np.where(np.isfinite(changes), changes, 0.0)
    nobody = np.zeros(len(means))
    return Staff(means, means, nobody, np.maximum(changes, 0.0), np.maximum(-changes, 0.0), at_end, agency)


def staff_of(
    posts: Steps, agency: Numbers, filling: Filling, name: str, firsts: Sequence[date], run: np.uint64 | None
) -> Staff:
    """Return the people of a pool in which posts are filled in time.

    Parameters
    ----------
    posts
        Full-time equivalents from dates on.
    agency : array of float, shape (months,)
    filling
        How posts are filled.
    name
        Of the pool or its part, which addresses the random numbers of its posts.
    firsts
        The first day of each month, and of the one after the last.
    run : uint64, optional
        Root of the random addresses of the replication; None if nobody leaves.
    """
    months = np.array([(first - firsts[0]).days for first in firsts], dtype=np.float64)
    rows = _rows(posts, firsts)
    addresses = [identity(f"{name}/{post + 1}") for post in range(len(rows))]
    spells = [row.spells for row in rows]
    if filling.intakes is None:
        held = [list(by_post(filling, post, addresses[post], spells[post], run)) for post in range(len(rows))]
    else:
        every = by_intake(filling, addresses, spells, months[-1], run)
        by_number = {post: list(stays) for post, stays in groupby(every, key=lambda stay: stay.post)}
        held = [by_number.get(post, []) for post in range(len(rows))]
    vacant, training, joined, left, there = np.zeros((5, len(months) - 1))
    for row, of_post, stays in zip(rows, spells, held, strict=True):
        for begin, end in _gaps(of_post, stays):
            vacant += _days(months, row, begin, end)
        for day, more, end in row.growths if filling.intakes is None else ():
            came = min(filling.joining(day), end)
            vacant += more * _overlaps(months, day, came)
            training += more * _overlaps(months, came, min(came + filling.training_days, end))
        for stay in stays:
            training += _days(months, row, stay.joined, min(stay.trained, stay.left))
            _count(joined, months, stay.joined, row.part_at(stay.joined) * stay.came)
            _count(left, months, stay.left, row.part_before(stay.left) * stay.went)
            there += (stay.joined < months[1:]) * (stay.left >= months[1:]) * _before(row, months[1:])
    lengths = np.diff(months)
    means, at_ends = monthly_means(posts, firsts), _at_ends(posts, firsts)
    training = np.where(np.isfinite(means), training / lengths, 0.0)
    there = np.where(np.isfinite(at_ends), there, at_ends)
    return Staff(means, means - vacant / lengths, training, joined, left, there, agency)


def _at_ends(posts: Steps, firsts: Sequence[date]) -> Numbers:
    return np.array([on_day(posts, following - timedelta(days=1)) for following in firsts[1:]])


def _rows(posts: Steps, firsts: Sequence[date]) -> list[_Row]:
    """Return each post by itself; of a time without limit, those that there are at other times."""
    begins = [firsts[0], *(day for day, _ in posts if firsts[0] < day < firsts[-1])]
    level = np.array([on_day(posts, day) for day in begins])
    days = np.array([(day - firsts[0]).days for day in begins], dtype=np.float64)
    edges = np.append(days, float((firsts[-1] - firsts[0]).days))
    found = []
    for number in range(math.ceil(level[np.isfinite(level)].max(initial=0.0))):
        parts = np.clip(level - number, 0.0, 1.0)
        found.append(_Row(days, parts, np.append(0.0, np.cumsum(parts * np.diff(edges))), edges))
    return found


def _gaps(spells: Sequence[Spell], stays: Sequence[Stay]) -> Iterable[Spell]:
    """Return when a post is vacant: the time of its spells in which nobody is there."""
    for begin, end in spells:
        since = begin
        for stay in stays:
            if begin <= stay.joined < end:
                yield since, stay.joined
                since = stay.left
        yield since, end


def _days(months: Numbers, row: _Row, begin: float, end: float) -> Numbers:
    """Return the full-time equivalent days of a post from one day to another, by month."""
    return np.diff(np.interp(np.clip(months, begin, max(begin, end)), row.edges, row.days))


def _overlaps(months: Numbers, begin: float, end: float) -> Numbers:
    """Return the days of each month that lie between two days."""
    return np.diff(np.clip(months, begin, max(begin, end)))


def _before(row: _Row, days: Numbers) -> Numbers:
    """Return the part that a post is just before each of some days."""
    return row.parts[np.maximum(np.searchsorted(row.begins, days, side="left") - 1, 0)]


def _count(counts: Numbers, months: Numbers, day: float, part: float) -> None:
    """Count somebody in the month of a day, if that lies in the run."""
    if 0 <= day < months[-1]:
        counts[np.searchsorted(months, day, side="right") - 1] += part
