"""What `inspectsim size` asks."""

from dataclasses import dataclass
from typing import Annotated, Final

from simulator.inputs.option import Option
from simulator.questions.shared_options import ManyNumbers, OverWorlds

ON_TIME: Final = "on_time_share >= 0.95"
GROWTH: Final = 4
"""Times the replications to begin with, at a number at which things are unclear."""


@dataclass(frozen=True, kw_only=True)
class Size(ManyNumbers, OverWorlds):
    """How many inspectors meet targets."""

    target: Annotated[
        list[str] | None,
        Option(
            'Target, such as "days_unfound_mean of childrens_home <= 120"; for all providers if none are named. '
            f"Repeat for several, all to be met.  [{ON_TIME}]",
            "TARGET",
            python="targets",
        ),
    ] = None
    step: Annotated[
        float,
        Option("Step between the numbers tried.", "FTE", label="Step of the search", unit="full-time equivalents"),
    ] = 1.0
    confidence: Annotated[
        float, Option("Confidence with which a target must be met.", "C", label="Confidence", unit="per cent")
    ] = 0.95
    more: Annotated[
        float | None,
        Option("Number of inspectors to add to the scenario's, to report what they bring; for example 10.", "FTE"),
    ] = None
    most_replications: Annotated[
        int | None,
        Option(
            f"Maximum number of replications where the result is unclear.  [{GROWTH} times the others]",
            "N",
            min=2,
            label="Replications at most",
            unit="runs of each number tried",
        ),
    ] = None
    by_year: Annotated[
        bool,
        Option(
            "Find the number to recruit each year, with which the targets are met in every year, instead of one number "
            "for all years."
        ),
    ] = False
