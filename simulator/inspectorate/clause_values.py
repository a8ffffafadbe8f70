"""What the values of a clause may be: service types, kinds of inspection, days, shares, each with its bounds."""

from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from simulator.inputs.messages import one_of
from simulator.inputs.parameter import Parameter
from simulator.inspectorate.kinds import KINDS
from simulator.inspectorate.sources import Sourced
from simulator.world.services import AUTHORITY_SERVICES, SERVICE_TYPES

GROUPS: Final[dict[str, tuple[str, ...]]] = {
    "all_providers": tuple(name for name in SERVICE_TYPES if name != "local_authority"),
    "registered_providers": tuple(name for name in SERVICE_TYPES if name not in AUTHORITY_SERVICES),
}
"""Names that stand for several service types: all with minimum standards (2.2.2), and those that register."""

MOST_EFFORT: Final = 1000
"""Inspector-days that one inspection may take."""

Days = Annotated[int, Field(ge=0, le=3660), Parameter(unit="days")]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Probability = Annotated[Share, Parameter(unit="probability")]
Priority = Annotated[int, Field(ge=1, le=9), Parameter(unit="rank, 1 first")]


def each_once(names: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse names of which one comes twice."""
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise PydanticCustomError("not_one_of", "{message}", {"message": f"named twice: {', '.join(twice)}"})
    return names


def _types_of_groups(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(service_type for name in names for service_type in GROUPS.get(name, (name,)))


ServiceType = Annotated[str, AfterValidator(one_of("service type", SERVICE_TYPES))]
ServiceTypes = Annotated[
    tuple[Annotated[str, AfterValidator(one_of("service type or group of them", (*SERVICE_TYPES, *GROUPS)))], ...],
    Field(strict=False, min_length=1),
    AfterValidator(_types_of_groups),
    AfterValidator(each_once),
]
Kind = Annotated[str, AfterValidator(one_of("kind of inspection", KINDS))]
Kinds = Annotated[tuple[Kind, ...], Field(strict=False, min_length=1), AfterValidator(each_once)]
Grade = Literal["poor", "adequate", "good", "excellent"]


class ForTypes(Sourced):
    """A clause for some service types."""

    types: ServiceTypes
    """The service types that the rule is for, or "all_providers" or "registered_providers"."""


def check_window(earliest: int, latest: int, key: str = "within_days") -> None:
    """Refuse days within which an inspection is to end that are over before it may begin."""
    if latest <= earliest:
        raise ValueError(f"{key} ({latest}) must be more than the {earliest} days before which it does not begin")
