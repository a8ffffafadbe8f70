"""Search for the smallest whole number from which on something holds, where asking costs time and may stay unclear.

What is asked is taken to be monotone: once it is met, it is met at every larger number. The search
assumes that; the caller has to check whether what was asked agrees with it.
"""

from collections.abc import Callable
from typing import NamedTuple

from simulator.running.targets import Standing

Ask = Callable[[int], Standing]
"""Returns whether it is met at a number, the same whenever it is asked."""


class Root(NamedTuple):
    """Where the answer lies."""

    met: int | None
    """The smallest number at which it is met, None if it is not met at the largest one allowed."""
    missed: int | None
    """The largest number at which it is missed, None if it is not even with nobody."""


def root(ask: Ask, first: int, most: int) -> Root:
    """Search by doubling (or halving) from a first guess and then by bisection.

    Parameters
    ----------
    ask
        How things stand at a number, 0 or more.
    first
        First guess.
    most
        Largest number to ask.
    """
    known: dict[int, Standing] = {}

    def stands(number: int) -> Standing:
        if number not in known:
            known[number] = ask(number)
        return known[number]

    met = _first_met(stands, min(first, most), most)
    if met is not None:
        met = _parted(lambda number: stands(number) != "met", met)[1]
    elif stands(most) == "missed":
        return Root(None, most)
    below = most if met is None else met
    missed = max((number for number, standing in known.items() if standing == "missed" and number < below), default=-1)
    not_missed = min(number for number, standing in known.items() if standing != "missed" and number > missed)
    return Root(met, _parted(lambda number: stands(number) == "missed", not_missed, missed)[0])


def _first_met(ask: Ask, number: int, most: int) -> int | None:
    """Double a number until it is met there."""
    while ask(number) != "met":
        if number == most:
            return None
        number = min(max(2 * number, 1), most)
    return number


def _parted(holds: Callable[[int], bool], high: int, low: int = -1) -> tuple[int | None, int]:
    """Find the largest number at which something still holds, which does not at `high`, and the one after it.

    `low` is a number at which it holds; if left out, one is looked for first, by halving.
    """
    while low < 0 < high:
        half = high // 2
        low, high = (half, high) if holds(half) else (low, half)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return (low if low >= 0 else None), high
