"""What measures are read off: a run whose inspections, assessments and duties were counted while they were made.

England has a hundred thousand of either in a run, and a hundred times as many providers a hundred times as many; so
they are counted chunk by chunk as the engine makes them, and not kept.
"""

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.engine.past import Past, SharedPast, run_until
from simulator.engine.run import Engine, simulate
from simulator.engine.setting import Setting
from simulator.engine.trace import Trace
from simulator.inspectorate.policy import TYPE_COUNT
from simulator.measures.by_service import Flags, within
from simulator.measures.duties import Duties
from simulator.measures.tally import Tally

_COUNTED_AT: Final = 2**16
"""Assessments gathered before like ones are put together."""


class Risks(NamedTuple):
    """The yearly assessments of the measured window; those alike are counted together. Each shape (n,)."""

    service_type: npt.NDArray[np.int8]
    risk: npt.NDArray[np.float64]
    poor: Flags
    """Whether the provider truly was poor."""
    times: npt.NDArray[np.int64]
    """How many assessments of the type gave this risk to such a provider."""

    def by_type(self) -> list["Risks"]:
        """Return those of each service type, and last of all types."""
        of_type = [self.service_type == code for code in range(TYPE_COUNT)]
        return [*(Risks(*(column[rows] for column in self)) for rows in of_type), self]

    @staticmethod
    def counted(parts: "list[Risks]") -> "Risks":
        """Put parts together, those alike into one row: in the order of type, poor or not, and risk."""
        service_type, risk, poor, times = (np.concatenate(columns) for columns in zip(*parts, strict=True))
        order = np.lexsort((risk, poor, service_type))
        service_type, risk, poor, times = (column[order] for column in (service_type, risk, poor, times))
        differs = (np.diff(service_type) != 0) | (np.diff(poor) != 0) | (np.diff(risk) != 0)
        firsts = np.flatnonzero(np.append(len(risk) > 0, differs))
        return Risks(service_type[firsts], risk[firsts], poor[firsts], np.add.reduceat(times, firsts))


class Observed(NamedTuple):
    """A run as measures need it."""

    trace: Trace
    """Its inspections, assessments and duties may be left out."""
    tally: Tally
    risks: Risks
    duties: Duties


class _Observer:
    """Counts the inspections and duties and keeps the risks of a run, chunk by chunk."""

    def __init__(self, measured_from: int, horizon: int, regimes: int) -> None:
        self._window = measured_from, horizon
        self._tally = Tally(measured_from, horizon, regimes)
        self._duties = Duties(measured_from, horizon)
        self._risks: list[Risks] = []
        self._rows = 0
        self._counted_at = _COUNTED_AT

    def take(
        self, inspections: npt.NDArray[np.void], assessments: npt.NDArray[np.void], duties: npt.NDArray[np.void]
    ) -> None:
        """Take the next rows of the three tables; what it needs of them is copied."""
        self._tally.add(inspections)
        self._duties.add(duties)
        yearly = (assessments["review"] == 0) & within(assessments["time"], *self._window)
        rows = assessments[yearly & ~np.isnan(assessments["risk"])]
        once = np.ones(len(rows), dtype=np.int64)
        self._risks.append(
            Risks(rows["service_type"].astype(np.int8), rows["risk"].copy(), rows["true_grade"] == 1, once)
        )
        self._rows += len(rows)
        if self._rows >= self._counted_at:
            self._count()

    def _count(self) -> None:
        """Put like assessments together; next when there are twice as many, since those by belief are seldom alike."""
        self._risks = [Risks.counted(self._risks)]
        self._rows = len(self._risks[0].risk)
        self._counted_at = max(_COUNTED_AT, 2 * self._rows)

    def observed(self, trace: Trace) -> Observed:
        """Put what was counted beside the rest of the run."""
        self._count()
        return Observed(trace, self._tally, self._risks[0], self._duties)


def observe(setting: Setting, replication: int, engine: Engine = "compiled", past: Past | None = None) -> Observed:
    """Run one replication without keeping its inspections, assessments and duties; from its `past` on, if given."""
    if past is not None:
        trace, recorder = past.goes_on(setting)
        assert isinstance(recorder, _Observer)
        return recorder.observed(trace)
    observer = _observer_of(setting)
    return observer.observed(simulate(setting, replication, engine, observer))


def observe_until(setting: Setting, replication: int, shared: SharedPast) -> Past:
    """Run the past that a setting shares with others in a replication, for `observe` to go on from."""
    return run_until(setting, replication, shared, _observer_of(setting))


def _observer_of(setting: Setting) -> _Observer:
    return _Observer(setting.measured_from, setting.horizon, len(setting.policies))


def observed(trace: Trace) -> Observed:
    """Read off a whole trace what measures need."""
    observer = _Observer(trace.measured_from, trace.horizon, max(1, len(trace.self_assessed)))
    observer.take(trace.inspections, trace.assessments, trace.duties)
    return observer.observed(trace)
