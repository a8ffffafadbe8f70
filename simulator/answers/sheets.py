"""The workbook of a run as plain data: a sheet for each tidy table, in words for people and with units."""

from typing import TYPE_CHECKING, Final

from simulator.answers.asked import nature
from simulator.answers.columns import meaning_of
from simulator.answers.file import File
from simulator.answers.kept_run import KeptRun, titled
from simulator.answers.key_figures import key_figures
from simulator.answers.kind import Kind
from simulator.answers.meanings import AS_MEASURE, COUNT, NAME, OF_ASSUMPTION, OF_QUESTION
from simulator.inputs.evidence import counted_assumptions, numbers
from simulator.measures.names import BY_NAME, MEASURES
from simulator.render.workbook import FIGURES, NONE, Book, Sheet, rounded
from simulator.running.run_folder import SCENARIO
from simulator.words.assumptions import defaults

if TYPE_CHECKING:
    import pandas as pd

_NO_UNIT: Final = (NAME, COUNT, AS_MEASURE, OF_ASSUMPTION, "text", "YYYY-MM-DD")
_OF_FRAMEWORKS: Final = ("framework", "baseline", "lower", "upper", "other", "less_below", "less_above")
"""Columns that hold the name of a framework."""
_MEASURE_UNIT: Final = "Unit"


def book_of(run: KeptRun, kind: Kind) -> Book:
    """Make the workbook of a run."""
    assumed, of = counted_assumptions(run.scenario.settings(), run.scenario.evidence)
    about = (
        *run.answer.rests_on,
        (
            "The same tables, with ten figures, are tidy CSV files in the same folder; data-dictionary.csv explains "
            "every column. report.html lists the assumptions with their sources."
        ),
        f"Made by inspectsim {run.manifest['inspectsim']}, seed {run.scenario.run.seed}. manifest.json has the time.",
    )
    notes = {
        "undefined": f"{NONE} means undefined: nothing to divide by, or no interval because there is one replication.",
        "rounding": f"Numbers are rounded to {FIGURES} significant figures.",
        "assumptions": f"{assumed} of the {of} numbers of the scenario are assumptions without a source; report.html "
        "and scenario.toml mark each, with the range to vary it over.",
        "chance": "Intervals cover random variation in the simulation, not wrong assumptions.",
    }
    return Book(kind.title, run.scenario.title, nature(run), _told(run), about, notes, tuple(_sheets_of(run, kind)))


def _told(run: KeptRun) -> tuple[str, ...]:
    """Return the verdict, then the answer in sentences, which a verdict without lines is made of."""
    return (*run.verdict.paragraphs, *run.answer.told) if run.verdict.lines else run.answer.told


def _sheets_of(run: KeptRun, kind: Kind) -> list[Sheet]:
    """Make the sheet of key figures, those of the tables that have rows, and those that every workbook ends with."""
    made = key_figures(run, kind)
    for file in kind.files:
        if file.label and run.has(file.name):
            frame = run.frame(file.name)
            frame = file.picked(frame) if file.picked else frame
            if len(frame):
                made.append(_sheet_of(run, kind, file, frame))
    return [*made, *_reference_sheets(run)]


def _reference_sheets(run: KeptRun) -> list[Sheet]:
    """Make the sheets that every workbook ends with: the numbers of the scenario, and what the measures mean."""
    import pandas as pd

    rows = [
        (
            default.key,
            default.value,
            default.unit or "number",
            "yes" if default.assumed else "no",
            default.rests_on,
            default.vary or "not varied",
        )
        for default in defaults(run.scenario, numbers(run.scenario.settings()))
    ]
    columns = ["Key", "Value", "Unit", "Assumed", "Source", "Range to vary"]
    assumed = pd.DataFrame(rows, columns=columns)
    measures = [(measure.title, measure.name, measure.unit, measure.formula) for measure in MEASURES]
    explained = pd.DataFrame(measures, columns=["Measure", "Name in files", "Unit", "How it is computed"])
    return [
        Sheet("Assumptions", "Every number of the scenario, with its source", SCENARIO, assumed, {}),
        Sheet("Measures", "Meaning of the measures", "docs/measures.md", explained, {}),
    ]


def _sheet_of(run: KeptRun, kind: Kind, file: File, frame: "pd.DataFrame") -> Sheet:
    """Make a sheet of a tidy table: names in words, a unit next to each measure, numbers rounded."""
    import pandas as pd

    shown, units = {}, {}
    for name in frame.columns.drop("title", errors="ignore") if "framework" in frame else frame.columns:
        meaning = meaning_of(kind, file.name, name)
        title = meaning.title if meaning else name
        words = meaning.in_words if meaning else None
        shown[title] = frame[name].map(words) if words else _in_words(run, name, frame[name])
        if name == "measure":
            shown[_MEASURE_UNIT] = frame[name].map(lambda measure: BY_NAME[measure].unit if measure in BY_NAME else "")
        unit = _unit_asked(run) if meaning and meaning.unit == OF_QUESTION else meaning.unit if meaning else ""
        if unit and unit not in _NO_UNIT and unit != title.lower():
            units[title] = unit
    return Sheet(file.label, file.title, file.name, pd.DataFrame(shown), units, file.intervals)


def _unit_asked(run: KeptRun) -> str:
    """Return the unit of the one measure that a question was asked about."""
    return BY_NAME[str(run.manifest["measure"]).split()[0]].unit


def _in_words(run: KeptRun, name: str, column: "pd.Series") -> "pd.Series":
    if name in _OF_FRAMEWORKS:
        return column.map(lambda framework: run.titles.get(framework, framework))
    if name == "service_type":
        return column.map(titled)
    if name == "measure":
        return column.map(lambda measure: BY_NAME[measure].title if measure in BY_NAME else measure)
    if column.dtype.kind == "b":
        return column.map({True: "yes", False: "no"})
    return column.map(rounded) if column.dtype.kind == "f" else column
