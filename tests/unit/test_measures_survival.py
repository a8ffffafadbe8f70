"""How long things last that the horizon may cut off: hand-worked, against SciPy, and against closed forms."""

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from simulator.measures.survival import (
    RESTRICTED_TO,
    days_restricted,
    lasting,
    quantile,
    restricted_mean,
    restricted_quantile,
)
from simulator.ticks import TICKS_PER_DAY, TICKS_PER_YEAR

FOLLOWED = st.lists(st.tuples(st.integers(0, 30), st.booleans()), min_size=1, max_size=60)


def columns(followed: list[tuple[int, bool]]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    return np.array([each[0] for each in followed]), np.array([each[1] for each in followed], dtype=bool)


def mean(followed: list[tuple[int, bool]], until: float) -> float:
    return restricted_mean(lasting(*columns(followed)), until)


def test_where_all_end_it_is_the_mean_of_what_each_counts() -> None:
    followed = [(1, True), (4, True), (9, True)]
    assert mean(followed, 20) == pytest.approx(14 / 3)
    assert mean(followed, 9) == pytest.approx(14 / 3)
    assert mean(followed, 5) == pytest.approx(10 / 3)
    assert mean(followed, 0.5) == pytest.approx(0.5)


def test_worked_by_hand_with_one_cut_off() -> None:
    # 1 until 2, then 3/4 until 6 (the cut at 4 changes nothing), then 3/8 until 10, then 0
    followed = [(2, True), (4, False), (6, True), (10, True)]
    assert mean(followed, 100) == pytest.approx(2 + 4 * 3 / 4 + 4 * 3 / 8)
    assert mean(followed, 8) == pytest.approx(2 + 4 * 3 / 4 + 2 * 3 / 8)


def test_past_what_was_followed_the_curve_goes_on_as_an_exponential() -> None:
    # half are left at 4, so that 4 more would halve them again, and so on
    rate = np.log(2) / 4
    assert mean([(2, True), (4, False)], 1e9) == pytest.approx(2 + 2 / 2 + 0.5 / rate)
    assert mean([(2, True), (4, False)], 8) == pytest.approx(2 + 2 / 2 + (0.5 - 0.25) / rate)


def test_there_must_be_something_to_go_by() -> None:
    assert np.isnan(restricted_mean(lasting(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=bool)), 5))
    assert np.isnan(mean([(3, False), (4, False)], 5))
    assert np.isnan(mean([(0, False), (0, True)], 5))
    assert mean([(3, False), (6, False)], 5) == 5
    assert mean([(0, True)], 5) == 0


@given(FOLLOWED)
def test_the_curve_is_that_of_scipy(followed: list[tuple[int, bool]]) -> None:
    durations, ended = columns(followed)
    curve = lasting(durations, ended)
    data = stats.CensoredData(uncensored=durations[ended], right=durations[~ended])
    assert curve.share == pytest.approx(stats.ecdf(data).sf.evaluate(curve.times))


@given(FOLLOWED, st.integers(1, 40))
def test_the_mean_is_the_area_under_the_curve_summed_up_one_by_one(
    followed: list[tuple[int, bool]], until: int
) -> None:
    durations, ended = columns(followed)
    left, area = 1.0, 0.0
    for time in range(until):
        at_risk = (durations >= time).sum()
        if at_risk == 0 and left > 0:
            return  # nobody was followed so far
        left *= 1 - ((durations == time) & ended).sum() / max(at_risk, 1)
        area += left
    if durations.max() >= until or left == 0:
        assert mean(followed, until) == pytest.approx(area)


@pytest.mark.parametrize(("rate", "recovery"), [(1.6, 0.9), (6.0, 0.2), (0.1, 0.05)])
def test_poisson_inspections_against_ends_as_the_formula_has_it(rate: float, recovery: float) -> None:
    """Inspections at `rate` and ends at `recovery` a year: (1 - exp(-(r + m) T)) / (r + m) in the mean, up to T."""
    waits = np.random.default_rng(5).exponential(TICKS_PER_YEAR / (rate + recovery), 60_000).astype(np.int64)
    both = rate + recovery
    expected = 365.25 * (1 - np.exp(-2 * both)) / both
    assert days_restricted(waits, np.ones(waits.shape, dtype=bool)).mean == pytest.approx(expected, rel=0.015)


@pytest.mark.parametrize("years", [1, 2, 10])
def test_the_horizon_makes_no_difference(years: int) -> None:
    """The same whether one year is run or ten, where the mean of those that ended is not."""
    draws, both, n = np.random.default_rng(6), 2.5, 60_000
    waits = draws.exponential(TICKS_PER_YEAR / both, n)
    cut = draws.uniform(0, years * TICKS_PER_YEAR, n)
    followed, ended = np.minimum(waits, cut).astype(np.int64), waits <= cut
    expected = 365.25 * (1 - np.exp(-2 * both)) / both
    assert days_restricted(followed, ended).mean == pytest.approx(expected, rel=0.02)
    of_those_that_ended = followed[ended].mean() / TICKS_PER_DAY
    assert (of_those_that_ended < 0.8 * expected) == (years <= 2)


