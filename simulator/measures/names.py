"""Every measure by name, and which of them tables, targets and precision are about: all read off the declarations."""

from typing import Final

from simulator.measures.declaration import ALL_SERVICES, Measure, OwnTarget, Relation, Words
from simulator.measures.declared.by_rating import BY_RATING
from simulator.measures.declared.costs import COSTS
from simulator.measures.declared.detection import DETECTION
from simulator.measures.declared.duties import DUTIES
from simulator.measures.declared.steps import STEPS
from simulator.measures.declared.work import WORK

__all__ = [
    "ALL_SERVICES",
    "BESIDE_SIZE",
    "BY_NAME",
    "GAINS",
    "HEADLINES",
    "HELPED",
    "KEY",
    "MEASURES",
    "Measure",
    "OwnTarget",
    "Relation",
    "Words",
]

MEASURES: Final[tuple[Measure, ...]] = (*WORK, *BY_RATING, *DUTIES, *DETECTION, *COSTS, *STEPS)
"""Every measure, in the order of every output."""
BY_NAME: Final = {measure.name: measure for measure in MEASURES}


def _in_place(places: dict[str, int | None]) -> tuple[str, ...]:
    """Put the measures that have a place in its order."""
    placed = [(place, name) for name, place in places.items() if place is not None]
    return tuple(name for _, name in sorted(placed))


KEY: Final = tuple(measure for measure in MEASURES if measure.key)
"""Measures of the table of a comparison."""
HEADLINES: Final = _in_place({measure.name: measure.headline for measure in MEASURES})
"""Measures whose differences are to be known to a precision, where the scenario names none."""
HELPED: Final[dict[str, Relation]] = {measure.name: measure.helped for measure in MEASURES if measure.helped}
"""Measures that more inspectors should move one way, and the relation that they help to fulfil."""
BESIDE_SIZE: Final = _in_place({measure.name: measure.beside_size for measure in MEASURES})
"""Costs told of a number of inspectors besides what its posts cost."""
GAINS: Final = tuple(measure.name for measure in MEASURES if measure.gains)
"""Measures of which gains are told: both count every day of everybody, found or not."""
