"""What `inspectsim diff` asks."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from simulator.inputs.option import Ask, Option


@dataclass(frozen=True, kw_only=True)
class Diff(Ask):
    """What differs between two runs, scenarios or frameworks."""

    first: Annotated[
        str, Option("Folder of a run, or a scenario or framework: name, or path of a TOML file.", is_argument=True)
    ]
    second: Annotated[str, Option("Another one of the same sort.", is_argument=True)]
    out: Annotated[
        Path | None,
        Option("Folder for the tables: inputs.csv, and of two runs results.csv.", "DIR", python="folder"),
    ] = None
