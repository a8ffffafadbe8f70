"""How well one fit gives the records back, in terms that a reader can judge."""

from typing import Final, NamedTuple

import numpy as np

from simulator.questions.calibrate.counting import STEPS, step_name
from simulator.questions.calibrate.distance import Target
from simulator.questions.calibrate.records import Matrix, Whole

HIT: Final = 2.0
"""Standard errors of the recorded figure within which a simulated one meets it."""
FREEDOM: Final = 12
"""Degrees of freedom of the transition deviance: four rows of four shares that add up to 1."""
_LEAST_PAIRS: Final = 0.5
"""Pairs that a step is taken to have where no run has one: none seen is not proof of none."""


class Goodness(NamedTuple):
    """How far one fit lies from the records."""

    distance: float
    """`simulator.questions.calibrate.distance`."""
    missed: int
    """Figures fitted to that are missed."""
    deviance: float
    """Likelihood-ratio deviance of the recorded pairs of full inspections against the simulated shares; were the
    model true, some 12 by chance."""
    worst_share: float
    """The greatest difference between a simulated and a recorded transition share."""
    beyond: bool
    """Whether a transition share is farther off than any fit of a set may be."""


MOST_APART: Final = 0.07
"""Greatest difference of a transition share of a fit of the set from the recorded one."""
_FEW_ERRORS: Final = 2.0
"""Standard errors that `MOST_APART` must cover; where records are so few that it does not, `MOST_ERRORS` holds."""
MOST_ERRORS: Final = 3.0
"""Greatest difference there, in standard errors."""


def goodness(figures: Matrix, far: float, target: Target) -> Goodness:
    """Judge one fit.

    Parameters
    ----------
    figures
        All figures, simulated, in the order of those recorded.
    far
        Its distance.
    target
        What was fitted to.
    """
    at = {name: position for position, name in enumerate(target.readings)}
    steps = [step_name(before, after) for before, after in STEPS]
    simulated = np.array([figures[at[name]] for name in steps]).reshape(4, 4)
    error = np.nan_to_num(np.array([target.error[name] for name in steps]).reshape(4, 4))
    apart = apart_of(simulated, target.pairs)
    allowed = np.where(_FEW_ERRORS * error > MOST_APART, MOST_ERRORS * error, MOST_APART)
    errors = np.array([target.error[name] for name in target.names])
    fitted = np.array([figures[at[name]] for name in target.names])
    missed = int((np.abs(fitted - target.value) > HIT * errors).sum())
    return Goodness(far, missed, deviance(simulated, target.pairs), float(apart.max()), bool((apart > allowed).any()))


def deviance(shares: Matrix, counts: Whole) -> float:
    """Return twice the log-likelihood ratio of recorded pairs, shape (4, 4), against simulated shares of each row."""
    rows = counts.sum(axis=1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        likely = np.maximum(np.nan_to_num(shares), _LEAST_PAIRS / np.maximum(rows, 1))
        by_step = np.where(counts > 0, counts * np.log(counts / (rows * likely)), 0.0)
    return float(2 * by_step.sum())


def apart_of(shares: Matrix, counts: Whole) -> Matrix:
    """Return how far simulated shares lie from those of the recorded pairs; 0 in rows without any."""
    rows = counts.sum(axis=1, keepdims=True)
    recorded = counts / np.maximum(rows, 1)
    return np.where(rows > 0, np.abs(np.where(np.isfinite(shares), shares, 1.0) - recorded), 0.0)
