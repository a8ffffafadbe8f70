"""The filter of belief against Bayes' rule by brute force, and its likelihoods against their readings."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.linalg import expm

from simulator.engine.provider_records import BELIEF, SERVICE
from simulator.inspectorate.assessment import rating_by_belief, rating_by_points, weighted_risk
from simulator.inspectorate.belief import (
    AFTER_ADEQUATE,
    AFTER_POOR,
    GOOD_MISJUDGED,
    GOOD_RAISED,
    begin_effect_of,
    chance_unfound,
    end_effects,
    pass_time,
    recovery_unfound,
    share_out,
    weigh,
)
from simulator.inspectorate.targeting import worth_of_visit
from simulator.ticks import NEVER
from simulator.world.readings import chance_of_reading, chance_of_self_rating, reading_of, self_rating

GRADES = range(1, 5)
Vector = npt.NDArray[np.float64]

rate = st.floats(0.0, 0.02)


def belief_of(chance: Any, up: Any, down: Any, fall: Any, effects: tuple[float, float] = (1.0, 1.0)) -> Any:
    """A belief over all positions, or over the four grades on which no judgement acts; rates by grade."""
    belief = np.zeros(1, dtype=BELIEF)[0]
    belief.chance[1 : len(chance) + 1] = np.array(chance) / sum(chance)
    share_out(belief)
    belief.own[1:4] = belief.up[1:4] = up
    belief.down[2:5], belief.fall[2:5] = down, fall
    for after, k in ((AFTER_POOR, effects[0]), (AFTER_ADEQUATE, effects[1])):
        for grade in (1, 2):
            belief.own[grade + after], belief.up[grade + after] = up[grade - 1], k * up[grade - 1]
            belief.down[grade + after], belief.fall[grade + after] = belief.down[grade], belief.fall[grade]
    belief.own[GOOD_RAISED], belief.up[GOOD_RAISED] = up[1], up[1] + 0.2 * up[2]
    belief.own[GOOD_MISJUDGED] = belief.up[GOOD_MISJUDGED] = 0.2 * up[2]
    for c in (GOOD_RAISED, GOOD_MISJUDGED):
        belief.down[c], belief.fall[c] = belief.down[3], belief.fall[3]
    return belief


NAMES = ("1", "2", "3", "4", "1 after 2", "2 after 2", "1 after 1", "2 after 1", "3 raised", "3 misjudged")
"""What position 1 and those behind it mean: the grade, and the judgement that acts on it."""


def without_news(belief: Any, heard: Vector) -> Vector:
    """The generator of the chain over the positions, killed by whatever would have been heard; moves named in words."""
    rates = np.zeros((10, 10))
    for one, name in enumerate(NAMES):
        grade, _, after = name.partition(" after ")
        up, own = belief.up[one + 1], belief.own[one + 1]
        suffix = f" after {after}" if after else ""
        if name == "3 raised":
            rates[one, NAMES.index("3")] += own
            rates[one, NAMES.index("4")] += up - own
        elif grade == "2":
            rates[one, NAMES.index("3")] += own
            rates[one, NAMES.index("3 raised")] += up - own
        elif grade == "1":
            rates[one, NAMES.index("2" + suffix)] += up
        elif grade in ("3", "3 misjudged"):
            rates[one, NAMES.index("4")] += up
        if grade[0] != "1":
            rates[one, NAMES.index(str(int(grade[0]) - 1) + suffix)] += belief.down[one + 1]
            rates[one, NAMES.index("1" + suffix)] += belief.fall[one + 1]
        rates[one, one] = -rates[one].sum() - heard[int(grade[0])]
    return rates


ALL = [int(name[0]) for name in NAMES]
"""Grade by position."""


@settings(max_examples=40)
@given(
    chance=st.lists(st.floats(0.01, 1.0), min_size=4, max_size=4) | st.lists(st.floats(0, 1), min_size=10, max_size=10),
    up=st.lists(rate, min_size=3, max_size=3),
    down=st.lists(rate, min_size=3, max_size=3),
    fall=st.lists(rate, min_size=3, max_size=3),
    effects=st.tuples(st.floats(1, 5), st.floats(1, 3)),
    heard=st.lists(rate, min_size=4, max_size=4),
    waits=st.lists(st.integers(0, 1500), min_size=1, max_size=4),
    likelihoods=st.lists(st.lists(st.floats(0.01, 1), min_size=4, max_size=4), min_size=4, max_size=4),
)
def test_the_filter_is_bayes_by_brute_force(
    chance: Any, up: Any, down: Any, fall: Any, effects: Any, heard: Any, waits: Any, likelihoods: Any
) -> None:
    """Add up the probability of every sequence of positions at the moments of news."""
    assume(sum(chance) > 0.01)
    rates = np.concatenate([[0.0], heard])
    belief = belief_of(chance, up, down, fall, effects)
    generator = without_news(belief, rates)
    posterior = belief.chance[1:].copy()
    for wait, likelihood in zip(waits, likelihoods, strict=False):
        pass_time(belief, rates, wait)
        weigh(belief, np.concatenate([[0.0], likelihood]))
        posterior = posterior @ expm(generator * wait) * np.array(likelihood)[np.array(ALL) - 1]
    posterior /= posterior.sum()
    assert belief.chance[1:] == pytest.approx(posterior, rel=1e-7, abs=1e-11)
    by_grade = [sum(p for p, grade in zip(posterior, ALL, strict=True) if grade == each) for each in GRADES]
    assert belief.share[1:] == pytest.approx(by_grade, rel=1e-7, abs=1e-11)


@settings(max_examples=40)
@given(
    chance=st.lists(st.floats(0.01, 1.0), min_size=10, max_size=10),
    up=st.lists(rate, min_size=3, max_size=3),
    down=st.lists(rate, min_size=3, max_size=3),
    effects=st.tuples(st.floats(1, 5), st.floats(1, 3)),
    heard=st.lists(rate, min_size=4, max_size=4),
    found=st.floats(0.01, 1.0),
    waits=st.lists(st.integers(0, 1500), min_size=1, max_size=4),
    likelihoods=st.lists(st.lists(st.floats(0.01, 1), min_size=4, max_size=4), min_size=4, max_size=4),
)
def test_the_share_found_is_that_of_a_chain_that_tells_the_found_from_the_unfound(
    chance: Any, up: Any, down: Any, effects: Any, heard: Any, found: float, waits: Any, likelihoods: Any
) -> None:
    """Three more positions: poor and found. Each is left as the poor one is, and nobody comes back to it."""
    rates = np.concatenate([[0.0], heard])
    belief = belief_of(chance, up, down, [0.001, 0.0005, 0.0002], effects)
    poor = [each for each, grade in enumerate(ALL) if grade == 1]
    generator = np.zeros((13, 13))
    generator[:10, :10] = without_news(belief, rates)
    told_apart = np.zeros(13)
    told_apart[:10] = belief.chance[1:]
    for more, one in enumerate(poor):
        generator[10 + more, :10] = generator[one, :10]
        generator[10 + more, 10 + more], generator[10 + more, one] = generator[one, one], 0.0
        belief.found[one + 1] = found * (1 + more) / 3
        told_apart[10 + more] = belief.found[one + 1] * told_apart[one]
        told_apart[one] -= told_apart[10 + more]
    grades = np.array([*ALL, 1, 1, 1]) - 1
    for wait, likelihood in zip(waits, likelihoods, strict=False):
        pass_time(belief, rates, wait)
        weigh(belief, np.concatenate([[0.0], likelihood]))
        told_apart = told_apart @ expm(generator * wait) * np.array(likelihood)[grades]
    told_apart /= told_apart.sum()
    assert chance_unfound(belief) == pytest.approx(told_apart[poor].sum(), rel=1e-7, abs=1e-11)
    assert (belief.chance * belief.found).sum() == pytest.approx(told_apart[10:].sum(), rel=1e-7, abs=1e-11)
    leaving = sum(told_apart[one] * belief.up[one + 1] for one in poor) / told_apart[poor].sum()
    assert recovery_unfound(belief) == pytest.approx(leaving, rel=1e-6)


@pytest.mark.parametrize(
    ("judged", "after"),
    [
        (1, (0, 0, 0, 4, 0, 0, 1 + 5 + 7, 2 + 6 + 8, 9, 3 + 10)),
        (2, (0, 0, 0, 4, 1 + 5, 2 + 6, 7, 8, 9, 3 + 10)),
        (3, (1, 2, 3 + 9 + 10, 4, 5, 6, 7, 8, 0, 0)),
        (4, (1, 2, 3 + 9 + 10, 4, 5, 6, 7, 8, 0, 0)),
    ],
)
def test_a_judgement_acts_on_who_is_below_good_and_never_ends_what_another_began(
    judged: int, after: tuple[int, ...]
) -> None:
    belief = belief_of(range(1, 11), [0, 0, 0], [0, 0, 0], [0, 0, 0])
    begin_effect_of(belief, judged)
    assert belief.chance[1:] * 55 == pytest.approx(after)


@pytest.mark.parametrize(
    ("poor_runs", "adequate_runs", "after"),
    [
        (True, True, range(1, 11)),
        (False, True, (1, 2, 3, 4, 5 + 7, 6 + 8, 0, 0, 9, 10)),
        (False, False, (1 + 5 + 7, 2 + 6 + 8, 3 + 10, 4, 0, 0, 0, 0, 9, 0)),
    ],
)
def test_effects_whose_time_is_over_act_no_more(*, poor_runs: bool, adequate_runs: bool, after: Any) -> None:
    belief = belief_of(range(1, 11), [0, 0, 0], [0, 0, 0], [0, 0, 0])
    belief.found[[1, 5, 7]] = 0.1, 0.2, 0.3
    end_effects(belief, poor_runs, adequate_runs)
    assert belief.chance[1:] * 55 == pytest.approx(list(after))
    assert (belief.chance * belief.found).sum() * 55 == pytest.approx(0.1 + 5 * 0.2 + 7 * 0.3)


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
