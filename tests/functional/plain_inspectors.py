"""Inspectors in the plain model: a list of what waits, looked through whenever something has changed."""

import math
from collections.abc import Generator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import simpy

from simulator.inspectorate import capacity
from simulator.inspectorate.inspectors import InspectorSettings
from simulator.inspectorate.kind_of_inspection import KindOfInspection

WORKING_DAYS = 260
CALENDAR_DAYS_PER_WORKING_DAY = 7 / 5

Process = Generator[simpy.Event, Any, None]


def days_of(takes: KindOfInspection, service_type: str, effort: float) -> float:
    """Return for how many days an inspection runs that takes so many times the mean effort of its kind."""
    return takes.effort_days[service_type] * effort / takes.team * CALENDAR_DAYS_PER_WORKING_DAY


@dataclass(eq=False)
class Visit:
    """An inspection, from when it is raised."""

    row: int
    """Of its provider in the register: orders equals in the queue."""
    service_type: str
    kind: str
    takes: KindOfInspection
    """What the framework that planned it says of its kind."""
    source: str
    """Name of the rule that asked for it, or what else did."""
    rule: str | None
    """Rule that asked for it, or for one of whose visits it stands."""
    statutory: bool
    deadline: float
    wanted_by: float
    priority: int
    raised: float
    lapses: float
    """From when on it is not begun any more."""
    number: int
    effort: float
    """How many times the mean effort it takes."""
    called: simpy.Event
    """Happens when its team is free."""
    given_up: simpy.Event
    """Happens when a month begins and it has not been begun in its time."""
    blur: float = 1.0
    """How many times the usual noise its judgement has."""
    leniency: float = 0.0
    """Of who leads it, in standard deviations of the inspector's part of the noise."""
    inspector_days: float = 0.0
    started: float = math.inf
    ended: float = math.inf
    ran_out: float = math.inf
    """When it was given up."""
    truth: int = 0
    """True grade when it ended, 0 if the provider had closed."""
    judged: int = 0
    declines: bool = False
    """Whether it gave no grade and saw less than the last one."""

    @property
    def days(self) -> float:
        """Days from its beginning to its end."""
        return days_of(self.takes, self.service_type, self.effort)

    @property
    def runs(self) -> bool:
        """Whether its team has set out; it is asked only of what has not ended."""
        return self.started < math.inf

    def turn(self) -> tuple[float, ...]:
        """Order in the queue: priority, when it is wanted by, when it was raised, provider, then number."""
        return self.priority, self.wanted_by, self.raised, self.row, self.number


def month_after(day: date) -> date:
    """Give the first of the next month."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


class Pool:
    """Inspectors who do the same kinds of inspection; days are ordinals of the calendar."""

    def __init__(
        self,
        env: simpy.Environment,
        settings: capacity.Pool,
        days_per_fte: float,
        counts_from: float,
        people: InspectorSettings,
        random: np.random.Generator,
    ) -> None:
        self.env = env
        self.people = people
        self._random = random
        self._leniency: dict[int, float] = {}
        self.waiting: list[Visit] = []
        self.there = 0.0
        self.busy = 0
        self.days_worked = 0.0
        self.days_there = 0.0
        self.waiting_at_month_ends: list[int] = []
        self._settings = settings
        self._share = days_per_fte / WORKING_DAYS
        self._counts_from = counts_from
        self._since: float = env.now
        self._looking = False
        env.process(self._months())

    def settle(self) -> None:
        """Count who was there and who was busy until now, from the day on that counts."""
        days = max(self.env.now - max(self._since, self._counts_from), 0.0)
        self.days_worked += self.busy * days
        self.days_there += max(self.there, self.busy) * days
        self._since = self.env.now

    def lead(self, last: int) -> int:
        """Choose who leads a visit: the one who led the last, or any post."""
        posts = math.ceil(self._settings.fte_on(date.fromordinal(int(self.env.now))))
        returns = last < posts and self._random.random() < self.people.same_inspector_returns
        return last if last >= 0 and returns else int(self._random.integers(posts))

    def leniency(self, post: int) -> float:
        """Give how lenient somebody is, always the same."""
        if post not in self._leniency:
            self._leniency[post] = self._random.standard_normal()
        return self._leniency[post]

    def look(self) -> None:
        """See who can start, once all that happens at this moment has happened."""
        if not self._looking:
            self._looking = True
            self.env.process(self._start())

    def send_out(self, visit: Visit, sign: int = 1) -> None:
        """Send a team out, or (-1) take it back."""
        self.settle()
        self.busy += sign * visit.takes.team

    def _start(self) -> Process:
        yield self.env.timeout(0)
        self._looking = False
        statutory_alone = False
        for visit in sorted(self.waiting, key=Visit.turn):
            if visit.lapses <= self.env.now or (statutory_alone and not visit.statutory):
                continue
            if self.there - self.busy < visit.takes.team:
                if visit.statutory:
                    return
                statutory_alone = True
                continue
            self.waiting.remove(visit)
            visit.started = self.env.now
            self._hurry(visit)
            self.send_out(visit)
            visit.called.succeed()

    def _hurry(self, visit: Visit) -> None:
        """Shorten a visit that begins while too many wait."""
        rushing = self.people.rushing
        if rushing is not None and len(self.waiting) > rushing.waiting_per_inspector * self.there:
            visit.effort *= 1 - rushing.effort_cut
            visit.blur = rushing.sigma_factor

    def _give_up(self) -> None:
        for visit in [each for each in self.waiting if each.lapses <= self.env.now]:
            self.waiting.remove(visit)
            visit.given_up.succeed()

    def _months(self) -> Process:
        """Whole inspectors each month, so many that their sum keeps up with the sum of what was allowed."""
        allowed = 0.0
        while True:
            self.settle()
            if self.env.now > self._counts_from:
                self.waiting_at_month_ends.append(len(self.waiting))
            self._give_up()
            today = date.fromordinal(int(self.env.now))
            days = range(today.toordinal(), month_after(today).toordinal())
            fte = sum(self._settings.fte_on(date.fromordinal(day)) for day in days) / len(days)
            before = allowed
            allowed += fte * self._share
            self.there = math.inf if math.isinf(fte) else math.floor(allowed + 1e-9) - math.floor(before + 1e-9)
            self.look()
            yield self.env.timeout(days.stop - self.env.now)
