"""The sheets of a workbook as plain data: a tidy table each, in words for people and with units."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from simulator.answers.kept_run import KeptRun, titled
from simulator.answers.sheets import SheetOf
from simulator.inputs.evidence import numbers
from simulator.measures.names import ALL_SERVICES, BY_NAME, MEASURES
from simulator.questions.compare.chart_bars import ALL_KINDS as ALL_KINDS_TITLE
from simulator.questions.compare.chart_bars import KIND_TITLES
from simulator.questions.compare.chart_tables import ALL_KINDS
from simulator.questions.sensitivity.tables import AS_GIVEN
from simulator.questions.trace.figures import FIGURES as LIFE_FIGURES
from simulator.render.columns import AS_MEASURE, COUNT, NAME, OF_ASSUMPTION, OF_QUESTION, meaning_of
from simulator.running.run_folder import SCENARIO
from simulator.running.targets import target
from simulator.words.assumptions import defaults
from simulator.words.pools import inspectors_of
from simulator.words.targets import target_told
from simulator.words.wording import capital
from simulator.world.services import SERVICE_TYPES

if TYPE_CHECKING:
    import pandas as pd

FIGURES: Final = 5
"""Significant figures that sheets keep."""
NO_UNIT: Final = (NAME, COUNT, AS_MEASURE, OF_ASSUMPTION, "text", "YYYY-MM-DD")
OF_FRAMEWORKS: Final = ("framework", "baseline", "lower", "upper", "other", "less_below", "less_above")
"""Columns that hold the name of a framework."""
MEASURE_UNIT: Final = "Unit"


WORDS: Final[dict[str, Callable[[Any], Any]]] = {
    "figure": lambda each: LIFE_FIGURES.get(each, each),
    "kind": lambda each: ALL_KINDS_TITLE if each == ALL_KINDS else KIND_TITLES.get(each, each),
    "pool": lambda each: capital(inspectors_of(each)),
    "target": lambda each: capital(target_told(target(each, [*SERVICE_TYPES, ALL_SERVICES]))),
}
"""What values are called for people, by the name of their column."""


class Sheet(NamedTuple):
    """A sheet: one table, ready to be written."""

    label: str
    title: str
    source: str
    """File that it is made from."""
    frame: "pd.DataFrame"
    """Columns as people call them; numbers rounded, not-a-number where there is none."""
    units: dict[str, str]
    """By column, where one unit holds for the whole of it."""
    intervals: str = ""


def sheets_of(run: KeptRun, those: "tuple[SheetOf, ...]") -> list[Sheet]:
    """Make the sheets of the tables that are there and have rows, in order."""
    made = []
    for each in those:
        if run.has(each.file):
            frame = run.frame(each.file)
            if len(frame):
                made.append(sheet_of(run, each, frame))
    return [*made, *reference_sheets(run)]


def reference_sheets(run: KeptRun) -> list[Sheet]:
    """Make the sheets that every workbook ends with: the numbers of the scenario, and what the measures mean."""
    import pandas as pd

    rows = [
        (each.key, each.value, each.unit, "yes" if each.assumed else "no", each.rests_on, each.vary)
        for each in defaults(run.scenario, numbers(run.scenario.settings()))
    ]
    columns = ["Key", "Value", "Unit", "Assumed", "Source", "Range to vary"]
    assumed = pd.DataFrame(rows, columns=columns)
    measures = [(each.title, each.name, each.unit, each.formula) for each in MEASURES]
    explained = pd.DataFrame(measures, columns=["Measure", "Name in files", "Unit", "How it is computed"])
    return [
        Sheet("Assumptions", "Every number of the scenario, with its source", SCENARIO, assumed, {}),
        Sheet("Measures", "Meaning of the measures", "docs/measures.md", explained, {}),
    ]


def sheet_of(run: KeptRun, wanted: SheetOf, frame: "pd.DataFrame") -> Sheet:
    """Make a sheet of a tidy table: names in words, a unit beside each measure, numbers rounded."""
    shown, units = {}, {}
    for name in frame.columns.drop("title", errors="ignore") if "framework" in frame else frame.columns:
        meaning = meaning_of(wanted.file, name)
        title = meaning.title if meaning else name
        shown[title] = _in_words(run, name, frame[name])
        if name == "measure":
            shown[MEASURE_UNIT] = frame[name].map(lambda each: BY_NAME[each].unit if each in BY_NAME else "")
        unit = _unit_asked(run) if meaning and meaning.unit == OF_QUESTION else meaning.unit if meaning else ""
        if unit and unit not in NO_UNIT and unit != title.lower():
            units[title] = unit
    import pandas as pd

    return Sheet(wanted.label, wanted.title, wanted.file, pd.DataFrame(shown), units, wanted.intervals)


def _unit_asked(run: KeptRun) -> str:
    """Return the unit of the one measure that a question was asked about."""
    return BY_NAME[str(run.manifest["measure"]).split()[0]].unit


def _in_words(run: KeptRun, name: str, column: "pd.Series") -> "pd.Series":
    if name in OF_FRAMEWORKS:
        return column.map(lambda each: run.titles.get(each, each))
    if name == "assumption":
        return column.fillna(AS_GIVEN)
    if name == "service_type":
        return column.map(titled)
    if name == "measure":
        return column.map(lambda each: BY_NAME[each].title if each in BY_NAME else each)
    if name in WORDS:
        return column.map(WORDS[name])
    if column.dtype.kind == "b":
        return column.map({True: "yes", False: "no"})
    return column.map(rounded) if column.dtype.kind == "f" else column


def rounded(value: float) -> float:
    """Round to the figures that sheets keep."""
    return float(f"{value:.{FIGURES}g}")
