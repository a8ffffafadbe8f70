"""The state as compiled code sees it: one pointer to a list of the tables' addresses and shapes.

Handing some twenty arrays to every rule makes each of them long to compile, and counting the references to arrays
while rules run takes longer than the rules (both measured). So for compiled code a `State` is the address of
`State.places`, and ``state.providers`` reads there where the providers are: an array that nobody counts. Whoever calls
keeps the state, and with it the tables, alive.
"""

from collections.abc import Callable
from typing import Any, Final

import numpy as np
from numba import carray, types
from numba.core import cgutils
from numba.extending import (
    NativeValue,
    intrinsic,
    models,
    overload_attribute,
    register_model,
    typeof_impl,
    unbox,
)

from simulator.engine.state import TABLES, State

WORDS: Final = 4
"""Numbers kept of each table: its address, and its shape with 1 for dimensions that it lacks."""


class StateType(types.Type):  # type: ignore[misc]
    """The type of a `State` in compiled code."""

    def __init__(self) -> None:
        super().__init__(name="State")


STATE: Final = StateType()

register_model(StateType)(models.OpaqueModel)


@typeof_impl.register(State)  # type: ignore[untyped-decorator]
def _typeof(_state: State, _context: Any) -> StateType:
    return STATE


@unbox(StateType)  # type: ignore[untyped-decorator]
def _unbox(_type: StateType, state: Any, c: Any) -> NativeValue:
    address = c.pyapi.object_getattr_string(state, "address")
    pointer = c.pyapi.long_as_voidptr(address)
    c.pyapi.decref(address)
    return NativeValue(pointer, is_error=cgutils.is_not_null(c.builder, c.pyapi.err_occurred()))


def _word(_context: Any, state: Any, position: Any) -> Any:
    """Read one of the numbers that a state points to: while compiled code runs they never change."""

    def generate(context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        whole = context.get_value_type(types.int64)
        words = builder.bitcast(arguments[0], whole.as_pointer())
        loaded = builder.load(builder.gep(words, [arguments[1]]))
        loaded.set_metadata("invariant.load", builder.module.add_metadata([]))
        return loaded

    return types.int64(state, position), generate


def _pointer_to(_context: Any, address: Any) -> Any:
    """Take a whole number for an address."""

    def generate(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.inttoptr(arguments[0], cgutils.voidptr_t)

    return types.voidptr(address), generate


word: Any = intrinsic(_word)
pointer_to: Any = intrinsic(_pointer_to)


def _reader(first: int, dimensions: int, dtype: np.dtype[Any]) -> Callable[[Any], Any]:
    """Make the function that gives a table, whose numbers begin at the word `first`."""

    def one(state: Any) -> Any:
        return carray(pointer_to(word(state, first)), (word(state, first + 1),), dtype)

    def two(state: Any) -> Any:
        return carray(pointer_to(word(state, first)), (word(state, first + 1), word(state, first + 2)), dtype)

    def three(state: Any) -> Any:
        return carray(
            pointer_to(word(state, first)),
            (word(state, first + 1), word(state, first + 2), word(state, first + 3)),
            dtype,
        )

    return (one, two, three)[dimensions - 1]


def _readable(name: str, read: Callable[[Any], Any]) -> None:
    def of(state: Any) -> Any:
        return read

    overload_attribute(StateType, name)(of)


for _position, (_name, (_dtype, _dimensions)) in enumerate(TABLES.items()):
    _readable(_name, _reader(WORDS * _position, _dimensions, _dtype))
