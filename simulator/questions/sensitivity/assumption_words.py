"""Titles of the assumptions that can be varied, and their values in words."""

import math
from typing import Final

from simulator.questions.sensitivity.assumptions import Assumption
from simulator.questions.sensitivity.found import CHANCE, OTHERS
from simulator.words.parameters import title_of
from simulator.words.wording import number, percent

_GROUPS: Final = {OTHERS: "all other assumptions together", CHANCE: "chance (which replication)"}
"""Titles of what decides a difference and is no assumption by itself."""


def title_of_assumption(key: str) -> str:
    """Name an assumption for people, within a sentence."""
    return _GROUPS.get(key) or title_of(key)


def value_told(assumption: Assumption, position: float) -> str:
    """Describe the position of an assumption: its value, its factor, or its place in its range."""
    if not assumption.alike:
        return {0.0: "lower end", 1.0: "upper end"}.get(position, f"{percent(position)} of the way up the range")
    value = three_figures(assumption.at(position))
    return f"× {value}" if assumption.is_factor else value


def range_told(assumption: Assumption) -> str:
    """Describe the range of an assumption, and its default."""
    if not assumption.alike:
        return "each within its own range"
    ends = f"{value_told(assumption, 0.0)} to {three_figures(assumption.at(1.0))}"
    given = assumption.given
    return ends if given is None or assumption.is_factor else f"{ends}, default {three_figures(given)}"


def three_figures(value: float) -> str:
    """Write a number with three figures that count, or all that it has before the point, and no needless zeros."""
    if not value:
        return "0"
    decimals = max(0, 2 - math.floor(math.log10(abs(value))))
    text = number(value, decimals)
    return text.rstrip("0").rstrip(".") if decimals else text
