"""Targeted visits: to whom they go first, as a framework's file writes it and as numbers.

They are not planned ahead. Whenever a team of the pool is free and not wanted for what waits and goes before, the
provider to which a visit is worth most is visited. No document proposes that; the yardsticks `clairvoyant` and
`belief-index` are made of it, and so may an own framework be.
"""

import math
from typing import Annotated, Final, Literal

import numpy as np

from simulator.compiling import compiled
from simulator.inputs.parameter import Parameter
from simulator.inspectorate.clause_values import Days, ForTypes, Kind, Priority
from simulator.inspectorate.kinds import KINDS
from simulator.inspectorate.named_clauses import BY_TYPE, NamedClauses, Writing
from simulator.ticks import TICKS_PER_DAY

# what is known of whom a visit is worth most to
_WAYS: Final = ("", "truth", "index")
NOT_TARGETED: Final = _WAYS.index("")
BY_INDEX: Final = _WAYS.index("index")


class Targeting(ForTypes):
    """Visits that go, whenever inspectors are free, to whom they are worth most at that moment."""

    kind: Kind
    """The kind of inspection it is; its pool carries it out."""
    by: Literal["truth", "index"]
    """Who comes first: "truth", the truly poor and unfound by places; "index", by chance, places and time at stake."""
    minimum_spacing_days: Annotated[Days, Parameter("minimum days between targeted visits")] = 0
    """Days that must lie between a provider's last visit and this one."""
    priority: Priority | None = None
    """Which goes first when inspectors are short, if not as its kind: it waits for all that goes before or equals."""


def _write(policy: np.void, at: int, targeting: Targeting, writing: Writing) -> None:
    policy["targeted"][at] = _WAYS.index(targeting.by)
    policy["target_kind"][at] = KINDS.index(targeting.kind)
    policy["target_priority"][at] = targeting.priority or writing.kinds[targeting.kind].priority
    policy["target_spacing"][at] = targeting.minimum_spacing_days * TICKS_PER_DAY


TARGETING: Final = NamedClauses(
    fields=[
        ("targeted", "i8", BY_TYPE),
        ("target_kind", "i8", BY_TYPE),
        ("target_priority", "i8", BY_TYPE),
        ("target_spacing", "i8", BY_TYPE),
    ],
    write=_write,
    event="whom to visit first of the service type {service_type}",
)


@compiled
def worth_of_visit(unfound: float, places: int, leaving: float, until: int, inspector_days: float) -> float:
    """Return the worth of a visit now: expected child-ticks of poor care spared from going unfound, per inspector-day.

    ``unfound * places * (1 - exp(-leaving * until)) / leaving / inspector_days``: the chance of being poor and not
    found, times the children, times the expected time that an episode would still go unfound without this visit.

    Parameters
    ----------
    unfound : float
        Posterior probability that the provider is poor and has not been found in this episode.
    places : int
        Children it serves.
    leaving : float
        Rate per tick at which a poor one gets better or closes, unseen.
    until : int
        Ticks until the next visit that is planned anyway; NEVER if none is.
    inspector_days : float
        What the visit takes: where inspectors are short, what counts is the gain for each of their days.

    Notes
    -----
    The index looks one visit ahead. It leaves out news that may bring a visit before the one planned, and what being
    found out does to quality. The form is that of the weighted shortest processing time rule (W. E. Smith, *Various
    optimizers for single-stage production*, Naval Research Logistics Quarterly 3, 1956): first what gains most per day.
    """
    at_stake = float(until) if leaving * until < 1e-9 else -math.expm1(-leaving * until) / leaving  # noqa: PLR2004
    return unfound * places * at_stake / inspector_days
