"""How much is inspected, how busy inspectors are, and how far behind they fall."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.engine.trace import Trace
from simulator.measures.by_service import Values, closes_within, ratio, totals, with_all, years_measured
from simulator.measures.tally import GOOD, Tally
from simulator.ticks import MONTHS


def load(trace: Trace, tally: Tally) -> dict[str, Values]:
    """Measure the inspections made: how many, and what they took."""
    years = years_measured(trace)
    made = with_all(tally.made)
    provider_years = with_all(trace.provider_years.sum(axis=1))
    good_provider_years = with_all(trace.provider_years[:, GOOD:].sum(axis=1))
    return {
        "inspections_per_year": made / years,
        "inspections_per_provider_year": ratio(made, provider_years),
        "inspector_days_per_year": with_all(tally.inspector_days) / years,
        "inspections_per_good_provider_year": ratio(with_all(tally.made_of_good), good_provider_years),
    }


def lapsed(trace: Trace, tally: Tally) -> dict[str, Values]:
    """Measure what was to be done at discretion and was not: work for which there were no inspectors."""
    return {"lapsed_per_year": with_all(tally.lapsed) / years_measured(trace)}


def queue(trace: Trace) -> dict[str, Values]:
    """Measure the backlog at the ends of months, the share of inspectors' time that was used, and desk work."""
    rows = trace.backlog[closes_within(trace.backlog["month"], trace.measured_from, trace.horizon)]
    months = np.unique(rows["month"]).size
    waiting = totals(rows["service_type"], rows["waiting"])
    worked = totals(rows["service_type"], rows["inspector_days_worked"])
    return {
        "desk_days_per_year": totals(rows["service_type"], rows["desk_days"]) * MONTHS / max(months, 1),
        "backlog_mean": ratio(waiting, months),
        "utilisation": ratio(worked, inspector_days_there(rows)),
    }


def inspector_days_there(rows: npt.NDArray[np.void]) -> float:
    """Add up the inspector-days there were; every row of the same pool and month repeats them."""
    pools = rows["pool"].max(initial=0) + 1
    _, once = np.unique(rows["month"] * pools + rows["pool"], return_index=True)
    return float(rows["inspector_days_there"][once].sum())


class _PoolLoad(NamedTuple):
    """What a pool did and could have done."""

    worked: float
    """Inspector-days worked a year, those at the desk included."""
    there: float
    """Inspector-days there were a year."""


def pool_load(trace: Trace, pools: Sequence[int]) -> _PoolLoad:
    """Measure the work of some pools, such as the parts of one in each region, in the months that ended in the window.

    Parameters
    ----------
    trace : Trace
    pools : sequence of int
        Their codes.
    """
    rows = trace.backlog[closes_within(trace.backlog["month"], trace.measured_from, trace.horizon)]
    rows = rows[np.isin(rows["pool"], pools)]
    years = max(np.unique(rows["month"]).size, 1) / MONTHS
    return _PoolLoad(float(rows["inspector_days_worked"].sum()) / years, inspector_days_there(rows) / years)
