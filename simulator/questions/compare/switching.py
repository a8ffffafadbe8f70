"""Switching values: the price, or the value, at which an option stops paying or begins to pay."""

import math
from typing import NamedTuple

from simulator.measures.years import factors
from simulator.ticks import DAYS_PER_YEAR


class Net(NamedTuple):
    """What an option costs more than the baseline, in present values: pounds over the period."""

    work: float
    """Inspectors' work, which the price of an inspector-day multiplies."""
    rest: float
    """All else."""

    @property
    def whole(self) -> float:
        """Both together."""
        return self.work + self.rest


def inspector_day(net: Net, price: float) -> float:
    """Return the price of an inspector-day at which an option costs as much as the baseline.

    Parameters
    ----------
    net
        At the price of the scenario.
    price
        That price, pounds.

    Returns
    -------
    float
        Pounds; not-a-number if there is no such price above 0.
    """
    value = -net.rest * price / net.work if net.work else math.nan
    return value if value > 0 else math.nan


def unfound_day(net: Net, unfound: float, years: int, discount_rate: float) -> float:
    """Return the value of a day that a poor provider goes unfound at which costs and effects balance.

    The net present cost is spread over the period as an equal amount for each year, discounted alike, so that it stands
    beside the days unfound of a year.

    Parameters
    ----------
    net
        Over the period.
    unfound
        How many more providers are poor and unfound at any time than under the baseline.
    years
        Of the period.
    discount_rate
        A year.

    Returns
    -------
    float
        Pounds; not-a-number if there is no such value above 0: costs and effects then point the same way.
    """
    yearly = net.whole / float(factors(years, discount_rate).sum())
    value = -yearly / (unfound * DAYS_PER_YEAR) if unfound else math.nan
    return value if value > 0 else math.nan
