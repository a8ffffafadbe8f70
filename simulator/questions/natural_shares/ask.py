"""What `inspectsim natural-shares` asks."""

from dataclasses import dataclass
from typing import Annotated

from simulator.inputs.option import Ask, Option
from simulator.questions.shared_options import DEFAULT_SCENARIO


@dataclass(frozen=True, kw_only=True)
class NaturalShares(Ask):
    """What grades would be without any inspection."""

    scenario: Annotated[str, Option("Name of a scenario, or path of a TOML file.", is_argument=True)] = DEFAULT_SCENARIO
    framework: Annotated[
        str | None, Option("Framework in force at the start.  [the scenario's last before its start]", "NAME")
    ] = None
    passes: Annotated[int | None, Option("Number of passes, of some seconds each.", "N", min=1)] = None
    providers: Annotated[
        int | None,
        Option("Minimum number of providers of each type; fewer are quicker and rougher.", "N", min=1),
    ] = None
    write: Annotated[bool, Option("Write the table to the file of the scenario.")] = False
