"""A prediction, and how it came out, in sentences."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

import numpy as np

from simulator.questions.calibrate.distance import LEAST_CASES
from simulator.questions.calibrate.words import value_words
from simulator.questions.validate.judged import DEALT_OUT, Judged, matrix_error, share, years_told
from simulator.questions.validate.predicted import Prediction
from simulator.running.question import Question
from simulator.words.wording import capital, counted, day_words, joined, named, number

_MISSED: Final = 8
"""Figures missed that are named, at most."""
_HEADLINES: Final = ("judged_1_in_year_", "judged_2_in_year_", "judged_4_in_year_", "stock_1_after_year_")
_VISITED: Final = ("full_visits_of_all", "interim_visits_of_all")
_RULE: Final = (
    "A prediction hits if it lies within two standard errors of the recorded figure. The error combines that of the "
    "records, by resampling providers with all of their inspections (and never less than if the prediction were "
    "true), and that of the mean over the fits, from run to run. The spread of the fits does not widen the tolerance, "
    "and is shown separately. For a true model 95 in 100 figures hit on average. Figures of the same homes move "
    "together, so in the records of one year it may be fewer or more."
)
FEW: Final = f"Figures counted over fewer than {LEAST_CASES} cases in the records are shown but not judged."


def judged_sentences(judged: Judged) -> list[str]:
    """Report how a prediction came out: hits, coverage, and beside the forecast that nothing changes."""
    return [*_hits(judged), _covered(judged), _matrix(judged), *_beside(judged), *_missed(judged)]


def _hits(judged: Judged) -> Iterator[str]:
    there, hit = judged.judged, judged.hit
    of, others = there & judged.fitted, there & ~judged.fitted
    years = years_told(judged.prediction.window)
    if not there.any():
        yield f"No figure of {years} has {LEAST_CASES} cases or more, so nothing can be judged."
        return
    yield (
        f"The prediction hits {(hit & there).sum()} of {counted(int(there.sum()), 'figure')} of {years} that can be "
        f"judged: {(hit & of).sum()} of {of.sum()} of a type used in fitting, and {(hit & others).sum()} of "
        f"{others.sum()} others, many of them determined by rules of the framework."
    )


def _covered(judged: Judged) -> str:
    inside = share(judged.covered, judged.judged)
    return (
        f"The recorded figure lies in the range over the {counted(len(judged.prediction.numbers), 'fit')}, widened by "
        f"two standard errors, for {number(100 * inside)}% of them."
    )


def _matrix(judged: Judged) -> str:
    told = (
        f"The {len(DEALT_OUT)} shares of the transition matrix, from one full inspection to the next, are missed by "
        f"{number(100 * matrix_error(judged, judged.prediction.mean), 1)} percentage points on average"
    )
    if judged.before is None:
        return f"{told}. The records have no earlier year, so the forecast of no change cannot be computed."
    return (
        f"{told}; the forecast of no change misses them by "
        f"{number(100 * matrix_error(judged, judged.before.value), 1)}."
    )


def _beside(judged: Judged) -> Iterator[str]:
    both = judged.unchanged_known
    if both.any():
        yield (
            f"Of the {counted(int(both.sum()), 'figure')} that can also be counted in the years before, the "
            f"prediction hits {(judged.hit & both).sum()}, and the forecast of no change {judged.unchanged_hit.sum()}."
        )


def _missed(judged: Judged) -> Iterator[str]:
    missed = np.flatnonzero(judged.judged & ~judged.hit)
    with np.errstate(divide="ignore"):  # what every home has alike is missed by any difference
        apart = np.abs(judged.recorded.value - judged.prediction.mean)[missed] / judged.tolerance[missed]
    worst = missed[np.argsort(-apart, kind="stable")]
    if len(worst):
        said = "; ".join(_miss(judged, int(at)) for at in worst[:_MISSED])
        more = f"; and {len(worst) - _MISSED} more" if len(worst) > _MISSED else ""
        yield f"Missed, worst first: {said}{more}."


def _miss(judged: Judged, at: int) -> str:
    moment = judged.moments[at]
    title = moment.title[:1].lower() + moment.title[1:]
    recorded, mean = (value_words(side[at], moment.unit) for side in (judged.recorded.value, judged.prediction.mean))
    return f"{title}, {recorded} recorded and {mean} predicted"


def judged_caveats(judged: Judged) -> list[str]:
    """Report what the sentences rest on."""
    window = judged.prediction.window
    told = [*prediction_caveats(judged.question, judged.fits, judged.prediction), _RULE, FEW]
    if window.counted_from < judged.fitted_until:
        told.insert(
            0,
            f"The fits used records up to {day_words(judged.fitted_until - timedelta(days=1))}, including those of "
            f"{years_told(window)}: this shows how well they fit, not how well they predict.",
        )
    if judged.before:
        told.append(
            "The forecast of no change uses each figure from the earlier years of the records, all together; for a "
            "figure of one year, from the last of them."
        )
    told.append(
        f"Recorded figures are counted from {judged.source.name}, from {day_words(window.counted_from)} on; "
        f"inspections from {day_words(window.known_from)} on are known for both records and runs."
    )
    return told


def prediction_caveats(question: Question, fits: str, prediction: Prediction) -> list[str]:
    """Report which runs a prediction comes from."""
    fits = (
        f"{capital(counted(len(prediction.numbers), 'fit'))} of {fits}, which fit about equally well, are run "
        f"{prediction.runs} times each, {_under(question)}. A prediction is the mean over the fits; the range is from "
        "the lowest to the highest of them."
    )
    return [fits, "All predicted numbers are simulated and depend on the assumptions listed in report.html."]


def _under(question: Question) -> str:
    """Report what is in force from when on."""
    parts: dict[str, str] = {}
    for change in question.changes:
        title = change.framework.title if change.framework else question.titles[question.names[0]]
        parts.setdefault(title, f"under {named(title)} from {day_words(change.begins)} on")
    return joined(list(parts.values()))


def prediction_sentences(prediction: Prediction) -> list[str]:
    """Report the main figures of a prediction, each with its range over the fits."""
    names = [moment.name for moment in prediction.moments]
    shown = [at for at, name in enumerate(names) if name.startswith(_HEADLINES) or name in _VISITED]
    return [_figure(prediction, at) for at in shown if np.isfinite(prediction.mean[at])]


def _figure(prediction: Prediction, at: int) -> str:
    moment = prediction.moments[at]
    values = (prediction.mean[at], prediction.low[at], prediction.high[at])
    mean, low, high = (value_words(float(value), moment.unit) for value in values)
    return f"{moment.title}: {mean} ({low} to {high} over the fits)."
