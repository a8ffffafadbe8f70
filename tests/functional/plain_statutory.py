"""The three forms of statutory rule in the plain model: what one rule asks for at one provider."""

import math
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.inspectorate.framework import KindOfInspection
from simulator.inspectorate.rules import Interval, Round, Visits

from .plain_rules import DAYS_PER_MONTH, GRADES, profile_of, round_at, year_end, year_left, year_start

if TYPE_CHECKING:
    from .plain_planning import Planner

MINUTE = 1 / 1440


class Visited(NamedTuple):
    """When the last visit of a kind was raised and ended."""

    raised: float
    ended: float


class Plan:
    """The next inspection that a rule or another cause will raise."""

    def __init__(
        self, due: float, kind: str, takes: KindOfInspection, *, wanted_by: float, deadline: float = math.inf
    ) -> None:
        self.due = due
        self.kind = kind
        self.takes = takes
        self.wanted_by = wanted_by
        self.deadline = deadline
        self.statutory = False
        self.priority = takes.priority
        self.moved = False
        self.not_before = -math.inf
        """Day before which a first inspection or a re-inspection is not moved."""


class Statutory:
    """A statutory rule as it stands at one provider."""

    def __init__(self, planner: "Planner", name: str, rule: Any) -> None:
        self.planner = planner
        self.env = planner.env
        self.random = planner.random
        self.name = name
        self.rule = rule
        self.satisfied_by = planner.provider.rules.satisfied_by[name]

    def says_the_same(self, rule: Any, satisfied_by: set[str]) -> bool:
        """Tell whether another framework's rule is this one."""
        told = {"types", "source", "satisfied_by"}
        return bool(self.rule.model_dump(exclude=told) == rule.model_dump(exclude=told)) and (
            self.satisfied_by == satisfied_by
        )

    def begin_year(self) -> None:
        """Plan a year, or what is left of it."""
        self.look()

    def look(self) -> None:
        """Plan what is not yet planned, after news."""

    def has_ended(self, kind: str) -> None:
        """Take note that an inspection of some kind has ended."""

    def has_raised(self) -> None:
        """Let the inspection asked for, now raised, stand for one that another rule asks for."""
        self.planner.stand_for_next(self.rule.kind, self.env.now)

    def interval(self) -> float:
        """Give the days from one inspection to the next at the present rating."""
        return math.inf

    def by_rating(self, values: Any) -> float:
        """Give the value for the present rating."""
        return float(getattr(values, GRADES[self.planner.provider.rating]))

    def last(self) -> list[Visited]:
        """Give the last visit of each kind that satisfies the rule."""
        return [visited for kind, visited in self.planner.last.items() if kind in self.satisfied_by]

    def last_end(self) -> float:
        """Give when the last inspection that satisfies the rule ended."""
        return max((visited.ended for visited in self.last()), default=-math.inf)

    def ask(self, due: float, deadline: float) -> None:
        """Plan the next inspection."""
        takes = self.planner.provider.rules.kinds[self.rule.kind]
        plan = Plan(max(due, self.env.now), self.rule.kind, takes, wanted_by=deadline, deadline=deadline)
        plan.statutory = self.rule.statutory
        plan.priority = self.rule.priority or takes.priority
        self.planner.plans[self.name] = plan


