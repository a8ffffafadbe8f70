"""Options that several questions share, and the classes by which they do."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

from simulator.inputs.option import Ask, Option

DEFAULT_SCENARIO: Final = "england-2006"
LEAST_WORLDS: Final = 8
MOST_FITS: Final = 5
"""Fits asked by default; a search of each takes as long as one search."""

Scenario = Annotated[
    str, Option("Name of a scenario, path of a TOML file, or folder of an earlier run to repeat.", is_argument=True)
]
Frameworks = Annotated[
    list[str] | None,
    Option("Framework to compare: name, or path of a TOML file. Repeat for each.", "NAME", python="frameworks"),
]
Register = Annotated[
    Path | None, Option("CSV file of providers to inspect, instead of those drawn by the scenario.", "CSV")
]
Seed = Annotated[int | None, Option("Random seed.", "S", label="Seed", unit="any whole number")]
Years = Annotated[int | None, Option("Number of years to measure.", "Y", min=1, label="Years to measure", unit="years")]
Inspectors = Annotated[
    list[str] | None,
    Option(
        "Number of inspectors (FTE, or per cent of the scenario's), in the first pool unless a pool is named. Repeat "
        "for other pools.",
        "[POOL=]FTE",
    ),
]
InspectorsFrom = Annotated[
    str | None,
    Option("Day from which the number of inspectors holds.  [the day on which the frameworks take over]", "DATE"),
]
LongRun = Annotated[bool, Option("Give each framework its own warm-up.")]
Out = Annotated[Path | None, Option("Folder for the results.", "DIR", python="folder")]
Workers = Annotated[int | None, Option("Number of parallel runs. Does not change results.", "N", min=1)]
Processes = Annotated[bool, Option("Use processes instead of threads.")]
Cluster = Annotated[str | None, Option("Address of a Dask cluster to run on: tcp://..., or local.", "ADDRESS")]
Batch = Annotated[int | None, Option("Maximum number of replications in a batch.", "N", min=1)]
Resume = Annotated[bool, Option("Continue a stopped run.")]


@dataclass(frozen=True, kw_only=True)
class InScenario(Ask):
    """The options that change the scenario, and the folder of the answer."""

    scenario: Scenario = DEFAULT_SCENARIO
    years: Years = None
    seed: Seed = None
    register: Register = None
    out: Out = None
    long_run: LongRun = False

    @property
    def frameworks(self) -> Sequence[str]:
        """Names or paths of the frameworks asked for, none for those of the scenario."""
        return ()


@dataclass(frozen=True, kw_only=True)
class Simulated(InScenario):
    """The same, and the frameworks."""

    scenario: Scenario = DEFAULT_SCENARIO
    framework: Frameworks = None
    years: Years = None
    seed: Seed = None
    register: Register = None
    out: Out = None
    long_run: LongRun = False

    @property
    def frameworks(self) -> Sequence[str]:
        """Names or paths of the frameworks asked for, none for those of the scenario."""
        return self.framework or ()


@dataclass(frozen=True, kw_only=True)
class ManyReplications(InScenario):
    """The options of a question of many runs that names its frameworks itself; help lists them in this order."""

    years: Years = None
    seed: Seed = None
    workers: Workers = None
    register: Register = None
    out: Out = None
    processes: Processes = False
    cluster: Cluster = None
    batch: Batch = None
    resume: Resume = False


@dataclass(frozen=True, kw_only=True)
class ManyRuns(Simulated, ManyReplications):
    """The options of a question of many runs; help lists all options in this order."""

    years: Years = None
    seed: Seed = None
    workers: Workers = None
    register: Register = None
    out: Out = None
    processes: Processes = False
    cluster: Cluster = None
    batch: Batch = None
    resume: Resume = False


@dataclass(frozen=True, kw_only=True)
class ManyNumbers(ManyRuns):
    """The options of every question that varies the number of inspectors."""

    framework: Frameworks = None
    pool: Annotated[
        str | None, Option("Pool of inspectors whose number is varied.  [the scenario's first]", "POOL")
    ] = None
    inspectors_from: InspectorsFrom = None
    replications: Annotated[
        int | None,
        Option(
            "Replications for each number of inspectors.  [the scenario's]",
            "N",
            min=2,
            label="Replications to start with",
            unit="runs of each number tried",
        ),
    ] = None


Fits = Annotated[str | None, Option("Folder of a calibration: answer the question for each fit of its set.", "DIR")]
Fit = Annotated[int | None, Option("Number of the only fit to use; 1 is the best.", "N")]
MostFits = Annotated[
    int | None, Option(f"Maximum number of fits: the best, and others spread evenly.  [{MOST_FITS}]", "N", min=1)
]


@dataclass(frozen=True, kw_only=True)
class OverFits(Ask):
    """The options to ask a question in each world of a calibration, or in one of them."""

    fits: Fits = None
    fit: Fit = None
    most_fits: MostFits = None


@dataclass(frozen=True, kw_only=True)
class OverWorlds(OverFits):
    """The same, and the option to ask a question in plausible worlds."""

    fits: Fits = None
    fit: Fit = None
    most_fits: MostFits = None
    worlds: Annotated[
        int | None,
        Option(
            "Number of plausible worlds: also answer the question in each of them, where all assumptions vary within "
            "their ranges.",
            "N",
            min=LEAST_WORLDS,
        ),
    ] = None
