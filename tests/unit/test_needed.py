"""The number needed over plausible worlds: what is enough in most, its range, and what moves it."""

import math

import numpy as np
import pytest

from simulator.questions.sensitivity.assumptions import Assumption, Place
from simulator.questions.size.needed import Needed

WORLDS = 40


def needed(numbers: list[float]) -> Needed:
    assumptions = [
        Assumption(f"a.b{place}", "", "A", (Place(None, ("a", f"b{place}"), "value", 0, 1, False),), 0.5)
        for place in range(3)
    ]
    positions = np.random.default_rng(1).random((len(numbers), 3))
    positions[:, 1] = (np.arange(len(numbers)) + 0.5) / len(numbers)
    return Needed("option", np.array(numbers), assumptions, positions)


def test_what_is_enough_in_most_worlds_is_a_number_of_one() -> None:
    ten = needed([10, 9, 8, 7, 6, 5, 4, 3, 2, 1])
    assert [ten.enough_in(share) for share in (0.8, 0.9, 0.95, 1.0)] == [8, 9, 10, 10]
    assert ten.range == (1, 10)
    assert [(number, share.worlds) for number, share in ten.met()] == [(number, number) for number in range(1, 11)]


def test_a_world_without_a_number_is_one_in_which_none_is_enough() -> None:
    found = needed([5, math.inf, 4, 3])
    assert found.without == 1
    assert found.enough_in(0.75) == 5
    assert math.isinf(found.enough_in(0.8))
    assert found.met()[-1] == (5.0, (3, 0.75, *found.met()[-1][1][2:]))


def test_the_assumption_that_moves_the_number_is_named_with_its_ends() -> None:
    moved = needed([round(100 * 2 ** ((world + 0.5) / WORLDS), 3) for world in range(WORLDS)])
    first, *others = moved.movers
    assert first.assumption.key == "a.b1"
    assert first.is_clear
    assert (first.share, first.at_low, first.at_high) == pytest.approx((1, 100, 200), rel=1e-3)
    assert not any(other.is_clear for other in others)
    assert needed([7.0] * WORLDS).movers == []
