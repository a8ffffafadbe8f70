"""What `inspectsim compare` asks."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from simulator.inputs.option import Option
from simulator.questions.shared_options import (
    Batch,
    Cluster,
    Fit,
    Fits,
    Frameworks,
    Inspectors,
    InspectorsFrom,
    LongRun,
    ManyRuns,
    OverWorlds,
    Processes,
    Register,
    Resume,
    Seed,
    Workers,
    Years,
)


@dataclass(frozen=True, kw_only=True)
class Compare(ManyRuns, OverWorlds):
    """The same providers under several frameworks; help lists the options in this order."""

    framework: Frameworks = None
    yardsticks: Annotated[
        bool, Option("Also compare with the yardsticks none, clairvoyant, cyclic and belief-index.")
    ] = False
    replications: Annotated[
        int | None,
        Option(
            "Number of replications of each framework.  [until the precision is reached]",
            "N",
            min=1,
            label="Replications",
            unit="runs of each framework",
        ),
    ] = None
    precision: Annotated[
        float | None,
        Option(
            "How precisely to estimate the differences, as a fraction of the level (0.01 = 1%).  [the scenario's]",
            "SHARE",
        ),
    ] = None
    most_replications: Annotated[int | None, Option("Maximum number of runs.  [the scenario's]", "N")] = None
    years: Years = None
    inspectors: Inspectors = None
    inspectors_from: InspectorsFrom = None
    seed: Seed = None
    workers: Workers = None
    register: Register = None
    out: Annotated[Path | None, Option("Folder for the results.  [results/SCENARIO]", "DIR", python="folder")] = None
    events: Annotated[Literal["none", "first", "all"], Option("Replications for which to write tables of events.")] = (
        "none"
    )
    processes: Processes = False
    cluster: Cluster = None
    batch: Batch = None
    resume: Resume = False
    engine: Annotated[
        Literal["compiled", "simpy"],
        Option("Simulation engine. Both produce the same results; simpy is slower, for inspecting the model."),
    ] = "compiled"
    long_run: LongRun = False
    fits: Fits = None
    fit: Fit = None
    most_fits: Annotated[
        int | None, Option("Maximum number of fits: the best, and others spread evenly.  [20]", "N", min=1)
    ] = None
