"""The simulator agrees with a plain second model of the same rules, on five small worlds."""

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from simulator.engine.run import simulate
from simulator.engine.setting import Regime, setting_of
from simulator.inspectorate.framework import load_framework
from simulator.scenario.scenario import load_scenario
from simulator.world.population import synthetic

from . import plain_measures, plain_model

FOLDER = Path(__file__).with_name("plain")

SIMULATOR_RUNS = 400

STANDARD_ERRORS = 4.0
"""Farthest that two means may lie apart: of a hundred sets of 150 comparisons, three or so go beyond by chance."""

CLOSE = (
    "inspections_per_provider_year",
    "inspector_days_per_year",
    "poor_episodes_per_year",
    "detected_within_180_days",
)
"""Measures that the runs must be many enough to tell apart by `RESOLVED`."""

RESOLVED = 0.06

Values = npt.NDArray[np.float64]


class Meeting:
    """A small world under one framework after another, for both models to run."""

    def __init__(self, scenario: str, framework: str, warm_up: str) -> None:
        self.scenario = load_scenario(FOLDER / f"{scenario}.toml")
        self.framework, self.warm_up = (load_framework(FOLDER / f"{name}.toml") for name in (framework, warm_up))
        self.register = synthetic(self.scenario.population, self.scenario.run.seed)

    def simulator(self, runs: int) -> list[dict[str, float]]:
        """Measure runs of the simulator."""
        run = self.scenario.run
        regimes = [Regime(run.begins, self.warm_up), Regime(run.start, self.framework)]
        setting = setting_of(self.scenario, regimes, self.register)
        costs = self.scenario.costs
        return [plain_measures.of_simulator(simulate(setting, number), costs) for number in range(runs)]

    def plain(self, runs: int) -> list[dict[str, float]]:
        """Measure runs of the plain model."""
        world = self.scenario, self.framework, self.warm_up, self.register
        return [plain_measures.of_plain(plain_model.run(*world, seed)) for seed in range(runs)]


def by_measure(*models: list[dict[str, float]]) -> Iterator[tuple[str, list[Values]]]:
    """Give each measure's name and its values in the runs of each model, leaving out where it is undefined."""
    for name in sorted(set().union(*(run for runs in models for run in runs))):
        values = [np.array([run.get(name, 0.0) for run in runs]) for runs in models]
        yield name, [each[~np.isnan(each)] for each in values]


def standard_error(ours: Values, theirs: Values) -> float:
    """Compute the standard error of the difference of two means that are alike, as both models claim to be.

    The variance is that within both together: of something rare the fewer runs may have seen nothing, and by themselves
    would claim to be certain of it.
    """
    squares = ours.var() * ours.size + theirs.var() * theirs.size
    return math.sqrt(squares / (ours.size + theirs.size - 2) * (1 / ours.size + 1 / theirs.size))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("scenario", "framework", "warm_up", "runs"),
    [
        pytest.param("small", "by-rating", "twice-a-year", 36, id="visits by rating, concerns add"),
        pytest.param("from-the-start", "cycles", "cycles", 26, id="cycles, concerns move"),
        pytest.param("small", "full-and-interim", "twice-a-year", 52, id="full and interim, concerns reach next year"),
        pytest.param("tight", "no-rounds", "cycles", 52, id="too few inspectors, takeover in August"),
        pytest.param("tight", "at-discretion", "cycles", 52, id="work at discretion yields, lapses or is statutory"),
    ],
)
def test_the_plain_model_agrees(scenario: str, framework: str, warm_up: str, runs: int) -> None:
    """In as many runs of the plain model, which take most of the time, as tell measures apart by `RESOLVED`."""
    table, apart, unresolved = [], [], []
    meeting = Meeting(scenario, framework, warm_up)
    for name, (ours, theirs) in by_measure(meeting.simulator(SIMULATOR_RUNS), meeting.plain(runs)):
        difference = ours.mean() - theirs.mean()
        error = standard_error(ours, theirs)
        table.append(f"{name:40} {ours.mean():10.4f} {theirs.mean():10.4f} {difference / max(error, 1e-12):+6.2f}")
        if abs(difference) > STANDARD_ERRORS * error:
            apart.append(name)
        if name in CLOSE and STANDARD_ERRORS * error > RESOLVED * theirs.mean():
            unresolved.append(name)
    head = f"{'measure':40} {'simulator':>10} {'plain':>10} {'errors':>6}"
    print("\n".join([head, *table]))
    assert not apart
    assert not unresolved


def test_a_queue_is_there_to_agree_on() -> None:
    runs = Meeting("tight", "no-rounds", "cycles").simulator(20)
    assert np.mean([run["backlog_mean"] for run in runs]) > 5
    assert 0.2 < np.mean([run["on_time_share"] for run in runs]) < 0.95
    assert 0.9 < np.mean([run["utilisation"] for run in runs]) <= 1
