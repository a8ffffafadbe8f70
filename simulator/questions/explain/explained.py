"""What each group of parts brings: its Shapley or Owen value, alone, last, over orders; and by inspectors' time."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np

from simulator.measures.bands import CONFIDENCE, running_of
from simulator.questions.explain.groups import Group, groups_of, unions_of
from simulator.questions.explain.parts import Pair
from simulator.questions.explain.subsets import Cases, Found, cases_of, run_cases
from simulator.running.batch_files import BatchFolder
from simulator.running.batches import Failure
from simulator.running.crews import Crewing
from simulator.running.defaults import frontier_measures
from simulator.running.question import Question
from simulator.running.replicating import Progress
from simulator.running.targets import Floats, Quantity, quantity
from simulator.statistics.shapley import Steps, Value, added, interval, shares, steps_of
from simulator.words.estimates import Estimate
from simulator.words.units import scale_of
from simulator.words.wording import decimals_beside

_NOTHING: Final = Steps(*(np.zeros(0, dtype=kind) for kind in ("i8", "f8", "i8", "i8", "i8")))


class Share(NamedTuple):
    """What a group brings to the difference by one measure."""

    value: Estimate
    """Mean over the orders of all groups; over replications with its interval."""
    alone: Estimate
    """If it alone is taken over."""
    last: Estimate
    """If it is taken over last."""
    lowest: float
    """Least mean over replications of what it adds, over the choices of other groups that it came to."""
    highest: float
    turns: bool
    """Whether it adds clearly to one choice of others and takes clearly from another one."""
    as_rule: Estimate | None = None
    """The value without a limit to inspectors, None if that was not asked for."""
    by_time: Estimate | None = None
    """The value less that: what comes of inspectors' time that is taken or left."""


@dataclass(frozen=True)
class Explained:
    """The difference between two frameworks, and the groups that make it."""

    question: Question
    pair: Pair
    groups: tuple[Group, ...]
    steps: Steps
    exact: bool
    """Whether all orders count; else some were drawn."""
    cases: Cases
    quantities: tuple[Quantity, ...]
    found: Found

    @property
    def finished(self) -> int:
        """Replications finished: fewer than asked for if somebody pressed Ctrl-C."""
        return len(self.found.values)

    @property
    def failures(self) -> tuple[Failure, ...]:
        """Runs that failed."""
        return self.found.failures

    @cached_property
    def _choices(self) -> list[int]:
        return sorted(self.cases.case)

    def level(self, quantity: Quantity, everything: bool) -> Estimate:
        """Return a measure under the option (everything) or under the baseline (nothing)."""
        return _estimate(self._values(quantity)[:, -1 if everything else 0])

    def total(self, quantity: Quantity) -> Estimate:
        """Return the difference, option less baseline."""
        return self._difference(quantity, self._choices[-1], 0)

    def shares(self, quantity: Quantity) -> list[Share]:
        """Return what each group brings, in their order; the values add up to `total`."""
        return self._every_share[quantity]

    @cached_property
    def _every_share(self) -> dict[Quantity, list[Share]]:
        return {quantity: self._shares(quantity) if self.groups else [] for quantity in self.quantities}

    def _shares(self, quantity: Quantity) -> list[Share]:
        values, everything = self._values(quantity), self._choices[-1]
        by = shares(self.steps, values, self._choices, len(self.groups))
        value = interval(by)
        as_rule = by_time = None
        if self.found.unlimited is not None:
            unlimited = shares(self.steps, self.found.unlimited[:, :, *quantity.place], self._choices, len(self.groups))
            as_rule, by_time = interval(unlimited), interval(by - unlimited)
        return [
            Share(
                _at(value, position),
                self._difference(quantity, 1 << position, 0),
                self._difference(quantity, everything, everything ^ 1 << position),
                *_range(added(self.steps, values, self._choices)[:, self.steps.player == position]),
                None if as_rule is None else _at(as_rule, position),
                None if by_time is None else _at(by_time, position),
            )
            for position in range(len(self.groups))
        ]

    def decimals(self, quantity: Quantity) -> int:
        """Return the decimals of every difference by a measure, in the unit in which people read it."""
        factor = scale_of(quantity.of)[0]
        estimates = [self.total(quantity), *(share.value for share in self.shares(quantity))]
        return min(decimals_beside([Estimate(*(factor * end for end in estimate)) for estimate in estimates])[0], 2)

    def _values(self, quantity: Quantity) -> Floats:
        values: Floats = self.found.values[:, :, *quantity.place]
        return values

    def _difference(self, quantity: Quantity, one: int, other: int) -> Estimate:
        values = self._values(quantity)
        places = [self._choices.index(choice) for choice in (one, other)]
        return _estimate(values[:, places[0]] - values[:, places[1]])


def explain(  # noqa: PLR0913  (a choice each)
    question: Question,
    by: str,
    measures: Sequence[str] | None,
    *,
    unlimited: bool = False,
    most: int = 256,
    crewing: Crewing | None = None,
    progress: Progress | None = None,
    batches: BatchFolder | None = None,
    resume: bool = False,
) -> Explained:
    """Run what it takes to explain the difference between the two frameworks of a question.

    Parameters
    ----------
    question
        Scenario, providers, and the framework to explain and its baseline, in this order.
    by
        How parts are grouped (`simulator.questions.explain.groups.groups_of`).
    measures
        Measures to explain; the usual ones if none are named.
    unlimited
        Whether to run everything without a limit to inspectors too.
    most
        Combinations of groups to run at most.
    crewing, progress, batches, resume
        As for `simulator.questions.compare.comparison.compare`.

    Raises
    ------
    InputError
        If something given cannot be used, or every run failed.
    KeyboardInterrupt
        If Ctrl-C is pressed before one replication was finished, or twice.
    """
    types = question.service_types
    quantities = tuple(dict.fromkeys(quantity(name, types) for name in measures or _usual(types)))
    pair = Pair(*question.frameworks)
    groups = groups_of(pair, by)
    steps, exact = steps_of(unions_of(groups), most, question.scenario.run.seed) if groups else (_NOTHING, True)
    everything = (1 << len(groups)) - 1
    singles = [1 << position for position in range(len(groups))]
    choices = {*steps.subsets, 0, everything, *singles, *(everything ^ single for single in singles)}
    cases = cases_of(pair, groups, sorted(choices))
    found = run_cases(question, cases, unlimited, crewing or Crewing(), progress, batches, resume)
    return Explained(question, pair, tuple(groups), steps, exact, cases, quantities, found)


def _usual(types: Sequence[str]) -> list[str]:
    """Name the measures that are explained if none are named."""
    homes = frontier_measures(types)
    return [*homes, homes[0].replace("days_unfound_mean", "inspections_per_year")]


def _estimate(values: Floats) -> Estimate:
    return Estimate(*(float(end) for end in running_of(values).band()))


def _at(value: Value, position: int) -> Estimate:
    return Estimate(*(float(end[position]) for end in value))


def _range(steps: Floats) -> tuple[float, float, bool]:
    """Return the least and the largest mean of what a group adds, and whether it clearly has both signs.

    Clear is what an interval of all steps together leaves no doubt of (Bonferroni): with many steps, chance alone makes
    some look clear.
    """
    mean, low, high = running_of(steps).band(1 - (1 - CONFIDENCE) / steps.shape[1])
    return float(mean.min()), float(mean.max()), bool((low > 0).any() and (high < 0).any())
