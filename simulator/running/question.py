"""What an experiment is asked: a scenario, the frameworks to run it under, and the providers to inspect."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from simulator.engine.setting import Regime, Setting, settings_under
from simulator.inputs.messages import InputError
from simulator.inspectorate.framework import Framework, load_framework, shipped_frameworks
from simulator.inspectorate.titles import Title
from simulator.measures.names import ALL_SERVICES
from simulator.running.pools_at_work import check_pools_needed, idle_pools, with_pools_named
from simulator.scenario.scenario import Scenario
from simulator.scenario.timeline import COMPARED, ITSELF
from simulator.world.population import synthetic
from simulator.world.services import SERVICE_TYPES

if TYPE_CHECKING:
    import pandas as pd

_PAIR: Final = 2
_CHILDRENS_HOME: Final = "childrens_home"


class Change(NamedTuple):
    """A day, and what is in force from it on."""

    begins: date
    framework: Framework | None
    """None for that one of the frameworks compared which is being run."""


@dataclass(frozen=True)
class Question:
    """A scenario with all that it names at hand."""

    scenario: Scenario
    frameworks: tuple[Framework, ...]
    changes: tuple[Change, ...]
    """What is in force one after another, from the beginning of the run."""
    register: "pd.DataFrame"
    """The providers, with the columns of `simulator.world.population`."""
    own_register: bool
    """Whether they were given, and not drawn from the scenario."""
    inspectors_from: date | None = None
    """Day from which numbers of inspectors are varied; None for that of the takeover."""
    by_means: bool = False
    """Whether it is asked in one of many worlds, which is counted by its means: no confidence is asked for in it."""

    @property
    def warm_up(self) -> Framework | None:
        """In force when the run begins; None if that is the framework compared itself."""
        return self.changes[0].framework

    @property
    def course(self) -> tuple[tuple[date, str], ...]:
        """Days, and titles of what is in force from them on; `COMPARED` in place of the frameworks compared."""
        return tuple((begins, framework.title if framework else COMPARED) for begins, framework in self.changes)

    @property
    def common(self) -> tuple[Framework, ...]:
        """Frameworks that are common to all runs, in the order in which they are in force."""
        return tuple(change.framework for change in self.changes if change.framework)

    @property
    def every_framework(self) -> tuple[Framework, ...]:
        """The frameworks compared, and those common to all runs."""
        return (*self.frameworks, *self.common)

    @property
    def idle_pools(self) -> tuple[str, ...]:
        """Pools of inspectors that have nothing to do under any of the frameworks."""
        return idle_pools(self.scenario, self.every_framework, self.service_types)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the frameworks."""
        return tuple(framework.name for framework in self.frameworks)

    @property
    def titles(self) -> dict[str, str]:
        """Title of each framework by its name; two that share a title carry their names too."""
        return titles_of(self.frameworks)

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

    @property
    def subject(self) -> str:
        """The service type that answers are about: children's homes, or all providers where there are none of them."""
        return _CHILDRENS_HOME if _CHILDRENS_HOME in self.service_types else ALL_SERVICES

    def timeline(self, position: int) -> tuple[Regime, ...]:
        """Return the frameworks in force one after another in the runs of the one at `position`."""
        return tuple(Regime(change.begins, change.framework or self.frameworks[position]) for change in self.changes)


def titles_of(frameworks: Sequence[Framework]) -> dict[str, str]:
    """Return the title of each framework by its name; two that share a title carry their names too."""
    titles = [framework.title for framework in frameworks]
    return {
        framework.name: Title(f"{framework.title} ({framework.name})", framework.plural)
        if titles.count(framework.title) > 1
        else framework.title
        for framework in frameworks
    }


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
    changes = _changes(scenario, frameworks)
    common = [change.framework for change in changes if change.framework]
    _check_names(frameworks, common)
    _check_pools(scenario, [*frameworks, *common])
    providers = synthetic(scenario.population, scenario.run.seed) if register is None else register
    if providers.empty:
        raise InputError("no provider to inspect. Set a count under [population.types] in the scenario")
    check_pools_needed(scenario, [*frameworks, *common], set(providers["service_type"]))
    return Question(scenario, tuple(frameworks), changes, providers, register is not None)


