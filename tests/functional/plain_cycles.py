"""Cycles and rounds in the plain model: an inspection within so many months of the last, or between two dates."""

import math
from itertools import count
from typing import TYPE_CHECKING

from simulator.inspectorate.rules import Interval, Round, Visits

from .plain_inspectors import Visit
from .plain_rules import DAYS_PER_MONTH, round_at, year_end
from .plain_statutory import MINUTE, Statutory
from .plain_yearly import Yearly

if TYPE_CHECKING:
    from .plain_planning import Planner


class Cycle(Statutory):
    """An inspection within so many months of the last."""

    def __init__(self, planner: "Planner", name: str, rule: Interval) -> None:
        super().__init__(planner, name, rule)
        self._early: tuple[float, float] = (math.nan, 0.0)
        """When the present cycle began, and where between nothing and the most its visit comes early."""
        self._lapsed = -math.inf

    def interval(self) -> float:
        """Give the days of the cycle."""
        months = self.by_rating(self.rule.months)
        return months * DAYS_PER_MONTH if months else math.inf

    def look(self) -> None:
        """Set the date by which an inspection must have ended, and plan one that has by then."""
        interval = self.interval()
        if self.rule.statutory:
            due = self._date(interval)
            there = bool(self.in_hand())
        else:
            due = max(self._began(), self._lapsed) + interval
            there = self.is_raised()
        if due == math.inf or there or self.name in self.planner.plans or self.planner.awaits_first():
            return
        spare = min(self.rule.last_days_free, interval / 4)
        early = self.rule.available_share * interval * self._how_early()
        self.ask(due - self.days_needed() - spare - early, due)

    def has_ended(self) -> None:
        """Drop the plan: the rating may be another, or the cycle begins anew."""
        self.planner.plans.pop(self.name, None)

    def has_lapsed(self, visit: Visit) -> None:
        """Ask again an interval after the date at which nobody came, if it was this rule's; another may have hid it."""
        if visit.rule == self.name:
            self._lapsed = visit.deadline
        self.look()

    def _began(self) -> float:
        last = self.last_end()
        return last if last > -math.inf else self.planner.provider.opened

    def _how_early(self) -> float:
        if self._early[0] != self._began():
            self._early = self._began(), self.random.random()
        return self._early[1]

    def _date(self, interval: float) -> float:
        """Return the date of the duty: that which the rule sets, but what is new leaves some days to come into line."""
        if interval == math.inf:
            self.planner.ledger.void(self.name)
            return interval
        by_rule = self._began() + interval
        new = self.env.now > self.planner.provider.opened
        days_left = min(self.rule.catch_up_days, interval) if new else self.days_needed()
        in_time = max(by_rule, self.env.now + days_left)
        for duty in self.duties():
            duty.due = min(in_time, duty.due) if by_rule < duty.due else by_rule
            for visit in self.in_hand():
                if visit.rule == self.name and not visit.runs:
                    visit.deadline, visit.wanted_by = duty.due, min(visit.wanted_by, duty.due)
            return float(duty.due)
        self.planner.ledger.open(self.name, max(self._began(), self.planner.provider.opened), in_time)
        return in_time


class Rounds(Statutory):
    """Every provider once between two dates, and again in the next round."""

    began: float = 0
    """First day of the round for which an inspection is planned."""
    _opened = 0
    """Rounds of which it is known whether they ask for an inspection."""
    _day: tuple[float, float] = (math.nan, 0.0)
    """Last day of a round, and where in it the inspection falls."""

    def begin_year(self) -> None:
        """Owe an inspection in each round that begins within the year, whatever is still to be made."""
        self.look()
        while self._open_next(year_end(self.env.now)):
            pass

    def look(self) -> None:
        """Plan the inspection of the first round that wants one, on any day that is left of it."""
        if not self.duties():
            self._open_next(math.inf)
        if not self.duties() or self.name in self.planner.plans or self.in_hand() or self.planner.awaits_first():
            return
        duty = self.duties()[0]
        self.began = duty.began
        if self._day[0] != duty.due:
            self._day = duty.due, self.random.random()
        begin = max(duty.began, self.env.now)
        usable = duty.due - max(self.rule.last_days_free, self.days_needed()) - begin
        self.ask(begin + self._day[1] * max(usable, MINUTE), duty.due)

    def meet(self, visit: Visit) -> None:
        """Meet the duty of a round with an inspection that was raised after it had begun."""
        if self.duties() and visit.raised >= self.duties()[0].began:
            self.planner.ledger.meet(self.name)

    def has_ended(self) -> None:
        """Drop the plan if its round is served."""
        plan = self.planner.plans.get(self.name)
        if plan is not None and plan.deadline not in [duty.due for duty in self.duties()]:
            del self.planner.plans[self.name]

    def _open_next(self, by: float) -> bool:
        """Owe an inspection in the next round that begins before a day and has none, and is not as good as over."""
        last = self.planner.last
        raised = max((last[kind].raised for kind in self.satisfied_by if kind in last), default=-math.inf)
        for number in count(self._opened) if self.rule.repeat_months else range(self._opened, 1):
            begins, ends = round_at(self.rule, number)
            if begins >= by:
                return False
            self._opened = number + 1
            if raised < begins and self.env.now < ends - self.rule.last_days_free:
                self.planner.ledger.open(self.name, begins, ends, statutory=self.rule.statutory)
                return True
        return False


def at_provider(planner: "Planner", name: str, rule: Visits | Interval | Round) -> Statutory:
    """Give a rule its form."""
    if isinstance(rule, Visits):
        return Yearly(planner, name, rule)
    return Cycle(planner, name, rule) if isinstance(rule, Interval) else Rounds(planner, name, rule)
