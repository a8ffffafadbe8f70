"""The work of a prediction: every fit run forward, and the figures counted of each run; finished runs are kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from simulator.engine.run import simulate
from simulator.inputs.messages import InputError
from simulator.questions.calibrate.moments import moments_of, readings
from simulator.questions.calibrate.trial import inspections_of
from simulator.questions.calibrate.window import Window, within
from simulator.questions.over_fits.worlds import fitted_question
from simulator.questions.validate.asked import Forward
from simulator.running.batch_files import BatchFolder
from simulator.running.batches import Array, Reading
from simulator.running.identity import identity
from simulator.running.question import settings_of
from simulator.running.replicating import finished_files
from simulator.running.settings_run import SettingsRun
from simulator.words.wording import counted

_FIGURES: Final = "figures"
"""Name of the array of what was counted, shape (windows, figures) of each run."""


@dataclass(frozen=True)
class FitsRun(SettingsRun):
    """The fits of a set, run forward (`simulator.running.batches.Work`); a case is a fit."""

    service_type: str
    start: date
    """Day from which inspections of the runs are known."""
    years: int
    """Inspection years from then on."""
    windows: tuple[Window, ...]
    """Of the same years, so that all have the same figures."""

    def read(self, case: int, replication: int) -> Reading:
        """Run a fit in a replication, and count every figure in each window."""
        seen = inspections_of(simulate(self.settings[case], replication, self.engine), self.service_type, self.years)
        in_windows = [readings(within(seen, self.start, window)).values() for window in self.windows]
        return Reading({_FIGURES: np.array([[figure.value for figure in figures] for figures in in_windows])})

    def blank(self) -> Mapping[str, Array]:
        """Return figures without a case."""
        window = self.windows[0]
        figures = len(moments_of(window.years, window.counted_from.year))
        return {_FIGURES: np.full((len(self.windows), figures), np.nan)}


def fits_run(forward: Forward, windows: Sequence[Window]) -> FitsRun:
    """Return the work of a prediction.

    Raises
    ------
    InputError
        If a fit does not go with the scenario.
    """
    question = forward.question
    return FitsRun(
        cases=tuple(_cases(forward)),
        settings=tuple(settings_of(fitted_question(question, forward.fits, number))[0] for number in forward.numbers),
        costs=question.scenario.costs,
        engine="compiled",
        idle=question.idle_pools,
        service_type=forward.fits.service_type,
        start=forward.start,
        years=question.scenario.run.years,
        windows=tuple(windows),
    )


def _cases(forward: Forward) -> list[str]:
    return [f"fit-{number}" for number in forward.numbers]


def identity_of(forward: Forward, windows: Sequence[Window]) -> dict[str, Any]:
    """Describe all that could move a figure of a run (`simulator.running.identity`)."""
    fits = forward.fits
    return identity(forward.question, "none") | {
        "fits": dict(zip(_cases(forward), (fits.fits[number - 1] for number in forward.numbers), strict=True)),
        "service_type": fits.service_type,
        "fits_begin": fits.begins.isoformat(),
        "windows": [[day.isoformat() for day in window] for window in windows],
    }


def read_figures(kept: BatchFolder, runs: int) -> npt.NDArray[np.float64]:
    """Read what is finished, up to the first replication that is not there: shape (runs, fits, windows, figures).

    Raises
    ------
    InputError
        If a run failed: a prediction needs all of its runs.
    """
    files = finished_files(kept, runs)
    failures = [failure for file in files if file.failed for failure in file.failures()]
    if failures:
        first = failures[0]
        raise InputError(
            f"{counted(len(failures), 'run')} failed, and a prediction needs all of its runs; the first, replication "
            f"{first.replication} of {first.case} with seed {first.seed}: {first.error} ({first.where})"
        )
    arrays = [file.arrays(_FIGURES)[_FIGURES][: min(file.last, runs) - file.first + 1] for file in files]
    return np.concatenate(arrays) if arrays else np.empty((0, 0, 0, 0))
