"""What is said of a column of a table: its head for people, type, unit, meaning and values."""

from typing import Literal, NamedTuple

Type = Literal["text", "number", "whole number", "date", "moment", "yes or no"]


class Meaning(NamedTuple):
    """What a column holds."""

    title: str
    """Head of the column in a table for people."""
    type: Type
    unit: str
    meaning: str
    values: str = ""
    """Which values there may be, if they can be listed."""
