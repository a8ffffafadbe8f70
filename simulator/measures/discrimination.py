"""How well yearly risk assessments tell poor providers from the others, whatever the threshold.

The literature on risk scores of inspectorates ranges from useless to strong, so that it is shown for each framework.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from simulator.measures.by_service import Values
from simulator.measures.observed import Risks

ALARMS: Final = np.linspace(0.0, 1.0, 41)
"""Shares of the providers that are not poor, at which the curve is given."""


def discrimination(risks: Risks) -> dict[str, Values]:
    """Measure by service type how well the assessments of the window rank: the area under the curve."""
    return {"assessment_auc": np.array([area_under(own) for own in risks.by_type()])}


def told_apart(risks: Risks) -> npt.NDArray[np.float64]:
    """Return the curve (the receiver operating characteristic) by service type: shape (41, 14)."""
    return np.stack([curve(own) for own in risks.by_type()], axis=1)


def _rates(risks: Risks) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return the shares of the others and of the poor at or above each risk, highest first, from (0, 0) to (1, 1)."""
    _, rank = np.unique(-risks.risk, return_inverse=True)
    found, alarmed = (
        np.bincount(rank[rows], risks.times[rows], minlength=rank.max() + 1).cumsum() / risks.times[rows].sum()
        for rows in (risks.poor, ~risks.poor)
    )
    return np.concatenate([[0.0], alarmed]), np.concatenate([[0.0], found])


def area_under(risks: Risks) -> float:
    """Return the probability that a poor provider has the higher risk, ties half; not-a-number if all are alike."""
    if not risks.poor.any() or risks.poor.all():
        return float("nan")
    alarmed, found = _rates(risks)
    return float(np.trapezoid(found, alarmed))


def curve(risks: Risks) -> npt.NDArray[np.float64]:
    """Return the share of the poor found when so many (`ALARMS`) of the others are taken for poor: shape (41,)."""
    if not risks.poor.any() or risks.poor.all():
        return np.full(ALARMS.shape, np.nan)
    return np.interp(ALARMS, *_rates(risks))
