"""How often plans are asked for and the tariff of enforcement escalates."""

from simulator.engine.trace import Trace
from simulator.inspectorate.enforcement import DEREGISTRATION, NOTICE, PLAN_ASKED
from simulator.measures.by_service import Values, with_all, years_measured


def enforcement(trace: Trace) -> dict[str, Values]:
    """Measure the steps taken, from the improvement plan asked for to deregistration."""
    a_year = trace.steps_taken / years_measured(trace)
    return {
        "improvement_plans_per_year": with_all(a_year[:, PLAN_ASKED]),
        "enforcement_notices_per_year": with_all(a_year[:, NOTICE]),
        "deregistrations_per_year": with_all(a_year[:, DEREGISTRATION]),
    }
