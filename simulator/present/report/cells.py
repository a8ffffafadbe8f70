"""Numbers as cells of tables: a mean with its interval, in the unit in which people read a measure."""

from math import isnan
from typing import TYPE_CHECKING, Final

from simulator.measures.names import MEASURES
from simulator.present.compared import Estimate
from simulator.present.report.document import Cell
from simulator.present.wording import figure, mean_and_range

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

UNDEFINED: Final = "undefined"
BY_NAME: Final = {each.name: each for each in MEASURES}


def estimate_of(row: "Mapping[Hashable, object]", names: tuple[str, str, str] = ("mean", "low", "high")) -> Estimate:
    """Read mean and interval off a row of a table."""
    return Estimate(*(float(str(row[name])) for name in names))


def cell_of(estimate: Estimate, factor: float = 1) -> Cell:
    """Write a mean with its interval, times a factor."""
    if not estimate.defined:
        return Cell(UNDEFINED)
    return Cell(*mean_and_range(Estimate(*(factor * bound for bound in estimate))))


def plain_cell(value: float, factor: float = 1) -> Cell:
    """Write one number."""
    return Cell(figure(factor * value) if not isnan(value) else UNDEFINED)
