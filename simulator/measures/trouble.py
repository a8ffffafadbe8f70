"""Whether the inspectorate keeps up: what waits at the end, whether more and more does, and what is not made."""

from typing import Final

import numpy as np

from simulator.engine.trace import Trace
from simulator.inspectorate.kinds import KINDS
from simulator.inspectorate.policy import TYPE_COUNT
from simulator.measures.by_service import Values, closes_within, ratio, totals, with_all
from simulator.measures.tally import Tally
from simulator.measures.years import by_year, year_of
from simulator.ticks import years_of

_RANDOM, _THEMED = KINDS.index("random"), KINDS.index("themed")
_HALVES: Final = 2


def queue_at_end(trace: Trace) -> dict[str, Values]:
    """Measure what waits at the end of the window, and how much more does in its last year than half a window before.

    Means of whole years are compared, since more waits in some months than in others every year.
    """
    rows = trace.backlog[closes_within(trace.backlog["month"], trace.measured_from, trace.horizon)]
    last = rows[rows["month"] == rows["month"].max(initial=0)]
    at_end = totals(last["service_type"], last["waiting"])
    if not len(rows):
        at_end = np.full(TYPE_COUNT + 1, np.nan)
    return {"backlog_at_end": at_end, "backlog_growth_per_year": _growth(trace)}


def _growth(trace: Trace) -> Values:
    """Return the growth of the mean backlog a year over the second half of the window."""
    rows = trace.backlog[closes_within(trace.backlog["month"], trace.measured_from, trace.horizon)]
    apart = years_of(trace.measured_from, trace.horizon) // _HALVES
    ends = np.unique(rows["month"])
    months = by_year(trace, ends, np.ones(len(ends)))
    year = year_of(rows["month"] - 1, trace.measured_from, trace.horizon)
    cells = np.bincount(year * TYPE_COUNT + rows["service_type"], rows["waiting"], minlength=len(months) * TYPE_COUNT)
    if apart == 0 or months[-1] == 0 or months[-1 - apart] == 0:
        return np.full(TYPE_COUNT + 1, np.nan)
    mean = cells.reshape(-1, TYPE_COUNT) / np.maximum(months, 1)[:, np.newaxis]
    return with_all((mean[-1] - mean[-1 - apart]) / apart)


def promises(tally: Tally) -> dict[str, Values]:
    """Measure the share made of what was to be done at discretion; the rest lapsed for want of inspectors."""
    made, lapsed = tally.made_by_kind, tally.lapsed_by_kind
    of_kind = {kind: ratio(with_all(made[kind]), with_all(made[kind] + lapsed[kind])) for kind in (_RANDOM, _THEMED)}
    at_discretion = with_all(tally.made_at_discretion)
    return {
        "discretionary_made_share": ratio(at_discretion, at_discretion + with_all(tally.lapsed)),
        "random_made_share": of_kind[_RANDOM],
        "themed_made_share": of_kind[_THEMED],
    }
