"""How usual a life is: what becomes of all providers of a type in the run that one is followed in."""

from typing import NamedTuple

import numpy as np

from simulator.engine.trace import Trace
from simulator.ticks import TICKS_PER_DAY
from simulator.world.services import SERVICE_TYPES


class Usual(NamedTuple):
    """The providers of a type in one run, over its measured years."""

    providers: int
    """Of the type, when the run begins."""
    turned: float
    """Times that they turn poor, per provider-year."""
    spells: int
    """Times that they turned poor and were found, or were poor no more, by the end."""
    never_found: float
    """Share of these that ended without an inspection having found them; not-a-number if there are none."""
    days: tuple[int, ...]
    """Days for which each of the others was not found, in order."""

    def share_as_late(self, days: int) -> float:
        """Return the share of the times found that took as many days or more; not-a-number if there are none."""
        return float(np.mean(np.array(self.days) >= days)) if self.days else float("nan")


def usual_in(trace: Trace, service_type: str, providers: int) -> Usual:
    """Count what becomes of the providers of a type over the measured years of a run."""
    code = SERVICE_TYPES.index(service_type)
    rows = trace.episodes[(trace.episodes["service_type"] == code) & (trace.episodes["began"] >= trace.measured_from)]
    found = rows["detected"] <= trace.horizon
    missed = ~found & (rows["ended"] <= trace.horizon)
    days = np.sort((rows["detected"] - rows["began"])[found] // TICKS_PER_DAY)
    decided = int(found.sum() + missed.sum())
    years = float(trace.provider_years[code].sum())
    return Usual(
        providers,
        len(rows) / years if years else float("nan"),
        decided,
        float(missed.sum() / decided) if decided else float("nan"),
        tuple(int(count) for count in days),
    )
