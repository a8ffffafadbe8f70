"""What came out of a run: the measures by which frameworks are compared."""

from simulator.measures.names import ALL_SERVICES, MEASURES, Measure
from simulator.measures.table import measure

__all__ = ["ALL_SERVICES", "MEASURES", "Measure", "measure"]
