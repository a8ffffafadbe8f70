"""What `inspectsim source` asks."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from simulator.inputs.option import Ask, Option


@dataclass(frozen=True, kw_only=True)
class Source(Ask):
    """Where a number of a run comes from."""

    run: Annotated[Path, Option("Folder of a run of inspectsim compare.", "RUN_DIR", is_argument=True)]
    measure: Annotated[
        str, Option('Measure, such as "days_unfound_mean of childrens_home".', "MEASURE", is_argument=True)
    ]
