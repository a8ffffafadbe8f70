"""What inspection costs the inspectorate in money, and providers in time and money."""

from typing import Annotated

import numpy as np
import numpy.typing as npt
from pydantic import Field

from simulator.inputs.parameter import Parameter
from simulator.inputs.sections import Section
from simulator.inspectorate.enforcement import DEREGISTRATION, NOTICE, PLAN_ASKED, RESTRICTION, STEPS

Amount = Annotated[float, Field(ge=0)]


class EnforcementCosts(Section):
    """Pounds that each step of enforcement costs the inspectorate, visits left out: they are counted as inspections."""

    improvement_plan: Amount
    """A plan asked for: to agree on it and to follow it up."""
    notice: Amount
    """A notice: to serve it and to follow it up."""
    restriction: Amount
    """A restriction: to impose it and to follow it up."""
    deregistration: Amount
    """A deregistration, its legal work included."""

    def by_step(self) -> npt.NDArray[np.float64]:
        """Return the pounds of each step, shape (STEPS,)."""
        pounds = np.zeros(STEPS)
        pounds[PLAN_ASKED] = self.improvement_plan
        pounds[NOTICE] = self.notice
        pounds[RESTRICTION] = self.restriction
        pounds[DEREGISTRATION] = self.deregistration
        return pounds


class CostSettings(Section):
    """The ``costs`` section of a scenario.

    Its numbers turn what happened in a run into days and pounds, and change nothing that happens. All amounts are in
    the prices of one year: there is no inflation in them.
    """

    price_year: Annotated[int, Field(ge=1900, le=2200), Parameter("year in whose prices amounts are")]
    """Year in whose prices all amounts are, from April on: 2006 is 2006-07."""
    discount_rate: Annotated[float, Field(ge=0, lt=1), Parameter("discount rate")]
    """Share by which an amount counts less for each later year, in present values only; 0 discounts nothing."""
    cost_per_inspector_day: Annotated[Amount, Parameter("cost of an inspector-day")]
    """Pounds that one inspector-day costs the inspectorate, write-up and overheads included."""
    cost_per_provider_day: Annotated[Amount, Parameter("cost of a day of a provider's staff")]
    """Pounds that one day of a provider's own staff costs the provider."""
    provider_days_per_inspector_day: Annotated[Amount, Parameter("days of a provider's staff for each inspector-day")]
    """Days of the provider's own staff that one inspector-day takes up."""
    provider_days_to_prepare: Annotated[Amount, Parameter("days of a provider's staff around an inspection")]
    """Days of the provider's own staff before and after a visit, whatever its length, without a questionnaire."""
    provider_days_per_questionnaire: Annotated[Amount, Parameter("days of a provider's staff for a questionnaire")] = (
        0.0
    )
    """Days of the provider's own staff for the questionnaire before a visit that a rule has planned.

    A self-assessment takes its place (consultation 2006, 3.2.2): where one is demanded, there is none. Nor does a local
    authority fill one in, whose reviews have papers of their own. Reading it is part of the inspection.
    """
    provider_days_per_self_assessment: Annotated[Amount, Parameter("days of a provider's staff for a self-assessment")]
    """Days of the provider's own staff for one self-assessment produced."""
    provider_days_per_improvement_plan: Annotated[
        Amount, Parameter("days of a provider's staff for an improvement plan")
    ]
    """Days of the provider's own staff to produce one improvement plan, without carrying it out."""
    enforcement: Annotated[EnforcementCosts, Parameter("cost of the steps of enforcement")]
