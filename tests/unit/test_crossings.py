"""Crossings of curves that are known, told only where both sides are clear."""

import numpy as np
import pytest

from simulator.measures.bands import Floats
from simulator.statistics.crossings import course, zero
from simulator.statistics.crossings_by_cost import course_by_cost

AT = np.arange(100.0, 260, 20)


def around(curve: Floats, spread: float, replications: int = 20) -> Floats:
    """Give replications around a curve: each lies as a whole higher or lower."""
    chance = np.random.default_rng(1).normal(0, spread, (replications, 1))
    values: Floats = curve + chance - chance.mean()
    return values


def test_a_crossing_that_is_known_is_found_with_its_interval() -> None:
    """A slope of a half and a standard error of one make a standard error of two FTE."""
    chance = np.random.default_rng(1).normal(size=20)
    chance = (chance - chance.mean()) / chance.std(ddof=1) * np.sqrt(20)
    values = (AT - 176) / 2 + chance[:, None]
    (found,) = course(AT, values, seed=1).crossings
    assert found.at == pytest.approx(176)
    assert found.before == -1
    assert found.low == pytest.approx(176 - 1.96 * 2, abs=0.6)
    assert found.high == pytest.approx(176 + 1.96 * 2, abs=0.6)
    (turned,) = course(AT, -values, seed=1).crossings
    assert turned.before == 1
    assert (turned.at, turned.low, turned.high) == pytest.approx((found.at, found.low, found.high))


def test_the_same_seed_gives_the_same_interval() -> None:
    values = around((AT - 150) / 10, 1.0)
    one, same = (course(AT, values, seed=7).crossings for _ in range(2))
    assert one == same


def test_what_may_be_chance_is_no_crossing() -> None:
    values = around((AT - 176) / 1000, 5.0)
    told = course(AT, values, seed=1)
    assert not told.signs.any()
    assert told.crossings == ()


def test_curves_that_touch_and_part_again_do_not_cross() -> None:
    told = course(AT, around(abs(AT - 160) / 10, 0.5), seed=1)
    assert told.signs[0] == told.signs[-1] == 1
    assert told.crossings == ()


def test_curves_may_cross_twice() -> None:
    told = course(AT, around(abs(AT - 180) / 10 - 3, 0.1), seed=1)
    assert [each.at for each in told.crossings] == pytest.approx([150, 210], abs=1)
    assert [each.before for each in told.crossings] == [1, -1]


def test_undefined_values_are_passed_over() -> None:
    values = around((AT - 176) / 2, 1.0)
    values[3, 2] = np.nan
    values[:, 4] = np.nan
    (found,) = course(AT, values, seed=1).crossings
    assert found.at == pytest.approx(176, abs=0.5)


def test_one_replication_shows_nothing() -> None:
    assert course(AT, ((AT - 176) / 2)[None, :], seed=1).crossings == ()


@pytest.mark.parametrize(
    ("values", "before", "expected"),
    [([-1, 1, 3], -1, 5), ([-1, 1, -1, 1], -1, 15), ([1, 2, 3], -1, 0), ([-1, -2, -3], -1, 20), ([2, 0, -2], 1, 10)],
)
def test_a_line_changes_sign_where_it_should(values: list[float], before: int, expected: float) -> None:
    at = np.arange(0.0, 10.0 * len(values), 10.0)
    assert zero(at, np.array(values, dtype=float), before) == pytest.approx(expected)


def costs_of(factor: float, spread: float = 0.0, replications: int = 20) -> Floats:
    """Give costs in proportion to the numbers, each replication a little cheaper or dearer as a whole."""
    chance = np.random.default_rng(2).normal(0, spread, (replications, 1))
    values: Floats = factor * AT + chance - chance.mean()
    return values


def test_at_the_same_price_curves_cross_over_cost_where_they_cross_over_numbers() -> None:
    one, other = around((AT - 176) / 2, 1.0), np.zeros((20, len(AT)))
    (by_number,) = course(AT, one - other, seed=1).crossings
    found = course_by_cost((costs_of(3), one), (costs_of(3), other), seed=1)
    assert found is not None
    (by_cost,) = found.course.crossings
    assert [3 * each for each in by_number[:3]] == pytest.approx(list(by_cost[:3]))
    assert by_cost.before == by_number.before


def test_who_works_cheaper_may_do_better_at_every_cost_though_curves_cross_over_numbers() -> None:
    """With values 200 - AT and 180 - 0.8 AT the first is lower above 100; at half the price it is lower throughout."""
    one, other = around(200 - AT, 0.1), around(180 - 0.8 * AT, 0.1)
    dear = course_by_cost((costs_of(1), one), (costs_of(1), other), seed=1)
    cheap = course_by_cost((costs_of(0.5), one), (costs_of(1), other), seed=1)
    assert dear is not None
    assert cheap is not None
    assert (dear.course.signs[1:] == -1).all()
    assert (cheap.at[0], cheap.at[-1]) == (100, 120)
    assert cheap.course.difference.mean == pytest.approx([(200 - 2 * at) - (180 - 0.8 * at) for at in cheap.at])
    assert (cheap.course.signs == -1).all()


def test_a_crossing_over_cost_is_found_with_an_interval_that_takes_in_the_cost() -> None:
    """A curve that falls by one a pound is as uncertain as its cost, though its values do not vary at all."""
    other = np.full((20, len(AT)), 100.0)
    sure = course_by_cost((costs_of(1), np.tile(276 - AT, (20, 1))), (costs_of(1), other), seed=1)
    spread = course_by_cost((costs_of(1, 10), np.tile(276 - AT, (20, 1))), (costs_of(1), other), seed=1)
    assert sure is not None
    assert spread is not None
    (exact,), (wide,) = sure.course.crossings, spread.course.crossings
    assert (exact.at, exact.low, exact.high) == pytest.approx((176, 176, 176))
    assert wide.at == pytest.approx(176)
    error = costs_of(1, 10)[:, 0].std(ddof=1) / np.sqrt(20)
    assert (wide.high - wide.low) / 2 == pytest.approx(1.96 * error, rel=0.15)


def test_numbers_without_a_cost_of_their_own_are_left_out_and_curves_that_never_meet_not_compared() -> None:
    values = around(AT / 10, 0.1)
    flat = costs_of(1)
    flat[:, 4:] = flat[:, [4]]
    found = course_by_cost((flat, values), (costs_of(1), values + 1), seed=1)
    assert found is not None
    assert found.at.tolist() == AT[:5].tolist()
    assert (found.course.signs == -1).all()
    assert course_by_cost((costs_of(1), values), (costs_of(9), values), seed=1) is None
    assert course_by_cost((0 * flat, values), (0 * flat, values), seed=1) is None
    assert course_by_cost((flat, np.nan * values), (flat, values), seed=1) is None


def test_undefined_values_are_passed_over_at_the_same_cost() -> None:
    values = around((AT - 176) / 2, 1.0)
    values[3, 2] = np.nan
    values[:, 5] = np.nan
    found = course_by_cost((costs_of(1), values), (costs_of(1), np.zeros((20, len(AT)))), seed=1)
    assert found is not None
    (crossing,) = found.course.crossings
    assert crossing.at == pytest.approx(176, abs=0.5)
