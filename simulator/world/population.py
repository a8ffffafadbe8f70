"""Who is inspected: how many providers of which type, with which attributes, and how fast they close.

The synthetic population draws each attribute at an address made of the provider's name (`world.streams`), so
that more providers, or other types, change nothing about those that are there already.
"""

import math
from typing import TYPE_CHECKING, Annotated, Any, Final, Self, TypeVar

import numpy as np
from pydantic import AfterValidator, Field, model_validator

from simulator.inputs.messages import one_of
from simulator.inputs.parameter import Parameter
from simulator.inputs.sections import GradeValues, Section, check_shares
from simulator.world.services import AUTHORITY_SERVICES, SECTORS, SERVICE_TYPES

if TYPE_CHECKING:
    import pandas as pd

COLUMNS: Final[tuple[str, ...]] = (
    "provider",
    "service_type",
    "sector",
    "local_authority",
    "region",
    "places",
    "opened",
    "closed",
)
"""The columns of a population, synthetic or from a register, one row a provider."""

_DRAWN: Final = COLUMNS[:6]
"""Those that are drawn: nobody opens or closes by a register."""

_ServiceType = Annotated[str, AfterValidator(one_of("service type", SERVICE_TYPES))]
_Sector = Annotated[str, AfterValidator(one_of("sector", SECTORS))]
_Share = Annotated[float, Field(ge=0, le=1)]
T = TypeVar("T", bound=str)


def _summing_to_one(shares: dict[T, float]) -> dict[T, float]:
    check_shares(shares.values())
    return shares


_MOST_PROVIDERS: Final = 200_000
"""Providers of one type, or local authorities: a hundred times those of England."""


class PlacesSettings(Section):
    """Places (children that a provider serves): lognormal with this median and mean, rounded, at least 1."""

    median: Annotated[float, Field(ge=1)]
    """Places of the middle provider: half have as many or fewer."""
    mean: Annotated[float, Field(ge=1)]
    """Mean number of places; at least the median, and how far above it says how long the tail of large ones is."""

    @model_validator(mode="after")
    def _mean_at_least_median(self) -> Self:
        if self.mean < self.median:
            raise ValueError(f"the mean ({self.mean:g}) is below the median ({self.median:g}); allowed: at least it")
        return self

    def quantile(self, standard_normal: float) -> int:
        """Return the number of places that lies `standard_normal` standard deviations up the distribution."""
        spread = math.sqrt(2 * math.log(self.mean / self.median))
        return max(1, math.floor(self.median * math.exp(spread * standard_normal) + 0.5))


class TypeSettings(Section):
    """The providers of one service type.

    A `count` of 0 for a service of which every local authority has one means that none has. Whoever closes is
    followed by a new provider.
    """

    count: Annotated[Annotated[int, Field(ge=0, le=_MOST_PROVIDERS)] | None, Parameter("number of {}")] = None
    """Number of providers; left out for the services of which every local authority has one."""
    places: Annotated[PlacesSettings, Parameter("children at {}")]
    sectors: Annotated[dict[_Sector, _Share], AfterValidator(_summing_to_one), Parameter("who runs {}")]
    """Share of the providers that each kind of body runs."""
    closures: Annotated[GradeValues, Parameter("closures of {}")]
    """Closures per provider-year, by true grade."""


class PopulationSettings(Section):
    """The section ``[population]`` of a scenario."""

    local_authorities: Annotated[int, Field(ge=1, le=_MOST_PROVIDERS), Parameter("number of local authorities")]
    """Number of local authorities; each has one of every service that all of them have."""
    regions: Annotated[dict[str, _Share], AfterValidator(_summing_to_one), Parameter("where local authorities lie")]
    """Share of the local authorities that lies in each region, by its name."""
    types: dict[_ServiceType, TypeSettings]
    successor_after_days: Annotated[int, Field(ge=0), Parameter("days until a closed provider has a successor")] = 0
    """Days after which a provider that closes is followed by a new one in its place."""

    @model_validator(mode="after")
    def _counts_where_they_belong(self) -> Self:
        for service_type, settings in self.types.items():
            one_each = service_type in AUTHORITY_SERVICES
            if one_each and settings.count not in (None, 0, self.local_authorities):
                raise ValueError(
                    f"types.{service_type}.count: given {settings.count}; every local authority has one, "
                    "so leave count out (or give 0 for none at all) and set local_authorities"
                )
            if not one_each and settings.count is None:
                raise ValueError(f"types.{service_type}.count: missing; give the number of providers")
        return self

    def count(self, service_type: str) -> int:
        """Return the number of providers of the type in the synthetic population (0 if it is not named)."""
        settings = self.types.get(service_type)
        if settings is None or settings.count == 0:
            return 0
        return self.local_authorities if settings.count is None else settings.count


