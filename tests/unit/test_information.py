"""The value of information: closed forms, nothing where nothing can be gained, nothing named that chance would name."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest
from scipy.stats import norm

from simulator.statistics.best import against_the_best
from simulator.statistics.information import Learnt, partial, perfect, worlds_to_tell_apart
from simulator.statistics.smoothing import smoothers_of

Floats = npt.NDArray[np.float64]
WORLDS = 64
TRIALS = 60


def closed_form(mean: float, spread: float) -> float:
    """Return the value of knowing a normal difference between two options before one is chosen."""
    at = abs(mean) / spread
    return float(spread * norm.pdf(at) - abs(mean) * norm.cdf(-at))


def two_options(random: np.random.Generator, difference: Floats, noise: float) -> Floats:
    """Return values of two options in two replications of worlds that move both."""
    shape = (len(difference), 2)
    values = 5 * random.normal(size=(*shape, 1)) + np.zeros(2)
    values[..., 1] += difference[:, None] + noise * random.normal(size=shape)
    return values


def all_perfect(mean: float, spread: float, noise: float) -> list[Learnt]:
    found = []
    for seed in range(TRIALS):
        random = np.random.default_rng(seed)
        found.append(perfect(two_options(random, mean + spread * random.normal(size=WORLDS), noise), seed, 20))
    return found


def mean_of(found: Sequence[Learnt]) -> float:
    return float(np.mean([learnt.worth.value for learnt in found]))


def covered(found: Sequence[Learnt], truth: float) -> float:
    return float(np.mean([learnt.worth.low <= truth <= learnt.worth.high for learnt in found]))


@pytest.mark.parametrize(("mean", "spread", "noise"), [(0.5, 1.0, 0.0), (0.5, 1.0, 1.0), (-0.8, 2.0, 3.0)])
def test_perfect_information_has_its_closed_form_whatever_the_noise(mean: float, spread: float, noise: float) -> None:
    found, truth = all_perfect(mean, spread, noise), closed_form(mean, spread)
    assert mean_of(found) == pytest.approx(truth, rel=0.12)
    assert covered(found, truth) >= 0.9


def test_noise_alone_is_worth_nothing() -> None:
    """The best of two noisy means is 0.4 better than either one where the worlds do not differ."""
    found = all_perfect(0.0, 0.0, 1.0)
    assert mean_of(found) < 0.1
    assert covered(found, 0.0) >= 0.9
    assert np.mean([learnt.clear for learnt in found]) <= 0.1


@pytest.mark.parametrize("noise", [0.0, 0.5])
def test_nothing_is_gained_where_no_option_can_overtake(noise: float) -> None:
    random = np.random.default_rng(1)
    values = two_options(random, 5 + random.random(WORLDS), noise)
    third = values[..., :1] - 3
    values = np.concatenate([values, third], axis=2)
    assert perfect(values, 1).worth == (0, 0, 0)
    (found,) = partial(values.mean(axis=1), [random.random((WORLDS, 3))], 1)
    assert found.worth == (0, 0, 0)
    assert not found.clear


def test_options_that_are_the_same_have_nothing_to_gain() -> None:
    same = np.repeat(np.random.default_rng(1).normal(size=(WORLDS, 2, 1)), 3, axis=2)
    assert perfect(same, 1).worth == (0, 0, 0)


@pytest.fixture(scope="module")
def known_in_part() -> list[list[Learnt]]:
    """Half of the variance comes from three inputs, a tenth of noise; a group of twelve inputs does nothing."""
    found = []
    for seed in range(TRIALS):
        random = np.random.default_rng(seed)
        mine, idle = random.normal(size=(WORLDS, 3)), random.random((WORLDS, 12))
        difference = 0.3 + mine @ np.array([0.6, 0.8, 0.0]) + 0.5 * random.normal(size=WORLDS)
        values = np.stack([np.zeros(WORLDS), difference], axis=1)
        found.append(partial(values, [mine, idle], seed, 50))
    return found


def test_a_group_of_inputs_has_its_closed_form(known_in_part: list[list[Learnt]]) -> None:
    mine = [found[0] for found in known_in_part]
    truth = closed_form(0.3, 1.0)
    assert mean_of(mine) == pytest.approx(truth, rel=0.1)
    assert covered(mine, truth) >= 0.9
    assert np.mean([learnt.clear for learnt in mine]) >= 0.9


def test_inputs_that_do_nothing_are_worth_nothing_and_are_not_named(known_in_part: list[list[Learnt]]) -> None:
    idle = [found[1] for found in known_in_part]
    assert covered(idle, 0.0) >= 0.9
    assert np.mean([learnt.clear for learnt in idle]) <= 0.1


def test_the_same_worlds_have_the_same_value() -> None:
    random = np.random.default_rng(3)
    values, inputs = random.normal(size=(WORLDS, 3)), random.random((WORLDS, 4))
    assert partial(values, [inputs], 7) == partial(values, [inputs], 7)


def test_a_fit_without_a_world_is_that_of_the_others() -> None:
    """What a map says of its own weights: moving a value onto the prediction of the others changes that no more."""
    random = np.random.default_rng(4)
    inputs, observed = random.random((20, 2)), random.normal(size=20)
    for smoother in smoothers_of(inputs)[1::5]:
        hat = smoother.hat()
        np.testing.assert_allclose(hat @ observed, smoother.fit(observed[:, None])[:, 0])
        np.testing.assert_allclose(hat.diagonal(), smoother.own)
        np.testing.assert_allclose(hat.sum(axis=1), 1)
        left_out = (hat @ observed - smoother.own * observed)[5] / (1 - smoother.own[5])
        moved = np.where(np.arange(20) == 5, left_out, observed)
        assert (hat @ moved)[5] == pytest.approx(left_out)


def test_inputs_that_do_not_vary_teach_nothing() -> None:
    (found,) = partial(np.random.default_rng(1).normal(size=(WORLDS, 2)), [np.full((WORLDS, 2), 0.5)], 1, 20)
    assert found.worth.value == 0


def test_single_inputs_need_more_worlds_than_groups() -> None:
    assert worlds_to_tell_apart(95, 0.05) == 512
    assert worlds_to_tell_apart(6, 0.2) < worlds_to_tell_apart(95, 0.2) <= worlds_to_tell_apart(95, 0.05)


def test_comparisons_with_the_best_hold_at_once() -> None:
    """In 95 of 100 trials all margins lie in their intervals, and the best ones are not ruled out."""
    means, held, kept = np.array([0.0, 0.1, 0.5, 0.5, -1.0]), 0, 0
    margins = [mean - max(np.delete(means, option)) for option, mean in enumerate(means)]
    for seed in range(300):
        random = np.random.default_rng(seed)
        values = means + random.normal(size=(40, 1)) + np.array([1, 0.5, 0.3, 1.5, 1]) * random.normal(size=(40, 5))
        found = against_the_best(values)
        held += all(one.low <= margin <= one.high for one, margin in zip(found, margins, strict=True))
        kept += found[2].may_be_best and found[3].may_be_best
        assert not found[4].may_be_best
    assert held >= 0.95 * 300
    assert kept >= 0.9 * 300


def test_an_option_far_ahead_is_the_only_one_that_may_be_best() -> None:
    values = np.array([5.0, 0.0, 0.0]) + np.random.default_rng(1).normal(size=(30, 3))
    found = against_the_best(values)
    assert [one.may_be_best for one in found] == [True, False, False]
    assert found[0].low == 0
    assert found[0].margin == pytest.approx(5, abs=1)
    assert found[1].high == 0
    assert found[1].low < -4


def test_options_that_are_the_same_may_both_be_best() -> None:
    values = np.repeat(np.random.default_rng(1).normal(size=(30, 1)), 2, axis=1)
    assert [tuple(one) for one in against_the_best(values)] == [(0, 0, 0, True)] * 2
