"""Cumulative incidence of detection when an episode may also end unseen, or be cut off by the horizon.

The estimator of O. O. Aalen and S. Johansen, "An empirical transition matrix for non-homogeneous Markov
chains based on censored observations", Scandinavian Journal of Statistics 5 (1978), 141-150. One minus Kaplan
and Meier's curve, with unseen ends taken as censored, would answer what detection would be if no episode ever
ended by itself, and overstate it.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

CENSORED: Final = 0
DETECTED: Final = 1
ENDED_UNSEEN: Final = 2


def cumulative_incidence(
    durations: npt.NDArray[np.int64], causes: npt.NDArray[np.int64], at: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    """Estimate the probability that an episode is detected within each of the times `at`.

    Events come before censorings at equal times: an episode cut off at a time is still at risk at that time.
    Detections and unseen ends at equal times share the same number at risk, so their order is of no account.

    Parameters
    ----------
    durations : array of int, shape (n,)
        Time from the beginning of each episode to what ended its wait.
    causes : array of int, shape (n,)
        What that was: `CENSORED`, `DETECTED` or `ENDED_UNSEEN`.
    at : array of int, shape (m,)
        Times to give the estimate at, in the unit of `durations`.

    Returns
    -------
    array of float, shape (m,)
        Not-a-number at times past the longest duration, if some episode was still undecided then.
    """
    if durations.size == 0:
        return np.full(at.shape, np.nan)
    order = np.argsort(durations)
    in_order = durations[order]
    first = np.flatnonzero(np.append(True, in_order[1:] > in_order[:-1]))
    times = in_order[first]
    at_risk = durations.size - first
    detected = np.add.reduceat(causes[order] == DETECTED, first, dtype=np.int64)
    ended = np.add.reduceat(causes[order] != CENSORED, first, dtype=np.int64)
    undecided = np.cumprod(1 - ended / at_risk)
    undecided_before = np.append(1.0, undecided[:-1])
    incidence = np.append(0.0, np.cumsum(undecided_before * detected / at_risk))
    unknown = (at > times[-1]) & (undecided[-1] > 0)
    return np.where(unknown, np.nan, incidence[np.searchsorted(times, at, side="right")])
