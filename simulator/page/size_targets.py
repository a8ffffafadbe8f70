"""Targets that the form Size a workforce offers, in words: what is to be reached, and how much of it."""

from dataclasses import dataclass, replace
from typing import Final

from simulator.measures.names import ALL_SERVICES, HELPED
from simulator.page.fields import NumberField
from simulator.page.page_scenario import HOMES
from simulator.running.targets import Quantity, Target
from simulator.words.assumptions import plain


@dataclass(frozen=True)
class _OfferedTarget:
    """A target that can be ticked."""

    name: str
    quantity: Quantity
    unit: str
    low: float
    high: float
    default: float
    title: str = ""
    """What is to be reached, at the box."""
    hint: str = ""

    def titled(self, title: str, hint: str) -> "_OfferedTarget":
        """Return it with the words at its box."""
        return replace(self, title=title, hint=hint)

    @property
    def field(self) -> NumberField:
        """Return the field for its number."""
        way = "At least" if HELPED[self.quantity.measure] == ">=" else "At most"
        label = f"Number for \u201c{self.title}\u201d"
        hint = f"{way} this number. Default: {plain(self.default)}, an example close to what frameworks reach."
        return NumberField(f"target_{self.name}", label, self.unit, self.low, self.high, self.default, hint)

    def target(self, number: float) -> Target:
        """Turn a number as typed into the target; people read shares in per cent."""
        bound = number / 100 if self.unit == "per cent" else number
        return Target(self.quantity, HELPED[self.quantity.measure], bound)


TARGETS: Final = (
    _OfferedTarget("on_time", Quantity("on_time_share", ALL_SERVICES), "per cent", 1, 100, 95).titled(
        "Statutory inspections end on time", "For all services. Law or regulation sets the time."
    ),
    _OfferedTarget("days_unfound", Quantity("days_unfound_mean", HOMES), "days", 1, 730, 80).titled(
        "Poor children's homes do not stay unfound for long",
        "Days from becoming poor until an inspection finds it, or the home improves or closes: the mean over all "
        "homes that become poor, each for two years at most.",
    ),
    _OfferedTarget("found_90", Quantity("detected_within_90_days", HOMES), "per cent", 1, 100, 50).titled(
        "Children's homes that turn poor are found within 90 days",
        "The others are found later, recover by themselves or close.",
    ),
    _OfferedTarget("found_365", Quantity("detected_within_365_days", HOMES), "per cent", 1, 100, 75).titled(
        "Children's homes that turn poor are found within a year",
        "The others are found later, recover by themselves or close.",
    ),
    _OfferedTarget("unfound", Quantity("undetected_poor_provider_years", HOMES), "homes", 1, 2000, 90).titled(
        "Few children's homes are poor without anybody knowing", "The number at any time, on average."
    ),
    _OfferedTarget("backlog", Quantity("backlog_mean", ALL_SERVICES), "inspections", 0, 5000, 100).titled(
        "Few inspections wait to start", "For all services, on average over the ends of months."
    ),
)
"""Every target of the form, in its order. The numbers to begin with are examples, near what the frameworks reach."""
BY_NAME: Final = {target.name: target for target in TARGETS}
