"""What `inspectsim workforce` asks."""

from dataclasses import dataclass
from typing import Annotated

from simulator.inputs.option import Option
from simulator.questions.shared_options import Inspectors, InspectorsFrom, ManyRuns, OverFits


@dataclass(frozen=True, kw_only=True)
class Workforce(ManyRuns, OverFits):
    """People, work and what is left undone, by year, by month and by region."""

    framework: Annotated[
        list[str] | None,
        Option(
            "Framework: name, or path of a TOML file. Repeat for each.  [the scenario's baseline]",
            "NAME",
            python="frameworks",
        ),
    ] = None
    inspectors: Inspectors = None
    inspectors_from: InspectorsFrom = None
    replications: Annotated[
        int, Option("Number of replications.", "N", min=2, label="Replications", unit="runs of each framework")
    ] = 12
