"""The prediction: every figure counted in runs of each fit, and how far chance and the fits spread it."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import TYPE_CHECKING, Any, Final
from warnings import catch_warnings, simplefilter

import numpy as np
import numpy.typing as npt

from simulator.engine.run import simulate
from simulator.engine.setting import Setting
from simulator.questions.calibrate.counting import Moment
from simulator.questions.calibrate.moments import moments_of, readings
from simulator.questions.calibrate.trial import inspections_of
from simulator.questions.calibrate.window import Window, within
from simulator.questions.over_fits.worlds import fitted_question
from simulator.questions.validate.asked import Forward
from simulator.running.question import settings_of
from simulator.running.replicating import FIRST_REPLICATION, Progress

if TYPE_CHECKING:
    import pandas as pd

Floats = npt.NDArray[np.float64]

FIGURES: Final = ("figure", "title", "unit", "fitted_to")
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
    """Standard error of the mean, from run to run: all fits meet the same chances."""

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

        told = pd.DataFrame([(each.name, each.title, each.unit, each.fitted) for each in self.moments], columns=FIGURES)
        values = {"predicted": self.mean, "predicted_low": self.low, "predicted_high": self.high}
        return told.assign(**values, predicted_error=self.error)

    def fits_frame(self) -> "pd.DataFrame":
        """Return every figure under each fit: columns fit, figure, value."""
        import pandas as pd

        names = [each.name for each in self.moments]
        rows = [
            (number, name, value)
            for number, values in zip(self.numbers, self.by_fit, strict=True)
            for name, value in zip(names, values, strict=True)
        ]
        return pd.DataFrame(rows, columns=["fit", "figure", "value"])


def predicted(
    forward: Forward, windows: Sequence[Window], workers: int = 1, progress: Progress | None = None
) -> list[Prediction]:
    """Run every fit, and count every figure in each window.

    Parameters
    ----------
    forward
        What is run.
    windows
        Between the first day and the last of the runs; each gives a prediction.
    workers
        Runs at a time; changes no result.
    progress
        Told how many runs of how many are done.
    """
    found = list(_counted(forward, windows, workers, progress))
    shape = (len(forward.numbers), forward.runs, -1)
    return [
        prediction_of(window, forward.numbers, np.array([run[position] for run in found]).reshape(shape))
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


def _counted(
    forward: Forward, windows: Sequence[Window], workers: int, progress: Progress | None
) -> Iterator[list[list[float]]]:
    """Count the figures in each window of each run, fit after fit."""
    settings = [settings_of(fitted_question(forward.question, forward.fits, number))[0] for number in forward.numbers]
    cases = list(product(settings, range(FIRST_REPLICATION, FIRST_REPLICATION + forward.runs)))

    def one(case: tuple[Setting, int]) -> list[list[float]]:
        trace = simulate(*case)
        seen = inspections_of(trace, forward.fits.service_type, forward.question.scenario.run.years)
        return [[each.value for each in readings(within(seen, forward.start, window)).values()] for window in windows]

    tell = progress or (lambda _done, _of: None)
    tell(0, len(cases))
    with ThreadPoolExecutor(workers) as executor:
        try:
            for done, figures in enumerate(executor.map(one, cases), start=1):
                yield figures
                tell(done, len(cases))
        except BaseException:
            executor.shutdown(cancel_futures=True)
            raise
