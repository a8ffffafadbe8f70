"""What inspection costs the inspectorate in money, and providers in days of their staff."""

from simulator.engine.trace import Trace
from simulator.inspectorate.costs import CostSettings
from simulator.inspectorate.kinds import DESK
from simulator.measures.by_service import Values, totals, years_measured
from simulator.measures.done import Done


def cost(trace: Trace, done: Done, desk_days: Values, costs: CostSettings) -> dict[str, Values]:
    """Measure money and burden: work at the desk (`desk_days` a year) costs money, but the provider gets no visit."""
    years = years_measured(trace)
    visit = done.kind != DESK
    spent = totals(done.service_type, done.inspector_days) / years + desk_days
    on_visits = totals(done.service_type[visit], done.inspector_days[visit])
    return {
        "burden_days_per_year": on_visits * costs.provider_days_per_inspector_day / years,
        "cost_per_year": spent * costs.cost_per_inspector_day,
    }
