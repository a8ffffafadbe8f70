"""A sealed forecast, read back: refused if anything in its folder is not as it was when it was made."""

import hashlib
import io
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from simulator.inputs.messages import InputError, Named
from simulator.questions.calibrate.counting import Moment
from simulator.questions.calibrate.window import Window
from simulator.questions.validate.files import FIGURES_BY_FIT, FORECAST
from simulator.questions.validate.foretold import KNOWN_FROM
from simulator.questions.validate.predicted import Prediction
from simulator.running.question import Question, posed
from simulator.running.run_folder import open_scenario
from simulator.running.store import MANIFEST, SEAL, UNFINISHED, Table, read_manifest, seal_of

if TYPE_CHECKING:
    import pandas as pd

SHOWN: Final = 5
"""Files that are named when several were altered."""


class Sealed(NamedTuple):
    """A forecast as it was sealed."""

    folder: Path
    manifest: Table
    question: Question

    @property
    def seal(self) -> str:
        """Its digest."""
        return str(self.manifest[SEAL])

    @property
    def counted_from(self) -> date:
        """First day of the years that it predicts."""
        return date.fromisoformat(str(self.manifest["counted_from"]))

    @property
    def until(self) -> date:
        """The day after the last."""
        return date.fromisoformat(str(self.manifest["until"]))

    @property
    def fitted_until(self) -> date:
        """The day after the records that were fitted to."""
        return date.fromisoformat(str(self.manifest["fitted_until"]))

    @property
    def start(self) -> date:
        """First day from which its runs are known."""
        return self.question.scenario.run.start

    def prediction(self, known_from: date) -> Prediction:
        """Read the prediction for records that are known from a day on."""
        frame, by_fit = (_rows(self.folder / name, known_from) for name in (FORECAST, FIGURES_BY_FIT))
        moments = tuple(
            Moment(str(row.figure), str(row.title), str(row.unit), bool(row.fitted_to), "")
            for row in frame.fillna({"unit": ""}).itertuples()
        )
        numbers = tuple(int(each) for each in self.manifest["fits_run"])
        return Prediction(
            Window(known_from, self.counted_from, self.until),
            moments,
            numbers,
            int(self.manifest["replications"]),
            by_fit["value"].to_numpy(dtype=np.float64).reshape(len(numbers), len(moments)),
            frame["predicted"].to_numpy(dtype=np.float64),
            frame["predicted_error"].to_numpy(dtype=np.float64),
        )


def _rows(path: Path, known_from: date) -> "pd.DataFrame":
    import pandas as pd

    frame = pd.read_csv(io.BytesIO(path.read_bytes()))
    return frame[frame[KNOWN_FROM] == known_from.isoformat()]


def open_sealed(folder: Path, seal: str | None = None) -> Sealed:
    """Read a sealed forecast.

    Parameters
    ----------
    folder
        Where it is.
    seal
        Its digest as noted elsewhere when it was made; if left out, the folder is only checked against itself.

    Raises
    ------
    InputError
        If it is none, or anything in it was altered, added or removed since.
    """
    manifest = read_manifest(folder)
    if manifest is None or SEAL not in manifest:
        raise InputError(
            f"{folder}: contains no sealed forecast (its {MANIFEST} is missing, cannot be read or has no seal). Use "
            "the unchanged folder written by inspectsim forecast"
        )
    altered = alterations(folder, manifest)
    if altered:
        more = f", and {len(altered) - SHOWN} more" if len(altered) > SHOWN else ""
        raise InputError(
            f"{folder}: changed since it was sealed: {', '.join(altered[:SHOWN])}{more}. An altered forecast cannot "
            "be scored. Use the unchanged folder written by inspectsim forecast"
        )
    if seal is not None and seal != manifest[SEAL]:
        raise InputError(
            Named("seal"), f": given {seal}, but {folder} has {manifest[SEAL]}. Use the folder whose seal you recorded"
        )
    scenario = open_scenario(str(folder)).scenario
    return Sealed(folder, manifest, posed(scenario))


def alterations(folder: Path, manifest: Table) -> list[str]:
    """Name what in a sealed folder is not as it was."""
    found = [] if seal_of(manifest) == manifest[SEAL] else [f"{MANIFEST} was altered"]
    for name, left in manifest["files"].items():
        path = folder / name
        if not path.is_file():
            found.append(f"{name} is missing")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != left.get("sha256"):
            found.append(f"{name} was altered")
    known = {*manifest["files"], MANIFEST}
    there = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())
    added = [name for name in there if name not in known and not name.startswith(f"{UNFINISHED}/")]
    return [*found, *(f"{name} was added" for name in added)]
