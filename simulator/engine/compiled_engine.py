"""The compiled engine: one loop around an agenda of its own, compiled together with the rules."""

from copy import copy
from typing import Any, Final, Self

from simulator.compiling import compiled
from simulator.engine.accounts import close_month, set_capacity
from simulator.engine.calendar import (
    KIND_SHIFT,
    KINDS_MASK,
    PRESENT,
    SUBJECTS,
    TIME_SHIFT,
    Calendar,
    copied,
    empty_calendar,
    entry_of,
    go_on,
    has_space,
    is_empty,
    put,
    take,
    with_space,
)
from simulator.engine.events import happen
from simulator.engine.fetching import fetch_for, fetch_planned
from simulator.engine.memory import copied_state, empty_state, needs_room, with_room
from simulator.engine.recording import Record
from simulator.engine.setting import Setting
from simulator.engine.start import begin_provider, opening_events
from simulator.engine.state import State
from simulator.engine.trace import Recorder, Trace

FINISHED: Final = 0
NEEDS_ROOM: Final = 1
_MOST_FETCHED: Final = 64


@compiled
def _empty_outbox(state: State, agenda: Calendar) -> None:
    """Move what handlers asked for to the agenda."""
    now = state.now[0]
    for sent in range(now.outbox):
        event = state.outbox[sent]
        put(agenda, entry_of(event.time, event.kind, event.subject))
    now.outbox = 0


@compiled
def _open_register(state: State, agenda: Calendar, opens: Any, closes: Any, time: int) -> None:
    """Put every provider into the state and its first events on the agenda."""
    for provider in range(len(state.providers)):
        begin_provider(state, provider, opens[provider], closes[provider], time)
        _empty_outbox(state, agenda)


@compiled
def _fetch_ahead(state: State, agenda: Calendar) -> None:
    """Ask for what the events of a stretch that begins will need, as far as the nearest memory holds it."""
    for at in range(min(agenda.marks[PRESENT], _MOST_FETCHED)):
        entry = agenda.heap[at]
        fetch_for(state, (entry >> KIND_SHIFT) & KINDS_MASK, entry & (SUBJECTS - 1))
    for at in range(min(agenda.marks[PRESENT], _MOST_FETCHED)):
        entry = agenda.heap[at]
        fetch_planned(state, (entry >> KIND_SHIFT) & KINDS_MASK, entry & (SUBJECTS - 1))


@compiled
def is_nearly_full(state: State, agenda: Calendar) -> bool:
    """Report whether the next event might not find room."""
    return needs_room(state) or not has_space(agenda, len(state.outbox))


@compiled
def _next_entry(state: State, agenda: Calendar) -> int:
    """Return the entry of the next event, which stays on the agenda."""
    if agenda.marks[PRESENT] == 0:
        go_on(agenda)
        _fetch_ahead(state, agenda)
    return int(agenda.heap[0])


@compiled
def happen_next(state: State, agenda: Calendar) -> int:
    """Carry out the next event; return its entry on the agenda."""
    _next_entry(state, agenda)
    entry = take(agenda)
    happen(state, entry >> TIME_SHIFT, (entry >> KIND_SHIFT) & KINDS_MASK, entry & (SUBJECTS - 1))
    _empty_outbox(state, agenda)
    return entry


@compiled
def run_on(state: State, agenda: Calendar, until: int) -> int:
    """Carry out events until none is left before the tick `until` or memory is nearly full; report which."""
    while not is_empty(agenda):
        if is_nearly_full(state, agenda):
            return NEEDS_ROOM
        if _next_entry(state, agenda) >> TIME_SHIFT >= until:
            return FINISHED
        happen_next(state, agenda)
    return FINISHED


class Run:
    """One replication in compiled code, without the interpreter lock; `state` may be looked at before it is finished.

    A further way to run, which stops in between, is a class of its own with another `finish`
    (`simulator.engine.following`).
    """

    def __init__(self, setting: Setting, replication: int, recorder: Recorder | None = None) -> None:
        self.setting = setting
        self.state = empty_state(setting, replication)
        self.agenda = empty_calendar(len(setting.providers), setting.begins, setting.horizon)
        self._record = Record(recorder)
        month = int(self.state.now[0].month)
        set_capacity(self.state, month, setting.begins)
        _open_register(self.state, self.agenda, setting.opens, setting.closes, setting.begins)
        for time, kind, subject in opening_events(setting, month):
            put(self.agenda, entry_of(time, kind, subject))
        self.make_room()

    def finish(self) -> Trace:
        """Run to the horizon and return what was recorded."""
        self.go_to(self.setting.horizon)
        return self.close()

    def go_to(self, time: int) -> None:
        """Carry out all that happens before `time`."""
        while run_on(self.state, self.agenda, time) == NEEDS_ROOM:
            self.make_room()

    def copied(self, setting: Setting) -> Self:
        """Return a run that goes on from here by itself, under a setting that has been the same so far."""
        self._record.drain(self.state)
        run = copy(self)
        run.setting = setting
        run.state = copied_state(self.state, setting)
        run.agenda = copied(self.agenda)
        run._record = self._record.copied()
        return run

    @property
    def recorder(self) -> Recorder | None:
        """What the rows of the long tables were handed to, if they are not kept."""
        return self._record.recorder

    def make_room(self) -> None:
        """Take what was recorded so far out of the state, and double what is nearly full."""
        self._record.drain(self.state)
        self.state = with_room(self.state)
        if not has_space(self.agenda, len(self.state.outbox)):
            self.agenda = with_space(self.agenda, len(self.agenda.blocks))

    def close(self) -> Trace:
        """Close the accounts at the horizon and return what was recorded."""
        self._record.drain(self.state)
        close_month(self.state, self.setting.horizon)
        return self._record.trace(self.setting, self.state)


def simulate_compiled(setting: Setting, replication: int, recorder: Recorder | None = None) -> Trace:
    """Run one replication in compiled code."""
    return Run(setting, replication, recorder).finish()
