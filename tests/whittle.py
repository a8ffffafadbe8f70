"""The Whittle index of visiting a provider, in a case small enough to have one; for tests of the belief index.

A provider becomes poor at one rate and is better or closed again at another, and all that is known of it is the
probability of being poor and not found. A visit finds a poor one with some probability; whoever is found is no longer
to be found, and is taken for not poor from then on. Visits are decided on once a month. The index at a belief is the
price of a visit at which to visit now and not to visit now are worth the same (P. Whittle, "Restless bandits: activity
allocation in a changing world", *Journal of Applied Probability* 25A (1988), 287-298), found by solving the discounted
decision problem of one provider for many prices on a grid of beliefs.
"""

from functools import cache
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import csc_matrix
from scipy.sparse.linalg import spsolve

Floats = npt.NDArray[np.float64]

MONTH: Final = 1 / 12
BELIEFS: Final = np.linspace(0.0, 1.0, 121) ** 2
"""Closer where providers are that were visited not long ago."""
PRICES: Final = 60
SWEEPS: Final = 60


class Provider(NamedTuple):
    """What moves a provider, per year."""

    falls: float
    """Rate of becoming poor."""
    leaves: float
    """Rate at which a poor one is better or closed, unseen."""
    sees: float
    """Probability that a visit finds a poor one."""
    places: float = 1.0


def a_month_on(provider: Provider, belief: Floats) -> Floats:
    """Carry the probability of being poor and not found on by a month without a visit."""
    both = provider.falls + provider.leaves
    kept = np.exp(-both * MONTH)
    carried: Floats = belief * kept + provider.falls / both * (1 - kept)
    return carried


def not_found(provider: Provider, belief: Floats) -> Floats:
    """Give the probability of being poor after a visit that found nothing."""
    left: Floats = belief * (1 - provider.sees) / (1 - belief * provider.sees + 1e-300)
    return left


def interpolation(points: Floats) -> Floats:
    """Give the weights of the grid by which a function on it is read off at points, shape (points, grid)."""
    below = np.clip(np.searchsorted(BELIEFS, points, side="right") - 1, 0, len(BELIEFS) - 2)
    part = (points - BELIEFS[below]) / (BELIEFS[below + 1] - BELIEFS[below])
    weights = np.zeros((len(points), len(BELIEFS)))
    rows = np.arange(len(points))
    weights[rows, below] = 1 - part
    weights[rows, below + 1] = part
    return weights


@cache
def whittle_index(provider: Provider, yearly_discount: float) -> Floats:
    """Give the index at every belief of `BELIEFS`, in years of one child at undetected risk times places.

    Raises
    ------
    ValueError
        If the provider is not indexable: a visit that is not worth its price would be worth a higher one.
    """
    factor = (1 + yearly_discount) ** -MONTH
    seen = BELIEFS * provider.sees
    passive = factor * interpolation(a_month_on(provider, BELIEFS))
    of_nothing = interpolation(a_month_on(provider, np.zeros(1)))
    of_rest = interpolation(a_month_on(provider, not_found(provider, BELIEFS)))
    active = factor * (seen[:, None] * of_nothing + (1 - seen)[:, None] * of_rest)
    visits = np.ones(len(BELIEFS), dtype=np.bool_)
    prices = np.linspace(0, 1, PRICES) ** 2 * 1.5 / (provider.leaves + yearly_discount)
    gains = []
    for price in prices:
        at_risk = Risk(MONTH * BELIEFS, price + MONTH * (BELIEFS - seen))
        gain = _gain_of_visit(at_risk, passive, active, visits)
        gains.append(gain)
        visits = gain > 0
    worth_it = np.array(gains) > 0
    if (worth_it[1:] & ~worth_it[:-1]).any():
        raise ValueError(f"{provider}: not indexable")
    return provider.places * np.array([_root(prices, np.array(gains)[:, at]) for at in range(len(BELIEFS))])


class Risk(NamedTuple):
    """What a month costs at every belief: years of undetected risk, and the price of a visit."""

    without: Floats
    with_visit: Floats


def _root(prices: Floats, gain: Floats) -> float:
    """Give the price at which the gain is none, straight between the last price that is worth it and the next."""
    last = int((gain > 0).sum()) - 1
    if last < 0:
        return 0.0
    return float(prices[last] + (prices[last + 1] - prices[last]) * gain[last] / (gain[last] - gain[last + 1]))


def _gain_of_visit(at_risk: Risk, passive: Floats, active: Floats, visits: npt.NDArray[np.bool_]) -> Floats:
    """Give how much less it costs to visit now than not to, at every belief, if all later is done best."""
    for _ in range(SWEEPS):  # policy iteration
        moves = np.where(visits[:, None], active, passive)
        cost = np.where(visits, at_risk.with_visit, at_risk.without)
        value = spsolve(csc_matrix(np.eye(len(BELIEFS)) - moves), cost)
        gain: Floats = at_risk.without + passive @ value - at_risk.with_visit - active @ value
        if ((gain > 1e-12) == visits).all():
            break
        visits = gain > 1e-12
    return gain


def index_by_renewal(provider: Provider, months: int, yearly_discount: float) -> tuple[float, float]:
    """Give a belief and its index in closed form, where a visit sees everything: an oracle for `whittle_index`.

    Then a visit makes everything as new, and the best policy at a price is to visit every so many months. The belief is
    that after so many months without a visit, and the index the price at which one month more costs the same.
    """
    factor = (1 + yearly_discount) ** -MONTH
    beliefs = [0.0]
    for _ in range(months):
        beliefs.append(float(a_month_on(provider, np.array(beliefs[-1:]))[0]))
    risk = [factor**month * MONTH * belief for month, belief in enumerate(beliefs)]

    def per_cycle(length: int) -> tuple[float, float]:
        whole = 1 / (1 - factor**length)
        return whole, whole * sum(risk[:length])

    (price, at_risk), (later_price, later_risk) = per_cycle(months), per_cycle(months + 1)
    return beliefs[months], provider.places * (later_risk - at_risk) / (price - later_price)
