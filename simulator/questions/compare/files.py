"""The files that a comparison leaves, and the meaning of their columns."""

from typing import TYPE_CHECKING, Final

from simulator.answers.columns import COLUMNS
from simulator.answers.file import File
from simulator.answers.files import CHARTS, failed, files
from simulator.answers.meanings import AS_MEASURE, COUNT, NAME, SHARE, Meaning, ends_of
from simulator.answers.spread import Spread, Value
from simulator.inspectorate.kinds import KINDS
from simulator.measures.by_group import GROUP_MEASURES
from simulator.measures.declaration import CHILDRENS_HOMES
from simulator.measures.for_whom import ALL, LEAST, RATINGS_HELD
from simulator.measures.grouping import GROUP_KINDS
from simulator.measures.names import HEADLINES
from simulator.questions.compare.chart_bars import ALL_KINDS as ALL_KINDS_TITLE
from simulator.questions.compare.chart_bars import KIND_TITLES
from simulator.questions.compare.chart_tables import ALL_KINDS
from simulator.questions.compare.events import event_files
from simulator.questions.compare.for_whom import FOR_WHOM
from simulator.questions.compare.groups import GROUPS_FILE
from simulator.questions.compare.impact import ITEMS, TITLES
from simulator.questions.compare.of_hundred import WORDS
from simulator.running.run_folder import GAINS, PAIRING, PRECISION, REPLICATIONS
from simulator.words.wording import capital
from simulator.world.groups import SIZES
from simulator.world.services import SECTORS

if TYPE_CHECKING:
    import pandas as pd

    from simulator.running.question import Question

_INTERVALS: Final = "95% intervals over replications (Student's t)"
_SQUARED: Final = "square of the unit of the measure"
_SUMMARY: Final = "summary.csv"
_DIFFERENCES: Final = "differences.csv"
IMPACT: Final = "impact.csv"
_PARTS: Final = tuple(dict.fromkeys(item.group for item in ITEMS))
_OF_GAIN: Final = "share of the possible gain"
_YARDSTICKS: Final = {
    "lower": Meaning("Lower yardstick", "text", NAME, "framework with none of the possible gain"),
    "upper": Meaning("Upper yardstick", "text", NAME, "framework with all of the possible gain"),
}
"""Columns of a table of gains that name yardsticks."""
_PRECISION_FILE: Final = File(
    PRECISION,
    "the precision of each headline difference, reached and requested",
    "Precision",
    "Precision of each headline difference",
    columns={
        "half_width": Meaning("Half-width", "number", AS_MEASURE, "half of the width of the 95% interval"),
        "asked": Meaning("Asked", "number", AS_MEASURE, "requested half-width"),
        "reached": Meaning("Reached", "yes or no", "yes or no", "whether the requested precision was reached"),
    },
)
_GAINS: Final = {
    **_YARDSTICKS,
    "share": Meaning("Share", "number", _OF_GAIN, "share achieved; below 0 is worse than the lower yardstick"),
    "low": COLUMNS["low"]._replace(unit=_OF_GAIN),
    "high": COLUMNS["high"]._replace(unit=_OF_GAIN),
    "possible": Meaning("Possible gain", "number", AS_MEASURE, "mean gain from the lower to the upper yardstick"),
}
_GROUPS: Final = {
    "by": Meaning("By", "text", NAME, "what providers, or what happens to them, is grouped by", ", ".join(GROUP_KINDS)),
    "group": Meaning(
        "Group",
        "text",
        NAME,
        "sector, region, size, local authority, inspection year or last grade; small, medium and large are children's "
        "homes with up to 3, 4 or 5, and more places, and thirds of the providers of another type",
    ),
    "measure": COLUMNS["measure"]._replace(values=", ".join(GROUP_MEASURES)),
    **ends_of("difference", COLUMNS["difference"]),
}
_VISITS: Final = Meaning(
    "Visits", "number", "visits per provider-year", "mean number of visits a year while this rating is held"
)
_DAYS: Final = Meaning(
    "Staff days", "number", "provider days per provider-year", "mean number of staff days a year while it is held"
)
_DIFFERENCE: Final = "mean difference from the baseline"


