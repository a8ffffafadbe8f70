"""How numbers and the names of frameworks are put into a sentence."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from simulator.inspectorate.titles import Title
from simulator.words.estimates import Estimate

_WHOLE_FROM: Final = 3
"""From this size on, numbers in a sentence are whole."""
_TENTHS_FROM: Final = 0.3
_MOST_DECIMALS: Final = 6
_HUNDRED: Final = 100
"""Above, a number needs no decimals to be compared with smaller ones beside it."""
_ROUNDED_FROM: Final = 100
"""From this size on, an interval may be narrower than its numbers show."""
MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MINUTE: Final = 60
"""Seconds."""
_IRREGULAR: Final = {"has": "have", "is": "are", "does": "do"}
"""Verbs that a plural title changes by more than an -s."""


def number(value: float, decimals: int = 0) -> str:
    """Write a number with thousands set apart and a true minus sign."""
    text = f"{abs(value):,.{decimals}f}"
    negative = value < 0 and text.strip("0.,") != ""
    return f"−{text}" if negative else text


def decimals_for(values: Sequence[float]) -> int:
    """Choose as many decimals as the numbers of one estimate need: none may be rounded to 0 unless it is 0."""
    largest = max((abs(value) for value in values), default=0.0)
    if largest == 0:
        return 0
    decimals = 0 if round(largest, 1) >= _WHOLE_FROM else 1 if largest >= _TENTHS_FROM else 2
    while decimals < _MOST_DECIMALS and any(value != 0 and round(value, decimals) == 0 for value in values):
        decimals += 1
    return decimals


def figure(value: float) -> str:
    """Write one number with the decimals that it needs."""
    return number(value, decimals_for([value]))


def percent(share: float) -> str:
    """Write a share as a percentage: ``72%``."""
    return f"{figure(100 * share)}%"


def _decimals_of(estimate: Estimate) -> int:
    """Choose as many decimals as an estimate needs by itself: the ends of its interval must not look alike."""
    if not estimate.has_interval:
        return decimals_for([estimate.mean])
    low, high = estimate.low, estimate.high
    decimals = decimals_for([low, high] if estimate.clear else [low if abs(low) > abs(high) else high])
    while low != high and max(abs(low), abs(high)) < _ROUNDED_FROM and number(low, decimals) == number(high, decimals):
        decimals += 1
    return decimals


def decimals_beside(estimates: Sequence[Estimate]) -> list[int]:
    """Choose the decimals of estimates that are read side by side, alike for all: the finest's, or one over the least.

    What is 0 in every run has no say, and what is over a hundred takes no more than it needs. A clear end of an
    interval keeps the decimals that tell it from 0.
    """
    needed = [_decimals_of(estimate) for estimate in estimates if estimate.defined and not _is_nothing(estimate)]
    shared = min(max(needed), min(needed) + 1) if needed else 0
    return [_decimals_among(estimate, shared) if estimate.defined else 0 for estimate in estimates]


def _decimals_among(estimate: Estimate, shared: int) -> int:
    decimals = min(shared, _decimals_of(estimate)) if abs(estimate.mean) > _HUNDRED else shared
    ends = [estimate.low, estimate.high] if estimate.has_interval and estimate.clear else []
    while decimals < _MOST_DECIMALS and any(round(end, decimals) == 0 for end in ends):
        decimals += 1
    return decimals


def _is_nothing(estimate: Estimate) -> bool:
    """Return whether an estimate is 0 in every run."""
    return estimate.mean == 0 and (not estimate.has_interval or estimate.low == estimate.high)


def written(estimate: Estimate, decimals: int) -> tuple[str, str]:
    """Write the mean of an estimate, and its interval as ``35 to 47`` (nothing if there is none)."""
    mean = number(estimate.mean, 0 if _is_nothing(estimate) else decimals)
    if not estimate.has_interval or estimate.low == estimate.high:
        return mean, ""
    return mean, f"{number(estimate.low, decimals)} to {number(estimate.high, decimals)}"


def mean_and_range(estimate: Estimate) -> tuple[str, str]:
    """Write an estimate that stands alone (`written`)."""
    return written(estimate, _decimals_of(estimate))


def bracketed(interval: str, unit: str = "") -> str:
    """Put an interval in brackets, with a space before; nothing stays nothing."""
    return f" ({interval}{unit})" if interval else ""


def named(title: str) -> str:
    """Name a framework within a sentence: ``option B``, ``the 2006 regime``."""
    if title[:1].isdigit():
        year, _, rest = title.partition(" ")
        if rest.startswith("as "):
            return f"the framework of {year} {rest}"
        return f"the {title}"
    first, _, rest = title.partition(" ")
    return f"{first.lower()} {rest}" if first == "Option" and rest else title


def verb(title: str, singular: str) -> str:
    """Make a verb agree with the title of a framework: ``makes``, but cycles ``make``."""
    if not (isinstance(title, Title) and title.is_plural):
        return singular
    return _IRREGULAR.get(singular) or singular.removesuffix("s")


def capital(sentence: str) -> str:
    """Begin a sentence with a capital."""
    return sentence[:1].upper() + sentence[1:]


def joined(parts: Sequence[str], conjunction: str = "and") -> str:
    """Join the parts of a list with commas and a conjunction."""
    if not parts:
        return ""
    *most, last = parts
    return f"{', '.join(most)} {conjunction} {last}" if most else last


def day_words(day: date) -> str:
    """Write a day: ``3 April 2006``, whatever the machine's language."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def day_in_short(day: date) -> str:
    """Write a day with three letters of its month: ``3 Apr 2006``."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def article(noun: str) -> str:
    """Put the indefinite article before a noun, as it is spoken: ``an area``, but ``a one-week visit``."""
    vowel = noun[:1].lower() in "aeiou" and not noun.lower().startswith("one")
    return f"{'an' if vowel else 'a'} {noun}"


def counted(count: int, singular: str) -> str:
    """Write a number of things: ``no day``, ``1 day``, ``2 days``."""
    return f"{f'{count:,}' if count else 'no'} {singular}{'' if count == 1 else 's'}"


def time_told(seconds: float) -> str:
    """Write a stretch of time roughly."""
    if seconds < _MINUTE:
        return f"{max(round(seconds), 1)} s"
    return f"{figure(seconds / _MINUTE)} min"
