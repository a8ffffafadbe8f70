"""Prices for tests: a whole ``costs`` section, of which a test changes what it is about."""

from typing import Any, Final

import numpy as np

from simulator.engine.trace import Trace
from simulator.inspectorate.costs import CostSettings
from simulator.measures.cost import Paid
from simulator.ticks import years_of

PRICES: Final[dict[str, Any]] = {
    "price_year": 2006,
    "discount_rate": 0,
    "cost_per_inspector_day": 500,
    "cost_per_provider_day": 150,
    "provider_days_per_inspector_day": 2,
    "provider_days_to_prepare": 1,
    "provider_days_per_self_assessment": 4,
    "provider_days_per_improvement_plan": 5,
    "enforcement": {"improvement_plan": 100, "notice": 1000, "restriction": 2000, "deregistration": 10_000},
}


def prices(**changes: Any) -> CostSettings:
    """Give prices, some of them changed."""
    return CostSettings.model_validate(PRICES | changes)


def paid(trace: Trace, days: float = 100.0) -> Paid:
    """Give so many inspector-days of posts in each year of the window of a trace, and no agency staff."""
    posts = np.full(years_of(trace.measured_from, trace.horizon), days)
    return Paid(posts, np.zeros_like(posts))
