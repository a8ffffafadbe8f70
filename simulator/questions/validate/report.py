"""What a report says of a prediction beside what was recorded."""

from collections.abc import Hashable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.answers.figures import figure_of, in_order
from simulator.answers.kept_run import KeptRun
from simulator.questions.calibrate.words import value_words
from simulator.questions.validate.files import SCORES, TRANSITIONS, VALIDATION
from simulator.render.document import Cell, Column, Figure, Section, Table
from simulator.words.wording import counted, day_words, number

if TYPE_CHECKING:
    import pandas as pd

Row = Mapping[Hashable, object]

SCORE_TITLES: Final = {
    "hits": "Figures hit, of those judged",
    "hits_fitted_to": "Types used in fitting",
    "hits_other": "Others, many of them determined by rules of the framework",
    "coverage": "Recorded figures in the range over the fits, widened by two standard errors",
    "hits_beside": "Figures hit, of those also counted in the years before",
    "transitions_error": "Mean absolute error of the transition matrix, percentage points",
}
NOTE: Final = (
    "Below each recorded figure is one standard error, by resampling providers. Below each prediction is the range "
    "over the fits. A figure without an outcome has too few cases."
)


def question(run: KeptRun) -> str:
    """Report what is asked."""
    fits, made = counted(len(run.manifest["fits_run"]), "fit"), run.manifest
    first, last = (date.fromisoformat(str(made[name])) for name in ("counted_from", "until"))
    years = f"from {day_words(first)} to {day_words(last.replace(month=3, day=31))}"
    return (
        f"How closely do {fits} of the set {made['fits']}, started earlier, predict the figures of "
        f"{made['records']['name']} {years}, and are they closer than a forecast of no change?"
    )


def figures(run: KeptRun) -> list[Figure]:
    """Return the charts: figures of the sort that models are fitted to, and others."""
    return [figure_of(run, name, _apart(run, name)) for name in in_order(run, ("judgements", "visits"))]


def sections(run: KeptRun) -> list[Section]:
    """Return the scores, the transition matrix, and every figure."""
    return [
        Section("scores", "Closeness", (_scores(run),)),
        Section("transitions", "From one full inspection to the next", (_transitions(run),)),
        Section("figures", "Every figure", (_figures(run),)),
    ]


def _apart(run: KeptRun, name: str) -> Table:
    rows = tuple(
        (
            Cell(str(row["title"])),
            Cell(
                _plain(row["errors_apart"], 1),
                f"{_plain(row['errors_apart_low'], 1)} to {_plain(row['errors_apart_high'], 1)}",
            ),
            Cell(_plain(row["errors_apart_nothing_changes"], 1)),
        )
        for row in run.frame(f"charts/{name}.csv").to_dict("records")
    )
    columns = (Column("Figure"), Column("Predicted", is_number=True), Column("Nothing changes", is_number=True))
    return Table(f"{name}-numbers", "Predicted minus recorded, in standard errors", columns, rows)


def _plain(value: object, decimals: int) -> str:
    given = float(str(value))
    return "" if np.isnan(given) else number(given, decimals)


def _scores(run: KeptRun) -> Table:
    rows = tuple(
        (
            Cell(SCORE_TITLES[str(row["score"])]),
            Cell(str(row["figures"])),
            *(Cell(_score(row, name)) for name in ("predicted", "nothing_changes")),
        )
        for row in run.frame(SCORES).to_dict("records")
    )
    heads = ("Figures", "Prediction", "Nothing changes")
    columns = (Column("Score"), *(Column(head, is_number=True) for head in heads))
    return Table("scores-table", "Closeness of the prediction, and of the forecast of no change", columns, rows)


def _score(row: Row, name: str) -> str:
    value = float(str(row[name]))
    if np.isnan(value):
        return ""
    return number(100 * value, 1) + ("" if row["score"] == "transitions_error" else "%")


def _transitions(run: KeptRun) -> Table:
    frame = run.frame(TRANSITIONS)
    rows = tuple(
        (
            Cell(f"{row['before']} to {row['after']}"),
            Cell(str(row["pairs"])),
            Cell(value_words(float(row["recorded"]), "share")),
            _ranged(row, "share"),
            Cell(value_words(float(row["nothing_changes"]), "share")),
        )
        for row in frame.to_dict("records")
    )
    heads = ("Pairs recorded", "Recorded", "Predicted", "Nothing changes")
    columns = (Column("From, to"), *(Column(head, is_number=True) for head in heads))
    return Table("transitions-table", "Share of the full inspections after each grade", columns, rows, NOTE)


def _ranged(row: Row, unit: str) -> Cell:
    mean, low, high = (value_words(float(str(row[f"predicted{end}"])), unit) for end in ("", "_low", "_high"))
    return Cell(mean, "" if low == high else f"{low} to {high}")


def _figures(run: KeptRun) -> Table:
    frame: pd.DataFrame = run.frame(VALIDATION)
    rows = tuple(_figure(row) for row in frame.to_dict("records"))
    heads = ("Cases", "Recorded", "Predicted", "Nothing changes")
    columns = (
        Column("Figure"),
        *(Column(head, is_number=True) for head in heads),
        Column("Outcome"),
        Column("In range"),
    )
    return Table("figures-table", "Every figure, recorded and predicted", columns, rows, NOTE)


def _figure(row: Row) -> tuple[Cell, ...]:
    unit = "" if isinstance(row["unit"], float) else str(row["unit"])
    recorded, error, before = (float(str(row[name])) for name in ("recorded", "recorded_error", "nothing_changes"))
    return (
        Cell(str(row["title"])),
        Cell(str(row["cases"])),
        Cell(value_words(recorded, unit), "" if np.isnan(recorded) else f"± {value_words(error, unit)}"),
        _ranged(row, unit),
        Cell(value_words(before, unit)),
        *(Cell("" if isinstance(row[name], float) else str(row[name])) for name in ("outcome", "in_range")),
    )


def validate_command(run: KeptRun) -> list[str]:
    """Report what to type to validate again."""
    made = run.manifest
    options = ["--fits", str(made["fits"]), "--from", str(made["counted_from"])]
    framework = made["command"].get("framework")
    return [
        *("inspectsim", "validate", str(made["records"]["name"]), *options),
        *(["--framework", str(framework)] if framework else []),
        *("--replications", str(made["replications"]), "--most-fits", str(len(made["fits_run"]))),
    ]


def score_command(run: KeptRun) -> list[str]:
    """Report what to type to score again."""
    return ["inspectsim", "score", "SEALED", str(run.manifest["records"]["name"])]
