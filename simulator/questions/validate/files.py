"""The files that a validation, a score or a forecast leaves, with what their columns hold."""

from typing import Final

from simulator.answers.file import File
from simulator.answers.files import CHARTS, files
from simulator.answers.meanings import SHARE, Meaning
from simulator.questions.calibrate.counting import LETTERS
from simulator.questions.calibrate.mechanisms import described
from simulator.running.store import MANIFEST

VALIDATION: Final = "validation.csv"
TRANSITIONS: Final = "transitions.csv"
SCORES: Final = "scores.csv"
FIGURES_BY_FIT: Final = "figures_by_fit.csv"
FORECAST: Final = "forecast.csv"
FITS_RUN: Final = "fits_run.csv"
OVER_FITS: Final = "from the lowest to the highest of the fits"
OF_FIGURE: Final = "unit of the figure in the same row"
ERRORS: Final = "standard errors"
GRADES: Final = ", ".join(LETTERS.values())
OUTCOMES: Final = "hit, miss"

_FIGURE: Final = {
    "figure": Meaning("Figure", "text", "name", "name of the figure"),
    "title": Meaning("Title of the figure", "text", "text", "title of the figure"),
    "unit": Meaning("Unit", "text", "text", "unit of the figure"),
    "fitted_to": Meaning(
        "Used in fitting", "yes or no", "yes or no", "whether it is of a type used in fitting; others are shown"
    ),
}
_KNOWN: Final = {
    "known_from": Meaning("Known from", "date", "YYYY-MM-DD", "day from which earlier inspections are known")
}


def _predicted(unit: str) -> dict[str, Meaning]:
    return {
        "predicted": Meaning("Predicted", "number", unit, "mean over the fits; empty if no run had a case"),
        "predicted_low": Meaning("Predicted, lowest", "number", unit, "lowest of the fits"),
        "predicted_high": Meaning("Predicted, highest", "number", unit, "highest of the fits"),
        "predicted_error": Meaning("Error of the mean", "number", unit, "standard error of the mean, from run to run"),
    }


_JUDGED: Final = {
    "cases": Meaning("Cases", "whole number", "number", "number of inspections, pairs or providers counted"),
    "recorded": Meaning("Recorded", "number", OF_FIGURE, "as counted from the records; empty without a case"),
    "recorded_error": Meaning("Error, recorded", "number", OF_FIGURE, "standard error, by resampling providers"),
    "tolerance": Meaning(
        "Tolerance",
        "number",
        OF_FIGURE,
        "twice the standard error of recorded minus predicted; empty if not judged",
    ),
    "outcome": Meaning("Outcome", "text", "name", "whether the prediction hits; empty with too few cases", OUTCOMES),
    "in_range": Meaning(
        "In range",
        "text",
        "name",
        "position of the recorded figure relative to the range over the fits",
        "inside, outside",
    ),
    "nothing_changes": Meaning("Nothing changes", "number", OF_FIGURE, "as counted in the years before; empty if not"),
    "nothing_changes_outcome": Meaning(
        "Outcome if nothing changes", "text", "name", "whether the forecast that nothing changes hits", OUTCOMES
    ),
}
_APART: Final = {
    "errors_apart": Meaning("Predicted", "number", ERRORS, "predicted minus recorded"),
    "errors_apart_low": Meaning("Lowest of the fits", "number", ERRORS, "lowest of the fits minus recorded"),
    "errors_apart_high": Meaning("Highest of the fits", "number", ERRORS, "highest of the fits minus recorded"),
    "errors_apart_nothing_changes": Meaning("Nothing changes", "number", ERRORS, "years before minus recorded"),
}

_TRANSITIONS: Final = {
    "before": Meaning("From", "text", "name", "grade of a full inspection", GRADES),
    "after": Meaning("To", "text", "name", "grade of the provider's next full inspection", GRADES),
    "pairs": Meaning("Pairs recorded", "whole number", "number", "pairs of such inspections in the records"),
    "recorded": Meaning("Recorded", "number", SHARE, "of the pairs that start with the same grade"),
    "nothing_changes": Meaning("Nothing changes", "number", SHARE, "the same in the years before"),
    **_predicted(SHARE),
}
_SCORES: Final = {
    "score": Meaning(
        "Score",
        "text",
        "name",
        "shares of figures hit, and of those in range; or the mean absolute error of the transition matrix",
        "hits, hits_fitted_to, hits_other, coverage, hits_beside, transitions_error",
    ),
    "predicted": Meaning("Prediction", "number", SHARE, "score of the mean over the fits"),
    "nothing_changes": Meaning("Nothing changes", "number", SHARE, "score of the years before as the forecast"),
    "figures": Meaning("Figures", "whole number", "number", "number of figures"),
}
_BY_FIT: Final = {
    **_FIGURE,
    **_KNOWN,
    "value": Meaning("Value", "number", OF_FIGURE, "mean over the runs of the fit; empty if none had a case"),
}
_MECHANISMS: Final = {
    mechanism.name: Meaning(mechanism.title, "number", mechanism.unit, "mechanism of the fit")
    for mechanism in described()
}

FILES: Final = files(
    CHARTS,
    File(
        VALIDATION,
        "every figure: recorded, predicted with its range over the fits, hit or miss, and the forecast of no change",
        "Figures",
        "Every figure, recorded and predicted",
        OVER_FITS,
        _FIGURE | _predicted(OF_FIGURE) | _JUDGED,
    ),
    File(
        TRANSITIONS,
        "from one full inspection to the next: pairs recorded, and shares recorded and predicted",
        "Transitions",
        "From one full inspection to the next",
        OVER_FITS,
        _TRANSITIONS,
    ),
    File(
        SCORES,
        "shares of hits, coverage, and the error of the transition matrix, next to the forecast of no change",
        "Scores",
        "Closeness of the prediction, and of the forecast of no change",
        columns=_SCORES,
    ),
    File(
        FIGURES_BY_FIT,
        "every predicted figure under each fit",
        "By fit",
        "Every predicted figure under each fit",
        columns=_BY_FIT,
    ),
    File("charts/judgements.csv", columns=_FIGURE | _APART),
    File("charts/visits.csv", columns=_FIGURE | _APART),
)
FORECAST_FILES: Final = files(
    File(
        FORECAST,
        "every figure with its range over the fits, for every day on which records may start",
        "Figures",
        "Every predicted figure",
        OVER_FITS,
        _FIGURE | _KNOWN | _predicted(OF_FIGURE),
    ),
    File(FIGURES_BY_FIT, "the same under each fit", "By fit", "Every figure under each fit", columns=_BY_FIT),
    File(FITS_RUN, "the mechanisms of the fits used", "Fits", "Mechanisms of the fits used", columns=_MECHANISMS),
    File(MANIFEST, "versions, options, time taken, checksums, and the seal: the digest of everything"),
)
