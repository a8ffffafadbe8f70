"""All measures of one run, as one table."""

import numpy as np
import numpy.typing as npt

from simulator.inspectorate.costs import CostSettings
from simulator.measures.by_rating import by_rating
from simulator.measures.cost import Paid, cost
from simulator.measures.detection import detection, false_alarms, found, undetected
from simulator.measures.discrimination import discrimination
from simulator.measures.enforcement import enforcement
from simulator.measures.load import lapsed, load, queue
from simulator.measures.names import MEASURES
from simulator.measures.observed import Observed
from simulator.measures.trouble import promises, queue_at_end


def measure(run: Observed, costs: CostSettings, paid: Paid) -> npt.NDArray[np.float64]:
    """Measure one run.

    Parameters
    ----------
    run : Observed
        What was observed of it.
    costs : CostSettings
        Prices, in money and in the provider's time.
    paid : Paid
        For inspectors in each year of the window (`simulator.measures.posts_paid`).

    Returns
    -------
    array of float, shape (measures, 14)
        One row per measure, in the order of `MEASURES`; one column per service type, in the order of
        `SERVICE_TYPES`, and a last one for all. Units as `MEASURES` says; not-a-number where undefined.
    """
    trace, tally, risks, duties = run
    made, poor_found = load(trace, tally), found(trace)
    values = {
        **made,
        **by_rating(trace, costs),
        **duties.measures(),
        **queue(trace),
        **queue_at_end(trace),
        **lapsed(trace, tally),
        **promises(tally),
        **detection(trace),
        **undetected(trace),
        **false_alarms(tally),
        **poor_found,
        **cost(trace, tally, paid, poor_found["poor_found_per_year"], made["inspections_per_year"], costs),
        **discrimination(risks),
        **enforcement(trace),
    }
    return np.stack([values[measure.name] for measure in MEASURES])
