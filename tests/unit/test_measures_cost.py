"""What holds for costs of any trace; posts are paid for whatever is done, and only present values discount."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.engine.recorded import BACKLOG, EPISODE, INSPECTION
from simulator.engine.trace import Trace
from simulator.measures import MEASURES, measure
from simulator.measures.observed import observed
from simulator.measures.years import factors
from tests.prices import PRICES, paid, prices
from tests.unit.test_measures_properties import ROWS, TYPES, YEAR, traces

MONEY = [row for row, each in enumerate(MEASURES) if each.unit.startswith("pounds")]
DAYS = [row for row, each in enumerate(MEASURES) if each.unit == "provider days per year"]
OTHERS = [row for row in range(len(MEASURES)) if row not in {*MONEY, *DAYS}]
VALUE = {"cost": "cost_per_year", "posts_cost": "posts_cost_per_year"}
VALUE |= {f"{name}_cost": f"{name}_cost_per_year" for name in ("enforcement", "burden")}
POUNDS = {name: PRICES[name] for name in ("cost_per_inspector_day", "cost_per_provider_day")}


@st.composite
def busy_traces(draw: st.DrawFn) -> Trace:
    """Random traces with steps of enforcement and self-assessments."""
    trace: Trace = draw(traces())
    draws = np.random.default_rng(draw(st.integers(0, 2**32)))
    months = np.arange(trace.horizon // (YEAR // 12) + 1) * (YEAR // 12)
    inside = months >= trace.measured_from
    return trace._replace(
        month_starts=months,
        steps_by_month=draws.integers(0, 5, (months.size, TYPES, 6)) * inside[:, None, None],
        self_assessments_by_month=draws.integers(0, 5, (months.size, TYPES)) * inside[:, None],
    )


def measured(trace: Trace, **changes: object) -> np.ndarray:
    return measure(observed(trace), prices(**changes), paid(trace))


@settings(max_examples=30)
@given(busy_traces(), st.floats(0.1, 10))
def test_money_is_linear_in_its_prices_and_nothing_else_heeds_them(trace: Trace, times: float) -> None:
    dearer = {name: times * price for name, price in POUNDS.items()}
    dearer |= {"enforcement": {step: times * price for step, price in PRICES["enforcement"].items()}}
    before, after = measured(trace), measured(trace, **dearer)
    assert after[MONEY] == pytest.approx(times * before[MONEY], nan_ok=True)
    assert np.array_equal(after[DAYS + OTHERS], before[DAYS + OTHERS], equal_nan=True)


@settings(max_examples=30)
@given(busy_traces())
def test_twice_the_price_of_an_inspector_day_doubles_inspection_alone(trace: Trace) -> None:
    before, after = measured(trace), measured(trace, cost_per_inspector_day=1000)
    doubled = {name for name in ROWS if name.startswith(("cost_", "posts_"))}
    for row in MONEY:
        name = MEASURES[row].name
        if name != "whole_cost_per_year":
            assert after[row] == pytest.approx((2 if name in doubled else 1) * before[row], nan_ok=True), name
    more = after[ROWS["whole_cost_per_year"]] - before[ROWS["whole_cost_per_year"]]
    assert more == pytest.approx(before[ROWS["cost_per_year"]], abs=1e-6)


@settings(max_examples=30)
@given(busy_traces())
def test_the_parts_of_a_burden_are_no_more_than_the_whole(trace: Trace) -> None:
    values = measured(trace)
    whole, again, paper = (values[ROWS[f"burden_{name}days_per_year"]] for name in ("", "reinspection_", "paperwork_"))
    assert (again + paper <= whole + 1e-9).all()


@settings(max_examples=30)
@given(busy_traces(), st.floats(0.01, 0.2))
def test_a_present_value_is_the_sum_of_the_years_unless_discounted(trace: Trace, rate: float) -> None:
    plain, discounted = measured(trace), measured(trace, discount_rate=rate)
    years = (trace.horizon - trace.measured_from) / YEAR
    for name, a_year in VALUE.items():
        row = ROWS[f"{name}_present_value"]
        assert plain[row] == pytest.approx(years * plain[ROWS[a_year]], nan_ok=True)
        known = ~np.isnan(plain[row])
        last = (1 + rate) ** -(round(years) - 1)
        assert (discounted[row][known] <= plain[row][known] * (1 + 1e-12)).all()
        assert (discounted[row][known] >= plain[row][known] * last * (1 - 1e-12)).all()
    others = [row for row in range(len(MEASURES)) if not MEASURES[row].name.endswith("present_value")]
    assert np.array_equal(plain[others], discounted[others], equal_nan=True)


def test_an_even_stream_is_worth_what_an_annuity_is() -> None:
    assert factors(10, 0.035).sum() == pytest.approx((1 - 1.035**-10) / (1 - 1 / 1.035))
    assert (factors(10, 0) == 1).all()


def test_where_none_is_found_the_price_of_finding_one_is_undefined() -> None:
    idle = Trace(
        inspections=np.zeros(0, dtype=INSPECTION),
        episodes=np.zeros(0, dtype=EPISODE),
        backlog=np.zeros(0, dtype=BACKLOG),
        provider_years=np.ones((TYPES, 5)),
        epoch=date(2006, 4, 1),
        measured_from=0,
        horizon=2 * YEAR,
        timeline=("none",),
    )
    values = measured(idle)[:, -1]
    assert values[ROWS["poor_found_per_year"]] == 0
    assert np.isnan(values[[ROWS["cost_per_poor_found"], ROWS["posts_cost_per_poor_found"]]]).all()
    assert values[ROWS["posts_cost_per_year"]] == pytest.approx(100 * 500)
