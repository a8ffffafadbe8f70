"""A trace as tidy tables for people and files: names in place of codes, moments in place of ticks."""

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.engine.recorded import DIRECTIONS, ENDS, REASONS, STATUSES
from simulator.engine.setting import Setting
from simulator.engine.trace import Trace
from simulator.inspectorate.kinds import KINDS, RATINGS
from simulator.ticks import NEVER, TICKS_PER_DAY, timestamps
from simulator.world.services import SERVICE_TYPES

if TYPE_CHECKING:
    import pandas as pd

INSPECTION_COLUMNS: Final[dict[str, str]] = {
    "provider": "name in the register; -2, -3, ... behind it for the successors that took over its place",
    "service_type": "service type of the provider",
    "kind": "kind of inspection",
    "regime": "framework in force when it ended",
    "reason": "why it was raised",
    "statutory": "whether a statutory rule asked for it",
    "status": "done, lapsed, or waiting or running when the run stopped",
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
    "places": "children that the provider serves",
}
"""Columns of the table of inspections: one row for each inspection raised, those of the warm-up too."""

EPISODE_COLUMNS: Final[dict[str, str]] = {
    "provider": "as in the table of inspections",
    "service_type": "service type of the provider",
    "places": "children that the provider serves",
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
    "overdue": "of these, those past their deadline",
    "running": "inspections under way when the month ended",
    "inspector_days_worked": "inspector-days worked in the month, on this service type",
    "inspector_days_there": "inspector-days that the whole pool had in the month",
    "desk_days": "of those worked, on assessments at the desk",
}
"""Columns of the table of the backlog: one row for each month, pool and service type, the warm-up's too."""

ASSESSMENT_COLUMNS: Final[dict[str, str]] = {
    "provider": "as in the table of inspections",
    "service_type": "service type of the provider",
    "time": "when it was made",
    "regime": "framework in force",
    "review": "whether it was made anew upon news, in the course of the year",
    "risk": "risk it gave, higher is worse: points from 0 to 3, or the probability that the provider is poor",
    "rating": "rating of the provider after it",
    "rating_before": "rating of the provider before it",
    "true_grade": "true grade of the provider at that time",
}
"""Columns of the table of assessments: one row for each risk assessment, those of the warm-up too."""

PROVIDER_YEAR_COLUMNS: Final[dict[str, str]] = {
    "service_type": "service type",
    "true_grade": "true grade",
    "provider_years": "years that providers of the type spent at the grade after the warm-up",
}
"""Columns of the table of provider-years: one row for each service type and true grade."""


class Tables(NamedTuple):
    """What one run recorded, as data frames; names are categorical, moments are ``datetime64[s]``."""

    inspections: "pd.DataFrame"
    """`INSPECTION_COLUMNS`."""
    episodes: "pd.DataFrame"
    """`EPISODE_COLUMNS`."""
    backlog: "pd.DataFrame"
    """`BACKLOG_COLUMNS`."""
    assessments: "pd.DataFrame"
    """`ASSESSMENT_COLUMNS`."""
    provider_years: "pd.DataFrame"
    """`PROVIDER_YEAR_COLUMNS`."""


def tables_of(trace: Trace, setting: Setting) -> Tables:
    """Turn the trace of a run of `setting` into tables.

    Parameters
    ----------
    trace : Trace
        What `simulator.engine.run.simulate` gave for the setting.
    setting : Setting
        Knows the names of the providers and of the pools.

    Returns
    -------
    Tables
        Rows in the order of the trace.
    """
    return Tables(
        _inspections(trace, setting),
        _episodes(trace, setting),
        _backlog(trace, setting),
        _assessments(trace, setting),
        _provider_years(trace),
    )


def provider_name(setting: Setting, row: int, generation: int) -> str:
    """Name a provider: as the register does, with -2, -3, ... for the successors in its place."""
    name = setting.register[row]
    return f"{name}-{generation + 1}" if generation else name


