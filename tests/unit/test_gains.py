"""Shares of the possible gain, against numbers worked out by hand."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.measures.gains import realised_gain

LOWER = np.array([10.0, 12.0, 11.0, 13.0])
UPPER = np.array([2.0, 3.0, 2.0, 5.0])
VALUES = np.array([6.0, 8.0, 7.0, 8.0])


def test_the_share_is_the_ratio_of_the_mean_gains() -> None:
    """Gains 4, 4, 4, 5 of 8, 9, 9, 8: 17/34; Fieller's interval by its quadratic, t(3) = 3.18245."""
    gain = realised_gain(VALUES, LOWER, UPPER)
    assert gain.share == pytest.approx(0.5)
    assert gain.possible == pytest.approx(8.5)
    assert gain.replications == 4
    t2, of_gain, of_both, of_possible = 3.182446**2, 0.25 / 4, -1 / 6 / 4, (1 / 3) / 4
    roots = np.roots([8.5**2 - t2 * of_possible, -2 * (4.25 * 8.5 - t2 * of_both), 4.25**2 - t2 * of_gain])
    assert [gain.low, gain.high] == pytest.approx(sorted(roots))


def test_the_ends_of_the_scale_are_0_and_1() -> None:
    assert realised_gain(LOWER, LOWER, UPPER)[:3] == pytest.approx((0, 0, 0))
    assert realised_gain(UPPER, LOWER, UPPER)[:3] == pytest.approx((1, 1, 1))
    assert realised_gain(LOWER + 1, LOWER, UPPER).share < 0
    assert realised_gain(UPPER - 1, LOWER, UPPER).share > 1


@pytest.mark.parametrize("upper", [LOWER, LOWER + 1, LOWER + np.array([-9, 8, -9, 8])], ids=["none", "less", "unsure"])
def test_no_share_is_told_where_the_possible_gain_is_not_clearly_above_0(upper: np.ndarray) -> None:
    gain = realised_gain(VALUES, LOWER, upper)
    assert all(math.isnan(each) for each in (gain.share, gain.low, gain.high))
    assert gain.possible == pytest.approx(float((LOWER - upper).mean()))


def test_a_constant_possible_gain_leaves_the_interval_of_the_mean() -> None:
    gain = realised_gain(VALUES, np.full(4, 10.0), np.zeros(4))
    half = 3.182446 * np.std(VALUES, ddof=1) / 2
    assert (gain.low, gain.high) == pytest.approx(((2.75 - half) / 10, (2.75 + half) / 10))


def test_runs_without_a_value_are_left_out_and_one_gives_no_interval() -> None:
    one = realised_gain(np.array([6.0, np.nan]), LOWER[:2], UPPER[:2])
    assert (one.share, one.replications) == (0.5, 1)
    assert math.isnan(one.low)
    none = realised_gain(np.array([np.nan]), LOWER[:1], UPPER[:1])
    assert none.replications == 0
    assert math.isnan(none.share)


@given(
    st.lists(st.tuples(*[st.floats(0, 100)] * 2), min_size=2, max_size=12),
    st.floats(0.1, 10),
    st.floats(-50, 50),
)
def test_neither_unit_nor_level_matters(pairs: list[tuple[float, float]], unit: float, level: float) -> None:
    values, upper = np.array(pairs).T
    lower = upper + 50 + np.arange(len(upper)) / 10
    one = realised_gain(values, lower, upper)
    other = realised_gain(level + unit * values, level + unit * lower, level + unit * upper)
    assert other[:3] == pytest.approx(one[:3], rel=1e-6, abs=1e-6)
    assert one.low <= one.share <= one.high
