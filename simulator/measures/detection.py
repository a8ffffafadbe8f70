"""How soon poor providers are found, how many never are, and how often a good one is taken for poor."""

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.engine.trace import Trace
from simulator.inspectorate.policy import TYPE_COUNT
from simulator.measures.by_service import Values, ratio, totals, with_all, within, years_measured
from simulator.measures.incidence import CENSORED, DETECTED, ENDED_UNSEEN, cumulative_incidence
from simulator.measures.survival import DaysRestricted, days_restricted
from simulator.measures.tally import Tally
from simulator.ticks import TICKS_PER_DAY, TICKS_PER_YEAR

_WITHIN_DAYS: Final = (90, 180, 365)
_DISTRIBUTED: Final = {
    "days_unfound_mean": "mean",
    "days_unfound_median": "median",
    "days_unfound_90th": "ninety",
    "days_unfound_95th": "ninety_five",
    "days_unfound_worst_tenth": "longest_tenth",
}
"""Measures of how the days unfound are distributed."""


class Waits(NamedTuple):
    """How long each poor episode waited, and for what: the episodes that began in the measured window."""

    service_type: npt.NDArray[np.int64]
    ticks: npt.NDArray[np.int64]
    """From the beginning of the episode to its detection, its end unseen, or the horizon."""
    cause: npt.NDArray[np.int64]
    """`DETECTED`, `ENDED_UNSEEN` or `CENSORED` (by the horizon)."""
    provider: npt.NDArray[np.int64]
    """Row of the register."""
    began: npt.NDArray[np.int64]

    def of(self, service_type: int) -> "Waits":
        """Keep the episodes of one service type."""
        return self._at(np.flatnonzero(self.service_type == service_type))

    def shortest_first(self) -> "Waits":
        """Put the shortest waits first."""
        return self._at(np.argsort(self.ticks, kind="stable"))

    def _at(self, rows: npt.NDArray[np.int64]) -> "Waits":
        return Waits(*(column[rows] for column in self))

    def days_unfound(self) -> DaysRestricted:
        """Estimate the days until detection or end, each wait counted for two years at most."""
        return days_restricted(self.ticks, self.cause != CENSORED)

    def detected_within(self, days: npt.ArrayLike) -> npt.NDArray[np.float64]:
        """Estimate the share detected within each number of `days`."""
        return cumulative_incidence(self.ticks, self.cause, np.asarray(days) * TICKS_PER_DAY)


def waits(trace: Trace) -> Waits:
    """Read the waits for detection off a trace."""
    table = trace.episodes
    rows = np.flatnonzero(within(table["began"], trace.measured_from, trace.horizon))
    service_type, provider, began, detected, ended = (
        table[name][rows] for name in ("service_type", "provider", "began", "detected", "ended")
    )
    until = np.minimum(np.minimum(detected, ended), trace.horizon)
    decided = np.where(ended <= trace.horizon, ENDED_UNSEEN, CENSORED)
    cause = np.where(detected <= trace.horizon, DETECTED, decided)
    return Waits(service_type, until - began, cause, provider, began)


def detection(trace: Trace) -> dict[str, Values]:
    """Measure the episodes that began in the window: how many, and how soon they were found."""
    every = waits(trace)
    groups = [*(every.of(code) for code in range(TYPE_COUNT)), every]
    found = [group.ticks[group.cause == DETECTED] / TICKS_PER_DAY for group in groups]
    detected = np.array([days.size for days in found], dtype=np.float64)
    unseen = totals(every.service_type[every.cause == ENDED_UNSEEN])
    never = ratio(unseen, detected + unseen)
    incidence = np.array([group.detected_within(_WITHIN_DAYS) for group in groups])
    unfound = [group.days_unfound() for group in groups]
    return {
        "poor_episodes_per_year": totals(every.service_type) / years_measured(trace),
        **{f"detected_within_{days}_days": incidence[:, i] for i, days in enumerate(_WITHIN_DAYS)},
        "detected_later_share": later(incidence[:, 0], never),
        **{name: np.array([getattr(days, column) for days in unfound]) for name, column in _DISTRIBUTED.items()},
        "days_to_detection_median": np.array([np.median(days) if days.size else np.nan for days in found]),
        "days_to_detection_mean": ratio(np.array([days.sum() for days in found]), detected),
        "never_detected_share": never,
    }


def later(soon: npt.NDArray[np.float64], never: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the share found later, of the shares found soon and never."""
    return np.maximum(1.0 - soon - never, 0.0)


def undetected(trace: Trace) -> dict[str, Values]:
    """Measure the time that providers were poor and not found, in episodes of the warm-up too."""
    rows = trace.episodes
    begins = np.maximum(rows["began"], trace.measured_from)
    ends = np.minimum(np.minimum(rows["detected"], rows["ended"]), trace.horizon)
    provider_years = np.maximum(ends - begins, 0) / TICKS_PER_YEAR
    years = years_measured(trace)
    return {
        "undetected_poor_provider_years": totals(rows["service_type"], provider_years) / years,
        "child_years_undetected": totals(rows["service_type"], provider_years * rows["places"]) / years,
    }


def found(trace: Trace) -> dict[str, Values]:
    """Measure how many poor providers were found, in episodes of the warm-up too."""
    rows = trace.episodes
    detected = rows[within(rows["detected"], trace.measured_from, trace.horizon)]
    return {"poor_found_per_year": totals(detected["service_type"]) / years_measured(trace)}


def false_alarms(tally: Tally) -> dict[str, Values]:
    """Measure how many of the inspections that judged poor met a provider truly good or better."""
    return {"false_alarm_share": ratio(with_all(tally.mistaken_for_poor), with_all(tally.judged_poor))}
