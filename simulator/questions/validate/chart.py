"""Charts of a prediction beside what was recorded: how many standard errors apart, figure by figure."""

from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.charts.palette import DARK_BLUE, ORANGE, QUIET, RULE, SHADE, TURQUOISE
from simulator.charts.sheet import LEFT, WIDTH, Chart, drawing, sheet
from simulator.questions.calibrate.words import value_words
from simulator.questions.validate.judged import TOLERANCE, Judged, Marks, years_told
from simulator.version import __version__

if TYPE_CHECKING:
    import pandas as pd

ROW: Final = 0.24
"""Inches for one figure."""
NAMES: Final = 4.6
"""Inches for their names."""
JUDGEMENTS: Final = "judgements"
VISITS: Final = "visits"
SHOWN: Final = {
    JUDGEMENTS: "of a type used in fitting",
    VISITS: "of other types, many of them determined by rules of the framework",
}
"""The charts, by name, and which figures each shows."""


def judged_charts(judged: Judged) -> "list[tuple[Chart, pd.DataFrame]]":
    """Draw the charts that have a figure to show, each with the table of its numbers."""
    with drawing():
        return [(_chart(judged, name, which), chart_frame(judged, which)) for name, which in _of_charts(judged).items()]


def _of_charts(judged: Judged) -> dict[str, Marks]:
    there = judged.judged & (judged.tolerance > 0)
    shown = {JUDGEMENTS: there & judged.fitted, VISITS: there & ~judged.fitted}
    return {name: which for name, which in shown.items() if which.any()}


def chart_frame(judged: Judged, which: Marks) -> "pd.DataFrame":
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
    moments = [each for each, shown in zip(judged.moments, which, strict=True) if shown]
    told = {"figure": [each.name for each in moments], "title": [each.title for each in moments]}
    return pd.DataFrame(told | columns)


def _chart(judged: Judged, name: str, which: Marks) -> Chart:
    frame = chart_frame(judged, which)
    hit = judged.hit[which]
    title = (
        f"The prediction of {years_told(judged.prediction.window)} hits {hit.sum()} of {len(frame)} figures "
        f"{SHOWN[name]}"
    )
    what = "Predicted minus recorded, in standard errors; line: all fits, dot: their mean, diamond: a miss" + (
        "; cross: the forecast of no change" if judged.before else ""
    )
    source = f"Inspection records provided, and simulation by inspectsim {__version__}"
    figure, room = sheet(title, what, ROW * len(frame) + 0.5, source)
    left, tall = (LEFT + NAMES) / WIDTH, figure.get_figheight()
    axes = figure.add_axes((left, room.bottom + 0.4 / tall, 0.98 - left, ROW * len(frame) / tall))
    rows = np.arange(len(frame))[::-1]
    axes.axvspan(-TOLERANCE, TOLERANCE, color=SHADE, zorder=0)
    axes.axvline(0, color=QUIET, linewidth=0.8)
    axes.hlines(rows, frame["errors_apart_low"], frame["errors_apart_high"], color=TURQUOISE, linewidth=2)
    if judged.before:
        axes.plot(frame["errors_apart_nothing_changes"], rows, "x", color=QUIET, markersize=5, linestyle="none")
    axes.plot(frame["errors_apart"][hit], rows[hit], "o", color=DARK_BLUE, markersize=5, linestyle="none")
    axes.plot(frame["errors_apart"][~hit], rows[~hit], "D", color=ORANGE, markersize=5, linestyle="none")
    axes.set_yticks(rows, frame["title"].to_list(), fontsize=7.5)
    axes.set_ylim(-0.7, len(frame) - 0.3)
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x", color=RULE, linewidth=0.5)
    said = "; ".join(_said(judged, int(at)) for at in np.flatnonzero(which))
    return Chart(name, title, f"Dot plot. {title}. {said}.", figure)


def _said(judged: Judged, at: int) -> str:
    moment = judged.moments[at]
    recorded, mean = (value_words(each[at], moment.unit) for each in (judged.recorded.value, judged.prediction.mean))
    return f"{moment.title}: {recorded} recorded, {mean} predicted"
