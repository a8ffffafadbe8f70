"""Groups of providers that are counted together: of one service type, size, region and sector."""

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.world.services import SECTORS, SERVICE_TYPES

_Codes = npt.NDArray[np.int64]

SIZES: Final = ("small", "medium", "large")
"""Sizes by places, among providers of the same type. The limits are ours: no document has any."""
_HOMES: Final = SERVICE_TYPES.index("childrens_home")
_HOME_LIMITS: Final = (3, 5)
"""Most places of a small and of a medium children's home: about a third of the homes of the shipped scenario each."""


class Groups(NamedTuple):
    """The groups that have providers, in the order of their codes: shape (groups,) each."""

    service_type: _Codes
    size: _Codes
    """Position in `SIZES`."""
    region: _Codes
    sector: _Codes
    """Position in `simulator.world.services.SECTORS`."""
    providers: _Codes
    """How many rows of the register are in it."""


def size_limits(service_type: _Codes, places: _Codes) -> _Codes:
    """Return the most places of a small and of a medium provider of each type, shape (types, 2).

    A children's home is small with up to 3 places and medium with 4 or 5. The providers of another type are divided in
    three parts that are as equal as whole places let them be: a small one has no more places than the lower third, and
    a medium one no more than the lower two thirds.

    Parameters
    ----------
    service_type, places : array of int, shape (n,)
        Of each provider.
    """
    limits = np.zeros((len(SERVICE_TYPES), len(SIZES) - 1), dtype=np.int64)
    for code in np.unique(service_type):
        own = places[service_type == code]
        limits[code] = np.quantile(own, [1 / 3, 2 / 3], method="inverted_cdf")
    limits[_HOMES] = _HOME_LIMITS
    return limits


def sizes_of(service_type: _Codes, places: _Codes) -> _Codes:
    """Return the size of each provider as its position in `SIZES`, shape (n,)."""
    limits = size_limits(service_type, places)[service_type]
    return np.asarray((places[:, np.newaxis] > limits).sum(axis=1))


def grouped(service_type: _Codes, places: _Codes, region: _Codes, sector: _Codes) -> tuple[_Codes, Groups]:
    """Group providers; return the group of each, shape (n,), and the groups."""
    size = sizes_of(service_type, places)
    shape = len(SERVICE_TYPES), len(SIZES), int(region.max(initial=0)) + 1, len(SECTORS)
    codes = np.ravel_multi_index((service_type, size, region, sector), shape)
    there, group, providers = np.unique(codes, return_inverse=True, return_counts=True)
    types, sizes, regions, sectors = np.unravel_index(there, shape)
    return group, Groups(types, sizes, regions, sectors, providers)
