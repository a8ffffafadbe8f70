"""What posts cost: full-time equivalents, paid whether there is work for them or not; and how sure a price is."""

from typing import NamedTuple

from simulator.inputs.evidence import MARKS, covering
from simulator.scenario.scenario import Scenario

_PRICE = "costs.cost_per_inspector_day"


class _Standing(NamedTuple):
    """What a number of the scenario rests on."""

    mark: str
    """In words (`simulator.inputs.evidence.MARKS`)."""
    range: tuple[float, float] | None
    """Lowest and highest value to vary it in, if the scenario gives them."""
    factor: tuple[float, float] | None
    """Lowest and highest factor to vary it by, if it gives these."""


def standing_of(scenario: Scenario, number: str) -> _Standing:
    """Return the evidence for a number, by its dotted key; one without evidence is an assumption."""
    key = covering(scenario.evidence, number)
    entry = scenario.evidence[key] if key else None
    if entry is None:
        return _Standing(MARKS["A"], None, None)
    return _Standing(MARKS[entry.mark], entry.range, entry.factor)


class _Price(NamedTuple):
    """What one full-time equivalent costs in a year, and how sure that is."""

    pounds: float
    day: float
    """Pounds for one inspector-day."""
    days: float
    """Deployable days of a full-time equivalent."""
    standing: _Standing
    """What the pounds for a day rest on."""


def price_of_post(scenario: Scenario) -> _Price:
    """Price a full-time equivalent: its deployable days, at what an inspector-day costs, overheads included."""
    day, days = scenario.costs.cost_per_inspector_day, scenario.capacity.deployable_days_per_fte_year
    return _Price(day * days, day, days, standing_of(scenario, _PRICE))
