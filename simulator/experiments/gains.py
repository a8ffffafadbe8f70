"""The yardsticks of a comparison, and which share of the possible gain each framework realises between them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.experiments.compare import Comparison
from simulator.experiments.comparing import VALUES
from simulator.experiments.frames import SERVICES
from simulator.experiments.replicating import finished_files
from simulator.measures.gains import realised_gain
from simulator.measures.names import MEASURES

if TYPE_CHECKING:
    import pandas as pd


class Scale(NamedTuple):
    """Two yardsticks, by their names: nothing of the possible gain is realised under the lower, all under the upper."""

    lower: str
    upper: str


SCALES: Final = (Scale("none", "clairvoyant"), Scale("cyclic", "belief-index"))
"""From what news alone would find to what truth would, and from a cycle for all to the best use of what is known."""
YARDSTICKS: Final = tuple(name for scale in SCALES for name in scale)
GAIN_MEASURES: Final = ("undetected_poor_provider_years", "child_years_undetected")
"""Measures of which gains are told: both count every day of everybody, found or not."""


def scales_of(comparison: Comparison) -> list[Scale]:
    """Give the scales whose two yardsticks are both among the frameworks compared."""
    return [scale for scale in SCALES if set(scale) <= set(comparison.question.names)]


def gains(comparison: Comparison) -> "pd.DataFrame":
    """Work out which share of the possible gain each framework realises, on every scale there is.

    Returns
    -------
    DataFrame
        Columns framework, lower, upper, service_type, measure, share, low, high (95 % interval), possible (mean
        possible gain, in the unit of the measure), replications; no rows where no scale is there. The two ends of a
        scale are left out of it: they realise nothing and all by definition.
    """
    import pandas as pd

    columns = ["framework", "lower", "upper", "service_type", "measure"]
    columns += ["share", "low", "high", "possible", "replications"]
    return pd.DataFrame(list(_rows(comparison)), columns=columns)


def _rows(comparison: Comparison) -> Iterator[tuple[object, ...]]:
    scales = scales_of(comparison)
    if not scales:
        return
    names = comparison.question.names
    values = _values(comparison)
    for scale in scales:
        lower, upper = (values[:, names.index(name)] for name in scale)
        for position, name in enumerate(names):
            if name in scale:
                continue
            for service_type in comparison.question.service_types:
                column = SERVICES.index(service_type)
                for row, measure in enumerate(GAIN_MEASURES):
                    at = (slice(None), row, column)
                    gain = realised_gain(values[:, position][at], lower[at], upper[at])
                    yield (name, *scale, service_type, measure, *gain)


def _values(comparison: Comparison) -> npt.NDArray[np.float64]:
    """Read the measures off the disk, in the order of replications: shape (replications, frameworks, measures, 14)."""
    rows = [[each.name for each in MEASURES].index(name) for name in GAIN_MEASURES]
    pieces = [
        file.arrays(VALUES)[VALUES][: min(file.last, comparison.finished) - file.first + 1][:, :, rows]
        for file in finished_files(comparison.batches, comparison.finished)
    ]
    return np.concatenate(pieces)
