"""What a report says of a forecast."""

from datetime import date
from typing import Final

import numpy as np

from simulator.answers.kept_run import KeptRun
from simulator.questions.calibrate.words import value_words
from simulator.questions.validate.files import FORECAST
from simulator.render.document import Cell, Column, Paragraph, Section, Table
from simulator.words.wording import counted, day_words

NOTE: Final = "Below each mean over the fits is their range."
KNOWN: Final = (
    "Some figures relate an inspection to an earlier one of the same provider, so they depend on how far back "
    "inspections are known. Here all are known from the start of the runs; forecast.csv also has the figures for "
    "records that start later."
)


def question(run: KeptRun) -> str:
    """Report what is asked."""
    made = run.manifest
    first, last = (date.fromisoformat(str(made[name])) for name in ("counted_from", "until"))
    years = f"from {day_words(first)} to {day_words(last.replace(month=3, day=31))}"
    fits = counted(len(made["fits_run"]), "fit")
    return f"What do {fits} of the set {made['fits']} predict for inspections {years}?"


def sections(run: KeptRun) -> list[Section]:
    """Return every figure."""
    frame = run.frame(FORECAST)
    those = frame[frame["known_from"] == frame["known_from"].min()]
    rows = []
    for row in those.to_dict("records"):
        unit = "" if isinstance(row["unit"], float) else str(row["unit"])
        mean, low, high = (float(row[f"predicted{end}"]) for end in ("", "_low", "_high"))
        if not np.isnan(mean):
            ends = f"{value_words(low, unit)} to {value_words(high, unit)}"
            rows.append((Cell(str(row["title"])), Cell(value_words(mean, unit), ends)))
    columns = (Column("Figure"), Column("Predicted", is_number=True))
    table = Table("figures-table", "Every predicted figure", columns, tuple(rows), NOTE)
    return [Section("figures", "Every figure", (Paragraph(KNOWN), table))]


def command(run: KeptRun) -> list[str]:
    """Report what to type to make the same forecast again, under a seal of its own."""
    made = run.manifest
    first, last = (date.fromisoformat(str(made[name])) for name in ("counted_from", "until"))
    framework = made["command"].get("framework")
    return [
        *("inspectsim", "forecast", "--fits", str(made["fits"]), "--from", str(first)),
        *("--years", str(last.year - first.year)),
        *(["--framework", str(framework)] if framework else []),
        *("--replications", str(made["replications"]), "--most-fits", str(len(made["fits_run"]))),
    ]
