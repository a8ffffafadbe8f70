"""The scenario that the page asks about."""

from functools import cache
from typing import Final

from simulator.scenario.scenario import Scenario, load_scenario

SCENARIO: Final = "england-2006"
HOMES: Final = "childrens_home"
"""The type of service that the page speaks of first."""


@cache
def scenario() -> Scenario:
    """Return the scenario that the page asks about."""
    return load_scenario(SCENARIO)
