"""The life of one provider in one run: everything that happens to it, truth and inspection side by side.

The whole run is simulated, since what a provider meets depends on what else waits in the queue. The engine
shows its state after each event that concerns the one provider; what changed at it is noted down.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from simulator.engine.agenda import (
    END,
    GRADE_CHANGE,
    OCCURRENCE,
    REGISTRATION,
    SELF_ASSESSMENT,
    TARIFF,
    WITHDRAWAL,
)
from simulator.engine.run import Engine
from simulator.engine.setting import Setting
from simulator.engine.state import RESPONSE, State, Table
from simulator.experiments.question import Question
from simulator.inspectorate.enforcement import DEREGISTRATION, NO_STEP
from simulator.inspectorate.policy import BREACH
from simulator.messages import InputError, nearest
from simulator.ticks import NEVER
from simulator.world.services import SERVICE_TYPES
from simulator.world.signals import COMPLAINT, MANAGER_CHANGE, SERIOUS_CONCERN

if TYPE_CHECKING:
    from simulator.engine.following import FollowedRun
    from simulator.engine.simpy_engine import Run

# what a moment is
GRADE: Final = "grade"
CLOSED: Final = "closed"
REGISTERED: Final = "registered"
SELF_ASSESSED: Final = "self-assessment"
BREACHED: Final = "breach"
DEREGISTERED: Final = "deregistered"
REFUSED: Final = "refused"
STEP: Final = "step"
RENEWED: Final = "renewed"
LEFT: Final = "left"
SIGNALS: Final = {COMPLAINT: "complaint", SERIOUS_CONCERN: "serious concern", MANAGER_CHANGE: "new manager"}

# what follows from a signal
NOTHING: Final = "nothing"
MOVED: Final = "moved"
ADDED: Final = "added"
HASTENED: Final = "hastened"


class Moment(NamedTuple):
    """Something that happens at the provider."""

    tick: int
    what: str
    """`GRADE`, `CLOSED`, `REGISTERED`, `SELF_ASSESSED`, `BREACHED`, one of `SIGNALS`, or of a tariff: `DEREGISTERED`,
    `REFUSED`, `STEP`, `RENEWED`, `LEFT`."""
    before: int
    """True grade until now, 0 while closed."""
    grade: int
    """True grade from now on, 0 while closed."""
    answer: str = NOTHING
    """What follows from a signal."""
    visit: int = NEVER
    """Tick for which it moves or adds an inspection."""
    said: int = 0
    """Grade that a self-assessment states."""
    step: int = NO_STEP
    """The step of enforcement that is taken, renewed or left (`simulator.inspectorate.enforcement`)."""
    until: int = NEVER
    """Tick at which that step is looked at again."""


class Look(NamedTuple):
    """What one look at the provider shows."""

    grade: int
    """True grade, 0 while closed."""
    draws: tuple[int, ...]
    """Of its clocks of occurrences: one more each time one goes off."""
    planned: tuple[int, ...]
    """Ticks of the inspections planned, by slot."""
    orders: dict[int, int]
    """Places in the backlog of its inspections raised, by row of work."""
    rating: int = 0
    """Rating it holds, 0 while closed."""
    self_assessments: int = 0
    """Self-assessments asked of it so far."""
    self_rated: int = 0
    """Grade that the last one states."""
    breaches: int = 0
    """Breaches so far."""
    step: int = NO_STEP
    """Step from an improvement plan to the end of the tariff."""
    until: int = NEVER
    """Tick at which that step is looked at again."""


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

    def framework_at(self, tick: int) -> int:
        """Give the position in the timeline of the framework in force at a tick."""
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
        run = run_of(setting, replication, watcher, engine)
        place = run.state.providers[row]
        grade = int(place.grade) if place.open else 0
        opening = Opening(grade, int(place.rating) if grade else 0, int(place.last_visit) if grade else -NEVER)
        watcher.last = look(run.state, row)
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
    )


def run_of(setting: Setting, replication: int, watcher: "Watcher", engine: Engine) -> "FollowedRun | Run":
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
        hint = nearest(provider, setting.register) or f'; one that there is: "{setting.register[0]}"'
        raise InputError(f'there is no provider "{provider}" in the register{hint}') from None


class Watcher:
    """Looks at one provider after each event that concerns it, and notes down what that changed."""

    def __init__(self, provider: int, moments: list[Moment]) -> None:
        self.provider = provider
        self.moments = moments
        self.ratings: list[tuple[int, int]] = []
        self.last: Look | None = None

    def __call__(self, state: State, time: int, kind: int, subject: int) -> None:
        """Be shown the state after an event."""
        if self.last is None:
            return
        seen = look(state, self.provider)
        if kind in {GRADE_CHANGE, OCCURRENCE, REGISTRATION, WITHDRAWAL, SELF_ASSESSMENT}:
            self.moments.extend(moments_between(self.last, seen, time))
        elif kind in {END, TARIFF}:
            self.moments.extend(steps_between(self.last, seen, time))
        if seen.rating != self.last.rating:
            self.ratings.append((time, seen.rating))
        self.last = seen


def look(state: State, provider: int) -> Look:
    """Look at a provider."""
    place = state.providers[provider]
    orders = {}
    row = int(place.first_work)
    while row >= 0:
        orders[row] = int(state.work[row].order)
        row = int(state.work[row].next)
    return Look(
        grade=int(place.grade) if place.open else 0,
        draws=tuple(state.occurrences["draws"][provider].tolist()),
        planned=tuple(state.plans["next"][state.slots[provider]].tolist()),
        orders=orders,
        rating=int(place.rating) if place.open else 0,
        self_assessments=int(place.self_assessments),
        self_rated=int(place.self_rated),
        breaches=int(place.heard[BREACH]),
        step=int(place.step) if place.open else NO_STEP,
        until=int(place.step_until),
    )


def moments_between(before: Look, after: Look, time: int) -> list[Moment]:
    """Tell what happened from what two looks show: nothing, if the event was out of date."""
    if before.grade != after.grade:
        what = CLOSED if after.grade == 0 else REGISTERED if before.grade == 0 else GRADE
        return [Moment(time, what, before.grade, after.grade)]
    if after.breaches > before.breaches:
        return [Moment(time, BREACHED, before.grade, after.grade, *answer(before, after))]
    if after.self_assessments > before.self_assessments:
        return [Moment(time, SELF_ASSESSED, before.grade, after.grade, said=after.self_rated)]
    return [
        Moment(time, what, before.grade, after.grade, *answer(before, after))
        for clock, what in SIGNALS.items()
        if after.draws[clock] > before.draws[clock]
    ]


def steps_between(before: Look, after: Look, time: int) -> list[Moment]:
    """Tell what happened on the way from an improvement plan to deregistration, from what two looks show."""
    if after.grade == 0:
        return [Moment(time, DEREGISTERED, before.grade, 0)] * (before.grade > 0 and before.step == DEREGISTRATION)
    refused = [Moment(time, REFUSED, after.grade, after.grade)] * (after.breaches > before.breaches)
    if after.step == before.step:
        again = NEVER > after.until > time and after.until != before.until
        moved = [Moment(time, RENEWED, after.grade, after.grade, step=after.step, until=after.until)] * again
    elif after.step == NO_STEP:
        moved = [] if refused else [Moment(time, LEFT, after.grade, after.grade, step=before.step)]
    elif after.step == DEREGISTRATION:
        moved = []
    else:
        moved = [Moment(time, STEP, after.grade, after.grade, step=after.step, until=after.until)]
    return refused + moved


def answer(before: Look, after: Look) -> tuple[str, int]:
    """Tell what followed from a signal, and for when it moved or added an inspection."""
    for slot, (was, planned) in enumerate(zip(before.planned, after.planned, strict=True)):
        if planned < was:
            return (ADDED if slot == RESPONSE else MOVED), planned
    if any(after.orders[row] < order for row, order in before.orders.items()):
        return HASTENED, NEVER
    return NOTHING, NEVER


class Followed(NamedTuple):
    """A provider followed under each framework of a question."""

    question: Question
    lives: tuple[Life, ...]
    """In the order of the frameworks."""
