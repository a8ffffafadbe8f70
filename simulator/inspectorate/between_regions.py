"""What lies between regions: the way to a provider, and the neighbours to whom teams are lent."""

from collections.abc import Collection, Mapping, Sequence
from typing import Annotated

import numpy as np
import numpy.typing as npt
from pydantic import AfterValidator, Field

from simulator.inputs.messages import InputError, not_one_of
from simulator.inputs.parameter import Parameter
from simulator.inspectorate.staffing import Establishment


def _symmetric(neighbours: dict[str, list[str]]) -> dict[str, list[str]]:
    """Refuse a region that is its own neighbour, twice one, or one to a region that does not name it in turn."""
    for region, others in neighbours.items():
        if region in others:
            raise ValueError(f'"{region}" is named as its own neighbour; allowed: other regions')
        for other in others:
            if others.count(other) > 1:
                raise ValueError(f'"{other}" is named twice as a neighbour of "{region}"; allowed: once')
            if region not in neighbours.get(other, ()):
                raise ValueError(
                    f'"{other}" is a neighbour of "{region}", but "{region}" none of "{other}"; '
                    f'allowed: both, with "{region}" in the list of "{other}"'
                )
    return neighbours


def _is_empty(table: Collection[object]) -> bool:
    """Return whether a scenario need not write a table."""
    return not table


_Travel = Annotated[
    float, Field(ge=0, le=20), Parameter("days of travel to visits in a region", "inspector-days of each inspector")
]
TravelDays = Annotated[dict[str, _Travel], Field(exclude_if=_is_empty)]
Neighbours = Annotated[dict[str, list[str]], AfterValidator(_symmetric), Field(exclude_if=_is_empty)]


def by_region(
    days: Mapping[str, float], key: str, regions: Sequence[str], described: Collection[str]
) -> npt.NDArray[np.float64]:
    """Return a number for each region of the register, 0 where none is given, shape (regions,).

    Raises
    ------
    InputError
        If one is given for a region that is neither in the register nor among those `described` by the scenario.
    """
    _check_regions(days, key, regions, described)
    return np.array([days.get(region, 0.0) for region in regions], dtype=np.float64)


def _check_regions(names: Collection[str], key: str, regions: Sequence[str], described: Collection[str]) -> None:
    allowed = list(dict.fromkeys([*regions, *described]))
    for name in names:
        if name not in allowed:
            raise InputError(f"capacity.{key}: {not_one_of(name, 'region', allowed)}")


def lenders_of(
    establishments: Sequence[Establishment],
    lending: Collection[str],
    neighbours: Mapping[str, Sequence[str]],
    regions: Sequence[str],
    described: Collection[str],
) -> npt.NDArray[np.int64]:
    """Return the parts of pools that may lend a team to each, in the order of its neighbours; -1 for no more.

    Parameters
    ----------
    lending : collection of str
        Pools whose teams are lent.
    neighbours : mapping of str to sequence of str
        Neighbours of each region.

    Returns
    -------
    ndarray of shape (establishments, n)
        No columns if nothing is lent.

    Raises
    ------
    InputError
        If there is no such region.
    """
    _check_regions(neighbours, "neighbours", regions, described)
    at = {(part.pool, part.region): number for number, part in enumerate(establishments)}
    found = [
        [
            at[part.pool, region]
            for region in neighbours.get(part.region or "", ())
            if part.pool in lending and (part.pool, region) in at
        ]
        for part in establishments
    ]
    lenders = np.full((len(found), max(map(len, found), default=0)), -1, dtype=np.int64)
    for row, of_part in zip(lenders, found, strict=True):
        row[: len(of_part)] = of_part
    return lenders
