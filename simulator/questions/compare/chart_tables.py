"""The numbers that the charts of a comparison are drawn from, a tidy table for each chart by its name."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from simulator.inspectorate.kinds import KINDS
from simulator.measures.bands import Band
from simulator.measures.discrimination import ALARMS
from simulator.measures.series import DETECTION_DAYS, SeriesBands
from simulator.questions.compare.chart_assessment import has_assessments
from simulator.questions.compare.chart_bars import VISITS
from simulator.questions.compare.chart_found import found_table
from simulator.questions.compare.chart_lines import column, months_shown
from simulator.questions.compare.chart_services import DAYS
from simulator.words.estimates import EVERYONE, Estimated, Subject, subject_of

if TYPE_CHECKING:
    import pandas as pd

ALL_KINDS: Final = "all"
"""Name of the row that takes all kinds of inspection together."""


def chart_tables(compared: Estimated) -> "dict[str, pd.DataFrame]":
    """Return the numbers of each chart of a comparison.

    Returns
    -------
    dict of str to DataFrame
        By the name of the chart. Columns framework and service_type; what the chart runs over (measure, kind, days,
        month_end or others_share); mean, low and high (95 % interval), empty where undefined.
    """
    subject = subject_of(compared)
    first, months = months_shown(compared.scenario.run)
    tables = {
        "found": found_table(compared),
        "compare": _measured(compared, ["inspections_per_year", "undetected_poor_provider_years"], [subject]),
        "visits-by-rating": _measured(compared, list(VISITS), [subject]),
        "services": _days_by_service(compared),
        "inspections-by-kind": _by_kind(compared),
        "detection": _over(compared, "days", DETECTION_DAYS, subject, lambda bands: bands.detected),
        "undetected-poor": _measured(
            compared, ["undetected_poor_provider_years"], list(dict.fromkeys((subject, EVERYONE)))
        ),
        "backlog": _over(
            compared,
            "month_end",
            [day.isoformat() for day in months],
            EVERYONE,
            lambda bands: Band(*(part[first:] for part in bands.waiting)),
        ),
    }
    if has_assessments(compared):
        tables["assessment"] = _over(compared, "others_share", ALARMS, subject, lambda bands: bands.told_apart)
    return tables


def _days_by_service(compared: Estimated) -> "pd.DataFrame":
    """Pick the days unfound of every type of service that has any out of the summary."""
    rows = compared.summary
    kept = (rows["measure"] == DAYS) & (rows["service_type"] != EVERYONE.service_type) & rows["mean"].notna()
    return rows[kept].reset_index(drop=True)


def _measured(compared: Estimated, measures: Sequence[str], subjects: Sequence[Subject]) -> "pd.DataFrame":
    """Pick the rows of some measures of some providers out of the summary."""
    rows = compared.summary
    types = [subject.service_type for subject in subjects]
    return rows[rows["measure"].isin(measures) & rows["service_type"].isin(types)].reset_index(drop=True)


def _by_kind(compared: Estimated) -> "pd.DataFrame":
    """Return the inspections of all providers, in total and by each kind that any framework has."""
    import pandas as pd

    totals = _measured(compared, ["inspections_per_year"], [EVERYONE]).drop(columns=["measure", "replications"])
    totals.insert(2, "kind", ALL_KINDS)
    every = _over(compared, "kind", list(KINDS), EVERYONE, lambda bands: bands.by_kind)
    there = every.groupby("kind")["mean"].max()
    return pd.concat([totals, every[every["kind"].isin(there[there > 0].index)]], ignore_index=True)


def _over(compared: Estimated, name: str, along: Sequence[Any] | Any, subject: Subject, band: Any) -> "pd.DataFrame":
    """Return a series of some providers: a row for each framework and place along it."""
    import pandas as pd

    series: Mapping[str, SeriesBands] = compared.series
    frames = []
    for framework in compared.titles:
        mean, low, high = column(band(series[framework]), subject.column)
        columns = {"framework": framework, "service_type": subject.service_type, name: along}
        frames.append(pd.DataFrame(columns | {"mean": mean, "low": low, "high": high}))
    return pd.concat(frames, ignore_index=True)
