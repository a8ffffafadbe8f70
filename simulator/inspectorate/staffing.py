"""Staffing: from posts on paper to inspectors in the field, month by month.

Posts change on dates. Whoever is to fill a new post is recruited and trained first, and does not count before;
a post that is taken away is empty at once. Inspectors leave at random: each post by itself is filled for an
exponential time, whose rate is the yearly turnover, and then vacant until the next one is recruited and trained
(an alternating renewal process, in the long run filled 1 / (1 + turnover * years vacant) of its time).

Everybody is there and trained when the first month begins, the 1 April of the inspection year in which a run does.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from simulator.ticks import DAYS_PER_YEAR
from simulator.world.streams import DEPARTURE, exponential, identity

MOST_POSTS: Final = 100_000
"""Posts of a pool, at most; each of those whose inspectors leave at random has a history of its own."""

Steps = tuple[tuple[date, float], ...]
"""Full-time equivalents from dates on; the first also holds before its date."""
Spell = tuple[float, float]
"""From when and until when, in days since the first month began."""
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


def trained(posts: Steps, firsts: Sequence[date], days_to_fill: int) -> Steps:
    """Return the number of posts with a trained inspector, if nobody leaves.

    As many as there have been posts all the time that it takes to fill one, or since the first month began.
    """
    begin, end = firsts[0], firsts[-1]
    dates = [day for day, _ in posts if begin < day < end]
    filled = [day + timedelta(days=days_to_fill) for day in dates]
    return tuple(
        (day, _fewest(posts, max(begin, day - timedelta(days=days_to_fill)), day))
        for day in sorted({begin, *dates, *(day for day in filled if day < end)})
    )


def _fewest(posts: Steps, first: date, last: date) -> float:
    return min(on_day(posts, day) for day in (first, *(day for day, _ in posts if first < day <= last)))


def vacancies(
    run: np.uint64, post: np.uint64, spells: Sequence[Spell], yearly: float, days_to_fill: int
) -> Iterator[Spell]:
    """Return when a post is vacant because its inspector has left.

    Parameters
    ----------
    run : uint64
        Root of the random addresses of a replication.
    post : uint64
        Address of the post.
    spells : sequence of Spell
        While there is such a post; it is filled when a spell begins, and nobody fills it after its end.
    yearly : float
        Rate per year at which the inspector in the post leaves.
    days_to_fill : int
        Days until the next one is recruited and trained.
    """
    number = 0
    for begin, end in spells:
        filled = begin
        while filled < end:
            left = filled + exponential(run, DEPARTURE, post, number) * DAYS_PER_YEAR / yearly
            number += 1
            filled = left + days_to_fill
            if left < end:
                yield left, min(filled, end)


def spells_of(edges: Numbers, there: npt.NDArray[np.bool_]) -> list[Spell]:
    """Return from when and until when something is there, which says for each stretch between edges whether it is."""
    change = np.diff(there.astype(np.int64), prepend=0, append=0)
    return list(zip(edges[change > 0].tolist(), edges[change < 0].tolist(), strict=True))


@dataclass(frozen=True)
class Establishment:
    """The posts of a pool, or of its part in one region, and how they are filled."""

    pool: str
    region: str | None
    """The region that its inspectors work in, None for all."""
    posts: Steps
    days_to_fill: int
    """Days from the day on which a post is to be filled to that on which somebody new counts."""
    turnover: float
    """Share of the inspectors who leave in a year: the rate at which each of them does."""
    deployable: float
    """Share of the working days that an inspector spends in the field."""

    @property
    def name(self) -> str:
        """What tables call it, and what the histories of its posts are addressed by."""
        return self.pool if self.region is None else f"{self.pool} ({self.region})"

    @property
    def is_random(self) -> bool:
        """Whether somebody who leaves is missed."""
        return self.turnover > 0 and self.days_to_fill > 0

    def at_most(self, firsts: Sequence[date]) -> Numbers:
        """Return the inspectors in the field at once in each month if nobody leaves; not whole numbers."""
        return monthly_means(trained(self.posts, firsts, self.days_to_fill), firsts) * self.deployable

    def in_the_field(self, firsts: Sequence[date], run: np.uint64) -> Numbers:
        """Return the inspectors in the field at once in each month of a replication; not whole numbers.

        Parameters
        ----------
        firsts : sequence of date
            The first day of each month, and of the one after the last.
        run : uint64
            Root of the random addresses of the replication.

        Returns
        -------
        ndarray of shape (len(firsts) - 1,)
        """
        if not self.is_random:
            return self.at_most(firsts)
        steps = trained(self.posts, firsts, self.days_to_fill)
        there = monthly_means(steps, firsts) - self._vacant(steps, firsts, run)
        return np.maximum(there, 0.0) * self.deployable

    def _vacant(self, steps: Steps, firsts: Sequence[date], run: np.uint64) -> Numbers:
        """Average over each month the full-time equivalents whose inspector has left; the last post may be a part."""
        months = np.array([(first - firsts[0]).days for first in firsts], dtype=np.float64)
        edges = np.array([*((day - firsts[0]).days for day, _ in steps), months[-1]], dtype=np.float64)
        level = np.array([fte for _, fte in steps])
        gone = np.zeros(len(months))
        for number in range(math.ceil(level[np.isfinite(level)].max(initial=0.0))):
            part = np.clip(level - number, 0.0, 1.0)
            days = np.concatenate([[0.0], np.cumsum(part * np.diff(edges))])
            post = identity(f"{self.name}/{number + 1}")
            spells = spells_of(edges, part > 0)
            for left, filled in vacancies(run, post, spells, self.turnover, self.days_to_fill):
                gone += np.interp(np.clip(months, left, filled), edges, days)
        return np.diff(gone) / np.diff(months)
