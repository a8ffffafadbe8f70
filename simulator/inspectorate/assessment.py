"""The yearly risk assessment of a provider: how what is known of it becomes a risk, and a risk a rating.

The consultation *Modernising the Regulatory Framework for Children's Social Services* (2006), 3.1.16 to 3.1.20,
lists what an assessment rests on and leaves open how it is weighed up.
"""

import math
from typing import Any, Final

from simulator.compiling import compiled

# what an assessment by points rests on, in the order of 3.1.18
INPUTS: Final = ("record", "self_assessment", "users", "past_year", "concerns", "changes", "rating")
RECORD: Final = 0
SELF_ASSESSMENT: Final = 1
USERS: Final = 2
PAST_YEAR: Final = 3
CONCERNS: Final = 4
CHANGES: Final = 5
RATING: Final = 6

MOST_RISK: Final = 3.0
"""Risk points of a poor provider; an excellent one has none."""


@compiled
def risk_of_grade(grade: float) -> float:
    """Return the risk points of a grade, 0 for excellent to 3 for poor; not-a-number for 0, a grade not known."""
    return math.nan if grade == 0.0 else 4.0 - grade


@compiled
def weighted_risk(points: Any, weights: Any) -> float:
    """Return the weighted mean of the inputs' risk points, those not known (not-a-number) left out.

    Not-a-number if nothing is known that has a weight.
    """
    total, weight = 0.0, 0.0
    for source in range(len(INPUTS)):
        if not math.isnan(points[source]):
            total += weights[source] * points[source]
            weight += weights[source]
    return total / weight if weight > 0.0 else math.nan


@compiled
def rating_by_points(risk: float, cut_offs: Any) -> int:
    """Return the rating of a risk: poor, adequate and good from their cut-offs (shape 3, falling), else excellent."""
    for rating in range(1, 4):
        if risk >= cut_offs[rating - 1]:
            return rating
    return 4


@compiled
def rating_by_belief(shares: Any, confidence: float) -> int:
    """Return the lowest rating such that the true grade is no better with the probability `confidence`."""
    cumulated = 0.0
    for grade in range(1, 4):
        cumulated += shares[grade]
        if cumulated >= confidence:
            return grade
    return 4
