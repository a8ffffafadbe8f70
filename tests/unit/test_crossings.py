"""Crossings of curves that are known, told only where both sides are clear."""

import numpy as np
import pytest

from simulator.experiments.crossings import course, zero
from simulator.measures.bands import Floats

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
