"""What can happen, in what order at equal times, and how a handler says what is to happen next.

At one tick events happen in the order of their kinds below, then by the position of the provider in the
register (or of the row they concern). A new framework takes over before anything else; what ran out of time lapses
before the year is planned; work ends before the truth changes; a step of the tariff is looked at when all of that is
known, and before what it calls for is raised;
targeted visits are raised when everything else that is raised is known; what starts, starts when all of it is.
"""

from typing import Final

from simulator.compiling import compiled, constant
from simulator.engine.state import State

TAKEOVER: Final = constant(0)
"""A framework takes over (subject: its row)."""
MONTH: Final = constant(1)
"""A month begins (subject: its number from the epoch)."""
LAPSE: Final = constant(2)
"""Discretionary work that was not begun in its time lapses (subject: the row of work from which to look)."""
END: Final = constant(3)
"""An inspection ends (subject: its row of work)."""
WITHDRAWAL: Final = constant(4)
"""A provider closes on the date that the register gives (subject: provider, where nothing else is said)."""
GRADE_CHANGE: Final = constant(5)
"""A chain of true quality moves (subject: its row of strands)."""
OCCURRENCE: Final = constant(6)
"""Closure, complaint, serious concern or change of manager."""
REGISTRATION: Final = constant(7)
EFFECT_END: Final = constant(8)
"""An effect on quality that lasts a set time may have ended."""
SELF_ASSESSMENT: Final = constant(9)
"""A provider's yearly self-assessment falls due."""
PLAN: Final = constant(10)
"""A provider is assessed and its inspections are planned: every 1 April and at every takeover."""
ARREARS: Final = constant(11)
"""What was owed before the start is found (subject: 0 to choose what; then provider times slots plus slot)."""
DRAW: Final = constant(12)
"""A sample of a set number is drawn (subject: service type times samples of each plus sample)."""
TARIFF: Final = constant(13)
"""A plan or a step of the tariff is to be looked at: what was agreed had to be done by now."""
NEAR: Final = constant(14)
"""The end of the year is near for duties that discretionary work was to meet (subject as of `DUE`)."""
DUE: Final = constant(15)
"""An inspection is raised (subject: provider times slots plus slot)."""
TARGET: Final = constant(16)
"""Teams that what waits leaves free go where they are worth most (subject: pool)."""
START: Final = constant(17)
"""Waiting work may start (subject: pool)."""

EVENT_NAMES: Final = (
    "takeover",
    "month",
    "lapse",
    "end",
    "withdrawal",
    "grade change",
    "occurrence",
    "registration",
    "effect end",
    "self-assessment",
    "plan",
    "arrears",
    "draw",
    "tariff",
    "near",
    "due",
    "target",
    "start",
)


@compiled
def send(state: State, time: int, kind: int, subject: int) -> None:
    """Ask for an event at `time`; what would come at the horizon or after is dropped."""
    now = state.now[0]
    if time >= now.horizon:
        return
    entry = state.outbox[now.outbox]
    entry.time = time
    entry.kind = kind
    entry.subject = subject
    now.outbox += 1
