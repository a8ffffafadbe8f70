"""A world in which assumptions have other values, and the work of running two frameworks in many of them.

A *row* is what other questions call a replication: it is finished and kept as a whole. In each row there are the
same number of *points*: positions of all assumptions, and the number of the replication in which they are run.
Every point is run under both frameworks, on common random numbers.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple, Self

import numpy as np
import numpy.typing as npt
from pydantic import ValidationError

from simulator.engine.past import shared_pasts
from simulator.engine.run import Engine
from simulator.engine.setting_checks import NoTeamError
from simulator.inputs.messages import InputError, from_validation
from simulator.inspectorate.framework import Framework
from simulator.measures import measure, posts_paid
from simulator.measures.names import MEASURES
from simulator.measures.observed import observe, observe_until
from simulator.questions.sensitivity.assumptions import Assumption, Place, Positions
from simulator.running.batch_files import BatchFolder
from simulator.running.batches import Array, Failure, Reading
from simulator.running.comparing import VALUES
from simulator.running.identity import identity
from simulator.running.pasts import Pasts
from simulator.running.question import Question, settings_of
from simulator.running.replicating import finished_files
from simulator.running.runner import compile_ahead
from simulator.world.population import drawn_alike, synthetic
from simulator.world.quality import least_speed
from simulator.world.services import SERVICE_TYPES

FASTER: Final = "faster"
"""Name of the array of whether the speed was raised to what falls need (`world_at`)."""
CANNOT: Final = "cannot"
"""Name of the array of whether there is no such world, since it cannot be run."""
_MOST_SHARE: Final = 0.95
"""Share of poor, at most, that a factor leads to."""
_ABOVE: Final = 1 + 1e-9
_SOURCE: Final = "a plausible world"

_Table = dict[str, Any]


class NoSuchWorldError(InputError):
    """Assumptions at some positions make no valid scenario or framework."""


class World(NamedTuple):
    """A question in a world in which assumptions have other values."""

    question: Question
    faster: bool
    """Whether the speed of grade changes was raised, since falls and recoveries alone made more of them."""


def world_at(question: Question, assumptions: Sequence[Assumption], positions: Positions) -> World:
    """Return a question in the world at some positions of assumptions.

    Where falls and the recoveries from them alone would make more grade changes than the speed says, there is no
    such world, and the speed is raised to what they make.

    Parameters
    ----------
    question
        As given.
    assumptions
        That are moved.
    positions
        Of each, shape (assumptions,), from 0 to 1; not-a-number for as given.

    Raises
    ------
    NoSuchWorldError
        If the outcome is no valid scenario or framework.
    """
    moved = [
        (place, place.at(float(position)))
        for assumption, position in zip(assumptions, positions, strict=True)
        if not np.isnan(position)
        for place in assumption.places
    ]
    of_scenario = [(place, value) for place, value in moved if place.framework is None]
    scenario, faster = question.scenario, False
    if of_scenario:
        settings = deepcopy(scenario.settings())
        for place, value in of_scenario:
            _move(settings, place, value)
        faster = _fast_enough(settings["quality"], question)
        try:
            scenario = scenario.changed(settings, _SOURCE)
        except InputError as error:
            raise NoSuchWorldError(str(error)) from error
    named = {
        framework.name: _framework(
            framework, [(place, value) for place, value in moved if place.framework == framework.name]
        )
        for framework in [*question.frameworks, *(change.framework for change in question.changes if change.framework)]
    }
    register = question.register
    if not (question.own_register or drawn_alike(scenario.population, question.scenario.population)):
        register = synthetic(scenario.population, scenario.run.seed)
    world = replace(
        question,
        scenario=scenario,
        frameworks=tuple(named[framework.name] for framework in question.frameworks),
        changes=tuple(
            change._replace(framework=named[change.framework.name]) if change.framework else change
            for change in question.changes
        ),
        register=register,
    )
    return World(world, faster)


def _framework(framework: Framework, moved: Sequence[tuple[Place, float]]) -> Framework:
    if not moved:
        return framework
    table = framework.model_dump(by_alias=True, exclude_none=True)
    for place, value in moved:
        _move(table, place, value)
    try:
        return Framework.model_validate(table | {"name": framework.name})
    except ValidationError as error:
        said = from_validation(error, f'framework "{framework.name}" in {_SOURCE}', Framework)
        raise NoSuchWorldError(str(said)) from error


def _move(table: _Table, place: Place, value: float) -> None:
    """Set the number at a place to a value, or multiply it by a factor."""
    around: Any = table
    *outer, name = place.path
    for step in outer:
        around = around[step]
    given = around[name]
    if place.moved == "shares":
        around[name] = _with_share_of_poor(given, value)
    elif place.moved == "factor":
        around[name] = _multiplied(given, value)
    else:
        around[name] = _like(given, value)


def _multiplied(given: Any, factor: float) -> Any:
    if isinstance(given, Mapping):
        return {name: _multiplied(value, factor) for name, value in given.items()}
    return _like(given, given * factor)


def _like(given: object, value: float) -> float:
    """Round a number that is whole as given: days, posts, providers."""
    return round(value) if isinstance(given, int) else value


def _with_share_of_poor(shares: Mapping[str, float], factor: float) -> dict[str, float]:
    """Multiply the share of poor; the others keep their proportions."""
    total = sum(shares.values())
    poor = min(shares["poor"] / total * factor, max(_MOST_SHARE, shares["poor"] / total))
    others = total - shares["poor"]
    return {name: poor if name == "poor" else share / others * (1 - poor) for name, share in shares.items()}


def _fast_enough(quality: _Table, question: Question) -> bool:
    """Raise the speed to what falls and recoveries make, if it is below that; return whether it was."""
    given = question.scenario.quality
    falls = type(given.falls).model_validate(quality["falls"])
    natural = [type(shares).model_validate(quality["natural_shares"][name]) for name, shares in _natural(question)]
    needed = max((least_speed(shares, falls) for shares in natural), default=0.0) * _ABOVE
    if quality["speed"] >= needed:
        return False
    quality["speed"] = needed
    return True


def _natural(question: Question) -> list[tuple[str, Any]]:
    return list(question.scenario.quality.natural_shares.items())


class Plan(NamedTuple):
    """The worlds to run."""

    positions: Positions
    """Shape (rows, points, assumptions)."""
    replications: npt.NDArray[np.int64]
    """Number of the replication in which each is run, shape (rows, points)."""


@dataclass(frozen=True)
class PlausibleWorlds:
    """Two frameworks in many worlds (`simulator.running.batches.Work`); a row is a replication there."""

    cases: tuple[str, ...]
    """The points."""
    question: Question
    assumptions: tuple[Assumption, ...]
    plan: Plan
    engine: Engine

    @property
    def seed(self) -> int:
        """The seed of the scenario."""
        return self.question.scenario.run.seed

    def prepare(self) -> None:
        """Compile the engine if need be, so that workers find it in the cache."""
        compile_ahead(settings_of(self.question)[0], self.engine)

    def in_replication(self, _number: int) -> Self:
        """Return the work: each point is a world of its own, in which only its two frameworks share a past."""
        return self

    def read(self, case: int, replication: int) -> Reading:
        """Run both frameworks at a point of a row (counted from 1), and read off the measures.

        Nothing where the world cannot be run: that is of the ranges, and no run that failed.
        """
        row = replication - 1
        try:
            world = self._world(row, case)
            settings = settings_of(world.question)
        except (NoSuchWorldError, NoTeamError):
            return Reading({**self.blank(), CANNOT: np.array(True)})
        costs, number = world.question.scenario.costs, int(self.plan.replications[row, case])
        pasts = Pasts(settings, shared_pasts(settings) if self.engine == "compiled" else (), number)
        runs = [
            observe(setting, number, self.engine, pasts.of(position, observe_until))
            for position, setting in enumerate(settings)
        ]
        idle = world.question.idle_pools
        values = [measure(run, costs, posts_paid(setting, idle)) for run, setting in zip(runs, settings, strict=True)]
        return Reading({**self.blank(), VALUES: np.array(values), FASTER: np.array(world.faster)})

    def blank(self) -> Mapping[str, Array]:
        """Return measures that are all undefined."""
        shape = (len(self.question.frameworks), len(MEASURES), len(SERVICE_TYPES) + 1)
        return {VALUES: np.full(shape, np.nan), FASTER: np.array(False), CANNOT: np.array(False)}

    def _world(self, row: int, point: int) -> World:
        return world_at(self.question, self.assumptions, self.plan.positions[row, point])


def plausible_worlds(
    question: Question, assumptions: Sequence[Assumption], plan: Plan, engine: Engine
) -> PlausibleWorlds:
    """Turn a plan into work."""
    cases = tuple(f"point {point}" for point in range(plan.positions.shape[1]))
    return PlausibleWorlds(cases, question, tuple(assumptions), plan, engine)


def identity_of(question: Question, assumptions: Sequence[Assumption], design: Mapping[str, Any]) -> dict[str, Any]:
    """Describe what the finished rows of a plan were made from (`simulator.running.identity`).

    Parameters
    ----------
    question, assumptions
        What is run, and what is moved.
    design
        What else the plan follows from, except the number of its rows.
    """
    ranges = {
        assumption.key: [place._replace(path=tuple(map(str, place.path))) for place in assumption.places]
        for assumption in assumptions
    }
    return identity(question, "none") | {"assumptions": ranges, "design": dict(design)}


class Rows(NamedTuple):
    """Results of the rows of a plan, in their order."""

    values: Array
    """Measures, shape (rows, points, frameworks, measures, 14)."""
    faster: Array
    """Whether the speed had to be raised, shape (rows, points)."""
    cannot: Array
    """Whether the world cannot be run, shape (rows, points)."""
    failures: tuple[Failure, ...]


def read_rows(kept: BatchFolder, work: PlausibleWorlds) -> Rows:
    """Read the finished rows of a plan, up to the first one that is missing."""
    rows, points = work.plan.replications.shape
    found = {name: [np.empty((0, points, *array.shape), array.dtype)] for name, array in work.blank().items()}
    failures: list[Failure] = []
    for file in finished_files(kept, rows):
        count = min(file.last, rows) - file.first + 1
        for name, array in file.arrays(*found).items():
            found[name].append(array[:count])
        failures += file.failures() if file.failed else []
    whole = {name: np.concatenate(arrays) for name, arrays in found.items()}
    return Rows(whole[VALUES], whole[FASTER], whole[CANNOT], tuple(failures))
