"""The filter of belief against Bayes' rule by brute force, and its likelihoods against their readings."""

from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import expm

from simulator.engine.state import BELIEF, SERVICE
from simulator.inspectorate.assessment import rating_by_belief, rating_by_points, weighted_risk
from simulator.inspectorate.belief import pass_time, weigh
from simulator.inspectorate.targeting import worth_of_visit
from simulator.ticks import NEVER
from simulator.world.readings import chance_of_reading, chance_of_self_rating, reading_of, self_rating

GRADES = range(1, 5)
Vector = npt.NDArray[np.float64]

rate = st.floats(0.0, 0.02)
shares = st.lists(st.floats(0.01, 1.0), min_size=4, max_size=4)


def belief_of(share: Any, up: Any, down: Any, fall: Any) -> Any:
    belief = np.zeros(1, dtype=BELIEF)[0]
    belief.share[1:] = np.array(share) / sum(share)
    belief.up[1:4], belief.down[2:], belief.fall[2:] = up, down, fall
    return belief


def without_news(belief: Any, heard: Vector) -> Vector:
    """The generator of the chain, killed by whatever would have been heard."""
    generator = np.zeros((4, 4))
    for grade in GRADES:
        if grade < 4:
            generator[grade - 1, grade] += belief.up[grade]
        if grade > 1:
            generator[grade - 1, grade - 2] += belief.down[grade]
            generator[grade - 1, 0] += belief.fall[grade]
        generator[grade - 1, grade - 1] -= belief.up[grade] + belief.down[grade] + belief.fall[grade] + heard[grade]
    return generator


@settings(max_examples=40, deadline=None)
@given(
    share=shares,
    up=st.lists(rate, min_size=3, max_size=3),
    down=st.lists(rate, min_size=3, max_size=3),
    fall=st.lists(rate, min_size=3, max_size=3),
    heard=st.lists(rate, min_size=4, max_size=4),
    waits=st.lists(st.integers(0, 1500), min_size=1, max_size=4),
    likelihoods=st.lists(st.lists(st.floats(0.01, 1), min_size=4, max_size=4), min_size=4, max_size=4),
)
def test_the_filter_is_bayes_by_brute_force(
    share: Any, up: Any, down: Any, fall: Any, heard: Any, waits: Any, likelihoods: Any
) -> None:
    """Add up the probability of every sequence of grades at the moments of news."""
    rates = np.concatenate([[0.0], heard])
    belief = belief_of(share, up, down, fall)
    generator = without_news(belief, rates)
    prior = belief.share[1:].copy()
    for wait, likelihood in zip(waits, likelihoods, strict=False):
        pass_time(belief, rates, wait)
        weigh(belief, np.concatenate([[0.0], likelihood]))
    steps = [expm(generator * wait) for wait in waits]
    posterior = np.zeros(4)
    for grades in product(range(4), repeat=len(waits) + 1):
        chance = prior[grades[0]]
        for moment, step in enumerate(steps):
            chance *= step[grades[moment], grades[moment + 1]] * likelihoods[moment][grades[moment + 1]]
        posterior[grades[-1]] += chance
    assert belief.share[1:] == pytest.approx(posterior / posterior.sum(), rel=1e-8, abs=1e-12)


@settings(max_examples=40, deadline=None)
@given(
    share=shares,
    up=st.lists(rate, min_size=3, max_size=3),
    down=st.lists(rate, min_size=3, max_size=3),
    heard=st.lists(rate, min_size=4, max_size=4),
    found=st.floats(0.01, 1.0),
    waits=st.lists(st.integers(0, 1500), min_size=1, max_size=4),
    likelihoods=st.lists(st.lists(st.floats(0.01, 1), min_size=4, max_size=4), min_size=4, max_size=4),
)
def test_the_share_found_is_that_of_a_chain_that_tells_the_found_from_the_unfound(
    share: Any, up: Any, down: Any, heard: Any, found: float, waits: Any, likelihoods: Any
) -> None:
    """A fifth state: poor and found. It is left as the poor is, and nobody comes back to it by getting worse."""
    rates = np.concatenate([[0.0], heard])
    belief = belief_of(share, up, down, [0.001, 0.0005, 0.0002])
    belief.found = found
    generator = np.zeros((5, 5))
    generator[:4, :4] = without_news(belief, rates)
    generator[4, 4], generator[4, 1] = generator[0, 0], generator[0, 1]
    told_apart = np.concatenate([belief.share[1:], [found * belief.share[1]]])
    told_apart[0] -= told_apart[4]
    for wait, likelihood in zip(waits, likelihoods, strict=False):
        pass_time(belief, rates, wait)
        weigh(belief, np.concatenate([[0.0], likelihood]))
        told_apart = told_apart @ expm(generator * wait) * np.array([*likelihood, likelihood[0]])
    told_apart /= told_apart.sum()
    unfound = belief.share[1] * (1.0 - belief.found)
    assert [unfound, belief.share[1] * belief.found] == pytest.approx(told_apart[[0, 4]], rel=1e-7, abs=1e-11)


