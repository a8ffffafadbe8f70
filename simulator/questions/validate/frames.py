"""The tables of a prediction beside what was recorded: every figure, the transition matrix, the scores."""

from typing import TYPE_CHECKING

import numpy as np

from simulator.questions.calibrate.counting import LETTERS, STEPS
from simulator.questions.calibrate.words import value_words
from simulator.questions.validate.judged import DEALT_OUT, Judged, Marks, matrix_error, share

if TYPE_CHECKING:
    import pandas as pd


def figures_frame(judged: Judged) -> "pd.DataFrame":
    """Return every figure: recorded, predicted, hit or miss, and what it would be if nothing changed."""
    recorded, before = judged.recorded, judged.before
    there, unchanged_there = judged.judged, judged.unchanged_known
    return judged.prediction.frame().assign(
        cases=recorded.cases,
        recorded=recorded.value,
        recorded_error=recorded.error,
        tolerance=np.where(there, judged.tolerance, np.nan),
        outcome=_outcomes(there, judged.hit),
        in_range=_outcomes(there, judged.covered, ("inside", "outside")),
        nothing_changes=before.value if before else np.nan,
        nothing_changes_outcome=_outcomes(unchanged_there, judged.unchanged_hit),
    )


def _outcomes(there: Marks, held: Marks, words: tuple[str, str] = ("hit", "miss")) -> list[str]:
    """Report of each figure how it came out, nothing where it cannot be judged."""
    return [words[0 if yes else 1] if known else "" for known, yes in zip(there, held, strict=True)]


def transitions_frame(judged: Judged) -> "pd.DataFrame":
    """Return the transition matrix: pairs recorded, and shares recorded, predicted and if nothing changed."""
    import pandas as pd

    names = [moment.name for moment in judged.moments]
    at = [names.index(name) for name in DEALT_OUT]
    return pd.DataFrame(
        {
            "before": [LETTERS[before] for before, _ in STEPS],
            "after": [LETTERS[after] for _, after in STEPS],
            "pairs": judged.pairs.ravel(),
            "recorded": judged.recorded.value[at],
            "predicted": judged.prediction.mean[at],
            "predicted_low": judged.prediction.low[at],
            "predicted_high": judged.prediction.high[at],
            "nothing_changes": judged.before.value[at] if judged.before else np.nan,
        }
    )


def scores_frame(judged: Judged) -> "pd.DataFrame":
    """Return the scores, a row each: of the prediction, and of the forecast that nothing changes."""
    import pandas as pd

    there, both = judged.judged, judged.unchanged_known
    rows: list[tuple[str, float, float, int]] = [
        (name, share(judged.hit, among), np.nan, int(among.sum()))
        for name, among in (
            ("hits", there),
            ("hits_fitted_to", there & judged.fitted),
            ("hits_other", there & ~judged.fitted),
        )
    ]
    rows.append(("coverage", share(judged.covered, there), np.nan, int(there.sum())))
    if judged.before:
        rows.append(("hits_beside", share(judged.hit, both), share(judged.unchanged_hit, both), int(both.sum())))
    rows.append(
        (
            "transitions_error",
            matrix_error(judged, judged.prediction.mean),
            matrix_error(judged, judged.before.value) if judged.before else np.nan,
            len(DEALT_OUT),
        )
    )
    return pd.DataFrame(rows, columns=["score", "predicted", "nothing_changes", "figures"])


def shown_frame(judged: Judged) -> "pd.DataFrame":
    """Return the transition matrix for people: pairs, and shares recorded, predicted and if nothing changed."""
    frame = transitions_frame(judged)
    shares = {name: frame[name].map(lambda share: value_words(share, "share")) for name in frame.columns[3:]}
    return frame.assign(**shares).rename(columns=lambda name: name.replace("_", " "))


def fits_frame(judged: Judged) -> "pd.DataFrame":
    """Return every predicted figure under each fit: fit, figure, value."""
    return judged.prediction.fits_frame()