def _rates(name: str, rate: Meaning) -> dict[str, Meaning]:
    """Describe a rate, its difference from the baseline, and the intervals of both."""
    difference = rate._replace(title=f"{rate.title}, difference", meaning=_DIFFERENCE)
    columns = {name: rate, f"{name}_difference": difference}
    return columns | {end: of for column, own in columns.items() for end, of in ends_of(column, own).items()}


_FOR_WHOM: Final = {
    "size": Meaning("Size", "text", NAME, "size by places, among providers of the type", ", ".join((*SIZES, ALL))),
    "region": Meaning("Region", "text", NAME, f"region, or {ALL}"),
    "sector": Meaning("Sector", "text", NAME, "kind of body that runs it", ", ".join((*SECTORS, ALL))),
    "rating": Meaning(
        "Rating", "text", NAME, "grade of the last inspection; good is good or better", ", ".join(RATINGS_HELD)
    ),
    "in_register": Meaning(
        "In the register", "whole number", COUNT, f"providers of this kind; figures of fewer than {LEAST} are empty"
    ),
    "providers": Meaning("Providers", "number", COUNT, "mean number of them at a time that hold the rating"),
    **_rates("visits", _VISITS),
    **_rates("days", _DAYS),
    "pounds_per_day": Meaning("Cost of a day", "number", "pounds", "cost of a day of a provider's staff"),
}
_PAIRING: Final = {
    "variance_paired": Meaning(
        "Variance, paired", "number", _SQUARED, "variance of the difference with common random numbers"
    ),
    "variance_independent": Meaning(
        "Variance, independent", "number", _SQUARED, "variance of the difference with independent runs"
    ),
    "gain": Meaning("Gain of pairing", "number", "ratio", "independent variance divided by paired variance"),
    "replications_independent": Meaning(
        "Replications, independent", "number", COUNT, "number of independent replications for the same precision"
    ),
}


def _banded(unit: str, of: str = "") -> dict[str, Meaning]:
    """Describe the mean and the ends of its interval in a unit, saying what they are of."""
    columns = ((name, COLUMNS[name]) for name in ("mean", "low", "high"))
    return {
        name: column._replace(unit=unit, meaning=f"{column.meaning}; {of}" if of else column.meaning)
        for name, column in columns
    }


def _of_subjects(groups: "pd.DataFrame") -> "pd.DataFrame":
    """Pick the groups of children's homes and of all providers; the file has those of every service type."""
    return groups[groups["service_type"].isin((CHILDRENS_HOMES, ALL))].reset_index(drop=True)


def _headlines(frame: "pd.DataFrame", question: "Question") -> "pd.Series[bool]":
    """Pick the headline measures of the providers that answers are about."""
    return frame["measure"].isin(HEADLINES) & (frame["service_type"] == question.subject)


