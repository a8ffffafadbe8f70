"""The compiled engine: one loop around an agenda of its own, compiled together with the rules."""

from typing import Any, Final

import numpy as np

from simulator.compiling import compiled
from simulator.engine.accounts import close_month, set_capacity
from simulator.engine.events import happen
from simulator.engine.memory import Record, empty_state, needs_room, with_room
from simulator.engine.setting import Setting
from simulator.engine.start import begin_provider, opening_events
from simulator.engine.state import State
from simulator.engine.trace import Trace

TIME_SHIFT: Final = 30
KIND_SHIFT: Final = 26
SUBJECTS: Final = 2**KIND_SHIFT
"""Providers times slots, or rows of work, that an entry of the agenda can name."""
KINDS_MASK: Final = 2 ** (TIME_SHIFT - KIND_SHIFT) - 1

FINISHED: Final = 0
NEEDS_ROOM: Final = 1


@compiled
def entry_of(time: int, kind: int, subject: int) -> int:
    """Pack an event into one number; earlier ones, then kinds and subjects in their order, are smaller."""
    return (time << TIME_SHIFT) | (kind << KIND_SHIFT) | subject


@compiled
def put(agenda: Any, size: int, entry: int) -> None:
    """Add an entry to a binary heap of `size` entries."""
    at = size
    while at > 0:
        parent = (at - 1) >> 1
        if agenda[parent] <= entry:
            break
        agenda[at] = agenda[parent]
        at = parent
    agenda[at] = entry


@compiled
def take(agenda: Any, size: int) -> int:
    """Take the smallest entry off a binary heap of `size` > 0 entries."""
    first = agenda[0]
    last = size - 1
    entry = agenda[last]
    at = 0
    while True:
        child = 2 * at + 1
        if child >= last:
            break
        if child + 1 < last and agenda[child + 1] < agenda[child]:
            child += 1
        if agenda[child] >= entry:
            break
        agenda[at] = agenda[child]
        at = child
    agenda[at] = entry
    return int(first)


@compiled
def empty_outbox(state: State, agenda: Any, size: int) -> int:
    """Move what handlers asked for to the agenda; give its new size."""
    now = state.now[0]
    for sent in range(now.outbox):
        event = state.outbox[sent]
        put(agenda, size, entry_of(event.time, event.kind, event.subject))
        size += 1
    now.outbox = 0
    return size


@compiled
def open_register(state: State, agenda: Any, opens: Any, closes: Any, time: int) -> int:
    """Put every provider into the state and its first events on the agenda; give the agenda's size."""
    size = 0
    for provider in range(len(state.providers)):
        begin_provider(state, provider, opens[provider], closes[provider], time)
        size = empty_outbox(state, agenda, size)
    return size


@compiled
def run_on(state: State, agenda: Any, size: int) -> tuple[int, int]:
    """Let events happen until none is left or memory is nearly full; give why, and the agenda's size."""
    while size > 0:
        if size + len(state.outbox) > len(agenda) or needs_room(state):
            return NEEDS_ROOM, size
        entry = take(agenda, size)
        size -= 1
        happen(state, entry >> TIME_SHIFT, (entry >> KIND_SHIFT) & KINDS_MASK, entry & (SUBJECTS - 1))
        size = empty_outbox(state, agenda, size)
    return FINISHED, size


def simulate_compiled(setting: Setting, replication: int) -> Trace:
    """Run one replication in compiled code, without the interpreter lock."""
    state = empty_state(setting, replication)
    record = Record()
    providers = len(setting.providers)
    agenda = np.zeros(16 * providers + 1024, dtype=np.int64)
    set_capacity(state, int(state.now[0].month), setting.begins)
    size = open_register(state, agenda, setting.opens, setting.closes, setting.begins)
    for time, kind, subject in opening_events(setting, int(state.now[0].month)):
        put(agenda, size, entry_of(time, kind, subject))
        size += 1
    why = NEEDS_ROOM
    while why == NEEDS_ROOM:
        record.drain(state)
        state = with_room(state)
        if size + len(state.outbox) > len(agenda):
            agenda = np.concatenate([agenda, np.zeros_like(agenda)])
        why, size = run_on(state, agenda, size)
    record.drain(state)
    close_month(state, setting.horizon)
    return record.trace(setting, state)
