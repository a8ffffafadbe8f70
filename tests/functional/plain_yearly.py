"""Visits in an inspection year in the plain model: how many one rule owes one provider, and when they fall."""

import math
from datetime import date
from typing import TYPE_CHECKING

from simulator.inspectorate.rules import Visits

from .plain_inspectors import Process, Visit, days_of
from .plain_rules import profile_of, year_end, year_left, year_start
from .plain_statutory import AGAIN, MINUTE, Plan, Statutory

if TYPE_CHECKING:
    from .plain_planning import Planner


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
        """Visits planned or made on account of the next year."""
        self.made_ahead = 0
        """Those of them that have ended."""
        self.last_raised = -math.inf
        self.last_late = -math.inf
        """When the last visit began that was late."""

    def interval(self) -> float:
        """Give the mean days between visits."""
        per_year = self.by_rating(self.rule.per_year)
        return 365 / per_year if per_year else math.inf

    # --- what is owed

    def begin_year(self) -> None:
        """Owe the year's visits by the rating held; while a first inspection is to come, the others wait for it."""
        self.held = self.by_rating(self.rule.per_year)
        owed = self._whole(self.held)
        made, ahead = min(self.made_ahead, owed), min(self.ahead, owed)
        self.made_ahead -= made
        self.ahead = self.made_ahead
        self.planner.plans.pop(self.name, None)
        if self.planner.awaits_first():
            self.since, self.owed, self.placed = self.env.now, owed, made + self._standing_for_it()
            return
        self.owed = self.placed = 0
        self._open(owed)
        for _ in range(made):
            self.planner.ledger.meet(self.name)
        self._lay_out(max(self._unplanned(), 0) if self.rule.statutory else owed - ahead)

    def begin_at_registration(self) -> None:
        """Owe the visits for the rest of the year."""
        self.begin_year()

    def take_over(self, before: "Yearly") -> None:
        """Know of what was made ahead under the rule before."""
        self.ahead, self.made_ahead = before.ahead, before.made_ahead

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
        """Owe and plan what has waited for the first inspection, which may be one of this rule's."""
        self.last_raised = self.env.now
        to_come = max(self._standing_for_it() - (self.ahead - self.made_ahead), 0)
        made = max(self.placed - to_come, 0)
        further = 0 if self._is_too_late() else max(self.owed - made - is_one, 0)
        self._open(further)
        self._lay_out(max(further - to_come, 0))

    def has_ended(self) -> None:
        """Drop what is planned beyond the visits that the law still asks for."""
        if self.rule.statutory and not self.planner.awaits_first() and not self.planner.provider.rules.again_on_top:
            self.owed = max(self.owed + min(self._unplanned(), 0), self.placed)
            if self.owed == self.placed:
                self.planner.plans.pop(self.name, None)

    def look(self) -> None:
        """Owe the difference if the provider is rated worse, unless the rating of 1 April counts all year."""
        per_year = self.by_rating(self.rule.per_year)
        if per_year <= self.held or self.rule.rating != "current":
            return
        more = self._whole(per_year - self.held)
        self.held = per_year
        if self.planner.awaits_first():
            self.owed += more
        elif more:
            self._open(more)
            before = self.planner.plans.get(self.name)
            self._lay_out(self.owed - self.placed + more - self._take_reinspection())
            plan = self.planner.plans.get(self.name, before)
            if plan is not None and before is not None and before.moved and before.due < plan.due:
                plan.due, plan.moved, plan.wanted_by = before.due, True, min(before.wanted_by, plan.wanted_by)

    def _open(self, visits: int) -> None:
        if self.rule.statutory:
            end = year_end(self.env.now)
            for _ in range(visits):
                self.planner.ledger.open(self.name, self.env.now, end)
            if visits:
                self.env.process(self._make_sure(end))

    def _whole(self, per_year: float) -> int:
        """Give whole visits for what is left of the year, the right number on average; none when it is too late."""
        expected = per_year * year_left(self.env.now)
        return 0 if self._is_too_late() else int(expected) + int(self.random.random() < expected % 1)

    def _is_too_late(self) -> bool:
        return self.env.now >= year_end(self.env.now) - max(int(self.rule.last_days_free), self.days_needed())

    # --- what is made

    def has_raised(self, visit: Visit) -> None:
        """Plan the next visit of the year."""
        self._count(self.env.now)

    def has_lapsed(self, visit: Visit) -> None:
        """Plan a visit of the year again, since what was to be it, or to stand for it, will not be made."""
        if self.planner.awaits_first():
            self.placed -= visit.rule == self.name
        elif self.rule.statutory and self._unplanned() > 0:
            self._owe_again(1)

    def claim(self, visit: Visit) -> int:
        """Return how good the claim is that an inspection is a visit of this rule: of all rules it is one of one."""
        ahead = visit.source != AGAIN and self.ahead > self.made_ahead
        if visit.rule == self.name and (self.duties() or ahead):
            return 3
        if not self.duties():
            return 0
        return 2 if visit.kind == self.rule.kind else 1

    def meet(self, visit: Visit) -> None:
        """Count an inspection as the visit that is due, or as one of the next year."""
        if self.duties():
            self.planner.ledger.meet(self.name)
        elif self.ahead > self.made_ahead:
            self.made_ahead += 1

    # --- what stands for a visit

    def left(self, ends: float) -> int:
        """Count the visits that may still be left out in the year in which an inspection of another origin ends."""
        if ends > year_end(self.env.now):
            return round(self.by_rating(self.rule.per_year)) - self.ahead
        return self.owed - self.placed

    def leave_one_out(self, due: float, ends: float) -> None:
        """Leave out the next visit of the year in which an inspection of another origin ends."""
        end = year_end(self.env.now)
        if ends > end:
            self.ahead += 1
            self.last_raised = due
            end = year_end(end)
        else:
            self._count(due)
        self.env.process(self._make_sure(end))

    def may_reach(self, kinds: set[str]) -> bool:
        """Tell whether news that moves these kinds may have the first visit of the next year made sooner."""
        return not self.ahead and self.rule.kind in kinds and self.by_rating(self.rule.per_year) > 0

    def from_next_year(self) -> None:
        """Owe the first visit of the next year in this one."""
        self.owed += 1
        self.ahead += 1
        end = year_end(self.env.now)
        self.ask(end - MINUTE, year_end(end))

    def _make_sure(self, end: float) -> Process:
        """When the end of a year is near, see to it that as much is in hand as the law wants by then."""
        near = end - max(self.rule.last_days_free, self.days_needed()) - MINUTE
        yield self.env.timeout(max(near - self.env.now, 0.0))
        goes_on = self.planner.statutory.get(self.name) is self and not self.planner.provider.closed.triggered
        if not (goes_on and self.rule.statutory):
            return
        short = sum(duty.due <= end for duty in self.duties()) - len(self._in_hand_for_it()) - self.owed + self.placed
        for visit in self.at_discretion()[: max(short, 0)]:
            self.promote(visit, end)
            short -= 1
        for plan in self.planner.others_planned():
            if short > 0 and plan.due < end and plan.kind in self.satisfied_by:
                self._make_statutory(plan, end)
                short -= 1
        if short > 0 and not self.planner.awaits_first():
            self._owe_again(short)
        self.planner.provider.stir_planning()

    def _make_statutory(self, plan: Plan, end: float) -> None:
        """Make what is planned for something else one of this rule's visits, early enough to end in the year."""
        plan.statutory, plan.deadline, plan.rule = True, min(plan.deadline, end), self.name
        plan.priority = min(plan.priority, self.priority())
        provider = self.planner.provider
        if plan.effort is None:
            plan.effort = provider.spread(plan.takes.effort_spread)
        latest = end - days_of(plan.takes, provider.service_type, plan.effort)
        plan.due = min(plan.due, max(latest, self.env.now))

    def _in_hand_for_it(self) -> list[Visit]:
        """Return what is in hand, without what is for another yearly rule."""
        own = [visit for visit in self.in_hand() if visit.rule == self.name]
        end = year_end(self.env.now)
        return self._others_in_hand() + [v for v in own if v.statutory or v.started + v.days <= end]

    def _others_in_hand(self) -> list[Visit]:
        """Return what will count though raised for no yearly rule; what another rule raised, if it is in time."""
        yearly, end = [rule.name for rule in self.planner.yearly()], year_end(self.env.now)
        others = [v for v in self.in_hand() if v.rule not in yearly and self.planner.rule_met(v.kind) is self]
        waits = [visit for visit in others if visit.statutory and (visit.rule is None or not visit.runs)]
        return waits + [v for v in others if v not in waits and v.runs and v.started + v.days <= end]

    def _standing_for_it(self) -> int:
        """Count what stands for a visit of this rule: planned for another cause, or in hand."""
        planned = sum(plan.rule == self.name for plan in self.planner.others_planned())
        return planned + sum(visit.rule == self.name for visit in self.planner.provider.outstanding)

    def _unplanned(self) -> int:
        """Count the visits that the law wants beyond those planned and in hand; below 0 it wants fewer."""
        wanted = len(self.duties()) + self.ahead - self.made_ahead
        return wanted - self._standing_for_it() - len(self._others_in_hand()) - (self.owed - self.placed)

    def _take_reinspection(self) -> int:
        """Let a re-inspection planned for this year that stands for no visit stand for one of these."""
        plan = self.planner.plans.get(AGAIN)
        if plan is None or plan.rule or plan.due >= year_end(self.env.now) or plan.kind not in self.satisfied_by:
            return 0
        plan.rule = self.name
        return 1

    def is_made_otherwise(self, plan: Plan) -> bool:
        """Report whether the visit planned for now is wanted no more, or what waits at discretion will do for it."""
        self.has_ended()
        if self.name not in self.planner.plans:
            return True
        waiting = self.at_discretion()
        if not self.rule.statutory or plan.moved or not waiting or waiting[-1].rule is not None:
            return False
        self.promote(waiting[-1], plan.deadline)
        self._count(self.last_raised)
        return True

    def _owe_again(self, visits: int) -> None:
        self.owed += visits
        if self.name not in self.planner.plans:
            self._place_next()

    # --- when

    def note_late(self, visit: Visit) -> None:
        """Remember when a visit began that was late."""
        if visit.kind in self.satisfied_by and visit.started > visit.raised:
            self.last_late = visit.started

    def keeps_apart(self, plan: Plan) -> bool:
        """Move what is planned for now away from a late visit, as far as the year has room; tell whether it moved."""
        now = self.env.now
        begins = [(visit.started if visit.runs else now, visit.raised) for visit in self.in_hand()]
        late = [began for began, raised in begins if began > raised]
        due = min(max([self.last_late, *late]) + self.rule.minimum_spacing_days, self._latest(year_end(now)))
        if plan.moved or due <= now:
            return False
        plan.due = due
        return True

    def _latest(self, end: float) -> float:
        """Return the last moment for the next visit that leaves room in the year for those after it."""
        free = max(self.rule.last_days_free, self.days_needed())
        return float(end - free - (self.owed - self.placed - 1) * self.rule.minimum_spacing_days - MINUTE)

    def _count(self, when: float) -> None:
        self.last_raised = when
        self.placed += 1
        if not self.planner.awaits_first():
            self._place_next()

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
        spaced = max(self.last_raised, self.last_end()) + rule.minimum_spacing_days
        self.ask(min(max(day, spaced), self._latest(end)), end)
