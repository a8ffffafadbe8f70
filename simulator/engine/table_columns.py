"""What each column of the tables of events holds (`simulator.engine.tables`), and from what a table has its rows."""

from typing import Final

WHOSE: Final[dict[str, str]] = {
    "provider": "name in the register; -2, -3, ... behind it for the successors that took over its place",
    "place": "name in the register (providers.csv) of the place that it holds, the same for successors of one another",
    "service_type": "service type of the provider",
    "sector": "kind of body that runs it",
    "region": "region of its local authority",
    "local_authority": "local authority in whose area it is",
    "places": "children that the provider serves",
}
"""Columns that say whom a row is of, first in every table of providers, so that these join."""

INSPECTION_COLUMNS: Final[dict[str, str]] = {
    **WHOSE,
    "kind": "kind of inspection",
    "regime": "framework in force when it ended",
    "reason": "why it was raised",
    "statutory": "whether a statutory rule asked for it",
    "status": "done, lapsed, or waiting or running when the run stopped",
    "lapse": "why it lapsed; empty if it did not",
    "raised": "when it entered the backlog",
    "deadline": "when it had to be ended; empty if there was no deadline",
    "started": "when it began; empty if it did not",
    "ended": "when it ended or lapsed; empty if it was still open when the run stopped",
    "team": "inspectors in the team; 0 where it is part of the inspection of the authority",
    "inspector_days": "inspector-days it takes, write-up included; 0 if it did not begin, or is part of another",
    "true_grade": "true grade of the provider when it ended (or the run stopped)",
    "judged": "grade it gave; empty if it gave none",
    "direction": "declined, sustained or improved since the last grade; empty if it did not say",
    "rating_before": "rating that the provider held before it",
    "days_since_last_visit": "days from the last visit of any kind; empty if there was none",
}
"""Columns of the table of inspections: one row for each inspection raised, those of the warm-up too."""

EPISODE_COLUMNS: Final[dict[str, str]] = {
    **WHOSE,
    "began": "when its true grade became poor",
    "detected": "when the first inspection that judged it poor ended; empty if none did",
    "ended": "when it was better or closed; empty if it was still poor when the run stopped",
    "end": "recovered, closed, or horizon if it was still poor when the run stopped",
}
"""Columns of the table of episodes: one row for each time a provider was poor, those of the warm-up too."""

BACKLOG_COLUMNS: Final[dict[str, str]] = {
    "month": "when the month ended: midnight at the beginning of the next one, or the end of the run",
    "pool": "pool of inspectors",
    "service_type": "service type of the providers to be inspected",
    "waiting": "inspections raised and not begun when the month ended",
    "overdue": "of these, those that law wanted ended before then",
    "running": "inspections under way when the month ended",
    "inspector_days_worked": "inspector-days worked in the month, on this service type",
    "inspector_days_there": "inspector-days that the whole pool had in the month",
    "desk_days": "of those worked, at the desk",
}
"""Columns of the table of the backlog: one row for each month, pool and service type, the warm-up's too."""

ASSESSMENT_COLUMNS: Final[dict[str, str]] = {
    **WHOSE,
    "time": "when it was made",
    "regime": "framework in force",
    "review": "whether it was repeated after news, in the course of the year",
    "risk": "risk it gave, higher is worse: points from 0 to 3, or the probability that the provider is poor",
    "rating": "rating of the provider after it",
    "rating_before": "rating of the provider before it",
    "true_grade": "true grade of the provider at that time",
}
"""Columns of the table of assessments: one row for each risk assessment, those of the warm-up too."""

DUTY_COLUMNS: Final[dict[str, str]] = {
    **WHOSE,
    "regime": "framework in force when it ended",
    "rule": "which of the rules of its type in that framework, counted from 1; or first inspection, or re-inspection",
    "began": "when the duty began: with the inspection year, the last inspection that satisfies it, or the opening",
    "due": "when an inspection that satisfies the rule must have ended",
    "met": "when one ended; empty if none did",
    "ended": "when it was met, or void; empty if it was outstanding when the run stopped",
    "outcome": "met, outstanding when the run stopped, or void since the provider closed or the rule held no longer",
    "gap_days": "days from the last inspection that satisfies the rule, or the opening, to this one, or to when it was "
    "void or the run stopped; empty for further duties under the same rule that are open",
    "gap_open": "whether no inspection ended that gap",
}
"""Columns of the table of duties: one row for each statutory date, those of the warm-up too."""

LIFE_COLUMNS: Final[dict[str, str]] = {
    **WHOSE,
    "generation": "which of those that held its place one after another, counted from 1",
    "opened": "when it opened; the beginning of the run if it was open before",
    "closed": "when it closed; empty if it was open when the run stopped",
}
"""Columns of the table of lives: one row for each provider that ever was open, successors included."""

PROVIDER_YEAR_COLUMNS: Final[dict[str, str]] = {
    "service_type": "service type",
    "true_grade": "true grade",
    "provider_years": "years that providers of the type spent at the grade after the warm-up",
}
"""Columns of the table of provider-years: one row for each service type and true grade."""
