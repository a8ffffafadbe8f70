"""How the plain model plans a provider's inspections: one plan for each rule and for each other cause."""

import math
from typing import TYPE_CHECKING

from scipy.stats import norm

from simulator.inspectorate.rules import Reinspection, Trigger

from .plain_inspectors import Visit
from .plain_rules import year_end, year_start
from .plain_statutory import MINUTE, Plan, Rounds, Statutory, Visited, Yearly, at_provider

if TYPE_CHECKING:
    from .plain_model import Provider

FIRST, AGAIN, LOOK, RESPONSE = "first inspection", "re-inspection", "visit before it", "response"


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
        self._scores: dict[tuple[str, int], tuple[int, float]] = {}
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
            self.begin_year()
            return
        due = self.env.now + self.random.uniform(first.not_before_days, first.within_days)
        deadline = self.env.now + first.within_days
        takes = self.provider.rules.kinds[first.kind]
        self.plans[FIRST] = Plan(due, first.kind, takes, wanted_by=deadline, deadline=deadline)
        self.plans[FIRST].statutory = first.statutory
        self.plans[FIRST].not_before = self.env.now + first.not_before_days
        for each in self._yearly():
            each.begin_year()

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
            self._bring_forward(self._all_visits(), first.due, first.wanted_by)

    # --- what rules ask

    def awaits_first(self) -> bool:
        """Tell whether the first inspection after registration is still to end."""
        return FIRST in self.plans or any(visit.source == FIRST for visit in self.provider.outstanding)

    def is_awaited(self, rule: Statutory) -> bool:
        """Tell whether an inspection that satisfies a rule is planned or on its way."""
        on_its_way = any(visit.kind in rule.satisfied_by for visit in self.provider.outstanding)
        return rule.name in self.plans or on_its_way or self.awaits_first()

    def time_of_year(self, name: str, visit: int, correlation: float) -> float:
        """Give where in its part of the year a visit falls: scores of two years are normal and so correlated."""
        this_year = year_start(self.env.now)
        since, score = self._scores.get((name, visit), (0, 0.0))
        kept = correlation ** round((this_year - since) / 365.25) if since else 0.0
        if since != this_year:
            score = self.random.normal(kept * score, math.sqrt(1 - kept**2))
        self._scores[name, visit] = this_year, score
        return float(norm.cdf(score))

    def _yearly(self) -> list[Yearly]:
        return [each for each in self.statutory.values() if isinstance(each, Yearly)]

    def _all_visits(self) -> set[str]:
        return set(self.provider.rules.kinds) - {"desk"}

    def _look_at_rules(self) -> None:
        for each in self.statutory.values():
            each.look()

    # --- news

    def follow_up(self, visit: Visit) -> None:
        """Plan what follows from an inspection that has ended."""
        self.last[visit.kind] = Visited(visit.raised, self.env.now)
        self.how_early = self.random.random()
        if visit.source == FIRST:
            self._first_has_ended(visit.kind)
        for each in self.statutory.values():
            each.has_ended(visit.kind)
        self._look_at_rules()
        again = self.provider.rules.again.get(visit.judged)
        if again is not None and AGAIN not in self.plans:
            self._inspect_again(again)
        declined = self.provider.rules.triggers.get("declined")
        if visit.declines and declined is not None and self.random.random() < declined.probability:
            self.respond(declined)
        self.provider.stir_planning()

    def _first_has_ended(self, kind: str) -> None:
        """Let the first inspection be one visit of one rule: that of its own kind, or that which asks for most."""
        rules = self._yearly()
        for each in rules:
            each.owe_after_first()
        satisfied = [each for each in rules if kind in each.satisfied_by]
        one = max(satisfied, key=lambda each: (each.rule.kind == kind, each.owed), default=None)
        for each in rules:
            each.first_has_ended(is_one=each is one)

    def _inspect_again(self, again: Reinspection) -> None:
        """Plan a re-inspection, and after some judgements another visit before it."""
        kinds, low, high = self.provider.rules.kinds, again.not_before_days, again.within_days
        since = self.env.now
        if again.look_kind is not None and self.random.random() < again.look_probability:
            since += self.random.uniform(again.look_not_before_days, again.look_within_days)
            wanted_by = self.env.now + again.look_within_days
            self.plans[LOOK] = Plan(since, again.look_kind, kinds[again.look_kind], wanted_by=wanted_by)
            low, high = again.after_look_not_before_days, again.after_look_within_days
        due = since + self.random.uniform(low, high)
        self.plans[AGAIN] = plan = Plan(due, again.kind, kinds[again.kind], wanted_by=since + high)
        plan.not_before = since + low
        if again.statutory:
            plan.statutory, plan.deadline = True, plan.wanted_by
        if again.counts:
            self.stand_for_next(again.kind, due)

    def respond(self, trigger: Trigger) -> None:
        """Move the next visit forward where the trigger does so and one is left, or else add one."""
        due = self.env.now + trigger.delay_days
        wanted_by = self.env.now + trigger.within_days
        kinds = self._all_visits() if trigger.kinds is None else set(trigger.kinds)
        moved = trigger.action == "move" and self._bring_forward(kinds, due, wanted_by, trigger.reach)
        on_its_way = RESPONSE in self.plans or any(visit.kind == trigger.kind for visit in self.provider.outstanding)
        if trigger.kind is not None and not moved and not on_its_way:
            takes = self.provider.rules.kinds[trigger.kind]
            self.plans[RESPONSE] = Plan(due, trigger.kind, takes, wanted_by=wanted_by)
            if takes.counts:
                self.stand_for_next(trigger.kind, due)
        self.provider.stir_planning()

    def stand_for_next(self, kind: str, due: float) -> None:
        """Let an inspection due on a day stand for one visit of one yearly rule, its own kind's if it can."""
        rules = [each for each in self._yearly() if kind in each.satisfied_by and each.left(due) > 0]
        own = [each for each in rules if each.rule.kind == kind] or rules
        planned = {each: self.plans[each.name].due if each.name in self.plans else math.inf for each in own}
        if own:
            min(own, key=lambda each: planned[each]).leave_one_out(due)

    def _bring_forward(self, kinds: set[str], due: float, wanted_by: float, reach: str = "this_year") -> bool:
        """Move the next visit of some kinds forward; tell whether there is one, or one of them is on its way."""
        on_its_way = [visit for visit in self.provider.outstanding if visit.kind in kinds]
        for visit in on_its_way:
            visit.wanted_by = min(visit.wanted_by, wanted_by)
        if on_its_way:
            return True
        apart = (RESPONSE, LOOK)
        movable = {name: plan for name, plan in self.plans.items() if name not in apart and plan.kind in kinds}
        if not movable and reach != "this_year":
            rules = [each for each in self._yearly() if each.may_reach(kinds)]
            if not rules:
                return False
            rule = min(rules, key=lambda each: each.last_raised)
            end = year_end(self.env.now)
            later = end - self.env.now if reach == "next_year" else 0.0
            spread = self.random.uniform(0, wanted_by - due) if reach == "next_year" else 0.0
            if due + later >= end:
                self._add_next_year(rule, due + later + spread, wanted_by + later)
                return True
            rule.from_next_year()
            movable = {rule.name: self.plans[rule.name]}
        if not movable:
            return False
        name = min(movable, key=lambda each: movable[each].due)
        plan, moved = movable[name], self.statutory.get(name)
        if isinstance(moved, Rounds):
            due = max(due, moved.began)
        elif isinstance(moved, Yearly):
            due = min(due, year_end(self.env.now) - MINUTE)
        else:
            due = max(due, plan.not_before)
        plan.wanted_by = min(plan.wanted_by, wanted_by)
        if due < plan.due:
            plan.due, plan.moved = due, True
        return True

    def _add_next_year(self, rule: Yearly, due: float, wanted_by: float) -> None:
        """Plan a rule's first visit of the next year soon after that has begun."""
        if RESPONSE in self.plans:
            return
        takes = self.provider.rules.kinds[rule.rule.kind]
        deadline = year_end(year_end(self.env.now))
        self.plans[RESPONSE] = plan = Plan(due, rule.rule.kind, takes, wanted_by=wanted_by, deadline=deadline)
        plan.statutory, plan.priority = rule.rule.statutory, rule.rule.priority or takes.priority
        rule.ahead += 1
        rule.last_raised = due
