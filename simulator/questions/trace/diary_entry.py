"""What an entry of a provider's diary is, and what is told first of one moment."""

from typing import NamedTuple

# what is told first of one moment
TAKES_OVER, PASSES, ENDS, IS_MET, CHANGES, FOLLOWS, LAPSES, FALLS_AWAY, OPENS, IS_ASSESSED = range(10)
IS_SET, IS_RAISED, IS_PROMOTED, BEGINS, STOPS = range(10, 15)


class Entry(NamedTuple):
    """One entry of the diary."""

    tick: int
    order: int
    text: str
