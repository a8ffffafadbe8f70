"""How a framework has providers assessed once a year, and what it has them say of themselves, as its file writes it.

*Modernising the Regulatory Framework for Children's Social Services* (2006), 3.1.16 to 3.1.20 and 3.2.
"""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from simulator.inspectorate.rules import ServiceTypes, Share, each_once
from simulator.inspectorate.sources import Clause, Said, Sourced

DeskDays = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
Weighting = Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)]
Points = Annotated[float, Field(ge=0, le=3, allow_inf_nan=False)]
News = Literal["complaint", "serious_concern", "new_manager", "breach", "judgement", "self_assessment"]


class Weights(Clause):
    """How much each of the seven inputs of 3.1.18 weighs, in proportion; 0 leaves it out."""

    record: Weighting
    """The cumulative record: the mean of all judgements of the provider."""
    self_assessment: Weighting
    """The provider's last self-assessment; one not produced or found to mislead counts as poor."""
    users: Weighting
    """The survey of the users."""
    past_year: Weighting
    """What the last inspection said, if it was within the past year."""
    concerns: Weighting
    """Concerns, complaints and breaches of the past year."""
    changes: Weighting
    """A change of manager in the past year."""
    rating: Weighting
    """The current quality rating: the last judgement."""


class CutOffs(Clause):
    """Risks, 0 to 3, from which a provider is rated so; below that of good it is rated excellent."""

    poor: Points
    adequate: Points
    good: Points

    @model_validator(mode="after")
    def _fall(self) -> Self:
        if not self.poor > self.adequate > self.good:
            raise ValueError(
                f"poor ({self.poor:g}), adequate ({self.adequate:g}) and good ({self.good:g}) must fall, "
                "since a higher risk is a worse rating"
            )
        return self


class ConcernPoints(Clause):
    """Risk points of each piece of news in the past year; together at most 3."""

    complaint: Points
    """Of each complaint."""
    serious_concern: Points
    """Of each serious concern."""
    breach: Points
    """Of each breach: what the provider owes in writing is missing or misleads."""


class ByPoints(Clause):
    """A weighted score: each input gives 0 (excellent) to 3 (poor) risk points, the risk is their weighted mean."""

    weights: Weights
    """Weights of the inputs; one of which nothing is known is left out of the mean."""
    cut_offs: CutOffs
    """Risks from which a provider is rated poor, adequate and good."""
    concerns: ConcernPoints
    """Risk points of the news of the past year."""

    @model_validator(mode="after")
    def _weighs_something(self) -> Self:
        if not any(self.weights.model_dump().values()):
            raise ValueError("weights: all are 0; allowed: at least one above 0")
        return self


class ByBelief(Clause):
    """The posterior probabilities of the grades, given all that is known and how quality moves."""

    confidence: Annotated[float, Field(gt=0, lt=1)]
    """Rated is the lowest grade such that the true one is no better with this probability."""


class Assessment(Sourced):
    """The yearly risk assessment of providers, on 1 April, from which their rating for the year follows."""

    types: ServiceTypes
    """The service types that are assessed, or "all_providers" or "registered_providers"."""
    by: Literal["last_judgement", "points", "belief"]
    """How: the rating is the last judgement, or follows from weighted points, or from the exact belief."""
    points: ByPoints | None = None
    """The weights and cut-offs of an assessment by points."""
    belief: ByBelief | None = None
    """How an assessment by belief rates."""
    user_survey: bool = False
    """Whether the users of the service are asked every year."""
    review_on: Annotated[tuple[News, ...], Field(strict=False), AfterValidator(each_once)] = ()
    """News in the course of the year upon which the assessment is made anew."""
    effort_days: DeskDays = 0.0
    """Inspector-days at the desk that one takes; they come off the pool's capacity evenly over the year."""
    review_days: DeskDays = 0.0
    """Inspector-days that a review in the course of the year takes; one upon a judgement takes none."""
    pool: Said
    """The pool of inspectors that carries it out."""

    @model_validator(mode="after")
    def _says_how(self) -> Self:
        for name in ("points", "belief"):
            given = getattr(self, name) is not None
            if given != (self.by == name):
                what = "needs" if self.by == name else "takes no"
                raise ValueError(f'by = "{self.by}" {what} [{name}]: that is how an assessment by {name} rates')
        if self.points is not None and self.points.weights.users and not self.user_survey:
            raise ValueError("points.weights.users is above 0, but user_survey = false: nobody asks the users")
        if self.by == "last_judgement" and self.review_on:
            raise ValueError("review_on is for assessments by points or belief: the last judgement is known at once")
        return self


class SelfAssessment(Sourced):
    """A self-assessment that every provider must produce once a year (the AQAA of 3.2)."""

    types: ServiceTypes
    """The service types that must produce it, or "all_providers" or "registered_providers"."""
    title: Said
    """What it is called."""
    cross_check: Share
    """Probability that cross-checking with other sources finds a misleading one."""
    check_days: DeskDays = 0.0
    """Inspector-days at the desk that reading and cross-checking one takes."""
    pool: Said
    """The pool of inspectors that does so."""
