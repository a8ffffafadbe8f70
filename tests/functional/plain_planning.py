"""How the plain model plans a provider's inspections: one plan for each rule and for each other cause."""

import math
from typing import TYPE_CHECKING

from simulator.inspectorate.rules import Trigger

from .plain_inspectors import Visit
from .plain_rules import year_end, year_start
from .plain_statutory import MINUTE, Plan, Rounds, Statutory, Visited, Yearly, at_provider

if TYPE_CHECKING:
    from .plain_model import Provider

FIRST, AGAIN, RESPONSE = "first inspection", "re-inspection", "response"


class Planner:
    """The plans for one provider."""

    def __init__(self, provider: "Provider", *, new: bool) -> None:
        self.provider = provider
        self.env = provider.env
        self.random = provider.world.random
        self.plans: dict[str, Plan] = {}
        self.last: dict[str, Visited] = {}
        self.how_early = self.random.random()
        """Where between the earliest day and the deadline the next inspection of a cycle falls, back from it."""
        self._times_of_year: dict[tuple[str, int], tuple[int, float]] = {}
        self.statutory = {name: at_provider(self, name, rule) for name, rule in provider.rules.statutory.items()}
        if not new:
            self._inspected_before()

    def _inspected_before(self) -> None:
        """Take the provider over as the rules have left it: rated, and with a last inspection."""
        provider = self.provider
        for each in self.statutory.values():
            takes = provider.rules.kinds[each.rule.kind]
            rated = takes.grades and provider.rating == 0
            if rated:
                provider.rating = provider.judge(takes)
            interval, day = each.interval(), self.env.now
            if interval < math.inf:
                day -= self.random.random() * interval
                self.last[each.rule.kind] = Visited(raised=day, ended=day)
                provider.last_visit = max(provider.last_visit, day)
            if rated:
                provider.be_found_out(provider.rating, day)

    # --- what the planning process asks

    def next_due(self) -> tuple[str, float]:
        """Give which plan comes next, and when."""
        due = {name: plan.due for name, plan in self.plans.items()}
        return min(due.items(), key=lambda each: each[1], default=("", math.inf))

    def take(self, source: str) -> None:
        """Raise the inspection that is due."""
        plan = self.plans.pop(source)
        visit = Visit(
            row=self.provider.row,
            service_type=self.provider.service_type,
            kind=plan.kind,
            takes=plan.takes,
            source=source,
            statutory=plan.statutory,
            deadline=plan.deadline,
            wanted_by=plan.wanted_by,
            priority=plan.priority,
            raised=self.env.now,
            number=len(self.provider.world.visits),
            called=self.env.event(),
        )
        self.env.process(self.provider.inspect(visit))
        if source in self.statutory:
            self.statutory[source].has_raised()

    def register(self) -> None:
        """Plan the first inspection of a new provider; without a rule for it, the ordinary ones begin."""
        first = self.provider.rules.first
        if first is None:
            self._look_at_rules()
            return
        due = self.env.now + self.random.uniform(first.not_before_days, first.within_days)
        deadline = self.env.now + first.within_days
        takes = self.provider.rules.kinds[first.kind]
        self.plans[FIRST] = Plan(due, first.kind, takes, wanted_by=deadline, deadline=deadline)
        self.plans[FIRST].statutory = first.statutory

    def begin_year(self) -> None:
        """Plan what the rules ask for from now on: on 1 April, and at the beginning of the run."""
        for each in self.statutory.values():
            each.begin_year()

    def meet_new_framework(self) -> None:
        """Take on the rules that are new or other than before; what was moved forward under the old stays so."""
        moved = []
        rules, before = self.provider.rules, self.statutory
        on_1_april = self.env.now == year_start(self.env.now)
        self.statutory = {}
        for name, rule in rules.statutory.items():
            old = before.pop(name, None)
            if old is not None and old.says_the_same(rule, rules.satisfied_by[name]):
                self.statutory[name] = old
                if on_1_april:
                    old.begin_year()
                else:
                    old.look()
                continue
            moved.append(self.plans.pop(name, None))
            self.statutory[name] = new = at_provider(self, name, rule)
            if isinstance(old, Yearly) and isinstance(new, Yearly):
                new.ahead = old.ahead
            new.begin_year()
        moved += [self.plans.pop(name, None) for name in before]
        kept = [plan for plan in moved if plan is not None and plan.moved]
        if kept:
            first = min(kept, key=lambda plan: plan.due)
            self._bring_forward(first.due, first.wanted_by)

    # --- what rules ask

    def awaits_first(self) -> bool:
        """Tell whether the first inspection after registration is still to end."""
        return FIRST in self.plans or any(visit.source == FIRST for visit in self.provider.outstanding)

    def is_awaited(self, rule: Statutory) -> bool:
        """Tell whether an inspection that satisfies a rule is planned or on its way."""
        on_its_way = any(visit.kind in rule.satisfied_by for visit in self.provider.outstanding)
        return rule.name in self.plans or on_its_way or self.awaits_first()

    def time_of_year(self, name: str, visit: int, correlation: float) -> float:
        """Give where in its part of the year a visit falls: each year kept with this probability, else new."""
        this_year = year_start(self.env.now)
        since, time = self._times_of_year.get((name, visit), (0, 0.0))
        years = round((this_year - since) / 365.25)
        if since == 0 or self.random.random() >= correlation**years:
            time = self.random.random()
        self._times_of_year[name, visit] = this_year, time
        return time

    def _look_at_rules(self) -> None:
        for each in self.statutory.values():
            each.look()

    # --- news

    def follow_up(self, visit: Visit) -> None:
        """Plan what follows from an inspection that has ended."""
        self.last[visit.kind] = Visited(visit.raised, self.env.now)
        self.how_early = self.random.random()
        for each in self.statutory.values():
            if visit.source == FIRST and isinstance(each, Yearly):
                each.first_has_ended()
            each.has_ended(visit.kind)
        self._look_at_rules()
        again = self.provider.rules.again.get(visit.judged)
        if again is not None and AGAIN not in self.plans:
            due = self.env.now + self.random.uniform(again.not_before_days, again.within_days)
            takes = self.provider.rules.kinds[again.kind]
            self.plans[AGAIN] = plan = Plan(due, again.kind, takes, wanted_by=self.env.now + again.within_days)
            if again.statutory:
                plan.statutory, plan.deadline = True, plan.wanted_by
            if again.counts:
                self.stand_for_next(again.kind, due)
        self.provider.stir_planning()

    def respond(self, trigger: Trigger) -> None:
        """Add a visit or move the next one forward."""
        due = self.env.now + trigger.delay_days
        wanted_by = self.env.now + trigger.within_days
        if trigger.kind is None:
            self._bring_forward(due, wanted_by)
        elif RESPONSE not in self.plans and not any(visit.kind == trigger.kind for visit in self.provider.outstanding):
            takes = self.provider.rules.kinds[trigger.kind]
            self.plans[RESPONSE] = Plan(due, trigger.kind, takes, wanted_by=wanted_by)
            if takes.counts:
                self.stand_for_next(trigger.kind, due)
        self.provider.stir_planning()

    def stand_for_next(self, kind: str, due: float) -> None:
        """Let an inspection due on a day stand for one that a yearly rule asks for."""
        for each in self.statutory.values():
            each.stand_for_next(kind, due)

    def _bring_forward(self, due: float, wanted_by: float) -> None:
        if self.provider.outstanding:
            for visit in self.provider.outstanding:
                visit.wanted_by = min(visit.wanted_by, wanted_by)
            return
        movable = {name: plan for name, plan in self.plans.items() if name != RESPONSE} or self._from_next_year()
        if not movable:
            return
        name = min(movable, key=lambda each: movable[each].due)
        plan, rule = movable[name], self.statutory.get(name)
        if isinstance(rule, Rounds):
            due = max(due, rule.began)
        elif isinstance(rule, Yearly):
            due = min(due, year_end(self.env.now) - MINUTE)
        plan.wanted_by = min(plan.wanted_by, wanted_by)
        if due < plan.due:
            plan.due, plan.moved = due, True

    def _from_next_year(self) -> dict[str, Plan]:
        for name, rule in self.statutory.items():
            if isinstance(rule, Yearly) and rule.from_next_year():
                return {name: self.plans[name]}
        return {}
