"""What each column of each table of a run means: the source of its data dictionary."""

from fnmatch import fnmatchcase
from typing import Final

from simulator.engine.table_columns import (
    ASSESSMENT_COLUMNS,
    BACKLOG_COLUMNS,
    DUTY_COLUMNS,
    EPISODE_COLUMNS,
    INSPECTION_COLUMNS,
    LIFE_COLUMNS,
)
from simulator.evidence import MARKS
from simulator.experiments.sensitivity_frames import ALIKE, AS_GIVEN, BY_MAGNITUDE
from simulator.experiments.verdicts import VERDICTS
from simulator.inspectorate.kinds import KINDS, RATINGS
from simulator.measures.names import ALL_SERVICES, BY_NAME, MEASURES
from simulator.present.assumption_titles import title_of_assumption
from simulator.present.chart_tables import ALL_KINDS
from simulator.present.life_figures import FIGURES
from simulator.present.report.meanings import Meaning, Type
from simulator.present.report.predicted_columns import PREDICTED
from simulator.world.services import SECTORS, SERVICE_TYPES

NAME: Final = "name"
FTE: Final = "full-time equivalents"
COUNT: Final = "number"
AS_MEASURE: Final = "that of the measure in the same row"
OF_QUESTION: Final = "that of the measure asked about"
SQUARED: Final = "square of that of the measure"
YEARLY_POUNDS: Final = "pounds per year"
OF_ASSUMPTION: Final = "that of the assumption in the same row"
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
    "framework": Meaning("Framework", "text", NAME, "framework of inspection, as its file is called"),
    "title": Meaning("Framework in words", "text", NAME, "title of the framework"),
    "baseline": Meaning("Compared with", "text", NAME, "framework that the difference is taken from"),
    "service_type": Meaning("Service type", "text", NAME, "kind of provider; all takes them together", TYPES),
    "measure": Meaning(
        "Measure", "text", NAME, "what is measured: docs/measures.md", ", ".join(each.name for each in MEASURES)
    ),
    "replication": Meaning("Replication", "whole number", COUNT, "which run of the same chances, counted from 1"),
    "value": Meaning("Value", "number", AS_MEASURE, "value in one replication; empty where undefined"),
    "mean": Meaning("Mean", "number", AS_MEASURE, "mean over replications; empty where undefined"),
    "low": Meaning("Low", "number", AS_MEASURE, "lower end of the 95 % interval; empty with one replication"),
    "high": Meaning("High", "number", AS_MEASURE, "upper end of the 95 % interval; empty with one replication"),
    "replications": Meaning("Replications", "whole number", COUNT, "replications in which it is defined"),
    "seed": Meaning("Seed", "whole number", COUNT, "seed of all chances of the run"),
    "error": Meaning("Error", "text", "text", "what went wrong"),
    "case": Meaning("Case", "text", "text", "which of the runs: stage, and point of its row"),
    "where": Meaning("Where", "text", "text", "place in the program at which it went wrong"),
    "lower": Meaning("Lower yardstick", "text", NAME, "framework under which none of the possible gain is realised"),
    "upper": Meaning("Upper yardstick", "text", NAME, "framework under which all of the possible gain is realised"),
    "share": Meaning(
        "Share", "number", "share of the possible gain", "share realised; below 0 is worse than the lower yardstick"
    ),
    "possible": Meaning("Possible gain", "number", AS_MEASURE, "mean gain from the lower to the upper yardstick"),
    "kind": Meaning(
        "Kind of inspection",
        "text",
        NAME,
        "kind of inspection; all takes them together",
        ", ".join((*KINDS, ALL_KINDS)),
    ),
    "days": Meaning("Days", "whole number", "days", "days since the provider became poor"),
    "month_end": Meaning("End of month", "date", "YYYY-MM-DD", "day at whose midnight the month ended"),
    "others_share": Meaning(
        "Share of the others", "number", "share, 0 to 1", "share of providers that are not poor with as high a risk"
    ),
    "pool": Meaning("Pool", "text", NAME, "pool of inspectors"),
    "fte": Meaning("FTE", "number", FTE, "posts in the pool; empty where none are enough, inf for no limit"),
    "outcome": Meaning(
        "Outcome", "text", NAME, "how the search ended", "found, impossible, out of reach, unclear, undefined"
    ),
    "fte_low": Meaning("FTE, low", "number", FTE, "lower end of the interval of the number needed"),
    "fte_high": Meaning("FTE, high", "number", FTE, "upper end of the interval of the number needed"),
    "confidence": Meaning("Confidence", "number", "probability", "with which targets are met, and missed below"),
    "cost_per_year": Meaning("Cost a year", "number", YEARLY_POUNDS, "cost of the posts, or of the work done"),
    "cost_per_year_low": Meaning("Cost, low", "number", YEARLY_POUNDS, "cost of the lower end of the interval"),
    "cost_per_year_high": Meaning("Cost, high", "number", YEARLY_POUNDS, "cost of the upper end of the interval"),
    "posts_cost_per_year": Meaning("Cost of posts a year", "number", YEARLY_POUNDS, "cost of the posts of the pool"),
    "posts_cost_per_year_low": Meaning("Cost of posts, low", "number", YEARLY_POUNDS, "cost of the lower end"),
    "posts_cost_per_year_high": Meaning("Cost of posts, high", "number", YEARLY_POUNDS, "cost of the upper end"),
    "variance_paired": Meaning("Variance, paired", "number", SQUARED, "of the difference on the same chances"),
    "variance_independent": Meaning(
        "Variance, independent", "number", SQUARED, "of that of runs with their own chances"
    ),
    "gain": Meaning("Gain of pairing", "number", "ratio", "independent variance over that of paired runs"),
    "replications_independent": Meaning(
        "Replications, independent", "number", COUNT, "how many independent ones would tell as much"
    ),
    "difference": Meaning("Difference", "number", AS_MEASURE, "mean difference from the baseline"),
    "half_width": Meaning("Half-width", "number", AS_MEASURE, "half of the width of the 95 % interval"),
    "asked": Meaning("Asked", "number", AS_MEASURE, "half-width that was asked for"),
    "reached": Meaning("Reached", "yes or no", "yes or no", "whether it is known as closely as asked"),
    "arithmetic_fte": Meaning("FTE by arithmetic", "number", FTE, "work asked for over deployable days"),
    "inspector_days_asked_for": Meaning(
        "Work asked for", "number", "inspector-days per year", "worked where there is no limit to inspectors"
    ),
    "deployable_days_per_fte_year": Meaning("Days of an FTE", "number", "days per year", "days for inspections"),
    "share_of_it_done": Meaning("Share done", "number", "share, 0 to 1", "of the work asked for, at the answer"),
    "share_of_time_in_use": Meaning("Time in use", "number", "share, 0 to 1", "of the inspectors' time, at the answer"),
    "target": Meaning("Target", "text", "text", "what is to be met: a measure, of whom, and its bound"),
    "standing": Meaning(
        "How it stands", "text", NAME, "how things stand with the target", "met, missed, unclear, undefined, no team"
    ),
    "other": Meaning("Other framework", "text", NAME, "framework that it is compared with"),
    "less_below": Meaning("Less below", "text", NAME, "framework with less of the measure below the crossing"),
    "less_above": Meaning("Less above", "text", NAME, "framework with less of the measure above the crossing"),
    "fit": Meaning("Fit", "whole number", COUNT, "which fit of the set, counted from 1"),
    "best": Meaning("Best fit", "number", AS_MEASURE, "mean under the best fit"),
    "median": Meaning("Middle fit", "number", AS_MEASURE, "median over the fits, of the mean under each"),
    "fte_best": Meaning("FTE, best fit", "number", FTE, "number needed in the best fit; empty where it has none"),
    "fte_median": Meaning("FTE, middle fit", "number", FTE, "that of the middle fit; empty where it has none"),
    "posts_cost_per_year_best": Meaning(
        "Cost of posts a year, best fit", "number", YEARLY_POUNDS, "cost in the best fit"
    ),
    "posts_cost_per_year_median": Meaning(
        "Cost of posts a year, middle fit", "number", YEARLY_POUNDS, "in the middle fit"
    ),
    "fits": Meaning("Fits", "whole number", COUNT, "fits that were asked"),
    "fits_without_number": Meaning("Fits without a number", "whole number", COUNT, "fits in which none is known"),
    "assumption": Meaning(
        "Assumption", "text", NAME, "key of the assumption in docs/assumptions.md; others and chance stand for groups"
    ),
    "mark": Meaning("Mark", "text", NAME, "what the number rests on", MARKED),
    "given": Meaning("As given", "number", OF_ASSUMPTION, "value in the scenario or framework; 1 for a factor"),
    "distribution": Meaning("Distribution", "text", NAME, "how it is drawn", f"{ALIKE}, {BY_MAGNITUDE}"),
    "singly": Meaning("Looked at singly", "yes or no", "yes or no", "whether it was looked at by itself"),
    "end": Meaning("End", "text", NAME, "end of the range at which it stands", f"{AS_GIVEN}, lower, upper"),
    "change": Meaning("Change", "number", OF_QUESTION, "of the difference, against all as given"),
    "change_low": Meaning("Change, low", "number", OF_QUESTION, "lower end of its 95 % interval"),
    "change_high": Meaning("Change, high", "number", OF_QUESTION, "upper end of its 95 % interval"),
    **_estimated(
        "first", Meaning("By itself", "number", OF_SPREAD, "part that it has alone (first-order Sobol index)")
    ),
    **_estimated(
        "total", Meaning("With others too", "number", OF_SPREAD, "part that it has in all (total Sobol index)")
    ),
    **_estimated("beyond", Meaning("Only with others", "number", OF_SPREAD, "total less first-order index")),
    "verdict": Meaning("Outcome", "text", NAME, "how the first framework does against the second", VERDICT_NAMES),
    "worlds": Meaning("Worlds", "whole number", COUNT, "worlds of which it holds"),
    "world": Meaning("World", "whole number", COUNT, "number of the world, counted from 1"),
    "predicted": Meaning("Predicted", "text", NAME, "what most of them are: of the first framework", VERDICT_NAMES),
    "better": Meaning("First better", "whole number", COUNT, "worlds in which the first framework does better"),
    "worse": Meaning("Second better", "whole number", COUNT, "worlds in which the second framework does better"),
    "undecided": Meaning("Undecided", "whole number", COUNT, "worlds in which chance leaves it undecided"),
    "same": Meaning("No difference", "whole number", COUNT, "worlds in which the two come to exactly the same"),
    "provider": Meaning("Provider", "text", NAME, "name of the provider"),
    "sector": Meaning("Sector", "text", NAME, "kind of body that runs it", ", ".join(SECTORS)),
    "local_authority": Meaning("Local authority", "text", NAME, "local authority in whose area it is"),
    "region": Meaning("Region", "text", NAME, "region of the local authority"),
    "places": Meaning("Places", "whole number", "children", "children that it serves"),
    "opened": Meaning("Opened", "date", "YYYY-MM-DD", "day from which it is open; empty if before the run"),
    "closed": Meaning("Closed", "date", "YYYY-MM-DD", "day on which it closes for good; empty if not known"),
    "file": Meaning("File", "text", NAME, "file of the table; a * stands for any characters"),
    "column": Meaning("Column", "text", NAME, "column of the table"),
    "type": Meaning("Type", "text", NAME, "type of its values", ", ".join(Type.__args__)),  # type: ignore[attr-defined]
    "unit": Meaning("Unit", "text", "text", "unit of its values"),
    "meaning": Meaning("Meaning", "text", "text", "what the column holds"),
    "values": Meaning("Values", "text", "text", "which values there may be, if they can be listed"),
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
    "figure": Meaning("Figure", "text", NAME, "what is counted, in the years measured", ", ".join(FIGURES)),
    "value": Meaning("Value", "number", "days, inspector-days or number", "how many"),
}
EACH_ITS_OWN: Final = "empty where each place has its own range"
_OF_ASSUMPTIONS: Final = {
    "title": Meaning("Assumption in words", "text", NAME, "what the assumption is called for people")
}
_SWINGS: Final = _OF_ASSUMPTIONS | {
    "assumption": COLUMNS["assumption"]._replace(meaning="key of the one that is moved; empty with all as given"),
    "value": Meaning("Value", "number", OF_ASSUMPTION, f"value or factor at this end; {EACH_ITS_OWN}"),
    "difference": COLUMNS["difference"]._replace(unit=OF_QUESTION, meaning="mean, first framework less second"),
    "low": COLUMNS["low"]._replace(unit=OF_QUESTION),
    "high": COLUMNS["high"]._replace(unit=OF_QUESTION),
    "replications": COLUMNS["replications"]._replace(meaning="replications at each end"),
}
_OF_WORLDS: Final = {
    "share": Meaning("Share of worlds", "number", "share, 0 to 1", "share of all worlds"),
    "low": Meaning("Low", "number", "share, 0 to 1", "lower end of the 95 % interval of the share"),
    "high": Meaning("High", "number", "share, 0 to 1", "upper end of the 95 % interval of the share"),
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
        "low": COLUMNS["low"]._replace(unit=YEARLY_POUNDS, meaning="lower end of the 95 % interval of the crossing"),
        "high": COLUMNS["high"]._replace(unit=YEARLY_POUNDS, meaning="upper end of the 95 % interval of the crossing"),
    },
    "crossings*.csv": {
        "fte": COLUMNS["fte"]._replace(meaning="posts at which the two frameworks cross"),
        "low": COLUMNS["low"]._replace(unit=FTE, meaning="lower end of the 95 % interval of the crossing"),
        "high": COLUMNS["high"]._replace(unit=FTE, meaning="upper end of the 95 % interval of the crossing"),
    },
    "size.csv": {
        "cost_per_year": COLUMNS["cost_per_year"]._replace(meaning="cost of the posts"),
        "replications": COLUMNS["replications"]._replace(meaning="replications at the answer"),
    },
    "points.csv": {
        "low": COLUMNS["low"]._replace(meaning="lower end of the one-sided interval, by the confidence asked for"),
        "high": COLUMNS["high"]._replace(meaning="upper end of the one-sided interval, by the confidence asked for"),
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
        "kind": Meaning("Kind", "text", NAME, "whether the number itself is moved, or a factor of it", "value, factor"),
        "low": Meaning("Low", "number", OF_ASSUMPTION, f"lowest value or factor; {EACH_ITS_OWN}"),
        "high": Meaning("High", "number", OF_ASSUMPTION, f"highest value or factor; {EACH_ITS_OWN}"),
    },
    "shares.csv": {
        "verdict": COLUMNS["verdict"]._replace(values=""),
        "framework": COLUMNS["framework"]._replace(meaning="framework that does better; empty where neither does"),
        **_OF_WORLDS,
    },
    "splits.csv": {"where": Meaning("Where", "text", "text", "which worlds, by their assumptions")} | _OF_WORLDS,
    "charts/life*.csv": _OF_LIVES,
    "charts/lives.csv": _OF_LIVES,
    "diaries.csv": {
        "date": Meaning("Date", "date", "YYYY-MM-DD", "day on which it happens"),
        "what_happened": Meaning("What happened", "text", "text", "the entry of the diary"),
        "parted": Meaning(
            "Lives have parted", "yes or no", "yes or no", "whether something had differed between the two by then"
        ),
    },
    "worlds.csv": {
        "difference": COLUMNS["difference"]._replace(
            unit=OF_QUESTION, meaning="mean over its two replications, first framework less second"
        )
    },
}
"""By file, what a column holds there."""


def meaning_of(file: str, column: str) -> Meaning | None:
    """Give what a column of a file holds, None if nobody says."""
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
    where = "where each place has its own range, how far up it, 0 to 1"
    return Meaning(title_of_assumption(assumption), "number", "as in assumptions.csv", f"its value or factor; {where}")
