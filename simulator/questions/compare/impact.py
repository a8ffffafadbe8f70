"""An impact assessment in the form of The Green Book: what each option costs more than the baseline, and to whom.

Amounts over the whole period are present values at the rate of the scenario (`costs.discount_rate`), amounts a year are
not discounted. Every number is a difference from the baseline, paired by replication, so that equal frameworks differ
by exactly nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.measures.bands import Running
from simulator.measures.for_whom import FIGURES
from simulator.measures.names import MEASURES
from simulator.questions.compare.switching import Net, inspector_day, unfound_day
from simulator.words.estimates import CHILDRENS_HOMES, EVERYONE, others
from simulator.world.groups import SIZES
from simulator.world.services import SECTORS

if TYPE_CHECKING:
    import pandas as pd

    from simulator.questions.compare.comparison import Comparison

Floats = npt.NDArray[np.float64]
_ROWS: Final = {measure.name: position for position, measure in enumerate(MEASURES)}

COST: Final = "net present cost"
BUSINESS: Final = "net cost to business"
EFFECT: Final = "effects not in money"
SWITCH: Final = "switching values"

PERIOD: Final = "pounds, over the period"
YEARLY: Final = "pounds per year"
A_DAY: Final = "pounds per day"

WORK: Final = "inspectors_work"
ENFORCEMENT: Final = "enforcement"
PROVIDERS: Final = "providers_staff_days"
NET: Final = "net_present_cost"
POSTS: Final = "inspectors_posts"
PRIVATE: Final = "private_providers"
VOLUNTARY: Final = "voluntary_providers"
TO_BUSINESS: Final = "private_and_voluntary_providers"
BY_SIZE: Final = {size: f"{size}_{TO_BUSINESS}" for size in SIZES}
"""Items of the cost to business by size of provider."""
UNFOUND: Final = "undetected_poor_provider_years"
CHILDREN: Final = "child_years_undetected"
DAYS: Final = "days_unfound_mean"
HOMES_DAYS: Final = "days_unfound_mean_homes"
HOMES_UNFOUND: Final = "undetected_poor_homes"
PRICE_SWITCH: Final = "inspector_day"
VALUE_SWITCH: Final = "day_unfound"


class Item(NamedTuple):
    """A line of the assessment."""

    group: str
    name: str
    title: str
    unit: str


ITEMS: Final = (
    Item(COST, WORK, "Inspectorate: inspectors' work", PERIOD),
    Item(COST, ENFORCEMENT, "Inspectorate: enforcement", PERIOD),
    Item(COST, PROVIDERS, "Providers: days of their staff", PERIOD),
    Item(COST, NET, "Net present cost: these three together", PERIOD),
    Item(COST, POSTS, "Apart from these: inspectors' posts, used or not", PERIOD),
    Item(BUSINESS, PRIVATE, "Private providers", YEARLY),
    Item(BUSINESS, VOLUNTARY, "Voluntary providers", YEARLY),
    Item(BUSINESS, TO_BUSINESS, "Net cost to business: both", YEARLY),
    *(Item(BUSINESS, name, f"Both, {size} providers", YEARLY) for size, name in BY_SIZE.items()),
    Item(EFFECT, HOMES_DAYS, "Days unfound, of each children's home that becomes poor", "days"),
    Item(EFFECT, DAYS, "Days unfound, of each provider that becomes poor", "days"),
    Item(EFFECT, HOMES_UNFOUND, "Children's homes poor and unfound at any time", "homes"),
    Item(EFFECT, UNFOUND, "Providers poor and unfound at any time", "providers"),
    Item(EFFECT, CHILDREN, "Child-years in poor provision that nobody has found", "child-years per year"),
    Item(SWITCH, PRICE_SWITCH, "Price of an inspector-day at which the net present cost is nothing", A_DAY),
    Item(SWITCH, VALUE_SWITCH, "Value of a day that a poor provider goes unfound, at which costs balance it", A_DAY),
)
TITLES: Final = {item.name: item.title for item in ITEMS}
_DAYS: Final = FIGURES.index("days")
_BUSINESSES: Final = ("private", "voluntary")
_OF_HOMES: Final = (HOMES_DAYS, HOMES_UNFOUND)


def impact_frame(compared: "Comparison") -> "pd.DataFrame":
    """Return the assessment, a row for each framework but the baseline and each item.

    Columns framework, baseline, group, item, unit, mean, low, high; switching values are those of the means.
    """
    import pandas as pd

    names, base = list(compared.titles), list(compared.titles).index(compared.baseline)
    simulated = _simulated(compared)
    amounts = _amounts(compared, simulated)
    running = Running()
    for values, held in zip(compared.values(), compared.amounts(), strict=True):
        runs = [_Run(*measured) for measured in zip(values, held[..., _DAYS].sum(axis=2), strict=True)]
        every = np.array([[amount(run) for amount in amounts] for run in runs])
        running.add(np.delete(every, base, axis=0) - every[base])
    mean, low, high = running.band(compared.plan.confidence)
    rows: list[tuple[str | float, ...]] = []
    for place, name in enumerate(others(compared)):
        key = (name, names[base])
        for item, *ends in zip(simulated, mean[place], low[place], high[place], strict=True):
            rows.append((*key, item.group, item.name, item.unit, *map(float, ends)))
        at = dict(zip((item.name for item in simulated), mean[place], strict=True))
        for switch, value in _switches(compared, at).items():
            item = next(item for item in ITEMS if item.name == switch)
            rows.append((*key, item.group, item.name, item.unit, value, np.nan, np.nan))
    columns = ["framework", "baseline", "group", "item", "unit", "mean", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


def _simulated(compared: "Comparison") -> tuple[Item, ...]:
    """Return the items that are read off runs; those of children's homes only where there are some."""
    has_homes = CHILDRENS_HOMES.service_type in compared.question.service_types
    return tuple(item for item in ITEMS if item.group != SWITCH and (has_homes or item.name not in _OF_HOMES))


