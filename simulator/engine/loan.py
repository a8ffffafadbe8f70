"""The state on loan: how compiled code uses the tables without owning them.

Handing some twenty arrays to compiled code takes longer than most rules, and so does counting the references
to them while it runs (both measured: six sevenths of the time of a run). So an engine lends it one small
table of addresses and shapes (`lend`), from which `borrowed` makes the same `State` again, of arrays that nobody
counts. The lender keeps the real arrays alive, and lends anew when one of them has grown.
"""

from collections.abc import Callable
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from numba import carray, config
from numba.core import cgutils, types
from numba.extending import intrinsic

from simulator.compiling import compiled
from simulator.engine.state import (
    ACCOUNT,
    ASSESSMENT,
    BACKLOG,
    BELIEF,
    EPISODE,
    INSPECTION,
    NOW,
    OUTBOX,
    PLAN,
    POOL,
    PROVIDER,
    SERVICE,
    STRAND,
    WORK,
    State,
)
from simulator.inspectorate.policy import POLICY
from simulator.world.hazards import CLOCK

INT64: Final = np.dtype(np.int64)
FLOAT64: Final = np.dtype(np.float64)

Loan = npt.NDArray[np.int64]
"""Address and shape of each table of the state, shape (tables, 4); dimensions that a table lacks are 1."""


def addresses(state: State) -> Loan:
    """Write down where the tables of a state are."""
    loan = np.ones((len(state), 4), dtype=np.int64)
    for position, table in enumerate(state):
        loan[position, 0] = table.ctypes.data
        loan[position, 1 : 1 + table.ndim] = table.shape
    return loan


def _pointer_to(_context: Any, address: Any) -> Any:
    """Take a whole number for an address."""

    def generate(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.inttoptr(arguments[0], cgutils.voidptr_t)

    return types.voidptr(address), generate


pointer_to: Any = intrinsic(_pointer_to)


@compiled
def tables_at(loan: Loan) -> State:
    """Make the state out of addresses and shapes, in the order of the fields of `State`."""
    return State(
        carray(pointer_to(loan[0, 0]), (loan[0, 1],), NOW),
        carray(pointer_to(loan[1, 0]), (loan[1, 1],), PROVIDER),
        carray(pointer_to(loan[2, 0]), (loan[2, 1],), STRAND),
        carray(pointer_to(loan[3, 0]), (loan[3, 1], loan[3, 2]), CLOCK),
        carray(pointer_to(loan[4, 0]), (loan[4, 1],), BELIEF),
        carray(pointer_to(loan[5, 0]), (loan[5, 1], loan[5, 2]), CLOCK),
        carray(pointer_to(loan[6, 0]), (loan[6, 1], loan[6, 2]), PLAN),
        carray(pointer_to(loan[7, 0]), (loan[7, 1],), WORK),
        carray(pointer_to(loan[8, 0]), (loan[8, 1], loan[8, 2], loan[8, 3]), INT64),
        carray(pointer_to(loan[9, 0]), (loan[9, 1],), POOL),
        carray(pointer_to(loan[10, 0]), (loan[10, 1], loan[10, 2]), ACCOUNT),
        carray(pointer_to(loan[11, 0]), (loan[11, 1], loan[11, 2]), INT64),
        carray(pointer_to(loan[12, 0]), (loan[12, 1], loan[12, 2], loan[12, 3]), INT64),
        carray(pointer_to(loan[13, 0]), (loan[13, 1], loan[13, 2]), INT64),
        carray(pointer_to(loan[14, 0]), (loan[14, 1],), OUTBOX),
        carray(pointer_to(loan[15, 0]), (loan[15, 1],), INSPECTION),
        carray(pointer_to(loan[16, 0]), (loan[16, 1],), EPISODE),
        carray(pointer_to(loan[17, 0]), (loan[17, 1],), BACKLOG),
        carray(pointer_to(loan[18, 0]), (loan[18, 1],), ASSESSMENT),
        carray(pointer_to(loan[19, 0]), (loan[19, 1],), SERVICE),
        carray(pointer_to(loan[20, 0]), (loan[20, 1],), POLICY),
        carray(pointer_to(loan[21, 0]), (loan[21, 1],), INT64),
        carray(pointer_to(loan[22, 0]), (loan[22, 1], loan[22, 2]), FLOAT64),
    )


def itself(state: Any) -> Any:
    """Lend or borrow where nothing is compiled: the state is handed over as it is."""
    return state


lend: Callable[[State], Loan] = itself if config.DISABLE_JIT else addresses
borrowed: Callable[[Loan], State] = itself if config.DISABLE_JIT else tables_at
