"""What posts cost does not hang on the work; what providers produce is counted as it is produced."""

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest

from simulator.inspectorate.enforcement import AGREED
from simulator.measures import MEASURES, measure, posts_paid
from simulator.measures.observed import observed
from tests.prices import prices

if TYPE_CHECKING:
    from tests.functional.worlds import World

ROWS = {each.name: row for row, each in enumerate(MEASURES)}
DAYS = 260
"""Deployable days of a full-time equivalent in these worlds."""


def value(world: "World", name: str) -> float:
    setting = world.setting()
    return float(measure(observed(world.run()), prices(), posts_paid(setting))[ROWS[name], -1])


@pytest.fixture
def homes(world: "World") -> "World":
    return world.of(childrens_home=30).starting(poor=0.5, good=0.5).during(4).with_kind(effort=2.0).with_visits(1)


def test_posts_are_paid_for_whatever_is_done(homes: "World") -> None:
    staffed = homes.with_inspectors(2.5)
    years = (date(2010, 4, 1) - date(2006, 4, 1)).days / 365.25
    assert posts_paid(staffed.setting()).sum() == pytest.approx(2.5 * DAYS * years)
    for visits in (1, 6):
        assert value(staffed.with_visits(visits), "posts_cost_per_year") == pytest.approx(2.5 * DAYS * 500)
    assert value(staffed.with_visits(6), "cost_per_year") > value(staffed.with_visits(1), "cost_per_year") > 0


def test_posts_follow_the_dates_and_are_paid_for_while_vacant(homes: "World") -> None:
    steps = homes.with_inspectors(2, (date(2007, 4, 1), 4), (date(2009, 10, 1), 1))
    paid = posts_paid(steps.staffed(turnover=0.5, recruitment_months=6).setting())
    year = np.array([2, 4, 4, (4 * 183 + 1 * 182) / 365]) * DAYS
    assert paid == pytest.approx(year, rel=0.006)  # a day may fall in the year before


def test_the_parts_of_a_pool_cost_what_it_costs(homes: "World") -> None:
    apart = homes.in_regions(North=0.5, South=0.5).with_inspectors(3).staffed(by_region=True)
    assert posts_paid(apart.setting()).sum() == pytest.approx(posts_paid(homes.with_inspectors(3).setting()).sum())


def test_where_there_is_no_limit_posts_have_no_price(homes: "World") -> None:
    assert np.isnan(value(homes, "posts_cost_per_year"))


def test_every_self_assessment_and_plan_produced_is_counted(homes: "World") -> None:
    asking = homes.during(4, warm_up_years=1).with_self_assessments().saying_of_themselves()
    trace = asking.run()
    assert trace.self_assessments_by_month.sum() == 4 * 30, "one a year, including those of the warm-up left out"
    silent = asking.saying_of_themselves(not_produced=1.0).run()
    assert silent.self_assessments_by_month.sum() == 0
    planned = homes.with_improvement_plans().run()
    assert planned.steps_by_month[:, :, AGREED].sum() == planned.steps_taken[:, AGREED].sum() > 0
    paper = value(homes.with_improvement_plans(), "burden_paperwork_days_per_year")
    assert paper == pytest.approx(5 * planned.steps_taken[:, AGREED].sum() / 4, rel=0.001)
