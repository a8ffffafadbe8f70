"""The yardsticks of a comparison, and the share of the possible gain that each framework realises between them."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from simulator.measures.bands import CONFIDENCE
from simulator.measures.gains import realised_gain
from simulator.measures.names import GAINS, MEASURES
from simulator.running.frames import SERVICES, Values

if TYPE_CHECKING:
    import pandas as pd


class _Scale(NamedTuple):
    """Two yardsticks, by their names: nothing of the possible gain is realised under the lower, all under the upper."""

    lower: str
    upper: str


SCALES: Final = (_Scale("none", "clairvoyant"), _Scale("cyclic", "belief-index"))
"""From what news alone would find to what truth would, and from a cycle for all to the best use of what is known."""
YARDSTICKS: Final = tuple(name for scale in SCALES for name in scale)
COLUMNS: Final = (
    "framework",
    "lower",
    "upper",
    "service_type",
    "measure",
    "share",
    "low",
    "high",
    "possible",
    "replications",
)


class RunningGains:
    """Gathers what gains are computed from: two measures of every replication, if there is a scale for them."""

    def __init__(self, names: Sequence[str], there: Sequence[str], confidence: float = CONFIDENCE) -> None:
        self._confidence = confidence
        self._names, self._there = list(names), list(there)
        self._scales = [scale for scale in SCALES if set(scale) <= set(names)]
        self._rows = [[measure.name for measure in MEASURES].index(name) for name in GAINS]
        self._values: list[Values] = []

    def add(self, values: Values) -> None:
        """Take in the next replication."""
        if self._scales:
            self._values.append(values[:, self._rows])

    def frame(self) -> "pd.DataFrame":
        """Compute the share of the possible gain that each framework realises, on every scale.

        Returns
        -------
        DataFrame
            Columns framework, lower, upper (yardsticks), service_type, measure, share, low, high (95 % interval),
            possible (mean possible gain, in the unit of the measure), replications; no rows where no scale is there.
            The two ends of a scale are left out of it: they realise nothing and all by definition.
        """
        import pandas as pd

        return pd.DataFrame(list(self._gains()), columns=list(COLUMNS))

    def _gains(self) -> Iterator[tuple[object, ...]]:
        for scale in self._scales:
            values = np.stack(self._values, axis=-1)
            lower, upper = (values[self._names.index(name)] for name in scale)
            for position, name in enumerate(self._names):
                for service_type in self._there if name not in scale else ():
                    for row, measure in enumerate(GAINS):
                        at = row, SERVICES.index(service_type)
                        gain = realised_gain(values[position][at], lower[at], upper[at], self._confidence)
                        yield (name, *scale, service_type, measure, *gain)
