"""Another inspection soon after a bad judgement: as a framework's file writes it, and as numbers."""

from typing import Annotated, Final, Self

import numpy as np
from pydantic import AfterValidator, Field, model_validator

from simulator.inputs.parameter import Parameter
from simulator.inspectorate.clause_values import (
    Days,
    ForTypes,
    Grade,
    Kind,
    Kinds,
    Priority,
    Probability,
    check_window,
    each_once,
)
from simulator.inspectorate.kinds import KINDS, RATINGS, code_of_kind
from simulator.inspectorate.named_clauses import BY_TYPE, NamedClauses, Writing
from simulator.ticks import TICKS_PER_DAY

_BY_GRADE: Final = (*BY_TYPE, len(RATINGS))

_LOOK_KEYS: Final = (
    "look_probability",
    "look_not_before_days",
    "look_within_days",
    "after_look_not_before_days",
    "after_look_within_days",
)
"""Keys of a re-inspection that say something only where another visit may be made before it."""


class Reinspection(ForTypes):
    """Another inspection soon after a bad judgement."""

    after: Annotated[tuple[Grade, ...], Field(strict=False, min_length=1), AfterValidator(each_once)]
    """Judgements after which the provider is inspected again."""
    after_kinds: Kinds | None = None
    """Kinds of inspection whose judgement calls for it; any if left out."""
    kind: Kind
    """The kind of inspection it is."""
    not_before_days: Annotated[Days, Parameter("minimum days until a re-inspection")] = 0
    """Days from the judgement before which it does not begin."""
    within_days: Annotated[Days, Parameter("maximum days until a re-inspection")]
    """Days from the judgement within which it is to end."""
    counts: bool = True
    """Whether it counts towards the visits that a yearly rule asks for."""
    statutory: bool = False
    """Whether law or regulation asks for it, so that an inspection ended too late is a breach."""
    priority: Priority | None = None
    """Which goes first when inspectors are short, if not as its kind: discretionary work yields to statutory."""
    look_kind: Kind | None = None
    """The kind of a visit that is made before it after some of these judgements; none if left out."""
    look_probability: Annotated[Probability, Parameter("share of re-inspections with another visit before them")] = 0.0
    """Probability that such a visit is made first."""
    look_not_before_days: Annotated[Days, Parameter("minimum days until a visit before a re-inspection")] = 0
    """Days from the judgement before which that visit does not begin."""
    look_within_days: Annotated[Days, Parameter("maximum days until a visit before a re-inspection")] = 0
    """Days from the judgement within which that visit is to end."""
    after_look_not_before_days: Annotated[Days, Parameter("minimum days from that visit to the re-inspection")] = 0
    """Days from that visit, as planned, before which the re-inspection then does not begin."""
    after_look_within_days: Annotated[Days, Parameter("maximum days from that visit to the re-inspection")] = 0
    """Days from that visit, as planned, within which the re-inspection is then to end."""

    @model_validator(mode="after")
    def _has_a_window(self) -> Self:
        check_window(self.not_before_days, self.within_days)
        return self

    @model_validator(mode="after")
    def _looks_first(self) -> Self:
        if self.look_kind is not None:
            check_window(self.look_not_before_days, self.look_within_days, "look_within_days")
            check_window(self.after_look_not_before_days, self.after_look_within_days, "after_look_within_days")
            return self
        given = [name for name in _LOOK_KEYS if getattr(self, name)]
        if given:
            raise ValueError(f"{given[0]} is of a visit before the re-inspection and needs look_kind, its kind")
        return self


def _write(policy: np.void, service_type: int, again: Reinspection, writing: Writing) -> None:
    for grade in again.after:
        at = (service_type, RATINGS.index(grade))
        policy["again"][at] = 1
        policy["again_after_kind"][at] = [kind in (again.after_kinds or KINDS) for kind in KINDS]
        policy["again_kind"][at] = KINDS.index(again.kind)
        policy["again_not_before"][at] = again.not_before_days * TICKS_PER_DAY
        policy["again_within"][at] = again.within_days * TICKS_PER_DAY
        policy["again_counts"][at] = again.counts
        policy["again_statutory"][at] = again.statutory
        policy["again_priority"][at] = again.priority or writing.kinds[again.kind].priority
        policy["look_kind"][at] = code_of_kind(again.look_kind)
        policy["look_probability"][at] = again.look_probability
        policy["look_not_before"][at] = again.look_not_before_days * TICKS_PER_DAY
        policy["look_within"][at] = again.look_within_days * TICKS_PER_DAY
        policy["after_look_not_before"][at] = again.after_look_not_before_days * TICKS_PER_DAY
        policy["after_look_within"][at] = again.after_look_within_days * TICKS_PER_DAY


REINSPECTIONS: Final = NamedClauses(
    fields=[
        ("again", "i8", _BY_GRADE),
        ("again_after_kind", "i8", (*_BY_GRADE, len(KINDS))),  # 1 if its judgement calls for another
        ("again_kind", "i8", _BY_GRADE),
        ("again_not_before", "i8", _BY_GRADE),
        ("again_within", "i8", _BY_GRADE),
        ("again_counts", "i8", _BY_GRADE),
        ("again_statutory", "i8", _BY_GRADE),
        ("again_priority", "i8", _BY_GRADE),
        ("look_kind", "i8", _BY_GRADE),  # of a visit made before it, NO_KIND if there is none
        ("look_probability", "f8", _BY_GRADE),
        ("look_not_before", "i8", _BY_GRADE),
        ("look_within", "i8", _BY_GRADE),
        ("after_look_not_before", "i8", _BY_GRADE),
        ("after_look_within", "i8", _BY_GRADE),
    ],
    write=_write,
    event="a {service_type} judged {grade}",
)
