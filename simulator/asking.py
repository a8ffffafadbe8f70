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
    str, typer.Argument(help="Name of a scenario, path of a TOML file, or folder of an earlier run to repeat.")
]
Register = Annotated[
    Path | None,
    typer.Option(metavar="CSV", help="CSV file of providers to inspect, instead of those drawn by the scenario."),
]
Seed = Annotated[int | None, typer.Option(metavar="S", help="Random seed.")]
Years = Annotated[int | None, typer.Option(metavar="Y", min=1, help="Number of years to measure.")]
Inspectors = Annotated[
    list[str] | None,
    typer.Option(
        metavar="[POOL=]FTE",
        help="Number of inspectors (FTE), in the first pool unless a pool is named. Repeat for other pools.",
    ),
]
Engine = Annotated[
    Literal["compiled", "simpy"],
    typer.Option(help="Simulation engine. Both produce the same results; simpy is slower, for inspecting the model."),
]
LongRun = Annotated[bool, typer.Option("--long-run", help="Give each framework its own warm-up.")]
Frameworks = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help="Framework to compare: name, or path of a TOML file. Repeat for each."),
]
Workers = Annotated[
    int | None, typer.Option(metavar="N", min=1, help="Number of parallel runs. Does not change results.")
]
Processes = Annotated[bool, typer.Option("--processes", help="Use processes instead of threads.")]
Cluster = Annotated[
    str | None, typer.Option(metavar="ADDRESS", help="Address of a Dask cluster to run on: tcp://..., or local.")
]
Batch = Annotated[int | None, typer.Option(metavar="N", min=1, help="Maximum number of replications in a batch.")]
Resume = Annotated[bool, typer.Option("--resume", help="Continue a stopped run.")]


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
            raise typer.BadParameter("applies to a set of fits. Use it with --fits", param_hint="--most-fits")
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
        str | None,
        typer.Option(metavar="POOL", help="Pool of inspectors whose number is varied.  [the scenario's first]"),
    ] = None,
    replications: Annotated[
        int | None,
        typer.Option(metavar="N", min=2, help="Replications for each number of inspectors.  [the scenario's]"),
    ] = None,
    years: Years = None,
    seed: Seed = None,
    workers: Workers = None,
    register: Register = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Folder for the results.")] = None,
    processes: Processes = False,
    cluster: Cluster = None,
    batch: Batch = None,
    resume: Resume = False,
    long_run: LongRun = False,
    fits: Annotated[
        str | None,
        typer.Option(metavar="DIR", help="Folder of a calibration: answer the question for each fit of its set."),
    ] = None,
    most_fits: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, help="Maximum number of fits: the best, and others spread evenly.  [5]"),
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
