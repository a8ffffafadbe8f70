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
from simulator.engine.agenda import DRAW, DUE, END, GRADE_CHANGE, LAPSE, MONTH, NEAR, START, TAKEOVER, TARGET
from simulator.engine.state import PLAN, PROVIDER, RULE, State
from simulator.world.hazards import CLOCK
from simulator.world.quality import QUALITY_CLOCKS
from simulator.world.signals import OCCURRENCE_CLOCKS

LINE: Final = 64
"""Bytes that a processor fetches at once."""

PROVIDERS, OCCURRENCES, SLOTS, PLANS, QUALITY = (
    WORDS * list(State.TABLES).index(name) for name in ("providers", "occurrences", "slots", "plans", "quality")
)
PLAIN: Final = bool(config.DISABLE_JIT)
PROVIDER_BYTES: Final = PROVIDER.itemsize
OCCURRENCE_BYTES: Final = OCCURRENCE_CLOCKS * CLOCK.itemsize
ROW_BYTES: Final = np.dtype(ROW).itemsize
PLAN_BYTES: Final = PLAN.itemsize
QUALITY_BYTES: Final = QUALITY_CLOCKS * CLOCK.itemsize


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
def fetch_row(table: int, width: int, row: int) -> None:
    """Ask for a row of a table: `width` bytes, the first of the table at the address `table`."""
    for byte in range(0, width, LINE):
        fetch(table + row * width + byte)


@compiled
def provider_of(state: State, kind: int, subject: int) -> int:
    """Give the provider that an event falls on, -1 if none or many."""
    if kind in (START, TARGET, MONTH, TAKEOVER, DRAW, LAPSE):
        return -1
    if kind == END:
        return int(state.work[subject].provider)
    if kind in (DUE, NEAR):
        return int(subject // state.slots.shape[1])
    if kind == GRADE_CHANGE:
        return int(state.strands[subject].provider)
    return subject


@compiled
def fetch_for(state: State, kind: int, subject: int) -> None:
    """Ask for what an event will read first; plain Python has no way to ask."""
    if PLAIN:
        return
    provider = provider_of(state, kind, subject)
    if provider >= 0:
        fetch_row(word(state, PROVIDERS), PROVIDER_BYTES, provider)
        fetch_row(word(state, OCCURRENCES), OCCURRENCE_BYTES, provider)
        fetch_row(word(state, SLOTS), state.slots.shape[1] * ROW_BYTES, provider)
        chain = state.providers[provider].first_strand
        fetch_row(word(state, QUALITY), QUALITY_BYTES, chain)


@compiled
def fetch_planned(state: State, kind: int, subject: int) -> None:
    """Ask for what the rules of a provider have planned, once `fetch_for` has its slots on their way."""
    if PLAIN:
        return
    provider = provider_of(state, kind, subject)
    if provider >= 0:
        for slot in range(RULE, RULE + state.now[0].rules):
            fetch_row(word(state, PLANS), PLAN_BYTES, state.slots[provider, slot])
