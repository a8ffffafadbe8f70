"""What the mechanisms of a fit imply and no record shows: how often providers fail, and how much stays unseen."""

from typing import Final

import numpy as np

from simulator.engine.setting import Setting
from simulator.engine.trace import Trace
from simulator.ticks import TICKS_PER_DAY, TICKS_PER_YEAR
from simulator.world.quality import POOR
from simulator.world.services import SERVICE_TYPES

UNDETECTED: Final = "undetected"
"""Undetected poor provider-years per 100 provider-years."""
TURNED: Final = "turned_poor"
"""Times that providers turn poor, per 100 provider-years."""
LASTING: Final = "days_without_inspection"
"""Mean days that an episode of poor would last if nobody ever came."""
NEVER_FOUND: Final = "never_found"
"""Share of the episodes that end, by recovery or closure, without an inspection having found them."""
IMPLIED: Final = (UNDETECTED, TURNED, LASTING, NEVER_FOUND)


def implied(trace: Trace, setting: Setting, service_type: str) -> dict[str, float]:
    """Read what is implied off a run, over its measured years."""
    code = SERVICE_TYPES.index(service_type)
    rows = trace.episodes[trace.episodes["service_type"] == code]
    years = float(trace.provider_years[code].sum())
    until = np.minimum(np.minimum(rows["detected"], rows["ended"]), trace.horizon)
    unseen = np.maximum(until - np.maximum(rows["began"], trace.measured_from), 0).sum()
    begun = rows["began"] >= trace.measured_from
    found = rows["detected"] <= trace.horizon
    missed = begun & ~found & (rows["ended"] <= trace.horizon)
    decided = int(missed.sum() + (begun & found).sum())
    return {
        UNDETECTED: float(100 * unseen / TICKS_PER_YEAR / years),
        TURNED: float(100 * begun.sum() / years),
        LASTING: days_without_inspection(setting, service_type),
        NEVER_FOUND: float(missed.sum() / decided) if decided else float("nan"),
    }


def days_without_inspection(setting: Setting, service_type: str) -> float:
    """Return how long an episode of poor lasts on average if nobody comes, by the rates of leaving it alone.

    It ends by improving, at the rate that holds where nothing was found out, or by closure; both are constant in
    time, so that the mean is one over their sum.
    """
    service = setting.services[SERVICE_TYPES.index(service_type)]
    leaving = float(service["improve"][POOR] + service["closure"][POOR])
    return 1.0 / leaving / TICKS_PER_DAY if leaving else float("inf")
