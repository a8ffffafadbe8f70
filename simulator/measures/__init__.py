"""What came out of a run: the measures by which frameworks are compared."""

from simulator.measures.cost import posts_paid
from simulator.measures.names import ALL_SERVICES, MEASURES, Measure
from simulator.measures.table import measure

__all__ = ["ALL_SERVICES", "MEASURES", "Measure", "measure", "posts_paid"]
