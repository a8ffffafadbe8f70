"""What functions in Python ask about: a scenario, frameworks and providers, loaded or by name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
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
from simulator.running.inspectors_given import Given
from simulator.running.options import where_named, with_options
from simulator.running.posts import day_named
from simulator.running.precision_options import with_precision
from simulator.running.question import Question, posed
from simulator.running.run_folder import open_scenario
from simulator.scenario.scenario import Scenario
from simulator.world.register import read_register

GivenScenario = Scenario | str | Path
"""A loaded one, the name of a shipped one, the path of a TOML file, or the folder of an earlier run."""
GivenFramework = Framework | str | Path
"""A loaded one, the name of a shipped one, or the path of a TOML file."""
GivenFrameworks = GivenFramework | Sequence[GivenFramework] | None
"""One or several; None means those that the scenario names."""

_Asks = ParamSpec("_Asks")
_Answers = TypeVar("_Answers")


def plainly(ask: type[Ask] = Ask) -> Callable[[Callable[_Asks, _Answers]], Callable[_Asks, _Answers]]:
    """Report unusable input in one short message that names options as arguments of Python.

    Parameters
    ----------
    ask
        Options of the question that the function asks.
    """

    def plain(function: Callable[_Asks, _Answers]) -> Callable[_Asks, _Answers]:
        @wraps(function)
        def asked(*args: _Asks.args, **kwargs: _Asks.kwargs) -> _Answers:
            try:
                return function(*args, **kwargs)
            except InputError as error:
                said = error.told(ask.in_python)
            raise InputError(said)

        return asked

    return plain


@plainly(Compare)
def load_scenario(  # noqa: PLR0913  (a choice each)
    name: str | Path = DEFAULT_SCENARIO,
    *,
    years: int | None = None,
    replications: int | None = None,
    precision: float | None = None,
    most_replications: int | None = None,
    inspectors: Given | Mapping[str, Given] | None = None,
    inspectors_from: str | date | None = None,
    seed: int | None = None,
    long_run: bool = False,
) -> Scenario:
    """Read a scenario and change what you name.

    Parameters
    ----------
    name : str or Path
        Name of a shipped scenario, path of a TOML file, or folder of an earlier run.
    years : int, optional
        Number of years to measure. Whatever you leave out, here and below, stays as in the scenario.
    replications : int, optional
        Number of runs of each framework. More runs make the intervals narrower. Shipped scenarios set no number: they
        run until the differences are known to the requested precision.
    precision : float, optional
        How precisely to estimate the headline differences, as a fraction of the level (0.01 = 1%).
    most_replications : int, optional
        Maximum number of runs.
    inspectors : float, str or mapping of str to them, optional
        Number of inspectors (full-time equivalents) from the day on which the frameworks take over: a number for the
        scenario's first pool, or numbers by name of the pool. ``inf`` means no limit, ``"80%"`` 80 per cent of the
        scenario's.
    inspectors_from : str or date, optional
        Another day from which they hold. One before the takeover changes the warm-up too.
    seed : int, optional
        Random seed.
    long_run : bool
        Whether to give each framework its own warm-up, so that the measured years show its long-run effect.

    Returns
    -------
    Scenario
        It cannot be changed. `Scenario.changed` returns a copy with other values for some of its keys.

    Raises
    ------
    InputError
        If the scenario cannot be found, read or understood, or a value cannot be used.

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
    if isinstance(inspectors, (int, float, str)):
        inspectors = {next(iter(opened.scenario.capacity.pools)): inspectors}
    scenario = with_precision(opened.scenario, replications=replications, precision=precision, most=most_replications)
    return with_options(
        scenario,
        years=years,
        replications=replications,
        inspectors=inspectors,
        inspectors_from=inspectors_from,
        seed=seed,
        long_run=long_run,
    )


@plainly()
def load_framework(name: str | Path) -> Framework:
    """Read a framework.

    Parameters
    ----------
    name : str or Path
        Name of a shipped framework, or path of a TOML file.

    Raises
    ------
    InputError
        If it cannot be found, read or understood. The message names the file, the key, the value and what is allowed.

    Examples
    --------
    >>> import simulator
    >>> simulator.load_framework("option-a").title
    'Option A'
    """
    return framework_files.load_framework(name)


def asked_for(
    scenario: GivenScenario | Question,
    frameworks: GivenFrameworks,
    register: str | Path | None,
    yardsticks: bool = False,
) -> Question:
    """Return the question that a function asks, of a scenario, frameworks and providers.

    Parameters
    ----------
    scenario, frameworks
        As the function was called with; a question that stands already is returned as it is.
    register
        CSV file of providers to inspect. If left out, they are those of the earlier run, or drawn by the scenario.
    yardsticks
        Whether to compare with the yardsticks too.

    Raises
    ------
    InputError
        If something cannot be found or read, or does not fit together.
    """
    providers = None
    if isinstance(scenario, Question):
        return scenario
    if not isinstance(scenario, Scenario):
        _, scenario, providers = open_scenario(str(scenario))
    if register is not None:
        providers = read_register(register)
    given = scenario.run.frameworks if frameworks is None else frameworks
    several = [given] if isinstance(given, (Framework, str, Path)) else list(given)
    found = [_loaded(framework, scenario) for framework in several]
    if yardsticks:
        names = {framework.name for framework in found}
        found += [framework_files.load_framework(name) for name in YARDSTICKS if name not in names]
    return posed(scenario, found, providers)


def varied_from(question: Question, inspectors_from: str | date | None) -> Question:
    """Return a question in which numbers of inspectors are varied from a day on."""
    return replace(question, inspectors_from=day_named(question.scenario, inspectors_from))


def _loaded(framework: GivenFramework, scenario: Scenario) -> Framework:
    if isinstance(framework, Framework):
        return framework
    return framework_files.load_framework(where_named(str(framework), scenario))
