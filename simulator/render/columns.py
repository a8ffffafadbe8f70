"""What each column of each table of a run means: the source of its data dictionary."""

from fnmatch import fnmatchcase
from typing import Final

from simulator.answers.meanings import Meaning, Type
from simulator.engine.table_columns import (
    ASSESSMENT_COLUMNS,
    BACKLOG_COLUMNS,
    DUTY_COLUMNS,
    EPISODE_COLUMNS,
    INSPECTION_COLUMNS,
    LIFE_COLUMNS,
)
from simulator.inputs.evidence import MARKS
from simulator.inspectorate.kinds import KINDS, RATINGS
from simulator.measures.names import ALL_SERVICES, BY_NAME, MEASURES
from simulator.questions.compare.chart_tables import ALL_KINDS
from simulator.questions.sensitivity.tables import ALIKE, AS_GIVEN, BY_MAGNITUDE
from simulator.questions.sensitivity.titles import title_of_assumption
from simulator.questions.trace.figures import FIGURES
from simulator.questions.validate.columns import PREDICTED
from simulator.statistics.verdicts import VERDICTS
from simulator.world.services import SECTORS, SERVICE_TYPES

NAME: Final = "name"
FTE: Final = "full-time equivalents"
COUNT: Final = "number"
AS_MEASURE: Final = "unit of the measure in the same row"
OF_QUESTION: Final = "unit of the measure of the question"
SQUARED: Final = "square of the unit of the measure"
YEARLY_POUNDS: Final = "pounds per year"
OF_ASSUMPTION: Final = "unit of the assumption in the same row"
OF_SPREAD: Final = "share of the variance"
MARKED: Final = ", ".join(f"{mark} {what}" for mark, what in MARKS.items())
VERDICT_NAMES: Final = ", ".join(VERDICTS)
TYPES: Final = ", ".join((*SERVICE_TYPES, ALL_SERVICES))
EVERY_KIND: Final = ", ".join((*KINDS, ALL_KINDS))
GRADES: Final = ", ".join(RATINGS)


def _estimated(name: str, of: Meaning) -> dict[str, Meaning]:
    """Describe an estimate and the two ends of its 95 % interval, each a column."""
    ends = {
        f"{name}_{end}": of._replace(title=f"{of.title}, {end}", meaning=f"{of.meaning}: {which} end of its interval")
        for end, which in (("low", "lower"), ("high", "upper"))
    }
    return {name: of} | ends


