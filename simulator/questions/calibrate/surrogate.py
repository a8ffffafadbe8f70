"""A surrogate: each figure as a quadratic function of the place in the search, from the trials made so far.

A trial costs a run; the surrogate answers at once, says how sure it is, and so can be searched a hundred thousand
times. Near the best fits it is learnt again from trials made there.
"""

from typing import Final, NamedTuple

import numpy as np

from simulator.questions.calibrate.records import Matrix

_RIDGE: Final = 1e-3
"""Penalty on every coefficient but the constant, so that directions never tried stay flat."""


class Surrogate(NamedTuple):
    """What a quadratic fit has learnt."""

    coefficients: Matrix
    """Shape (terms, figures)."""
    residual: Matrix
    """Covariance of what it misses, shape (figures, figures): curves it cannot follow, and chance of the runs."""
    unsure: Matrix
    """Covariance of what it expects itself: of the residual the share that as many trials leave, on the average."""
    centre: Matrix
    scale: Matrix

    def __call__(self, points: Matrix) -> Matrix:
        """Return the figures expected at points, shape (n, m): shape (n, figures)."""
        told: Matrix = product(_terms((np.atleast_2d(points) - self.centre) / self.scale), self.coefficients)
        return told


def product(first: Matrix, second: Matrix) -> Matrix:
    """Multiply two matrices in this thread: for ones this small, handing parts to others takes longer than the work."""
    told: Matrix = np.einsum("ij,jk->ik", first, second)
    return told


def _terms(points: Matrix) -> Matrix:
    """Return 1, every coordinate, and every product of two of them: shape (n, (m + 1)(m + 2) / 2)."""
    n, m = points.shape
    first, second = np.triu_indices(m)
    return np.concatenate([np.ones((n, 1)), points, points[:, first] * points[:, second]], axis=1)


def learn(points: Matrix, figures: Matrix, weights: Matrix) -> Surrogate:
    """Fit the surrogate by weighted least squares with a small ridge.

    Parameters
    ----------
    points
        Where trials were made, shape (n, m).
    figures
        What they gave, shape (n, figures), all finite.
    weights
        How much each trial counts, shape (n,).
    """
    total = weights.sum()
    centre = (weights[:, None] * points).sum(axis=0) / total
    scale = np.sqrt((weights[:, None] * (points - centre) ** 2).sum(axis=0) / total) + 1e-6
    design = _terms((points - centre) / scale)
    weighted = design * weights[:, None]
    penalty = _RIDGE * total * np.eye(design.shape[1])
    penalty[0, 0] = 0.0
    gram = weighted.T @ design + penalty
    coefficients = np.linalg.solve(gram, weighted.T @ figures)
    missed = figures - design @ coefficients
    used = np.trace(np.linalg.solve(gram, weighted.T @ design))
    effective = total**2 / (weights**2).sum()
    inflation = 1.0 / max(1.0 - used / effective, 0.2)
    residual = inflation * (weights[:, None] * missed).T @ missed / total
    return Surrogate(coefficients, residual, min(used / effective, 1.0) * residual, centre, scale)
