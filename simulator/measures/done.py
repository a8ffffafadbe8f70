"""The inspections that ended in the measured window: the columns that several measures share."""

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.engine.state import DONE
from simulator.engine.trace import Trace
from simulator.measures.by_service import Flags, within

GOOD: Final = 3
"""From this true grade on a provider is truly good or better."""


class Done(NamedTuple):
    """Inspections of every kind that were begun, ended, and ended in the measured window; each shape (n,)."""

    service_type: npt.NDArray[np.int64]
    kind: npt.NDArray[np.int64]
    inspector_days: npt.NDArray[np.float64]
    judged: npt.NDArray[np.int64]
    """Grade given, 0 if none was."""
    truly_good: Flags
    """Whether the provider truly was good or better when the inspection ended."""


def inspections_done(trace: Trace) -> Done:
    """Pick the inspections that count out of a trace."""
    table = trace.inspections
    rows = np.flatnonzero((table["status"] == DONE) & within(table["ended"], trace))
    return Done(
        service_type=table["service_type"][rows],
        kind=table["kind"][rows],
        inspector_days=table["inspector_days"][rows],
        judged=table["judged"][rows],
        truly_good=table["true_grade"][rows] >= GOOD,
    )
