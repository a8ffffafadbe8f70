"""Where two curves cross at the same cost, when each number of inspectors costs something else under each framework.

Each curve is laid over the mean cost of its own points, straight between them, and two are compared at the costs to
which both come. A cost varies by chance too. So every replication is moved along the curve, by its slope, from the cost
that it had to the mean: the mean over replications stays the curve, and their spread takes in that of the cost. From
there on everything is as over the number of inspectors (`simulator.statistics.crossings`).
"""

from typing import NamedTuple

import numpy as np

from simulator.measures.bands import Floats
from simulator.statistics.crossings import Course, course


class CourseByCost(NamedTuple):
    """How a difference goes over cost."""

    at: Floats
    """Costs at which one of the two curves has a point, ascending, shape (k,)."""
    course: Course


class _Curve(NamedTuple):
    mean_cost: Floats
    """Strictly ascending, shape (points,)."""
    mean: Floats
    costs: Floats
    """In each replication, shape (n, points)."""
    values: Floats


def course_by_cost(one: tuple[Floats, Floats], other: tuple[Floats, Floats], seed: int) -> CourseByCost | None:
    """Follow the difference of two curves, the first less the second, over the costs to which both come.

    Parameters
    ----------
    one, other
        Of each curve the costs and the values in each replication at each number of inspectors, ascending, shape
        (n, numbers) both; not-a-number where undefined. A number that costs no more than a smaller one has no cost of
        its own, and is left out.
    seed
        Of the resamples.

    Returns
    -------
    CourseByCost or None
        None if they come to no two costs in common.
    """
    curves = [_curve(*one), _curve(*other)]
    if any(not curve.mean_cost.size for curve in curves):
        return None
    low, high = max(curve.mean_cost[0] for curve in curves), min(curve.mean_cost[-1] for curve in curves)
    if low >= high:
        return None
    points = np.unique(np.concatenate([curve.mean_cost for curve in curves]))
    at = points[(points >= low) & (points <= high)]
    first, second = (_at_costs(curve, at) for curve in curves)
    return CourseByCost(at, course(at, first - second, seed))


def _curve(costs: Floats, values: Floats) -> _Curve:
    """Keep the numbers of inspectors of which each costs more in the mean than all smaller ones."""
    there = ~(np.isnan(costs) | np.isnan(values))
    known = np.flatnonzero(there.any(axis=0))
    mean_cost = np.array([costs[there[:, number], number].mean() for number in known])
    before = np.maximum.accumulate(np.concatenate([[-np.inf], mean_cost]))[:-1]
    dearer = mean_cost > before
    kept = known[dearer]
    means = np.array([values[there[:, number], number].mean() for number in kept])
    return _Curve(mean_cost[dearer], means, costs[:, kept], values[:, kept])


def _at_costs(curve: _Curve, at: Floats) -> Floats:
    """Return the values of a curve at some costs in each replication, each moved along it to the same mean cost."""
    left = np.clip(np.searchsorted(curve.mean_cost, at, side="right") - 1, 0, len(curve.mean_cost) - 2)
    run = curve.mean_cost[left + 1] - curve.mean_cost[left]
    share = (at - curve.mean_cost[left]) / run
    slope = (curve.mean[left + 1] - curve.mean[left]) / run
    cost = _between(curve.costs, left, share)
    moved: Floats = _between(curve.values, left, share) - slope * (cost - at)
    return moved


def _between(values: Floats, left: "np.typing.NDArray[np.int64]", share: Floats) -> Floats:
    """Interpolate between two neighbouring columns; at a point itself only that one counts."""
    here, following = values[:, left], values[:, left + 1]
    between: Floats = np.where(share == 0, here, np.where(share == 1, following, here + share * (following - here)))
    return between
