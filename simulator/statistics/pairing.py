"""What common random numbers gain: the variance of paired differences against that of independent runs.

Two frameworks that meet the same histories have much of their chance in common, and it goes out of the difference. If
each framework had runs of its own, the variance of a difference would be the sum of the variances of the two levels.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from simulator.measures.bands import Floats

if TYPE_CHECKING:
    import pandas as pd

_COLUMNS: Final = ("variance_paired", "variance_independent", "gain", "replications", "replications_independent")


def pairing(
    levels: Floats, base: Floats, differences: Floats, counts: npt.NDArray[np.int64]
) -> Mapping[str, npt.NDArray[np.generic]]:
    """Compute what pairing gains.

    Parameters
    ----------
    levels, base, differences
        Variances over replications: under a framework, under the baseline, and of the difference; of one shape.
    counts
        Replications in which the difference is defined.

    Returns
    -------
    dict
        By the names in `_COLUMNS`: variance of the difference, that which it would have from independent runs, the
        latter over the former (infinite where the difference is the same in every replication, and not-a-number where
        the levels are so too), the replications, and how many independent ones would have told as much.
    """
    independent = levels + base
    with np.errstate(divide="ignore", invalid="ignore"):
        gain = independent / differences
        values = (differences, independent, gain, counts, np.ceil(np.round(gain * counts, 9)))
    return dict(zip(_COLUMNS, values, strict=True))


def of_headlines(frame: "pd.DataFrame", service_type: str, measures: Sequence[str]) -> "pd.DataFrame":
    """Pick the rows of a frame on pairing that a sentence is made of, those without a finite gain left out."""
    wanted = (frame["service_type"] == service_type) & frame["measure"].isin(measures) & np.isfinite(frame["gain"])
    picked: pd.DataFrame = frame[wanted]
    return picked
