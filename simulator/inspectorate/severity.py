"""Severity: how much harder or softer than the standard inspectors judge between two dates, in grades.

A new framework often is a new standard. As a framework's file writes it, as numbers, and what holds at a moment.
"""

from datetime import date, timedelta
from typing import Annotated, Any, Final, Self

import numpy as np
from pydantic import Field, model_validator

from simulator.compiling import compiled
from simulator.inputs.parameter import Parameter
from simulator.inspectorate.clause_values import ForTypes, Kinds
from simulator.inspectorate.kinds import KINDS
from simulator.inspectorate.named_clauses import BY_TYPE, NamedClauses, Writing
from simulator.ticks import NEVER, tick_of

_SEVERITIES_PER_TYPE: Final = 4
"""Clauses on severity that one service type may have."""

_BY_CLAUSE: Final = (*BY_TYPE, _SEVERITIES_PER_TYPE)


class Severity(ForTypes):
    """How much harder or softer inspectors judge between two dates."""

    kinds: Kinds | None = None
    """Kinds of inspection of which it holds; every kind that gives a grade if left out."""
    from_: Annotated[date, Field(alias="from"), Parameter(unit="date")]
    """First day on which it holds."""
    until: Annotated[date | None, Parameter(unit="date")] = None
    """Last day on which it holds; without end if left out."""
    grades_added: Annotated[
        float,
        Field(ge=-2, le=2, allow_inf_nan=False),
        Parameter("how much harder or softer inspectors judge for a time", "grades"),
    ]
    """Grades added to the true grade before it is rounded: below 0 harder, above 0 softer."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.until is not None and self.until < self.from_:
            raise ValueError(f"until ({self.until}) must not be before from ({self.from_})")
        return self


def _write(policy: np.void, at: tuple[int, int], severity: Severity, writing: Writing) -> None:
    graded = tuple(name for name, kind in writing.kinds.items() if kind.grades)
    policy["severity"][at] = severity.grades_added
    policy["severity_kinds"][at] = [kind in (severity.kinds or graded) for kind in KINDS]
    policy["severity_from"][at] = tick_of(severity.from_, writing.epoch)
    ends = NEVER if severity.until is None else tick_of(severity.until + timedelta(days=1), writing.epoch)
    policy["severity_until"][at] = ends


SEVERITY: Final = NamedClauses(
    fields=[
        ("severity", "f8", _BY_CLAUSE),
        ("severity_kinds", "i8", (*_BY_CLAUSE, len(KINDS))),
        ("severity_from", "i8", _BY_CLAUSE),
        ("severity_until", "i8", _BY_CLAUSE),
    ],
    write=_write,
    most=_SEVERITIES_PER_TYPE,
    called="clauses on severity",
)


@compiled
def severity_at(policy: Any, service_type: int, kind: int, time: int) -> float:
    """Return how many grades are added to the true grade of a provider before an inspection's judgement is rounded.

    Where several clauses hold at a time, their grades add up.
    """
    grades = 0.0
    for number in range(_SEVERITIES_PER_TYPE):
        if policy.severity_kinds[service_type, number, kind] == 1 and (
            policy.severity_from[service_type, number] <= time < policy.severity_until[service_type, number]
        ):
            grades += policy.severity[service_type, number]
    return grades
