"""Assessments and self-assessments as numbers: their fields of the `POLICY` record, and what writes them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from simulator.inputs.messages import InputError
from simulator.inspectorate.assessment import INPUTS
from simulator.inspectorate.assessment_clauses import Assessment, SelfAssessment
from simulator.inspectorate.targeting import BY_INDEX
from simulator.world.services import SERVICE_TYPES

if TYPE_CHECKING:
    from simulator.inspectorate.framework import Framework

# how providers are assessed
NOT_ASSESSED: Final = 0
LAST_JUDGEMENT: Final = 1
BY_POINTS: Final = 2
BY_BELIEF: Final = 3
WAYS: Final = ("", "last_judgement", "points", "belief")

KEPT_FIELDS: Final = ("assessed", "weights", "cut_offs", "concern_points", "confidence", "user_survey", "self_assessed")
"""What must be the same for a takeover to change nothing in how a provider is rated."""

NEWS: Final = ("complaint", "serious_concern", "new_manager", "breach", "judgement", "self_assessment")
"""News that may bring a review: first the signals, in their order."""
JUDGED: Final = NEWS.index("judgement")
SELF_ASSESSED: Final = NEWS.index("self_assessment")
CUT_OFFS: Final = ("poor", "adequate", "good")

_TYPES: Final = len(SERVICE_TYPES)

ASSESSMENT_FIELDS: Final[list[tuple[Any, ...]]] = [
    ("assessment_kept", "i8", (_TYPES,)),  # 1 if the framework before assessed in the same way
    ("assessed", "i8", (_TYPES,)),
    ("weights", "f8", (_TYPES, len(INPUTS))),
    ("cut_offs", "f8", (_TYPES, len(CUT_OFFS))),
    ("concern_points", "f8", (_TYPES, 4)),  # by signal; that of a new manager is an input of its own
    ("confidence", "f8", (_TYPES,)),
    ("believes", "i8", (_TYPES,)),  # 1 if a framework of the timeline assesses or targets by belief
    ("user_survey", "i8", (_TYPES,)),
    ("review_on", "i8", (_TYPES, len(NEWS))),
    ("assessment_days", "f8", (_TYPES,)),
    ("review_days", "f8", (_TYPES,)),
    ("assessment_pool", "i8", (_TYPES,)),  # the first part of it, if it is regional
    ("assessment_regional", "i8", (_TYPES,)),
    ("self_assessed", "i8", (_TYPES,)),
    ("cross_check", "f8", (_TYPES,)),
    ("check_days", "f8", (_TYPES,)),
    ("check_pool", "i8", (_TYPES,)),
    ("check_regional", "i8", (_TYPES,)),
]


def write_assessments(policy: np.void, framework: "Framework", pools: Sequence[str]) -> None:
    """Write the assessments of a framework into its `POLICY` record.

    Raises
    ------
    InputError
        If one names a pool that the scenario does not have.
    """
    for name, assessment in framework.assessments.items():
        pool = _pool(f"assessments.{name}", assessment.pool, framework, pools)
        for at in (SERVICE_TYPES.index(each) for each in assessment.types):
            _write_assessment(policy, at, assessment)
            policy["assessment_pool"][at] = pool
            policy["assessment_regional"][at] = pools.count(assessment.pool) > 1
    for name, demanded in framework.self_assessments.items():
        pool = _pool(f"self_assessments.{name}", demanded.pool, framework, pools)
        for at in (SERVICE_TYPES.index(each) for each in demanded.types):
            _write_self_assessment(policy, at, demanded)
            policy["check_pool"][at] = pool
            policy["check_regional"][at] = pools.count(demanded.pool) > 1


def let_believe(policies: npt.NDArray[np.void]) -> None:
    """Keep a belief under every framework of a timeline, if one assesses or targets by it.

    It rests on all that went before.
    """
    needed = (policies["assessed"] == BY_BELIEF) | (policies["targeted"] == BY_INDEX)
    policies["believes"] = needed.any(axis=0)


def _pool(keys: str, pool: str, framework: "Framework", pools: Sequence[str]) -> int:
    if pool not in pools:
        raise InputError(
            f'framework "{framework.name}": {keys}.pool is "{pool}", '
            f"but the scenario has only these pools: {', '.join(dict.fromkeys(pools))}"
        )
    return pools.index(pool)


def _write_assessment(policy: np.void, at: int, assessment: Assessment) -> None:
    policy["assessed"][at] = WAYS.index(assessment.by)
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


def _write_self_assessment(policy: np.void, at: int, demanded: SelfAssessment) -> None:
    policy["self_assessed"][at] = 1
    policy["cross_check"][at] = demanded.cross_check
    policy["check_days"][at] = demanded.check_days
