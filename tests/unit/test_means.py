"""What there are the means for: inspector-days left, and who is in the samples then."""

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.inspectorate.means import days_left, within_means

Asked = list[tuple[int, float, float]]
ASKED = st.lists(st.tuples(st.integers(0, 2), st.floats(0, 1, exclude_max=True), st.floats(0.1, 20)), max_size=40)
LEFT = st.lists(st.floats(0, 300), min_size=3, max_size=3)


def planned(asked: Asked, left: list[float]) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.float64]]:
    pools, places, days = (np.array(column) for column in zip(*asked, strict=True)) if asked else ([], [], [])
    which, until = within_means(np.array(pools, dtype=np.int64), np.array(places), np.array(days), np.array(left))
    return np.asarray(which), np.asarray(until)


def test_what_is_left_is_what_is_offered_less_what_is_foreseen_and_never_less_than_nothing() -> None:
    left = days_left(np.array([100.0, 100.0, np.inf]), np.array([30.0, 130.0, 5000.0]))
    assert left.tolist() == [70, 0, np.inf]


def test_those_with_the_first_places_are_planned_in_each_pool_until_one_does_not_fit() -> None:
    asked = [(0, 0.9, 2.0), (0, 0.1, 2.0), (0, 0.5, 5.0), (1, 0.2, 3.0), (0, 0.6, 1.0)]
    which, until = planned(asked, [6.0, 3.0, 0.0])
    assert which.tolist() == [False, True, False, True, False]
    assert until.tolist() == [0.5, 1.0, 1.0]


@given(ASKED, LEFT)
def test_no_pool_plans_more_days_than_it_has_left(asked: Asked, left: list[float]) -> None:
    which, _ = planned(asked, left)
    for pool in range(3):
        days = sum(each[2] for each, is_planned in zip(asked, which, strict=True) if is_planned and each[0] == pool)
        assert days <= left[pool] + 1e-9


@given(ASKED, LEFT, st.floats(0, 100))
def test_who_is_planned_with_fewer_days_is_planned_with_more(asked: Asked, left: list[float], more: float) -> None:
    fewer, _ = planned(asked, left)
    with_more, _ = planned(asked, [days + more for days in left])
    assert (with_more >= fewer).all()


@given(ASKED, LEFT)
def test_the_place_from_which_on_none_is_planned_parts_them(asked: Asked, left: list[float]) -> None:
    which, until = planned(asked, left)
    for (pool, place, _), is_planned in zip(asked, which, strict=True):
        assert place <= until[pool] if is_planned else place >= until[pool]


@given(ASKED)
def test_with_enough_days_all_are_planned(asked: Asked) -> None:
    which, until = planned(asked, [np.inf] * 3)
    assert which.all()
    assert (until == 1).all()


def test_two_samples_come_to_the_same_part_of_what_they_ask_for() -> None:
    random = np.random.default_rng(1)
    asked = [(0, float(random.random()), days) for days in (1.0, 3.0) for _ in range(3000)]
    which, _ = planned(asked, [3000.0, 0.0, 0.0])
    assert which[:3000].mean() == pytest.approx(0.25, abs=0.03)
    assert which[3000:].mean() == pytest.approx(0.25, abs=0.03)
