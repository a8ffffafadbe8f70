"""Targets in words: what is to be reached, of whom, and by how much; measures and their values likewise."""

from typing import Final, NamedTuple

from simulator.experiments.targets import Quantity, Target
from simulator.measures.names import ALL_SERVICES, MEASURES
from simulator.present.frontier_words import title_of
from simulator.present.units import SHARE
from simulator.present.wording import number

HOMES: Final = "childrens_home"
MOST_DECIMALS: Final = 4


class Words(NamedTuple):
    """How a target and its measure are told."""

    target: str
    """What is to be reached, behind ``that``, with a place for the number."""
    quantity: str
    """The measure within a sentence."""


TOLD: Final[dict[Quantity, Words]] = {
    Quantity("on_time_share", ALL_SERVICES): Words(
        "at least {} of statutory inspections end on time", "the share of statutory inspections on time"
    ),
    Quantity("days_unfound_mean", HOMES): Words(
        "poor children's homes stay unfound for at most {} days on average",
        "the mean number of days that poor children's homes stay unfound",
    ),
    Quantity("days_to_detection_median", HOMES): Words(
        "half of the poor children's homes that are found are found within {} days",
        "the median number of days until a poor children's home is found",
    ),
    Quantity("detected_within_90_days", HOMES): Words(
        "at least {} of children's homes that turn poor are found within 90 days",
        "the share of poor children's homes found within 90 days",
    ),
    Quantity("detected_within_365_days", HOMES): Words(
        "at least {} of children's homes that turn poor are found within a year",
        "the share of poor children's homes found within a year",
    ),
    Quantity("undetected_poor_provider_years", HOMES): Words(
        "at any time at most {} children's homes are poor and unfound",
        "the number of children's homes that are poor and unfound",
    ),
    Quantity("backlog_mean", ALL_SERVICES): Words(
        "on average at most {} inspections wait to start", "the number of inspections that wait"
    ),
}
"""Words of their own, for the targets that people set most; others are told by the title of their measure."""


def target_told(target: Target) -> str:
    """Report what is to be reached, behind ``that``: ``at least 95% of statutory inspections end on time``."""
    bound = amount_told(target.bound, target.quantity)
    words = TOLD.get(target.quantity)
    if words:
        return words.target.format(bound)
    relation = "at least" if target.relation == ">=" else "at most"
    return f"{quantity_told(target.quantity)} is {relation} {bound}"


def quantity_told(quantity: Quantity) -> str:
    """Name a measure of some providers within a sentence."""
    words = TOLD.get(quantity)
    title = title_of(quantity)
    return words.quantity if words else f"{title[:1].lower()}{title[1:]}"


def amount_told(value: float, quantity: Quantity) -> str:
    """Write a value of a measure with the figures that a target may need; a share in per cent."""
    if next(each.unit for each in MEASURES if each.name == quantity.measure) == SHARE:
        return f"{decimal(100 * value)}%"
    return decimal(value)


def decimal(value: float) -> str:
    """Write a measure with the four figures that a target may need."""
    whole = len(f"{abs(value):.0f}") if abs(value) >= 1 else 0
    return (
        number(value, max(MOST_DECIMALS - whole, 0)).rstrip("0").rstrip(".") if whole < MOST_DECIMALS else number(value)
    )
