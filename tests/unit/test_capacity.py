"""Inspectors in the field: dated steps, averaged over the month."""

from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from simulator.inputs.messages import InputError
from simulator.inspectorate.capacity import UNLIMITED, CapacitySettings

FIRSTS = [date(2006 + month // 12, month % 12 + 1, 1) for month in range(3, 28)]
"""From 1 April 2006 to 1 April 2008."""
ENDS = FIRSTS[-1]


def settings_of(*steps: tuple[date, float], deployable: float = 130) -> CapacitySettings:
    table: dict[str, Any] = {
        "deployable_days_per_fte_year": deployable,
        "pools": {"regulatory": {"fte": [{"from": day, "fte": fte} for day, fte in steps]}},
    }
    return CapacitySettings.model_validate(table)


def in_the_field(*steps: tuple[date, float], deployable: float = 130) -> list[float]:
    (regulatory,) = settings_of(*steps, deployable=deployable).establishments({"England": 7}, ENDS)
    field: list[float] = regulatory.at_most(FIRSTS).tolist()
    return field


@pytest.mark.parametrize(("deployable", "expected"), [(130, 5), (260, 10), (120, 10 * 120 / 260)])
def test_of_the_full_time_equivalents_the_deployable_part_of_the_working_days_is_in_the_field(
    deployable: float, expected: float
) -> None:
    assert in_the_field((date(2000, 1, 1), 10), deployable=deployable) == pytest.approx([expected] * 24)


def test_a_step_holds_from_its_date_and_the_first_one_before_it() -> None:
    field = in_the_field((date(2006, 7, 1), 10), (date(2006, 9, 1), 20), (date(2007, 1, 1), 0))
    assert field == pytest.approx([5] * 5 + [10] * 4 + [0] * 15)


def test_a_step_within_a_month_counts_by_its_days() -> None:
    field = in_the_field((date(2000, 1, 1), 10), (date(2006, 6, 11), 40), (date(2006, 6, 21), 0))
    assert field == pytest.approx([5, 5, (10 * 10 + 40 * 10) / 30 / 2] + [0] * 21)


def test_no_limit_is_no_limit_in_every_month() -> None:
    assert in_the_field((date(2000, 1, 1), np.inf)) == [np.inf] * 24
    assert in_the_field((date(2000, 1, 1), 4), (date(2006, 5, 16), np.inf))[:3] == [2, np.inf, np.inf]
    assert np.inf >= UNLIMITED


def test_a_day_has_the_last_step_on_or_before_it() -> None:
    pool = settings_of((date(2006, 7, 1), 10), (date(2006, 9, 1), 20)).pools["regulatory"]
    days = [date(2006, 6, 30), date(2006, 7, 1), date(2006, 8, 31), date(2006, 9, 1), date(2050, 1, 1)]
    assert [pool.fte_on(day) for day in days] == [10, 10, 10, 20, 20]


days_and_fte = st.lists(
    st.tuples(st.dates(date(2006, 1, 1), date(2008, 6, 1)), st.floats(0, 500)),
    min_size=1,
    unique_by=lambda step: step[0],
)


@given(steps=days_and_fte)
def test_each_month_has_the_mean_of_its_days(steps: list[tuple[date, float]]) -> None:
    steps.sort()
    field = in_the_field(*steps, deployable=260)
    for (first, following), there in zip(pairwise(FIRSTS), field, strict=True):
        ordinals = range(first.toordinal(), following.toordinal())
        by_day = [
            next((fte for day, fte in reversed(steps) if day.toordinal() <= each), steps[0][1]) for each in ordinals
        ]
        assert there == pytest.approx(np.mean(by_day))


@pytest.mark.parametrize(
    "steps",
    [
        [(date(2006, 7, 1), 1), (date(2006, 7, 1), 2)],
        [(date(2006, 7, 1), 1), (date(2006, 6, 1), 2)],
        [(date(2006, 7, 1), -1)],
        [(date(2006, 7, 1), float("nan"))],
        [],
    ],
)
def test_dates_that_do_not_rise_and_impossible_numbers_are_refused(steps: list[tuple[date, float]]) -> None:
    with pytest.raises(ValidationError):
        settings_of(*steps)


def pool_with(**settings: Any) -> dict[str, Any]:
    return {"fte": [{"from": date(2000, 1, 1), "fte": 10}], **settings}


def capacity_with(**settings: Any) -> CapacitySettings:
    pools = {"regulatory": pool_with(**settings), "area": pool_with()}
    return CapacitySettings.model_validate({"deployable_days_per_fte_year": 130, "pools": pools})


def posts(capacity: CapacitySettings, providers: dict[str, int]) -> dict[str, float]:
    return {each.name: each.posts[0][1] for each in capacity.establishments(providers, ENDS)}


def test_a_pool_is_one_for_all_regions_unless_asked_for() -> None:
    assert posts(capacity_with(), {"North": 1, "South": 3}) == {"regulatory": 10, "area": 10}


def test_regions_share_a_pool_as_they_do_the_providers_or_as_given() -> None:
    regional = capacity_with(by_region=True)
    parts = {"regulatory (North)": 2.5, "regulatory (South)": 7.5, "area": 10}
    assert posts(regional, {"North": 1, "South": 3}) == parts
    given = capacity_with(by_region=True, region_shares={"South": 0.2, "North": 0.8})
    parts = {"regulatory (North)": 8, "regulatory (South)": 2, "area": 10}
    assert posts(given, {"North": 1, "South": 3}) == pytest.approx(parts)


def test_shares_that_were_rounded_still_share_the_whole_pool() -> None:
    thirds = capacity_with(by_region=True, region_shares={"A": 0.3333, "B": 0.3333, "C": 0.3333})
    assert sum(posts(thirds, {"A": 1, "B": 1, "C": 1}).values()) == pytest.approx(20)


def test_no_limit_is_none_in_any_region_that_has_a_share() -> None:
    table = pool_with(by_region=True, region_shares={"North": 1, "South": 0})
    table["fte"][0]["fte"] = np.inf
    capacity = CapacitySettings.model_validate({"deployable_days_per_fte_year": 130, "pools": {"regulatory": table}})
    assert posts(capacity, {"North": 1, "South": 3}) == {"regulatory (North)": np.inf, "regulatory (South)": 0}


def test_shares_must_be_of_the_regions_there_are() -> None:
    given = capacity_with(by_region=True, region_shares={"North": 0.5, "West": 0.5})
    said = r"capacity\.pools\.regulatory\.region_shares: given North, West; allowed: .*: North, South"
    with pytest.raises(InputError, match=said):
        given.establishments({"North": 1, "South": 3}, ENDS)


def test_a_pool_cannot_be_called_as_the_part_of_another() -> None:
    pools = {"regulatory": pool_with(by_region=True), "regulatory (North)": pool_with()}
    capacity = CapacitySettings.model_validate({"deployable_days_per_fte_year": 130, "pools": pools})
    with pytest.raises(InputError, match="another name for the pool"):
        capacity.establishments({"North": 1}, ENDS)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"region_shares": {"North": 1}}, "by_region is false"),
        ({"by_region": True, "region_shares": {"North": 0.6, "South": 0.6}}, "they must sum to 1"),
        ({"by_region": True, "region_shares": {"North": -1, "South": 2}}, "greater than or equal to 0"),
        ({"recruitment_months": -1}, "greater than or equal to 0"),
        ({"training_months": float("inf")}, "finite"),
        ({"turnover": 2.1}, "less than or equal to 2"),
        ({"turnover": -0.1}, "greater than or equal to 0"),
        ({"turnover": 0.1, "fte": [{"from": date(2000, 1, 1), "fte": 100_001}]}, "at most 100000, or inf"),
    ],
)
def test_staffing_that_cannot_be_is_refused(settings: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        capacity_with(**settings)


def test_a_pool_writes_down_nothing_that_is_neutral() -> None:
    written = capacity_with().model_dump(by_alias=True, exclude_none=True)["pools"]["regulatory"]
    assert set(written) == {"fte"}
    full = {"by_region": True, "region_shares": {"A": 1}, "recruitment_months": 3, "training_months": 6}
    full["turnover"] = 0.1
    written = capacity_with(**full).model_dump(by_alias=True, exclude_none=True)["pools"]["regulatory"]
    assert {name: value for name, value in written.items() if name != "fte"} == full


def test_whether_there_are_posts_is_a_matter_of_the_days_asked_about() -> None:
    steps = [(date(2006, 7, 1), 0.0), (date(2006, 9, 1), 20.0), (date(2007, 1, 1), 0.0)]
    pool = settings_of(*steps).pools["regulatory"]
    assert not pool.has_posts(date(2006, 1, 1), date(2006, 9, 1))
    assert pool.has_posts(date(2006, 1, 1), date(2006, 9, 2))
    assert pool.has_posts(date(2006, 12, 31), date(2007, 6, 1))
    assert not pool.has_posts(date(2007, 1, 1), date(2050, 1, 1))
