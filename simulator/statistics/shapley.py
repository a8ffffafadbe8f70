"""Shapley and Owen values: what each player brings to a whole, as a mean over the orders in which they can come.

What a player adds depends on who is there already. Its Shapley value is the mean of what it adds over all orders of
all players: values add up to the whole, players that do the same get the same, and one that adds nothing gets 0
(L. S. Shapley, "A value for n-person games", *Contributions to the Theory of Games* II, 1953; for the parts of a
difference A. F. Shorrocks, "Decomposition procedures for distributional analysis", *Journal of Economic Inequality* 11,
2013). Where players form unions, only the orders in which each union comes in one piece count: the Owen value (G. Owen,
"Values of games with a priori unions", *Mathematical Economics and Game Theory*, 1977). The values of a union's players
add up to what the Shapley value gives the union as one player.

A subset of players is a whole number with a bit for each player: 0 for nobody, 5 for players 0 and 2.
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from math import factorial
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Unions = Sequence[Sequence[int]]
"""Players by union, each player in one of them; a union of one stands for itself."""

_CONFIDENCE: Final = 0.95


class Steps(NamedTuple):
    """Steps from one subset to another by one player more, of which values are weighted sums; arrays of one length."""

    player: Whole
    weight: Floats
    """Weights of a player in a draw add up to 1."""
    before: Whole
    """Subset that the player comes to."""
    after: Whole
    draw: Whole
    """Number of the pair of orders, from 0; 0 everywhere where all orders count."""

    @property
    def subsets(self) -> list[int]:
        """The subsets that values are needed of, ascending: nobody and everybody among them."""
        return sorted({*self.before.tolist(), *self.after.tolist()})

    @property
    def draws(self) -> int:
        """Number of pairs of orders; 1 where all orders count."""
        return int(self.draw.max(initial=0)) + 1


class Value(NamedTuple):
    """The value of each player with its interval; arrays of the length of the players."""

    mean: Floats
    low: Floats
    high: Floats


def steps_of(unions: Unions, most: int, seed: int) -> tuple[Steps, bool]:
    """Return the steps that values are made of, and whether all orders count.

    Parameters
    ----------
    unions
        Who comes together.
    most
        Subsets that may be asked for. If all orders need more, so many pairs of orders are drawn as need at most these
        with each player alone and each left out, every order with its reverse (antithetic, which lowers the
        variance); two pairs at least, to have an interval.
    seed
        Of the draw.
    """
    exact = _all_orders(unions)
    if len(exact.subsets) <= most:
        return exact, True
    players = sum(map(len, unions))
    pairs = max(2, (most - 2 - 2 * players) // (2 * (players - 1)))
    return _some_orders(unions, pairs, np.random.default_rng(seed)), False


def _all_orders(unions: Unions) -> Steps:
    rows = []
    for position, union in enumerate(unions):
        others = [_bits(other) for place, other in enumerate(unions) if place != position]
        for joined, outer in _subsets(others):
            for player in union:
                inner = [1 << other for other in union if other != player]
                for within, before in _subsets(inner):
                    weight = _weight(joined, len(others)) * _weight(within, len(inner))
                    rows.append((player, weight, outer | before, outer | before | 1 << player, 0))
    return _steps(rows)


def _some_orders(unions: Unions, pairs: int, rng: np.random.Generator) -> Steps:
    rows = []
    for draw in range(pairs):
        order = list(chain(*(rng.permutation(unions[place]).tolist() for place in rng.permutation(len(unions)))))
        for line in (order, order[::-1]):
            there = 0
            for player in line:
                rows.append((player, 0.5, there, there | 1 << player, draw))
                there |= 1 << player
    return _steps(rows)


def _steps(rows: Sequence[tuple[int, float, int, int, int]]) -> Steps:
    player, weight, before, after, draw = zip(*rows, strict=True) if rows else ((),) * 5
    whole = (np.array(column, dtype=np.int64) for column in (player, before, after, draw))
    players, befores, afters, draws = whole
    return Steps(players, np.array(weight, dtype=np.float64), befores, afters, draws)


def _bits(players: Sequence[int]) -> int:
    return sum(1 << player for player in players)


def _subsets(parts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Return every choice of some parts: how many there are in it, and their bits together."""
    for choice in range(1 << len(parts)):
        chosen = [part for place, part in enumerate(parts) if choice >> place & 1]
        yield len(chosen), sum(chosen)


def _weight(before: int, others: int) -> float:
    """Return the share of all orders in which just `before` of `others` come before a player."""
    return factorial(before) * factorial(others - before) / factorial(others + 1)


def added(steps: Steps, values: Floats, subsets: Sequence[int]) -> Floats:
    """Return what each step adds.

    Parameters
    ----------
    steps
        The steps.
    values
        Value of each subset, shape (replications, subsets).
    subsets
        Which subsets these are, in the order of the values; those of the steps among them.

    Returns
    -------
    numpy.ndarray
        Shape (replications, steps).
    """
    places = {subset: place for place, subset in enumerate(subsets)}
    before, after = ([places[subset] for subset in column.tolist()] for column in (steps.before, steps.after))
    difference: Floats = values[:, after] - values[:, before]
    return difference


def shares(steps: Steps, values: Floats, subsets: Sequence[int], players: int) -> Floats:
    """Return the value of each player in each replication and draw of orders, shape (replications, draws, players).

    Parameters are as for `added`. In each replication and draw the values add up to that of everybody less that of
    nobody.
    """
    by = np.zeros((len(values), steps.draws, players))
    weighted = added(steps, values, subsets) * steps.weight
    for step, (draw, player) in enumerate(zip(steps.draw.tolist(), steps.player.tolist(), strict=True)):
        by[:, draw, player] += weighted[:, step]
    return by


def interval(by: Floats) -> Value:
    """Return the mean of values over replications and draws, with its 95% interval by Student's t.

    Parameters
    ----------
    by
        As `shares` returns them. A replication in which a value is not a number is left out.

    Returns
    -------
    Value
        Replications and draws of orders are crossed: the error is that of both together, as many degrees of freedom
        as the fewer of them leave. The interval of one replication is not a number.
    """
    from scipy.special import stdtrit

    kept = by[~np.isnan(by).any(axis=(1, 2))]
    mean = kept.mean(axis=(0, 1)) if len(kept) else np.full(by.shape[2], np.nan)
    levels = [len(kept)] + ([by.shape[1]] if by.shape[1] > 1 else [])
    if min(levels) < 2:  # noqa: PLR2004  (one has no spread)
        return Value(mean, np.full_like(mean, np.nan), np.full_like(mean, np.nan))
    variance = kept.mean(axis=1).var(axis=0, ddof=1) / len(kept)
    if by.shape[1] > 1:
        variance = variance + kept.mean(axis=0).var(axis=0, ddof=1) / by.shape[1]
    half = stdtrit(min(levels) - 1, (1 + _CONFIDENCE) / 2) * np.sqrt(variance)
    return Value(mean, mean - half, mean + half)
