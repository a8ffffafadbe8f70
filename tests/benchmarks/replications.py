"""One replication: the compiled engine against the SimPy engine, the plain model and the loop in C."""

from collections import Counter
from pathlib import Path
from typing import Any

from simulator.engine.run import simulate
from simulator.engine.setting import Setting
from simulator.engine.simpy_engine import simulate_simpy
from simulator.measures.observed import observe
from simulator.running.comparing import Comparing, comparing
from simulator.running.question import posed
from simulator.scenario.scenario import load_scenario

from ..functional import plain_model
from . import c_loop, settings
from .timing import Way, alternate

COMPILED = "compiled engine"
SIMPY = "SimPy engine"
PLAIN = "plain SimPy model, processes for each provider"
C_SAME = "C, the engine's events"
C_LEAST = "C, only what the rules ask for"
C_TUNED = "C, the engine's events, -O3 -march=native"
ALONE = "each framework from the beginning"
SHARED = "from a shared past"
QUICK = 3
QUICKEST = 10


def england(rounds: int, times: float = 1, years: int = settings.YEARS) -> dict[str, Any]:
    """Both engines on England, as a comparison runs it: three years of the 2006 regime, ten of option A."""
    setting = settings.england(times, years).setting
    ways = {
        SIMPY: Way(lambda replication: observe(setting, replication, "simpy")),
        COMPILED: Way(lambda replication: observe(setting, replication), QUICK),
    }
    seconds = alternate(ways, rounds)
    return {"providers": len(setting.providers), "events": events(setting), "seconds": seconds}


def comparison(rounds: int, changes: dict[str, Any] | None = None) -> dict[str, Any]:
    """Measure a replication of the comparison of England, with a warm-up for each framework and with one for all."""
    work = comparing(posed(load_scenario("england-2006").changed(changes or {}, "a benchmark")), "compiled", "none")
    ways = {
        ALONE: Way(lambda replication: read_all(work, replication)),
        SHARED: Way(lambda replication: read_all(work.in_replication(replication), replication)),
    }
    return {"frameworks": len(work.cases), "seconds": alternate(ways, rounds)}


def read_all(work: Comparing, replication: int) -> None:
    """Run every framework in a replication and read off its measures."""
    for case in range(len(work.cases)):
        work.read(case, replication)


def trial(rounds: int, folder: Path, times: float = 1) -> dict[str, Any]:
    """All four on the trial; the loop in C is left out where there is no compiler."""
    of = settings.trial(times)
    setting, world = of.setting, (of.scenario, of.after, of.before, of.register)
    ways = {
        PLAIN: Way(lambda seed: plain_model.run(*world, seed)),
        SIMPY: Way(lambda replication: simulate(setting, replication, "simpy")),
        COMPILED: Way(lambda replication: simulate(setting, replication), QUICKEST),
    }
    counted = events(setting)
    of_ways = {SIMPY: counted, COMPILED: counted}
    if c_loop.compiler() is not None:
        usual, tuned = c_loop.Loop(folder), c_loop.Loop(folder, c_loop.TUNED)
        yearly = c_loop.yearly_looks(setting)
        ways |= {
            C_SAME: Way(usual.on(setting, looks=yearly), QUICKEST),
            C_TUNED: Way(tuned.on(setting, looks=yearly), QUICKEST),
            C_LEAST: Way(usual.on(setting), QUICKEST),
        }
        same, least = (sum(usual.run(setting, 0, looks=n).events.values()) for n in (yearly, 1))
        of_ways |= {C_SAME: same, C_TUNED: same, C_LEAST: least}
    return {"providers": len(setting.providers), "events": of_ways, "seconds": alternate(ways, rounds)}


def events(setting: Setting) -> int:
    """Count the events of replication 0, as the SimPy engine meets them; the compiled one has the same."""
    happened: Counter[int] = Counter()
    simulate_simpy(setting, 0, lambda _state, _time, kind, _subject: happened.update([kind]))
    return happened.total()
