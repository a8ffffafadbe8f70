"""Numbers as a lay reader takes them in: two digits, whole providers, whole per cents."""

from collections.abc import Sequence
from math import floor, isnan
from typing import Final

from simulator.measures.declaration import SHARE
from simulator.words.wording import number

_WHOLE_FROM: Final = 10
"""From this size on, no decimals."""
_TWO_DIGITS_FROM: Final = 1000
"""From this size on, two digits and noughts."""


def short(value: float) -> str:
    """Write a number shortly: ``1.9``, ``69``, ``330``, ``33,000``."""
    if value and round(abs(value), 1) < _WHOLE_FROM:
        return number(value, 1)
    return number(value) if abs(value) < _TWO_DIGITS_FROM else number(float(f"{value:.2g}"))


def whole(value: float) -> str:
    """Write a whole number."""
    return number(value)


def as_days(value: float) -> str:
    """Write a number of whole days."""
    return "1 day" if whole(value) == "1" else f"{whole(value)} days"


def as_percent(share: float) -> str:
    """Write a share, 0 to 1, in whole per cents."""
    return f"{number(100 * share)}%"


def nearly_percent(share: float) -> str:
    """Write a share in whole per cents that is all only where it is all."""
    return "nearly all" if as_percent(share) == "100%" and share < 1 else as_percent(share)


def in_pounds(value: float) -> str:
    """Write an amount in pounds with two digits: ``£1,900``, ``£560``."""
    return f"£{number(float(f'{value:.2g}'))}"


def summing(values: Sequence[float], decimals: int) -> list[float]:
    """Round numbers so that they add up to their sum as it is rounded: those that lose most by it are rounded up.

    Parameters
    ----------
    values
        What adds up.
    decimals
        Of each number, and of the sum.
    """
    if any(isnan(value) for value in values):
        return list(values)
    unit = 10.0**-decimals
    floors = [floor(value / unit) for value in values]
    missing = round(sum(values) / unit) - sum(floors)
    by_loss = sorted(range(len(values)), key=lambda place: floors[place] - values[place] / unit)
    for place in by_loss[:missing]:
        floors[place] += 1
    return [round(whole * unit, decimals) for whole in floors]


def with_sign(value: float, decimals: int) -> str:
    """Write a difference: ``+4.5``, ``−2.7``, ``0.0``."""
    told = number(value, decimals)
    return f"+{told}" if value > 0 and told.strip("0.,") else told


def in_unit(value: float, unit: str) -> str:
    """Write a number in a unit: shares in whole per cents, pounds with two digits, all else shortly."""
    if unit == SHARE:
        return as_percent(value)
    return in_pounds(value) if unit.startswith("pounds") else short(value)
