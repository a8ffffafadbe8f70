"""Time: whole ticks of one minute from an epoch, and the inspection year from April to March.

Whole numbers make equal times exactly equal, on every machine and in every engine.
"""

from datetime import date, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt

TICKS_PER_DAY: Final = 1440
DAYS_PER_YEAR: Final = 365.25
TICKS_PER_YEAR: Final = TICKS_PER_DAY * DAYS_PER_YEAR
NEVER: Final = 2**31 - 1
"""A tick that no run reaches, and the last that fits into 32 bits: four thousand years."""

MONTHS: Final = 12
FIRST_MONTH: Final = 4
"""Inspection years run from 1 April to 31 March."""

Ticks = npt.NDArray[np.int64]


def inspection_year_start(day: date) -> date:
    """Return the 1 April on or before `day`."""
    return date(day.year if day.month >= FIRST_MONTH else day.year - 1, FIRST_MONTH, 1)


def tick_of(day: date, epoch: date) -> int:
    """Return the tick of midnight at the beginning of `day`, counted from midnight of `epoch`."""
    return (day - epoch).days * TICKS_PER_DAY


def day_of(tick: int, epoch: date) -> date:
    """Return the day in which `tick` falls."""
    return epoch + timedelta(days=tick // TICKS_PER_DAY)


def years_of(measured_from: int, horizon: int) -> int:
    """Count the years of a window, a part of one for a whole one unless it is smaller than a day or two."""
    return max(round((horizon - measured_from) / TICKS_PER_YEAR), 1)


def timestamps(ticks: Ticks, epoch: date) -> npt.NDArray[np.datetime64]:
    """Return the moments of `ticks` (shape n) as ``datetime64[s]``, not-a-time where the tick is `NEVER`."""
    moments = np.datetime64(epoch, "s") + (ticks.astype(np.int64) * (86400 // TICKS_PER_DAY)).astype("timedelta64[s]")
    return np.where(ticks >= NEVER, np.datetime64("NaT", "s"), moments)


def month_starts(epoch: date, until: date) -> Ticks:
    """Return the tick of the first of every month from `epoch` (itself a 1 April) to two years past `until`."""
    firsts = []
    year, month = epoch.year, epoch.month
    while date(year, month, 1) <= date(until.year + 2, until.month, 1):
        firsts.append(tick_of(date(year, month, 1), epoch))
        year, month = (year, month + 1) if month < MONTHS else (year + 1, 1)
    return np.array(firsts, dtype=np.int64)
