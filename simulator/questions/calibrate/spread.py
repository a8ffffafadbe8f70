"""How far the fits of a set spread."""

from collections.abc import Sequence
from typing import Final

import numpy as np

INSIDE: Final = 0.90
"""Share of the fits that an interval of a mechanism holds."""


def interval(values: Sequence[float]) -> tuple[float, float]:
    """Return the interval that holds `INSIDE` of some values, as many left out above as below."""
    low, high = np.quantile(values, [(1 - INSIDE) / 2, (1 + INSIDE) / 2])
    return float(low), float(high)
