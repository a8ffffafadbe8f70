"""The files that following one provider leaves, with what their columns hold."""

from typing import Final

from simulator.answers.file import File
from simulator.answers.files import CHARTS, files
from simulator.answers.meanings import NAME, Meaning
from simulator.questions.trace.figures import FIGURES

DIARY: Final = "diary.txt"
DIARIES: Final = "diaries.csv"
LIVES: Final = "charts/lives.csv"
MEASURED: Final = "The years measured, in figures"
_FIGURES: Final = {
    "figure": Meaning(
        "Figure",
        "text",
        NAME,
        "figure, counted in the years measured",
        ", ".join(FIGURES),
        lambda name: FIGURES.get(name, name),
    ),
    "value": Meaning("Value", "number", "days, inspector-days or number", "number"),
}
_DIARIES: Final = {
    "date": Meaning("Date", "date", "YYYY-MM-DD", "day on which it happens"),
    "what_happened": Meaning("What happened", "text", "text", "the entry of the diary"),
    "in_brief": Meaning("In brief", "text", "text", "the entry in a few plain words; empty where it is routine"),
    "routine": Meaning("Routine", "text", "text", "what a routine entry counts as; empty where it is not counted"),
    "parted": Meaning("Lives have parted", "yes or no", "yes or no", "whether the two had differed by then"),
}

FILES: Final = files(
    CHARTS,
    File(DIARY, "the diary as text; under several frameworks one after another"),
    File(LIVES, label="Figures", title=MEASURED, columns=_FIGURES),
    File("charts/life.csv", label="Figures", title=MEASURED, columns=_FIGURES),
    File("charts/life-*.csv", columns=_FIGURES),
    File(
        DIARIES,
        "the same as a table: a row for each entry, with its framework and day",
        "Diaries",
        "What happened, day by day",
        columns=_DIARIES,
    ),
)
