"""A forecast: a prediction of years to come, for every length of earlier records that it may be scored with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from simulator.answers.answer import answer_of, as_text
from simulator.answers.keeping import Keeping
from simulator.answers.paragraphs import print_aside, print_paragraphs
from simulator.answers.run_files import (
    ANSWER,
    FIGURES_BY_FIT,
    FITS_RUN,
    FORECAST,
    FORECAST_EXPECTED,
    FORECAST_FILES,
)
from simulator.inputs.messages import InputError, Named
from simulator.questions.calibrate.window import Window
from simulator.questions.compare.answer import given, times_of
from simulator.questions.validate.asked import Forward, Wanted, forward_of
from simulator.questions.validate.judged import years_told
from simulator.questions.validate.predicted import Prediction, predicted
from simulator.questions.validate.told import prediction_caveats, prediction_sentences
from simulator.render.writing import finish
from simulator.running.batch_files import BatchFolder
from simulator.running.replicating import Progress
from simulator.running.run_folder import provenance, write_question
from simulator.running.store import SEAL, RunFolder, read_manifest

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console

KNOWN_FROM: Final = "known_from"
"""Column: from which day on inspections are known; records that begin later are scored by those rows."""


@dataclass(frozen=True)
class Foretold:
    """What a set of fits foretells."""

    forward: Forward
    predictions: tuple[Prediction, ...]
    """Of the same years, with all that the runs know from before them first, and with nothing from before them last."""

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


def write_foretold(
    folder: RunFolder, foretold: Foretold, options: Mapping[str, Any], began: datetime, *, ended: datetime | None = None
) -> list[str]:
    """Write a forecast, seal it and put it in its place; give the names of the files.

    Raises
    ------
    InputError
        If there is a sealed forecast in the folder already.
    """
    check_unsealed(folder.target)
    forward, prediction = foretold.forward, foretold.prediction
    folder.write_text(ANSWER, as_text(answer_of(prediction_sentences(prediction), foretold_caveats(foretold))))
    folder.write_csv(FORECAST, forecast_frame(foretold))
    folder.write_csv(FIGURES_BY_FIT, by_fit_frame(foretold))
    folder.write_csv(FITS_RUN, mechanisms_frame(foretold))
    write_question(folder, forward.question)
    made = {
        "question": "forecast",
        "fits": forward.fits.name,
        "service_type": forward.fits.service_type,
        "fits_run": list(forward.numbers),
        "replications": forward.runs,
        "counted_from": forward.counted_from.isoformat(),
        "until": forward.until.isoformat(),
        "fitted_until": forward.fitted_until.isoformat(),
    }
    manifest = provenance(forward.question, given(options), made | times_of(began, ended))
    files = finish(folder, manifest, sealed=True)
    folder.forget()
    return files


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


def print_foretold(foretold: Foretold, console: "Console") -> None:
    """Print the main figures of a forecast, and what it rests on."""
    console.print()
    print_paragraphs(prediction_sentences(foretold.prediction), console)
    console.print()
    print_aside(foretold_caveats(foretold), console)


FORETOLD: Final = Keeping(FORECAST_EXPECTED, FORECAST_FILES, write_foretold, print_foretold)
