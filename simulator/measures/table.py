"""All measures of one run, as one table."""

import numpy as np
import numpy.typing as npt

from simulator.inspectorate.costs import CostSettings
from simulator.measures.cost import cost
from simulator.measures.detection import detection, false_alarms, undetected
from simulator.measures.discrimination import discrimination
from simulator.measures.enforcement import enforcement
from simulator.measures.load import lapsed, load, punctuality, queue
from simulator.measures.names import MEASURES
from simulator.measures.observed import Observed


def measure(run: Observed, costs: CostSettings) -> npt.NDArray[np.float64]:
    """Measure one run.

    Parameters
    ----------
    run : Observed
        What was observed of it.
    costs : CostSettings
        Price of an inspector-day, in money and in the provider's time.

    Returns
    -------
    array of float, shape (26, 14)
        One row per measure, in the order of `MEASURES`; one column per service type, in the order of
        `SERVICE_TYPES`, and a last one for all. Units as `MEASURES` says; not-a-number where undefined.
    """
    trace, tally, risks = run
    queued = queue(trace)
    values = {
        **load(trace, tally),
        **punctuality(tally),
        **queued,
        **lapsed(trace, tally),
        **detection(trace),
        **undetected(trace),
        **false_alarms(tally),
        **cost(trace, tally, queued["desk_days_per_year"], costs),
        **discrimination(risks),
        **enforcement(trace),
    }
    return np.stack([values[each.name] for each in MEASURES])
