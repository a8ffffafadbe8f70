"""What works have in common that run a setting for each case, in the same replications."""

from dataclasses import dataclass

from simulator.engine.run import Engine
from simulator.engine.setting import Setting
from simulator.inspectorate.costs import CostSettings
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

    @property
    def seed(self) -> int:
        """The seed of the scenario."""
        return self.settings[0].seed

    def prepare(self) -> None:
        """Compile the engine if need be, so that workers find it in the cache."""
        compile_ahead(self.settings[0], self.engine)
