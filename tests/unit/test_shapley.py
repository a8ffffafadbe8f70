"""Shapley and Owen values against what is known of them: definitions, closed forms, and intervals that cover."""

from collections.abc import Callable
from itertools import permutations
from typing import Final

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.statistics.shapley import Steps, added, interval, shares, steps_of

ALL: Final = 1_000
SEED: Final = 5


def alone(players: int) -> list[list[int]]:
    return [[player] for player in range(players)]


def values_of(steps: Steps, worth: Callable[[int], float]) -> np.ndarray:
    return np.array([[worth(subset) for subset in steps.subsets]])


def by_definition(players: int, worth: Callable[[int], float]) -> list[float]:
    """Go through every order, as the definition does."""
    got = np.zeros(players)
    orders = list(permutations(range(players)))
    for order in orders:
        there = 0
        for player in order:
            got[player] += worth(there | 1 << player) - worth(there)
            there |= 1 << player
    return list(got / len(orders))


@given(st.integers(1, 5), st.data())
@settings(deadline=None, max_examples=50)
def test_all_orders_give_the_value_of_the_definition(players: int, data: st.DataObject) -> None:
    worth = data.draw(st.lists(st.floats(-100, 100), min_size=1 << players, max_size=1 << players))
    steps, exact = steps_of(alone(players), ALL, SEED)
    got = shares(steps, values_of(steps, worth.__getitem__), steps.subsets, players)[0, 0]
    assert exact
    assert got == pytest.approx(by_definition(players, worth.__getitem__))
    assert got.sum() == pytest.approx(worth[-1] - worth[0])


def test_the_gloves_of_shapley() -> None:
    """One left glove and two right ones: 2/3, 1/6, 1/6 (the textbook case)."""

    def pairs(subset: int) -> float:
        return float(bool(subset & 1) and bool(subset & 6))

    steps, _ = steps_of(alone(3), ALL, SEED)
    assert shares(steps, values_of(steps, pairs), steps.subsets, 3)[0, 0] == pytest.approx([2 / 3, 1 / 6, 1 / 6])


def test_the_gloves_of_owen() -> None:
    """The holders of right gloves bargain together: the left one gets half, they share the other half."""

    def pairs(subset: int) -> float:
        return float(bool(subset & 1) and bool(subset & 6))

    steps, _ = steps_of([[0], [1, 2]], ALL, SEED)
    assert shares(steps, values_of(steps, pairs), steps.subsets, 3)[0, 0] == pytest.approx([1 / 2, 1 / 4, 1 / 4])


@given(st.data())
@settings(deadline=None, max_examples=30)
def test_players_of_a_union_get_what_the_union_gets(data: st.DataObject) -> None:
    worth = data.draw(st.lists(st.floats(-100, 100), min_size=32, max_size=32))
    unions = [[0, 3], [1], [2, 4]]
    steps, _ = steps_of(unions, ALL, SEED)
    inside = shares(steps, values_of(steps, worth.__getitem__), steps.subsets, 5)[0, 0]

    def of_unions(subset: int) -> float:
        return worth[sum(1 << player for place, union in enumerate(unions) if subset >> place & 1 for player in union)]

    steps, _ = steps_of(alone(3), ALL, SEED)
    whole = shares(steps, values_of(steps, of_unions), steps.subsets, 3)[0, 0]
    assert [inside[union].sum() for union in unions] == pytest.approx(list(whole))


def test_one_that_adds_nothing_gets_nothing_at_all() -> None:
    steps, _ = steps_of(alone(4), ALL, SEED)
    got = shares(
        steps, values_of(steps, lambda subset: 0.1 * (subset & 1) + 0.7 * (subset >> 1 & 1)), steps.subsets, 4
    )[0, 0]
    assert got[2] == got[3] == 0


def test_two_that_do_the_same_get_the_same() -> None:
    steps, _ = steps_of(alone(4), ALL, SEED)
    got = shares(steps, values_of(steps, lambda subset: float(subset.bit_count() ** 2)), steps.subsets, 4)[0, 0]
    assert got == pytest.approx([4.0] * 4)


def test_orders_are_drawn_where_there_are_too_many_subsets() -> None:
    unions = [[0, 1, 2], [3], [4, 5], *([player] for player in range(6, 12))]
    steps, exact = steps_of(unions, 200, SEED)
    assert not exact
    assert len(steps.subsets) <= 200
    assert steps.draws >= 2
    worth = np.random.default_rng(1).normal(size=1 << 12)
    got = shares(steps, values_of(steps, lambda subset: float(worth[subset])), steps.subsets, 12)
    assert got.sum(axis=2) == pytest.approx(np.full((1, steps.draws), worth[-1] - worth[0]))
    subsets = set(steps.subsets)
    whole = (1 << 12) - 1
    assert {whole ^ subset for subset in subsets} == subsets, "each order comes with its reverse"


def test_a_union_comes_in_one_piece_where_orders_are_drawn() -> None:
    steps, exact = steps_of([[0, 1, 2], *([player] for player in range(3, 12))], 60, SEED)
    assert not exact
    for subset in steps.subsets:
        part = (subset & 7).bit_count()
        if 0 < part < 3:
            begun = [step for step in range(len(steps.before)) if steps.after[step] == subset]
            assert all(steps.player[step] < 3 for step in begun)


def test_what_a_step_adds() -> None:
    steps, _ = steps_of(alone(2), ALL, SEED)
    got = added(steps, np.array([[0.0, 1.0, 3.0, 10.0]]), steps.subsets)
    places = zip(steps.player.tolist(), steps.before.tolist(), strict=True)
    by = dict(zip(places, got[0].tolist(), strict=True))
    assert by == {(0, 0): 1.0, (0, 2): 7.0, (1, 0): 3.0, (1, 1): 9.0}


@pytest.mark.parametrize("exact", [True, False])
def test_intervals_cover_as_they_say(exact: bool) -> None:
    """Worlds of noise around a known game: 95 in 100 intervals hold the true value, none much fewer."""
    players, replications = (4, 12) if exact else (9, 12)
    rng = np.random.default_rng(20)
    pulls = rng.normal(size=players)
    both = np.triu(rng.normal(size=(players, players)), 1)

    def worth(subset: int) -> float:
        there = np.array([subset >> player & 1 for player in range(players)], dtype=float)
        return float(pulls @ there + there @ both @ there)

    true = pulls + (both.sum(axis=0) + both.sum(axis=1)) / 2
    inside = []
    for trial in range(150):
        steps, every = steps_of(alone(players), ALL if exact else 80, trial)
        assert every == exact
        means = values_of(steps, worth)
        values = means + rng.normal(scale=0.5, size=(replications, len(steps.subsets)))
        got = interval(shares(steps, values, steps.subsets, players))
        inside.append((got.low <= true) & (true <= got.high))
    covered = np.mean(inside)
    assert 0.93 <= covered <= (0.97 if exact else 1.0)


def test_one_replication_has_no_interval() -> None:
    got = interval(np.ones((1, 1, 3)))
    assert got.mean.tolist() == [1, 1, 1]
    assert np.isnan(got.low).all()


def test_a_replication_that_failed_is_left_out() -> None:
    by = np.array([[[1.0]], [[np.nan]], [[3.0]]])
    assert interval(by).mean.tolist() == [2]


def test_more_values_than_are_needed_may_be_given() -> None:
    steps, _ = steps_of(alone(2), ALL, SEED)
    got = shares(steps, np.array([[10.0, 99.0, 3.0, 0.0, 1.0]]), [3, 8, 2, 0, 1], 2)
    assert got[0, 0] == pytest.approx([4.0, 6.0])
