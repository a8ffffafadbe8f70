"""The files that the answer leaves, and the meaning of their columns."""

from typing import Final

from simulator.answers.columns import COLUMNS
from simulator.answers.file import File
from simulator.answers.files import CHARTS, files
from simulator.answers.meanings import COUNT, FTE, NAME, YEARLY_POUNDS, Meaning
from simulator.answers.spread import Spread, Value
from simulator.questions.workforce.figures import BY_NAME

INTAKES: Final = "intakes.csv"
FIGURES_TOLD: Final = ("in_post", "in_training", "left", "on_time_share", "past", "waiting", "unfound")
"""Figures of a year that stand beside its intake."""
FILES: Final = files(
    CHARTS,
    File(
        INTAKES,
        "the intake of each year, those in post, their cost, and whether the targets are met",
        "Intakes",
        "How many to recruit each year",
        "",
        {
            "pool": COLUMNS["pool"],
            "year": Meaning("Year", "text", NAME, "inspection year for which the intake is"),
            "begins": Meaning("Recruitment begins", "date", "YYYY-MM-DD", "day on which recruitment begins"),
            "intake": Meaning("Intake", "whole number", COUNT, "people recruited"),
            "met": Meaning("Met", "yes or no", NAME, "whether the targets are met in the year; if not, by no number"),
            **{
                name: Meaning(BY_NAME[name].title, "number", BY_NAME[name].unit, f"{BY_NAME[name].meaning}; mean")
                for name in FIGURES_TOLD
            },
            "in_post": Meaning("In post", "number", FTE, BY_NAME["in_post"].meaning),
            "cost": Meaning("Cost of those in post", "number", YEARLY_POUNDS, "price of their deployable days"),
        },
    ),
)
SPREADS: Final = (Spread(INTAKES, ("framework", "year"), (Value("intake"),), told=False, compared=False),)
