"""What posts cost does not hang on the work; what providers produce is counted as it is produced."""

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest

from simulator.engine.run import simulate
from simulator.inspectorate.enforcement import AGREED
from simulator.measures import MEASURES, measure, posts_paid
from simulator.measures.observed import observed
from tests.prices import prices

if TYPE_CHECKING:
    from tests.functional.worlds import World

ROWS = {each.name: row for row, each in enumerate(MEASURES)}
DAYS = 260
"""Deployable days of a full-time equivalent in these worlds."""


def value(world: "World", name: str, **changes: float) -> float:
    setting = world.setting()
    return float(measure(observed(world.run()), prices(**changes), posts_paid(setting))[ROWS[name], -1])


@pytest.fixture
def homes(world: "World") -> "World":
    return world.of(childrens_home=30).starting(poor=0.5, good=0.5).during(4).with_kind(effort=2.0).with_visits(1)


def test_posts_are_paid_for_whatever_is_done(homes: "World") -> None:
    staffed = homes.with_inspectors(2.5)
    years = (date(2010, 4, 1) - date(2006, 4, 1)).days / 365.25
    assert posts_paid(staffed.setting()).days.sum() == pytest.approx(2.5 * DAYS * years)
    for visits in (1, 6):
        assert value(staffed.with_visits(visits), "posts_cost_per_year") == pytest.approx(2.5 * DAYS * 500)
    assert value(staffed.with_visits(6), "cost_per_year") > value(staffed.with_visits(1), "cost_per_year") > 0


def test_posts_follow_the_dates_and_are_paid_for_while_vacant(homes: "World") -> None:
    steps = homes.with_inspectors(2, (date(2007, 4, 1), 4), (date(2009, 10, 1), 1))
    paid = posts_paid(steps.staffed(turnover=0.5, recruitment_months=6).setting()).days
    year = np.array([2, 4, 4, (4 * 183 + 1 * 182) / 365]) * DAYS
    assert paid == pytest.approx(year, rel=0.006)  # a day may fall in the year before


def test_the_parts_of_a_pool_cost_what_it_costs(homes: "World") -> None:
    apart = homes.in_regions(North=0.5, South=0.5).with_inspectors(3).staffed(by_region=True)
    assert posts_paid(apart.setting()).days.sum() == pytest.approx(
        posts_paid(homes.with_inspectors(3).setting()).days.sum()
    )


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


PAPER = "burden_paperwork_days_per_year"


def test_a_questionnaire_goes_before_every_visit_that_a_rule_has_planned(homes: "World") -> None:
    """30 homes visited once a year, and twice; whatever else is made there has none before it."""
    assert value(homes, PAPER, provider_days_per_questionnaire=2.5) == pytest.approx(2.5 * 30, rel=0.03)
    twice = homes.with_visits(2)
    assert value(twice, PAPER, provider_days_per_questionnaire=2.5) == pytest.approx(2.5 * 60, rel=0.03)
    assert value(twice, PAPER) == 0
    more = homes.with_kind("random", counts=False).with_sample(0.5).with_rates(complaint=0.5)
    more = more.with_kind("responsive", counts=False).responding("complaint", "add", "responsive")
    assert value(more, "inspections_per_year") > 1.5 * value(homes, "inspections_per_year")
    paper = [value(each, PAPER, provider_days_per_questionnaire=2.5) for each in (homes, more)]
    assert paper[0] == paper[1]
    moved = homes.with_rates(complaint=0.5).responding("complaint", "move")
    assert value(moved, PAPER, provider_days_per_questionnaire=2.5) == pytest.approx(2.5 * 30, rel=0.03)


def test_a_self_assessment_takes_the_place_of_the_questionnaire(homes: "World") -> None:
    asking = homes.with_self_assessments().saying_of_themselves()
    days = value(asking, PAPER, provider_days_per_questionnaire=2.5, provider_days_per_self_assessment=4)
    assert days == pytest.approx(4 * 30, rel=0.01)


def test_a_questionnaire_is_filled_in_until_the_day_on_which_self_assessments_take_its_place(homes: "World") -> None:
    """A framework that takes over in the warm-up's place: its own inspections have none before them."""
    asking = homes.with_self_assessments().saying_of_themselves()
    setting = asking.during(4, warm_up_years=2).setting(warm_up=homes.framework())
    trace = simulate(setting, 0)
    assert trace.self_assessed[:, 0].tolist() == [0, 1]
    rows = observed(trace._replace(measured_from=0)).tally.questionnaires_by_year(trace.self_assessed)
    assert rows.sum() == pytest.approx(2 * 30, abs=2)


def test_no_questionnaire_is_sent_to_a_local_authority(world: "World") -> None:
    authorities = world.of(local_authority=10).during(4).with_kind("area").with_visits(1, kind="area")
    assert value(authorities, "inspections_per_year") > 9
    assert value(authorities, PAPER, provider_days_per_questionnaire=2.5) == 0
