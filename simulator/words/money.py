"""How amounts of money are written for people."""

import math
from typing import Final

from simulator.measures.names import Measure
from simulator.words.estimates import Estimate
from simulator.words.wording import number

MILLION: Final = 1e6
_FIGURES: Final = 3
"""Of an amount that is estimated and less than a million."""


def pounds(value: float) -> str:
    """Write an amount of money: ``£540``, ``£2.43 million``."""
    return f"£{number(value / MILLION, 2)} million" if abs(value) >= MILLION else f"£{number(value)}"


def about(value: float) -> float:
    """Round an amount of thousands and less to three figures, which is as much as an estimate warrants."""
    if value == 0 or abs(value) >= MILLION:
        return value
    return round(value, _FIGURES - 1 - math.floor(math.log10(abs(value))))


def pounds_and_range(estimate: Estimate) -> str:
    """Write a mean with its interval: ``£31,200 (£30,500 to £31,900)``."""
    mean, low, high = (pounds(about(value)) for value in estimate) if estimate.has_interval else ("", "", "")
    return f"{mean} ({low} to {high})" if low != high else pounds(about(estimate.mean))


def scale_of(measure: Measure) -> tuple[float, str]:
    """Return the factor for a measure of money in a table, and the unit to name; 1 and none for any other."""
    if not measure.unit.startswith("pounds"):
        return 1.0, ""
    return (
        (1.0, ", £") if measure.unit.startswith("pounds per") and "year" not in measure.unit else (1e-6, ", £ million")
    )
