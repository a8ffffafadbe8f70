"""The frames of a comparison: every value, means with their intervals, differences paired by replication."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from simulator.measures.bands import Running
from simulator.measures.names import ALL_SERVICES, MEASURES
from simulator.world.services import SERVICE_TYPES

if TYPE_CHECKING:
    import pandas as pd

Values = npt.NDArray[np.float64]
"""Measures by framework, replication, measure and service type: shape (frameworks, replications, 20, 14)."""

SERVICES: Final = (*SERVICE_TYPES, ALL_SERVICES)


def replications_frame(
    values: Values, names: Sequence[str], numbers: Sequence[int], there: Sequence[str]
) -> "pd.DataFrame":
    """Lay out every value.

    Parameters
    ----------
    values
        Not-a-number where a measure is undefined.
    names
        Of the frameworks.
    numbers
        Of the replications.
    there
        The service types to show.

    Returns
    -------
    pandas.DataFrame
        Columns framework, replication, service_type, measure, value.
    """
    keys: dict[str, Sequence[object]] = {"framework": list(names), "replication": list(numbers)}
    return rows_of(keys, there).assign(value=in_rows(values, there))


def summary_frame(values: Values, names: Sequence[str], there: Sequence[str]) -> "pd.DataFrame":
    """Average over replications, with 95 % intervals.

    Returns
    -------
    pandas.DataFrame
        Columns framework, service_type, measure, mean, low, high, replications. A replication in which the
        measure is undefined is left out, and not counted; fewer than two leave the interval empty.
    """
    return _with_intervals(rows_of({"framework": list(names)}, there), values, there)


def differences_frame(values: Values, names: Sequence[str], baseline: str, there: Sequence[str]) -> "pd.DataFrame":
    """Average the differences from the baseline, paired by replication.

    Returns
    -------
    pandas.DataFrame
        Columns framework, baseline, service_type, measure, mean, low, high, replications; as in
        `summary_frame`, and a replication counts if the measure is defined under both frameworks.
    """
    base = list(names).index(baseline)
    others = [position for position in range(len(names)) if position != base]
    keys = {"framework": [names[position] for position in others], "baseline": [baseline]}
    return _with_intervals(rows_of(keys, there), values[others] - values[base], there)


def _with_intervals(frame: "pd.DataFrame", values: Values, there: Sequence[str]) -> "pd.DataFrame":
    running = Running()
    for replication in np.moveaxis(values, 1, 0):
        running.add(replication)
    band = running.band()
    counts = (~np.isnan(values)).sum(axis=1)
    columns = {"mean": band.mean, "low": band.low, "high": band.high, "replications": counts}
    return frame.assign(**{name: in_rows(column, there) for name, column in columns.items()})


def rows_of(keys: Mapping[str, Sequence[object]], there: Sequence[str]) -> "pd.DataFrame":
    """Lay out the keys of a frame: those given, then the service types to show and the measures, a row for each."""
    import pandas as pd

    levels = {**keys, "service_type": list(there), "measure": [each.name for each in MEASURES]}
    return pd.MultiIndex.from_product(list(levels.values()), names=list(levels)).to_frame(index=False)


def in_rows(values: npt.NDArray[np.generic], there: Sequence[str]) -> npt.NDArray[np.generic]:
    """Pick the service types there are, and order the values as the rows of the frames are."""
    columns = [SERVICES.index(name) for name in there]
    return np.swapaxes(values[..., columns], -1, -2).ravel()
