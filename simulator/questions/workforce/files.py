"""The files that the answer leaves, and the meaning of their columns."""

from typing import TYPE_CHECKING, Final

from simulator.answers.columns import COLUMNS
from simulator.answers.file import File
from simulator.answers.files import CHARTS, failed, files
from simulator.answers.meanings import NAME, Meaning
from simulator.answers.spread import Spread
from simulator.inspectorate.kinds import KINDS
from simulator.questions.workforce.counting import ALL
from simulator.questions.workforce.figures import FIGURES
from simulator.questions.workforce.kinds_of_work import COUNTS

if TYPE_CHECKING:
    import pandas as pd

YEARS: Final = "years.csv"
MONTHS: Final = "months.csv"
REGIONS: Final = "regions.csv"
WORK: Final = "work.csv"
_INTERVALS: Final = "95% intervals over replications"
_UNIT: Final = "unit of the figure in the same row"
_COMMON: Final = {
    "pool": COLUMNS["pool"]._replace(meaning="pool of inspectors; all combines those with work"),
    "region": Meaning("Region", "text", NAME, "region; all combines them"),
    "figure": Meaning(
        "Figure",
        "text",
        NAME,
        "; ".join(f"{figure.name} ({figure.unit}): {figure.meaning}" for figure in FIGURES),
        ", ".join(figure.name for figure in FIGURES),
    ),
    "mean": COLUMNS["mean"]._replace(unit=_UNIT),
    "low": COLUMNS["low"]._replace(unit=_UNIT),
    "high": COLUMNS["high"]._replace(unit=_UNIT),
}
_YEAR: Final = Meaning("Year", "text", NAME, "inspection year, from the start of the measured window")
_MONTH: Final = Meaning("Month", "text", NAME, "calendar month, over all years")
_KEYS: Final = ("framework", "pool", "region")
FILES: Final = files(
    CHARTS,
    File(
        YEARS,
        "people, work and duties year by year, by pool and region",
        "By year",
        "People, work and duties by year",
        _INTERVALS,
        {**_COMMON, "year": _YEAR},
    ),
    File(
        MONTHS,
        "the same by calendar month, over all years",
        "By month",
        "People, work and duties by calendar month",
        _INTERVALS,
        {**_COMMON, "month": _MONTH},
    ),
    File(
        REGIONS,
        "the same over all years, by pool and region",
        "By region",
        "People, work and duties by region",
        _INTERVALS,
        _COMMON,
    ),
    File(
        WORK,
        "each kind of inspection: asked for, done, late, lapsed, inspector-days",
        "What gives way",
        "Work by kind and priority",
        _INTERVALS,
        {
            "kind": Meaning("Kind", "text", NAME, "kind of inspection", ", ".join(KINDS)),
            "priority": Meaning("Priority", "whole number", "rank", "priority of the kind in the queue, 1 first"),
            "statutory": Meaning("Statutory", "yes or no", NAME, "whether a statutory rule asks for them"),
            "figure": Meaning(
                "Figure",
                "text",
                NAME,
                "; ".join(f"{name}: {meaning}" for name, (_, meaning) in COUNTS.items()),
                ", ".join(COUNTS),
            ),
            "mean": _COMMON["mean"],
            "low": _COMMON["low"],
            "high": _COMMON["high"],
        },
    ),
    failed("each with its seed and error"),
)


def _whole(frame: "pd.DataFrame") -> "pd.Series[bool]":
    return frame["region"].eq(ALL)


SPREADS: Final = (
    Spread(REGIONS, (*_KEYS, "figure"), told=lambda frame, _: frame["figure"].eq("on_time_share") & _whole(frame)),
    Spread(YEARS, (*_KEYS, "year", "figure"), told=False),
    Spread(MONTHS, (*_KEYS, "month", "figure"), told=False),
    Spread(WORK, ("framework", "kind", "statutory", "figure"), told=False),
)
