"""The rows that a run leaves behind: drained from the state as chunks fill, closed at the horizon."""

from collections.abc import Iterator
from copy import copy, deepcopy
from typing import Self

import numpy as np
import numpy.typing as npt

from simulator.engine.addressed import Table
from simulator.engine.duties import NO_SLOT, gaps_at_horizon
from simulator.engine.holding import settle_grades
from simulator.engine.memory import CHUNK
from simulator.engine.recorded import ASSESSMENT, DUTY, EPISODE, INSPECTION, LIFE, OUTSTANDING, RUNNING, WAITING
from simulator.engine.setting import Setting
from simulator.engine.state import State
from simulator.engine.trace import Recorder, Trace
from simulator.engine.work_records import RULE
from simulator.ticks import NEVER, TICKS_PER_YEAR


class _Kept:
    """Keeps the inspections, assessments and duties of a run."""

    def __init__(self) -> None:
        self.inspections: list[Table] = []
        self.assessments: list[Table] = []
        self.duties: list[Table] = []

    def copied(self) -> Self:
        """Keep the same rows, to which others are added."""
        kept = type(self)()
        kept.inspections, kept.assessments, kept.duties = (
            list(self.inspections),
            list(self.assessments),
            list(self.duties),
        )
        return kept

    def take(self, inspections: Table, assessments: Table, duties: Table) -> None:
        """Keep the next rows."""
        self.inspections.append(inspections.copy())
        self.assessments.append(assessments.copy())
        self.duties.append(duties.copy())


class Record:
    """The rows of the tables, drained from the state chunk by chunk; the long ones go to `recorder` if there is one."""

    def __init__(self, recorder: Recorder | None) -> None:
        self.recorder = recorder
        self._kept = _Kept()
        self._taking = recorder or self._kept
        self._episodes: list[Table] = []
        self._months: list[Table] = []
        self._lives: list[Table] = []

    def copied(self) -> Self:
        """Return a record of the same rows, to which others are added; its recorder is a copy, too."""
        record = copy(self)
        record.recorder = deepcopy(self.recorder)
        record._kept = self._kept.copied()
        record._taking = record.recorder or record._kept
        record._episodes, record._months, record._lives = (
            list(rows) for rows in (self._episodes, self._months, self._lives)
        )
        return record

    def drain(self, state: State) -> None:
        """Take the rows gathered so far out of the state."""
        now = state.now[0]
        self._taking.take(
            state.inspections[: now.inspections], state.assessments[: now.assessments], state.duties[: now.duties]
        )
        self._episodes.append(state.episodes[: now.episodes].copy())
        self._months.append(state.months[: now.months].copy())
        self._lives.append(state.lives[: now.lives].copy())
        now.inspections = now.episodes = now.months = now.assessments = now.duties = now.lives = 0

    def trace(self, setting: Setting, state: State) -> Trace:
        """Close the record at the horizon, with what is still open then."""
        self.drain(state)
        no_inspections, no_assessments, no_duties = (np.zeros(0, dtype) for dtype in (INSPECTION, ASSESSMENT, DUTY))
        for rows in _unfinished_work(state):
            self._taking.take(rows, no_assessments, no_duties)
        for rows in _standing_duties(state):
            self._taking.take(no_inspections, no_assessments, rows)
        settle_grades(state)
        return Trace(
            inspections=np.concatenate([np.zeros(0, dtype=INSPECTION), *self._kept.inspections]),
            episodes=np.concatenate([*self._episodes, _unfinished_episodes(state)]),
            backlog=np.concatenate(self._months),
            assessments=np.concatenate([np.zeros(0, dtype=ASSESSMENT), *self._kept.assessments]),
            duties=np.concatenate([no_duties, *self._kept.duties]),
            provider_years=_provider_years(state),
            epoch=setting.epoch,
            measured_from=setting.measured_from,
            horizon=setting.horizon,
            timeline=setting.timeline,
            month_starts=setting.month_starts,
            ratings=state.ratings,
            held=state.held,
            held_by_authority=state.held_by_authority,
            held_by_year=state.held_by_year,
            steps_by_month=state.steps_taken,
            self_assessments_by_month=state.self_assessments,
            self_assessed=setting.policies["self_assessed"],
            lives=np.concatenate([*self._lives, _unfinished_lives(state)]),
        )


