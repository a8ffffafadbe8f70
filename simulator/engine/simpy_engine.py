"""The SimPy engine: the same rules with SimPy holding the clock and the agenda.

Slower than the compiled engine and made to be looked into: step through it, watch one provider's life, and
with ``NUMBA_DISABLE_JIT=1`` step into the rules themselves. Both produce the same trace, row for row.
"""

from collections.abc import Callable
from typing import Final

import simpy
from simpy.events import EventPriority

from simulator.compiling import compiled
from simulator.engine.accounts import close_month, set_capacity
from simulator.engine.events import happen
from simulator.engine.memory import empty_state, needs_room, with_room
from simulator.engine.recording import Record
from simulator.engine.setting import Setting
from simulator.engine.start import begin_provider, opening_events
from simulator.engine.state import State
from simulator.engine.trace import Recorder, Trace

_KIND_PRIORITY: Final = 2**40

Watcher = Callable[[State, int, int, int], None]
"""Is shown the state after each event, and the event's time, kind and subject."""


@compiled
def one_event(state: State, time: int, kind: int, subject: int) -> tuple[int, bool]:
    """Carry out one event; return how many it sent, and whether the next one needs more room."""
    happen(state, time, kind, subject)
    return state.now[0].outbox, needs_room(state)


class Happening(simpy.Event):
    """An event of the model on SimPy's agenda, behind those of its tick that go before it."""

    def __init__(self, environment: simpy.Environment, time: int, kind: int, subject: int) -> None:
        super().__init__(environment)
        self.kind = kind
        self.subject = subject
        self._ok = True
        self._value = None
        priority = EventPriority(kind * _KIND_PRIORITY + subject)
        environment.schedule(self, priority=priority, delay=time - environment.now)


class Run:
    """One replication under SimPy: `environment` may be stepped by hand, `state` looked at in between."""

    def __init__(
        self, setting: Setting, replication: int, watch: Watcher | None = None, recorder: Recorder | None = None
    ) -> None:
        self.setting = setting
        self.state = empty_state(setting, replication)
        self.environment = simpy.Environment(initial_time=setting.begins)
        self._record = Record(recorder)
        self._watch = watch
        month = int(self.state.now[0].month)
        set_capacity(self.state, month, setting.begins)
        for provider, (opens, closes) in enumerate(zip(setting.opens, setting.closes, strict=True)):
            begin_provider(self.state, provider, int(opens), int(closes), setting.begins)
            self._schedule_what_was_sent(int(self.state.now[0].outbox))
        for time, kind, subject in opening_events(setting, month):
            self._schedule(time, kind, subject)
        self._make_room()

    def finish(self) -> Trace:
        """Run SimPy to the horizon and return what was recorded."""
        self.environment.run(until=self.setting.horizon)
        self._record.drain(self.state)
        close_month(self.state, self.setting.horizon)
        return self._record.trace(self.setting, self.state)

    def _schedule(self, time: int, kind: int, subject: int) -> None:
        happening = Happening(self.environment, time, kind, subject)
        happening.callbacks.append(self._happen)

    def _happen(self, event: simpy.Event) -> None:
        assert isinstance(event, Happening)
        time = int(self.environment.now)
        sent, full = one_event(self.state, time, event.kind, event.subject)
        if sent:
            self._schedule_what_was_sent(sent)
        if self._watch is not None:
            self._watch(self.state, time, event.kind, event.subject)
        if full:
            self._make_room()

    def _make_room(self) -> None:
        self._record.drain(self.state)
        self.state = with_room(self.state)

    def _schedule_what_was_sent(self, sent: int) -> None:
        for time, kind, subject in self.state.outbox[:sent].tolist():
            self._schedule(time, kind, subject)
        self.state.now["outbox"] = 0


def simulate_simpy(
    setting: Setting, replication: int, watch: Watcher | None = None, recorder: Recorder | None = None
) -> Trace:
    """Run one replication under SimPy."""
    return Run(setting, replication, watch, recorder).finish()
