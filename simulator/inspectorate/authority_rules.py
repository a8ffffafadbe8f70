"""Rules for the services of one local authority: made at the same time, or one covering the others.

*Modernising the Regulatory Framework for Children's Social Services* (2006), 3.1.4, lets fostering services be
assessed at the same time as adoption services. *Ofsted tightens its rules for inspecting child services* (2013)
tells of one inspection that covers an authority's fostering and adoption services.
"""

from typing import Annotated, Final, Literal

import numpy as np
from pydantic import AfterValidator, Field

from simulator.inputs.messages import one_of
from simulator.inputs.parameter import Parameter
from simulator.inspectorate.clause_values import Days, Kind, Kinds, each_once
from simulator.inspectorate.kinds import KINDS
from simulator.inspectorate.named_clauses import BY_TYPE, NamedClauses, Writing
from simulator.inspectorate.sources import Sourced
from simulator.ticks import TICKS_PER_DAY
from simulator.world.services import AUTHORITY_SERVICES, SERVICE_TYPES

_COVERED: Final[tuple[str, ...]] = tuple(name for name in AUTHORITY_SERVICES if name != "local_authority")
"""Services of an authority that an inspection of the whole authority can cover."""

Service = Annotated[str, AfterValidator(one_of("service of a local authority", AUTHORITY_SERVICES))]
CoveredService = Annotated[str, AfterValidator(one_of("service that an authority's inspection covers", _COVERED))]


class Alignment(Sourced):
    """Services of one local authority whose inspections are made at the same time, if they fall due near each other.

    When an inspection of these kinds is raised at one of the services, the next one planned at each of the others
    is raised with it if it is due soon enough; what waits there and has not begun joins it. What is made together
    takes less, also if one of them lapses in the end. Re-inspections, first inspections and answers to news keep
    their own time, but others may join them.
    """

    services: Annotated[tuple[Service, ...], Field(strict=False, min_length=2), AfterValidator(each_once)]
    """Two or more services of a local authority."""
    kinds: Kinds
    """Kinds of inspection that are made at the same time."""
    within_days: Annotated[Days, Parameter("days within which inspections of one authority fall")]
    """Days within which the other must be due: its deadline, or the day it is planned for if it has none."""
    saving: Annotated[
        float,
        Field(ge=0, lt=1, allow_inf_nan=False),
        Parameter("saving by inspecting together", "share of the inspector-days of each"),
    ]
    """Share of the effort of each that is saved when they are made together."""


class Inclusion(Sourced):
    """Services that are inspected whenever their local authority is, as a part of that inspection.

    The service is judged by itself, as acutely as the kind of inspection judges, whatever else waits or is under
    way there; its part begins and ends with the whole and takes no inspector-days of its own. A service that is
    closed is left out.
    """

    kind: Kind
    """The kind of inspection that covers them."""
    of: Literal["local_authority"]
    """Whose inspection it is."""
    covers: Annotated[tuple[CoveredService, ...], Field(strict=False, min_length=1), AfterValidator(each_once)]
    """The services of the same authority that it covers."""


def _write_alignment(policy: np.void, at: int, alignment: Alignment, _: Writing) -> None:
    policy["aligned"][at][[SERVICE_TYPES.index(name) for name in alignment.services]] = 1
    policy["aligned"][at, at] = 0
    policy["aligned_kind"][at][[KINDS.index(kind) for kind in alignment.kinds]] = 1
    policy["aligned_within"][at] = alignment.within_days * TICKS_PER_DAY
    policy["aligned_saving"][at] = alignment.saving


ALIGNMENTS: Final = NamedClauses(
    fields=[
        ("aligned", "i8", (*BY_TYPE, *BY_TYPE)),
        ("aligned_kind", "i8", (*BY_TYPE, len(KINDS))),
        ("aligned_within", "i8", BY_TYPE),
        ("aligned_saving", "f8", BY_TYPE),
    ],
    write=_write_alignment,
    event="a {service_type} inspected at the same time as other services of its authority",
)


def _write_inclusion(policy: np.void, at: int, inclusion: Inclusion, _: Writing) -> None:
    policy["includes"][KINDS.index(inclusion.kind), AUTHORITY_SERVICES.index(SERVICE_TYPES[at])] = 1


INCLUSIONS: Final = NamedClauses(
    fields=[("includes", "i8", (len(KINDS), len(AUTHORITY_SERVICES)))],
    write=_write_inclusion,
    event='a {service_type} when an inspection of the kind "{clause.kind}" begins',
)
