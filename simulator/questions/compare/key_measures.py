"""The key measures of a comparison, written for people."""

from collections.abc import Iterator
from typing import Final

from simulator.measures.names import KEY
from simulator.words.estimates import Estimate, Estimated, Estimates, Subject
from simulator.words.units import scale_of, with_unit
from simulator.words.wording import decimals_for, number

_MOST_DECIMALS: Final = 4


def measure_rows(compared: Estimated, subject: Subject) -> Iterator[list[str]]:
    """Return the key measures of a subject, a cell for each framework; none if there is nobody in it."""
    estimates = Estimates(compared)
    for measure in KEY:
        levels = [estimates.level(name, subject, measure.name) for name in compared.titles]
        if any(level.defined for level in levels):
            yield [with_unit(measure), *(_cell(level, scale_of(measure)[0]) for level in levels)]


def _cell(level: Estimate, factor: float) -> str:
    """Write a mean and the half-width of its interval, with the decimals that the latter warrants."""
    if not level.defined:
        return "-"
    mean, half = factor * level.mean, factor * (level.high - level.low) / 2
    if not level.has_interval or half == 0:
        return number(mean, decimals_for([mean]))
    decimals = min(decimals_for([half]), _MOST_DECIMALS)
    return f"{number(mean, decimals)} ±{number(half, decimals)}"
