"""Every part of `make bench` still runs, on a few providers and once; nothing here depends on how long it takes."""

import math
import sys
from pathlib import Path
from typing import Any

import pytest

from simulator.engine.run import ENGINES
from simulator.scenario.scenario import load_scenario

from . import c_loop, replications, settings, sizes, starts
from .bounds import bounds
from .machine import machine
from .page import PAGE, page_of, read_measured
from .timing import Way, alternate, spend

LITTLE = Path(__file__).parents[1] / "data" / "small.toml"
FEW = 0.25
"""So few times the providers of England: area reviews need teams of eight."""
MOST_MEGABYTES = 400
ONE_REPLICATION = """
import sys
from simulator.engine.run import simulate
from tests.benchmarks import settings, timing
simulate(settings.england().setting, 0, sys.argv[1])
print(timing.peak_megabytes())
"""
SECONDS = [0.5, 0.25, 1.0]


def invented() -> dict[str, Any]:
    """What might have been measured: here a way takes twice as long as the one before."""
    ways = (replications.C_LEAST, replications.C_SAME, replications.COMPILED, replications.SIMPY, replications.PLAIN)
    seconds = {name: [2.0**power * each for each in SECONDS] for power, name in enumerate(ways)}
    size = {"years": 13.0, "seconds": SECONDS, "prepared_megabytes": 500.0, "run_megabytes": 700.0}
    return {
        "machine": {"Processor": "one", "Cores used": "2"},
        "england": {"providers": 10, "events": 100, "seconds": seconds},
        "comparison": {
            "frameworks": 4,
            "seconds": {replications.ALONE: [2 * each for each in SECONDS], replications.SHARED: SECONDS},
        },
        "trial": {"providers": 10, "events": dict.fromkeys(ways[:4], 100), "seconds": seconds},
        "sizes": [
            {"model": "england", "times": 1, "providers": 1000, "events": 10000, **size},
            {"model": "england", "times": 10, "providers": 10000, "events": 50000, "events_estimated": True, **size},
        ],
        "helps": [0.2, 0.4, 0.3],
        "firsts": [{"wall": each, "cpu": each, "peak": 300.0} for each in (1.5, 1.7, 3.0)],
        "cold": {"wall": 100.0, "cpu": 90.0, "peak": 900.0},
        "workers": {
            "replications": 20,
            "runs": {"1": [{"wall": 20.0, "cpu": 20.0}], "2": [{"wall": 11.0, "cpu": 20.0}]},
        },
        "whole": {"replications": 250, "workers": 2, "wall": 120.0, "cpu": 230.0},
    }


def test_ways_take_turns_on_the_same_replications() -> None:
    made: list[tuple[str, int]] = []
    ways = {
        "slow": Way(lambda replication: made.append(("slow", replication))),
        "quick": Way(lambda replication: made.append(("quick", replication)), 2),
    }
    seconds = alternate(ways, 2)
    turn = ["slow", "quick", "quick"]
    assert made == [(name, 0) for name in ("slow", "quick", *turn)] + [(name, 1) for name in turn]
    assert [len(times) for times in seconds.values()] == [2, 4]


def test_bounds_are_read_off_the_least_times() -> None:
    found = {each.what.partition(":")[0] + each.unit: each for each in bounds(invented())}
    england = next(each for each in bounds(invented()) if each.what.startswith("England, 3 + 10"))
    assert england.least == england.median == 2
    assert not england.holds
    growth = next(each for each in bounds(invented()) if "an event of 10,000" in each.what)
    assert growth.least == pytest.approx(0.2)
    assert growth.holds
    assert not found["EnglandMB"].holds
    assert found["EnglandMB"].least == 700
    assert found["`inspectsim --help`, CPU times"].least == 0.2


