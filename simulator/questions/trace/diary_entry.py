"""An entry of a provider's diary, and which of several at one moment comes first."""

from typing import NamedTuple

# which comes first at one moment
TAKES_OVER, PASSES, ENDS, IS_MET, CHANGES, FOLLOWS, LAPSES, FALLS_AWAY, OPENS, IS_ASSESSED = range(10)
IS_SET, IS_RAISED, IS_PROMOTED, BEGINS, STOPS = range(10, 15)


class Entry(NamedTuple):
    """One entry of the diary."""

    tick: int
    order: int
    text: str
    brief: str = ""
    """The same in a few plain words, where a reader of the whole life is to see it; nothing if it is routine."""
    routine: str = ""
    """What it counts as where it is routine and is counted, such as an inspection."""
