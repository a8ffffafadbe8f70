"""Run one replication on the engine asked for."""

from typing import Final, Literal

from simulator.engine.setting import Setting
from simulator.engine.trace import Trace

Engine = Literal["compiled", "simpy"]
ENGINES: Final[tuple[Engine, ...]] = ("compiled", "simpy")


def simulate(setting: Setting, replication: int, engine: Engine = "compiled") -> Trace:
    """Run one replication; both engines give the same trace, row for row."""
    if engine == "simpy":
        from simulator.engine.simpy_engine import simulate_simpy

        return simulate_simpy(setting, replication)
    from simulator.engine.compiled_engine import simulate_compiled

    return simulate_compiled(setting, replication)
