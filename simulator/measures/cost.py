"""What inspection costs the inspectorate in money, and providers in days of their staff."""

from simulator.engine.trace import Trace
from simulator.inspectorate.costs import CostSettings
from simulator.measures.by_service import Values, with_all, years_measured
from simulator.measures.tally import Tally


def cost(trace: Trace, tally: Tally, desk_days: Values, costs: CostSettings) -> dict[str, Values]:
    """Measure money and burden: work at the desk (`desk_days` a year) costs money, but the provider gets no visit."""
    years = years_measured(trace)
    spent = with_all(tally.inspector_days) / years + desk_days
    return {
        "burden_days_per_year": with_all(tally.visit_days) * costs.provider_days_per_inspector_day / years,
        "cost_per_year": spent * costs.cost_per_inspector_day,
    }
