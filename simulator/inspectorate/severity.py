"""Severity: how much harder or softer than the standard inspectors judge between two dates, in grades.

A new framework often is a new standard. As a framework's file writes it, as numbers, and what holds at a moment.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Annotated, Any, Final, Self

import numpy as np
from pydantic import Field, model_validator

from simulator.compiling import compiled
from simulator.inspectorate.kind_of_inspection import KindOfInspection
from simulator.inspectorate.kinds import KINDS
from simulator.inspectorate.rules import Kinds, ServiceTypes
from simulator.inspectorate.sources import Sourced
from simulator.ticks import NEVER, tick_of
from simulator.world.services import SERVICE_TYPES

SEVERITIES_PER_TYPE: Final = 4
"""Clauses on severity that one service type may have."""

_TYPES: Final = len(SERVICE_TYPES)

SEVERITY_FIELDS: Final[list[tuple[Any, ...]]] = [
    ("severity", "f8", (_TYPES, SEVERITIES_PER_TYPE)),
    ("severity_kinds", "i8", (_TYPES, SEVERITIES_PER_TYPE, len(KINDS))),
    ("severity_from", "i8", (_TYPES, SEVERITIES_PER_TYPE)),
    ("severity_until", "i8", (_TYPES, SEVERITIES_PER_TYPE)),
]
"""Fields of `simulator.inspectorate.policy.POLICY`."""


class Severity(Sourced):
    """How much harder or softer inspectors judge between two dates."""

    types: ServiceTypes
    """The service types that the rule is for, or "all_providers" or "registered_providers"."""
    kinds: Kinds | None = None
    """Kinds of inspection of which it holds; every kind that gives a grade if left out."""
    from_: Annotated[date, Field(alias="from")]
    """First day on which it holds."""
    until: date | None = None
    """Last day on which it holds; without end if left out."""
    grades_added: Annotated[float, Field(ge=-2, le=2, allow_inf_nan=False)]
    """Grades added to the true grade before it is rounded: below 0 harder, above 0 softer."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.until is not None and self.until < self.from_:
            raise ValueError(f"until ({self.until}) must not be before from ({self.from_})")
        return self


def write_severity(
    policy: np.void, clauses: Iterable[Severity], kinds: Mapping[str, KindOfInspection], epoch: date
) -> None:
    """Write how hard inspectors judge and when into a framework's `POLICY` record.

    Parameters
    ----------
    policy
        The record.
    clauses, kinds
        The clauses of the framework on severity, and its kinds of inspection.
    epoch
        Day on which ticks begin.
    """
    graded = tuple(name for name, kind in kinds.items() if kind.grades)
    used = dict.fromkeys(SERVICE_TYPES, 0)
    for clause in clauses:
        for name in clause.types:
            at = (SERVICE_TYPES.index(name), used[name])
            used[name] += 1
            policy["severity"][at] = clause.grades_added
            policy["severity_kinds"][at] = [kind in (clause.kinds or graded) for kind in KINDS]
            policy["severity_from"][at] = tick_of(clause.from_, epoch)
            ends = NEVER if clause.until is None else tick_of(clause.until + timedelta(days=1), epoch)
            policy["severity_until"][at] = ends


@compiled
def severity_at(policy: Any, service_type: int, kind: int, time: int) -> float:
    """Return how many grades are added to the true grade of a provider before an inspection's judgement is rounded.

    Where several clauses hold at a time, their grades add up.
    """
    grades = 0.0
    for number in range(SEVERITIES_PER_TYPE):
        if policy.severity_kinds[service_type, number, kind] == 1 and (
            policy.severity_from[service_type, number] <= time < policy.severity_until[service_type, number]
        ):
            grades += policy.severity[service_type, number]
    return grades
