"""What `inspectsim worth` asks."""

from dataclasses import dataclass
from typing import Annotated

from simulator.inputs.option import Option
from simulator.questions.shared_options import LEAST_WORLDS, ManyRuns, OverFits


@dataclass(frozen=True, kw_only=True)
class Worth(ManyRuns, OverFits):
    """In how many plausible worlds each option does better, and what would be worth knowing."""

    measure: Annotated[
        list[str] | None,
        Option(
            'Measure, such as "days_unfound_mean of childrens_home"; for all providers if none are named. Repeat '
            "for several; the choice is made by the first.  [poor homes not found, days unfound, inspector-days]",
            "MEASURE",
            python="measures",
        ),
    ] = None
    framework: Annotated[
        list[str] | None,
        Option(
            "Option: name of a framework, or path of a TOML file. Repeat for each.  [those of the scenario]",
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
    worlds: Annotated[int, Option("Number of plausible worlds.", "N", min=LEAST_WORLDS)] = 64
    replications: Annotated[int, Option("Replications of each world.", "N", min=2)] = 2
