"""What works have in common that run a setting for each case, in the same replications."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Self

from simulator.engine.past import Past, SharedPast, shared_pasts
from simulator.engine.run import Engine
from simulator.engine.setting import Setting
from simulator.inspectorate.costs import CostSettings
from simulator.running.pasts import Begin, Pasts
from simulator.running.runner import compile_ahead


@dataclass(frozen=True)
class SettingsRun:
    """Settings of one scenario to be run in its replications, a part of a `simulator.running.batches.Work`."""

    cases: tuple[str, ...]
    """What the settings are called, such as the names of the frameworks."""
    settings: tuple[Setting, ...]
    costs: CostSettings
    engine: Engine
    idle: tuple[str, ...]
    """Pools that have nothing to do, whose posts nobody pays for."""
    pasts: Pasts | None = field(default=None, kw_only=True)
    """What the settings share in the replication that is under way."""

    @property
    def seed(self) -> int:
        """The seed of the scenario."""
        return self.settings[0].seed

    @cached_property
    def shared(self) -> tuple[SharedPast, ...]:
        """Which settings share a past; none on the SimPy engine, which is made to be stepped through."""
        return shared_pasts(self.settings) if self.engine == "compiled" else ()

    def in_replication(self, number: int) -> Self:
        """Return the work as it is done in one replication, where what its settings share is run once."""
        return replace(self, pasts=Pasts(self.settings, self.shared, number))

    def past_of(self, case: int, begin: Begin) -> Past | None:
        """Return the past that a case goes on from, which `begin` runs if that is not done; None if it shares none."""
        return self.pasts.of(case, begin) if self.pasts else None

    def prepare(self) -> None:
        """Compile the engine if need be, so that workers find it in the cache."""
        compile_ahead(self.settings[0], self.engine)
