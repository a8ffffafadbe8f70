"""The tables of events that a comparison may leave: one row for each thing that happened."""

from typing import Final

from simulator.answers.file import File
from simulator.answers.meanings import COUNT, NAME, Meaning, Type
from simulator.engine.table_columns import (
    ASSESSMENT_COLUMNS,
    BACKLOG_COLUMNS,
    DUTY_COLUMNS,
    EPISODE_COLUMNS,
    INSPECTION_COLUMNS,
    LIFE_COLUMNS,
)
from simulator.inspectorate.kinds import KINDS, RATINGS
from simulator.running.event_tables import EVENTS
from simulator.world.services import SECTORS, SERVICE_TYPES

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
    "rating": ", ".join(RATINGS),
    "rating_before": ", ".join(RATINGS),
}
_COLUMNS: Final = {
    "inspections": INSPECTION_COLUMNS,
    "episodes": EPISODE_COLUMNS,
    "backlog": BACKLOG_COLUMNS,
    "assessments": ASSESSMENT_COLUMNS,
    "duties": DUTY_COLUMNS,
    "lives": LIFE_COLUMNS,
}


def event_files(holds: str) -> list[File]:
    """Declare the tables of events; the description of the first one covers them all."""
    return [
        File(f"{name}.parquet", "" if position else holds, columns=_described(_COLUMNS[name]))
        for position, name in enumerate(EVENTS)
    ]


def _described(columns: dict[str, str]) -> dict[str, Meaning]:
    """Describe the columns of a table of events as the engine does."""
    described = {}
    for name, meaning in columns.items():
        kind, unit = _UNITS.get(name, ("moment", "YYYY-MM-DD hh:mm") if name in _MOMENTS else ("text", NAME))
        described[name] = Meaning(name, kind, unit, meaning, _VALUES.get(name, ""))
    return described
