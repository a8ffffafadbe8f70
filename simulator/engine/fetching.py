"""What an event will need, fetched from memory before its turn comes.

With many providers every event falls on another one, whose records have long left the processor's own memory, and
waiting for them takes longer than the rules. The events of a stretch of time are known when it begins, so what they
will read can be on its way by then. Nothing that happens depends on it.
"""

from typing import Any, Final

import numpy as np
from llvmlite import ir
from numba import config, types
from numba.core import cgutils
from numba.extending import intrinsic

from simulator.compiling import ROW, compiled
from simulator.engine.addressed import WORDS, word
from simulator.engine.agenda import ARREARS, DRAW, DUE, END, GRADE_CHANGE, LAPSE, MONTH, NEAR, START, TAKEOVER, TARGET
from simulator.engine.in_force import rule_slots
from simulator.engine.provider_records import PROVIDER
from simulator.engine.state import State
from simulator.engine.work_records import PLAN
from simulator.world.hazards import CLOCK
from simulator.world.quality import QUALITY_CLOCKS
from simulator.world.signals import OCCURRENCE_CLOCKS

_LINE: Final = 64
"""Bytes that a processor fetches at once."""

_PROVIDERS, _OCCURRENCES, _SLOTS, _PLANS, _QUALITY = (
    WORDS * list(State.TABLES).index(name) for name in ("providers", "occurrences", "slots", "plans", "quality")
)
_PLAIN: Final = bool(config.DISABLE_JIT)
_PROVIDER_BYTES: Final = PROVIDER.itemsize
_OCCURRENCE_BYTES: Final = OCCURRENCE_CLOCKS * CLOCK.itemsize
_ROW_BYTES: Final = np.dtype(ROW).itemsize
_PLAN_BYTES: Final = PLAN.itemsize
_QUALITY_BYTES: Final = QUALITY_CLOCKS * CLOCK.itemsize


def _fetch(_context: Any, address: Any) -> Any:
    """Ask for the line of memory at an address."""

    def generate(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        whole = ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [cgutils.voidptr_t, whole, whole, whole])
        prefetch = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")
        place = builder.inttoptr(arguments[0], cgutils.voidptr_t)
        builder.call(prefetch, [place, whole(1), whole(3), whole(1)])
        return _context.get_dummy_value()

    return types.void(address), generate


fetch: Any = intrinsic(_fetch)


@compiled
def _fetch_row(table: int, width: int, row: int) -> None:
    """Ask for a row of a table: `width` bytes, the first of the table at the address `table`."""
    for byte in range(0, width, _LINE):
        fetch(table + row * width + byte)


@compiled
def provider_of(state: State, kind: int, subject: int) -> int:
    """Return the provider that an event falls on, -1 if none or many."""
    if kind in (START, TARGET, MONTH, TAKEOVER, DRAW, LAPSE):
        return -1
    if kind == END:
        return int(state.work[subject].provider)
    if kind in (DUE, NEAR, ARREARS):
        return int(subject // state.slots.shape[1])
    if kind == GRADE_CHANGE:
        return int(state.strands[subject].provider)
    return subject


@compiled
def fetch_for(state: State, kind: int, subject: int) -> None:
    """Ask for what an event will read first; plain Python has no way to ask."""
    if _PLAIN:
        return
    provider = provider_of(state, kind, subject)
    if provider >= 0:
        _fetch_row(word(state, _PROVIDERS), _PROVIDER_BYTES, provider)
        _fetch_row(word(state, _OCCURRENCES), _OCCURRENCE_BYTES, provider)
        _fetch_row(word(state, _SLOTS), state.slots.shape[1] * _ROW_BYTES, provider)
        chain = state.providers[provider].first_strand
        _fetch_row(word(state, _QUALITY), _QUALITY_BYTES, chain)


@compiled
def fetch_planned(state: State, kind: int, subject: int) -> None:
    """Ask for what the rules of a provider have planned, once `fetch_for` has its slots on their way."""
    if _PLAIN:
        return
    provider = provider_of(state, kind, subject)
    if provider >= 0:
        for slot in rule_slots(state):
            _fetch_row(word(state, _PLANS), _PLAN_BYTES, state.slots[provider, slot])
