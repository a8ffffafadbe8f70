"""Search for the smallest whole number from which on something holds, where asking costs time and may stay unclear.

What is asked is taken to be monotone: once it is met, it is met at every larger number. The search
assumes that; the caller has to check whether what was asked agrees with it.
"""

from collections.abc import Callable
from typing import NamedTuple

from simulator.running.targets import Standing

Ask = Callable[[int], Standing]
"""Returns whether it is met at a number, the same whenever it is asked."""
Likely = Callable[[], int]
"""Returns the number that is the likely answer by all that is known so far."""
_GUIDED = 3
"""Every so many numbers one is asked without a guess, so that wrong guesses cost little."""


class Root(NamedTuple):
    """Where the answer lies."""

    met: int | None
    """The smallest number at which it is met, None if it is not met at the largest one allowed."""
    missed: int | None
    """The largest number at which it is missed, None if it is not even with nobody."""


def root(ask: Ask, first: int, most: int, stride: int = 1, likely: tuple[Likely, Likely] | None = None) -> Root:
    """Search from a first guess in growing strides, and then by bisection; where there are better guesses, by them.

    Parameters
    ----------
    ask
        How things stand at a number, 0 or more.
    first
        First guess.
    most
        Largest number to ask.
    stride
        To begin with, away from the first guess.
    likely
        Guesses of the smallest number at which it is met, and of the smallest at which it is not missed.
    """
    known: dict[int, Standing] = {}

    def stands(number: int) -> Standing:
        if number not in known:
            known[number] = ask(number)
        return known[number]

    near_met, near_missed = likely or (lambda: first, lambda: first)
    met = _smallest(lambda number: stands(number) == "met", (-1, most + 1), near_met, stride)
    missed = max((number for number, standing in known.items() if standing == "missed" and number < met), default=-1)
    not_missed = min((number for number, at in known.items() if at != "missed" and number > missed), default=most + 1)
    missed = _smallest(lambda number: stands(number) != "missed", (missed, not_missed), near_missed, stride) - 1
    return Root(met if met <= most else None, missed if missed >= 0 else None)


def _smallest(holds: Callable[[int], bool], ends: tuple[int, int], likely: Likely, stride: int) -> int:
    """Find the smallest number at which something holds; at the lower end it does not, at the upper end it does."""
    low, high = outer = ends
    turn = 0
    while high - low > 1:
        guess = likely()
        if low < guess < high and turn % _GUIDED < _GUIDED - 1:
            at = guess
        elif low == outer[0] and high == outer[1]:
            at = min(max(guess, low + 1), high - 1)
        elif low == outer[0] or high == outer[1]:
            at = max(high - stride, low + 1) if low == outer[0] else min(low + stride, high - 1)
            stride *= 2
        else:
            at = (low + high) // 2
        low, high = (low, at) if holds(at) else (at, high)
        turn += 1
    return high
