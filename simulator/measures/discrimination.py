"""How well yearly risk assessments tell poor providers from the others, whatever the threshold.

The literature on risk scores of inspectorates ranges from useless to strong, so that it is shown for each framework.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from simulator.engine.trace import Trace
from simulator.inspectorate.policy import TYPE_COUNT
from simulator.measures.by_service import Flags, Values, within

ALARMS: Final = np.linspace(0.0, 1.0, 41)
"""Shares of the providers that are not poor, at which the curve is given."""


def discrimination(trace: Trace) -> dict[str, Values]:
    """Measure by service type how well the assessments of the window rank: the area under the curve."""
    groups = yearly_risks(trace)
    return {"assessment_auc": np.array([area_under(risk, poor) for risk, poor in groups])}


def told_apart(trace: Trace) -> npt.NDArray[np.float64]:
    """Give the curve (the receiver operating characteristic) by service type: shape (41, 14)."""
    return np.stack([curve(risk, poor) for risk, poor in yearly_risks(trace)], axis=1)


def yearly_risks(trace: Trace) -> list[tuple[npt.NDArray[np.float64], Flags]]:
    """Give the risks of the yearly assessments in the window and whether the provider was poor, by type, then all."""
    table = trace.assessments
    rows = np.flatnonzero((table["review"] == 0) & within(table["time"], trace) & ~np.isnan(table["risk"]))
    service_type, risk = table["service_type"][rows], table["risk"][rows]
    poor = table["true_grade"][rows] == 1
    by_type = [(risk[service_type == code], poor[service_type == code]) for code in range(TYPE_COUNT)]
    return [*by_type, (risk, poor)]


def rates(risk: npt.NDArray[np.float64], poor: Flags) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Give the shares of the others and of the poor at or above each risk, the highest first, from (0, 0) to (1, 1)."""
    _, rank = np.unique(-risk, return_inverse=True)
    found = np.bincount(rank[poor], minlength=rank.max() + 1).cumsum() / poor.sum()
    alarmed = np.bincount(rank[~poor], minlength=rank.max() + 1).cumsum() / (~poor).sum()
    return np.concatenate([[0.0], alarmed]), np.concatenate([[0.0], found])


def area_under(risk: npt.NDArray[np.float64], poor: Flags) -> float:
    """Give the probability that a poor provider has the higher risk, ties half; not-a-number if all are alike."""
    if not poor.any() or poor.all():
        return float("nan")
    alarmed, found = rates(risk, poor)
    return float(np.trapezoid(found, alarmed))


def curve(risk: npt.NDArray[np.float64], poor: Flags) -> npt.NDArray[np.float64]:
    """Give the share of the poor found when so many (`ALARMS`) of the others are taken for poor: shape (41,)."""
    if not poor.any() or poor.all():
        return np.full(ALARMS.shape, np.nan)
    return np.interp(ALARMS, *rates(risk, poor))
