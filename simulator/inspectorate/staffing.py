"""Staffing: from posts on paper to inspectors in the field, month by month.

Posts change on dates. Whoever is to fill a new post is recruited and trained first; a post that is taken away is empty
at once (`simulator.inspectorate.careers`). Somebody in training does a share of the work of an inspector. Agency staff
come on a date, need no training, and are paid by the day.

Everybody is there and trained when the first month begins, the 1 April of the inspection year in which a run does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from simulator.inspectorate.careers import Filling
from simulator.inspectorate.staff import Numbers, Staff, Steps, monthly_means, staff_at_once, staff_of
from simulator.ticks import MONTHS

MOST_POSTS: Final = 100_000
"""Posts of a pool, at most; each of those whose inspectors leave at random has a history of its own."""


@dataclass(frozen=True)
class Hire:
    """Agency staff for a time, or others who work beyond the posts, as in overtime."""

    steps: Steps
    cost_per_day: float
    """Pounds for each deployable day, used or not."""


@dataclass(frozen=True)
class Recruitment:
    """How posts are filled, by dates."""

    recruitment_days: int = 0
    """Days from that on which a post is to be filled, or an intake is begun, to that on which somebody joins."""
    training_days: int = 0
    training_output: float = 0.0
    """Share of an inspector's work that somebody in training does."""
    turnover: tuple[tuple[float, float], ...] = ()
    """Years since the end of training from which a yearly rate of leaving holds, and this rate."""
    freezes: tuple[tuple[date, date], ...] = ()
    """From when and until when nobody joins and recruitment stands still."""
    intakes: tuple[tuple[date, int], ...] | None = None
    """When intakes are begun, and their numbers; None if each post is filled by itself."""
    intakes_from: date | None = None
    """Day until which each post is filled by itself all the same; None for the beginning of the run."""

    @property
    def is_random(self) -> bool:
        """Whether somebody who leaves is missed."""
        away = self.recruitment_days + self.training_days > 0 or self.intakes is not None or bool(self.freezes)
        return away and any(rate > 0 for _, rate in self.turnover)

    @property
    def is_immediate(self) -> bool:
        """Whether a post is filled as soon as it is there, and stays so."""
        slow = self.recruitment_days or self.training_days or self.freezes or self.intakes is not None
        return not (slow or self.turnover)

    def from_day(self, first: date) -> Filling:
        """Return the same in days since one."""
        return Filling(
            self.recruitment_days,
            self.training_days,
            self.turnover,
            tuple((float((begin - first).days), float((end - first).days)) for begin, end in self.freezes),
            None
            if self.intakes is None
            else tuple((float((day - first).days), number) for day, number in self.intakes),
            0.0 if self.intakes_from is None else max(float((self.intakes_from - first).days), 0.0),
        )


@dataclass(frozen=True)
class Establishment:
    """The posts of a pool, or of its part in one region, and how they are filled."""

    pool: str
    region: str | None
    """The region that its inspectors work in, None for all."""
    posts: Steps
    recruitment: Recruitment
    deployable: float
    """Share of the working days that an inspector spends in the field."""
    hires: tuple[Hire, ...] = ()
    by_month: tuple[float, ...] = (1.0,) * MONTHS
    """Deployable days of each calendar month, January first, relative to those of a mean month."""

    @property
    def name(self) -> str:
        """What tables call it, and what the histories of its posts are addressed by."""
        return self.pool if self.region is None else f"{self.pool} ({self.region})"

    @property
    def is_random(self) -> bool:
        """Whether somebody who leaves is missed."""
        return self.recruitment.is_random

    def at_most(self, firsts: Sequence[date]) -> Numbers:
        """Return the inspectors in the field at once in each month if nobody leaves; not whole numbers."""
        return self.in_the_field(firsts, None)

    def in_the_field(self, firsts: Sequence[date], run: np.uint64 | None) -> Numbers:
        """Return the inspectors in the field at once in each month of a replication; not whole numbers.

        Parameters
        ----------
        firsts : sequence of date
            The first day of each month, and of the one after the last.
        run : uint64, optional
            Root of the random addresses of the replication; None if nobody leaves.

        Returns
        -------
        ndarray of shape (len(firsts) - 1,)
        """
        staff = self.staff(firsts, run)
        there = staff.in_post - (1.0 - self.recruitment.training_output) * staff.in_training + staff.agency
        offered = np.array([self.by_month[first.month - 1] for first in firsts[:-1]])
        return np.maximum(there, 0.0) * self.deployable * offered

    def staff(self, firsts: Sequence[date], run: np.uint64 | None) -> Staff:
        """Return who is in post, in training, joins and leaves, by month; parameters as for `in_the_field`."""
        agency = sum((monthly_means(hire.steps, firsts) for hire in self.hires), start=np.zeros(len(firsts) - 1))
        if self.recruitment.is_immediate:
            return staff_at_once(self.posts, agency, firsts)
        return staff_of(self.posts, agency, self.recruitment.from_day(firsts[0]), self.name, firsts, run)
