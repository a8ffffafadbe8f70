"""What the commands ask for alike: a scenario, and the options that change it or say how it is carried out."""

import inspect
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from simulator.experiments.crews import Crewing
    from simulator.experiments.run_folder import Opened

RESULTS = Path("results")

Scenario = Annotated[
    str, typer.Argument(help="Name of a scenario, path of a TOML file, or folder of an earlier run to run again.")
]
Register = Annotated[
    Path | None, typer.Option(metavar="CSV", help="Providers to inspect, in place of those that the scenario draws.")
]
Seed = Annotated[int | None, typer.Option(metavar="S", help="Another seed gives other chances.")]
Years = Annotated[int | None, typer.Option(metavar="Y", min=1, help="Years to measure.")]
Inspectors = Annotated[
    list[str] | None,
    typer.Option(
        metavar="[POOL=]FTE",
        help="Full-time equivalents, of the first pool if none is named; repeat it for other pools.",
    ),
]
Engine = Annotated[
    Literal["compiled", "simpy"], typer.Option(help="Both give the same; simpy is slow, and for looking into.")
]
LongRun = Annotated[bool, typer.Option("--long-run", help="Each framework warms up under itself.")]
Frameworks = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help="To compare: name, or path of a TOML file; repeat it for each."),
]
Workers = Annotated[int | None, typer.Option(metavar="N", min=1, help="Runs at a time; changes no result.")]
Processes = Annotated[bool, typer.Option("--processes", help="Run in processes in place of threads.")]
Cluster = Annotated[str | None, typer.Option(metavar="ADDRESS", help="Run on a Dask cluster: tcp://..., or local.")]
Batch = Annotated[
    int | None, typer.Option(metavar="N", min=1, help="Replications finished and kept together, at most.")
]
Resume = Annotated[bool, typer.Option("--resume", help="Go on with a run that was stopped.")]


class ManyRuns(NamedTuple):
    """Options of every command that varies the number of inspectors, beside those that change the scenario."""

    pool: str | None
    workers: int | None
    out: Path | None
    processes: bool
    cluster: str | None
    batch: int | None
    resume: bool
    fits: str | None
    most_fits: int | None


def crewing_of(runs: ManyRuns) -> "Crewing":
    """Say how runs are carried out."""
    from simulator.experiments.crews import Crewing

    return Crewing("compiled", runs.workers, runs.processes, runs.cluster, runs.batch)


def many_runs(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that it has in common with others, behind its own.

    Parameters
    ----------
    command
        Takes the context, `ManyRuns` as ``runs``, and options of its own.
    """

    @wraps(command)
    def with_them(context: typer.Context, **given: Any) -> None:
        runs = ManyRuns(**{name: given[name] for name in ManyRuns._fields})
        if runs.most_fits is not None and runs.fits is None:
            raise typer.BadParameter(
                "is for a question over a set of fits; allowed: with --fits", param_hint="--most-fits"
            )
        command(context, runs=runs, **{name: value for name, value in given.items() if name in own})

    signature, common = inspect.signature(command), inspect.signature(_common)
    own = [name for name in signature.parameters if name != "runs"]
    parameters = [signature.parameters[name] for name in own] + list(common.parameters.values())
    by_name = [each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in parameters[1:]]
    with_them.__signature__ = signature.replace(parameters=[parameters[0], *by_name])  # type: ignore[attr-defined]
    with_them.__annotations__ = {each.name: each.annotation for each in parameters}
    return with_them


def _common(  # noqa: PLR0913, PLR0917  (an option each)
    framework: Frameworks = None,
    pool: Annotated[
        str | None, typer.Option(metavar="POOL", help="Pool whose number is varied.  [the scenario's first]")
    ] = None,
    replications: Annotated[
        int | None, typer.Option(metavar="N", min=2, help="Runs at each number.  [the scenario's]")
    ] = None,
    years: Years = None,
    seed: Seed = None,
    workers: Workers = None,
    register: Register = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Folder for results.")] = None,
    processes: Processes = False,
    cluster: Cluster = None,
    batch: Batch = None,
    resume: Resume = False,
    long_run: LongRun = False,
    fits: Annotated[
        str | None, typer.Option(metavar="DIR", help="Ask in every fit of a set, folder of a calibration.")
    ] = None,
    most_fits: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Of more fits, the best and others evenly.  [5]")
    ] = None,
) -> None:
    """Name the options in common, in the order in which help lists them; nobody calls this."""


def asked_for(context: typer.Context, remarks: "Console") -> "Opened":
    """Read the scenario with the options given, and the register; warn of what leads nowhere."""
    from simulator.experiments.gains import YARDSTICKS
    from simulator.experiments.options import pools_without_inspectors, with_options
    from simulator.experiments.precision_options import with_precision
    from simulator.experiments.run_folder import open_scenario
    from simulator.world.register import read_register

    given = context.params
    opened = open_scenario(given["scenario"])
    frameworks = given["framework"] or ()
    scenario = with_options(
        opened.scenario,
        frameworks=[frameworks] if isinstance(frameworks, str) else frameworks,
        besides=YARDSTICKS if given.get("yardsticks") else (),
        replications=given.get("replications"),
        years=given["years"],
        inspectors=given.get("inspectors") or (),
        seed=given["seed"],
        long_run=given["long_run"],
    )
    if "precision" in given:
        scenario = with_precision(
            scenario,
            replications=given["replications"],
            precision=given["precision"],
            most=given["most_replications"],
        )
    for warning in pools_without_inspectors(scenario):
        remarks.print(f"Warning: {warning}.", soft_wrap=True)
    register = read_register(given["register"]) if given["register"] else opened.register
    return opened._replace(scenario=scenario, register=register)
