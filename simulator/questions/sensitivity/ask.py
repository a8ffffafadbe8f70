"""What `inspectsim sensitivity` asks."""

from dataclasses import dataclass
from typing import Annotated

from simulator.inputs.option import Option
from simulator.questions.shared_options import ManyRuns, OverFits


@dataclass(frozen=True, kw_only=True)
class Sensitivity(ManyRuns, OverFits):
    """In what share of plausible worlds one framework beats another."""

    measure: Annotated[
        str | None,
        Option(
            'Measure, such as "days_unfound_mean of childrens_home"; for all providers if none are named.  [poor '
            "homes not found]",
            "MEASURE",
        ),
    ] = None
    framework: Annotated[
        list[str] | None,
        Option(
            "Framework: name, or path of a TOML file. Use it twice; the second is the comparator.  [the "
            "scenario's two, or its first other and its baseline]",
            "NAME",
            python="frameworks",
        ),
    ] = None
    vary: Annotated[
        list[str] | None,
        Option(
            "Assumption to vary: its key in docs/assumptions.md, or a table of them, such as signals. Repeat for "
            "several.  [all that have a range]",
            "KEY",
        ),
    ] = None
    worlds: Annotated[int, Option("Number of plausible worlds.", "N")] = 64
    singly: Annotated[int, Option("Maximum number of assumptions to examine singly.", "N")] = 6
    at_ends: Annotated[
        int,
        Option(
            "Replications with one assumption at an end of its range.",
            "N",
            name="replications",
            python="replications",
        ),
    ] = 10
