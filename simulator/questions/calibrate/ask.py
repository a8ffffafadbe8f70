"""What `inspectsim calibrate` asks."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from simulator.inputs.option import Ask, Option
from simulator.questions.shared_options import Workers
from simulator.questions.validate.ask import Records


@dataclass(frozen=True, kw_only=True)
class Calibrate(Ask):
    """Which mechanisms of the model fit records."""

    records: Records
    framework: Annotated[
        str, Option("Framework in force at the time of the records: name, or path of a TOML file.", "NAME")
    ]
    scenario: Annotated[
        str, Option("Scenario for everything that is not fitted: name, or path of a TOML file.", "NAME")
    ] = "homes-2014-2017"
    service_type: Annotated[str, Option("Service type of the records to fit to.", "TYPE")] = "childrens_home"
    first: Annotated[str | None, Option("First day of the records to use, a 1 April.", "DATE", name="from")] = None
    last: Annotated[str | None, Option("Last day of the records to use, a 31 March.", "DATE", name="until")] = None
    out: Annotated[Path, Option("Folder for the set of fits.", "DIR")] = Path("fitted")
    source: Annotated[str | None, Option("Description of the records, stored with the fits.  [file name]", "TEXT")] = (
        None
    )
    effort: Annotated[
        float,
        Option("Search effort: 0.2 is a fifth of the usual effort, quick and rough.", "X", min=0.05, max=100),
    ] = 1.0
    seed: Annotated[int, Option("Random seed of the search.", "S", min=0)] = 1
    workers: Workers = None
