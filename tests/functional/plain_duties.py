"""Duties in the plain model: the dates that the law sets for a provider, whatever is planned or raised."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .plain_planning import Planner


@dataclass(eq=False)
class Duty:
    """A date by which an inspection that satisfies a rule must have ended."""

    row: int
    """Of its provider in the register."""
    rule: str
    began: float
    due: float
    statutory: bool
    met: float = math.inf
    void: float = math.inf
    gap: float = math.nan
    """Days since the rule was last satisfied, when it was met or its provider closed, or at the horizon."""

    @property
    def ended(self) -> float:
        """When it was met or became void."""
        return min(self.met, self.void)


class Ledger:
    """The duties towards one provider that stand."""

    def __init__(self, planner: "Planner") -> None:
        self._planner = planner
        self._standing: list[Duty] = []

    def of(self, rule: str) -> list[Duty]:
        """Return those of a rule, the first opened first."""
        return [duty for duty in self._standing if duty.rule == rule]

    def open(self, rule: str, began: float, due: float, *, statutory: bool = True) -> None:
        """Open a duty."""
        duty = Duty(self._planner.provider.row, rule, began, due, statutory)
        self._standing.append(duty)
        self._planner.provider.world.duties.append(duty)

    def meet(self, rule: str) -> None:
        """Meet the first duty of a rule now, if one stands."""
        for duty in self.of(rule)[:1]:
            duty.met = self._planner.env.now
            duty.gap = self._planner.gap_of(rule)
            self._standing.remove(duty)

    def void(self, rule: str) -> None:
        """End the duties of a rule, because the rule does."""
        for duty in self.of(rule):
            duty.void = self._planner.env.now
            self._standing.remove(duty)

    def close(self) -> None:
        """End all duties, because the provider closes."""
        self.measure_gaps()
        for duty in self._standing:
            duty.void = self._planner.env.now
        self._standing.clear()

    def measure_gaps(self) -> None:
        """Note, for the first duty of each rule, for how long the rule has not been satisfied."""
        for rule in {duty.rule for duty in self._standing}:
            self.of(rule)[0].gap = self._planner.gap_of(rule)
