"""What the columns of a prediction hold, beside what was recorded or by itself."""

from typing import Final

from simulator.answers.meanings import Meaning
from simulator.answers.run_files import FIGURES_BY_FIT, FITS_RUN, FORECAST, SCORES, TRANSITIONS, VALIDATION
from simulator.questions.calibrate.counting import LETTERS
from simulator.questions.calibrate.mechanisms import described

OF_FIGURE: Final = "unit of the figure in the same row"
ERRORS: Final = "standard errors"
SHARE: Final = "share, 0 to 1"
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

PREDICTED: Final[dict[str, dict[str, Meaning]]] = {
    VALIDATION: _FIGURE | _predicted(OF_FIGURE) | _JUDGED,
    TRANSITIONS: {
        "before": Meaning("From", "text", "name", "grade of a full inspection", GRADES),
        "after": Meaning("To", "text", "name", "grade of the provider's next full inspection", GRADES),
        "pairs": Meaning("Pairs recorded", "whole number", "number", "pairs of such inspections in the records"),
        "recorded": Meaning("Recorded", "number", SHARE, "of the pairs that start with the same grade"),
        "nothing_changes": Meaning("Nothing changes", "number", SHARE, "the same in the years before"),
        **_predicted(SHARE),
    },
    SCORES: {
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
    },
    FIGURES_BY_FIT: _FIGURE
    | _KNOWN
    | {"value": Meaning("Value", "number", OF_FIGURE, "mean over the runs of the fit; empty if none had a case")},
    FORECAST: _FIGURE | _KNOWN | _predicted(OF_FIGURE),
    FITS_RUN: {each.name: Meaning(each.title, "number", each.unit, "mechanism of the fit") for each in described()},
    "charts/judgements.csv": _FIGURE | _APART,
    "charts/visits.csv": _FIGURE | _APART,
}
"""By file, what a column holds there."""
