"""What a question in Python is asked of: a scenario, frameworks and providers, however they are given."""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

from simulator.inputs.messages import InputError
from simulator.inputs.option import Ask
from simulator.inspectorate import framework as framework_files
from simulator.inspectorate.framework import Framework
from simulator.questions.compare.ask import Compare
from simulator.questions.compare.gains import YARDSTICKS
from simulator.questions.shared_options import DEFAULT_SCENARIO
from simulator.running.options import where_named, with_options
from simulator.running.precision_options import with_precision
from simulator.running.question import Question, posed
from simulator.running.run_folder import open_scenario
from simulator.scenario.scenario import Scenario
from simulator.world.register import read_register

GivenScenario = Scenario | str | Path
"""As loaded; or a shipped name, the path of a TOML file, or the folder of an earlier run."""
GivenFramework = Framework | str | Path
"""As loaded; or a shipped name, or the path of a TOML file."""
GivenFrameworks = GivenFramework | Sequence[GivenFramework] | None
"""One, or several; None for those that the scenario names."""

Asks = ParamSpec("Asks")
Answers = TypeVar("Answers")


def plainly(ask: type[Ask] = Ask) -> Callable[[Callable[Asks, Answers]], Callable[Asks, Answers]]:
    """Report unusable input in one short message that names options as arguments of Python.

    Parameters
    ----------
    ask
        What the function asks.
    """

    def plain(function: Callable[Asks, Answers]) -> Callable[Asks, Answers]:
        @wraps(function)
        def asked(*args: Asks.args, **kwargs: Asks.kwargs) -> Answers:
            try:
                return function(*args, **kwargs)
            except InputError as error:
                said = error.told(ask.in_python)
            raise InputError(said)

        return asked

    return plain


@plainly(Compare)
def load_scenario(
    name: str | Path = DEFAULT_SCENARIO,
    *,
    years: int | None = None,
    replications: int | None = None,
    precision: float | None = None,
    most_replications: int | None = None,
    inspectors: float | Mapping[str, float] | None = None,
    seed: int | None = None,
    long_run: bool = False,
) -> Scenario:
    """Read a scenario, and change what is given.

    Parameters
    ----------
    name : str or Path
        One of `shipped_scenarios`, the path of a TOML file, or the folder of an earlier run.
    years : int, optional
        Years to measure. What is left out, here and below, is as the scenario has it.
    replications : int, optional
        Runs of each framework, exactly so many: more of them make intervals narrower. Shipped scenarios run until
        differences are known closely enough.
    precision : float, optional
        To which a comparison is to know the headline differences, as a share of the level: as many runs as it takes.
    most_replications : int, optional
        Runs after which it ends in any case.
    inspectors : float or mapping of str to float, optional
        Full-time equivalents, from the first day to the last: of the scenario's first pool, or by name of the pool;
        ``inf`` for no limit.
    seed : int, optional
        Another seed gives other chances.
    long_run : bool
        Whether each framework warms up under itself, so that what is measured is what it comes to in the long run.

    Returns
    -------
    Scenario
        Frozen. `Scenario.changed` gives one with other values for any of its keys.

    Raises
    ------
    InputError
        If it cannot be found, read or understood, or something given cannot be used.

    Examples
    --------
    >>> import simulator
    >>> scenario = simulator.load_scenario("england-2006", years=2, replications=3, inspectors={"area": 90})
    >>> scenario.run.years, scenario.run.replications
    (2, 3)
    >>> simulator.load_scenario("england-206")
    Traceback (most recent call last):
    simulator.inputs.messages.InputError: there is no scenario "england-206"; did you mean "england-2006"? allowed: ...
    """
    opened = open_scenario(str(name))
    if opened.register is not None:
        raise InputError(
            f"{name}: a run with its own providers, which a scenario alone would lose. Use this folder itself, or the "
            "name of its scenario with register="
        )
    if isinstance(inspectors, (int, float)):
        inspectors = {next(iter(opened.scenario.capacity.pools)): inspectors}
    scenario = with_precision(opened.scenario, replications=replications, precision=precision, most=most_replications)
    return with_options(
        scenario,
        years=years,
        replications=replications,
        inspectors=inspectors,
        seed=seed,
        long_run=long_run,
    )


@plainly()
def load_framework(name: str | Path) -> Framework:
    """Read a framework.

    Parameters
    ----------
    name : str or Path
        One of `shipped_frameworks`, or the path of a TOML file.

    Raises
    ------
    InputError
        If it cannot be found, read or understood: with file, key, what was given and what is allowed.

    Examples
    --------
    >>> import simulator
    >>> simulator.load_framework("option-a").title
    'Option A'
    """
    return framework_files.load_framework(name)


def asked_for(
    scenario: GivenScenario, frameworks: GivenFrameworks, register: str | Path | None, yardsticks: bool = False
) -> Question:
    """Gather what a question is about.

    Parameters
    ----------
    scenario, frameworks
        However given.
    register
        CSV of providers to inspect; if left out, those of the earlier run, or drawn from the scenario.
    yardsticks
        Whether to ask of the yardsticks besides.

    Raises
    ------
    InputError
        If something cannot be found or read, or does not fit together.
    """
    providers = None
    if not isinstance(scenario, Scenario):
        _, scenario, providers = open_scenario(str(scenario))
    if register is not None:
        providers = read_register(register)
    given = scenario.run.frameworks if frameworks is None else frameworks
    several = [given] if isinstance(given, (Framework, str, Path)) else list(given)
    found = [
        framework if isinstance(framework, Framework) else _framework(str(framework), scenario) for framework in several
    ]
    if yardsticks:
        there = {framework.name for framework in found}
        found += [framework_files.load_framework(name) for name in YARDSTICKS if name not in there]
    return posed(scenario, found, providers)


def _framework(name: str, scenario: Scenario) -> Framework:
    return framework_files.load_framework(where_named(name, scenario))
