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
from simulator.engine.recorded import ENDS, REASONS, STATUSES
from simulator.engine.run import simulate
from simulator.engine.setting import Regime, Setting, setting_of
from simulator.engine.trace import Trace
from simulator.inspectorate.enforcement import NO_STEP
from simulator.inspectorate.framework import Framework, load_framework, shipped_frameworks
from simulator.running.question import posed, settings_of
from simulator.scenario.scenario import Scenario, load_scenario
from simulator.world.population import synthetic

from .first_difference import first_difference, rows_that_differ

FOLDER = Path(__file__).with_name("plain")

FEW = {
    name: {"count": 60 if name == "childrens_home" else 4}
    for name, of_type in load_scenario("england-2006").population.types.items()
    if of_type.count
}
"""Providers of each type that has no fixed number of them."""

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
    changes = {
        "run": {"years": 3, "warm_up_years": 2},
        "population": {"local_authorities": 6, "types": FEW},
        "capacity": {"pools": {"regulatory": {"fte": [{"from": "2003-04-01", "fte": 6.5}]}}},
    }
    return load_scenario("england-2006").changed(changes, "a test")


@pytest.fixture(scope="module")
def little_timeline() -> Scenario:
    """As few providers from 2005 to 2014, while five frameworks take over from one another, one of them compared.

    Nobody gets better for being found out, and there are inspectors to see that: so some are deregistered.
    """
    changes = {
        "quality": {"found_out": {"after_poor": 1}},
        "run": {"years": 9, "warm_up_years": 1},
        "population": {"local_authorities": 6, "types": FEW},
        "capacity": {"pools": {"regulatory": {"fte": [{"from": "2002-04-01", "fte": 12}]}}},
    }
    return load_scenario("england-2005-2017").changed(changes, "a test")


def little_setting(scenario: Scenario, framework: str) -> Setting:
    warm_up = load_framework(scenario.run.warm_up_framework)
    return handed_over(scenario, warm_up, load_framework(framework), scenario.run.seed)


def on_timeline(scenario: Scenario, framework: str) -> Setting:
    return settings_of(posed(scenario, [load_framework(framework)]))[0]


def handed_over(scenario: Scenario, before: Framework, after: Framework, seed: int) -> Setting:
    regimes = [Regime(scenario.run.begins, before), Regime(scenario.run.start, after)]
    return setting_of(scenario, regimes, synthetic(scenario.population, seed))


def assert_same(setting: Setting, replication: int) -> None:
    """Every table of the trace is the same; where it is not, tell at which event the engines part."""
    compiled, simpy = simulate(setting, replication, "compiled"), simulate(setting, replication, "simpy")
    if rows_that_differ(compiled, simpy):
        pytest.fail(first_difference(setting, replication))
    assert len(compiled.inspections) > 100
    assert len(compiled.episodes) > 10


@pytest.mark.parametrize("framework", shipped_frameworks())
def test_both_engines_give_the_same_trace(little_england: Scenario, framework: str) -> None:
    setting = little_setting(little_england, framework)
    for replication in range(2):
        assert_same(setting, replication)


@pytest.mark.parametrize("framework", shipped_frameworks())
def test_they_do_while_frameworks_take_over_from_one_another(little_timeline: Scenario, framework: str) -> None:
    assert_same(on_timeline(little_timeline, framework), 0)


def test_what_they_are_compared_on_has_every_cause_and_step_in_it(
    little_england: Scenario, little_timeline: Scenario
) -> None:
    """Few providers and years, and yet all that the rules of the shipped frameworks can lead to."""
    traces = []
    for framework in shipped_frameworks():
        traces += [simulate(little_setting(little_england, framework), replication) for replication in range(2)]
        traces.append(simulate(on_timeline(little_timeline, framework), 0))
    inspections = np.concatenate([trace.inspections for trace in traces])
    assert set(inspections["reason"]) == set(range(len(REASONS)))
    assert set(inspections["status"]) == set(range(1, len(STATUSES)))
    assert set(inspections["regime"]) == set(range(6))
    assert set(np.concatenate([trace.episodes for trace in traces])["end"]) == set(range(len(ENDS)))
    assert (sum(trace.steps_taken.sum(axis=0) for trace in traces)[NO_STEP + 1 :] > 0).all()
    assert {0, 1} == set(np.concatenate([trace.assessments for trace in traces])["review"])


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
