"""What the commands ask for alike: a scenario, and the options that change it or say how it is carried out."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from rich.console import Console

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


def asked_for(context: typer.Context, remarks: "Console") -> "Opened":
    """Read the scenario with the options given, and the register; warn of what leads nowhere."""
    from simulator.experiments.gains import YARDSTICKS
    from simulator.experiments.options import pools_without_inspectors, with_options
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
    for warning in pools_without_inspectors(scenario):
        remarks.print(f"Warning: {warning}.", soft_wrap=True)
    register = read_register(given["register"]) if given["register"] else opened.register
    return opened._replace(scenario=scenario, register=register)
