"""The answer of `forecast`: a prediction of years to come, written as a sealed folder."""

from collections.abc import Mapping
from typing import Any

from simulator.answers.kind import Kind
from simulator.answers.read_off import Frame, ReadOff, Shown
from simulator.questions.validate import forecast_report as report
from simulator.questions.validate.files import FIGURES_BY_FIT, FITS_RUN, FORECAST, FORECAST_FILES
from simulator.questions.validate.foretold import (
    Foretold,
    by_fit_frame,
    check_unsealed,
    forecast_frame,
    foretold_caveats,
    mechanisms_frame,
    shown_frame,
)
from simulator.questions.validate.told import prediction_sentences
from simulator.running.store import RunFolder


class Forecast(ReadOff[Foretold]):
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
    shown = Shown(lambda foretold: prediction_sentences(foretold.prediction), foretold_caveats, shown_frame)

    figures = Frame(FORECAST, forecast_frame)
    by_fit = Frame(FIGURES_BY_FIT, by_fit_frame)
    fits = Frame(FITS_RUN, mechanisms_frame)

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
        forward = self.found.forward
        return {
            "fits": forward.fits.name,
            "service_type": forward.fits.service_type,
            "fits_run": list(forward.numbers),
            "replications": forward.runs,
            "counted_from": forward.counted_from.isoformat(),
            "until": forward.until.isoformat(),
            "fitted_until": forward.fitted_until.isoformat(),
        }
