"""What an experiment is asked: a scenario, the frameworks to run it under, and the providers to inspect."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.engine.setting import Setting, setting_of
from simulator.inspectorate.framework import Framework, load_framework, shipped_frameworks
from simulator.measures.names import ALL_SERVICES
from simulator.messages import InputError
from simulator.scenario import ITSELF, Scenario
from simulator.world.population import synthetic
from simulator.world.services import SERVICE_TYPES

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Question:
    """A scenario with all that it names at hand."""

    scenario: Scenario
    frameworks: tuple[Framework, ...]
    warm_up: Framework | None
    """In force before the start date; None if each framework warms up under itself, or nobody does."""
    register: "pd.DataFrame"
    """The providers, with the columns of `simulator.world.population`."""
    own_register: bool
    """Whether they were given, and not drawn from the scenario."""

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the frameworks."""
        return tuple(each.name for each in self.frameworks)

    @property
    def titles(self) -> dict[str, str]:
        """Title of each framework by its name; two that share a title carry their names too."""
        titles = [each.title for each in self.frameworks]
        return {
            each.name: f"{each.title} ({each.name})" if titles.count(each.title) > 1 else each.title
            for each in self.frameworks
        }

    @property
    def baseline(self) -> str:
        """Name of the framework that others are compared with: the scenario's if it is there, else the first."""
        given = self.scenario.run.baseline
        return next((name for name in (given, Path(given).stem) if name in self.names), self.names[0])

    @property
    def service_types(self) -> list[str]:
        """Service types of which there are providers, and all of them together."""
        there = set(self.register["service_type"])
        return [*(name for name in SERVICE_TYPES if name in there), ALL_SERVICES]

    def timeline(self, position: int) -> tuple[Framework, ...]:
        """Give the frameworks in force one after another in the runs of the one at `position`."""
        framework = self.frameworks[position]
        return (self.warm_up or framework, framework) if self.scenario.run.warm_up_years else (framework,)


def posed(
    scenario: Scenario,
    frameworks: Sequence[Framework] | None = None,
    register: "pd.DataFrame | None" = None,
) -> Question:
    """Gather what a scenario names.

    Parameters
    ----------
    scenario
        What holds under every framework.
    frameworks
        To run it under; if left out, those that it names.
    register
        Providers to inspect; if left out, they are drawn from it.

    Raises
    ------
    InputError
        If something cannot be found or read, or does not fit together.
    """
    if frameworks is None:
        frameworks = [load_framework(name) for name in scenario.run.frameworks]
    warm_up = _warm_up(scenario, frameworks)
    _check_names(frameworks, warm_up)
    _check_pools(scenario, [*frameworks, warm_up] if warm_up else frameworks)
    providers = synthetic(scenario.population, scenario.run.seed) if register is None else register
    if providers.empty:
        raise InputError("there is no provider to inspect; give a count under [population.types] in the scenario")
    return Question(scenario, tuple(frameworks), warm_up, providers, register is not None)


def settings_of(question: Question) -> list[Setting]:
    """Turn a question into what engines run: a setting for each framework."""
    return [
        setting_of(question.scenario, each, question.warm_up or each, question.register) for each in question.frameworks
    ]


def place_of(question: Question, provider: str) -> str:
    """Give the name in the register of a provider, or of the one whose place a successor such as X-2 took over."""
    known = set(question.register["provider"])
    first, _, number = provider.rpartition("-")
    return first if provider not in known and first in known and number.isdecimal() else provider


def _warm_up(scenario: Scenario, frameworks: Sequence[Framework]) -> Framework | None:
    name = scenario.run.warm_up_framework
    if name == ITSELF or not scenario.run.warm_up_years:
        return None
    if name not in shipped_frameworks():
        for each in frameworks:
            if each.name == name:
                return each
    return load_framework(name)


def _check_pools(scenario: Scenario, frameworks: Sequence[Framework]) -> None:
    """Refuse a pool of inspectors that nothing is done by under any framework of the run."""
    used = {name for each in frameworks for name in each.pools}
    for name in scenario.capacity.pools:
        if name not in used:
            raise InputError(
                f"capacity.pools.{name}: nothing is done by this pool under "
                f"{', '.join(dict.fromkeys(each.name for each in frameworks))}; "
                f"allowed: the pools that they name ({', '.join(sorted(used))})"
            )


def _check_names(frameworks: Sequence[Framework], warm_up: Framework | None) -> None:
    """Refuse two frameworks of one name: in outputs they could not be told apart."""
    if not frameworks:
        raise InputError("no framework to run; allowed: one or more")
    names = [each.name for each in frameworks]
    for name in names:
        if names.count(name) > 1:
            raise InputError(
                f'two frameworks are called "{name}"; a framework is called as its file is: give each once, '
                "or rename one file"
            )
    if warm_up and any(each.name == warm_up.name and each != warm_up for each in frameworks):
        raise InputError(
            f'the framework of the warm-up is called "{warm_up.name}" as well, and is another one; '
            "a framework is called as its file is: rename yours"
        )
