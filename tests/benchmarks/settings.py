"""What is run: England under option A and the trial, each at any size."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from simulator.engine.setting import Regime, Setting, setting_of
from simulator.inspectorate.framework import Framework, load_framework
from simulator.scenario.scenario import Scenario, load_scenario
from simulator.world.population import synthetic

if TYPE_CHECKING:
    import pandas as pd

TRIAL: Final = Path(__file__).with_name("trial")
WARM_UP_YEARS: Final = 3
YEARS: Final = 10


class Posed(NamedTuple):
    """A scenario under the frameworks in force one after another."""

    scenario: Scenario
    before: Framework
    after: Framework
    register: "pd.DataFrame"
    setting: Setting


def england(times: float = 1, years: int = YEARS) -> Posed:
    """England with so many times its providers: three years of the 2006 regime, then option A for `years`."""
    changes = {"run": {"years": years, "warm_up_years": min(WARM_UP_YEARS, years)}}
    scenario = load_scenario("england-2006").changed(changes, "a benchmark")
    return posed(grown(scenario, times), load_framework("2006-regime"), load_framework("option-a"))


def trial(times: float = 1, years: int = YEARS) -> Posed:
    """The trial, with so many times its 3,600 providers."""
    scenario = load_scenario(TRIAL / "trial.toml").changed({"run": {"years": years}}, "a benchmark")
    framework = load_framework(TRIAL / "by-rating.toml")
    return posed(grown(scenario, times), framework, framework)


def posed(scenario: Scenario, before: Framework, after: Framework) -> Posed:
    """Draw the providers and turn all of it into arrays."""
    register = synthetic(scenario.population, scenario.run.seed)
    regimes = [Regime(scenario.run.start, after)]
    if scenario.run.begins < scenario.run.start:
        regimes.insert(0, Regime(scenario.run.begins, before))
    return Posed(scenario, before, after, register, setting_of(scenario, regimes, register))


def grown(scenario: Scenario, times: float) -> Scenario:
    """Have so many times the providers, local authorities and inspectors."""
    if times == 1:
        return scenario
    population = scenario.population
    types = {name: {"count": round(of.count * times)} for name, of in population.types.items() if of.count}
    pools: dict[str, Any] = {
        name: {"fte": [{"from": step.from_, "fte": step.fte * times} for step in pool.fte]}
        for name, pool in scenario.capacity.pools.items()
    }
    authorities = max(1, round(population.local_authorities * times))
    changes = {"population": {"local_authorities": authorities, "types": types}, "capacity": {"pools": pools}}
    return scenario.changed(changes, "a benchmark")
