"""What a day of inspection costs the inspectorate in money and the provider in time."""

from typing import Annotated

from pydantic import Field

from simulator.sections import Section


class CostSettings(Section):
    """The ``costs`` section of a scenario.

    Both numbers turn inspector-days into something else and change nothing that happens in a run.
    """

    cost_per_inspector_day: Annotated[float, Field(ge=0)]
    """Pounds that one inspector-day costs the inspectorate, write-up and overheads included."""
    provider_days_per_inspector_day: Annotated[float, Field(ge=0)]
    """Days of the provider's own staff that one inspector-day takes up."""
