"""Charts of a prediction beside what was recorded: how many standard errors apart, figure by figure."""

from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.charts.sheet import Chart, drawing
from simulator.questions.calibrate.dots import Dots, dot_plot
from simulator.questions.calibrate.words import value_words
from simulator.questions.validate.judged import TOLERANCE, Judged, Marks, years_told
from simulator.version import __version__

if TYPE_CHECKING:
    import pandas as pd

_JUDGEMENTS: Final = "judgements"
_VISITS: Final = "visits"
_SHOWN: Final = {
    _JUDGEMENTS: "of a type used in fitting",
    _VISITS: "of other types, many of them determined by rules of the framework",
}
"""The charts, by name, and which figures each shows."""


def judged_charts(judged: Judged) -> "list[tuple[Chart, pd.DataFrame]]":
    """Draw the charts that have a figure to show, each with the table of its numbers."""
    with drawing():
        return [(_chart(judged, name, which), _frame(judged, which)) for name, which in _of_charts(judged).items()]


def _of_charts(judged: Judged) -> dict[str, Marks]:
    there = judged.judged & (judged.tolerance > 0)
    shown = {_JUDGEMENTS: there & judged.fitted, _VISITS: there & ~judged.fitted}
    return {name: which for name, which in shown.items() if which.any()}


def _frame(judged: Judged, which: Marks) -> "pd.DataFrame":
    """Return what a chart shows: differences of the prediction from the recorded figure, in standard errors."""
    import pandas as pd

    prediction, error = judged.prediction, judged.tolerance / TOLERANCE
    unchanged = judged.before.value if judged.before else np.full(len(error), np.nan)
    apart = {
        "errors_apart": prediction.mean,
        "errors_apart_low": prediction.low,
        "errors_apart_high": prediction.high,
        "errors_apart_nothing_changes": np.where(judged.unchanged_known, unchanged, np.nan),
    }
    columns = {name: (values - judged.recorded.value)[which] / error[which] for name, values in apart.items()}
    moments = [moment for moment, shown in zip(judged.moments, which, strict=True) if shown]
    told = {"figure": [moment.name for moment in moments], "title": [moment.title for moment in moments]}
    return pd.DataFrame(told | columns)


def _chart(judged: Judged, name: str, which: Marks) -> Chart:
    frame = _frame(judged, which)
    hit = judged.hit[which]
    title = (
        f"The prediction of {years_told(judged.prediction.window)} hits {hit.sum()} of {len(frame)} figures "
        f"{_SHOWN[name]}"
    )
    what = "Predicted minus recorded, in standard errors; line: all fits, dot: their mean, diamond: a miss" + (
        "; cross: the forecast of no change" if judged.before else ""
    )
    source = f"Inspection records provided, and simulation by inspectsim {__version__}"
    dots = Dots(
        frame["title"],
        frame["errors_apart"],
        hit,
        frame["errors_apart_low"],
        frame["errors_apart_high"],
        frame["errors_apart_nothing_changes"] if judged.before else None,
    )
    figure = dot_plot(title, what, source, dots, TOLERANCE)
    said = "; ".join(_said(judged, int(at)) for at in np.flatnonzero(which))
    return Chart(name, title, f"Dot plot. {title}. {said}.", figure)


def _said(judged: Judged, at: int) -> str:
    moment = judged.moments[at]
    recorded, mean = (value_words(side[at], moment.unit) for side in (judged.recorded.value, judged.prediction.mean))
    return f"{moment.title}: {recorded} recorded, {mean} predicted"
