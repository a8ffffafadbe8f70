"""Careers: who holds each post, from joining through training until leaving.

Each post by itself is held until its inspector leaves, and then vacant until the next one has been recruited (an
alternating renewal process, in the long run filled 1 / (1 + turnover * years to recruit and train) of its time).
Where a pool has intakes by date and number, nobody is recruited but by them: those who join take the vacant posts.

Whoever is there when the first month begins is trained and experienced.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from simulator.ticks import DAYS_PER_YEAR
from simulator.world.streams import DEPARTURE, exponential

Spell = tuple[float, float]
"""From when and until when, in days since the first month began."""


class Stay(NamedTuple):
    """Somebody in a post; days since the first month began."""

    post: int
    joined: float
    trained: float
    """May lie after `left`."""
    left: float
    came: bool
    """Whether the inspector came from outside, and not from another post or with the beginning."""
    went: bool
    """Whether the inspector left the pool, and did not take another post or outlast the run."""


@dataclass(frozen=True)
class Filling:
    """How the posts of a pool are filled; days since the first month began."""

    recruitment_days: int = 0
    """From the day on which a post is to be filled, or an intake is begun, to that on which somebody joins."""
    training_days: int = 0
    turnover: tuple[tuple[float, float], ...] = ()
    """Years since the end of training from which a yearly rate of leaving holds, and this rate; the first from 0."""
    freezes: tuple[Spell, ...] = ()
    """Stretches in which nobody joins and recruitment stands still, one after another."""
    intakes: tuple[tuple[float, int], ...] | None = None
    """Days on which intakes are begun, and their numbers; None if each post is filled by itself."""
    intakes_from: float = 0.0
    """Day until which each post is filled by itself all the same."""

    def joining(self, vacant: float) -> float:
        """Return the day on which somebody joins who has been looked for since another."""
        day = vacant + self.recruitment_days
        for begin, end in self.freezes:
            if day < begin:
                break
            if end > vacant:
                day += end - max(begin, vacant)
        return day

    def tenure(self, unit: float, *, experienced: bool) -> float:
        """Return the days from the end of training, or from the beginning of the run, for which an inspector stays.

        Parameters
        ----------
        unit : float
            The cumulative rate at which the inspector leaves: exponential with mean 1.
        experienced : bool
            Whether the last rate holds from the start.
        """
        froms = [begin for begin, _ in self.turnover]
        steps = [*zip(self.turnover, [*froms[1:], math.inf], strict=True)]
        for (begin, rate), until in steps[-1:] if experienced else steps:
            if rate > 0 and unit <= rate * (until - begin):
                served = 0.0 if experienced else begin
                return (served + unit / rate) * DAYS_PER_YEAR
            unit -= rate * (until - begin)
        return math.inf


def by_post(
    filling: Filling, post: int, address: np.uint64, spells: Sequence[Spell], run: np.uint64 | None
) -> Iterator[Stay]:
    """Return who holds a post that is filled by itself.

    Parameters
    ----------
    filling
    post
        Its number, from 0.
    address : uint64
        Of its random numbers.
    spells : sequence of Spell
        While there is such a post; nobody fills it after the end of a spell.
    run : uint64, optional
        Root of the random addresses of a replication; None if nobody leaves.
    """
    number = 0
    for begin, end in spells:
        there = begin == 0
        joined = begin if there else filling.joining(begin)
        while joined < end:
            trained = joined if there else joined + filling.training_days
            left = trained + _tenure(filling, run, address, number, experienced=there)
            number += 1
            yield Stay(post, joined, trained, min(left, end), came=not there, went=True)
            there = False
            joined = filling.joining(left)


def _tenure(filling: Filling, run: np.uint64 | None, address: np.uint64, number: int, *, experienced: bool) -> float:
    """Draw for how long an inspector stays; for ever where no replication is given."""
    if run is None or not filling.turnover:
        return math.inf
    return filling.tenure(exponential(run, DEPARTURE, address, number), experienced=experienced)


@dataclass
class _Roll:
    """Who holds which post, while intakes and cuts are gone through by date."""

    filling: Filling
    addresses: Sequence[np.uint64]
    run: np.uint64 | None
    held: dict[int, tuple[Stay, float]] = field(default_factory=dict)
    """By post: the stay that began, and when the inspector leaves."""
    stays: list[Stay] = field(default_factory=list)
    numbers: dict[int, int] = field(default_factory=dict)
    """Departures drawn so far, by post."""

    def join(self, post: int, day: float) -> None:
        """Somebody new takes a post."""
        trained = day + self.filling.training_days
        number = self.numbers.get(post, 0)
        self.numbers[post] = number + 1
        left = trained + _tenure(self.filling, self.run, self.addresses[post], number, experienced=False)
        self.held[post] = Stay(post, day, trained, left, came=True, went=True), left

    def begin(self, post: int, spells: Sequence[Spell], day: float) -> None:
        """Fill a post by itself until a day, on which whoever holds it stays."""
        before = [(begin, math.inf if end > day else end) for begin, end in spells if begin <= day]
        for stay in by_post(self.filling, post, self.addresses[post], before, self.run):
            if stay.joined > day:
                return
            self.numbers[post] = self.numbers.get(post, 0) + 1
            if stay.left <= day:
                self.stays.append(stay)
            else:
                self.held[post] = stay, stay.left

    def leave_until(self, day: float) -> None:
        """Whoever leaves by a day has gone."""
        for post in [post for post, (_, left) in self.held.items() if left <= day]:
            self.stays.append(self.held.pop(post)[0])

    def cut(self, post: int, day: float, vacant: int | None) -> None:
        """A post is taken away: its inspector takes a vacant one, or leaves."""
        stay, left = self.held.pop(post)
        self.stays.append(stay._replace(left=day, went=vacant is None))
        if vacant is not None:
            self.held[vacant] = Stay(vacant, day, stay.trained, left, came=False, went=True), left


def by_intake(
    filling: Filling,
    addresses: Sequence[np.uint64],
    spells: Sequence[Sequence[Spell]],
    end: float,
    run: np.uint64 | None,
) -> list[Stay]:
    """Return who holds the posts of a pool in which only intakes fill them.

    Those who join take the vacant posts with the lowest numbers; for whom there is none, is not taken on. Of posts that
    are taken away, vacant ones go first: inspectors move to those that stay. Before the day from which intakes fill
    posts, each is filled by itself (`by_post`).

    Parameters
    ----------
    filling
    addresses : sequence of uint64
        Of the random numbers of each post.
    spells : sequence of sequence of Spell
        While there is each post.
    end : float
        Of the run.
    run : uint64, optional
        Root of the random addresses of a replication; None if nobody leaves.
    """
    roll = _Roll(filling, addresses, run)
    joins: dict[float, int] = {}
    for begun, number in filling.intakes or ():
        day = filling.joining(begun)
        joins[day] = joins.get(day, 0) + number
    begins = filling.intakes_from
    for post, of_post in enumerate(spells):
        roll.begin(post, of_post, begins)
    for day in sorted({*joins, *(last for of_post in spells for _, last in of_post if last < end)}):
        if not begins <= day < end:
            continue
        roll.leave_until(day)
        standing = [post for post, of_post in enumerate(spells) if any(a <= day < b for a, b in of_post)]
        vacant = [post for post in standing if post not in roll.held]
        for post in sorted(set(roll.held) - set(standing)):
            roll.cut(post, day, vacant.pop(0) if vacant else None)
        for post in vacant[: joins.get(day, 0)]:
            roll.join(post, day)
    roll.leave_until(end)
    outlasting = [stay._replace(left=end, went=False) for stay, _ in roll.held.values()]
    return sorted([*roll.stays, *outlasting])
