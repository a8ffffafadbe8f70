"""The frames of a comparison: every value, means with their intervals, differences paired by replication."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from simulator.measures.bands import CONFIDENCE, Running
from simulator.measures.names import ALL_SERVICES, MEASURES
from simulator.statistics.pairing import pairing
from simulator.world.services import SERVICE_TYPES

if TYPE_CHECKING:
    import pandas as pd

Values = npt.NDArray[np.float64]
"""Measures in one replication by framework, measure and service type: shape (frameworks, 26, 14)."""

SERVICES: Final = (*SERVICE_TYPES, ALL_SERVICES)


def replications_frame(values: Values, name: str, numbers: Sequence[int], there: Sequence[str]) -> "pd.DataFrame":
    """Return every value of one framework.

    Parameters
    ----------
    values
        Shape (replications, measures, 14); not-a-number where a measure is undefined.
    name
        Of the framework.
    numbers
        Of the replications.
    there
        The service types to show.

    Returns
    -------
    pandas.DataFrame
        Columns framework, replication, service_type, measure, value.
    """
    keys: dict[str, Sequence[object]] = {"framework": [name], "replication": list(numbers)}
    return _rows_of(keys, there).assign(value=_in_rows(values, there))


class RunningFrames:
    """Means over replications with 95 % intervals, and differences from the baseline; none of the values is kept."""

    def __init__(
        self, names: Sequence[str], baseline: str, there: Sequence[str], confidence: float = CONFIDENCE
    ) -> None:
        self._confidence = confidence
        self._names, self._baseline, self._there = list(names), baseline, there
        self._base = self._names.index(baseline)
        self._others = [position for position in range(len(names)) if position != self._base]
        self._levels, self._differences = Running(), Running()

    def add(self, values: Values) -> None:
        """Take in the next replication; the order is that of the sums, so keep to that of the replications."""
        self._levels.add(values)
        self._differences.add(values[self._others] - values[self._base])

    def summary(self) -> "pd.DataFrame":
        """Average over replications.

        Returns
        -------
        pandas.DataFrame
            Columns framework, service_type, measure, mean, low, high, replications. A replication in which the
            measure is undefined is left out, and not counted; fewer than two leave the interval empty.
        """
        return self._with_intervals({"framework": self._names}, self._levels)

    def differences(self) -> "pd.DataFrame":
        """Average the differences from the baseline, paired by replication.

        Returns
        -------
        pandas.DataFrame
            Columns framework, baseline, service_type, measure, mean, low, high, replications; as in
            `summary`, and a replication counts if the measure is defined under both frameworks.
        """
        others = [self._names[position] for position in self._others]
        return self._with_intervals({"framework": others, "baseline": [self._baseline]}, self._differences)

    def pairing(self) -> "pd.DataFrame":
        """Compute what pairing gains, by framework, service type and measure.

        Returns
        -------
        pandas.DataFrame
            Columns framework, baseline, service_type, measure, and those of `simulator.statistics.pairing`.
        """
        of_levels, counts = self._levels.variance, self._differences.counts
        columns = pairing(of_levels[self._others], of_levels[self._base], self._differences.variance, counts)
        keys = {"framework": [self._names[position] for position in self._others], "baseline": [self._baseline]}
        there = self._there
        return _rows_of(keys, there).assign(**{name: _in_rows(column, there) for name, column in columns.items()})

    def _with_intervals(self, keys: Mapping[str, Sequence[object]], running: Running) -> "pd.DataFrame":
        band = running.band(self._confidence)
        columns = {"mean": band.mean, "low": band.low, "high": band.high, "replications": running.counts}
        there = self._there
        return _rows_of(keys, there).assign(**{name: _in_rows(column, there) for name, column in columns.items()})


def _rows_of(keys: Mapping[str, Sequence[object]], there: Sequence[str]) -> "pd.DataFrame":
    """Return the keys of a frame: those given, then the service types to show and the measures, a row for each."""
    import pandas as pd

    levels = {**keys, "service_type": list(there), "measure": [measure.name for measure in MEASURES]}
    return pd.MultiIndex.from_product(list(levels.values()), names=list(levels)).to_frame(index=False)


def _in_rows(values: npt.NDArray[np.generic], there: Sequence[str]) -> npt.NDArray[np.generic]:
    """Pick the service types there are, and order the values as the rows of the frames are."""
    columns = [SERVICES.index(name) for name in there]
    return np.swapaxes(values[..., columns], -1, -2).ravel()
