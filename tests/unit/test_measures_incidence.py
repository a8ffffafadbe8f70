"""Cumulative incidence of detection: hand-worked, against SciPy, and against formulas."""

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from simulator.measures.incidence import CENSORED, DETECTED, ENDED_UNSEEN, cumulative_incidence

EPISODES = st.lists(st.tuples(st.integers(0, 30), st.sampled_from([CENSORED, DETECTED, ENDED_UNSEEN])), max_size=60)
TIMES = np.arange(0, 40)


def columns(episodes: list[tuple[int, int]]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    table = np.array(episodes, dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def incidence(episodes: list[tuple[int, int]], at: npt.ArrayLike) -> npt.NDArray[np.float64]:
    return cumulative_incidence(*columns(episodes), np.asarray(at))


def test_without_censoring_it_is_the_share_detected_so_far() -> None:
    episodes = [(1, DETECTED), (2, ENDED_UNSEEN), (3, DETECTED), (5, ENDED_UNSEEN)]
    assert incidence(episodes, [0, 1, 2, 3, 4, 5, 9]) == pytest.approx([0, 0.25, 0.25, 0.5, 0.5, 0.5, 0.5])


def test_worked_by_hand_with_censoring() -> None:
    # at risk 5: F = 1/5, S = 4/5; censored at 2; at risk 3: unseen, S = 4/5 * 2/3 = 8/15;
    # at risk 2: F = 1/5 + 8/15 * 1/2 = 7/15; the last is censored
    episodes = [(1, DETECTED), (2, CENSORED), (3, ENDED_UNSEEN), (4, DETECTED), (6, CENSORED)]
    assert incidence(episodes, [1, 3, 4, 6]) == pytest.approx([1 / 5, 1 / 5, 7 / 15, 7 / 15])


def test_events_come_before_censorings_at_equal_times() -> None:
    # the censored one is still at risk at 2, so 1/3 is detected there and not 1/2
    episodes = [(2, CENSORED), (2, DETECTED), (3, ENDED_UNSEEN)]
    assert incidence(episodes, [2]) == pytest.approx([1 / 3])


def test_detections_and_unseen_ends_at_equal_times_share_the_number_at_risk() -> None:
    episodes = [(2, ENDED_UNSEEN), (2, DETECTED), (4, DETECTED)]
    assert incidence(episodes, [2, 4]) == pytest.approx([1 / 3, 2 / 3])
    assert incidence(episodes[::-1], [2, 4]) == pytest.approx([1 / 3, 2 / 3])


def test_an_episode_detected_as_it_begins_counts_at_time_zero() -> None:
    assert incidence([(0, DETECTED), (3, ENDED_UNSEEN)], [0]) == pytest.approx([0.5])


def test_unknown_past_the_longest_time_followed_unless_all_are_decided() -> None:
    assert np.isnan(incidence([(2, DETECTED), (3, CENSORED)], [4])).all()
    assert incidence([(2, CENSORED), (3, DETECTED)], [4]) == pytest.approx([1.0])
    assert np.isnan(incidence([], [0, 4])).all()


@given(EPISODES)
def test_it_never_falls_and_never_passes_one(episodes: list[tuple[int, int]]) -> None:
    values = incidence(episodes, TIMES)
    known = values[~np.isnan(values)]
    assert np.isnan(values[known.size :]).all()
    assert (np.diff(known) >= 0).all()
    assert ((known >= 0) & (known <= 1 + 1e-12)).all()


@given(EPISODES)
def test_detected_and_ended_unseen_add_up_to_all_that_is_decided(episodes: list[tuple[int, int]]) -> None:
    swap = {DETECTED: ENDED_UNSEEN, ENDED_UNSEEN: DETECTED, CENSORED: CENSORED}
    either = {DETECTED: DETECTED, ENDED_UNSEEN: DETECTED, CENSORED: CENSORED}
    seen = incidence(episodes, TIMES)
    unseen = incidence([(time, swap[cause]) for time, cause in episodes], TIMES)
    decided = incidence([(time, either[cause]) for time, cause in episodes], TIMES)
    assert seen + unseen == pytest.approx(decided, nan_ok=True)


@given(EPISODES.filter(bool))
def test_with_no_competing_event_it_is_one_minus_kaplan_and_meiers_curve(episodes: list[tuple[int, int]]) -> None:
    episodes = [(time, cause if cause == DETECTED else CENSORED) for time, cause in episodes]
    durations, causes = columns(episodes)
    sample = stats.CensoredData(uncensored=durations[causes == DETECTED], right=durations[causes == CENSORED])
    at = np.arange(0, durations.max() + 1)
    expected = stats.ecdf(sample).cdf.evaluate(at)
    assert cumulative_incidence(durations, causes, at) == pytest.approx(expected)


@pytest.mark.parametrize(("rate", "recovery"), [(1.0, 1.0), (3.0, 0.5), (0.2, 2.0)])
def test_poisson_inspections_against_exponential_recovery(rate: float, recovery: float) -> None:
    # share detected by t is r / (r + m) * (1 - exp(-(r + m) t)), whatever the censoring
    draws = np.random.default_rng(20060401)
    n, year = 40_000, 525_960
    found, recovered = draws.exponential(year / rate, n), draws.exponential(year / recovery, n)
    cut = draws.uniform(0, 4 * year, n)
    first = np.minimum(np.minimum(found, recovered), cut)
    causes = np.where(first == found, DETECTED, np.where(first == recovered, ENDED_UNSEEN, CENSORED))
    at = np.array([0.25, 0.5, 1.0, 2.0])
    values = cumulative_incidence(first.astype(np.int64), causes, (at * year).astype(np.int64))
    both = rate + recovery
    assert values == pytest.approx(rate / both * (1 - np.exp(-both * at)), abs=0.012)
