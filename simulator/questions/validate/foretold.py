"""A forecast: a prediction of years to come, for every length of earlier records that it may be scored with."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from simulator.inputs.messages import InputError, Named
from simulator.questions.calibrate.window import Window
from simulator.questions.calibrate.words import value_words
from simulator.questions.validate.asked import Forward, Wanted, forward_of
from simulator.questions.validate.judged import years_told
from simulator.questions.validate.predicted import Prediction, predicted
from simulator.questions.validate.told import prediction_caveats
from simulator.running.batch_files import BatchFolder
from simulator.running.question import Question
from simulator.running.replicating import Progress
from simulator.running.store import SEAL, read_manifest

if TYPE_CHECKING:
    import pandas as pd

KNOWN_FROM: Final = "known_from"
"""Column: from which day on inspections are known; records that begin later are scored by those rows."""


@dataclass(frozen=True)
class Foretold:
    """What a set of fits foretells."""

    forward: Forward
    predictions: tuple[Prediction, ...]
    """Of the same years, with all that the runs know from before them first, and with nothing from before them last."""

    @property
    def question(self) -> Question:
        """As it was run in the fits."""
        return self.forward.question

    @property
    def prediction(self) -> Prediction:
        """That with all that is known from before."""
        return self.predictions[0]


def foretell(
    wanted: Wanted,
    counted_from: date,
    years: int,
    workers: int,
    progress: Progress | None = None,
    batches: BatchFolder | None = None,
    resume: bool = False,
) -> Foretold:
    """Predict the figures of so many inspection years.

    Raises
    ------
    InputError
        If something given cannot be used.
    """
    if years < 1:
        raise InputError(Named("years"), f": given {years}; allowed: 1 or more")
    until = date(counted_from.year + years, counted_from.month, counted_from.day)
    forward = forward_of(wanted, counted_from, until)
    known_from = [date(year, 4, 1) for year in range(forward.start.year, counted_from.year + 1)]
    windows = [Window(each, counted_from, until) for each in known_from]
    return Foretold(forward, tuple(predicted(forward, windows, workers, progress, batches, resume)))


def forecast_frame(foretold: Foretold) -> "pd.DataFrame":
    """Return every figure, for every day from which inspections may be known."""
    return _joined(foretold, [each.frame() for each in foretold.predictions])


def by_fit_frame(foretold: Foretold) -> "pd.DataFrame":
    """Return every figure under each fit, for every day from which inspections may be known."""
    return _joined(foretold, [each.fits_frame() for each in foretold.predictions])


def _joined(foretold: Foretold, frames: "list[pd.DataFrame]") -> "pd.DataFrame":
    import pandas as pd

    days = [each.window.known_from.isoformat() for each in foretold.predictions]
    for day, frame in zip(days, frames, strict=True):
        frame.insert(0, KNOWN_FROM, day)
    return pd.concat(frames, ignore_index=True)


def mechanisms_frame(foretold: Foretold) -> "pd.DataFrame":
    """Return the mechanisms of the fits that were run."""
    import pandas as pd

    forward = foretold.forward
    return pd.DataFrame([{"fit": number} | forward.fits.fits[number - 1] for number in forward.numbers])


def check_unsealed(folder: Path) -> None:
    """Refuse a folder in which there is a sealed forecast: none is ever replaced.

    Raises
    ------
    InputError
        If there is one.
    """
    if SEAL in (read_manifest(folder) or {}):
        raise InputError(f"{folder}: already contains a sealed forecast. Choose another folder (", Named("out"), ")")


def foretold_caveats(foretold: Foretold) -> list[str]:
    """Report what a forecast rests on, and that it is sealed."""
    forward, years = foretold.forward, years_told(foretold.prediction.window)
    sealed = (
        f"These figures are predictions for {years} for all providers together, sealed when they were made. To "
        "compare them with what happened, use inspectsim score FOLDER RECORDS.csv."
    )
    return [*prediction_caveats(forward.question, forward.fits.name, foretold.prediction), sealed]


def shown_frame(foretold: Foretold) -> "pd.DataFrame":
    """Return every figure for people: its mean over the fits, and their range."""
    import pandas as pd

    prediction = foretold.prediction
    rows = [
        (moment.title, *(value_words(value, moment.unit) for value in values))
        for moment, *values in zip(prediction.moments, prediction.mean, prediction.low, prediction.high, strict=True)
    ]
    return pd.DataFrame(rows, columns=["figure", "mean", "least", "greatest"])
