"""Plausible worlds as a set in which any question is asked: the assumed values, then worlds drawn within all ranges."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from simulator.engine.setting_checks import NoTeamError
from simulator.inputs.messages import InputError
from simulator.questions.sensitivity.assumptions import Assumption, Positions, assumptions_of
from simulator.questions.sensitivity.plausible_worlds import NoSuchWorldError, world_at
from simulator.questions.worth.worlds import drawn
from simulator.running.question import Question, settings_of
from simulator.running.worlds import PLAUSIBLE, Sort
from simulator.words.wording import counted

RUNS: Final = 2
"""Replications of each world: enough, since worlds differ by much more than chance."""
ASSUMED: Final = 0
"""Number of the world with the assumed values."""


@dataclass(frozen=True)
class PlausibleSet:
    """A question, and the worlds in which it is asked (a `simulator.running.worlds.Worlds`)."""

    question: Question
    """As asked, with the assumed values."""
    assumptions: tuple[Assumption, ...]
    positions: Positions
    """Of the assumptions in each world drawn, shape (worlds, assumptions)."""
    possible: tuple[tuple[int, Question], ...]
    """The worlds that can be set up, by number, counted from 1."""
    sort: Sort = PLAUSIBLE

    @property
    def name(self) -> str:
        """How many were drawn."""
        return str(len(self.positions))

    @property
    def numbers(self) -> tuple[int, ...]:
        """Numbers of the worlds, that of the assumed values first."""
        return (ASSUMED, *(number for number, _ in self.possible))

    def of_numbers(self) -> Positions:
        """Return the positions of the worlds that can be set up, in order."""
        positions: Positions = self.positions[[number - 1 for number, _ in self.possible]]
        return positions

    def each(self) -> Iterator[tuple[int, Question]]:
        """Yield the question with the assumed values, then in each world that can be set up."""
        yield ASSUMED, self.question
        yield from self.possible

    @property
    def basis(self) -> str:
        """What the worlds are, and what their spread shows."""
        left = len(self.positions) - len(self.possible)
        without = f" {counted(left, 'world')} that cannot be set up left out." if left else ""
        return (
            f"Answered with the assumed values, and in {counted(len(self.possible), 'plausible world')}, in each of "
            f"which {counted(len(self.assumptions), 'assumption')} vary independently within their ranges: all values "
            "equally likely, or all orders of magnitude. A range states how far a number may lie, not which values are "
            "more likely. Ranges hold nine in ten of the worlds; a world is counted by the means of few replications, "
            f"with random numbers of its own.{without}"
        )


def plausible_set(question: Question, worlds: int) -> PlausibleSet:
    """Draw plausible worlds for a question: the same as `inspectsim worth` draws.

    Raises
    ------
    InputError
        If no assumption has a range, or no world can be set up.
    """
    varied = assumptions_of(question)
    if not varied:
        raise InputError("no assumption has a range to vary. Use a scenario with ranges in [evidence]")
    positions = drawn(worlds, len(varied), question.scenario.run.seed)
    possible = tuple(_possible(question, varied, positions))
    if not possible:
        raise InputError("no world within the ranges can be set up. Use a scenario with narrower ranges in [evidence]")
    return PlausibleSet(question, tuple(varied), positions, possible)


def _possible(question: Question, varied: Sequence[Assumption], positions: Positions) -> Iterator[tuple[int, Question]]:
    """Yield the worlds that make a valid scenario, each to be counted by the means of few replications of its own.

    Were they the same replications in all worlds, their chance would not average out over worlds.
    """
    for number, position in enumerate(positions, 1):
        try:
            world = world_at(question, varied, position).question
            settings_of(world)
        except (NoSuchWorldError, NoTeamError):
            continue
        run = {"replications": RUNS, "seed": question.scenario.run.seed + number}
        scenario = world.scenario.changed({"run": run}, "a plausible world")
        yield number, replace(world, scenario=scenario, by_means=True)
