"""The first inspection of a newly registered provider: as a framework's file writes it, and as numbers."""

from typing import Annotated, Final, Self

import numpy as np
from pydantic import model_validator

from simulator.inputs.parameter import Parameter
from simulator.inspectorate.clause_values import Days, ForTypes, Kind, check_window
from simulator.inspectorate.kinds import KINDS
from simulator.inspectorate.named_clauses import BY_TYPE, NamedClauses, Writing
from simulator.ticks import TICKS_PER_DAY


class FirstInspection(ForTypes):
    """The first inspection of a newly registered provider."""

    kind: Kind = "first"
    """The kind of inspection it is."""
    not_before_days: Annotated[Days, Parameter("minimum days from registration to the first inspection")] = 0
    """Days from registration before which it does not begin."""
    within_days: Annotated[Days, Parameter("maximum days from registration to the first inspection")]
    """Days from registration within which it is to end."""
    statutory: bool = True
    """Whether law or regulation asks for it, so that an inspection ended too late is a breach."""

    @model_validator(mode="after")
    def _has_a_window(self) -> Self:
        check_window(self.not_before_days, self.within_days)
        return self


def _write(policy: np.void, at: int, first: FirstInspection, _: Writing) -> None:
    policy["first_kind"][at] = KINDS.index(first.kind)
    policy["first_not_before"][at] = first.not_before_days * TICKS_PER_DAY
    policy["first_within"][at] = first.within_days * TICKS_PER_DAY
    policy["first_statutory"][at] = first.statutory


FIRST_INSPECTIONS: Final = NamedClauses(
    fields=[
        ("first_kind", "i8", BY_TYPE),
        ("first_not_before", "i8", BY_TYPE),
        ("first_within", "i8", BY_TYPE),
        ("first_statutory", "i8", BY_TYPE),
    ],
    write=_write,
    event="a newly registered {service_type}",
)
