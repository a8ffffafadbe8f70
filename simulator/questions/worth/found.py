"""What is read off the worlds: who does better in how many, which options may be best, and what is worth knowing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import floor, log10

import numpy as np

from simulator.inputs.messages import InputError, Named
from simulator.measures.bands import running_of
from simulator.questions.sensitivity.found import better_sign
from simulator.questions.worth.sources import Source, columns_by_source
from simulator.questions.worth.worlds import Worlds
from simulator.running.batches import Failure
from simulator.running.defaults import frontier_measures
from simulator.running.question import Question
from simulator.running.targets import Floats, Quantity, quantity
from simulator.statistics.best import Standing, against_the_best
from simulator.statistics.information import Learnt, partial, perfect, worlds_to_tell_apart
from simulator.statistics.verdicts import Share, share_of
from simulator.words.estimates import Estimate

_TAIL = 5
"""Per cent of the worlds beyond each end of the range that is told."""
_LEAST_DEFINED = 4
"""Worlds in which a measure must be defined."""
_STEPS = 30
"""Steps of an S-curve, about."""
OF_SPREAD = 0.05
"""Share of the spread that a single assumption must bring about to be found."""


class Measured:
    """One measure of all frameworks in the worlds in which it is defined under each, in every replication."""

    def __init__(self, worlds: Worlds, of: Quantity) -> None:
        self.quantity = of
        self.names = worlds.question.names
        self.sign = better_sign(of)
        """What to multiply the measure by so that more of it is better."""
        values = worlds.rows.values[..., *of.place]
        self.there = np.isfinite(values).all(axis=(1, 2))
        if self.there.sum() < _LEAST_DEFINED:
            defined = f"defined in {self.there.sum()} of {worlds.finished} worlds"
            raise InputError(
                Named("measure"), f' "{of}": {defined}; allowed: a measure defined in {_LEAST_DEFINED} or more'
            )
        self.values: Floats = values[self.there]
        """Shape (worlds, replications, frameworks)."""
        self.means: Floats = self.values.mean(axis=1)
        self._baseline = self.names.index(worlds.question.baseline)

    @property
    def worlds(self) -> int:
        """Worlds in which it is defined."""
        return len(self.values)

    def level(self, name: str) -> Estimate:
        """Return the mean over the worlds."""
        return _estimate(self.means[:, self.names.index(name)])

    def differences(self, name: str) -> Floats:
        """Return the differences from the baseline in each world, over its replications."""
        found: Floats = self.means[:, self.names.index(name)] - self.means[:, self._baseline]
        return found

    def difference(self, name: str) -> Estimate:
        """Return the mean difference over the worlds."""
        return _estimate(self.differences(name))

    def spread(self, name: str) -> tuple[float, float]:
        """Return the 5th and the 95th percentile of the difference over the worlds."""
        low, high = np.percentile(self.differences(name), [_TAIL, 100 - _TAIL])
        return float(low), float(high)

    def share(self, name: str, sign: int) -> Share:
        """Return the worlds in which a framework has more (1) or less (-1) of the measure than the baseline."""
        return share_of(int((sign * self.differences(name) > 0).sum()), self.worlds)

    def best(self, name: str) -> Share:
        """Return the worlds in which no other framework does better."""
        better = self.sign * self.means
        return share_of(int((better[:, self.names.index(name)] == better.max(axis=1)).sum()), self.worlds)

    @cached_property
    def standings(self) -> Mapping[str, Standing]:
        """How each framework stands to the best of the others on average over the worlds; more is better."""
        return dict(zip(self.names, against_the_best(self.sign * self.means), strict=True))

    @property
    def choice(self) -> str:
        """The framework that is best on average over the worlds."""
        return max(self.names, key=lambda name: self.standings[name].margin)

    def chances(self, names: Sequence[str], factor: float) -> tuple[Floats, Mapping[str, list[Share]]]:
        """Return the share of worlds in which each framework is better than the baseline by at least some amounts.

        Parameters
        ----------
        names
            The frameworks.
        factor
            From the measure to the unit in which people read it, in which the amounts are round.
        """
        better = {name: self.sign * factor * self.differences(name) for name in names}
        ends = np.concatenate([*better.values(), [0.0]])
        step = _round_step(float(np.ptp(ends)) / _STEPS)
        amounts = np.arange(np.floor(ends.min() / step), np.ceil(ends.max() / step) + 2) * step
        return amounts, {
            name: [share_of(int((found >= amount - 1e-9 * step).sum()), self.worlds) for amount in amounts]
            for name, found in better.items()
        }

    def chance_in_spread(self, name: str) -> float:
        """Return the share of the variance of the difference over worlds that is chance of their replications."""
        paired = self.values[..., self.names.index(name)] - self.values[..., self._baseline]
        replications = paired.shape[1]
        spread = float(paired.mean(axis=1).var(ddof=1))
        return float(paired.var(axis=1, ddof=1).mean()) / replications / spread if spread else 0.0


@dataclass(frozen=True)
class Found:
    """The answer in numbers."""

    worlds: Worlds
    measured: tuple[Measured, ...]
    """The measures asked for; a choice is made by the first."""

    @property
    def question(self) -> Question:
        """As it was run in the worlds."""
        return self.worlds.question

    @property
    def failures(self) -> Sequence[Failure]:
        """Runs that failed."""
        return self.worlds.rows.failures

    @property
    def options(self) -> list[str]:
        """Names of the frameworks but for the baseline."""
        question = self.worlds.question
        return [name for name in question.names if name != question.baseline]

    @property
    def decision(self) -> Measured:
        """The measure that the choice is made by."""
        return self.measured[0]

    @cached_property
    def everything(self) -> Learnt:
        """The value of knowing the world before the choice."""
        return perfect(self.decision.sign * self.decision.values, self._seed)

    @cached_property
    def by_source(self) -> Mapping[Source, Learnt]:
        """The value of what each source could tell before the choice."""
        columns = columns_by_source(self.worlds.assumptions)
        positions = self.worlds.positions[self.decision.there]
        learnt = partial(
            self.decision.sign * self.decision.means, [positions[:, places] for places in columns.values()], self._seed
        )
        return dict(zip(columns, learnt, strict=True))

    @property
    def for_singles(self) -> int:
        """Number of worlds that it would take to tell single assumptions apart."""
        return worlds_to_tell_apart(len(self.worlds.assumptions), OF_SPREAD)

    @property
    def _seed(self) -> int:
        return self.worlds.question.scenario.run.seed


def read_off(worlds: Worlds, measures: Sequence[str] | None) -> Found:
    """Read measures off the worlds.

    Parameters
    ----------
    worlds
        What was run.
    measures
        As on the command line; the usual ones if none are named.

    Raises
    ------
    InputError
        If there is no such measure, neither more nor less of it is better, or it is defined in too few worlds.
    """
    return Found(worlds, tuple(Measured(worlds, of) for of in quantities_of(measures, worlds.question.service_types)))


def quantities_of(measures: Sequence[str] | None, types: Sequence[str]) -> list[Quantity]:
    """Return the measures to read off.

    Raises
    ------
    InputError
        If there is no such measure, or neither more nor less of it is better.
    """
    days, unfound = frontier_measures(types)
    usual = (unfound, days, "inspector_days_per_year")
    found = list(dict.fromkeys(quantity(name, types) for name in measures or usual))
    for one in found:
        better_sign(one)
    return found


def _estimate(values: Floats) -> Estimate:
    return Estimate(*(float(end) for end in running_of(values).band()))


def _round_step(least: float) -> float:
    """Return the next larger of 1, 2, 5, 10 ... times a power of ten."""
    if least <= 0:
        return 1.0
    power = 10.0 ** floor(log10(least))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= least * (1 - 1e-9))