def _unfinished_work(state: State) -> Iterator[Table]:
    """Return the rows of inspections that wait or run at the horizon, in the order in which they were raised."""
    unfinished = np.flatnonzero(np.isin(state.work["status"], (WAITING, RUNNING)))
    kind, provider, raised = (state.work[name][unfinished] for name in ("kind", "provider", "raised"))
    ordered = unfinished[np.lexsort((kind, provider, raised))]
    for first in range(0, len(ordered), CHUNK):
        yield _as_recorded(state, state.work[ordered[first : first + CHUNK]])


def _standing_duties(state: State) -> Iterator[Table]:
    """Return the rows of duties that stand at the horizon, by provider and date, chunk by chunk.

    Of the duties of one rule at one provider, the oldest has the gap since the last inspection.
    """
    rows = np.flatnonzero((state.standing["slot"] != NO_SLOT) & (state.standing["statutory"] == 1))
    provider, slot, due, began = (state.standing[name][rows] for name in ("provider", "slot", "due", "began"))
    order = np.lexsort((began, due, slot, provider))
    oldest = np.append(True, (np.diff(provider[order]) != 0) | (np.diff(slot[order]) != 0))[: len(rows)]
    for first in range(0, len(rows), CHUNK):
        chunk = slice(first, first + CHUNK)
        yield _duties_as_recorded(state, state.standing[rows[order[chunk]]], oldest[chunk])


def _duties_as_recorded(state: State, duties: Table, oldest: npt.NDArray[np.bool_]) -> Table:
    """Return the rows of duties that stand, shape n, as recorded (`DUTY`); `oldest` marks the first of each rule."""
    places = state.providers[duties["provider"]]
    rows = np.zeros(len(duties), dtype=DUTY)
    for field in ("provider", "began", "due"):
        rows[field] = duties[field]
    for field in ("generation", "service_type"):
        rows[field] = places[field]
    rows["regime"] = state.now[0].framework
    rows["rule"] = duties["slot"] - RULE
    rows["met"] = rows["ended"] = NEVER
    rows["outcome"] = OUTSTANDING
    gaps = gaps_at_horizon(state, duties["provider"].astype(np.int64), duties["slot"].astype(np.int64))
    rows["gap"] = np.where(oldest, gaps, NEVER)
    rows["gap_open"] = 1
    return rows


def _as_recorded(state: State, work: Table) -> Table:
    """Return the rows of inspections that are not ended, shape n, as recorded (`INSPECTION`)."""
    places = state.providers[work["provider"]]
    rows = np.zeros(len(work), dtype=INSPECTION)
    for field in (
        "provider",
        "generation",
        "kind",
        "reason",
        "statutory",
        "status",
        "raised",
        "deadline",
        "started",
        "team",
        "inspector_days",
    ):
        rows[field] = work[field]
    rows["service_type"] = places["service_type"]
    rows["places"] = places["places"]
    rows["regime"] = state.now[0].framework
    same = (places["open"] == 1) & (places["generation"] == work["generation"])
    rows["true_grade"] = np.where(same, places["grade"], 0)
    rows["rating_before"] = np.where(same, places["rating"], 0)
    rows["ended"] = NEVER
    rows["since_last_visit"] = NEVER
    return rows


def _unfinished_episodes(state: State) -> Table:
    """Return the rows of episodes that outlast the horizon."""
    poor = np.flatnonzero((state.providers["open"] == 1) & (state.providers["poor_since"] < NEVER))
    rows = np.zeros(len(poor), dtype=EPISODE)
    rows["provider"] = poor
    for field in ("generation", "service_type", "places", "detected"):
        rows[field] = state.providers[field][poor]
    rows["began"] = state.providers["poor_since"][poor]
    rows["ended"] = NEVER
    return rows


def _unfinished_lives(state: State) -> Table:
    """Return the rows of providers that are open at the horizon."""
    there = np.flatnonzero(state.providers["open"] == 1)
    rows = np.zeros(len(there), dtype=LIFE)
    rows["provider"] = there
    for field in ("generation", "service_type", "places", "opened"):
        rows[field] = state.providers[field][there]
    rows["closed"] = NEVER
    return rows


def _provider_years(state: State) -> npt.NDArray[np.float64]:
    """Return the provider-years measured by service type and true grade, up to the horizon."""
    now = state.now[0]
    ticks = state.exposure.copy()
    there = state.providers["open"] == 1
    service_type, grade, since = (state.providers[name][there] for name in ("service_type", "grade", "graded_since"))
    measured = now.horizon - np.maximum(since, now.measured_from)
    np.add.at(ticks, (service_type, grade), np.maximum(measured, 0))
    return ticks / TICKS_PER_YEAR
