"""Shares of variance: what of the spread of a result comes from each assumption, and what from chance.

With A and B two independent samples of worlds, and A with the columns of B for one group of assumptions, the
first-order index of a group is the share of the variance that it brings about by itself, and the total index the share
in which it has a part, together with others or alone (Sobol 1993). What is estimated is, with f centred on its mean,

    first = mean(f_B (f_AB - f_A)) / V,    total = mean((f_A - f_AB)^2) / 2V,    V the variance of f_A and f_B together

(Saltelli and others, "Variance based sensitivity analysis of model output", Computer Physics Communications 181
(2010), 259-270, table 2 (b) and (f)), as `scipy.stats.sobol_indices` does, but for any number of rows, since
somebody may have ended the runs early. Chance is one of the groups: its "columns" are the number of the replication.
"""

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_RESAMPLES: Final = 2000
_TAIL: Final = 0.025
LEAST_ROWS: Final = 8
"""Rows from which on there are indices."""


class _Sample(NamedTuple):
    """Where to look at a function of k inputs."""

    a: Floats
    b: Floats
    """Two independent samples, shape (rows, k), from 0 to 1."""


class Index(NamedTuple):
    """An estimate with its 95 % interval."""

    value: float
    low: float
    high: float


class Indices(NamedTuple):
    """Of one group."""

    first: Index
    total: Index
    beyond: Index
    """Total less first-order: the part that it has only together with others."""


def sample(rows: int, inputs: int, seed: int) -> _Sample:
    """Draw two independent samples from a scrambled Sobol sequence; the first rows do not depend on how many follow.

    Parameters
    ----------
    rows
        Of each sample; evenest if a power of 2.
    inputs
        Columns of each.
    seed
        Of the scrambling.
    """
    from scipy.stats.qmc import Sobol

    even = 1 << max(rows - 1, 0).bit_length()
    points = Sobol(2 * inputs, seed=np.random.default_rng(seed)).random(even)[:rows]
    return _Sample(points[:, :inputs], points[:, inputs:])


def swapped(given: _Sample, columns: npt.NDArray[np.bool_]) -> Floats:
    """Return sample A with some columns of B, shape (rows, k)."""
    mixed: Floats = np.where(columns, given.b, given.a)
    return mixed


def indices(f_a: Floats, f_b: Floats, f_ab: Floats, seed: int) -> list[Indices]:
    """Estimate the indices of each group, with percentile intervals from resampling rows.

    Parameters
    ----------
    f_a, f_b
        Values at A and B, shape (rows,).
    f_ab
        Values at A with the columns of B for each group, shape (groups, rows).
    seed
        Of the resamples.

    Returns
    -------
    list of Indices
        For each group; not-a-number if nothing varies, or there are fewer than `LEAST_ROWS` rows in which all
        values are there.
    """
    whole = np.isfinite(f_a) & np.isfinite(f_b) & np.isfinite(f_ab).all(axis=0)
    a, b, ab = f_a[whole], f_b[whole], f_ab[:, whole]
    centre = np.concatenate([a, b]).mean() if len(a) else 0.0  # so that no digits go on what all outputs share
    a, b, ab = a - centre, b - centre, ab - centre
    count = len(a)
    nothing = Index(np.nan, np.nan, np.nan)
    if count < LEAST_ROWS or np.ptp(np.concatenate([a, b])) == 0:
        return [Indices(nothing, nothing, nothing)] * len(f_ab)
    even = np.full((1, count), 1 / count)
    times = np.random.default_rng(seed).multinomial(count, even[0], _RESAMPLES) / count
    first, total = _estimates(a, b, ab, even)
    firsts, totals = _estimates(a, b, ab, times)
    return [
        Indices(
            _index(first[0, group], firsts[:, group]),
            _index(total[0, group], totals[:, group]),
            _index(total[0, group] - first[0, group], totals[:, group] - firsts[:, group]),
        )
        for group in range(len(f_ab))
    ]


def _estimates(a: Floats, b: Floats, ab: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Return first-order and total indices, shape (resamples, groups), with rows weighted (resamples, rows)."""
    mean = (weights @ a + weights @ b) / 2
    variance = (weights @ a**2 + weights @ b**2) / 2 - mean**2
    moved = (ab - a).T
    first = weights @ (b[:, None] * moved) - mean[:, None] * (weights @ moved)
    total = weights @ moved**2 / 2
    scale = np.where(variance > 0, variance, np.nan)[:, None]
    return first / scale, total / scale


def _index(value: float, resampled: Floats) -> Index:
    low, high = np.nanquantile(resampled, [_TAIL, 1 - _TAIL])
    return Index(float(value), float(low), float(high))
