"""The impact assessment: present values by hand, equal frameworks, cost to business by sector, switching values."""

import math
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pandas as pd
import pytest

from simulator.measures.for_whom import FIGURES
from simulator.measures.names import MEASURES
from simulator.measures.years import factors
from simulator.questions.compare import impact
from simulator.questions.compare.comparison import Comparison
from simulator.questions.compare.impact_report import price_told, value_told
from simulator.questions.compare.switching import Net, inspector_day, unfound_day
from simulator.running.frames import SERVICES
from simulator.words.estimates import UNDEFINED, Estimate
from simulator.world.groups import Groups
from simulator.world.services import SECTORS

ROWS = {measure.name: position for position, measure in enumerate(MEASURES)}
RATE, YEARS, PRICE = 0.035, 3, 500.0
HOMES, FOSTERING, ALL = SERVICES.index("childrens_home"), SERVICES.index("la_fostering"), len(SERVICES) - 1
GROUPS = Groups(  # a small and a large private home, a large voluntary one, one of an authority, an authority's agency
    service_type=np.array([HOMES, HOMES, HOMES, HOMES, FOSTERING]),
    size=np.array([0, 2, 2, 2, 1]),
    region=np.zeros(5, dtype=np.int64),
    sector=np.array([SECTORS.index(name) for name in ("private", "private", "voluntary", *["local_authority"] * 2)]),
    providers=np.ones(5, dtype=np.int64),
)
DAY = 150.0
Values = np.ndarray[Any, np.dtype[np.float64]]


