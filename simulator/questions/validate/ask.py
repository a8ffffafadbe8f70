"""What `inspectsim validate`, `inspectsim forecast` and `inspectsim score` ask."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

from simulator.inputs.option import Ask, Option
from simulator.questions.shared_options import Out, Resume, Workers

Fits = Annotated[str, Option("Set of fits: folder of a calibration, or name of a shipped set.", "DIR")]
Records = Annotated[
    Path,
    Option("CSV file of inspections: provider, service_type, kind, date, grade.", "RECORDS.csv", is_argument=True),
]


Later = Annotated[
    str | None,
    Option("Framework in force in the years predicted: name, or path of a TOML file.  [that of the fits]", "NAME"),
]
NotFitted = Annotated[
    str | None,
    Option("Scenario for everything that is not fitted: name, or path.  [that of the calibration]", "NAME"),
]
Runs = Annotated[int, Option("Number of runs of each fit.", "N")]
MostFits = Annotated[int, Option("Maximum number of fits: the best, and others spread evenly.", "N", min=1)]
RUNS: Final = 10
MOST_FITS: Final = 20


@dataclass(frozen=True, kw_only=True)
class Predicted(Ask):
    """What says how to predict."""

    fits: Fits
    framework: Later = None
    scenario: NotFitted = None
    replications: Runs = RUNS
    most_fits: MostFits = MOST_FITS
    workers: Workers = None
    resume: Resume = False


@dataclass(frozen=True, kw_only=True)
class Validate(Predicted):
    """Does the model predict what records show; help lists the options in this order."""

    records: Records
    fits: Fits
    framework: Later = None
    since: Annotated[
        str | None,
        Option("First day of the years to predict, a 1 April.  [that of records or fits]", "DATE", name="from"),
    ] = None
    scenario: NotFitted = None
    replications: Runs = RUNS
    most_fits: MostFits = MOST_FITS
    workers: Workers = None
    out: Out = None
    resume: Resume = False


@dataclass(frozen=True, kw_only=True)
class Forecast(Predicted):
    """What will records of future years show."""

    fits: Fits
    since: Annotated[str, Option("First day to predict, a 1 April.", "DATE", name="from")]
    years: Annotated[int, Option("Number of inspection years to predict.", "N")]
    out: Annotated[Path, Option("Folder for the sealed forecast.", "FOLDER", python="folder")]


@dataclass(frozen=True, kw_only=True)
class Score(Ask):
    """Did a sealed forecast come true."""

    folder: Annotated[Path, Option("Folder of the sealed forecast.", "FOLDER", is_argument=True)]
    records: Records
    seal: Annotated[str | None, Option("Seal recorded when the forecast was made.  [not compared]", "DIGEST")] = None
    out: Annotated[Path | None, Option("Folder for the results.", "DIR")] = None
