"""What `inspectsim explain` asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from simulator.inputs.option import Option
from simulator.questions.explain.ways import FIGURES, PARAGRAPHS, WAYS
from simulator.questions.shared_options import (
    DEFAULT_SCENARIO,
    Inspectors,
    InspectorsFrom,
    ManyReplications,
    OverWorlds,
)

_WAYS = f"{', '.join(WAYS[:-1])} or {FIGURES}"


@dataclass(frozen=True, kw_only=True)
class Explain(ManyReplications, OverWorlds):
    """Which parts of a framework make the difference."""

    framework: Annotated[
        str, Option("Framework to explain: name, or path of a TOML file.", "OPTION", is_argument=True, python="option")
    ]
    against: Annotated[
        str | None, Option("Framework to compare it with: name or path.  [the scenario's baseline]", "BASELINE")
    ] = None
    scenario: Annotated[
        str,
        Option("Scenario: name, path of a TOML file, or folder of an earlier run.", "SCENARIO", name="scenario"),
    ] = DEFAULT_SCENARIO
    measure: Annotated[
        list[str] | None,
        Option(
            'Measure, such as "days_unfound_mean of childrens_home"; for all providers if none are named. Repeat '
            "for several.  [how soon poor homes are found, how many are not, and inspections]",
            "MEASURE",
            python="measures",
        ),
    ] = None
    by: Annotated[
        str,
        Option(f"Parts of the framework: {_WAYS}, or a TOML file with groups of clauses of your own.", "PARTS"),
    ] = PARAGRAPHS
    inspectors_time: Annotated[
        bool,
        Option(
            "Also run every combination without a limit to inspectors: what a part does as a rule, and what it does by "
            "taking inspectors' time."
        ),
    ] = False
    replications: Annotated[
        int, Option("Number of replications.", "N", min=2, label="Replications", unit="runs of each combination")
    ] = 12
    most_combinations: Annotated[
        int,
        Option(
            "Maximum number of combinations of parts to run. If all orders of the parts need more, orders are drawn.",
            "N",
            min=16,
        ),
    ] = 256
    inspectors: Inspectors = None
    inspectors_from: InspectorsFrom = None

    @property
    def frameworks(self) -> Sequence[str]:
        """The framework explained, and the one that it is compared with."""
        return (self.framework, *([self.against] if self.against else []))