def of_run(**given: float) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Make the measures of one run: those given of all providers, all others nothing."""
    values = np.zeros((len(MEASURES), len(SERVICES)))
    for name, value in given.items():
        values[ROWS[name], ALL] = value
    return values


def compared(*runs: list[Values], days: Values | None = None) -> Comparison:
    """Make what the assessment reads of a comparison: runs of the baseline and of others, a list a replication.

    `days` are those of the staff of each group under each framework: none if left out.
    """
    held = np.zeros((len(runs[0]), len(GROUPS.providers), 5, len(FIGURES)))
    held[:, :, 1, FIGURES.index("days")] = 0 if days is None else days

    def values() -> Iterator[Values]:
        yield from (np.array(replication) for replication in runs)

    names = ["base", *(f"option-{place}" for place in range(1, len(runs[0])))]
    return cast(
        "Comparison",
        SimpleNamespace(
            titles={name: name for name in names},
            baseline="base",
            values=values,
            amounts=lambda: [held] * len(runs),
            plan=SimpleNamespace(confidence=0.95),
            divided=GROUPS,
            question=SimpleNamespace(service_types=["childrens_home", "la_fostering", "all"]),
            scenario=SimpleNamespace(
                costs=SimpleNamespace(cost_per_inspector_day=PRICE, cost_per_provider_day=DAY, discount_rate=RATE),
                run=SimpleNamespace(years=YEARS),
            ),
        ),
    )


def items(assessed: pd.DataFrame, framework: str = "option-1") -> dict[str, Estimate]:
    mine = assessed[assessed["framework"] == framework]
    return {str(row["item"]): Estimate(row["mean"], row["low"], row["high"]) for row in mine.to_dict("records")}


def test_a_constant_stream_is_discounted_as_by_hand() -> None:
    assert factors(YEARS, RATE).tolist() == pytest.approx([1, 1 / 1.035, 1 / 1.035**2])
    added = float(factors(YEARS, RATE).sum())
    assert added == pytest.approx(2.8997, abs=1e-4)
    parts = {
        "cost_present_value": 100 * added,
        "enforcement_cost_present_value": 20 * added,
        "burden_cost_present_value": -50 * added,
        "posts_cost_present_value": 7 * added,
    }
    found = items(impact.impact_frame(compared([of_run(), of_run(**parts)])))
    assert found[impact.NET].mean == pytest.approx(70 * 2.8997, abs=0.01)
    assert found[impact.WORK].mean == pytest.approx(100 * added)
    assert found[impact.POSTS].mean == pytest.approx(7 * added)  # apart: no part of the net present cost


def test_equal_frameworks_differ_by_exactly_nothing() -> None:
    random = np.random.default_rng(1)
    worlds = [random.normal(1e6, 1e5, (len(MEASURES), len(SERVICES))) for _ in range(4)]
    assessed = impact.impact_frame(compared(*([world, world.copy()] for world in worlds)))
    switches = assessed["group"] == impact.SWITCH
    assert (assessed.loc[~switches, ["mean", "low", "high"]] == 0).all(axis=None)
    assert assessed.loc[switches, "mean"].isna().all()
    told = items(assessed)
    assert "costs the same at any price" in price_told("Option A", told, PRICE)
    assert "does not matter" in value_told("Option A", told)


def test_intervals_are_of_paired_differences() -> None:
    noise = [0.0, 1e6, -3e6]
    runs = [[of_run(cost_present_value=each), of_run(cost_present_value=each + 5 + n)] for n, each in enumerate(noise)]
    found = items(impact.impact_frame(compared(*runs)))
    half = 4.3027 / math.sqrt(3)  # Student's t, two degrees of freedom, of 5, 6 and 7
    assert found[impact.NET] == pytest.approx(Estimate(6, 6 - half, 6 + half), abs=1e-3)


def test_cost_to_business_is_that_of_private_and_voluntary_providers_by_size() -> None:
    more = np.array([np.zeros(5), [1.0, 4.0, 2.0, 10.0, 20.0]])
    found = items(impact.impact_frame(compared([of_run(), of_run()], days=more)))
    a_year = DAY / YEARS
    assert found[impact.PRIVATE].mean == pytest.approx(5 * a_year)
    assert found[impact.VOLUNTARY].mean == pytest.approx(2 * a_year)
    assert found[impact.TO_BUSINESS].mean == pytest.approx(7 * a_year)
    by_size = {size: found[name].mean for size, name in impact.BY_SIZE.items()}
    assert by_size == pytest.approx({"small": a_year, "medium": 0, "large": 6 * a_year})


def test_an_undefined_cost_of_posts_stays_undefined() -> None:
    unlimited = of_run(posts_cost_present_value=float("nan"))
    assert not items(impact.impact_frame(compared([unlimited, unlimited])))[impact.POSTS].defined


@pytest.mark.parametrize(
    ("work", "rest", "switch"), [(100, -40, 200), (-100, 40, 200), (100, 40, None), (-100, -40, None), (0, 40, None)]
)
def test_the_price_of_an_inspector_day_at_which_nothing_is_gained(
    work: float, rest: float, switch: float | None
) -> None:
    found = inspector_day(Net(work, rest), PRICE)
    if switch is None:
        assert math.isnan(found)
    else:
        assert found == pytest.approx(switch)
        assert work * found / PRICE + rest == pytest.approx(0)


@pytest.mark.parametrize(("yearly", "unfound"), [(-3652.5, 2), (3652.5, -2)])
def test_the_value_of_a_day_unfound_at_which_nothing_is_gained(yearly: float, unfound: float) -> None:
    whole = yearly * float(factors(YEARS, RATE).sum())
    assert unfound_day(Net(whole, 0), unfound, YEARS, RATE) == pytest.approx(5)  # 3652.5 / (2 × 365.25)
    assert unfound_day(Net(0, whole), unfound, YEARS, RATE) == pytest.approx(5)
    assert math.isnan(unfound_day(Net(whole, 0), -unfound, YEARS, RATE))
    assert math.isnan(unfound_day(Net(whole, 0), 0, YEARS, RATE))


def told_of(net: float, unfound: float, work: float, price: float, value: float) -> tuple[str, str]:
    """Write the two sentences about an option whose differences are clear."""
    at = {
        impact.NET: Estimate(net, net - 0.1, net + 0.1),
        impact.UNFOUND: Estimate(unfound, unfound - 0.1, unfound + 0.1),
        impact.WORK: Estimate(work, work, work),
        impact.PRICE_SWITCH: UNDEFINED._replace(mean=price),
        impact.VALUE_SWITCH: UNDEFINED._replace(mean=value),
    }
    return price_told("Option A", at, PRICE), value_told("Option A", at)


NAN = float("nan")


def test_switching_values_are_told_by_the_side_on_which_an_option_stops_paying() -> None:
    price, value = told_of(-50, 3, 100, 612, 40)
    assert price.startswith("By money alone, option A stops paying where an inspector-day costs more than £612 (")
    assert value.endswith("stops paying where the value of a day that a poor provider goes unfound lies above £40.")
    price, value = told_of(50, -3, -100, 612, 40)
    assert "costs less than £612 (assumed: £500)" in price
    assert value.endswith("lies below £40.")
    assert told_of(50, 3, 10, NAN, NAN)[0] == "Option A costs more at any price of an inspector-day."
    assert told_of(-50, -3, -10, NAN, NAN)[0] == "Option A costs less at any price of an inspector-day."
    assert "option A does not pay whatever the value" in told_of(50, 3, 10, NAN, NAN)[1]
    assert "option A pays whatever the value" in told_of(-50, -3, -10, NAN, NAN)[1]


def test_what_may_be_chance_is_said() -> None:
    assert "may be chance" not in told_of(-50, 3, 1, NAN, 4)[1]
    assert told_of(-50, 0.05, 1, NAN, 4)[1].endswith("; the difference in the number unfound may be chance.")
    assert "the difference in net cost and in the number unfound may be chance" in told_of(0.05, 0.05, 1, NAN, NAN)[1]