def synthetic(settings: PopulationSettings, seed: int) -> "pd.DataFrame":
    """Draw the population that the settings describe.

    Parameters
    ----------
    settings
        The section ``[population]`` of a scenario.
    seed
        Of the experiment; every replication meets the same population.

    Returns
    -------
    pandas.DataFrame
        `COLUMNS`, one row a provider, by service type and number; nobody opens or closes by the register.
    """
    import pandas as pd

    drawn = [_columns(settings, service_type, seed) for service_type in SERVICE_TYPES if settings.count(service_type)]
    columns = {name: [value for rows in drawn for value in rows[name]] for name in _DRAWN}
    return typed(pd.DataFrame(columns | {"opened": None, "closed": None}, columns=list(COLUMNS)))


def drawn_alike(one: PopulationSettings, other: PopulationSettings) -> bool:
    """Return whether the same population is drawn from two settings: they differ in closures and successors at most."""
    first, second = (
        population.model_dump(exclude={"successor_after_days": True, "types": {"__all__": {"closures"}}})
        for population in (one, other)
    )
    return first == second


def typed(rows: "pd.DataFrame") -> "pd.DataFrame":
    """Return the rows with their types: whole numbers for places, days for dates, text for the rest."""
    types: dict[str, Any] = dict.fromkeys(COLUMNS, "str")
    types |= {"places": "int64", "opened": "datetime64[s]", "closed": "datetime64[s]"}
    return rows.astype(types)


def _authority_name(number: int) -> str:
    """Name the `number`-th local authority of a synthetic population (from 1)."""
    return f"LA {number:03d}"


def _columns(settings: PopulationSettings, service_type: str, seed: int) -> dict[str, list[Any]]:
    """Draw the columns `_DRAWN` of the providers of one type."""
    from simulator.world.streams import AUTHORITY, PLACES, SECTOR, identity, normal, root, uniform

    run = np.uint64(root(seed, 0))  # compiled code hands out plain integers, and takes none so large
    of_type = settings.types[service_type]
    one_each = service_type in AUTHORITY_SERVICES
    numbers = range(1, settings.count(service_type) + 1)
    names = [f"{service_type}-{number:0{3 if one_each else 4}d}" for number in numbers]
    addresses = [identity(name) for name in names]
    authorities = (
        numbers
        if one_each
        else [1 + int(uniform(run, AUTHORITY, address, 0) * settings.local_authorities) for address in addresses]
    )
    there = range(1, settings.local_authorities + 1)
    name_of = {number: _authority_name(number) for number in there}
    region_of = {number: share_at(settings.regions, (number - 0.5) / settings.local_authorities) for number in there}
    return {
        "provider": names,
        "service_type": [service_type] * len(names),
        "sector": [share_at(of_type.sectors, uniform(run, SECTOR, address, 0)) for address in addresses],
        "local_authority": [name_of[number] for number in authorities],
        "region": [region_of[number] for number in authorities],
        "places": [of_type.places.quantile(normal(run, PLACES, address, 0)) for address in addresses],
    }


def share_at(shares: dict[str, float], position: float) -> str:
    """Return the name in whose stretch `position` (0 to 1) falls when the shares are laid end to end."""
    left = position * math.fsum(shares.values())
    for name, share in shares.items():
        if left < share:
            return name
        left -= share
    return next(name for name in reversed(shares) if shares[name] > 0)
