"""How a framework has providers assessed once a year, and what it has them say of themselves.

As its file writes it, and as numbers. *Modernising the Regulatory Framework for Children's Social Services* (2006),
3.1.16 to 3.1.20 and 3.2.
"""

from typing import Annotated, Final, Literal, Self, get_args

import numpy as np
import numpy.typing as npt
from pydantic import AfterValidator, Field, model_validator

from simulator.inputs.parameter import Parameter
from simulator.inspectorate.assessment import INPUTS
from simulator.inspectorate.clause_values import Probability, ServiceTypes, each_once
from simulator.inspectorate.named_clauses import BY_TYPE, NamedClauses, Writing
from simulator.inspectorate.sources import Clause, Said, Sourced
from simulator.inspectorate.targeting import BY_INDEX

DeskDays = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False), Parameter(unit="inspector-days")]
Weighting = Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)]
Points = Annotated[float, Field(ge=0, le=3, allow_inf_nan=False)]
Way = Literal["last_judgement", "points", "belief"]
News = Literal["complaint", "serious_concern", "new_manager", "breach", "judgement", "self_assessment"]

# how providers are assessed
_WAYS: Final = ("", *get_args(Way))
NOT_ASSESSED: Final = _WAYS.index("")
BY_POINTS: Final = _WAYS.index("points")
BY_BELIEF: Final = _WAYS.index("belief")

NEWS: Final[tuple[News, ...]] = get_args(News)
"""News that may bring a review: first the signals, in their order."""
JUDGED: Final = NEWS.index("judgement")
SELF_ASSESSED: Final = NEWS.index("self_assessment")

KEPT_FIELDS: Final = ("assessed", "weights", "cut_offs", "concern_points", "confidence", "user_survey", "self_assessed")
"""What must be the same for a takeover to change nothing in how a provider is rated."""


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
    by: Way
    """How: the rating is the last judgement, or follows from weighted points, or from the exact belief."""
    points: Annotated[ByPoints | None, Parameter(unit="weights; risk points, 0 excellent to 3 poor")] = None
    """The weights and cut-offs of an assessment by points."""
    belief: Annotated[ByBelief | None, Parameter(unit="probability")] = None
    """How an assessment by belief rates."""
    user_survey: bool = False
    """Whether the users of the service are asked every year."""
    review_on: Annotated[tuple[News, ...], Field(strict=False), AfterValidator(each_once)] = ()
    """News in the course of the year after which the assessment is repeated."""
    effort_days: Annotated[DeskDays, Parameter("inspector-days that an assessment takes")] = 0.0
    """Inspector-days at the desk that one takes; they come off the pool's capacity evenly over the year."""
    review_days: Annotated[DeskDays, Parameter("inspector-days that the review of an assessment takes")] = 0.0
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


def _write_assessment(policy: np.void, at: int, assessment: Assessment, writing: Writing) -> None:
    policy["assessment_pool"][at] = writing.code_of(assessment.pool)
    policy["assessment_regional"][at] = writing.is_regional(assessment.pool)
    policy["assessed"][at] = _WAYS.index(assessment.by)
    policy["user_survey"][at] = assessment.user_survey
    policy["assessment_days"][at] = assessment.effort_days
    policy["review_days"][at] = assessment.review_days
    for news in assessment.review_on:
        policy["review_on"][at, NEWS.index(news)] = 1
    if assessment.points is not None:
        policy["weights"][at] = list(assessment.points.weights.model_dump().values())
        policy["cut_offs"][at] = list(assessment.points.cut_offs.model_dump().values())
        for signal, points in assessment.points.concerns.model_dump().items():
            policy["concern_points"][at, NEWS.index(signal)] = points
    if assessment.belief is not None:
        policy["confidence"][at] = assessment.belief.confidence


ASSESSMENTS: Final = NamedClauses(
    fields=[
        ("assessment_kept", "i8", BY_TYPE),  # 1 if the framework before assessed in the same way
        ("assessed", "i8", BY_TYPE),
        ("weights", "f8", (*BY_TYPE, len(INPUTS))),
        ("cut_offs", "f8", (*BY_TYPE, len(CutOffs.model_fields))),
        ("concern_points", "f8", (*BY_TYPE, 4)),  # by signal; that of a new manager is an input of its own
        ("confidence", "f8", BY_TYPE),
        ("believes", "i8", BY_TYPE),  # 1 if a framework of the timeline assesses or targets by belief
        ("user_survey", "i8", BY_TYPE),
        ("review_on", "i8", (*BY_TYPE, len(NEWS))),
        ("assessment_days", "f8", BY_TYPE),
        ("review_days", "f8", BY_TYPE),
        ("assessment_pool", "i8", BY_TYPE),  # the first part of it, if it is regional
        ("assessment_regional", "i8", BY_TYPE),
    ],
    write=_write_assessment,
    event="the assessment of a {service_type}",
)


class SelfAssessment(Sourced):
    """A self-assessment that every provider must produce once a year (the AQAA of 3.2)."""

    types: ServiceTypes
    """The service types that must produce it, or "all_providers" or "registered_providers"."""
    title: Said
    """What it is called."""
    cross_check: Annotated[Probability, Parameter("share of self-assessments that are cross-checked")]
    """Probability that cross-checking with other sources finds a misleading one."""
    check_days: Annotated[DeskDays, Parameter("inspector-days that such a check takes")] = 0.0
    """Inspector-days at the desk that reading and cross-checking one takes."""
    pool: Said
    """The pool of inspectors that does so."""


def _write_self_assessment(policy: np.void, at: int, demanded: SelfAssessment, writing: Writing) -> None:
    policy["self_assessed"][at] = 1
    policy["cross_check"][at] = demanded.cross_check
    policy["check_days"][at] = demanded.check_days
    policy["check_pool"][at] = writing.code_of(demanded.pool)
    policy["check_regional"][at] = writing.is_regional(demanded.pool)


SELF_ASSESSMENTS: Final = NamedClauses(
    fields=[
        ("self_assessed", "i8", BY_TYPE),
        ("cross_check", "f8", BY_TYPE),
        ("check_days", "f8", BY_TYPE),
        ("check_pool", "i8", BY_TYPE),
        ("check_regional", "i8", BY_TYPE),
    ],
    write=_write_self_assessment,
    event="the self-assessment of a {service_type}",
)


def let_believe(policies: npt.NDArray[np.void]) -> None:
    """Keep a belief under every framework of a timeline, if one assesses or targets by it.

    It depends on all that went before.
    """
    needed = (policies["assessed"] == BY_BELIEF) | (policies["targeted"] == BY_INDEX)
    policies["believes"] = needed.any(axis=0)
