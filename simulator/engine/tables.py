"""A trace as tidy tables for people and files: names in place of codes, moments in place of ticks."""

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.engine.recorded import AGAIN_RULE, DIRECTIONS, DUTY_OUTCOMES, ENDS, FIRST_RULE, LAPSES, REASONS, STATUSES
from simulator.engine.setting import Setting
from simulator.engine.table_columns import BACKLOG_COLUMNS
from simulator.engine.trace import Trace
from simulator.inspectorate.kinds import KINDS, RATINGS
from simulator.ticks import NEVER, TICKS_PER_DAY, timestamps
from simulator.world.services import SECTORS, SERVICE_TYPES

if TYPE_CHECKING:
    import pandas as pd


class Tables(NamedTuple):
    """What one run recorded, as data frames; names are categorical, moments are ``datetime64[s]``.

    What each column holds stands in `simulator.engine.table_columns`.
    """

    inspections: "pd.DataFrame"
    """`INSPECTION_COLUMNS`."""
    episodes: "pd.DataFrame"
    """`EPISODE_COLUMNS`."""
    backlog: "pd.DataFrame"
    """`BACKLOG_COLUMNS`."""
    assessments: "pd.DataFrame"
    """`ASSESSMENT_COLUMNS`."""
    duties: "pd.DataFrame"
    """`DUTY_COLUMNS`."""
    lives: "pd.DataFrame"
    """`LIFE_COLUMNS`."""
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
        _duties(trace, setting),
        _lives(trace, setting),
        _provider_years(trace),
    )


def _provider_name(setting: Setting, row: int, generation: int) -> str:
    """Name a provider: as the register does, with -2, -3, ... for the successors in its place."""
    name = setting.register[row]
    return f"{name}-{generation + 1}" if generation else name


def _inspections(trace: Trace, setting: Setting) -> "pd.DataFrame":
    rows = trace.inspections
    since = rows["since_last_visit"]
    return _frame(
        {
            **_whose(rows, setting),
            "kind": _named(rows["kind"], KINDS),
            "regime": _named(*_distinct(rows["regime"], trace.timeline)),
            "reason": _named(rows["reason"], REASONS),
            "statutory": rows["statutory"] == 1,
            "status": _named(rows["status"] - 1, STATUSES[1:]),
            "lapse": _named(rows["lapse"] - 1, LAPSES[1:]),
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
        }
    )


def _episodes(trace: Trace, setting: Setting) -> "pd.DataFrame":
    rows = trace.episodes
    return _frame(
        {
            **_whose(rows, setting),
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
            **_whose(rows, setting),
            "time": timestamps(rows["time"], trace.epoch),
            "regime": _named(*_distinct(rows["regime"], trace.timeline)),
            "review": rows["review"] == 1,
            "risk": rows["risk"],
            "rating": _named(rows["rating"], RATINGS),
            "rating_before": _named(rows["rating_before"], RATINGS),
            "true_grade": _named(rows["true_grade"] - 1, RATINGS[1:]),
        }
    )


def _duties(trace: Trace, setting: Setting) -> "pd.DataFrame":
    rows = trace.duties
    gap = rows["gap"]
    return _frame(
        {
            **_whose(rows, setting),
            "regime": _named(*_distinct(rows["regime"], trace.timeline)),
            "rule": _named(rows["rule"] - FIRST_RULE, _rules(int(rows["rule"].max(initial=0)))),
            **{name: timestamps(rows[name], trace.epoch) for name in ("began", "due", "met", "ended")},
            "outcome": _named(rows["outcome"] - 1, DUTY_OUTCOMES[1:]),
            "gap_days": np.where(gap >= NEVER, np.nan, gap / TICKS_PER_DAY),
            "gap_open": rows["gap_open"] == 1,
        }
    )


def _rules(last: int) -> tuple[str, ...]:
    """Name the rules of a type from the first, `FIRST_RULE`, to the last by its position: a number from 1."""
    others = {FIRST_RULE: "first inspection", AGAIN_RULE: "re-inspection"}
    return tuple(others.get(rule, str(rule + 1)) for rule in range(FIRST_RULE, last + 1))


def _lives(trace: Trace, setting: Setting) -> "pd.DataFrame":
    rows = trace.lives
    return _frame(
        {
            **_whose(rows, setting),
            "generation": rows["generation"] + 1,
            "opened": timestamps(rows["opened"], trace.epoch),
            "closed": timestamps(rows["closed"], trace.epoch),
        }
    )


def _whose(rows: npt.NDArray[np.void], setting: Setting) -> dict[str, Any]:
    """Return the columns that say whom rows are of (`WHOSE`): a successor has what the register says of its place."""
    place = rows["provider"].astype(np.int64)
    of_place = setting.providers[place]
    return {
        "provider": _providers(rows, setting),
        "place": _named(place, setting.register),
        "service_type": _named(of_place["service_type"], SERVICE_TYPES),
        "sector": _named(setting.sectors[place], SECTORS),
        "region": _named(of_place["region"], setting.regions),
        "local_authority": _named(of_place["authority"], setting.local_authorities),
        "places": of_place["places"],
    }


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


def _named(codes: npt.NDArray[np.signedinteger[Any]], names: tuple[str, ...]) -> "pd.Categorical[str]":
    """Return the names of codes; a code of -1 has none."""
    import pandas as pd

    return pd.Categorical.from_codes(codes, categories=pd.Index(names, dtype="str"))


def _distinct(codes: npt.NDArray[np.int64], names: tuple[str, ...]) -> tuple[npt.NDArray[np.int64], tuple[str, ...]]:
    """Return codes and names in which no name comes twice: a framework may warm up under itself."""
    distinct = tuple(dict.fromkeys(names))
    return np.array([distinct.index(name) for name in names], dtype=np.int64)[codes], distinct


def _providers(rows: npt.NDArray[np.void], setting: Setting) -> "pd.Categorical[str]":
    """Name the providers of rows, each name made once."""
    places = len(setting.register)
    address = rows["generation"].astype(np.int64) * places + rows["provider"]
    there, codes = np.unique(address, return_inverse=True)
    names = tuple(_provider_name(setting, int(life % places), int(life // places)) for life in there)
    return _named(codes, names)