def _switches(compared: "Comparison", at: Mapping[str, float]) -> dict[str, float]:
    """Return the switching values of one framework, by their names."""
    costs, run = compared.scenario.costs, compared.scenario.run
    net = Net(float(at[WORK]), float(at[ENFORCEMENT]) + float(at[PROVIDERS]))
    return {
        PRICE_SWITCH: inspector_day(net, costs.cost_per_inspector_day),
        VALUE_SWITCH: unfound_day(net, float(at[UNFOUND]), run.years, costs.discount_rate),
    }


class _Run(NamedTuple):
    """What is read off one run."""

    values: Floats
    """Measures, shape (measures, 14)."""
    days: Floats
    """Days of staff of each group of providers over the whole period."""


def _amounts(compared: "Comparison", items: Sequence[Item]) -> list[Callable[[_Run], float]]:
    """Return what reads each item off a run."""
    everyone, homes = EVERYONE.column, CHILDRENS_HOMES.column
    groups, of_day = compared.divided, compared.scenario.costs.cost_per_provider_day / compared.scenario.run.years

    def one(measure: str, column: int = everyone) -> Callable[[_Run], float]:
        return lambda run: float(run.values[_ROWS[measure], column])

    def net(run: _Run) -> float:
        parts = ("cost_present_value", "enforcement_cost_present_value", "burden_cost_present_value")
        return sum(one(measure)(run) for measure in parts)

    def to(sectors: Sequence[str], sizes: Sequence[str] = SIZES) -> Callable[[_Run], float]:
        mine = np.isin(groups.sector, [SECTORS.index(sector) for sector in sectors])
        mine &= np.isin(groups.size, [SIZES.index(size) for size in sizes])
        return lambda run: float(run.days[mine].sum() * of_day)

    read = {
        WORK: one("cost_present_value"),
        ENFORCEMENT: one("enforcement_cost_present_value"),
        PROVIDERS: one("burden_cost_present_value"),
        NET: net,
        POSTS: one("posts_cost_present_value"),
        PRIVATE: to(["private"]),
        VOLUNTARY: to(["voluntary"]),
        TO_BUSINESS: to(_BUSINESSES),
        **{name: to(_BUSINESSES, [size]) for size, name in BY_SIZE.items()},
        HOMES_DAYS: one(DAYS, homes),
        DAYS: one(DAYS),
        HOMES_UNFOUND: one(UNFOUND, homes),
        UNFOUND: one(UNFOUND),
        CHILDREN: one(CHILDREN),
    }
    return [read[item.name] for item in items]
