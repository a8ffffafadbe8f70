"""The prediction: every figure counted in runs of each fit, its range over the fits and its error from run to run."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from warnings import catch_warnings, simplefilter

import numpy as np
import numpy.typing as npt

from simulator.questions.calibrate.counting import Moment
from simulator.questions.calibrate.moments import moments_of
from simulator.questions.calibrate.window import Window
from simulator.questions.validate.asked import Forward
from simulator.questions.validate.fits_run import fits_run, identity_of, read_figures
from simulator.running.batch_files import BatchFolder
from simulator.running.crews import Crewing
from simulator.running.interruption import interruption
from simulator.running.replicating import Progress, replicate

if TYPE_CHECKING:
    import pandas as pd

Floats = npt.NDArray[np.float64]

_FIGURES: Final = ("figure", "title", "unit", "fitted_to")
"""Columns that say what a figure is."""


@dataclass(frozen=True)
class Prediction:
    """Every figure of a window, as the fits predict it; arrays have shape (figures,) where nothing else is said."""

    window: Window
    moments: tuple[Moment, ...]
    numbers: tuple[int, ...]
    """Which fits of the set were run."""
    runs: int
    """Of each of them."""
    by_fit: Floats
    """Mean over the runs of each fit, shape (fits, figures)."""
    mean: Floats
    """Over the fits; not a number where no run had a case."""
    error: Floats
    """Standard error of the mean, from run to run: all fits use the same random numbers."""

    @property
    def low(self) -> Floats:
        """The least over the fits."""
        return _quietly(np.nanmin, self.by_fit, 0)

    @property
    def high(self) -> Floats:
        """The greatest over the fits."""
        return _quietly(np.nanmax, self.by_fit, 0)

    def frame(self) -> "pd.DataFrame":
        """Return every figure: what it is, its mean, the range over the fits, and the error of the mean."""
        import pandas as pd

        told = pd.DataFrame(
            [(moment.name, moment.title, moment.unit, moment.fitted) for moment in self.moments], columns=_FIGURES
        )
        values = {"predicted": self.mean, "predicted_low": self.low, "predicted_high": self.high}
        return told.assign(**values, predicted_error=self.error)

    def fits_frame(self) -> "pd.DataFrame":
        """Return every figure under each fit: columns fit, figure, value."""
        import pandas as pd

        names = [moment.name for moment in self.moments]
        rows = [
            (number, name, value)
            for number, values in zip(self.numbers, self.by_fit, strict=True)
            for name, value in zip(names, values, strict=True)
        ]
        return pd.DataFrame(rows, columns=["fit", "figure", "value"])


def predicted(
    forward: Forward,
    windows: Sequence[Window],
    workers: int = 1,
    progress: Progress | None = None,
    batches: BatchFolder | None = None,
    resume: bool = False,
) -> list[Prediction]:
    """Run every fit, and count every figure in each window.

    Parameters
    ----------
    forward
        What is run.
    windows
        Of the same years, between the first day and the last of the runs; each has a prediction.
    workers
        Number of parallel runs; changes no result.
    progress
        Receives the number of finished runs, and of all.
    batches
        Folder in which finished runs are kept; a temporary folder if left out.
    resume
        Whether to continue with the runs that are there.

    Raises
    ------
    InputError
        If a run failed, or the runs that are there answer another question.
    KeyboardInterrupt
        If Ctrl-C is pressed; finished runs are kept.
    """
    work, kept = fits_run(forward, windows), batches or BatchFolder.temporary()
    kept.begin(identity_of(forward, windows), resume)
    with interruption() as heard:
        replicate(work, forward.runs, Crewing(workers=workers), kept, progress, heard, largest=1)
    figures = read_figures(kept, forward.runs)
    if len(figures) < forward.runs:
        raise KeyboardInterrupt
    return [
        prediction_of(window, forward.numbers, np.ascontiguousarray(figures[:, :, position].swapaxes(0, 1)))
        for position, window in enumerate(windows)
    ]


def prediction_of(window: Window, numbers: tuple[int, ...], values: Floats) -> Prediction:
    """Gather the figures of runs, shape (fits, runs, figures); runs without a case of one are left out of it."""
    by_fit, by_run = _quietly(np.nanmean, values, 1), _quietly(np.nanmean, values, 0)
    runs = np.isfinite(by_run).sum(axis=0)
    return Prediction(
        window,
        moments_of(window.years, window.counted_from.year),
        numbers,
        values.shape[1],
        by_fit,
        _quietly(np.nanmean, by_fit, 0),
        _quietly(partial(np.nanstd, ddof=1), by_run, 0) / np.sqrt(np.maximum(runs, 1)),
    )


def _quietly(how: Callable[..., Any], values: Floats, axis: int) -> Floats:
    """Reduce along an axis; a figure without a case in any run is not a number."""
    with catch_warnings():
        simplefilter("ignore", RuntimeWarning)
        reduced: Floats = how(values, axis=axis)
    return reduced
