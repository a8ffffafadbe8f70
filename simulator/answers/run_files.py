"""The files that each question leaves in the folder of its run, and what is in them."""

from typing import Final

from simulator.running.event_tables import EVENTS
from simulator.running.run_folder import EXPECTED, FAILURES, FRAMEWORKS, GAINS, PAIRING, PRECISION, PROVIDERS, SCENARIO
from simulator.running.store import MANIFEST

REPORT: Final = "report.html"
WORKBOOK: Final = "workbook.xlsx"
DICTIONARY: Final = "data-dictionary.csv"
ANSWER: Final = "answer.txt"
SHOWN: Final = (REPORT, WORKBOOK, DICTIONARY)
"""Files made from the others, which `inspectsim report` makes again."""

_FIRST: Final = {
    REPORT: "the report: answer, charts, assumptions, limits; to open in a browser or print",
    WORKBOOK: "the tables as a spreadsheet",
    ANSWER: "the answer in sentences",
    "charts/": "the charts, each with a table of its numbers (CSV)",
}
_LAST: Final = {
    DICTIONARY: "the meaning of each column of each table, with its unit",
    SCENARIO: f"the question; with {FRAMEWORKS}/ and {PROVIDERS}, everything needed to ask it again",
    MANIFEST: "versions, options, time taken, checksums",
}
_FAILED: Final = {FAILURES: "failed runs: framework, FTE, replication, seed and error"}

INSPECTIONS: Final = "inspections.parquet"
EVENTS_TOLD: Final = "inspections, assessments, episodes, backlog, duties and lives, row by row"

