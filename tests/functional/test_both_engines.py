"""Both engines give the same trace, row for row, and run the very same rules: compiled and as they are written."""

import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import numba
import numpy as np
import pytest

from simulator.engine import compiled_engine, simpy_engine
from simulator.engine.events import happen
from simulator.engine.memory import empty_state
from simulator.engine.run import simulate
from simulator.engine.setting import Regime, Setting, setting_of
from simulator.engine.trace import Trace
from simulator.inspectorate.framework import Framework, load_framework, shipped_frameworks
from simulator.scenario import Scenario, load_scenario
from simulator.world.population import synthetic

FOLDER = Path(__file__).with_name("plain")

INTERPRETED = """
import pickle, sys
from pathlib import Path
from simulator.engine.run import simulate
setting = pickle.loads(Path(sys.argv[1]).read_bytes())
Path(sys.argv[2]).write_bytes(pickle.dumps(simulate(setting, 0, "simpy")))
"""


@pytest.fixture(scope="module")
def little_england() -> Scenario:
    """All service types of England with a few providers each, and too few inspectors."""
    england = load_scenario("england-2006")
    counts = {name: {"count": 4} for name, of_type in england.population.types.items() if of_type.count}
    changes = {
        "run": {"years": 3, "warm_up_years": 2},
        "population": {"local_authorities": 6, "types": counts | {"childrens_home": {"count": 60}}},
        "capacity": {"pools": {"regulatory": {"fte": [{"from": "2003-04-01", "fte": 6.5}]}}},
    }
    return england.changed(changes, "a test")


def little_setting(scenario: Scenario, framework: str) -> Setting:
    warm_up = load_framework(scenario.run.warm_up_framework)
    return handed_over(scenario, warm_up, load_framework(framework), scenario.run.seed)


def handed_over(scenario: Scenario, before: Framework, after: Framework, seed: int) -> Setting:
    regimes = [Regime(scenario.run.begins, before), Regime(scenario.run.start, after)]
    return setting_of(scenario, regimes, synthetic(scenario.population, seed))


def assert_same(setting: Setting, replication: int) -> None:
    compiled, simpy = simulate(setting, replication, "compiled"), simulate(setting, replication, "simpy")
    for table in Trace._fields:
        assert np.array_equal(getattr(compiled, table), getattr(simpy, table)), table
    assert len(compiled.inspections) > 100
    assert len(compiled.episodes) > 10


@pytest.mark.parametrize("framework", shipped_frameworks())
def test_both_engines_give_the_same_trace(little_england: Scenario, framework: str) -> None:
    setting = little_setting(little_england, framework)
    for replication in range(2):
        assert_same(setting, replication)


def test_they_do_on_a_world_where_everything_happens() -> None:
    tight = load_scenario(FOLDER / "tight.toml")
    after, before = (load_framework(FOLDER / f"{name}.toml") for name in ("no-rounds", "cycles"))
    assert_same(handed_over(tight, before, after, seed=4), 0)


def test_rules_that_are_not_compiled_say_the_same(tmp_path: Path) -> None:
    """A process that leaves the rules as they are written, for a debugger to step through, gives the same trace."""
    tight = load_scenario(FOLDER / "tight.toml").changed({"run": {"years": 1, "warm_up_years": 1}}, "a test")
    after, before = (load_framework(FOLDER / f"{name}.toml") for name in ("no-rounds", "cycles"))
    setting = handed_over(tight, before, after, seed=4)
    (tmp_path / "setting").write_bytes(pickle.dumps(setting))
    command = [sys.executable, "-c", INTERPRETED, str(tmp_path / "setting"), str(tmp_path / "trace")]
    subprocess.run(command, check=True, env=os.environ | {"NUMBA_DISABLE_JIT": "1"})
    interpreted = pickle.loads((tmp_path / "trace").read_bytes())
    compiled = simulate(setting, 0)
    for table in Trace._fields:
        assert np.array_equal(getattr(compiled, table), getattr(interpreted, table)), table


@pytest.mark.skipif(numba.config.DISABLE_JIT, reason="nothing is compiled under NUMBA_DISABLE_JIT")
def test_the_rules_compile(little_england: Scenario) -> None:
    setting = little_setting(little_england, "option-a")
    simulate(setting, 0, "compiled")
    simulate(setting, 0, "simpy")
    rules: Any = happen
    loops: tuple[Any, ...] = (compiled_engine.run_on, simpy_engine.one_event)
    rules.compile((numba.typeof(empty_state(setting, 0)), numba.int64, numba.int64, numba.int64))
    assert rules.nopython_signatures
    assert all(loop.nopython_signatures for loop in loops)
