"""News moves the next inspection planned for the year where one is left, and adds one in response where none is."""

from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pytest

from simulator.engine.recorded import BROUGHT_FORWARD, CONCERN, PLANNED
from simulator.inspectorate.kinds import KINDS
from simulator.ticks import TICKS_PER_DAY, tick_of

if TYPE_CHECKING:
    from tests.functional.worlds import World

KEY, RESPONSIVE = KINDS.index("key"), KINDS.index("responsive")
HOMES = 120
WINDOW: dict[str, Any] = {"delay_days": 14, "within_days": 42}

Rows = npt.NDArray[np.void]


def cycling(world: "World", form: str = "interval") -> "World":
    """Homes inspected every three years, in a cycle or in rounds, whose news is answered within six weeks."""
    homes = world.of(childrens_home=HOMES).with_kind().with_kind("responsive", counts=False).during(6)
    if form == "round":
        return homes.with_round(date(2006, 4, 1), date(2009, 3, 31), repeat_months=36, last_days_free=20)
    return homes.with_interval(36, available_share=0.04)


def year_end(raised: int) -> int:
    """Give the tick of the 1 April that follows a tick."""
    years = (tick_of(date(year, 4, 1), date(2006, 4, 1)) for year in range(2006, 2014))
    return next(begin for begin in years if begin > raised)


def heard(world: "World", **changes: Any) -> "World":
    """Have one complaint or so in the years of a home, which moves its next inspection or adds one."""
    return world.with_rates(complaint=0.3).responding("complaint", "move", "responsive", **{**WINDOW, **changes})


def planned_for(calm: Rows, provider: int, after: int) -> int:
    """Give when the next inspection of a home is raised where there is no news."""
    mine = calm["raised"][(calm["provider"] == provider) & (calm["raised"] >= after)]
    return int(mine.min(initial=np.iinfo(np.int64).max))


def first_of_each(rows: Rows) -> list[Any]:
    """Give the first answer to news of each home: up to it all is as where there is no news."""
    answers = rows[np.isin(rows["reason"], (BROUGHT_FORWARD, CONCERN))]
    answers = answers[np.argsort(answers["raised"], kind="stable")]
    return list(answers[np.unique(answers["provider"], return_index=True)[1]])


@pytest.mark.parametrize("form", ["interval", "round"])
def test_an_inspection_of_the_year_is_moved_and_one_of_a_later_year_stays_and_another_is_added(
    world: "World", form: str
) -> None:
    homes = cycling(world, form)
    calm, rows = (each.run().inspections for each in (homes, heard(homes)))
    moved = added = 0
    for row in first_of_each(rows):
        news = row["raised"] - 14 * TICKS_PER_DAY
        last_day = max(year_end(news), news + 42 * TICKS_PER_DAY)
        is_near = planned_for(calm, row["provider"], news) < last_day
        assert (row["reason"] == BROUGHT_FORWARD, row["kind"]) == ((True, KEY) if is_near else (False, RESPONSIVE))
        moved, added = moved + is_near, added + (not is_near)
    assert moved > 10
    assert added > 20


def test_an_inspection_of_a_later_year_stays_where_it_was_planned(world: "World") -> None:
    homes = cycling(world)
    calm, rows = (each.run().inspections for each in (homes, heard(homes)))
    unmoved = np.setdiff1d(np.arange(HOMES), rows["provider"][rows["reason"] == BROUGHT_FORWARD])
    keys = [each[(each["kind"] == KEY) & np.isin(each["provider"], unmoved)] for each in (calm, rows)]
    assert len(unmoved) > 30
    assert (rows["reason"][np.isin(rows["provider"], unmoved)] == CONCERN).sum() > 30
    assert all(np.array_equal(keys[0][name], keys[1][name]) for name in ("provider", "raised"))


def test_where_the_year_ends_before_the_window_does_one_planned_in_the_window_is_moved(world: "World") -> None:
    """News of the winter moves an inspection planned for the summer, if one is wanted within half a year."""
    homes = cycling(world)
    calm, rows = (each.run().inspections for each in (homes, heard(homes, within_days=180)))
    beyond = 0
    for row in first_of_each(rows):
        news = row["raised"] - 14 * TICKS_PER_DAY
        planned = planned_for(calm, row["provider"], news)
        in_time = planned < max(year_end(news), news + 180 * TICKS_PER_DAY)
        assert (row["reason"] == BROUGHT_FORWARD) == in_time
        beyond += in_time and planned >= year_end(news)
    assert beyond > 2


def test_news_that_adds_nothing_leaves_an_inspection_of_a_later_year_alone(world: "World") -> None:
    homes = cycling(world).with_rates(complaint=0.3)
    rows = homes.responding("complaint", "move", **WINDOW).run().inspections
    calm = cycling(world).run().inspections
    assert set(rows["reason"]) == {PLANNED, BROUGHT_FORWARD}
    for row in first_of_each(rows):
        news = row["raised"] - 14 * TICKS_PER_DAY
        assert planned_for(calm, row["provider"], news) < max(year_end(news), news + 42 * TICKS_PER_DAY)


def test_news_that_reaches_any_year_moves_the_next_inspection_whenever_it_was_planned(world: "World") -> None:
    homes = cycling(world)
    calm, rows = (each.run().inspections for each in (homes, heard(homes, reach="any_year")))
    assert CONCERN not in rows["reason"]
    far = [planned_for(calm, row["provider"], row["raised"]) > year_end(row["raised"]) for row in first_of_each(rows)]
    assert 0.3 < np.mean(far) < 0.9
    assert len(rows) > len(calm)