def pair_of(question: Question) -> Question:
    """Keep the first framework that is not the baseline, and the baseline; two are left as they are."""
    if len(question.frameworks) == _PAIR:
        return question
    base = [framework for framework in question.frameworks if framework.name == question.baseline]
    others = [framework for framework in question.frameworks if framework.name != question.baseline]
    return replace(question, frameworks=(*others[:1], *base))


def only(question: Question, names: Sequence[str]) -> Question:
    """Keep the frameworks of these names."""
    kept = tuple(framework for framework in question.frameworks if framework.name in names)
    return replace(question, frameworks=kept)


def settings_of(question: Question) -> list[Setting]:
    """Turn a question into what engines run: a setting for each framework."""
    timelines = [question.timeline(position) for position in range(len(question.frameworks))]
    scenario = with_pools_named(question.scenario, question.every_framework)
    return settings_under(scenario, timelines, question.register)


def resolved(question: Question) -> Scenario:
    """Return the scenario with frameworks by name, where it has paths."""
    given = question.scenario.run
    warm_up = question.warm_up.name if question.warm_up else ITSELF
    run = given.model_copy(
        update={
            "frameworks": list(question.names),
            "baseline": question.baseline,
            "warm_up_framework": warm_up,
        }
    )
    timeline = [
        entry.model_copy(update={"framework": Path(entry.framework).stem}) for entry in question.scenario.timeline
    ]
    return question.scenario.model_copy(update={"run": run, "timeline": timeline})


def place_of(question: Question, provider: str) -> str:
    """Return the name in the register of a provider, or of the one whose place a successor such as X-2 took over."""
    known = set(question.register["provider"])
    first, _, number = provider.rpartition("-")
    return first if provider not in known and first in known and number.isdecimal() else provider


def _changes(scenario: Scenario, frameworks: Sequence[Framework]) -> tuple[Change, ...]:
    """Load what is in force one after another; of what was in force before the run begins, the last."""
    run = scenario.run
    entries = [(entry.from_, entry.framework) for entry in scenario.timeline] or [(run.start, COMPARED)]
    every = [(run.begins, run.warm_up_framework), *entries]
    already = max(position for position, (begins, _) in enumerate(every) if begins <= run.begins)
    return tuple(Change(begins, _common(name, frameworks)) for begins, name in every[already:])


def _common(name: str, frameworks: Sequence[Framework]) -> Framework | None:
    """Load a framework that is common to all runs; None if it is the one compared."""
    if name in (COMPARED, ITSELF):
        return None
    own = [framework for framework in frameworks if framework.name == name and name not in shipped_frameworks()]
    return own[0] if own else load_framework(name)


def _check_pools(scenario: Scenario, frameworks: Sequence[Framework]) -> None:
    """Refuse a pool of inspectors that nothing is done by under any framework of the run."""
    used = {name for framework in frameworks for name in framework.pools}
    for name in scenario.capacity.pools:
        if name not in used:
            raise InputError(
                f"capacity.pools.{name}: this pool has no work under "
                f"{', '.join(dict.fromkeys(framework.name for framework in frameworks))}; allowed: the pools that "
                f"they name ({', '.join(sorted(used))}). A scenario that inherits it leaves it out by leaves_out = "
                f'["capacity.pools.{name}"]'
            )


def _check_names(frameworks: Sequence[Framework], common: Sequence[Framework]) -> None:
    """Refuse two frameworks of one name: in outputs they could not be told apart."""
    if not frameworks:
        raise InputError("no framework to run. Name at least one")
    names = [framework.name for framework in frameworks]
    for name in names:
        if names.count(name) > 1:
            raise InputError(
                f'two frameworks are called "{name}". A framework has the name of its file: name each once, or rename '
                "one file"
            )
    for one in common:
        if any(framework.name == one.name and framework != one for framework in [*frameworks, *common]):
            raise InputError(
                f'the framework of the warm-up, or one of the timeline, is also called "{one.name}", but is '
                "different. A framework has the name of its file: rename yours"
            )
