"""The files that an answer over a set of fits leaves, and the meaning of their columns."""

from typing import Final

from simulator.answers.columns import COLUMNS
from simulator.answers.file import File
from simulator.answers.files import failed, files
from simulator.answers.meanings import AS_MEASURE, COUNT, FTE, YEARLY_POUNDS, Meaning
from simulator.questions.compare.events import event_files
from simulator.questions.compare.files import OF_GAIN, PRECISION_FILE, YARDSTICKS
from simulator.questions.frontier.files import BY_NUMBER
from simulator.questions.size.files import SIZES

SUMMARY_OVER_FITS: Final = "summary_over_fits.csv"
DIFFERENCES_OVER_FITS: Final = "differences_over_fits.csv"
GAINS_OVER_FITS: Final = "gains_over_fits.csv"
BY_FIT: Final = "by_fit.csv"
SPREAD: Final = "over_fits.csv"
CROSSINGS_BY_FIT: Final = "crossings_by_fit.csv"
INTERVALS: Final = "the interval that holds nine in ten of the fits"
_CHANCE: Final = "intervals of each fit show random variation"
_SPREAD: Final = {
    "best": Meaning("Best fit", "number", AS_MEASURE, "mean under the best fit"),
    "median": Meaning("Median fit", "number", AS_MEASURE, "median over the fits, of the mean under each"),
    "low": COLUMNS["low"]._replace(meaning="value below which one fit in twenty lies"),
    "high": COLUMNS["high"]._replace(meaning="value above which one fit in twenty lies"),
    "fits": Meaning("Fits", "whole number", COUNT, "number of fits used"),
}
_GAINS: Final = YARDSTICKS | {
    "best": _SPREAD["best"]._replace(unit=OF_GAIN, meaning="share under the best fit"),
    "median": _SPREAD["median"]._replace(unit=OF_GAIN, meaning="median of the shares over the fits that have one"),
    "low": _SPREAD["low"]._replace(unit=OF_GAIN),
    "high": _SPREAD["high"]._replace(unit=OF_GAIN),
}


def _numbers(name: str, title: str, unit: str, what: str, without: str) -> dict[str, Meaning]:
    """Describe a number over the fits: under the best and the median fit, and the ends of the range."""
    return {
        f"{name}_best": Meaning(f"{title}, best fit", "number", unit, f"{what} in the best fit{without}"),
        f"{name}_median": Meaning(f"{title}, median fit", "number", unit, f"{what} in the median fit{without}"),
        **{
            f"{name}_{end}": _SIZES_AND_COSTS[f"{name}_{end}"]._replace(
                meaning=f"{_SPREAD[end].meaning}; empty where it has none"
            )
            for end in ("low", "high")
        },
    }


_SIZES_AND_COSTS: Final = COLUMNS | SIZES
_SIZES: Final = {
    "fits": _SPREAD["fits"],
    "fits_without_number": Meaning(
        "Fits without a number", "whole number", COUNT, "fits in which the number is unknown"
    ),
    **_numbers("fte", "FTE", FTE, "number needed", "; empty if it has none"),
    **_numbers("posts_cost_per_year", "Cost of posts a year", YEARLY_POUNDS, "cost", ""),
}
_FAILED: Final = failed("fit, framework, FTE, replication, seed and error")
_OVER: Final = "the answer over the fits: the best fit, the median fit, and the range of nine in ten of them"

COMPARE_FILES: Final = files(
    File(
        SUMMARY_OVER_FITS,
        "every measure by framework and service type: the median fit, and the range of nine in ten of them",
        "Summary",
        "Every measure by framework and service type, over the fits",
        INTERVALS,
        _SPREAD,
    ),
    File(
        DIFFERENCES_OVER_FITS,
        "the same as differences from the baseline",
        "Differences",
        "Every measure as a difference, over the fits",
        INTERVALS,
        _SPREAD,
    ),
    File(
        GAINS_OVER_FITS,
        "share of the possible gain that each framework achieves, between yardsticks, over the fits",
        "Gains",
        "Share of the possible gain that each framework achieves",
        INTERVALS,
        _GAINS,
    ),
    PRECISION_FILE,
    File(BY_FIT, "every measure under each fit"),
    *event_files("inspections, assessments, episodes, backlog, duties and lives, row by row, each row with its fit"),
    failed("fit, framework, replication, seed and error"),
)
SIZE_FILES: Final = files(
    File(
        SPREAD,
        _OVER,
        "Over the fits",
        "Smallest number of inspectors that meets the targets, over the fits",
        INTERVALS,
        _SIZES,
    ),
    File(
        BY_FIT,
        "the answer in each fit",
        "By fit",
        "Smallest number of inspectors that meets the targets, in each fit",
        _CHANCE,
        SIZES,
    ),
    _FAILED,
)
FRONTIER_FILES: Final = files(
    File(SPREAD, _OVER, "Over the fits", "Results by number of inspectors, over the fits", INTERVALS, _SPREAD),
    File(BY_FIT, "the answer in each fit", "By fit", "Results by number of inspectors, in each fit", _CHANCE),
    File(
        CROSSINGS_BY_FIT,
        "where curves cross in each fit",
        "Crossings by fit",
        "Where frameworks cross, in each fit",
        _CHANCE,
        BY_NUMBER,
    ),
    _FAILED,
)
