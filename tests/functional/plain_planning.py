"""How the plain model plans a provider's inspections: one plan for each rule and for each other cause."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from simulator.inspectorate.rules import Interval, Round, Trigger, Visits

from .plain_inspectors import Visit
from .plain_rules import (
    DAYS_PER_MONTH,
    GRADES,
    profile_of,
    round_at,
    year_end,
    year_left,
    year_start,
)

if TYPE_CHECKING:
    from .plain_model import Provider

FIRST, AGAIN, RESPONSE = "first inspection", "re-inspection", "response"
CAUSES = (FIRST, AGAIN, RESPONSE)
MINUTE = 1 / 1440


class Visited(NamedTuple):
    """When the last visit of a kind was raised and ended."""

    raised: float
    ended: float


@dataclass
class Plan:
    """The next inspection that a rule or another cause will raise."""

    due: float
    kind: str
    deadline: float
    wanted_by: float
    statutory: bool
    priority: int


@dataclass
class Year:
    """The visits that a yearly rule asks for in what is left of the year."""

    since: float = 0.0
    owed: int = 0
    placed: int = 0
    held: float = 0.0
    """Visits a year by the rating for which the visits are owed."""
    ahead: int = 0
    """Visits made on account of the next year."""
    last_raised: float = -math.inf


class Planner:
    """The plans for one provider."""

    def __init__(self, provider: "Provider", *, new: bool) -> None:
        self.provider = provider
        self.env = provider.env
        self.random = provider.world.random
        self.plans: dict[str, Plan] = {}
        self.years: dict[str, Year] = {}
        self.last: dict[str, Visited] = {}
        self._times_of_year: dict[tuple[str, int], tuple[int, float]] = {}
        self._how_early = self.random.random()
        self._round_began = 0
        if not new:
            self._inspected_before()

    # --- what the planning process asks

    def next_due(self) -> tuple[str, float]:
        """Give which plan comes next, and when."""
        return min(
            ((name, plan.due) for name, plan in self.plans.items()), key=lambda each: each[1], default=("", math.inf)
        )

    def take(self, source: str) -> None:
        """Raise the inspection that is due."""
        provider, plan = self.provider, self.plans.pop(source)
        kind = provider.rules.kinds[plan.kind]
        visit = Visit(
            row=provider.row,
            service_type=provider.service_type,
            kind=plan.kind,
            source=source,
            statutory=plan.statutory,
            deadline=plan.deadline,
            wanted_by=plan.wanted_by,
            priority=plan.priority,
            team=kind.team,
            raised=self.env.now,
            number=len(provider.world.visits),
            called=self.env.event(),
        )
        self.env.process(provider.inspect(visit))
        rule = provider.rules.statutory.get(source)
        if isinstance(rule, Visits):
            year = self.years[source]
            year.last_raised = self.env.now
            year.placed += 1
            self._place_next(source, rule)

    def plan_year(self) -> None:
        """Plan what the rules ask for from now on: on 1 April, at a takeover, and at the beginning of the run."""
        for name, rule in self.provider.rules.statutory.items():
            if isinstance(rule, Visits):
                self._begin_year(name, rule)
            else:
                self._plan_single(name, rule)

    def meet_new_framework(self) -> None:
        """Drop what the rules of the old framework have planned."""
        self.plans = {name: plan for name, plan in self.plans.items() if name in CAUSES}
        self.years = {}

    def register(self) -> None:
        """Plan the first inspection of a new provider; without a rule for it, the ordinary ones begin."""
        first = self.provider.rules.first
        if first is None:
            self._look_at_rules()
            return
        due = self.env.now + self.random.uniform(first.not_before_days, first.within_days)
        deadline = self.env.now + first.within_days
        priority = self.provider.rules.kinds[first.kind].priority
        self.plans[FIRST] = Plan(due, first.kind, deadline, deadline, first.statutory, priority)

    # --- rules

    def _inspected_before(self) -> None:
        """Take the provider over as the rules have left it: rated, and with a last inspection."""
        provider = self.provider
        for name, rule in provider.rules.statutory.items():
            if provider.rules.kinds[rule.kind].grades:
                provider.rating = provider.judge(provider.rules.kinds[rule.kind])
            interval = math.inf
            if isinstance(rule, Visits):
                per_year = getattr(rule.per_year, GRADES[provider.rating])
                interval = 365 / per_year if per_year else math.inf
            elif isinstance(rule, Interval):
                interval = self._interval(name, rule)
            if interval < math.inf:
                day = self.env.now - self.random.random() * interval
                self.last[rule.kind] = Visited(raised=day, ended=day)
                provider.last_visit = max(provider.last_visit, day)

    def _satisfied(self, name: str) -> list[Visited]:
        """Give the last visit of each kind that satisfies a rule."""
        kinds = self.provider.rules.satisfied_by[name]
        return [visited for kind, visited in self.last.items() if kind in kinds]

    def _last_satisfied(self, name: str) -> float:
        return max((visited.ended for visited in self._satisfied(name)), default=-math.inf)

    def _ask(self, name: str, due: float, deadline: float) -> None:
        rules = self.provider.rules
        rule = rules.statutory[name]
        self.plans[name] = Plan(
            due=max(due, self.env.now),
            kind=rule.kind,
            deadline=deadline,
            wanted_by=deadline,
            statutory=rule.statutory,
            priority=rule.priority or rules.kinds[rule.kind].priority,
        )

    def _look_at_rules(self) -> None:
        """Owe what a worse rating asks for; plan anew what has no plan."""
        for name, rule in self.provider.rules.statutory.items():
            if isinstance(rule, Visits):
                self._owe_difference(name, rule)
            else:
                self._plan_single(name, rule)

    def _awaits_first(self) -> bool:
        return FIRST in self.plans or any(visit.source == FIRST for visit in self.provider.outstanding)

    def _whole(self, per_year: float) -> int:
        """Give whole visits for what is left of the year, the right number on average."""
        expected = per_year * year_left(self.env.now)
        return int(expected) + int(self.random.random() < expected % 1)

    def _begin_year(self, name: str, rule: Visits) -> None:
        year = self.years.setdefault(name, Year())
        year.held = getattr(rule.per_year, GRADES[self.provider.rating])
        owed = self._whole(year.held)
        if self._awaits_first():
            owed = max(owed - 1, 0)
        made = min(year.ahead, owed)
        year.ahead -= made
        self._lay_out(name, rule, owed - made)

    def _owe_difference(self, name: str, rule: Visits) -> None:
        year = self.years.setdefault(name, Year())
        per_year = getattr(rule.per_year, GRADES[self.provider.rating])
        if per_year > year.held:
            more = self._whole(per_year - year.held)
            year.held = per_year
            if more:
                self._lay_out(name, rule, year.owed - year.placed + more)

    def _lay_out(self, name: str, rule: Visits, owed: int) -> None:
        year = self.years[name]
        year.since, year.owed, year.placed = self.env.now, owed, 0
        self._place_next(name, rule)

    def _place_next(self, name: str, rule: Visits) -> None:
        """Place the next visit in its part of what is left of the year, away from the last one."""
        year = self.years[name]
        self.plans.pop(name, None)
        if year.placed >= year.owed:
            return
        profile = profile_of(rule.month_profile, year_start(year.since), rule.last_days_free)
        gone = profile.share_before(year.since)
        part = (year.placed + self._time_of_year(name, year.placed, rule.year_to_year_correlation)) / year.owed
        day = profile.day_at(gone + (1 - gone) * part)
        spacing = rule.minimum_spacing_days
        end = year_end(year.since)
        latest = end - rule.last_days_free - (year.owed - year.placed - 1) * spacing - MINUTE
        after_last = max(year.last_raised, self._last_satisfied(name)) + spacing
        self._ask(name, min(max(day, after_last), latest), end)

    def _time_of_year(self, name: str, visit: int, correlation: float) -> float:
        """Give where in its part of the year a visit falls: each year kept with this probability, else new."""
        this_year = year_start(self.env.now)
        since, time = self._times_of_year.get((name, visit), (0, 0.0))
        years = round((this_year - since) / 365.25)
        if since == 0 or self.random.random() >= correlation**years:
            time = self.random.random()
        self._times_of_year[name, visit] = this_year, time
        return time

    def _interval(self, name: str, rule: Interval) -> float:
        months = getattr(rule.months, GRADES[self.provider.rating])
        return months * DAYS_PER_MONTH if months else math.inf

    def _plan_single(self, name: str, rule: Interval | Round) -> None:
        """Plan the next inspection of a cycle or a round, unless one is planned or on its way."""
        provider = self.provider
        kinds = provider.rules.satisfied_by[name]
        on_its_way = self._awaits_first() or any(visit.kind in kinds for visit in provider.outstanding)
        if name in self.plans or on_its_way:
            return
        if isinstance(rule, Interval):
            last = self._last_satisfied(name)
            interval = self._interval(name, rule)
            if interval < math.inf:
                deadline = (last if last > -math.inf else provider.opened) + interval
                self._ask(name, deadline - rule.available_share * interval * self._how_early, deadline)
            return
        last_raised = max((visited.raised for visited in self._satisfied(name)), default=-math.inf)
        for number in range(100 if rule.repeat_months else 1):
            first_day, end = round_at(rule, number)
            if end > self.env.now and last_raised < first_day:
                self._round_began = first_day
                begin = max(first_day, self.env.now)
                self._ask(name, begin + self.random.random() * (end - rule.last_days_free - begin), end)
                return

    # --- news

    def follow_up(self, visit: Visit) -> None:
        """Plan what follows from an inspection that has ended."""
        rules, rating = self.provider.rules, self.provider.rating
        self.last[visit.kind] = Visited(visit.raised, self.env.now)
        self._how_early = self.random.random()
        for name, rule in rules.statutory.items():
            if isinstance(rule, Interval) or (isinstance(rule, Round) and visit.kind in rules.satisfied_by[name]):
                self.plans.pop(name, None)
        self._look_at_rules()
        again = rules.again.get(rating)
        if visit.judged and again is not None and AGAIN not in self.plans:
            due = self.env.now + self.random.uniform(again.not_before_days, again.within_days)
            wanted_by = self.env.now + again.within_days
            deadline = wanted_by if again.statutory else math.inf
            priority = rules.kinds[again.kind].priority
            self.plans[AGAIN] = Plan(due, again.kind, deadline, wanted_by, again.statutory, priority)
            if again.counts:
                self._stand_for_next_visit(again.kind, due)
        self.provider.stir_planning()

    def respond(self, trigger: Trigger) -> None:
        """Add a visit or move the next one forward."""
        due = self.env.now + trigger.delay_days
        wanted_by = self.env.now + trigger.within_days
        if trigger.kind is None:
            self._bring_forward(due, wanted_by)
        elif RESPONSE not in self.plans and not any(visit.kind == trigger.kind for visit in self.provider.outstanding):
            kind = self.provider.rules.kinds[trigger.kind]
            self.plans[RESPONSE] = Plan(due, trigger.kind, math.inf, wanted_by, False, kind.priority)
            if kind.counts:
                self._stand_for_next_visit(trigger.kind, due)
        self.provider.stir_planning()

    def _stand_for_next_visit(self, kind: str, due: float) -> None:
        """Let an inspection of another origin stand for the next visit of the year in which it is due."""
        for name, rule in self.provider.rules.statutory.items():
            if not isinstance(rule, Visits) or kind not in self.provider.rules.satisfied_by[name]:
                continue
            year = self.years.setdefault(name, Year())
            if due >= year_end(self.env.now):
                year.ahead += 1
                year.last_raised = due
            elif year.placed < year.owed:
                year.placed += 1
                year.last_raised = due
                self._place_next(name, rule)

    def _bring_forward(self, due: float, wanted_by: float) -> None:
        if self.provider.outstanding:
            for visit in self.provider.outstanding:
                visit.wanted_by = min(visit.wanted_by, wanted_by)
            return
        movable = {name: plan for name, plan in self.plans.items() if name != RESPONSE} or self._from_next_year()
        if not movable:
            return
        name = min(movable, key=lambda each: movable[each].due)
        plan, rule = movable[name], self.provider.rules.statutory.get(name)
        if isinstance(rule, Round):
            due = max(due, self._round_began)
        elif isinstance(rule, Visits):
            due = min(due, year_end(self.env.now) - MINUTE)
        plan.due = min(plan.due, due)
        plan.wanted_by = min(plan.wanted_by, wanted_by)

    def _from_next_year(self) -> dict[str, Plan]:
        """Owe the first visit of the next year in this one, where a yearly rule has none left; once."""
        end = year_end(self.env.now)
        for name, rule in self.provider.rules.statutory.items():
            if isinstance(rule, Visits) and self.years[name].ahead == 0:
                self.years[name].owed += 1
                self.years[name].ahead += 1
                self._ask(name, end - MINUTE, year_end(end))
                return {name: self.plans[name]}
        return {}
