"""The files that a frontier leaves, and the meaning of their columns."""

import math
from typing import Final

from simulator.answers.columns import COLUMNS
from simulator.answers.file import File
from simulator.answers.files import CHARTS, files
from simulator.answers.meanings import FTE, NAME, YEARLY_POUNDS, Meaning
from simulator.answers.spread import Spread, Value
from simulator.questions.size.files import FAILED, STEPS_FILE, TARGET

CURVES: Final = "frontier.csv"
CROSSINGS: Final = "crossings.csv"
CROSSINGS_BY_COST: Final = "crossings_by_cost.csv"
REACHED: Final = "targets.csv"
_INTERVALS: Final = "95% intervals over replications (Student's t)"
_BOOTSTRAP: Final = "95% intervals, by bootstrap over replications"
_CURVES: Final = {"cost_per_year": COLUMNS["cost_per_year"]._replace(meaning="mean cost of the work done")}
"""Columns of a table of curves."""


def _crossed_at(column: str, at: str, unit: str) -> dict[str, Meaning]:
    """Describe where two frameworks cross, over numbers of inspectors or over costs."""
    ends = {
        "low": "lower end of the 95% interval of the crossing",
        "high": "upper end of the 95% interval of the crossing",
    }
    return {
        column: COLUMNS[column]._replace(meaning=f"{at} at which the two frameworks cross"),
        **{name: COLUMNS[name]._replace(unit=unit, meaning=meaning) for name, meaning in ends.items()},
        "less_below": Meaning("Less below", "text", NAME, "framework with less of the measure below the crossing"),
        "less_above": Meaning("Less above", "text", NAME, "framework with less of the measure above the crossing"),
    }


_BY_NUMBER: Final = _crossed_at("fte", "posts", FTE)
SPREADS: Final = (
    Spread(
        CURVES,
        ("framework", "service_type", "measure", "fte"),
        told=lambda frame, _: frame["fte"].isin((frame["fte"].min(), frame["fte"].max())),
        between=False,
    ),
    Spread(
        CROSSINGS,
        ("framework", "other", "service_type", "measure"),
        (Value("fte", "low", "high"),),
        title="FTE where they cross",
        between=False,
        compared=False,
    ),
    Spread(
        REACHED,
        ("framework", "target"),
        (Value("fte", "fte_low"),),
        title="FTE from which on this holds",
        empty=math.inf,
        between=False,
    ),
)
"""Curves over a set of fits, told at their ends; the first crossing; and where targets are met."""
FILES: Final = files(
    CHARTS,
    File(
        CURVES,
        "every curve: framework, measure, FTE, cost of work and of posts, mean and 95% interval",
        "Curves",
        "Results by number of inspectors and framework",
        _INTERVALS,
        _CURVES,
    ),
    File("charts/*-by-*.csv", columns=_CURVES),
    File(
        CROSSINGS,
        "the numbers of inspectors at which curves cross, with 95% intervals",
        "Crossings",
        "Where frameworks cross, by number of inspectors",
        _BOOTSTRAP,
        _BY_NUMBER,
    ),
    File(
        CROSSINGS_BY_COST,
        "the costs at which curves cross, with 95% intervals",
        "Crossings by cost",
        "Where frameworks cross, by the cost of the work done",
        _BOOTSTRAP,
        _crossed_at("cost_per_year", "cost of the work done", YEARLY_POUNDS),
    ),
    STEPS_FILE,
    File(
        REACHED,
        "the numbers of inspectors from which on targets are met",
        "Targets",
        "From which number of inspectors on targets are met",
        "the smallest number that meets a target lies between the ends: numbers in between were not tried",
        {
            "target": TARGET,
            "fte": COLUMNS["fte"]._replace(meaning="smallest number tried from which on the target is met"),
        },
    ),
    FAILED,
)
