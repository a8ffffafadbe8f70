"""What posts cost: full-time equivalents, paid whether there is work for them or not."""

from typing import NamedTuple

from simulator.evidence import MARKS, covering
from simulator.scenario import Scenario

PRICE = "costs.cost_per_inspector_day"


class Price(NamedTuple):
    """What one full-time equivalent costs in a year, and how sure that is."""

    pounds: float
    day: float
    """Pounds for one inspector-day."""
    days: float
    """Deployable days of a full-time equivalent."""
    mark: str
    """What the pounds for a day rest on, in words."""
    day_low: float | None
    """Range to vary it in, if the scenario gives one."""
    day_high: float | None


def price_of_post(scenario: Scenario) -> Price:
    """Price a full-time equivalent: its deployable days, at what an inspector-day costs, overheads included."""
    day, days = scenario.costs.cost_per_inspector_day, scenario.capacity.deployable_days_per_fte_year
    key = covering(scenario.evidence, PRICE)
    entry = scenario.evidence[key] if key else None
    low, high = (entry.range if entry else None) or (None, None)
    return Price(day * days, day, days, MARKS[entry.mark if entry else "A"], low, high)