def test_nothing_is_held_against_a_compiler_that_is_not_there() -> None:
    measured = invented()
    for name in (replications.C_SAME, replications.C_LEAST):
        del measured["trial"]["seconds"][name]
    assert len(bounds(measured)) == len(bounds(invented())) - 1
    assert " C " not in page_of(measured).partition("## The machine")[0]


def test_the_page_tells_what_was_measured() -> None:
    page = page_of(invented())
    assert "| SimPy engine | 100 | 2,000.0 | 4,000.0 | 2 | 3 |" in page
    assert "| England, compiled engine | 10,000 | 13 | about 50,000 | 5.00 | 10.00 | 0.20 | 500 | 700 |" in page
    assert "takes 50% of the time of running each" in page.replace("\n", " ")
    assert "| from a shared past | 250 | 500 | 3 |" in page
    assert "take 120 s by the clock" in page.replace("\n", " ")
    assert max(len(line) for line in page.splitlines() if not line.startswith("|")) <= 120


def test_the_page_is_made_of_what_is_stored() -> None:
    assert PAGE.read_text(encoding="utf-8") == page_of(read_measured()), "make bench writes both"


def test_neither_names_the_machine() -> None:
    import socket

    told = str(machine())
    assert socket.gethostname() not in told
    assert str(Path.home()) not in told


def test_replications_of_a_few_providers(tmp_path: Path) -> None:
    trial = replications.trial(1, tmp_path, 0.02)
    counted = set(trial["events"].values())
    assert trial["events"].keys() < trial["seconds"].keys()
    assert min(counted) > 1000
    assert replications.england(1, FEW, 1)["events"] > 10_000
    few = {"run": {"years": 1, "warm_up_years": 1}, "population": {"local_authorities": 20}}
    compared = replications.comparison(1, few)
    assert compared["frameworks"] == len(load_scenario("england-2006").run.frameworks)
    assert [len(times) for times in compared["seconds"].values()] == [1, 1]


@pytest.mark.parametrize("model", sizes.MODELS)
def test_one_size(model: sizes.Model) -> None:
    if model == "C" and c_loop.compiler() is None:
        pytest.skip("there is no C compiler here: nothing to measure")
    row = sizes.one_size(model, FEW, 1)
    assert row["events"] > 1000
    assert row["years"] == pytest.approx(2 if model == "england" else 1, abs=0.01)
    assert math.isnan(row["run_megabytes"]) or row["run_megabytes"] > 50


def test_inspectors_grow_with_the_providers() -> None:
    once, twice = (settings.trial(times, 1).setting for times in (0.5, 1))
    assert len(twice.providers) == 2 * len(once.providers) == 3600
    assert (twice.capacity == 2 * once.capacity).all()


@pytest.fixture(scope="module")
def first() -> dict[str, float]:
    """What a first replication took; after it, the rules are compiled."""
    return starts.first_replication(scenario=str(LITTLE))


def test_starts(first: dict[str, float], tmp_path: Path) -> None:
    assert 0 < starts.helps(1)[0] < 30
    assert first["wall"] > 0.1
    alone = tmp_path / "alone.toml"
    alone.write_text(f'title = "Alone"\nextends = "{LITTLE}"\n[run]\nframeworks = ["2006-regime"]\n', encoding="utf-8")
    assert starts.comparison(2, 2, str(alone))["cpu"] > 0.1


def test_a_process_that_fails_says_why() -> None:
    with pytest.raises(RuntimeError, match="No such command"):
        spend([*starts.PROGRAM, "no-such-thing"])


@pytest.mark.slow
@pytest.mark.usefixtures("first")
@pytest.mark.parametrize("engine", ENGINES)
def test_a_replication_of_england_stays_small(engine: str) -> None:
    """In a fresh process that finds the rules compiled: compiling them takes more, once."""
    megabytes = float(spend([sys.executable, "-c", ONE_REPLICATION, engine]).said)
    print(f"{engine} engine: at most {megabytes:.0f} MB")
    assert 50 < megabytes < MOST_MEGABYTES
