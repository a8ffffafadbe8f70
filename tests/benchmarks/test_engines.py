"""How long the engines and the plain model take for one replication, in CPU time, and how much memory."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from simulator.engine.run import ENGINES, Engine, simulate
from simulator.engine.setting import Regime, Setting, setting_of
from simulator.inspectorate.framework import load_framework
from simulator.scenario import load_scenario
from simulator.world.population import synthetic

from ..functional import plain_model

PLAIN = Path(__file__).parents[1] / "functional" / "plain"
ROUNDS = 7
MOST_MEGABYTES = 400

ONE_RUN = """
import resource, sys
from pathlib import Path
from simulator.engine.run import simulate
from simulator.engine.setting import Regime, setting_of
from simulator.inspectorate.framework import load_framework
from simulator.scenario import load_scenario
from simulator.world.population import synthetic

england = load_scenario("england-2006")
after, before = load_framework("option-a"), load_framework("2006-regime")
regimes = [Regime(england.run.begins, before), Regime(england.run.start, after)]
simulate(setting_of(england, regimes, synthetic(england.population, england.run.seed)), 0, sys.argv[1])
# The kernel's own count where there is one: ru_maxrss has in it the process that this one was forked from.
status = Path("/proc/self/status")
if status.exists():
    print(next(line for line in status.read_text().splitlines() if line.startswith("VmHWM")).split()[1])
else:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1))
"""


def england(years: int | None = None) -> Setting:
    """England under option A, for its years (3 + 10) or fewer."""
    scenario = load_scenario("england-2006")
    if years is not None:
        scenario = scenario.changed({"run": {"years": years, "warm_up_years": 1}}, "a test")
    register = synthetic(scenario.population, scenario.run.seed)
    warm_up = Regime(scenario.run.begins, load_framework("2006-regime"))
    return setting_of(scenario, [warm_up, Regime(scenario.run.start, load_framework("option-a"))], register)


def alternate(
    benchmark: BenchmarkFixture,
    capsys: pytest.CaptureFixture[str],
    slow: tuple[str, Callable[[int], object]],
    quick: tuple[str, Callable[[int], object]],
) -> None:
    """Time two ways of making replication 0, 1, ... in turn, and print the least and the median of each."""
    seconds: dict[str, list[float]] = {slow[0]: [], quick[0]: []}

    def timed(name: str, run: Callable[[int], object]) -> None:
        begin = time.process_time()
        run(len(seconds[name]))
        seconds[name].append(time.process_time() - begin)

    quick[1](0)  # compile, or read what is compiled
    slow[1](0)
    pedantic: Any = benchmark.pedantic
    pedantic(lambda: timed(*quick), setup=lambda: timed(*slow), rounds=ROUNDS)
    least, median = ({name: f(times) for name, times in seconds.items()} for f in (min, np.median))
    benchmark.extra_info |= {f"{name}, least CPU s": least[name] for name in seconds}
    if benchmark.enabled:
        with capsys.disabled():
            print(f"\n{'CPU seconds a replication':28} {'least':>8} {'median':>8}")
            for name in seconds:
                print(f"{name:28} {least[name]:8.4f} {median[name]:8.4f}")
            ratios = (of[slow[0]] / of[quick[0]] for of in (least, median))
            print(f"{'ratio':28} {next(ratios):8.1f} {next(ratios):8.1f}")


@pytest.mark.slow
@pytest.mark.benchmark(timer=time.process_time, group="England, 3 + 10 years, option A")
def test_england(benchmark: BenchmarkFixture, capsys: pytest.CaptureFixture[str]) -> None:
    setting = england()
    alternate(
        benchmark,
        capsys,
        slow=("England, SimPy engine", lambda replication: simulate(setting, replication, "simpy")),
        quick=("England, compiled engine", lambda replication: simulate(setting, replication, "compiled")),
    )


@pytest.mark.benchmark(timer=time.process_time, group="80 providers, 2 + 5 years")
def test_plain_model(benchmark: BenchmarkFixture, capsys: pytest.CaptureFixture[str]) -> None:
    small = load_scenario(PLAIN / "small.toml")
    after, before = (load_framework(PLAIN / f"{name}.toml") for name in ("by-rating", "twice-a-year"))
    register = synthetic(small.population, small.run.seed)
    setting = setting_of(small, [Regime(small.run.begins, before), Regime(small.run.start, after)], register)
    alternate(
        benchmark,
        capsys,
        slow=("plain model", lambda seed: plain_model.run(small, after, before, register, seed)),
        quick=("compiled engine", lambda replication: simulate(setting, replication, "compiled")),
    )


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
def test_a_replication_of_england_stays_small(engine: Engine) -> None:
    """In a fresh process that finds the rules compiled: compiling them takes more, once."""
    simulate(england(years=1), 0, engine)
    run = subprocess.run([sys.executable, "-c", ONE_RUN, engine], check=True, capture_output=True, text=True)
    megabytes = int(run.stdout) / 1024
    print(f"{engine} engine: at most {megabytes:.0f} MB")
    assert 50 < megabytes < MOST_MEGABYTES