COMPARISON_EXPECTED: Final = (*EXPECTED, ANSWER, *SHOWN)
"""Files that a comparison may write."""
COMPARISON_FILES: Final = {
    **_FIRST,
    "summary.csv": "every measure by framework and service type, with its 95% interval",
    "differences.csv": "the same as differences from the baseline, paired by replication",
    "replications.csv": "every value",
    PRECISION: "the precision of each headline difference, reached and requested",
    PAIRING: "gain from common random numbers: variance of each difference, with and without them",
    GAINS: "share of the possible gain that each framework achieves, between yardsticks",
    FAILURES: "failed runs: their framework, replication, seed and error",
    INSPECTIONS: EVENTS_TOLD,
    **_LAST,
}
SIZE_EXPECTED: Final = (ANSWER, "size.csv", "points.csv", FAILURES, SCENARIO, PROVIDERS, *SHOWN)
"""Files that a search for a number of inspectors may write."""
SIZE_FILES: Final = {
    **_FIRST,
    "size.csv": "FTE, cost and the interval of each, by framework; the simple arithmetic; other costs at the answer",
    "points.csv": "every number tried: each target's measure, its interval, and its status",
    **_FAILED,
    **_LAST,
}
CROSSINGS: Final = "crossings.csv"
CROSSINGS_BY_COST: Final = "crossings_by_cost.csv"
FRONTIER_EXPECTED: Final = (
    *(ANSWER, "frontier.csv", CROSSINGS, CROSSINGS_BY_COST, FAILURES, SCENARIO, PROVIDERS),
    *SHOWN,
)
"""Files that a frontier may write."""
FRONTIER_FILES: Final = {
    **_FIRST,
    "frontier.csv": "every curve: framework, measure, FTE, cost of work and of posts, mean and 95% interval",
    CROSSINGS: "the numbers of inspectors at which curves cross, with 95% intervals",
    CROSSINGS_BY_COST: "the costs at which curves cross, with 95% intervals",
    **_FAILED,
    **_LAST,
}
SUMMARY_OVER_FITS: Final = "summary_over_fits.csv"
DIFFERENCES_OVER_FITS: Final = "differences_over_fits.csv"
GAINS_OVER_FITS: Final = "gains_over_fits.csv"
BY_FIT: Final = "by_fit.csv"
OVER_FITS_EXPECTED: Final = (
    *(ANSWER, SUMMARY_OVER_FITS, DIFFERENCES_OVER_FITS, GAINS_OVER_FITS, BY_FIT, PRECISION),
    *(FAILURES, SCENARIO, PROVIDERS),
    *(f"{name}.parquet" for name in EVENTS),
    *SHOWN,
)
"""Files that a comparison over fits may write."""
_WITHOUT_CHARTS: Final = {name: what for name, what in _FIRST.items() if name != "charts/"}
OVER_FITS_FILES: Final = {
    **_WITHOUT_CHARTS,
    SUMMARY_OVER_FITS: "every measure by framework and service type: the median fit, and the range of nine in ten of "
    "them",
    DIFFERENCES_OVER_FITS: "the same as differences from the baseline",
    GAINS_OVER_FITS: "share of the possible gain that each framework achieves, between yardsticks, over the fits",
    PRECISION: "the precision of each headline difference, reached and requested",
    BY_FIT: "every measure under each fit",
    INSPECTIONS: f"{EVENTS_TOLD}, each row with its fit",
    FAILURES: "failed runs: fit, framework, replication, seed and error",
    **_LAST,
}
SPREAD: Final = "over_fits.csv"
CROSSINGS_BY_FIT: Final = "crossings_by_fit.csv"
LEVELS_OVER_FITS_EXPECTED: Final = (
    ANSWER,
    SPREAD,
    BY_FIT,
    CROSSINGS_BY_FIT,
    FAILURES,
    SCENARIO,
    PROVIDERS,
    *SHOWN,
)
"""Files that a search or a frontier over fits may write."""
LEVELS_OVER_FITS_FILES: Final = {
    **_WITHOUT_CHARTS,
    SPREAD: "the answer over the fits: the best fit, the median fit, and the range of nine in ten of them",
    BY_FIT: "the answer in each fit",
    CROSSINGS_BY_FIT: "where curves cross in each fit",
    FAILURES: "failed runs: fit, framework, FTE, replication, seed and error",
    **_LAST,
}
SENSITIVITY_TABLES: Final = {
    "shares.csv": "in what share of worlds each framework does better, with 95% intervals",
    "splits.csv": "parts of the worlds, split by the deciding assumptions, and which framework does better there",
    "swings.csv": "the difference with one assumption at a time at the ends of its range",
    "screening.csv": "the same for all assumptions, in few replications",
    "spread.csv": "shares of the variance by assumption: by itself, with others too, and their difference",
    "worlds.csv": "every world: its difference, the verdict, and the value of every assumption",
    "assumptions.csv": "what was varied, over which range, and its source",
}
SENSITIVITY_EXPECTED: Final = (ANSWER, *SENSITIVITY_TABLES, FAILURES, SCENARIO, PROVIDERS, *SHOWN)
"""Files that a sensitivity analysis may write."""
SENSITIVITY_FILES: Final = {
    **_FIRST,
    **SENSITIVITY_TABLES,
    FAILURES: "failed runs: where, replication, seed and error",
    **_LAST,
}
DIARY: Final = "diary.txt"
DIARIES: Final = "diaries.csv"
LIFE_EXPECTED: Final = (ANSWER, DIARY, DIARIES, SCENARIO, PROVIDERS, *SHOWN)
"""Files that following one provider may write."""
LIFE_FILES: Final = {
    **_FIRST,
    DIARY: "the diary as text; under several frameworks one after another",
    DIARIES: "the same as a table: a row for each entry, with its framework and day",
    **_LAST,
}
VALIDATION: Final = "validation.csv"
TRANSITIONS: Final = "transitions.csv"
SCORES: Final = "scores.csv"
FIGURES_BY_FIT: Final = "figures_by_fit.csv"
VALIDATION_EXPECTED: Final = (
    *(ANSWER, VALIDATION, TRANSITIONS, SCORES, FIGURES_BY_FIT, SCENARIO, PROVIDERS),
    *SHOWN,
)
"""Files that a validation, or the score of a forecast, may write."""
VALIDATION_FILES: Final = {
    **_FIRST,
    VALIDATION: "every figure: recorded, predicted with its range over the fits, hit or miss, and the forecast of no "
    "change",
    TRANSITIONS: "from one full inspection to the next: pairs recorded, and shares recorded and predicted",
    SCORES: "shares of hits, coverage, and the error of the transition matrix, next to the forecast of no change",
    FIGURES_BY_FIT: "every predicted figure under each fit",
    **_LAST,
}
FORECAST: Final = "forecast.csv"
FITS_RUN: Final = "fits_run.csv"
FORECAST_EXPECTED: Final = (ANSWER, FORECAST, FIGURES_BY_FIT, FITS_RUN, SCENARIO, PROVIDERS, *SHOWN)
"""Files that a forecast may write."""
FORECAST_FILES: Final = {
    **_WITHOUT_CHARTS,
    FORECAST: "every figure with its range over the fits, for every day on which records may start",
    FIGURES_BY_FIT: "the same under each fit",
    FITS_RUN: "the mechanisms of the fits used",
    **_LAST,
    MANIFEST: "versions, options, time taken, checksums, and the seal: the digest of everything",
}


def those_there(told: dict[str, str], files: list[str]) -> dict[str, str]:
    """Keep of what is told those files that are there; one that ends in a slash is a folder."""
    return {
        name: what
        for name, what in told.items()
        if name == MANIFEST or any(each == name or (name.endswith("/") and each.startswith(name)) for each in files)
    }
