"""Targets that the form Size a workforce offers, in words: what is to be reached, and how much of it."""

from dataclasses import dataclass
from typing import Final

from simulator.experiments.targets import HELPED, Quantity, Target
from simulator.measures.names import ALL_SERVICES
from simulator.present.assumptions import plain
from simulator.present.web.fields import NumberField

HOMES: Final = "childrens_home"


@dataclass(frozen=True)
class OfferedTarget:
    """A target that can be ticked."""

    name: str
    title: str
    """What is to be reached, at the box."""
    hint: str
    told: str
    """The target within a sentence, with a place for the number."""
    quantity: Quantity
    called: str
    """The quantity within a sentence."""
    unit: str
    low: float
    high: float
    default: float

    @property
    def per_cent(self) -> bool:
        """Whether people read it in per cent, and measures are shares."""
        return self.unit == "per cent"

    @property
    def field(self) -> NumberField:
        """Give the field for its number."""
        way = "At least" if HELPED[self.quantity.measure] == ">=" else "At most"
        label = f"Number for \u201c{self.title}\u201d"
        hint = f"{way} this is to be reached. Default: {plain(self.default)}, an example near what frameworks reach."
        return NumberField(f"target_{self.name}", label, self.unit, self.low, self.high, self.default, hint)

    def target(self, number: float) -> Target:
        """Turn a number as typed into the target."""
        bound = number / 100 if self.per_cent else number
        return Target(self.quantity, HELPED[self.quantity.measure], bound)

    def words(self, number: float) -> str:
        """Say the target within a sentence."""
        return self.told.format(plain(number))

    def value(self, measured: float) -> str:
        """Write a value of the measure for people."""
        return f"{100 * measured:.1f} %" if self.per_cent else f"{measured:,.1f}"


TARGETS: Final = (
    OfferedTarget(
        "on_time",
        "Statutory inspections end on time",
        "Of all services. Law or regulation sets the time.",
        "the target that at least {} % of statutory inspections end on time",
        Quantity("on_time_share", ALL_SERVICES),
        "the share of statutory inspections on time",
        "per cent",
        1,
        100,
        95,
    ),
    OfferedTarget(
        "median",
        "Poor children\u2019s homes are found soon",
        "Days from the fall to poor until an inspection says so, in the middle case of those that are found.",
        "the target that half of the poor children\u2019s homes that are found are found within {} days",
        Quantity("days_to_detection_median", HOMES),
        "the median of days until a poor children\u2019s home is found",
        "days",
        1,
        730,
        60,
    ),
    OfferedTarget(
        "found_90",
        "Children\u2019s homes that turn poor are found within 90 days",
        "The others are found later, recover by themselves or close.",
        "the target that at least {} % of children\u2019s homes that turn poor are found within 90 days",
        Quantity("detected_within_90_days", HOMES),
        "the share of poor children\u2019s homes found within 90 days",
        "per cent",
        1,
        100,
        50,
    ),
    OfferedTarget(
        "found_365",
        "Children\u2019s homes that turn poor are found within a year",
        "The others are found later, recover by themselves or close.",
        "the target that at least {} % of children\u2019s homes that turn poor are found within a year",
        Quantity("detected_within_365_days", HOMES),
        "the share of poor children\u2019s homes found within a year",
        "per cent",
        1,
        100,
        75,
    ),
    OfferedTarget(
        "unfound",
        "Few children\u2019s homes are poor without anybody knowing",
        "How many there are at any time, on average.",
        "the target that at any time at most {} children\u2019s homes are poor and unfound",
        Quantity("undetected_poor_provider_years", HOMES),
        "the number of children\u2019s homes that are poor and unfound",
        "homes",
        1,
        2000,
        90,
    ),
    OfferedTarget(
        "backlog",
        "Few inspections wait to begin",
        "Of all services, on average over the ends of months.",
        "the target that on average at most {} inspections wait to begin",
        Quantity("backlog_mean", ALL_SERVICES),
        "the number of inspections that wait",
        "inspections",
        0,
        5000,
        100,
    ),
)
"""Every target of the form, in its order. The numbers to begin with are examples, near what the frameworks reach."""
BY_NAME: Final = {each.name: each for each in TARGETS}
