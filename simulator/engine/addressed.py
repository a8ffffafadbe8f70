"""Tables by address: how compiled code uses many tables at once without owning them.

Handing some twenty arrays to every rule makes each of them long to compile, and counting the references to arrays
while rules run takes longer than the rules (both measured). So for compiled code an `Addressed` object is one pointer:
to a list of where its tables are, and of what shape. ``state.providers`` reads there, and gives an array that nobody
counts. Whoever calls keeps the object, and with it the tables, alive.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final, TypeVar

import numpy as np
import numpy.typing as npt
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

Table = npt.NDArray[np.void]
"""Records, one a row."""

WORDS: Final = 4
"""Numbers kept of each table: its address, and its shape with 1 for dimensions that it lacks."""


def records(fields: list[tuple[Any, ...]]) -> np.dtype[np.void]:
    """Make the type of a table whose rows are used by attribute: wide fields lie first, so that no byte is lost."""
    by_width = sorted(fields, key=lambda field: -np.dtype(field[1]).itemsize)
    return np.dtype((np.record, np.dtype(by_width, align=True)))


@dataclass(frozen=True, eq=False, kw_only=True)
class Addressed:
    """Tables that compiled code reads by attribute, as plain Python does."""

    TABLES: ClassVar[Mapping[str, tuple[np.dtype[Any], int]]]
    """Type and number of dimensions of each table, by its attribute."""

    places: npt.NDArray[np.int64] = field(init=False, repr=False)
    """Address and shape of each table, shape (tables, 4)."""
    address: int = field(init=False, repr=False)
    """Where `places` are."""

    def __post_init__(self) -> None:
        """Write down where the tables are."""
        places = np.ones((len(self.TABLES), WORDS), dtype=np.int64)
        for place, (name, (dtype, dimensions)) in zip(places, self.TABLES.items(), strict=True):
            table = getattr(self, name)
            assert (table.dtype, table.ndim, table.flags.c_contiguous) == (dtype, dimensions, True), name
            place[0] = table.ctypes.data
            place[1 : 1 + dimensions] = table.shape
        object.__setattr__(self, "places", places)
        object.__setattr__(self, "address", places.ctypes.data)


class _Pointer(types.Type):  # type: ignore[misc]
    """What `Addressed` tables are in compiled code: a type for each class of them, told by its name."""


register_model(_Pointer)(models.OpaqueModel)


@unbox(_Pointer)  # type: ignore[untyped-decorator]
def _address_of(_type: Any, tables: Any, c: Any) -> NativeValue:
    address = c.pyapi.object_getattr_string(tables, "address")
    pointer = c.pyapi.long_as_voidptr(address)
    c.pyapi.decref(address)
    return NativeValue(pointer, is_error=cgutils.is_not_null(c.builder, c.pyapi.err_occurred()))


Tables = TypeVar("Tables", bound=Addressed)


def readable(tables: type[Tables]) -> type[Tables]:
    """Make compiled code able to read the tables of a class."""
    pointer = _Pointer(tables.__name__)
    typeof_impl.register(tables)(lambda _tables, _context: pointer)
    for position, (name, (dtype, dimensions)) in enumerate(tables.TABLES.items()):
        overload_attribute(_Pointer, name)(_giving(pointer, _reader(WORDS * position, dimensions, dtype)))
    return tables


def _word(_context: Any, tables: Any, position: Any) -> Any:
    """Read one of the numbers that are pointed to: while compiled code runs they never change."""

    def generate(context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        words = builder.bitcast(arguments[0], context.get_value_type(types.int64).as_pointer())
        loaded = builder.load(builder.gep(words, [arguments[1]]))
        loaded.set_metadata("invariant.load", builder.module.add_metadata([]))
        return loaded

    return types.int64(tables, position), generate


def _pointer_to(_context: Any, address: Any) -> Any:
    """Take a whole number for an address."""

    def generate(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.inttoptr(arguments[0], cgutils.voidptr_t)

    return types.voidptr(address), generate


word: Any = intrinsic(_word)
pointer_to: Any = intrinsic(_pointer_to)


def _reader(first: int, dimensions: int, dtype: np.dtype[Any]) -> Callable[[Any], Any]:
    """Make the function that gives the table whose numbers begin at the word `first`."""

    def one(tables: Any) -> Any:
        return carray(pointer_to(word(tables, first)), (word(tables, first + 1),), dtype)

    def two(tables: Any) -> Any:
        return carray(pointer_to(word(tables, first)), (word(tables, first + 1), word(tables, first + 2)), dtype)

    def three(tables: Any) -> Any:
        return carray(
            pointer_to(word(tables, first)),
            (word(tables, first + 1), word(tables, first + 2), word(tables, first + 3)),
            dtype,
        )

    return (one, two, three)[dimensions - 1]


def _giving(pointer: _Pointer, read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def choose(tables: Any) -> Any:  # Numba wants the name of the parameter that `read` has
        return read if tables == pointer else None

    return choose
