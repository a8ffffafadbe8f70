"""Visits and staff days of any kind of provider: by service type, size, region, sector and last grade.

What is counted of the groups of providers that differ in any of these (`simulator.world.groups`) is added up for every
combination that has providers, so that the figures of one have intervals of their own.
"""

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.engine.trace import Trace
from simulator.inspectorate.costs import CostSettings
from simulator.measures.by_rating import HELD_RATINGS, burden_days
from simulator.measures.by_service import ratio
from simulator.ticks import TICKS_PER_YEAR
from simulator.world.groups import SIZES, Groups
from simulator.world.services import SECTORS, SERVICE_TYPES

_Codes = npt.NDArray[np.int64]
_Floats = npt.NDArray[np.float64]

LEAST: Final = 10
"""Providers of the register of which figures are told, at least: of fewer, they say little of anybody else's."""
ALL: Final = "all"
CHOICES: Final = ("service_type", "size", "region", "sector")
"""What a combination is chosen by, besides the last grade."""
RATINGS_HELD: Final = (*HELD_RATINGS, ALL)
FIGURES: Final = ("providers", "visits", "days")
"""Mean number of providers at a time, visits and staff days for each of them a year."""
_RATINGS: Final = (*HELD_RATINGS.values(), tuple(range(5)))


class Combinations(NamedTuple):
    """The combinations that have providers."""

    codes: _Codes
    """Of service type, size, region and sector, each one more than there are for all of them: shape (n, 4)."""
    group: _Codes
    """Groups of providers that make them up, shape (m,): a group is in several combinations."""
    part_of: _Codes
    """Combination of each of these, shape (m,)."""
    providers: _Codes
    """Providers of the register in each combination, shape (n,)."""

    def names(self, regions: tuple[str, ...]) -> list[tuple[str, ...]]:
        """Return the names of what each combination is of, `ALL` for all of a kind."""
        kinds = [(*names, ALL) for names in (SERVICE_TYPES, SIZES, regions, SECTORS)]
        return [tuple(names[code] for names, code in zip(kinds, row, strict=True)) for row in self.codes.tolist()]


def combinations(groups: Groups, regions: int) -> Combinations:
    """Return the combinations that have providers.

    Parameters
    ----------
    groups
        Of the providers.
    regions
        How many regions there are.
    """
    own = np.stack(groups[:4])
    every = np.array([len(SERVICE_TYPES), len(SIZES), regions, len(SECTORS)])
    which = np.indices((2,) * len(own)).reshape(len(own), -1)  # whether each is chosen, or all are taken together
    codes = np.where(which[:, :, np.newaxis] == 1, own[:, np.newaxis], every[:, np.newaxis, np.newaxis])
    keys = np.ravel_multi_index(tuple(codes.reshape(len(own), -1)), tuple(every + 1))
    group = np.tile(np.arange(own.shape[1]), which.shape[1])
    found, part_of = np.unique(keys, return_inverse=True)
    providers = np.bincount(part_of, groups.providers[group]).astype(np.int64)
    return Combinations(np.stack(np.unravel_index(found, tuple(every + 1)), axis=1), group, part_of, providers)


def held_amounts(trace: Trace, costs: CostSettings) -> _Floats:
    """Return the provider-years, visits and staff days of each group at each rating, shape (groups, 5, 3)."""
    years, visits = trace.held["ticks"] / TICKS_PER_YEAR, trace.held["visits"].astype(np.float64)
    return np.stack([years, visits, burden_days(trace.held, costs)], axis=2)


def figures_of(amounts: _Floats, which: Combinations, years: float) -> _Floats:
    """Return the figures of each combination by last grade, in one run.

    Parameters
    ----------
    amounts : array of float, shape (groups, 5, 3)
        Of `held_amounts`.
    which
    years : float
        Length of the window.

    Returns
    -------
    array of float, shape (combinations, ratings, 3)
        In the order of `RATINGS_HELD` and `FIGURES`; rates are not-a-number where nobody holds the rating.
    """
    of_ratings = np.stack([amounts[:, list(ratings)].sum(axis=1) for ratings in _RATINGS], axis=1)
    columns = of_ratings.reshape(len(of_ratings), -1)[which.group]
    added = [np.bincount(which.part_of, column, minlength=len(which.codes)) for column in columns.T]
    shape = len(_RATINGS), len(FIGURES), len(which.codes)
    provider_years, visits, days = np.array(added, dtype=np.float64).reshape(shape).transpose(1, 2, 0)
    return np.stack([provider_years / years, ratio(visits, provider_years), ratio(days, provider_years)], axis=2)
