"""What `inspectsim frontier` asks."""

from dataclasses import dataclass
from typing import Annotated

from simulator.inputs.option import Option
from simulator.questions.shared_options import ManyNumbers, OverWorlds


@dataclass(frozen=True, kw_only=True)
class Frontier(ManyNumbers, OverWorlds):
    """What each number of inspectors brings."""

    measure: Annotated[
        list[str] | None,
        Option(
            'Measure, such as "days_unfound_mean of childrens_home"; for all providers if none are named. Repeat '
            "for several.  [how soon poor homes are found, and how many are not]",
            "MEASURE",
            python="measures",
        ),
    ] = None
    target: Annotated[
        list[str] | None,
        Option(
            'Target, such as "on_time_share >= 0.95": report where each framework meets it. Repeat for several.',
            "TARGET",
            python="targets",
        ),
    ] = None
    first: Annotated[
        str | None,
        Option(
            "Smallest number of inspectors, also in per cent of the scenario's, such as 80%.  [half the scenario's]",
            "FTE",
            name="from",
            python="numbers, first",
        ),
    ] = None
    last: Annotated[
        str | None, Option("Largest number of inspectors.  [1.5 times the scenario's]", "FTE", name="to")
    ] = None
    step: Annotated[str | None, Option("Step between numbers of inspectors.  [an eighth of the range]", "FTE")] = None
