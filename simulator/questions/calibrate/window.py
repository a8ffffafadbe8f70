"""The part of some records, or of a run turned into records, that figures are counted over."""

from datetime import date
from typing import NamedTuple

from simulator.questions.calibrate.records import Inspections, in_order, year_starts


class Window(NamedTuple):
    """The part of some records that figures are counted over; every day is a 1 April."""

    known_from: date
    """What was inspected from here on is known; anything earlier is left out."""
    counted_from: date
    """What was inspected from here on is counted."""
    until: date
    """The day after the last."""

    @property
    def years(self) -> int:
        """Inspection years that are counted."""
        return self.until.year - self.counted_from.year


def within(inspections: Inspections, start: date, window: Window) -> Inspections:
    """Cut inspections to a window.

    Parameters
    ----------
    inspections
        All of them, the days of which count from `start`.
    start
        The first day of their first inspection year.
    window
        Within their years.
    """
    first, last = (window.known_from - start).days, (window.until - start).days
    inside = (inspections.day >= first) & (inspections.day < last)
    cut = inspections.rows(inside)._replace(
        day=inspections.day[inside] - first,
        year_starts=year_starts(window.known_from, window.until.year - window.known_from.year),
        counted_from=(window.counted_from - window.known_from).days,
    )
    return in_order(cut)
