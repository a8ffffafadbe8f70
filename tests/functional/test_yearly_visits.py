"""Visits of an inspection year of other origins: re-inspections that stand for one, visits made ahead of their year."""

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest

from simulator.engine.recorded import JUDGED_LOW
from simulator.ticks import tick_of

if TYPE_CHECKING:
    from tests.functional.worlds import World


@pytest.mark.parametrize("counts", [True, False])
def test_a_reinspection_stands_for_a_visit_of_the_year_or_comes_on_top(world: "World", *, counts: bool) -> None:
    """Poor homes are owed two visits a year, and are inspected again 50 or 51 days after every judgement."""
    homes = world.of(childrens_home=60).starting(poor=1).with_kind().with_visits(2)
    rows = homes.with_reinspection(50, 52, counts=counts).run().inspections
    again = rows["reason"] == JUDGED_LOW
    assert again.sum() / 60 == pytest.approx(10 * 365 / 51, rel=0.06)
    assert (~again).sum() / 60 == pytest.approx(1 if counts else 20, abs=1)


@pytest.mark.parametrize("per_year", [1, 2])
def test_where_news_never_ends_a_visit_of_next_year_is_made_in_this_one_but_only_one(
    world: "World", per_year: int
) -> None:
    homes = world.of(childrens_home=50).with_kind().with_visits(per_year).with_rates(complaint=50)
    rows = homes.responding("complaint", "move").during(6).run().inspections
    april = tick_of(date(2007, 4, 1), date(2006, 4, 1))
    assert set(np.bincount(rows["provider"])) == {6 * per_year + 1}
    assert set(np.bincount(rows["provider"][rows["raised"] < april])) == {per_year + 1}
