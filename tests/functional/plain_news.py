"""What the plain model's planner does upon news: next visits moved forward, or others added."""

import math
from typing import TYPE_CHECKING

from simulator.inspectorate.triggers import Trigger

from .plain_cycles import Rounds
from .plain_inspectors import Visit, days_of
from .plain_rules import year_end
from .plain_statutory import LOOK, MINUTE, RESPONSE, Plan, Statutory
from .plain_yearly import Yearly

if TYPE_CHECKING:
    import simpy

    from .plain_model import Provider


class Answering:
    """Plans for one provider, as far as news changes them."""

    provider: "Provider"
    env: "simpy.Environment"
    plans: dict[str, Plan]
    statutory: dict[str, Statutory]

    def yearly(self) -> list[Yearly]:
        """Return the rules that ask for visits a year."""
        return [each for each in self.statutory.values() if isinstance(each, Yearly)]

    def all_visits(self) -> set[str]:
        """Return the kinds of inspection that go somewhere."""
        return set(self.provider.rules.kinds) - {"desk"}

    def respond(self, trigger: Trigger) -> None:
        """Move the next visit forward where the trigger does so and one is left, or else add one."""
        due = self.env.now + trigger.delay_days
        wanted_by = self.env.now + trigger.within_days
        kinds = self.all_visits() if trigger.kinds is None else set(trigger.kinds)
        moved = trigger.action == "move" and self.bring_forward(kinds, due, wanted_by, trigger.reach)
        on_its_way = RESPONSE in self.plans or any(visit.kind == trigger.kind for visit in self.provider.outstanding)
        if trigger.kind is not None and not moved and not on_its_way:
            takes = self.provider.rules.kinds[trigger.kind]
            self.plans[RESPONSE] = plan = Plan(due, trigger.kind, takes, wanted_by=wanted_by)
            if takes.counts:
                self.choose_visit(plan)
        self.provider.stir_planning()

    def choose_visit(self, plan: Plan) -> None:
        """Choose the visit of a year for which what is planned stands."""
        if plan.effort is None:
            plan.effort = self.provider.spread(plan.takes.effort_spread)
        days = days_of(plan.takes, self.provider.service_type, plan.effort)
        plan.rule = self.stand_for_next(plan.kind, plan.due, plan.due + days)

    def stand_for_next(self, kind: str, due: float, ends: float) -> str | None:
        """Let an inspection due on a day stand for one visit of one yearly rule, its own kind's if it can; name it."""
        rules = [each for each in self.yearly() if kind in each.satisfied_by and each.left(ends) > 0]
        own = [each for each in rules if each.rule.kind == kind] or rules
        planned = {each: self.plans[each.name].due if each.name in self.plans else math.inf for each in own}
        if not own:
            return None
        rule = min(own, key=lambda each: planned[each])
        rule.leave_one_out(due, ends)
        return rule.name

    def bring_forward(self, kinds: set[str], due: float, wanted_by: float, reach: str = "this_year") -> bool:
        """Move the next visit of some kinds forward; tell whether there is one, or one of them is on its way."""
        on_its_way = [visit for visit in self.provider.outstanding if visit.kind in kinds]
        waiting = [visit for visit in on_its_way if not visit.runs]
        if waiting:
            next_one = min(waiting, key=Visit.turn)
            next_one.wanted_by = min(next_one.wanted_by, wanted_by)
        if on_its_way:
            return True
        movable = self._movable(kinds, wanted_by, reach)
        if not movable and reach in ("next_year", "into_this_year"):
            rules = [each for each in self.yearly() if each.may_reach(kinds)]
            if not rules:
                return False
            rule = min(rules, key=lambda each: each.last_raised)
            end = year_end(self.env.now)
            later = end - self.env.now if reach == "next_year" else 0.0
            spread = self.provider.world.random.uniform(0, wanted_by - due) if reach == "next_year" else 0.0
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

    def _movable(self, kinds: set[str], wanted_by: float, reach: str) -> dict[str, Plan]:
        """Return what is planned of some kinds, in the year or the days within which one is wanted, if no later."""
        planned_by = math.inf if reach == "any_year" else max(year_end(self.env.now), wanted_by)
        too_late = {
            name for name, rule in self.statutory.items() if isinstance(rule, Rounds) and rule.began > wanted_by
        }
        return {
            name: plan
            for name, plan in self.plans.items()
            if name not in too_late | {RESPONSE, LOOK} and plan.kind in kinds and plan.due < planned_by
        }

    def _add_next_year(self, rule: Yearly, due: float, wanted_by: float) -> None:
        """Plan a rule's first visit of the next year soon after that has begun."""
        if RESPONSE in self.plans:
            return
        takes = self.provider.rules.kinds[rule.rule.kind]
        deadline = year_end(year_end(self.env.now))
        self.plans[RESPONSE] = plan = Plan(due, rule.rule.kind, takes, wanted_by=wanted_by, deadline=deadline)
        plan.statutory, plan.priority, plan.rule = rule.rule.statutory, rule.priority(), rule.name
        rule.ahead += 1
        rule.last_raised = due
