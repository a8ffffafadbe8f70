"""Who does better in a world: told from chance, ties apart, and never decided by noise alone."""

import numpy as np
import pytest

from simulator.statistics.verdicts import BY_CHANCE, share_of, standings

RNG = np.random.default_rng(2006)


def test_worlds_are_decided_where_the_difference_is_larger_than_chance_makes_it() -> None:
    true = np.repeat([-10.0, 0.0, 10.0], [60, 30, 10])
    found = standings(true[:, None] + RNG.normal(size=(100, 2)), sign=-1)
    assert found.noise == pytest.approx(1, abs=0.15)
    assert found.verdicts[:60] == ("better",) * 60
    assert found.verdicts[90:] == ("worse",) * 10
    assert found.shares["undecided"].worlds >= 26
    assert found.winner == "better"
    assert not found.nothing_decided


def test_more_is_better_where_it_is() -> None:
    differences = 10 + RNG.normal(size=(50, 2))
    assert standings(differences, sign=1).winner == "better"
    assert standings(differences, sign=-1).winner == "worse"


def test_noise_alone_decides_nothing() -> None:
    decided = nothing = 0
    for seed in range(60):
        found = standings(np.random.default_rng(seed).normal(size=(128, 2)), sign=1)
        assert found.winner is None
        decided += found.shares["better"].worlds + found.shares["worse"].worlds
        nothing += found.nothing_decided
    assert decided / (60 * 128) == pytest.approx(2 * BY_CHANCE, abs=0.02)
    assert nothing >= 50


def test_worlds_without_any_difference_are_told_apart() -> None:
    found = standings(np.array([[0.0, 0.0], [0.0, 0.0], [5.0, 5.1], [0.3, -0.3]]), sign=1)
    assert found.verdicts == ("same", "same", "better", "undecided")
    same = standings(np.zeros((20, 2)), sign=1)
    assert same.shares["same"].share == 1
    assert same.noise == 0
    assert same.nothing_decided


def test_a_half_decides_neither() -> None:
    assert standings(np.repeat([[-5.0], [5.0]], 50, axis=0) + RNG.normal(size=(100, 2)) / 10, sign=1).winner is None


def test_the_interval_of_a_share_is_wilsons() -> None:
    """Wilson, "Probable inference, the law of succession", 1927; 8 of 10, by hand."""
    found = share_of(8, 10)
    assert (found.low, found.high) == pytest.approx((0.4902, 0.9433), abs=1e-3)
    assert np.isnan(share_of(0, 0).share)