COLUMNS: Final[dict[str, Meaning]] = {
    "framework": Meaning("Framework", "text", NAME, "framework of inspection, by the name of its file"),
    "title": Meaning("Title of the framework", "text", NAME, "title of the framework"),
    "baseline": Meaning("Compared with", "text", NAME, "framework subtracted in the difference"),
    "service_type": Meaning("Service type", "text", NAME, "kind of provider; all combines them", TYPES),
    "measure": Meaning(
        "Measure", "text", NAME, "measure: see docs/measures.md", ", ".join(each.name for each in MEASURES)
    ),
    "replication": Meaning(
        "Replication", "whole number", COUNT, "number of the run with the same random numbers, counted from 1"
    ),
    "value": Meaning("Value", "number", AS_MEASURE, "value in one replication; empty where undefined"),
    "mean": Meaning("Mean", "number", AS_MEASURE, "mean over replications; empty where undefined"),
    "low": Meaning("Low", "number", AS_MEASURE, "lower end of the 95% interval; empty with one replication"),
    "high": Meaning("High", "number", AS_MEASURE, "upper end of the 95% interval; empty with one replication"),
    "replications": Meaning("Replications", "whole number", COUNT, "replications in which it is defined"),
    "seed": Meaning("Seed", "whole number", COUNT, "random seed of the run"),
    "error": Meaning("Error", "text", "text", "error"),
    "case": Meaning("Case", "text", "text", "run: stage, and point of its row"),
    "where": Meaning("Where", "text", "text", "place in the program where it failed"),
    "lower": Meaning("Lower yardstick", "text", NAME, "framework with none of the possible gain"),
    "upper": Meaning("Upper yardstick", "text", NAME, "framework with all of the possible gain"),
    "share": Meaning(
        "Share", "number", "share of the possible gain", "share achieved; below 0 is worse than the lower yardstick"
    ),
    "possible": Meaning("Possible gain", "number", AS_MEASURE, "mean gain from the lower to the upper yardstick"),
    "kind": Meaning(
        "Kind of inspection",
        "text",
        NAME,
        "kind of inspection; all combines them",
        ", ".join((*KINDS, ALL_KINDS)),
    ),
    "days": Meaning("Days", "whole number", "days", "days since the provider became poor"),
    "month_end": Meaning("End of month", "date", "YYYY-MM-DD", "last day of the month, at midnight"),
    "others_share": Meaning(
        "Share of the others", "number", "share, 0 to 1", "share of providers that are not poor with at least this risk"
    ),
    "pool": Meaning("Pool", "text", NAME, "pool of inspectors"),
    "fte": Meaning("FTE", "number", FTE, "posts in the pool; empty if no number is enough, inf for no limit"),
    "outcome": Meaning(
        "Outcome", "text", NAME, "how the search ended", "found, impossible, out of reach, unclear, undefined"
    ),
    "fte_low": Meaning("FTE, low", "number", FTE, "lower end of the interval of the number needed"),
    "fte_high": Meaning("FTE, high", "number", FTE, "upper end of the interval of the number needed"),
    "confidence": Meaning("Confidence", "number", "probability", "confidence that targets are met, and missed below"),
    "cost_per_year": Meaning("Cost a year", "number", YEARLY_POUNDS, "cost of the posts, or of the work done"),
    "cost_per_year_low": Meaning("Cost, low", "number", YEARLY_POUNDS, "cost of the lower end of the interval"),
    "cost_per_year_high": Meaning("Cost, high", "number", YEARLY_POUNDS, "cost of the upper end of the interval"),
    "posts_cost_per_year": Meaning("Cost of posts a year", "number", YEARLY_POUNDS, "cost of the posts of the pool"),
    "posts_cost_per_year_low": Meaning("Cost of posts, low", "number", YEARLY_POUNDS, "cost of the lower end"),
    "posts_cost_per_year_high": Meaning("Cost of posts, high", "number", YEARLY_POUNDS, "cost of the upper end"),
    "variance_paired": Meaning(
        "Variance, paired", "number", SQUARED, "variance of the difference with common random numbers"
    ),
    "variance_independent": Meaning(
        "Variance, independent", "number", SQUARED, "variance of the difference with independent runs"
    ),
    "gain": Meaning("Gain of pairing", "number", "ratio", "independent variance divided by paired variance"),
    "replications_independent": Meaning(
        "Replications, independent", "number", COUNT, "number of independent replications for the same precision"
    ),
    "difference": Meaning("Difference", "number", AS_MEASURE, "mean difference from the baseline"),
    "half_width": Meaning("Half-width", "number", AS_MEASURE, "half of the width of the 95% interval"),
    "asked": Meaning("Asked", "number", AS_MEASURE, "requested half-width"),
    "reached": Meaning("Reached", "yes or no", "yes or no", "whether the requested precision was reached"),
    "arithmetic_fte": Meaning("FTE by simple arithmetic", "number", FTE, "required work divided by deployable days"),
    "inspector_days_asked_for": Meaning(
        "Required work", "number", "inspector-days per year", "work done without limit to inspectors"
    ),
    "deployable_days_per_fte_year": Meaning(
        "Days of an FTE", "number", "days per year", "days available for inspections"
    ),
    "share_of_it_done": Meaning(
        "Share done", "number", "share, 0 to 1", "share of the required work done, at the answer"
    ),
    "share_of_time_in_use": Meaning(
        "Time in use", "number", "share, 0 to 1", "share of inspectors' time in use, at the answer"
    ),
    "target": Meaning("Target", "text", "text", "target: a measure, its providers, and its bound"),
    "standing": Meaning("Status", "text", NAME, "status of the target", "met, missed, unclear, undefined, no team"),
    "other": Meaning("Other framework", "text", NAME, "framework compared with"),
    "less_below": Meaning("Less below", "text", NAME, "framework with less of the measure below the crossing"),
    "less_above": Meaning("Less above", "text", NAME, "framework with less of the measure above the crossing"),
    "fit": Meaning("Fit", "whole number", COUNT, "number of the fit in the set, counted from 1"),
    "best": Meaning("Best fit", "number", AS_MEASURE, "mean under the best fit"),
    "median": Meaning("Median fit", "number", AS_MEASURE, "median over the fits, of the mean under each"),
    "fte_best": Meaning("FTE, best fit", "number", FTE, "number needed in the best fit; empty if it has none"),
    "fte_median": Meaning("FTE, median fit", "number", FTE, "number needed in the median fit; empty if it has none"),
    "posts_cost_per_year_best": Meaning(
        "Cost of posts a year, best fit", "number", YEARLY_POUNDS, "cost in the best fit"
    ),
    "posts_cost_per_year_median": Meaning(
        "Cost of posts a year, median fit", "number", YEARLY_POUNDS, "cost in the median fit"
    ),
    "fits": Meaning("Fits", "whole number", COUNT, "number of fits used"),
    "fits_without_number": Meaning(
        "Fits without a number", "whole number", COUNT, "fits in which the number is unknown"
    ),
    "assumption": Meaning(
        "Assumption", "text", NAME, "key of the assumption in docs/assumptions.md; others and chance are groups"
    ),
    "mark": Meaning("Mark", "text", NAME, "source of the number", MARKED),
    "given": Meaning("Default", "number", OF_ASSUMPTION, "value in the scenario or framework; 1 for a factor"),
    "distribution": Meaning("Distribution", "text", NAME, "how values are drawn", f"{ALIKE}, {BY_MAGNITUDE}"),
    "singly": Meaning("Examined singly", "yes or no", "yes or no", "whether it was examined by itself"),
    "end": Meaning("End", "text", NAME, "end of its range", f"{AS_GIVEN}, lower, upper"),
    "change": Meaning("Change", "number", OF_QUESTION, "change of the difference from the default"),
    "change_low": Meaning("Change, low", "number", OF_QUESTION, "lower end of its 95% interval"),
    "change_high": Meaning("Change, high", "number", OF_QUESTION, "upper end of its 95% interval"),
    **_estimated("first", Meaning("By itself", "number", OF_SPREAD, "share by itself (first-order Sobol index)")),
    **_estimated(
        "total", Meaning("With others too", "number", OF_SPREAD, "share including interactions (total Sobol index)")
    ),
    **_estimated("beyond", Meaning("Only with others", "number", OF_SPREAD, "total minus first-order index")),
    "verdict": Meaning("Outcome", "text", NAME, "result of the first framework against the second", VERDICT_NAMES),
    "worlds": Meaning("Worlds", "whole number", COUNT, "number of worlds with this result"),
    "world": Meaning("World", "whole number", COUNT, "number of the world, counted from 1"),
    "predicted": Meaning("Predicted", "text", NAME, "commonest result of the first framework", VERDICT_NAMES),
    "better": Meaning("First better", "whole number", COUNT, "worlds in which the first framework does better"),
    "worse": Meaning("Second better", "whole number", COUNT, "worlds in which the second framework does better"),
    "undecided": Meaning("Undecided", "whole number", COUNT, "undecided worlds"),
    "same": Meaning("No difference", "whole number", COUNT, "worlds with exactly the same result"),
    "provider": Meaning("Provider", "text", NAME, "name of the provider"),
    "sector": Meaning("Sector", "text", NAME, "kind of body that runs it", ", ".join(SECTORS)),
    "local_authority": Meaning("Local authority", "text", NAME, "local authority in whose area it is"),
    "region": Meaning("Region", "text", NAME, "region of the local authority"),
    "places": Meaning("Places", "whole number", "children", "number of children that it serves"),
    "opened": Meaning("Opened", "date", "YYYY-MM-DD", "day from which it is open; empty if before the run"),
    "closed": Meaning("Closed", "date", "YYYY-MM-DD", "day on which it closes permanently; empty if unknown"),
    "file": Meaning("File", "text", NAME, "file of the table; a * stands for any characters"),
    "column": Meaning("Column", "text", NAME, "column of the table"),
    "type": Meaning("Type", "text", NAME, "type of its values", ", ".join(Type.__args__)),  # type: ignore[attr-defined]
    "unit": Meaning("Unit", "text", "text", "unit of its values"),
    "meaning": Meaning("Meaning", "text", "text", "what the column holds"),
    "values": Meaning("Values", "text", "text", "possible values, if they can be listed"),
}
"""By name, what a column holds wherever it stands, unless `ELSEWHERE` says otherwise of a file."""

