"""The life of one provider in one run: everything that happens to it, truth and inspection side by side.

The whole run is simulated, since what a provider meets depends on what else waits in the queue. The engine
shows its state after each event that concerns the one provider; what changed at it is noted down.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from simulator.engine.addressed import Table
from simulator.engine.agenda import (
    END,
    GRADE_CHANGE,
    LAPSE,
    OCCURRENCE,
    REGISTRATION,
    SELF_ASSESSMENT,
    TARIFF,
    WITHDRAWAL,
)
from simulator.engine.run import Engine
from simulator.engine.setting import Setting
from simulator.engine.state import State
from simulator.inputs.messages import InputError, nearest
from simulator.questions.trace.dates_followed import DateMoment, dates_between, dates_standing, queue_between
from simulator.questions.trace.moments import Look, Moment, look, moments_between, steps_between
from simulator.running.question import Question
from simulator.ticks import NEVER
from simulator.world.services import SERVICE_TYPES

if TYPE_CHECKING:
    from simulator.engine.following import FollowedRun
    from simulator.engine.simpy_engine import Run


class Opening(NamedTuple):
    """How the run finds the provider."""

    grade: int
    """True grade, 0 if it is not open yet."""
    rating: int
    last_visit: int
    """Tick before the epoch or after; -NEVER if there was none."""


@dataclass(frozen=True)
class Life:
    """One provider's place in the register through one run; times are ticks from `epoch`."""

    provider: str
    service_type: str
    places: int
    replication: int
    epoch: date
    begins: int
    measured_from: int
    horizon: int
    timeline: tuple[str, ...]
    """Names of the frameworks in force one after another."""
    takeovers: tuple[int, ...]
    """When those after the first take over."""
    opening: Opening
    moments: tuple[Moment, ...]
    ratings: tuple[tuple[int, int], ...]
    """Ticks from which on it holds another rating, and that rating; 0 while it has none."""
    assessments: Table
    """Its rows of the trace (`simulator.engine.recorded.ASSESSMENT`)."""
    inspections: Table
    """Its rows of the trace (`simulator.engine.recorded.INSPECTION`)."""
    episodes: Table
    """Its rows of the trace (`simulator.engine.recorded.EPISODE`), in the order in which they began."""
    dates: tuple[DateMoment, ...]
    """What happens to its statutory dates, and to those of inspections that wait, in the order in which it happens."""
    duties: Table
    """Its rows of the trace (`simulator.engine.recorded.DUTY`): which dates were met, and when."""

    def framework_at(self, tick: int) -> int:
        """Return the position in the timeline of the framework in force at a tick."""
        return sum(takeover <= tick for takeover in self.takeovers)


def life_of(setting: Setting, provider: str, replication: int, engine: Engine = "compiled") -> Life:
    """Run one replication and follow one provider through it; both engines tell the same life.

    Raises
    ------
    InputError
        If there is no such provider.
    """
    row = row_of(setting, provider)
    moments: list[Moment] = []
    with np.errstate(over="ignore"):  # 64-bit hashes wrap around, in plain Python too
        watcher = Watcher(row, moments)
        run = _run_of(setting, replication, watcher, engine)
        place = run.state.providers[row]
        grade = int(place.grade) if place.open else 0
        opening = Opening(grade, int(place.rating) if grade else 0, int(place.last_visit) if grade else -NEVER)
        watcher.begin(run.state, setting.begins)
        trace = run.finish()
    episodes = trace.episodes[trace.episodes["provider"] == row]
    return Life(
        provider=provider,
        service_type=SERVICE_TYPES[int(setting.providers["service_type"][row])],
        places=int(setting.providers["places"][row]),
        replication=replication,
        epoch=setting.epoch,
        begins=setting.begins,
        measured_from=setting.measured_from,
        horizon=setting.horizon,
        timeline=setting.timeline,
        takeovers=setting.takeovers,
        opening=opening,
        moments=tuple(moments),
        ratings=tuple(watcher.ratings),
        assessments=trace.assessments[trace.assessments["provider"] == row],
        inspections=trace.inspections[trace.inspections["provider"] == row],
        episodes=episodes[np.argsort(episodes["began"], kind="stable")],
        dates=tuple(watcher.dates),
        duties=trace.duties[trace.duties["provider"] == row],
    )


def _run_of(setting: Setting, replication: int, watcher: "Watcher", engine: Engine) -> "FollowedRun | Run":
    """Begin a run that shows a watcher what concerns its provider."""
    from simulator.engine.following import FollowedRun, concerns
    from simulator.engine.simpy_engine import Run

    if engine == "compiled":
        return FollowedRun(setting, replication, watcher.provider, watcher)

    def show(state: State, time: int, kind: int, subject: int) -> None:
        if concerns(state, watcher.provider, kind, subject):
            watcher(state, time, kind, subject)

    return Run(setting, replication, show)


def row_of(setting: Setting, provider: str) -> int:
    """Find a provider in the register."""
    try:
        return setting.register.index(provider)
    except ValueError:
        hint = nearest(provider, setting.register) or f'; an example is "{setting.register[0]}"'
        raise InputError(f'there is no provider "{provider}" in the register{hint}') from None


class Watcher:
    """Looks at one provider after each event that concerns it, and notes down what that changed."""

    def __init__(self, provider: int, moments: list[Moment]) -> None:
        self.provider = provider
        self.moments = moments
        self.ratings: list[tuple[int, int]] = []
        self.dates: list[DateMoment] = []
        self.last: Look | None = None

    def begin(self, state: State, time: int) -> None:
        """Be shown the state in which the run begins."""
        self.last = look(state, self.provider)
        self.dates.extend(dates_standing(self.last.dates, time))

    def __call__(self, state: State, time: int, kind: int, subject: int) -> None:
        """Be shown the state after an event."""
        if self.last is None:
            return
        seen = look(state, self.provider)
        if kind in {GRADE_CHANGE, OCCURRENCE, REGISTRATION, WITHDRAWAL, SELF_ASSESSMENT}:
            self.moments.extend(moments_between(self.last, seen, time))
        elif kind in {END, TARIFF, LAPSE}:
            self.moments.extend(steps_between(self.last, seen, time))
        if seen.rating != self.last.rating:
            self.ratings.append((time, seen.rating))
        self.dates.extend(dates_between(self.last.dates, seen.dates, time))
        self.dates.extend(queue_between(self.last.queue, seen.queue, time))
        self.last = seen


class Followed(NamedTuple):
    """A provider followed under each framework of a question."""

    question: Question
    lives: tuple[Life, ...]
    """In the order of the frameworks."""
