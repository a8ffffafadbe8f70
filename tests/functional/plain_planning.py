"""How the plain model plans a provider's inspections: one plan for each rule and for each other cause."""

import math
from typing import TYPE_CHECKING

from scipy.special import ndtr

from simulator.inspectorate.reinspections import Reinspection
from simulator.inspectorate.rules import Interval, Round, Visits

from .plain_cycles import Rounds, at_provider
from .plain_duties import Ledger
from .plain_inspectors import Visit, days_of
from .plain_news import Answering
from .plain_rules import year_start
from .plain_statutory import AGAIN, FIRST, LOOK, RESPONSE, Plan, Visited
from .plain_yearly import Yearly

if TYPE_CHECKING:
    from .plain_model import Provider


class Planner(Answering):
    """The plans for one provider."""

    def __init__(self, provider: "Provider", *, new: bool) -> None:
        self.provider = provider
        self.env = provider.env
        self.random = provider.world.random
        self.plans: dict[str, Plan] = {}
        self.last: dict[str, Visited] = {}
        self.ledger = Ledger(self)
        self._scores: dict[tuple[str, int], tuple[int, float]] = {}
        self._waits_for_first = False
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
                provider.rating = provider.judge(takes, provider.met_by(takes.pool))
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
        """Raise the inspection that is due, unless one that is on its way will do."""
        asks = self.statutory.get(source)
        if isinstance(asks, Yearly) and asks.is_made_otherwise(self.plans[source]):
            return
        if isinstance(asks, Yearly) and asks.keeps_apart(self.plans[source]):
            return
        plan, provider = self.plans.pop(source), self.provider
        if asks is not None and not isinstance(asks, Yearly) and asks.is_served(plan):
            return
        effort = plan.effort if asks is None else asks.effort_used()
        lapses = max(min(plan.deadline, plan.wanted_by), self.env.now) + plan.takes.lapse_days
        visit = Visit(
            row=provider.row,
            service_type=provider.service_type,
            kind=plan.kind,
            takes=plan.takes,
            source=source,
            rule=plan.rule,
            statutory=plan.statutory,
            deadline=plan.deadline,
            wanted_by=plan.wanted_by,
            priority=plan.priority,
            raised=self.env.now,
            lapses=math.inf if plan.statutory else lapses,
            number=len(provider.world.visits),
            effort=provider.spread(plan.takes.effort_spread) if effort is None else effort,
            called=self.env.event(),
            given_up=self.env.event(),
        )
        self.env.process(provider.inspect(visit))
        if asks is not None:
            asks.has_raised(visit)

    def register(self) -> None:
        """Plan the first inspection of a new provider: one that the law asks for lets the ordinary rules wait for it.

        It is made no later than they want an inspection that it satisfies; one at discretion may stand for a visit.
        """
        first = self.provider.rules.first
        self._waits_for_first = first is not None and first.statutory
        for each in self.statutory.values():
            each.begin_at_registration()
        if first is None:
            return
        takes, now = self.provider.rules.kinds[first.kind], self.env.now
        effort, deadline = self.provider.spread(takes.effort_spread), now + first.within_days
        satisfied = [each for each in self.statutory.values() if first.kind in each.satisfied_by]
        latest = min([deadline, *(duty.due for each in satisfied for duty in each.duties())])
        needed = days_of(takes, self.provider.service_type, effort)
        room = max(latest - now - needed - first.not_before_days, 0.0)
        due = now + first.not_before_days + self.random.random() * room
        self.plans[FIRST] = plan = Plan(due, first.kind, takes, wanted_by=deadline, deadline=deadline)
        plan.statutory, plan.effort = first.statutory, effort
        plan.not_before = now + first.not_before_days
        if first.statutory:
            self.ledger.open(FIRST, now, deadline)
        else:
            self.choose_visit(plan)

    def begin_year(self) -> None:
        """Plan what the rules ask for from now on: on 1 April, and at the beginning of the run."""
        for each in self.statutory.values():
            each.begin_year()

    def meet_new_framework(self) -> None:
        """Take on the rules that are new or other than before; what was moved forward under the old stays so."""
        rules, before = self.provider.rules, self.statutory
        on_1_april = self.env.now == year_start(self.env.now)
        stay = {name for name, rule in rules.statutory.items() if self._stays(name, rule)}
        moved = [self._end_rule(name) for name in before if name not in stay]
        self.statutory = {}
        for name, rule in rules.statutory.items():
            if name in stay:
                self.statutory[name] = before[name]
                if on_1_april or isinstance(before[name], Rounds):
                    before[name].begin_year()
                continue
            self.statutory[name] = new = at_provider(self, name, rule)
            old = before.get(name)
            if isinstance(old, Yearly) and isinstance(new, Yearly):
                new.take_over(old)
            new.begin_year()
        kept = [plan for plan in moved if plan is not None and plan.moved]
        if kept:
            first = min(kept, key=lambda plan: plan.due)
            self.bring_forward(self.all_visits(), first.due, first.wanted_by, "any_year")

    def _stays(self, name: str, rule: Visits | Interval | Round) -> bool:
        old = self.statutory.get(name)
        return old is not None and old.says_the_same(rule, self.provider.rules.satisfied_by[name])

    def _end_rule(self, name: str) -> Plan | None:
        """End a rule with its duties; what it has raised stays, for whatever asks for the like of it."""
        self.ledger.void(name)
        for visit in self.provider.outstanding:
            visit.rule = None if visit.rule == name else visit.rule
        return self.plans.pop(name, None)

    # --- what rules ask

    def awaits_first(self) -> bool:
        """Tell whether the first inspection after registration, if the law asks for one, is still to end."""
        return self._waits_for_first

    def others_planned(self) -> list[Plan]:
        """Return what is planned as a first inspection, for re-inspection and in answer to news."""
        return [self.plans[source] for source in (FIRST, AGAIN, RESPONSE) if source in self.plans]

    def gap_of(self, rule: str) -> float:
        """Return the days since a rule was last satisfied, or since registration: none for what follows a judgement."""
        if rule == AGAIN:
            return math.nan
        last = self.statutory[rule].last_end() if rule in self.statutory else -math.inf
        return self.env.now - max(last, self.provider.opened)

    def time_of_year(self, name: str, visit: int, correlation: float) -> float:
        """Give where in its part of the year a visit falls: scores of two years are normal and so correlated."""
        this_year = year_start(self.env.now)
        since, score = self._scores.get((name, visit), (0, 0.0))
        kept = correlation ** round((this_year - since) / 365.25) if since else 0.0
        if since != this_year:
            score = self.random.normal(kept * score, math.sqrt(1 - kept**2))
        self._scores[name, visit] = this_year, score
        return float(ndtr(score))

    def _look_at_rules(self) -> None:
        for each in self.statutory.values():
            each.look()

    # --- news

    def follow_up(self, visit: Visit) -> None:
        """Plan what follows from an inspection that has ended."""
        self._meet(visit)
        self.last[visit.kind] = Visited(visit.raised, self.env.now)
        for yearly in self.yearly():
            yearly.note_late(visit)
        if visit.source == FIRST and self._waits_for_first:
            self._waits_for_first = False
            self._first_has_ended(visit.kind)
        for each in self.statutory.values():
            each.has_ended()
        self._look_at_rules()
        again = self.provider.rules.again_after(visit.kind, visit.judged)
        on_its_way = AGAIN in self.plans or any(each.source == AGAIN for each in self.provider.outstanding)
        if again is not None and not on_its_way:
            self._inspect_again(again)
        declined = self.provider.rules.triggers.get("declined")
        if visit.declines and declined is not None and self.random.random() < declined.probability:
            self.respond(declined)
        self.provider.stir_planning()

    def do_without(self, visit: Visit) -> None:
        """Plan what follows from an inspection that nobody came to make."""
        for each in self.statutory.values():
            if visit.kind in each.satisfied_by:
                each.has_lapsed(visit)
        self.provider.stir_planning()

    def rule_met(self, kind: str) -> Yearly | None:
        """Return the yearly rule whose date an inspection meets that was made for none."""
        rules = [each for each in self.yearly() if kind in each.satisfied_by and each.duties()]
        return max(rules, key=lambda each: each.rule.kind == kind, default=None)

    def _meet(self, visit: Visit) -> None:
        """Meet duties with an inspection that ends: its own, and one of every rule it satisfies, but of one yearly."""
        if visit.source in (FIRST, AGAIN):
            self.ledger.meet(visit.source)
        satisfied = [each for each in self.statutory.values() if visit.kind in each.satisfied_by]
        yearly = [each for each in satisfied if isinstance(each, Yearly)]
        for each in satisfied:
            if not isinstance(each, Yearly):
                each.meet(visit)
        best = max(yearly, key=lambda each: each.claim(visit), default=None)
        if best is not None and best.claim(visit):
            best.meet(visit)

    def _first_has_ended(self, kind: str) -> None:
        """Let the first inspection be one visit of one rule: that of its own kind, or that which asks for most."""
        rules = self.yearly()
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
        takes, wanted_by = kinds[again.kind], since + high
        effort = self.provider.spread(takes.effort_spread)
        latest = high - days_of(takes, self.provider.service_type, effort) if again.statutory else high
        due = since + self.random.uniform(low, max(latest, low))
        self.plans[AGAIN] = plan = Plan(due, again.kind, takes, wanted_by=wanted_by)
        plan.priority, plan.effort = again.priority or takes.priority, effort
        plan.not_before = since + low
        if again.statutory:
            plan.statutory, plan.deadline = True, wanted_by
            self.ledger.open(AGAIN, self.env.now, wanted_by)
        if again.counts:
            self.choose_visit(plan)
