"""The chain of true quality with inspections on given days, exactly: a matrix exponential from one day to the next.

Another way to the same rule than the simulator's: no clocks and no draws, but the probability of every state there
is, apart for each history of judgements, since those say until when the effect of being found out runs.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.linalg import expm

Vector = npt.NDArray[np.float64]
Matrix = npt.NDArray[np.float64]

STATES = ("1", "1a", "1p", "2", "2a", "2p", "3", "3d", "4")
"""A grade; a: helped since a judgement of adequate; p: of poor; d: at good by that help alone."""
GRADES = np.array([int(state[0]) for state in STATES])
NEVER = -1.0


class Rates(NamedTuple):
    """Hazards of the chain per year, by grade 1 to 4."""

    decline: Vector
    improve: Vector
    fall: Vector


class Help(NamedTuple):
    """What being found out does: multipliers, and years for which they hold."""

    after_poor: float
    poor_years: float
    after_adequate: float
    adequate_years: float
    damping: float


class Ends(NamedTuple):
    """Until when the last judgement of poor helps, and the last of poor or adequate."""

    poor: float = NEVER
    adequate: float = NEVER


Told = dict[Ends, Vector]
"""Probability of each state, apart for each history of judgements."""


def generator(rates: Rates, effect: Help, runs: tuple[bool, bool]) -> Matrix:
    """Give the generator while the effects of a judgement of poor and of adequate run or do not."""
    q = np.zeros((len(STATES), len(STATES)))

    def move(state: str, to: str, rate: float) -> None:
        q[STATES.index(state), STATES.index(to)] += rate

    adequate = effect.after_adequate if runs[1] else 1.0
    factors = {"": 1.0, "a": adequate, "p": max(adequate, effect.after_poor if runs[0] else 1.0)}
    for helped, factor in factors.items():
        move("1" + helped, "2" + helped, factor * rates.improve[0])
        move("2" + helped, "3", rates.improve[1])
        move("2" + helped, "3d", (factor - 1) * rates.improve[1])
        move("2" + helped, "1" + helped, rates.decline[1] + rates.fall[1])
    for state, damping in (("3", 1.0), ("3d", effect.damping)):
        move(state, "4", damping * rates.improve[2])
        move(state, "2", rates.decline[2])
        move(state, "1", rates.fall[2])
    move("3d", "3", rates.improve[1])
    move("4", "3", rates.decline[3])
    move("4", "1", rates.fall[3])
    return q - np.diag(q.sum(axis=1))


def inspect(told: Told, effect: Help, day: float) -> Told:
    """Judge everybody correctly."""
    after: Told = {}

    def add(ends: Ends, states: Sequence[str], becomes: str, before: Vector) -> None:
        chance = np.zeros(len(STATES))
        chance[STATES.index(becomes)] = before[[STATES.index(state) for state in states]].sum()
        if chance.any():
            after[ends] = after.get(ends, 0.0) + chance

    for ends, before in told.items():
        longer = day + effect.adequate_years
        add(Ends(day + effect.poor_years, longer), ("1", "1a", "1p"), "1p", before)
        add(Ends(ends.poor, longer), ("2", "2a"), "2a", before)
        add(Ends(ends.poor, longer), ("2p",), "2p", before)
        add(Ends(), ("3", "3d"), "3", before)
        add(Ends(), ("4",), "4", before)
    return after


def pass_years(told: Told, rates: Rates, effect: Help, since: float, until: float) -> Told:
    """Let time pass without an inspection."""
    after: Told = {}
    for ends, before in told.items():
        chance, cuts = before, [since, *sorted(end for end in set(ends) if since < end < until), until]
        for begins, stops in pairwise(cuts):
            runs = (begins < ends.poor, begins < ends.adequate)
            chance = chance @ expm(generator(rates, effect, runs) * (stops - begins))
        left = Ends(*(end if end > until else NEVER for end in ends))
        after[left] = after.get(left, 0.0) + chance
    return after


def shares(told: Told) -> Vector:
    """Give the probability of each grade, 1 first."""
    chance = np.sum(list(told.values()), axis=0)
    return np.array([chance[grade == GRADES].sum() for grade in (1, 2, 3, 4)])


def followed(
    told: Told, rates: Rates, effect: Help, inspections: Sequence[float], looks: Sequence[float]
) -> list[Vector]:
    """Give the probability of each grade at every look, the inspections being made on their days (in years)."""
    seen, now = [], 0.0
    for day in sorted({*inspections, *looks}):
        told, now = pass_years(told, rates, effect, now, day), day
        if day in inspections:
            told = inspect(told, effect, day)
        if day in looks:
            seen.append(shares(told))
    return seen
