"""Inspectors in the field: dated steps, averaged over the month."""

from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from simulator.inspectorate.capacity import UNLIMITED, CapacitySettings

FIRSTS = [date(2006 + month // 12, month % 12 + 1, 1) for month in range(3, 28)]
"""From 1 April 2006 to 1 April 2008."""


def settings_of(*steps: tuple[date, float], deployable: float = 130) -> CapacitySettings:
    table: dict[str, Any] = {
        "deployable_days_per_fte_year": deployable,
        "pools": {"regulatory": {"fte": [{"from": day, "fte": fte} for day, fte in steps]}},
    }
    return CapacitySettings.model_validate(table)


def in_the_field(*steps: tuple[date, float], deployable: float = 130) -> list[float]:
    field: list[float] = settings_of(*steps, deployable=deployable).in_the_field("regulatory", FIRSTS).tolist()
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
