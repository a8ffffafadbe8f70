"""How far simulated figures lie from recorded ones, measured against what chance alone would part them by.

The distance is that of the method of simulated moments (McFadden, *Econometrica* 57, 1989): with `d` the differences
and `V` their covariance, ``d' V^-1 d``. `V` comes from resampling the recorded providers with replacement, each with
all of its inspections, so that it knows that figures of the same homes move together.
"""

from typing import Final, NamedTuple

import numpy as np

from simulator.inputs.messages import InputError
from simulator.questions.calibrate.counting import Moment, Reading
from simulator.questions.calibrate.moments import readings, transition_counts
from simulator.questions.calibrate.records import Inspections, Matrix, Whole, in_order

_RESAMPLES: Final = 300
_SHRINKAGE: Final = 0.1
"""Part by which correlations between figures are shrunk: a covariance from a few hundred resamples is too
sure of the differences of figures that nearly repeat each other (Schäfer and Strimmer, 2005)."""
LEAST_CASES: Final = 20
"""A figure counted over fewer inspections, pairs or homes is left out of the fit."""
FEWEST_RUNS: Final = 100
"""Runs in which every figure has a case, fewer than which tell no covariance."""
_LEAST_SHARE_ERROR: Final = 0.5
"""Standard error of a share is at least that of half a case: no case seen is not proof of none."""


class Target(NamedTuple):
    """What is fitted to."""

    moments: tuple[Moment, ...]
    """Figures fitted to, m of them."""
    left_out: tuple[Moment, ...]
    """Figures that would be fitted to, but have too few cases."""
    value: Matrix
    """Recorded, shape (m,)."""
    covariance: Matrix
    """Of the recorded figures by chance, shape (m, m)."""
    readings: dict[str, Reading]
    """Every recorded figure by name, those not fitted to among them."""
    error: dict[str, float]
    """Standard error of every recorded figure by name."""
    pairs: Whole
    """Recorded pairs of full inspections, rows before, columns after, outstanding first; shape (4, 4)."""

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the figures fitted to."""
        return tuple(moment.name for moment in self.moments)


def target_of(seen: Inspections, moments: tuple[Moment, ...], seed: int = 1) -> Target:
    """Count the recorded figures, and resample the providers to see how sure they are.

    Raises
    ------
    InputError
        If no figure has enough cases.
    """
    found = readings(seen)
    names = [moment.name for moment in moments]
    resampled = _resampled_readings(seen, seed)
    to_fit = [moment for moment in moments if moment.fitted]
    enough = [moment for moment in to_fit if found[moment.name].cases >= LEAST_CASES]
    if not enough:
        raise InputError(f"the records have no figure that is counted over {LEAST_CASES} cases or more")
    at = [names.index(moment.name) for moment in enough]
    recorded = [found[moment.name] for moment in enough]
    covariance = _covariance(resampled[:, at], recorded, [moment.unit for moment in enough])
    return Target(
        tuple(enough),
        tuple(moment for moment in to_fit if moment not in enough),
        np.array([reading.value for reading in recorded]),
        covariance,
        found,
        {name: _spread(resampled[:, column]) for column, name in enumerate(names)},
        transition_counts(seen),
    )


def reweighed(target: Target, simulated: Matrix, providers: float, recorded_providers: int) -> Target:
    """Return the target with the covariance that the model itself makes.

    A covariance counted from the records leans on what chance made of them: a share that came out low also looks sure,
    so that fits are drawn to it and lie further from the truth than the law of the distance allows. One made by runs
    near the records does not (Neyman's chi-squared against Pearson's; the second step of the method of moments,
    Hansen, *Econometrica* 50, 1982).

    Parameters
    ----------
    target
        What is fitted to.
    simulated
        Figures fitted to, of runs at one place, shape (runs, m); runs without a case of some are left out.
    providers
        Mean number of providers inspected in a run.
    recorded_providers
        Those of the records; fewer providers make figures less sure in proportion.
    """
    whole = simulated[np.isfinite(simulated).all(axis=1)]
    if len(whole) < FEWEST_RUNS:
        return target
    found = [target.readings[name] for name in target.names]
    as_many = whole.mean(axis=0) + (whole - whole.mean(axis=0)) * np.sqrt(providers / recorded_providers)
    return target._replace(covariance=_covariance(as_many, found, [moment.unit for moment in target.moments]))


def _resampled_readings(seen: Inspections, seed: int = 1) -> Matrix:
    """Count every figure of resampled providers, each with all of its inspections, shape (RESAMPLES, figures)."""
    return np.array(
        [[reading.value for reading in readings(again).values()] for again in _resamples(seen, _RESAMPLES, seed)]
    )


def sampling_errors(seen: Inspections, moments: tuple[Moment, ...], seed: int = 1) -> dict[str, float]:
    """Return the standard error of every figure by its name; that of a share is at least that of half a case."""
    found = readings(seen)
    spread = {name: _spread(column) for name, column in zip(found, _resampled_readings(seen, seed).T, strict=True)}
    least = {moment.name: _LEAST_SHARE_ERROR for moment in moments if moment.unit == "share"}
    return {name: max(error, least.get(name, 0.0) / max(found[name].cases, 1)) for name, error in spread.items()}


def distance(difference: Matrix, covariance: Matrix) -> float:
    """Return ``d' V^-1 d`` of differences, shape (m,), and their covariance, shape (m, m)."""
    return float(difference @ np.linalg.solve(covariance, difference))


def _spread(values: Matrix) -> float:
    there = values[np.isfinite(values)]
    return float(there.std(ddof=1)) if len(there) > 1 else float("nan")


def _covariance(resampled: Matrix, found: list[Reading], units: list[str]) -> Matrix:
    """Return the covariance of figures over resamples, their correlations shrunk, no error too small to believe."""
    filled = np.where(np.isfinite(resampled), resampled, np.nanmean(resampled, axis=0))
    error = filled.std(axis=0, ddof=1)
    least = [
        _LEAST_SHARE_ERROR / reading.cases if unit == "share" else 0.0
        for reading, unit in zip(found, units, strict=True)
    ]
    error = np.maximum(error, np.maximum(np.array(least), 1e-9))
    with np.errstate(invalid="ignore", divide="ignore"):
        correlation = np.nan_to_num(np.corrcoef(filled, rowvar=False))
    correlation = (1 - _SHRINKAGE) * np.atleast_2d(correlation)
    np.fill_diagonal(correlation, 1.0)
    covariance: Matrix = correlation * np.outer(error, error)
    return covariance


def _resamples(seen: Inspections, number: int, seed: int) -> list[Inspections]:
    draws = np.random.default_rng(seed)
    first = np.searchsorted(seen.provider, np.arange(seen.providers + 1))
    return [
        _taken(seen, first, draws.integers(0, seen.providers, seen.providers).astype(np.int64)) for _ in range(number)
    ]


def _taken(seen: Inspections, first: Whole, chosen: Whole) -> Inspections:
    """Return the inspections of chosen providers; one chosen twice is two."""
    length = first[chosen + 1] - first[chosen]
    start = np.repeat(first[chosen] - np.concatenate([[0], np.cumsum(length)[:-1]]), length)
    rows = start + np.arange(length.sum())
    provider = np.repeat(np.arange(len(chosen)), length).astype(np.int64)
    return in_order(seen.rows(rows)._replace(provider=provider))
