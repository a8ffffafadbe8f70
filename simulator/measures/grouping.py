"""How providers are divided into groups: by sector, region, size, and local authority where a register names them."""

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.engine.setting import Setting
from simulator.inspectorate.policy import TYPE_COUNT
from simulator.measures.by_rating import HELD_RATINGS
from simulator.ticks import day_of, years_of
from simulator.world.groups import SIZES
from simulator.world.services import SECTORS

_Codes = npt.NDArray[np.int64]

AUTHORITY: Final = "authority"
YEAR: Final = "year"
RATING: Final = "rating"
GROUP_KINDS: Final = ("sector", "region", "size", AUTHORITY, YEAR, RATING)
"""What providers, or what happens to them, is grouped by."""


class Grouping(NamedTuple):
    """A division of the providers of a setting into groups."""

    kind: str
    """One of `GROUP_KINDS`."""
    names: tuple[str, ...]
    of_provider: _Codes
    """Position of the group of each provider, shape (providers,)."""
    types: _Codes
    """Service type of each provider, shape (providers,)."""
    of_group: _Codes
    """Position of the group of each of the setting's `Groups`, shape (groups,); none by authority."""
    group_types: _Codes
    """Service type of each of these, shape (groups,)."""


def groupings(setting: Setting, authorities: bool) -> tuple[Grouping, ...]:
    """Return the divisions of the providers of a setting.

    Parameters
    ----------
    setting
    authorities
        Whether local authorities are those of a register, and not made up.
    """
    group = setting.providers["group"].astype(np.int64)
    types = setting.providers["service_type"].astype(np.int64)
    groups = setting.groups
    found = [
        Grouping(kind, names, of_group[group], types, of_group, groups.service_type)
        for kind, names, of_group in (
            ("sector", SECTORS, groups.sector),
            ("region", setting.regions, groups.region),
            ("size", SIZES, groups.size),
        )
    ]
    if authorities:
        own = setting.providers["authority"].astype(np.int64)
        found.append(Grouping(AUTHORITY, setting.local_authorities, own, types, own[:0], own[:0]))
    return tuple(found)


def group_names(setting: Setting, authorities: bool) -> list[tuple[str, str]]:
    """List all groups by kind and name, in the order of the rows of `simulator.measures.by_group.by_group`."""
    first = day_of(setting.measured_from, setting.epoch).year
    years = (first + year for year in range(years_of(setting.measured_from, setting.horizon)))
    return [
        *((grouping.kind, name) for grouping in groupings(setting, authorities) for name in grouping.names),
        *((YEAR, f"{year}-{(year + 1) % 100:02d}") for year in years),
        *((RATING, name) for name in HELD_RATINGS),
    ]


def providers_in(setting: Setting, authorities: bool) -> npt.NDArray[np.int64]:
    """Count the rows of the register in each group by service type, and of all types last: shape (groups, 14).

    A year and a rating have those of all groups: anybody may be there in a year, or hold a rating.
    """
    found = [_counts(grouping) for grouping in groupings(setting, authorities)]
    rest = len(group_names(setting, authorities)) - sum(len(counts) for counts in found)
    counts = np.concatenate([*found, np.repeat(found[0].sum(axis=0, keepdims=True), rest, axis=0)])
    return np.append(counts, counts.sum(axis=1, keepdims=True), axis=1)


def _counts(grouping: Grouping) -> npt.NDArray[np.int64]:
    cells = np.bincount(grouping.of_provider * TYPE_COUNT + grouping.types, minlength=len(grouping.names) * TYPE_COUNT)
    return cells.reshape(-1, TYPE_COUNT)
