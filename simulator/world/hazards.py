"""Clocks of chance: something happens when its integrated hazard reaches the next unit exponential.

A framework that changes a hazard bends a history and does not redraw it: the exponentials stay, only the
speed at which they are used up changes. A row of clocks belongs to one provider and has one alarm, the time
at which the first of them runs out if no hazard changes before.
"""

import math
from typing import Any, Final

import numpy as np

from simulator.compiling import COUNT, TICK, compiled
from simulator.ticks import NEVER
from simulator.world.streams import exponential

CLOCK: Final = np.dtype(
    (
        np.record,
        [
            ("left", "f8"),  # what is left of the exponential
            ("rate", "f8"),  # hazard per tick
            ("since", TICK),  # tick up to which the exponential has been used
            ("draws", COUNT),  # how many exponentials were drawn
        ],
    )
)


@compiled
def _wind(clock: Any, run: np.uint64, purpose: int, entity: np.uint64) -> None:
    """Return a clock its next unit exponential."""
    clock.left = exponential(run, purpose, entity, clock.draws)
    clock.draws += 1


@compiled
def wind_all(clocks: Any, run: np.uint64, first_purpose: int, entity: np.uint64, time: int) -> None:
    """Set up a row of clocks for a new entity, all with hazard 0; their purposes follow one another."""
    for c in range(len(clocks)):
        clocks[c].draws = 0
        clocks[c].rate = 0.0
        clocks[c].since = time
        _wind(clocks[c], run, first_purpose + c, entity)


@compiled
def set_rate(clock: Any, rate: float, time: int) -> bool:
    """Change the hazard of a clock from `time` on; report whether it changed.

    A hazard that stays the same is left alone, so that looking at a clock never moves its alarm.
    """
    if clock.rate == rate:
        return False
    clock.left -= clock.rate * (time - clock.since)
    clock.since = time
    clock.rate = rate
    return True


@compiled
def alarm(clock: Any) -> int:
    """Return the tick at which a clock runs out at its present hazard: never before one tick has passed."""
    if clock.rate <= 0.0:
        return NEVER
    ticks = clock.left / clock.rate
    if ticks >= NEVER - clock.since:
        return NEVER
    return clock.since + max(math.ceil(ticks), 1)


@compiled
def first_alarm(clocks: Any) -> int:
    """Return the earliest alarm of a row of clocks."""
    earliest = NEVER
    for c in range(len(clocks)):
        earliest = min(earliest, alarm(clocks[c]))
    return earliest


@compiled
def ringing(clocks: Any, time: int) -> int:
    """Return the position of the first clock whose alarm has come, -1 if none has."""
    for c in range(len(clocks)):
        if alarm(clocks[c]) <= time:
            return c
    return -1


@compiled
def rewind(clocks: Any, c: int, run: np.uint64, first_purpose: int, entity: np.uint64, time: int) -> None:
    """Start clock `c` again after its alarm at `time`."""
    clocks[c].since = time
    _wind(clocks[c], run, first_purpose + c, entity)
