"""The tables of a set of fits: what each fit is, the profile, figures side by side, and pairs of inspections."""

from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.questions.calibrate.fitting import Fitted
from simulator.questions.calibrate.implied import LASTING, NEVER_FOUND, TURNED, UNDETECTED
from simulator.questions.calibrate.mechanisms import NOISE
from simulator.questions.calibrate.moments import transition_counts

if TYPE_CHECKING:
    import pandas as pd

GRADES: Final = ("outstanding", "good", "requires improvement", "inadequate")
IMPLIED_COLUMNS: Final = {
    UNDETECTED: "undetected_per_100",
    TURNED: "turned_poor_per_100",
    LASTING: "days_without_inspection",
    NEVER_FOUND: "never_found_share",
}
"""Columns of what a fit implies."""


def fits_frame(fitted: Fitted) -> "pd.DataFrame":
    """Return the set: a row for each fit, the best first; all count alike."""
    import pandas as pd

    rows = [
        {
            "fit": number,
            "distance": how.distance,
            "missed": how.missed,
            "transition_deviance": how.deviance,
            "worst_transition_share": how.worst_share,
            "weight": 1 / len(fitted.fits),
            **fit,
            **{column: beside[name] for name, column in IMPLIED_COLUMNS.items()},
        }
        for number, (fit, how, beside) in enumerate(
            zip(fitted.fits, fitted.goodness, fitted.implied, strict=True), start=1
        )
    ]
    return pd.DataFrame(rows)


def profile_frame(fitted: Fitted) -> "pd.DataFrame":
    """Return the profile over judgement noise: a row for each noise, the others refitted."""
    import pandas as pd

    return pd.DataFrame(
        [
            {
                NOISE: each.point.noise,
                "distance": each.distance,
                "excess": each.distance - fitted.goodness[0].distance,
                "undetected_per_100": each.undetected,
                **{name: value for name, value in each.point.values.items() if name != NOISE},
            }
            for each in fitted.profile
        ]
    )


def moments_frame(fitted: Fitted) -> "pd.DataFrame":
    """Return recorded and simulated figures side by side, a row for each."""
    import pandas as pd

    rows = []
    for at, moment in enumerate(fitted.moments):
        reading, error = fitted.target.readings[moment.name], fitted.target.error[moment.name]
        simulated = fitted.figures[:, at]
        rows.append(
            {
                "figure": moment.name,
                "title": moment.title,
                "unit": moment.unit,
                "fitted_to": moment in fitted.target.moments,
                "cases": reading.cases,
                "recorded": reading.value,
                "recorded_low": reading.value - 1.96 * error,
                "recorded_high": reading.value + 1.96 * error,
                "simulated": simulated[0],
                "simulated_low": simulated.min(),
                "simulated_high": simulated.max(),
                "from_run_to_run": fitted.spread[at],
                "errors_apart": (simulated[0] - reading.value) / error if error else np.nan,
                "tells": moment.telling,
            }
        )
    return pd.DataFrame(rows)


def transitions_frame(fitted: Fitted) -> "pd.DataFrame":
    """Return pairs of full inspections: counted in the records, and as the best fit would part as many."""
    import pandas as pd

    counts = transition_counts(fitted.records.inspections)
    names = [each.name for each in fitted.moments]
    rows = []
    for row, before in enumerate(GRADES):
        for column, after in enumerate(GRADES):
            share = fitted.figures[:, names.index(f"from_{4 - row}_to_{4 - column}")]
            total = int(counts[row].sum())
            rows.append(
                {
                    "before": before,
                    "after": after,
                    "recorded": int(counts[row, column]),
                    "simulated": share[0] * total,
                    "simulated_low": share.min() * total,
                    "simulated_high": share.max() * total,
                }
            )
    return pd.DataFrame(rows)
