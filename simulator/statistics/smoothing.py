"""Regression without a form given beforehand: the mean of an output, given some inputs.

Gaussian processes with a linear kernel and with smooth ones (C. E. Rasmussen and C. K. I. Williams, *Gaussian Processes
for Machine Learning*, 2006, chapters 2 and 5): ridge regressions on the eigenvectors of the kernel. Kernel and ratio of
noise to signal are those with the smallest error in predicting each observation from all others; a mean that depends on
no input is among the choices.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

_Floats = npt.NDArray[np.float64]

_RATES: Final = (0.5, 2.0)
"""Rates at which smooth kernels fall with the mean squared distance of two observations."""
_NOISE: Final = (0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0)
"""Ratios of the variance of noise to that of the signal."""
_MOST_VECTORS: Final = 100
"""Eigenvectors that are kept: those after the largest matter to no prediction."""
_LEAST: Final = 1e-9


class Smoother(NamedTuple):
    """A linear map from observations to their expectations."""

    vectors: _Floats
    """Orthonormal, and orthogonal to what is the same for all observations; shape (observations, vectors)."""
    kept: _Floats
    """Share of what lies along each vector that is kept, from 0 to 1."""

    def fit(self, columns: _Floats) -> _Floats:
        """Return the expectations of each column, shape as given."""
        found: _Floats = columns.mean(axis=0) + self.vectors @ (self.kept[:, None] * (self.vectors.T @ columns))
        return found

    @property
    def own(self) -> _Floats:
        """The weight of each observation in its own expectation."""
        weights: _Floats = 1 / len(self.vectors) + self.vectors**2 @ self.kept
        return weights

    def hat(self) -> _Floats:
        """Return the map as a matrix."""
        return 1 / len(self.vectors) + (self.vectors * self.kept) @ self.vectors.T

    def losses(self, columns: _Floats) -> _Floats:
        """Return the mean squared error of each column in predicting each observation from all others."""
        errors = (columns - self.fit(columns)) / (1 - self.own)[:, None]
        mean: _Floats = (errors**2).mean(axis=0)
        return mean


def smoothers_of(inputs: _Floats) -> list[Smoother]:
    """Return the maps to choose from, that to the mean first.

    Parameters
    ----------
    inputs
        Shape (observations, inputs); those that are the same for all observations are left out.
    """
    count = len(inputs)
    scale = inputs.std(axis=0)
    moving = (inputs - inputs.mean(axis=0))[:, scale > _LEAST] / scale[scale > _LEAST]
    found = [Smoother(np.zeros((count, 1)), np.zeros(1))]
    if not moving.shape[1]:
        return found
    products = moving @ moving.T / moving.shape[1]
    distances = (np.add.outer(products.diagonal(), products.diagonal()) - 2 * products) / 2
    for kernel in (products, *(np.exp(-rate * distances) for rate in _RATES)):
        vectors, sizes = _eigen(kernel)
        found += [Smoother(vectors, sizes / (sizes + noise)) for noise in _NOISE]
    return found


def best_smoothers(smoothers: Sequence[Smoother], columns: _Floats) -> list[Smoother]:
    """Return for each column the map that predicts its observations best."""
    losses = np.array([smoother.losses(columns) for smoother in smoothers])
    return [smoothers[choice] for choice in losses.argmin(axis=0)]


def skills(smoothers: Sequence[Smoother], columns: _Floats) -> _Floats:
    """Return for each column the share of the squared error of the mean that the best map takes away, 0 if none."""
    losses = np.array([smoother.losses(columns) for smoother in smoothers])
    flat = losses[0]
    share: _Floats = np.divide(flat - losses.min(axis=0), flat, out=np.zeros_like(flat), where=flat > 0)
    return share


def _eigen(kernel: _Floats) -> tuple[_Floats, _Floats]:
    """Return the eigenvectors of a kernel without what all observations share, and their eigenvalues, 1 in the mean."""
    count = len(kernel)
    centred = kernel - kernel.mean(axis=0) - kernel.mean(axis=1)[:, None] + kernel.mean()
    sizes, vectors = np.linalg.eigh(centred)
    largest = np.argsort(-sizes)[:_MOST_VECTORS]
    there = largest[sizes[largest] > _LEAST * sizes.max()]
    return vectors[:, there], sizes[there] * count / sizes.clip(0).sum()