def _inspections(trace: Trace, setting: Setting) -> "pd.DataFrame":
    rows = trace.inspections
    since = rows["since_last_visit"]
    return _frame(
        {
            "provider": _providers(rows, setting),
            "service_type": _named(rows["service_type"], SERVICE_TYPES),
            "kind": _named(rows["kind"], KINDS),
            "regime": _named(*_distinct(rows["regime"], trace.timeline)),
            "reason": _named(rows["reason"], REASONS),
            "statutory": rows["statutory"] == 1,
            "status": _named(rows["status"] - 1, STATUSES[1:]),
            "raised": timestamps(rows["raised"], trace.epoch),
            "deadline": timestamps(rows["deadline"], trace.epoch),
            "started": timestamps(rows["started"], trace.epoch),
            "ended": timestamps(rows["ended"], trace.epoch),
            "team": rows["team"],
            "inspector_days": rows["inspector_days"],
            "true_grade": _named(rows["true_grade"] - 1, RATINGS[1:]),
            "judged": _named(rows["judged"] - 1, RATINGS[1:]),
            "direction": _named(rows["direction"] - 1, DIRECTIONS[1:]),
            "rating_before": _named(rows["rating_before"], RATINGS),
            "days_since_last_visit": np.where(since >= NEVER, np.nan, since / TICKS_PER_DAY),
            "places": rows["places"],
        }
    )


def _episodes(trace: Trace, setting: Setting) -> "pd.DataFrame":
    rows = trace.episodes
    return _frame(
        {
            "provider": _providers(rows, setting),
            "service_type": _named(rows["service_type"], SERVICE_TYPES),
            "places": rows["places"],
            "began": timestamps(rows["began"], trace.epoch),
            "detected": timestamps(rows["detected"], trace.epoch),
            "ended": timestamps(rows["ended"], trace.epoch),
            "end": _named(rows["end"], ENDS),
        }
    )


def _backlog(trace: Trace, setting: Setting) -> "pd.DataFrame":
    rows = trace.backlog
    return _frame(
        {
            "month": timestamps(rows["month"], trace.epoch),
            "pool": _named(rows["pool"], setting.pools),
            "service_type": _named(rows["service_type"], SERVICE_TYPES),
            **{name: rows[name] for name in list(BACKLOG_COLUMNS)[3:]},
        }
    )


def _assessments(trace: Trace, setting: Setting) -> "pd.DataFrame":
    rows = trace.assessments
    return _frame(
        {
            "provider": _providers(rows, setting),
            "service_type": _named(rows["service_type"], SERVICE_TYPES),
            "time": timestamps(rows["time"], trace.epoch),
            "regime": _named(*_distinct(rows["regime"], trace.timeline)),
            "review": rows["review"] == 1,
            "risk": rows["risk"],
            "rating": _named(rows["rating"], RATINGS),
            "rating_before": _named(rows["rating_before"], RATINGS),
            "true_grade": _named(rows["true_grade"] - 1, RATINGS[1:]),
        }
    )


def _provider_years(trace: Trace) -> "pd.DataFrame":
    types, grades = (codes.ravel() for codes in np.indices((len(SERVICE_TYPES), len(RATINGS) - 1)))
    return _frame(
        {
            "service_type": _named(types, SERVICE_TYPES),
            "true_grade": _named(grades, RATINGS[1:]),
            "provider_years": trace.provider_years[:, 1:].ravel(),
        }
    )


def _frame(columns: dict[str, Any]) -> "pd.DataFrame":
    import pandas as pd

    contiguous = {
        name: np.ascontiguousarray(column) if isinstance(column, np.ndarray) else column
        for name, column in columns.items()
    }
    return pd.DataFrame(contiguous)


def _named(codes: npt.NDArray[np.int64], names: tuple[str, ...]) -> "pd.Categorical[str]":
    """Give the names of codes; a code of -1 has none."""
    import pandas as pd

    return pd.Categorical.from_codes(codes, categories=pd.Index(names, dtype="str"))


def _distinct(codes: npt.NDArray[np.int64], names: tuple[str, ...]) -> tuple[npt.NDArray[np.int64], tuple[str, ...]]:
    """Give codes and names in which no name comes twice: a framework may warm up under itself."""
    distinct = tuple(dict.fromkeys(names))
    return np.array([distinct.index(name) for name in names], dtype=np.int64)[codes], distinct


def _providers(rows: npt.NDArray[np.void], setting: Setting) -> "pd.Categorical[str]":
    """Name the providers of rows, each name made once."""
    places = len(setting.register)
    address = rows["generation"].astype(np.int64) * places + rows["provider"]
    there, codes = np.unique(address, return_inverse=True)
    names = tuple(provider_name(setting, int(each % places), int(each // places)) for each in there)
    return _named(codes, names)