_OF_MEASURE: Final = ("service_type", "measure")
SPREADS: Final = (
    Spread(_SUMMARY, ("framework", *_OF_MEASURE), told=_headlines),
    Spread(_DIFFERENCES, ("framework", "baseline", *_OF_MEASURE), told=_headlines),
    Spread(GAINS, ("framework", "lower", "upper", *_OF_MEASURE), (Value("share"),), told=False, compared=False),
    Spread(
        GROUPS_FILE,
        ("by", "group", *_OF_MEASURE, "framework"),
        (Value("mean"), Value("difference")),
        told=False,
        compared=False,
    ),
)
FILES: Final = files(
    CHARTS,
    File(
        _SUMMARY,
        "every measure by framework and service type, with its 95% interval",
        "Summary",
        "Every measure by framework and service type",
        _INTERVALS,
    ),
    File(
        _DIFFERENCES,
        "the same as differences from the baseline, paired by replication",
        "Differences",
        "Every measure as a difference from the baseline, paired by replication",
        _INTERVALS,
    ),
    File(
        GROUPS_FILE,
        "key measures by sector, region, size, year, last grade, and authority of a register, with differences",
        "Groups",
        "Key measures by sector, region, size, year and rating: children's homes, and all providers",
        _INTERVALS,
        _GROUPS,
        _of_subjects,
    ),
    File(FOR_WHOM, "visits and staff days of every kind of provider: see simulator.for_whom", columns=_FOR_WHOM),
    File(REPLICATIONS, "every value"),
    File(
        GAINS,
        "share of the possible gain that each framework achieves, between yardsticks",
        "Gains",
        "Share of the possible gain that each framework achieves",
        _INTERVALS,
        _GAINS,
    ),
    File(
        IMPACT,
        "impact assessment in the form of The Green Book: net present cost, cost to business, switching values",
        "Impact assessment",
        "Impact assessment: each option less the baseline, present values at the discount rate of the scenario",
        _INTERVALS,
        {
            **_banded("unit in the same row", "difference from the baseline"),
            "group": Meaning("Part", "text", NAME, "part of the assessment", ", ".join(_PARTS), capital),
            "item": Meaning(
                "Item", "text", NAME, "item of the assessment", ", ".join(TITLES), lambda item: TITLES.get(item, item)
            ),
            "unit": Meaning("Unit", "text", "text", "unit of the numbers of the row"),
        },
    ),
    File(
        "charts/found.csv",
        label="Of 100 that become poor",
        title="When 100 providers that become poor are found",
        columns={
            "group": Meaning("Outcome", "text", NAME, "when they are found", ", ".join(WORDS.values()), capital),
            "of_hundred": Meaning("Of 100", "whole number", "providers", "number of 100 providers that become poor"),
        },
    ),
    File(
        "charts/inspections-by-kind.csv",
        label="Inspections by kind",
        title="Inspections a year by kind",
        intervals=_INTERVALS,
        columns={
            **_banded("inspections per year"),
            "kind": Meaning(
                "Kind of inspection",
                "text",
                NAME,
                "kind of inspection; all combines them",
                ", ".join((*KINDS, ALL_KINDS)),
                lambda kind: ALL_KINDS_TITLE if kind == ALL_KINDS else KIND_TITLES.get(kind, kind),
            ),
        },
    ),
    File(
        "charts/detection.csv",
        label="Detection",
        title="Share of poor providers found, by days",
        intervals=_INTERVALS,
        columns={
            **_banded(SHARE, "share found by then"),
            "days": Meaning("Days", "whole number", "days", "days since the provider became poor"),
        },
    ),
    File(
        "charts/backlog.csv",
        label="Backlog",
        title="Inspections waiting at the end of each month",
        intervals=_INTERVALS,
        columns={
            **_banded("inspections", "inspections waiting"),
            "month_end": Meaning("End of month", "date", "YYYY-MM-DD", "last day of the month, at midnight"),
        },
    ),
    File(
        "charts/assessment.csv",
        label="Assessments",
        title="How well yearly assessments identify poor providers",
        intervals=_INTERVALS,
        columns={
            **_banded(SHARE, "share of the poor"),
            "others_share": Meaning(
                "Share of the others",
                "number",
                SHARE,
                "share of providers that are not poor with at least this risk",
            ),
        },
    ),
    _PRECISION_FILE,
    File(
        PAIRING,
        "gain from common random numbers: variance of each difference, with and without them",
        "Pairing",
        "Gain from common random numbers, for each difference",
        columns=_PAIRING,
    ),
    failed("their framework, replication, seed and error"),
    *event_files("inspections, assessments, episodes, backlog, duties and lives, row by row"),
)
