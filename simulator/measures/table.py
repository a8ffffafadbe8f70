"""All measures of one run, as one table."""

import numpy as np
import numpy.typing as npt

from simulator.engine.trace import Trace
from simulator.inspectorate.costs import CostSettings
from simulator.measures.cost import cost
from simulator.measures.detection import detection, false_alarms, undetected
from simulator.measures.discrimination import discrimination
from simulator.measures.done import inspections_done
from simulator.measures.enforcement import enforcement
from simulator.measures.load import lapsed, load, punctuality, queue
from simulator.measures.names import MEASURES


def measure(trace: Trace, costs: CostSettings) -> npt.NDArray[np.float64]:
    """Measure one run.

    Parameters
    ----------
    trace : Trace
        What the run recorded.
    costs : CostSettings
        Price of an inspector-day, in money and in the provider's time.

    Returns
    -------
    array of float, shape (26, 14)
        One row per measure, in the order of `MEASURES`; one column per service type, in the order of
        `SERVICE_TYPES`, and a last one for all. Units as `MEASURES` says; not-a-number where undefined.
    """
    done = inspections_done(trace)
    queued = queue(trace)
    values = {
        **load(trace, done),
        **punctuality(trace),
        **queued,
        **lapsed(trace),
        **detection(trace),
        **undetected(trace),
        **false_alarms(done),
        **cost(trace, done, queued["desk_days_per_year"], costs),
        **discrimination(trace),
        **enforcement(trace),
    }
    return np.stack([values[each.name] for each in MEASURES])
