"""The compiled engine, stopped after each event that may have changed one provider, so that it can be looked at.

Between two stops nothing leaves compiled code, so that following a provider takes hardly longer than running.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from simulator.compiling import compiled
from simulator.engine.agenda import (
    ARREARS,
    DUE,
    END,
    GRADE_CHANGE,
    LAPSE,
    NEAR,
    OCCURRENCE,
    PLAN,
    REGISTRATION,
    SELF_ASSESSMENT,
    TARIFF,
    WITHDRAWAL,
)
from simulator.engine.calendar import KIND_SHIFT, KINDS_MASK, SUBJECTS, TIME_SHIFT, Calendar, is_empty
from simulator.engine.compiled_engine import FINISHED, NEEDS_ROOM, Run, happen_next, is_nearly_full
from simulator.engine.setting import Setting
from simulator.engine.simpy_engine import Watcher
from simulator.engine.state import State
from simulator.engine.trace import Trace

_CONCERNED: Final = 2
"""Why the loop stops, besides the reasons of `simulator.engine.compiled_engine.run_on`."""


@compiled
def concerns(state: State, provider: int, kind: int, subject: int) -> bool:
    """Report whether an event may have changed a provider, its plans, its dates or its place in the backlog.

    What lapses, lapses for several providers at once.
    """
    if kind == LAPSE:
        return True
    if kind in (DUE, NEAR, ARREARS):
        return subject // state.slots.shape[1] == provider
    if kind == END:
        return state.work[subject].provider == provider
    if kind == GRADE_CHANGE:
        return state.strands[subject].provider == provider
    if kind in (OCCURRENCE, REGISTRATION, WITHDRAWAL):
        return subject == provider
    return kind in (SELF_ASSESSMENT, PLAN, TARIFF) and subject == provider


@compiled
def _run_until_concerned(state: State, agenda: Calendar, provider: int, event: npt.NDArray[np.int64]) -> int:
    """Carry out events until one concerns a provider, none is left or memory is nearly full; report which.

    Parameters
    ----------
    state, agenda
        Of the run.
    provider
        Its row.
    event
        Is given time, kind and subject of the event that concerns it, shape 3.
    """
    while not is_empty(agenda):
        if is_nearly_full(state, agenda):
            return NEEDS_ROOM
        entry = happen_next(state, agenda)
        kind, subject = (entry >> KIND_SHIFT) & KINDS_MASK, entry & (SUBJECTS - 1)
        if concerns(state, provider, kind, subject):
            event[0], event[1], event[2] = entry >> TIME_SHIFT, kind, subject
            return _CONCERNED
    return FINISHED


class FollowedRun(Run):
    """One replication in compiled code; `watch` is shown each event that may have changed one provider."""

    def __init__(self, setting: Setting, replication: int, provider: int, watch: Watcher) -> None:
        super().__init__(setting, replication)
        self._provider = provider
        self._watch = watch

    def finish(self) -> Trace:
        """Run to the horizon, show what concerns the provider, and return what was recorded."""
        event = np.zeros(3, dtype=np.int64)
        while (why := _run_until_concerned(self.state, self.agenda, self._provider, event)) != FINISHED:
            if why == _CONCERNED:
                self._watch(self.state, *event.tolist())
            else:
                self.make_room()
        return self.close()