_MOMENTS: Final = (
    *("raised", "deadline", "started", "ended", "began", "detected", "month", "time"),
    *("due", "met", "opened", "closed"),
)
_UNITS: Final[dict[str, tuple[Type, str]]] = {
    "team": ("whole number", "inspectors"),
    "inspector_days": ("number", "inspector-days"),
    "days_since_last_visit": ("number", "days"),
    "places": ("whole number", "children"),
    "waiting": ("whole number", "inspections"),
    "overdue": ("whole number", "inspections"),
    "running": ("whole number", "inspections"),
    "inspector_days_worked": ("number", "inspector-days"),
    "inspector_days_there": ("number", "inspector-days"),
    "desk_days": ("number", "inspector-days"),
    "risk": ("number", "points or probability"),
    "statutory": ("yes or no", "yes or no"),
    "review": ("yes or no", "yes or no"),
    "generation": ("whole number", COUNT),
    "gap_days": ("number", "days"),
    "gap_open": ("yes or no", "yes or no"),
}
_VALUES: Final = {
    "kind": ", ".join(KINDS),
    "service_type": ", ".join(SERVICE_TYPES),
    "sector": ", ".join(SECTORS),
    "true_grade": ", ".join(RATINGS[1:]),
    "judged": ", ".join(RATINGS[1:]),
    "rating": GRADES,
    "rating_before": GRADES,
}


