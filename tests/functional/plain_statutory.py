"""What the three forms of rule have in common in the plain model: one rule at one provider, and what it plans."""

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.inspectorate.kind_of_inspection import KindOfInspection

from .plain_duties import Duty
from .plain_inspectors import Visit, days_of
from .plain_rules import GRADES

if TYPE_CHECKING:
    from .plain_planning import Planner

MINUTE = 1 / 1440
FIRST, AGAIN, LOOK, RESPONSE = "first inspection", "re-inspection", "visit before it", "response"


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
        self.rule: str | None = None
        """Rule of its own, or that for one of whose visits it stands."""
        self.effort: float | None = None
        """How many times the mean effort it will take; not drawn yet if None."""


class Statutory:
    """A rule as it stands at one provider."""

    def __init__(self, planner: "Planner", name: str, rule: Any) -> None:
        self.planner = planner
        self.env = planner.env
        self.random = planner.random
        self.name = name
        self.rule = rule
        self.satisfied_by = planner.provider.rules.satisfied_by[name]
        self._effort: float | None = None

    def says_the_same(self, rule: Any, satisfied_by: set[str]) -> bool:
        """Tell whether another framework's rule is this one."""
        told = {"types", "source", "satisfied_by"}
        return bool(self.rule.model_dump(exclude=told) == rule.model_dump(exclude=told)) and (
            self.satisfied_by == satisfied_by
        )

    def begin_year(self) -> None:
        """Plan a year, or what is left of it."""
        self.look()

    def begin_at_registration(self) -> None:
        """Settle what a new provider is owed."""
        self.look()

    def look(self) -> None:
        """Plan what is not yet planned, after news."""

    def meet(self, visit: Visit) -> None:
        """Meet a duty with an inspection that satisfies the rule, now ended."""
        self.planner.ledger.meet(self.name)

    def has_ended(self) -> None:
        """Drop what is planned, if an inspection that ended now has made it out of date."""

    def has_raised(self, visit: Visit) -> None:
        """Choose the visit of a year for which the inspection asked for, now raised, stands."""
        self.planner.stand_for_next(visit.kind, self.env.now, self.env.now + visit.days)

    def has_lapsed(self, visit: Visit) -> None:
        """Plan again what was not begun in its time."""
        self.look()

    def is_served(self, plan: Plan) -> bool:
        """Report whether what waits or runs will do for what was planned for now; see to it that it will not lapse."""
        if not self.rule.statutory:
            return self.is_raised()
        if not self.in_hand():
            waiting = self.at_discretion()
            if not waiting:
                return False
            self.promote(waiting[0], plan.deadline)
        return True

    def promote(self, visit: Visit, deadline: float) -> None:
        """Make a waiting inspection at the inspectorate's discretion one that the law asks for."""
        visit.rule, visit.statutory, visit.lapses = self.name, True, math.inf
        visit.deadline = visit.wanted_by = deadline
        visit.priority = min(visit.priority, self.priority())
        self.planner.provider.world.pools[visit.takes.pool].look()

    # --- what is there

    def duties(self) -> list[Duty]:
        """Return the duties that stand under the rule."""
        return self.planner.ledger.of(self.name)

    def is_raised(self) -> bool:
        """Report whether an inspection that satisfies the rule waits or runs."""
        return any(visit.kind in self.satisfied_by for visit in self.planner.provider.outstanding)

    def in_hand(self) -> list[Visit]:
        """Return the inspections that satisfy the rule and run, or wait and cannot lapse."""
        there = self.planner.provider.outstanding
        return [each for each in there if each.kind in self.satisfied_by and (each.statutory or each.runs)]

    def at_discretion(self) -> list[Visit]:
        """Return the waiting inspections that satisfy the rule and may lapse."""
        there = self.planner.provider.outstanding
        return [each for each in there if each.kind in self.satisfied_by and not each.statutory and not each.runs]

    def interval(self) -> float:
        """Give the days from one inspection to the next at the present rating."""
        return math.inf

    def by_rating(self, values: Any) -> float:
        """Give the value for the present rating."""
        return float(getattr(values, GRADES[self.planner.provider.rating]))

    def last_end(self) -> float:
        """Give when the last inspection that satisfies the rule ended."""
        last = self.planner.last
        return max((last[kind].ended for kind in self.satisfied_by if kind in last), default=-math.inf)

    # --- what is planned

    def priority(self) -> int:
        """Return which goes first of what the rule asks for."""
        return int(self.rule.priority or self.planner.provider.rules.kinds[self.rule.kind].priority)

    def days_needed(self) -> float:
        """Return for how many days the next inspection will run, which whoever plans it knows."""
        provider = self.planner.provider
        takes = provider.rules.kinds[self.rule.kind]
        if self._effort is None:
            self._effort = provider.spread(takes.effort_spread)
        return days_of(takes, provider.service_type, self._effort)

    def effort_used(self) -> float | None:
        """Hand over the effort of the inspection that is raised; the next will have its own."""
        effort, self._effort = self._effort, None
        return effort

    def ask(self, due: float, deadline: float) -> None:
        """Plan the next inspection."""
        takes = self.planner.provider.rules.kinds[self.rule.kind]
        plan = Plan(max(due, self.env.now), self.rule.kind, takes, wanted_by=deadline, deadline=deadline)
        plan.statutory, plan.priority, plan.rule = self.rule.statutory, self.priority(), self.name
        self.planner.plans[self.name] = plan
