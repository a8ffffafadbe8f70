"""What an inspectorate has the means for: the inspector-days that are left for samples, and who is in them then."""

from typing import Any

import numpy as np
import numpy.typing as npt

from simulator.compiling import compiled


@compiled
def days_left(offered: Any, foreseen: Any) -> npt.NDArray[np.float64]:
    """Return the inspector-days of each pool that its foreseen work leaves: none where that is more than it offers.

    Parameters
    ----------
    offered, foreseen : array of float, shape (pools,)
        Inspector-days in the rest of the year.
    """
    return np.maximum(offered - foreseen, 0.0)


@compiled
def within_means(
    pools: Any, places: Any, days: Any, left: Any
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.float64]]:
    """Choose the inspections asked for that the days left allow: those with the first places, until one does not fit.

    A place is even between 0 and 1 in each sample, so every sample of a pool comes to the same part of what it asks
    for; and those planned with fewer days are among those planned with more.

    Parameters
    ----------
    pools, places, days : array, shape (n,)
        Of each inspection asked for: its pool, its place in its sample, the inspector-days that it takes on average.
    left : array of float, shape (pools,)
        Inspector-days that each pool has left for them.

    Returns
    -------
    array of bool, shape (n,)
        Which are planned.
    array of float, shape (pools,)
        The place from which on none is planned: 1 where all are.
    """
    planned = np.zeros(len(places), dtype=np.bool_)
    until = np.ones(len(left))
    spare = left.copy()
    for asked in np.argsort(places, kind="mergesort"):
        pool = pools[asked]
        if until[pool] == 1.0 and days[asked] <= spare[pool]:
            planned[asked] = True
            spare[pool] -= days[asked]
        else:
            until[pool] = min(until[pool], places[asked])
    return planned, until
