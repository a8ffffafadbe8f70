"""Run one replication on the engine asked for."""

from typing import Final, Literal

from simulator.engine.setting import Setting
from simulator.engine.trace import Recorder, Trace

Engine = Literal["compiled", "simpy"]
ENGINES: Final[tuple[Engine, ...]] = ("compiled", "simpy")


def simulate(
    setting: Setting, replication: int, engine: Engine = "compiled", recorder: Recorder | None = None
) -> Trace:
    """Run one replication; both engines produce the same trace, row for row.

    A `recorder` is handed the inspections and assessments as they are made: the trace has none of them then.
    """
    if engine == "simpy":
        from simulator.engine.simpy_engine import simulate_simpy

        return simulate_simpy(setting, replication, recorder=recorder)
    from simulator.engine.compiled_engine import simulate_compiled

    return simulate_compiled(setting, replication, recorder)
