"""The work of varying the number of inspectors: frameworks, each with so many of them, and what is read off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple, Self

import numpy as np

from simulator.engine.run import Engine
from simulator.engine.setting import setting_of
from simulator.measures import measure, posts_paid
from simulator.measures.load import pool_load
from simulator.measures.names import MEASURES
from simulator.measures.observed import observe, observe_until
from simulator.running.batch_files import BatchFile, BatchFolder
from simulator.running.batches import Array, Failure, Reading
from simulator.running.comparing import VALUES
from simulator.running.identity import identity
from simulator.running.pasts import KeptPasts, Pasts
from simulator.running.pools_at_work import with_pools_named
from simulator.running.posts import with_posts
from simulator.running.question import Question
from simulator.running.replicating import finished_files
from simulator.running.settings_run import SettingsRun
from simulator.world.services import SERVICE_TYPES

POOL: Final = "pool"
"""Name of the array of the pool's work: inspector-days a year worked, and there were (`simulator.measures.load`)."""


class Level(NamedTuple):
    """A framework with so many inspectors."""

    framework: str
    fte: float

    def __str__(self) -> str:
        return f"{self.framework} with {self.fte:.10g} FTE"


class Read(NamedTuple):
    """What was read off some replications, in their order."""

    values: Array
    """Measures, shape (replications, levels, measures, 14)."""
    pool: Array
    """Inspector-days a year worked by the pool and there in it, shape (replications, levels, 2)."""
    failures: tuple[Failure, ...]


@dataclass(frozen=True)
class StaffingLevels(SettingsRun):
    """Levels of inspectors to be run in replications of one scenario (`simulator.running.batches.Work`)."""

    pool: str
    """Name of the pool of which the levels are."""
    kept: KeptPasts | None = field(default=None, kw_only=True)
    """Pasts kept from other levels, which share them with one more setting at the end of these (`beside`)."""

    def in_replication(self, number: int) -> Self:
        """Return the work as it is done in one replication, where what its settings share is run once."""
        if self.kept is None:
            return super().in_replication(number)
        return replace(self, pasts=Pasts(self.settings, self.shared, number, self.kept.of(number)))

    def beside(self, first: "StaffingLevels", kept: KeptPasts) -> "StaffingLevels":
        """Return the same work, which goes on from the pasts kept, as far as it shares them with another."""
        return replace(self, settings=(*self.settings, first.settings[0]), kept=kept)

    def read(self, case: int, replication: int) -> Reading:
        """Run a level in a replication, and read off the measures and the work of the pool."""
        setting = self.settings[case]
        run = observe(setting, replication, self.engine, self.past_of(case, observe_until))
        codes = [code for code, establishment in enumerate(setting.establishments) if establishment.pool == self.pool]
        values = measure(run, self.costs, posts_paid(setting, self.idle))
        return Reading({VALUES: values, POOL: np.array(pool_load(run.trace, codes))})

    def blank(self) -> Mapping[str, Array]:
        """Return measures that are all undefined."""
        return {VALUES: np.full((len(MEASURES), len(SERVICE_TYPES) + 1), np.nan), POOL: np.full(2, np.nan)}


def staffing_levels(question: Question, pool: str, levels: Sequence[Level], engine: Engine) -> StaffingLevels:
    """Turn levels of inspectors in a pool into work.

    Raises
    ------
    NoTeamError
        If there are so few at one that no team can be put together.
    InputError
        If one cannot be run for another reason.
    """
    settings = []
    for level in levels:
        staffed = with_posts(question, pool, level.fte)
        timeline = staffed.timeline(staffed.names.index(level.framework))
        scenario = with_pools_named(staffed.scenario, staffed.every_framework)
        settings.append(setting_of(scenario, timeline, staffed.register))
    return StaffingLevels(
        cases=tuple(str(level) for level in levels),
        settings=tuple(settings),
        pool=pool,
        costs=question.scenario.costs,
        engine=engine,
        idle=question.idle_pools,
    )


def identity_of(question: Question, pool: str, levels: Sequence[Level]) -> dict[str, Any]:
    """Describe by what the finished batches of some levels were made (`simulator.running.identity`)."""
    names = dict.fromkeys(level.framework for level in levels)
    frameworks = tuple(framework for framework in question.frameworks if framework.name in names)
    asked = replace(question, frameworks=frameworks)
    told = identity(asked, "none") | {"pool": pool, "levels": [str(level) for level in levels]}
    return told | ({"from": str(question.inspectors_from)} if question.inspectors_from else {})


def read_levels(kept: BatchFolder, last: int) -> Read:
    """Read what is finished of the replications from the first one to `last`, up to the first that is not there."""
    values: list[Array] = []
    pool: list[Array] = []
    failures: list[Failure] = []
    for file in finished_files(kept, last):
        rows = min(file.last, last) - file.first + 1
        arrays = file.arrays(VALUES, POOL)
        values.append(arrays[VALUES][:rows])
        pool.append(arrays[POOL][:rows])
        failures += _failures(file)
    if not values:
        return Read(np.empty((0, 0, 0, 0)), np.empty((0, 0, 2)), ())
    return Read(np.concatenate(values), np.concatenate(pool), tuple(failures))


def _failures(file: BatchFile) -> list[Failure]:
    return file.failures() if file.failed else []