def test_two_years_are_so_many_days() -> None:
    assert RESTRICTED_TO / TICKS_PER_DAY == 730.5


def test_a_quantile_is_the_time_within_which_so_many_have_ended() -> None:
    twenty = lasting(np.arange(1, 21), np.ones(20, dtype=bool))
    assert quantile(twenty, 0.95) == 19
    assert quantile(twenty, 0.5) == 10
    # one of twenty is cut off before any ends: 18 of the 19 left have ended at 19, and that is less than 95 %
    assert quantile(lasting(np.arange(1, 21), np.arange(20) > 0), 0.95) == 20


def test_where_too_few_end_a_quantile_is_the_longest_followed() -> None:
    curve = lasting(np.array([3, 5, 9, 11]), np.array([True, True, False, False]))
    assert quantile(curve, 0.95) == 11
    assert quantile(curve, 0.5) == 5
    assert np.isnan(quantile(lasting(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=bool)), 0.95))


def longest(followed: list[tuple[int, bool]], until: float, most: float) -> float:
    return restricted_mean(lasting(*columns(followed)), until, most)


def within(followed: list[tuple[int, bool]], share: float, until: float) -> float:
    return restricted_quantile(lasting(*columns(followed)), share, until)


def test_the_longest_are_averaged_by_themselves() -> None:
    followed = [(days, True) for days in range(1, 21)]
    assert longest(followed, 100, 0.1) == pytest.approx((19 + 20) / 2)
    assert longest(followed, 100, 0.25) == pytest.approx((16 + 17 + 18 + 19 + 20) / 5)
    assert longest(followed, 19, 0.1) == pytest.approx(19)
    assert longest(followed, 3, 0.1) == pytest.approx(3)


def test_quantiles_count_no_longer_than_the_limit() -> None:
    followed = [(days, True) for days in range(1, 21)]
    assert [within(followed, share, 100) for share in (0.5, 0.9, 0.95)] == [10, 18, 19]
    assert [within(followed, share, 12) for share in (0.5, 0.9, 0.95)] == [10, 12, 12]


def test_quantiles_and_longest_past_what_was_followed_are_those_of_the_exponential() -> None:
    # half are left at 4: a tenth after 4 log(10) / log(2), and so on
    followed = [(2, True), (4, False)]
    rate = np.log(2) / 4
    tenth = np.log(10) / rate
    assert within(followed, 0.9, 1e9) == pytest.approx(tenth)
    assert within(followed, 0.9, 8) == 8
    assert longest(followed, 1e9, 0.1) == pytest.approx(tenth + 1 / rate)
    assert longest(followed, tenth + 3, 0.1) == pytest.approx(tenth + (1 - np.exp(-3 * rate)) / rate)
    assert longest(followed, 8, 0.1) == pytest.approx(8)


def test_quantiles_need_something_to_go_by() -> None:
    assert np.isnan(restricted_quantile(lasting(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=bool)), 0.9, 5))
    assert np.isnan(within([(3, False), (4, False)], 0.9, 5))
    assert np.isnan(within([(0, False), (0, True)], 0.9, 5))
    assert within([(3, False), (6, False)], 0.9, 5) == 5


@given(FOLLOWED, st.integers(1, 40), st.sampled_from([0.05, 0.1, 0.3, 1.0]))
def test_the_longest_last_at_least_as_long_as_their_quantile(
    followed: list[tuple[int, bool]], until: int, most: float
) -> None:
    whole, part = mean(followed, until), longest(followed, until, most)
    if np.isnan(whole):
        assert np.isnan(part)
        return
    assert whole - 1e-9 <= part <= until + 1e-9
    assert most * part <= whole + 1e-9
    if most < 1:
        assert part >= within(followed, 1 - most, until) - 1e-9


def test_exponential_waits_have_the_quantiles_of_the_closed_form() -> None:
    """At rate r a share q ends within -log(1 - q) / r; the tenth that lasts longest does so for 1 / r more."""
    random = np.random.default_rng(14)
    rate = 4.0
    waits = (random.exponential(1 / rate, 400_000) * TICKS_PER_YEAR).astype(np.int64)
    cuts = (random.uniform(0, 2, waits.size) * TICKS_PER_YEAR).astype(np.int64)
    days = days_restricted(np.minimum(waits, cuts), waits <= cuts)
    year = TICKS_PER_YEAR / TICKS_PER_DAY
    expected = [1, np.log(2), np.log(10), np.log(20), np.log(10) + 1]
    assert tuple(days) == pytest.approx([year / rate * factor for factor in expected], rel=0.01)
