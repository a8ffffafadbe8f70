"""What `inspectsim trace` asks."""

from dataclasses import dataclass
from typing import Annotated

from simulator.inputs.option import Option
from simulator.questions.shared_options import Inspectors, InspectorsFrom, OverFits, Simulated


@dataclass(frozen=True, kw_only=True)
class Trace(Simulated, OverFits):
    """The life of one provider."""

    provider: Annotated[
        str, Option("Name of the provider, as in the tables, such as childrens_home-0001.", is_argument=True)
    ]
    framework: Annotated[
        list[str] | None,
        Option(
            "Framework: name or path. Repeat for several lives.  [the scenario's baseline]", "NAME", python="frameworks"
        ),
    ] = None
    replication: Annotated[int, Option("Number of the replication.", "N", min=1, label="History", unit="by number")] = 1
    years: Annotated[
        int | None, Option("Number of years to measure.", "Y", min=1, label="Years to follow", unit="years")
    ] = None
    inspectors: Inspectors = None
    inspectors_from: InspectorsFrom = None
