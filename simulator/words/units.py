"""In which unit people read a measure: shares in per cent, money in millions of pounds, all else as it is."""

from simulator.measures.declaration import SHARE
from simulator.measures.names import Measure
from simulator.words import money


def scale_of(measure: Measure) -> tuple[float, str]:
    """Return the factor for a measure shown to people, and the unit to name where its title does not."""
    return (100, ", %") if measure.unit == SHARE else money.scale_of(measure)


def with_unit(measure: Measure) -> str:
    """Name a measure with the unit in which people read it."""
    return f"{measure.title}{scale_of(measure)[1]}"
