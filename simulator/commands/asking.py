"""Commands built from what their questions ask, and the scenario that they are asked of."""

import inspect
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, TypeVar, get_type_hints

import typer

from simulator.inputs.option import Ask, Listed
from simulator.questions.shared_options import ManyRuns, Simulated

if TYPE_CHECKING:
    from rich.console import Console

    from simulator.running.crews import Crewing
    from simulator.running.run_folder import Opened

RESULTS: Final = Path("results")

A = TypeVar("A", bound=Ask)


def command_of(answer: Callable[[A], None]) -> Callable[..., None]:
    """Build a command from the options of a question.

    Parameters
    ----------
    answer
        Answers what is asked, its only parameter, whose class lists the options (`simulator.questions`).
    """
    (ask,) = (hint for name, hint in get_type_hints(answer).items() if name != "return")
    parameters = [_parameter(option) for option in ask.options()]

    def command(**given: Any) -> None:
        answer(ask(**given))

    command.__name__, command.__doc__ = answer.__name__, answer.__doc__
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return command


def _parameter(listed: Listed) -> inspect.Parameter:
    option, is_flag = listed.option, listed.hint is bool
    bounds = {name: bound for name in ("min", "max") if (bound := getattr(option, name)) is not None}
    if option.is_argument:
        given = typer.Argument(metavar=option.metavar, help=option.help)
    else:
        names = [f"--{listed.name}"] if option.name or is_flag else []
        given = typer.Option(*names, metavar=option.metavar, help=option.help, **bounds)
    return inspect.Parameter(
        listed.field,
        inspect.Parameter.KEYWORD_ONLY,
        default=inspect.Parameter.empty if listed.is_required else listed.default,
        annotation=Annotated[listed.hint, given],
    )


def crewing_of(asked: ManyRuns) -> "Crewing":
    """Return how runs are carried out."""
    from simulator.running.crews import Crewing

    return Crewing("compiled", asked.workers, asked.processes, asked.cluster, asked.batch)


def opened_for(
    asked: Simulated,
    remarks: "Console",
    *,
    replications: int | None = None,
    precision: float | None = None,
    most_replications: int | None = None,
    inspectors: Sequence[str] | None = None,
    yardsticks: bool = False,
) -> "Opened":
    """Read the scenario with the options given, and the register; warn of what leads nowhere."""
    from simulator.questions.compare.gains import YARDSTICKS
    from simulator.running.options import pools_without_inspectors, read_inspectors, with_options
    from simulator.running.precision_options import with_precision
    from simulator.running.run_folder import open_scenario
    from simulator.world.register import read_register

    opened = open_scenario(asked.scenario)
    scenario = with_options(
        opened.scenario,
        frameworks=asked.framework or (),
        besides=YARDSTICKS if yardsticks else (),
        replications=replications,
        years=asked.years,
        inspectors=read_inspectors(inspectors or (), opened.scenario),
        seed=asked.seed,
        long_run=asked.long_run,
    )
    scenario = with_precision(scenario, replications=replications, precision=precision, most=most_replications)
    for warning in pools_without_inspectors(scenario):
        remarks.print(f"Warning: {warning}.", soft_wrap=True)
    register = read_register(asked.register) if asked.register else opened.register
    return opened._replace(scenario=scenario, register=register)