class Yearly(Statutory):
    """So many visits in each inspection year."""

    def __init__(self, planner: "Planner", name: str, rule: Visits) -> None:
        super().__init__(planner, name, rule)
        self.since = 0.0
        self.owed = 0
        self.placed = 0
        self.held = 0.0
        """Visits a year by the rating for which they are owed."""
        self.ahead = 0
        """Visits made on account of the next year."""
        self.last_raised = -math.inf

    def interval(self) -> float:
        """Give the mean days between visits."""
        per_year = self.by_rating(self.rule.per_year)
        return 365 / per_year if per_year else math.inf

    def begin_year(self) -> None:
        """Owe the year's visits by the rating held; while a first inspection is to come, the others wait for it."""
        self.held = self.by_rating(self.rule.per_year)
        owed = self._whole(self.held)
        if self.planner.awaits_first():
            self.since, self.owed, self.placed = self.env.now, owed, 0
            self.planner.plans.pop(self.name, None)
            return
        made = min(self.ahead, owed)
        self.ahead -= made
        self._lay_out(owed - made)

    def owe_after_first(self) -> None:
        """Reckon anew what is owed, where the day on which the first inspection ends says so."""
        month = self.rule.whole_year_if_first_before
        if month is None:
            return
        started = date.fromordinal(year_start(self.env.now))
        number = 1 + [date(2000, each, 1).strftime("%B").lower() for each in range(1, 13)].index(month)
        before = date(started.year + (number < started.month), number, 1)
        self.owed = round(self.held) if self.env.now < before.toordinal() else self._whole(self.held)

    def first_has_ended(self, *, is_one: bool) -> None:
        """Plan what has waited for the first inspection, which may be one of this rule's."""
        self.last_raised = self.env.now
        self._lay_out(max(self.owed - self.placed - is_one, 0))

    def look(self) -> None:
        """Owe the difference if the provider is rated worse, unless the rating of 1 April counts all year."""
        per_year = self.by_rating(self.rule.per_year)
        if per_year > self.held and self.rule.rating == "current":
            more = self._whole(per_year - self.held)
            self.held = per_year
            if self.planner.awaits_first():
                self.owed += more
            elif more:
                self._lay_out(self.owed - self.placed + more)

    def has_raised(self) -> None:
        """Plan the next visit of the year."""
        self._count(self.env.now)

    def left(self, due: float) -> int:
        """Count the visits that may still be left out in the year in which an inspection of another origin is due."""
        if due >= year_end(self.env.now):
            return round(self.by_rating(self.rule.per_year)) - self.ahead
        return self.owed - self.placed

    def leave_one_out(self, due: float) -> None:
        """Leave out the next visit of the year in which an inspection of another origin is due."""
        if due >= year_end(self.env.now):
            self.ahead += 1
            self.last_raised = due
        else:
            self._count(due)

    def may_reach(self, kinds: set[str]) -> bool:
        """Tell whether news that moves these kinds may have the first visit of the next year made sooner."""
        return not self.ahead and self.rule.kind in kinds and self.by_rating(self.rule.per_year) > 0

    def from_next_year(self) -> None:
        """Owe the first visit of the next year in this one."""
        self.owed += 1
        self.ahead += 1
        end = year_end(self.env.now)
        self.ask(end - MINUTE, year_end(end))

    def _count(self, when: float) -> None:
        self.last_raised = when
        self.placed += 1
        if not self.planner.awaits_first():
            self._place_next()

    def _whole(self, per_year: float) -> int:
        """Give whole visits for what is left of the year, the right number on average."""
        expected = per_year * year_left(self.env.now)
        return int(expected) + int(self.random.random() < expected % 1)

    def _lay_out(self, owed: int) -> None:
        self.since, self.owed, self.placed = self.env.now, owed, 0
        self._place_next()

    def _place_next(self) -> None:
        """Place the next visit in its part of what is left of the year, away from the last one."""
        self.planner.plans.pop(self.name, None)
        if self.placed >= self.owed:
            return
        rule = self.rule
        profile = profile_of(rule.month_profile, year_start(self.since), rule.last_days_free)
        gone = profile.share_before(self.since)
        time_of_year = self.planner.time_of_year(self.name, self.placed, rule.year_to_year_correlation)
        day = profile.day_at(gone + (1 - gone) * (self.placed + time_of_year) / self.owed)
        end = year_end(self.since)
        spacing = rule.minimum_spacing_days
        latest = end - rule.last_days_free - (self.owed - self.placed - 1) * spacing - MINUTE
        self.ask(min(max(day, max(self.last_raised, self.last_end()) + spacing), latest), end)


class Cycle(Statutory):
    """An inspection within so many months of the last."""

    def interval(self) -> float:
        """Give the days of the cycle."""
        months = self.by_rating(self.rule.months)
        return months * DAYS_PER_MONTH if months else math.inf

    def look(self) -> None:
        """Plan the next inspection a random time before its deadline."""
        interval = self.interval()
        if self.planner.is_awaited(self) or interval == math.inf:
            return
        last = self.last_end()
        deadline = (last if last > -math.inf else self.planner.provider.opened) + interval
        self.ask(deadline - self.rule.available_share * interval * self.planner.how_early, deadline)

    def has_ended(self, kind: str) -> None:
        """Drop the plan: the rating may be another, or the cycle begins anew."""
        self.planner.plans.pop(self.name, None)


class Rounds(Statutory):
    """Every provider once between two dates, and again in the next round."""

    began = 0
    """First day of the round for which an inspection is planned."""

    def look(self) -> None:
        """Plan the inspection of the first round that is not over and not served yet, on any day that is left of it."""
        if self.planner.is_awaited(self):
            return
        last_raised = max((visited.raised for visited in self.last()), default=-math.inf)
        for number in range(100 if self.rule.repeat_months else 1):
            begins, ends = round_at(self.rule, number)
            if ends > self.env.now and last_raised < begins:
                self.began = begins
                begin = max(begins, self.env.now)
                self.ask(begin + self.random.random() * (ends - self.rule.last_days_free - begin), ends)
                return

    def has_ended(self, kind: str) -> None:
        """Drop the plan if the round is served."""
        if kind in self.satisfied_by:
            self.planner.plans.pop(self.name, None)


def at_provider(planner: "Planner", name: str, rule: Visits | Interval | Round) -> Statutory:
    """Give a rule its form."""
    if isinstance(rule, Visits):
        return Yearly(planner, name, rule)
    return Cycle(planner, name, rule) if isinstance(rule, Interval) else Rounds(planner, name, rule)
