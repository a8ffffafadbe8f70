"""Numbers as cells of tables: a mean with its interval, in the unit in which people read a measure."""

from math import isnan
from typing import TYPE_CHECKING, Final

from simulator.render.document import Cell
from simulator.words.estimates import Estimate
from simulator.words.wording import decimals_beside, figure, written

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

UNDEFINED: Final = "undefined"


def estimate_of(row: "Mapping[Hashable, object]", names: tuple[str, str, str] = ("mean", "low", "high")) -> Estimate:
    """Read mean and interval off a row of a table."""
    return Estimate(*(float(str(row[name])) for name in names))


def cell_of(estimate: Estimate, factor: float = 1) -> Cell:
    """Write a mean with its interval, times a factor."""
    return cells_of([estimate], factor)[0]


def cells_of(estimates: "Sequence[Estimate]", factor: float = 1) -> list[Cell]:
    """Write means with their intervals, times a factor, that are read side by side: all with the same decimals."""
    scaled = [Estimate(*(factor * bound for bound in estimate)) for estimate in estimates]
    return [
        Cell(*written(estimate, decimals)) if estimate.defined else Cell(UNDEFINED)
        for estimate, decimals in zip(scaled, decimals_beside(scaled), strict=True)
    ]


def plain_cell(value: float, factor: float = 1) -> Cell:
    """Write one number."""
    return Cell(figure(factor * value) if not isnan(value) else UNDEFINED)
