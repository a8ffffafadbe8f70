"""Visits to providers, and the days of their staff that these take, by the grade of their last inspection."""

from typing import Final

import numpy as np
import numpy.typing as npt

from simulator.engine.trace import Trace
from simulator.inspectorate.costs import CostSettings
from simulator.inspectorate.kinds import RATINGS
from simulator.measures.by_service import Values, ratio, with_all
from simulator.ticks import TICKS_PER_YEAR

_Floats = npt.NDArray[np.float64]

_NOT_GRADED, _POOR, _ADEQUATE, *_GOOD_OR_BETTER = range(len(RATINGS))
HELD_RATINGS: Final = {
    "good": tuple(_GOOD_OR_BETTER),
    "adequate": (_ADEQUATE,),
    "poor": (_POOR,),
    "not_yet_graded": (_NOT_GRADED,),
}
"""Ratings that are counted together, by the name of what they are."""


def burden_days(held: npt.NDArray[np.void], costs: CostSettings) -> _Floats:
    """Return the days of providers' staff that visits and paperwork took, of every entry of `HELD`."""
    days = (
        held["visits"] * costs.provider_days_to_prepare
        + held["inspector_days"] * costs.provider_days_per_inspector_day
        + held["questionnaires"] * costs.provider_days_per_questionnaire
        + held["self_assessments"] * costs.provider_days_per_self_assessment
        + held["plans"] * costs.provider_days_per_improvement_plan
    )
    return np.asarray(days, dtype=np.float64)


def by_rating(trace: Trace, costs: CostSettings) -> dict[str, Values]:
    """Measure visits, and the days and pounds that providers give for them, by the last grade."""
    held = trace.held_by_year
    years = held["ticks"].sum(axis=0) / TICKS_PER_YEAR
    visits = held["visits"].sum(axis=0).astype(np.float64)
    days = burden_days(held, costs).sum(axis=0)
    by_held = {
        name: ratio(with_all(visits[:, ratings].sum(axis=1)), with_all(years[:, ratings].sum(axis=1)))
        for name, ratings in HELD_RATINGS.items()
    }
    good = HELD_RATINGS["good"]
    good_days = ratio(with_all(days[:, good].sum(axis=1)), with_all(years[:, good].sum(axis=1)))
    of_all = with_all(years.sum(axis=1))
    return {
        "visits_per_provider_year": ratio(with_all(visits.sum(axis=1)), of_all),
        "visits_rated_good": by_held["good"],
        "visits_rated_adequate": by_held["adequate"],
        "visits_rated_poor": by_held["poor"],
        "visits_not_graded": by_held["not_yet_graded"],
        "burden_days_per_provider_year": ratio(with_all(days.sum(axis=1)), of_all),
        "burden_days_rated_good": good_days,
        "burden_cost_rated_good": good_days * costs.cost_per_provider_day,
    }
