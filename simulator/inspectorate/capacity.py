"""Inspectors: pools of full-time equivalents over time, and how many of them are in the field at once."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Annotated, Final

import numpy as np
import numpy.typing as npt
from pydantic import Field, field_validator

from simulator.sections import Section

WORKING_DAYS_PER_YEAR: Final = 260
"""Five days a week, the divisor of MODEL section 5: FTE times deployable days over 260 are in the field."""
CALENDAR_DAYS_PER_WORKING_DAY: Final = 7 / 5
UNLIMITED: Final = 10**9
"""Inspectors in the field where a scenario poses no limit."""


class FteStep(Section):
    """From a date on, so many full-time equivalents."""

    from_: Annotated[date, Field(alias="from")]
    fte: Annotated[float, Field(ge=0, allow_inf_nan=True)]
    """``inf`` poses no limit."""


class Pool(Section):
    """Inspectors who do the same kinds of inspection."""

    fte: Annotated[tuple[FteStep, ...], Field(min_length=1)]

    @field_validator("fte")
    @classmethod
    def _dates_in_order(cls, steps: tuple[FteStep, ...]) -> tuple[FteStep, ...]:
        for earlier, later in pairwise(steps):
            if later.from_ <= earlier.from_:
                raise ValueError(f"the dates must rise, but {later.from_} stands after {earlier.from_}")
        return steps

    def fte_on(self, day: date) -> float:
        """Give the full-time equivalents on a day: the first step also holds before its date."""
        return [self.fte[0], *(step for step in self.fte if step.from_ <= day)][-1].fte


class CapacitySettings(Section):
    """The inspectorate's people."""

    deployable_days_per_fte_year: float = Field(gt=0, le=WORKING_DAYS_PER_YEAR)
    """Days a year that one full-time equivalent spends on inspections, of 260 working days."""
    pools: Annotated[dict[str, Pool], Field(min_length=1)]

    def in_the_field(self, pool: str, firsts: list[date]) -> npt.NDArray[np.float64]:
        """Give the inspectors in the field at once in each month.

        Parameters
        ----------
        pool : str
            Name of the pool.
        firsts : list of date
            The first day of each month, and of the one after the last.

        Returns
        -------
        ndarray of shape (len(firsts) - 1,)
            FTE times deployable days over 260, averaged over the days of the month; not whole numbers.
        """
        share = self.deployable_days_per_fte_year / WORKING_DAYS_PER_YEAR
        return np.array(
            [self._mean_fte(self.pools[pool], first, following) * share for first, following in pairwise(firsts)]
        )

    @staticmethod
    def _mean_fte(pool: Pool, first: date, following: date) -> float:
        days = (following - first).days
        if not any(first < step.from_ < following for step in pool.fte):
            return pool.fte_on(first)
        return sum(pool.fte_on(first + timedelta(days=n)) for n in range(days)) / days
