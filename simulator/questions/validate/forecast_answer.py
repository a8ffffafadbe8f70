"""The answer of `forecast`: a prediction of years to come, written as a sealed folder."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from simulator.answers.answer import Answer, Asked
from simulator.answers.kind import Kind
from simulator.questions.calibrate.words import value_words
from simulator.questions.validate import forecast_report as report
from simulator.questions.validate.files import FIGURES_BY_FIT, FITS_RUN, FORECAST, FORECAST_FILES
from simulator.questions.validate.foretold import (
    Foretold,
    by_fit_frame,
    check_unsealed,
    forecast_frame,
    foretold_caveats,
    mechanisms_frame,
)
from simulator.questions.validate.told import prediction_sentences
from simulator.running.store import RunFolder

if TYPE_CHECKING:
    import pandas as pd


class Forecast(Answer):
    """The answer of `forecast`; `save` writes it as a sealed folder."""

    kind = Kind(
        "forecast",
        "Forecast",
        FORECAST_FILES,
        report.question,
        report.sections,
        report.command,
        needs="the set of fits",
        sealed=True,
    )

    def __init__(self, foretold: Foretold, asked: Asked) -> None:
        super().__init__(foretold.forward.question, asked)
        self.foretold = foretold

    @property
    def sentences(self) -> list[str]:
        """The main figures, each with its range over the fits."""
        return prediction_sentences(self.foretold.prediction)

    @property
    def rests_on(self) -> list[str]:
        """What the sentences rest on."""
        return foretold_caveats(self.foretold)

    @property
    def table(self) -> "pd.DataFrame":
        """Every figure for people: its mean over the fits, and their range."""
        import pandas as pd

        prediction = self.foretold.prediction
        rows = [
            (moment.title, *(value_words(value, moment.unit) for value in values))
            for moment, *values in zip(
                prediction.moments, prediction.mean, prediction.low, prediction.high, strict=True
            )
        ]
        return pd.DataFrame(rows, columns=["figure", "mean", "least", "greatest"])

    @property
    def figures(self) -> "pd.DataFrame":
        """Every figure, for every day from which inspections may be known: known_from, figure, predicted and so on."""
        return forecast_frame(self.foretold)

    @property
    def by_fit(self) -> "pd.DataFrame":
        """Every figure under each fit: known_from, fit, figure, value."""
        return by_fit_frame(self.foretold)

    def tables(self) -> "Mapping[str, pd.DataFrame]":
        """Return every table."""
        return {FORECAST: self.figures, FIGURES_BY_FIT: self.by_fit, FITS_RUN: mechanisms_frame(self.foretold)}

    def write_rest(self, folder: RunFolder) -> None:
        """Refuse a folder in which there is a sealed forecast: none is ever replaced.

        Raises
        ------
        InputError
            If there is one.
        """
        check_unsealed(folder.target)

    @property
    def made(self) -> Mapping[str, Any]:
        """Which fits were run how often, and for which years."""
        forward = self.foretold.forward
        return {
            "fits": forward.fits.name,
            "service_type": forward.fits.service_type,
            "fits_run": list(forward.numbers),
            "replications": forward.runs,
            "counted_from": forward.counted_from.isoformat(),
            "until": forward.until.isoformat(),
            "fitted_until": forward.fitted_until.isoformat(),
        }
