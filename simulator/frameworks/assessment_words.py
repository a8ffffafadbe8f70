"""How an assessment rates, in words."""

from typing import Final

from simulator.frameworks.phrases import SIGNALS, counted, rating_name
from simulator.inspectorate.assessments import Assessment
from simulator.inspectorate.framework import Framework
from simulator.words.wording import joined

_NEWS: Final = {
    **SIGNALS,
    "judgement": "a judgement",
    "self_assessment": "a self-assessment",
}

_INPUTS: Final = {
    "record": "the record of judgements",
    "self_assessment": "the self-assessment",
    "users": "the users' opinion",
    "past_year": "findings of inspections in the past year",
    "concerns": "concerns of the past year",
    "changes": "a new manager",
    "rating": "the last judgement",
}


def how_assessed(assessment: Assessment, framework: Framework) -> str:
    """Report how the yearly assessment rates, what it takes, and after which news it is repeated."""
    parts = [_rated(assessment, framework)]
    if assessment.user_survey:
        parts.append("the users are asked")
    if assessment.review_on:
        parts.append(f"repeated after {joined([_NEWS[news] for news in assessment.review_on], 'or')}")
    if assessment.effort_days or assessment.review_days:
        parts.append(
            f"takes {counted(assessment.effort_days, 'inspector-day')} at the desk, a review after news "
            f"{assessment.review_days:g}"
        )
    return "; ".join(parts)


def _rated(assessment: Assessment, framework: Framework) -> str:
    """Report how an assessment rates."""
    if assessment.points is not None:
        weights = assessment.points.weights.model_dump().items()
        weighed = ", ".join(f"{_INPUTS[name]} {weight:g}" for name, weight in weights if weight)
        bounds = assessment.points.cut_offs.model_dump().items()
        rated = ", ".join(f"{rating_name(name, framework)} from {bound:g}" for name, bound in bounds)
        news = assessment.points.concerns.model_dump().items()
        concerns = ", ".join(f"{SIGNALS[name]} {points:g}" for name, points in news)
        best, worst = (rating_name(name, framework) for name in ("excellent", "poor"))
        return (
            f"rated by points, 0 ({best}) to 3 ({worst}), the weighted mean of the available information: {weighed}; "
            f"rated {rated}; points of the past year's concerns: {concerns}"
        )
    if assessment.belief is not None:
        share = f"{assessment.belief.confidence:.0%}"
        return (
            "rated by the exact probabilities of the grades, given everything known: the lowest grade such that the "
            f"true one is no better with a probability of {share}"
        )
    return "rated as last judged"