def _of_events(told: dict[str, str]) -> dict[str, Meaning]:
    """Describe the columns of a table of events as the engine does."""
    described = {}
    for name, meaning in told.items():
        kind, unit = _UNITS.get(name, ("moment", "YYYY-MM-DD hh:mm") if name in _MOMENTS else ("text", NAME))
        described[name] = Meaning(name, kind, unit, meaning, _VALUES.get(name, ""))
    return described


_OVER_FITS: Final = {
    "low": COLUMNS["low"]._replace(meaning="value below which one fit in twenty lies"),
    "high": COLUMNS["high"]._replace(meaning="value above which one fit in twenty lies"),
}
_OF_LIVES: Final = {
    "figure": Meaning("Figure", "text", NAME, "figure, counted in the years measured", ", ".join(FIGURES)),
    "value": Meaning("Value", "number", "days, inspector-days or number", "number"),
}
EACH_ITS_OWN: Final = "empty where each place has its own range"
_OF_ASSUMPTIONS: Final = {"title": Meaning("Title of the assumption", "text", NAME, "title of the assumption")}
_SWINGS: Final = _OF_ASSUMPTIONS | {
    "assumption": COLUMNS["assumption"]._replace(meaning="key of the assumption that is moved; empty for the default"),
    "value": Meaning("Value", "number", OF_ASSUMPTION, f"value or factor at this end; {EACH_ITS_OWN}"),
    "difference": COLUMNS["difference"]._replace(unit=OF_QUESTION, meaning="mean, first framework minus second"),
    "low": COLUMNS["low"]._replace(unit=OF_QUESTION),
    "high": COLUMNS["high"]._replace(unit=OF_QUESTION),
    "replications": COLUMNS["replications"]._replace(meaning="replications at each end"),
}
_OF_WORLDS: Final = {
    "share": Meaning("Share of worlds", "number", "share, 0 to 1", "share of all worlds"),
    "low": Meaning("Low", "number", "share, 0 to 1", "lower end of the 95% interval of the share"),
    "high": Meaning("High", "number", "share, 0 to 1", "upper end of the 95% interval of the share"),
}
WORLDS: Final = "worlds.csv"
"""Beside its own columns it has one for each assumption, named by its key."""
ELSEWHERE: Final[dict[str, dict[str, Meaning]]] = {
    **PREDICTED,
    "inspections.parquet": _of_events(INSPECTION_COLUMNS),
    "episodes.parquet": _of_events(EPISODE_COLUMNS),
    "backlog.parquet": _of_events(BACKLOG_COLUMNS),
    "assessments.parquet": _of_events(ASSESSMENT_COLUMNS),
    "duties.parquet": _of_events(DUTY_COLUMNS),
    "lives.parquet": _of_events(LIFE_COLUMNS),
    "gains.csv": {
        "low": COLUMNS["low"]._replace(unit="share of the possible gain"),
        "high": COLUMNS["high"]._replace(unit="share of the possible gain"),
    },
    "crossings_by_cost.csv": {
        "cost_per_year": COLUMNS["cost_per_year"]._replace(
            meaning="cost of the work done at which the two frameworks cross"
        ),
        "low": COLUMNS["low"]._replace(unit=YEARLY_POUNDS, meaning="lower end of the 95% interval of the crossing"),
        "high": COLUMNS["high"]._replace(unit=YEARLY_POUNDS, meaning="upper end of the 95% interval of the crossing"),
    },
    "crossings*.csv": {
        "fte": COLUMNS["fte"]._replace(meaning="posts at which the two frameworks cross"),
        "low": COLUMNS["low"]._replace(unit=FTE, meaning="lower end of the 95% interval of the crossing"),
        "high": COLUMNS["high"]._replace(unit=FTE, meaning="upper end of the 95% interval of the crossing"),
    },
    "size.csv": {
        "cost_per_year": COLUMNS["cost_per_year"]._replace(meaning="cost of the posts"),
        "replications": COLUMNS["replications"]._replace(meaning="replications at the answer"),
    },
    "points.csv": {
        "low": COLUMNS["low"]._replace(meaning="lower end of the one-sided interval, at the requested confidence"),
        "high": COLUMNS["high"]._replace(meaning="upper end of the one-sided interval, at the requested confidence"),
    },
    "frontier.csv": {"cost_per_year": COLUMNS["cost_per_year"]._replace(meaning="mean cost of the work done")},
    "charts/*-by-*.csv": {"cost_per_year": COLUMNS["cost_per_year"]._replace(meaning="mean cost of the work done")},
    "charts/detection.csv": {
        name: COLUMNS[name]._replace(unit="share, 0 to 1", meaning=f"{COLUMNS[name].meaning}; share found by then")
        for name in ("mean", "low", "high")
    },
    "charts/assessment.csv": {
        name: COLUMNS[name]._replace(unit="share, 0 to 1", meaning=f"{COLUMNS[name].meaning}; share of the poor")
        for name in ("mean", "low", "high")
    },
    "charts/backlog.csv": {
        name: COLUMNS[name]._replace(unit="inspections", meaning=f"{COLUMNS[name].meaning}; inspections waiting")
        for name in ("mean", "low", "high")
    },
    "charts/inspections-by-kind.csv": {
        name: COLUMNS[name]._replace(unit="inspections per year") for name in ("mean", "low", "high")
    },
    "gains_over_fits.csv": {
        "best": COLUMNS["best"]._replace(unit="share of the possible gain", meaning="share under the best fit"),
        "median": COLUMNS["median"]._replace(
            unit="share of the possible gain", meaning="median of the shares over the fits that have one"
        ),
        "low": _OVER_FITS["low"]._replace(unit="share of the possible gain"),
        "high": _OVER_FITS["high"]._replace(unit="share of the possible gain"),
    },
    "over_fits.csv": _OVER_FITS
    | {
        f"{name}_{end}": COLUMNS[f"{name}_{end}"]._replace(
            meaning=f"{_OVER_FITS[end].meaning}; empty where it has none"
        )
        for name in ("fte", "posts_cost_per_year")
        for end in ("low", "high")
    },
    "*_over_fits.csv": _OVER_FITS,
    "swings.csv": _SWINGS,
    "screening.csv": _SWINGS,
    "charts/tornado.csv": _SWINGS,
    "spread.csv": _OF_ASSUMPTIONS,
    "charts/spread.csv": _OF_ASSUMPTIONS,
    "assumptions.csv": _OF_ASSUMPTIONS
    | {
        "unit": COLUMNS["unit"]._replace(meaning="unit of the number"),
        "kind": Meaning("Kind", "text", NAME, "whether the number itself or a factor is moved", "value, factor"),
        "low": Meaning("Low", "number", OF_ASSUMPTION, f"lowest value or factor; {EACH_ITS_OWN}"),
        "high": Meaning("High", "number", OF_ASSUMPTION, f"highest value or factor; {EACH_ITS_OWN}"),
    },
    "shares.csv": {
        "verdict": COLUMNS["verdict"]._replace(values=""),
        "framework": COLUMNS["framework"]._replace(meaning="framework that does better; empty if neither does"),
        **_OF_WORLDS,
    },
    "splits.csv": {"where": Meaning("Where", "text", "text", "the worlds, by their assumptions")} | _OF_WORLDS,
    "charts/life*.csv": _OF_LIVES,
    "charts/lives.csv": _OF_LIVES,
    "diaries.csv": {
        "date": Meaning("Date", "date", "YYYY-MM-DD", "day on which it happens"),
        "what_happened": Meaning("What happened", "text", "text", "the entry of the diary"),
        "parted": Meaning("Lives have parted", "yes or no", "yes or no", "whether the two had differed by then"),
    },
    "worlds.csv": {
        "difference": COLUMNS["difference"]._replace(
            unit=OF_QUESTION, meaning="mean over its two replications, first framework minus second"
        )
    },
}
"""By file, what a column holds there."""


def meaning_of(file: str, column: str) -> Meaning | None:
    """Return the meaning of a column of a file, None if there is none."""
    for pattern, told in ELSEWHERE.items():
        if fnmatchcase(file, pattern) and column in told:
            return told[column]
    if file == WORLDS and column not in COLUMNS:
        return _moved(column)
    measure = BY_NAME.get(column)
    if column not in COLUMNS and measure is not None:
        return Meaning(measure.title, "number", measure.unit, measure.formula)
    return COLUMNS.get(column)


def _moved(assumption: str) -> Meaning:
    """Describe the column of an assumption in the table of worlds."""
    where = "position in the range, 0 to 1, where each place has its own range"
    return Meaning(title_of_assumption(assumption), "number", "as in assumptions.csv", f"its value or factor; {where}")