def test_what_a_visit_is_worth() -> None:
    """Children, times the chance, times the mean of the smaller of an exponential of mean 100 and the time left."""
    worth = worth_of_visit(0.3, 5, 0.01, 100, 4.5)
    assert worth == pytest.approx(0.3 * 5 * 100 * (1 - np.exp(-1)) / 4.5)
    assert worth_of_visit(0.3, 5, 0.01, NEVER, 4.5) == pytest.approx(0.3 * 5 * 100 / 4.5)
    assert worth_of_visit(0.3, 5, 0.0, 70, 4.5) == pytest.approx(0.3 * 5 * 70 / 4.5)
    assert worth_of_visit(0.3, 5, 1e-12, 70, 4.5) == pytest.approx(0.3 * 5 * 70 / 4.5)
    assert worth_of_visit(0.3, 5, 0.01, 0, 4.5) == 0


def test_silence_is_news() -> None:
    """Whom nobody complains of, where only the poor are complained of, is the less likely to be poor."""
    belief = belief_of([0.5, 0.5, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0])
    pass_time(belief, np.array([0.0, 0.01, 0.0, 0.0, 0.0]), 100)
    assert belief.share[1] == pytest.approx(np.exp(-1) / (1 + np.exp(-1)))


def test_impossible_news_changes_nothing() -> None:
    belief = belief_of([1, 0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0])
    weigh(belief, np.array([0.0, 0.0, 1.0, 0.0, 0.0]))
    assert list(belief.share[1:]) == [1, 0, 0, 0]


@pytest.mark.parametrize("sigma", [0.0, 0.3, 1.2])
@pytest.mark.parametrize("quality", [1.0, 2.4, 3.0, 4.4])
def test_chances_of_readings_are_their_shares(sigma: float, quality: float) -> None:
    chances = [chance_of_reading(reading, quality, sigma) for reading in GRADES]
    assert sum(chances) == pytest.approx(1)
    draws = np.random.default_rng(1).standard_normal(20_000)
    read = np.array([reading_of(quality, sigma, noise) for noise in draws])
    assert chances == pytest.approx([(read == reading).mean() for reading in GRADES], abs=0.015)


@pytest.mark.parametrize("misleads", [False, True])
@pytest.mark.parametrize("grade", GRADES)
def test_chances_of_self_assessments_are_their_shares(misleads: bool, grade: int) -> None:
    service = np.zeros(1, dtype=SERVICE)[0]
    service.self_noise = 0.7
    service.optimism[:] = (0, 0.8, 0.4, 0.1, 0)
    chances = [chance_of_self_rating(service, stated, grade, misleads) for stated in GRADES]
    assert sum(chances) == pytest.approx(1)
    draws = np.random.default_rng(2).standard_normal(20_000)
    said = np.array([self_rating(service, grade, misleads, noise) for noise in draws])
    assert chances == pytest.approx([(said == stated).mean() for stated in GRADES], abs=0.015)
    if misleads:
        assert said.min() == 3


def test_a_rating_by_belief_is_the_lowest_that_is_sure_enough() -> None:
    share = np.array([0.0, 0.2, 0.3, 0.4, 0.1])
    assert [rating_by_belief(share, confidence) for confidence in (0.2, 0.21, 0.5, 0.8, 0.95)] == [1, 2, 2, 3, 4]


def test_points_are_a_weighted_mean_of_what_is_known() -> None:
    points = np.array([3.0, np.nan, 1.0, np.nan, 0.0, 0.0, 2.0])
    weights = np.array([1.0, 5.0, 1.0, 5.0, 0.0, 2.0, 1.0])
    assert weighted_risk(points, weights) == pytest.approx((3 + 1 + 0 + 2) / 5)
    assert np.isnan(weighted_risk(np.full(7, np.nan), weights))
    cut_offs = np.array([2.0, 1.25, 0.5])
    assert [rating_by_points(risk, cut_offs) for risk in (3, 2, 1.9, 1.25, 1, 0.5, 0.4)] == [1, 1, 2, 2, 3, 3, 4]
