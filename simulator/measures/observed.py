"""What measures are read off: a run whose inspections and assessments were counted while they were made.

England has a hundred thousand of either in a run, and a hundred times as many providers a hundred times as many; so
they are counted chunk by chunk as the engine makes them, and not kept.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.engine.run import Engine, simulate
from simulator.engine.setting import Setting
from simulator.engine.trace import Trace
from simulator.inspectorate.policy import TYPE_COUNT
from simulator.measures.by_service import Flags, within
from simulator.measures.tally import Tally


class Risks(NamedTuple):
    """The yearly assessments of the measured window, each shape (n,)."""

    service_type: npt.NDArray[np.int8]
    risk: npt.NDArray[np.float64]
    poor: Flags
    """Whether the provider truly was poor."""

    def by_type(self) -> list[tuple[npt.NDArray[np.float64], Flags]]:
        """Give the risks and whether the provider was poor, by service type, and last of all types."""
        of_type = [self.service_type == code for code in range(TYPE_COUNT)]
        return [*((self.risk[rows], self.poor[rows]) for rows in of_type), (self.risk, self.poor)]


class Observed(NamedTuple):
    """A run as measures need it."""

    trace: Trace
    """Its inspections and assessments may be left out."""
    tally: Tally
    risks: Risks


class Observer:
    """Counts the inspections and keeps the risks of a run, chunk by chunk."""

    def __init__(self, measured_from: int, horizon: int) -> None:
        self._window = measured_from, horizon
        self._tally = Tally(measured_from, horizon)
        self._risks: list[Risks] = []

    def take(self, inspections: npt.NDArray[np.void], assessments: npt.NDArray[np.void]) -> None:
        """Take the next rows of both tables; what it needs of them is copied."""
        self._tally.add(inspections)
        yearly = (assessments["review"] == 0) & within(assessments["time"], *self._window)
        rows = assessments[yearly & ~np.isnan(assessments["risk"])]
        self._risks.append(Risks(rows["service_type"].astype(np.int8), rows["risk"].copy(), rows["true_grade"] == 1))

    def observed(self, trace: Trace) -> Observed:
        """Put what was counted beside the rest of the run."""
        risks = Risks(*(np.concatenate(columns) for columns in zip(*self._risks, strict=True)))
        return Observed(trace, self._tally, risks)


def observe(setting: Setting, replication: int, engine: Engine = "compiled") -> Observed:
    """Run one replication without keeping its inspections and assessments."""
    observer = Observer(setting.measured_from, setting.horizon)
    return observer.observed(simulate(setting, replication, engine, observer))


def observed(trace: Trace) -> Observed:
    """Read off a whole trace what measures need."""
    observer = Observer(trace.measured_from, trace.horizon)
    observer.take(trace.inspections, trace.assessments)
    return observer.observed(trace)
