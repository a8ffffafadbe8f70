"""The description of a column of a table: its head for people, type, unit, meaning and values."""

from collections.abc import Callable
from typing import Any, Final, Literal, NamedTuple

Type = Literal["text", "number", "whole number", "date", "moment", "yes or no"]

NAME: Final = "name"
FTE: Final = "full-time equivalents"
COUNT: Final = "number"
SHARE: Final = "share, 0 to 1"
AS_MEASURE: Final = "unit of the measure in the same row"
OF_ASSUMPTION: Final = "unit of the assumption in the same row"
OF_QUESTION: Final = "unit of the measure of the question"
YEARLY_POUNDS: Final = "pounds per year"


class Meaning(NamedTuple):
    """What a column holds."""

    title: str
    """Head of the column in a table for people."""
    type: Type
    unit: str
    meaning: str
    values: str = ""
    """Which values there may be, if they can be listed."""
    in_words: Callable[[Any], Any] | None = None
    """Returns what a value is called for people, where it is not shown as it is."""


def ends_of(name: str, meaning: Meaning, which: str = "its 95% interval") -> dict[str, Meaning]:
    """Describe the two ends of an interval, each a column named after that of the estimate."""
    ends = (("low", "lower"), ("high", "upper"))
    return {
        f"{name}_{end}": meaning._replace(title=f"{meaning.title}, {end}", meaning=f"{word} end of {which}")
        for end, word in ends
    }
