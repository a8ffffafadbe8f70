"""Which tables of a run have a sheet in its workbook."""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    pass


class SheetOf(NamedTuple):
    """Which table of a run has a sheet, and what it is called."""

    label: str
    """On the tab: 31 characters at most."""
    file: str
    title: str
    intervals: str = ""
    """What its intervals are, if it has any."""
