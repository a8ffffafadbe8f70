"""Targets in words: what is to be reached, of whom, and by how much; measures and their values likewise."""

from typing import Final

from simulator.measures.declaration import SHARE
from simulator.measures.names import OwnTarget
from simulator.running.targets import Quantity, Target
from simulator.words.quantities import title_of
from simulator.words.wording import number

_MOST_DECIMALS: Final = 4


def target_told(target: Target) -> str:
    """Report what is to be reached, behind ``that``: ``at least 95% of statutory inspections end on time``."""
    bound = amount_told(target.bound, target.quantity)
    own = _own_words(target.quantity)
    if own:
        return own.reached.format(bound)
    relation = "at least" if target.relation == ">=" else "at most"
    return f"{quantity_told(target.quantity)} is {relation} {bound}"


def quantity_told(quantity: Quantity) -> str:
    """Name a measure of some providers within a sentence."""
    own = _own_words(quantity)
    title = title_of(quantity)
    return own.quantity if own else f"{title[:1].lower()}{title[1:]}"


def _own_words(quantity: Quantity) -> OwnTarget | None:
    """Return the words of a target that people often set; others are told by the title of their measure."""
    own = quantity.of.target
    return own if own and own.service_type == quantity.service_type else None


def amount_told(value: float, quantity: Quantity) -> str:
    """Write a value of a measure with the figures that a target may need; a share in per cent."""
    return in_unit(value, quantity.of.unit)


def in_unit(value: float, unit: str) -> str:
    """Write a value with four figures; a share in per cent."""
    if unit == SHARE:
        return f"{_decimal(100 * value)}%"
    return _decimal(value)


def _decimal(value: float) -> str:
    """Write a measure with the four figures that a target may need."""
    whole = len(f"{abs(value):.0f}") if abs(value) >= 1 else 0
    if whole >= _MOST_DECIMALS:
        return number(value)
    return number(value, _MOST_DECIMALS - whole).rstrip("0").rstrip(".")
