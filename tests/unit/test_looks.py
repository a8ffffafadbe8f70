"""Looking at growing numbers of replications: intervals keep their 95 %, whatever the variance."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtr, stdtrit

from simulator.running.looks import corrected, coverage, exactly, looks_between, shared, until

Floats = npt.NDArray[np.float64]

LEAST, MOST = 20, 200


def covering(values: Floats, narrow: Floats, looks: Sequence[int], confidence: float) -> Floats:
    """Say of several measures how often the interval covers the truth, 0, where looking ends once all are narrow.

    `values` has shape (experiments, replications, measures); `narrow` is the half-width of each measure.
    """
    experiments, _, measures = values.shape
    covered = np.zeros((experiments, measures), dtype=bool)
    going = np.ones(experiments, dtype=bool)
    for look in looks:
        mean, spread = values[:, :look].mean(axis=1), values[:, :look].std(axis=1, ddof=1)
        half = stdtrit(look - 1, (1 + confidence) / 2) * spread / np.sqrt(look)
        ends = going & ((half <= narrow).all(axis=1) | (look == looks[-1]))
        covered[ends] = (np.abs(mean) <= half)[ends]
        going &= ~ends
    return np.asarray(covered.mean(axis=0))


@given(st.integers(5, 500), st.integers(5, 5_000), st.sampled_from([1.1, 1.5, 2.0]))
def test_looks_rise_to_the_most(least: int, most: int, growth: float) -> None:
    looks = looks_between(least, most, growth)
    assert looks[0] == min(least, most)
    assert looks[-1] == most or (len(looks) == 1 and most <= least)
    assert all(earlier < later <= max(growth * earlier + 1, earlier + 1) for earlier, later in pairwise(looks))


def test_looks_of_the_shipped_scenario_and_of_a_search() -> None:
    assert looks_between(20, 200) == (20, 30, 45, 68, 102, 153, 200)
    assert looks_between(20, 80, 2) == (20, 40, 80)


def test_a_number_of_replications_needs_no_correction() -> None:
    assert exactly(50) == ((50,), 0.95)
    assert until(30, 30) == ((30,), 0.95)


def test_a_stopping_rule_that_never_stops_early_covers_as_stated() -> None:
    assert coverage((20, 30, 45), 1e-6, 0.95) == pytest.approx(0.95, abs=1e-4)
    assert coverage((20, 30, 45), 1e6, 0.95) == pytest.approx(0.95, abs=1e-4)
    assert coverage((10,), 1.0, 0.9) == pytest.approx(0.9, abs=1e-3)


@settings(max_examples=5)
@given(st.integers(5, 100), st.integers(2, 20))
def test_what_looking_costs_is_made_good_and_no_more(least: int, times: int) -> None:
    looks = looks_between(least, times * least)
    used = corrected(looks)
    reached = [coverage(looks[:6], float(spread), used) for spread in np.sqrt(np.geomspace(least / 8, 20 * least, 15))]
    assert min(reached) > 0.9485
    assert 0.95 < used < 0.972


def test_a_later_first_look_needs_less_correction() -> None:
    used = [corrected(looks_between(least, 10 * least)) for least in (5, 20, 80)]
    assert used == sorted(used, reverse=True)


@pytest.mark.parametrize("needed", [12, 25, 40, 70])
def test_computed_coverage_is_that_of_played_experiments(needed: int) -> None:
    looks, spread = looks_between(10, 100), np.sqrt(needed) / 2
    squares, mean, before = np.zeros(200_000), 0.0, 1
    draws, going = np.random.default_rng(needed), np.ones(200_000, dtype=bool)
    for look in looks:
        squares += draws.chisquare(look - before, len(squares))
        before, deviation = look, np.sqrt(squares / (look - 1))
        t = stdtrit(look - 1, 0.975)
        ends = going & ((t * deviation / np.sqrt(look) <= 1 / spread) | (look == looks[-1]))
        mean += float(np.sum(2 * ndtr(t * deviation[ends]) - 1)) / len(squares)
        going &= ~ends
    assert coverage(looks, float(spread), 0.95) == pytest.approx(mean, abs=3e-4)


@pytest.mark.parametrize("needed", [10, 18, 30, 60, 150, 900])
def test_intervals_cover_the_truth_after_sequential_stopping(needed: int) -> None:
    """Normal values with the mean known; `needed` is about how many replications the precision takes."""
    looks, used = until(LEAST, MOST)
    values = np.random.default_rng(needed).normal(size=(8_000, MOST, 1))
    narrow = np.full(1, 1.96 / np.sqrt(needed))
    (reached,) = covering(values, narrow, looks, used)
    assert 0.93 <= reached <= 0.97
    assert reached == pytest.approx(coverage(looks, float(1 / narrow[0]), used), abs=4 * np.sqrt(0.05 * 0.95 / 8_000))


@pytest.mark.parametrize("correlation", [0.0, 0.6, 0.95])
def test_intervals_of_several_measures_cover_when_all_must_be_narrow(correlation: float) -> None:
    """Four paired differences, and the two levels of one of them, all looked at together."""
    looks, used = until(LEAST, MOST)
    draws = np.random.default_rng(7)
    worlds = draws.normal(size=(4_000, MOST, 1))
    own = draws.normal(size=(4_000, MOST, 4))
    differences = np.sqrt(correlation) * worlds + np.sqrt(1 - correlation) * own
    levels = np.stack([2 * worlds[..., 0], 2 * worlds[..., 0] + differences[..., 0]], axis=-1)
    narrow = np.array([*(1.96 / np.sqrt([25, 30, 35, 40])), np.inf, np.inf])
    reached = covering(np.concatenate([differences, levels], axis=-1), narrow, looks, used)
    assert ((reached >= 0.93) & (reached <= 0.97)).all(), reached


def test_without_the_correction_they_cover_less_often() -> None:
    """The test above can fail: few values at first, and no correction."""
    values = np.random.default_rng(3).normal(size=(20_000, 50, 1))
    looks, narrow = looks_between(5, 50), np.full(1, 0.9)
    plain, made_good = (covering(values, narrow, looks, each)[0] for each in (0.95, corrected(looks)))
    assert plain < 0.935
    assert made_good > 0.945


@pytest.mark.parametrize("bound", [0.0, 0.05, -0.2])
def test_looks_that_share_the_chance_of_error_are_wrong_no_oftener_than_stated(bound: float) -> None:
    """The mean is 0: whoever says that it is clearly above `bound` or more is wrong; so is one clearly below."""
    looks, confidence = (20, 40, 80), 0.95
    values = np.random.default_rng(11).normal(size=(20_000, 80))
    wrong = {each: np.zeros(len(values), dtype=bool) for each in ("shared", "plain")}
    for name, each in (("shared", shared(confidence, len(looks))), ("plain", confidence)):
        decided = np.zeros(len(values), dtype=bool)
        for look in looks:
            mean, spread = values[:, :look].mean(axis=1), values[:, :look].std(axis=1, ddof=1)
            half = stdtrit(look - 1, each) * spread / np.sqrt(look)
            wrong[name] |= ~decided & ((mean - half >= bound) if bound >= 0 else (mean + half < bound))
            decided |= (mean - half >= bound) | (mean + half < bound)
    assert wrong["shared"].mean() <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / len(values))
    assert bound != 0 or wrong["plain"].mean() > 0.07
