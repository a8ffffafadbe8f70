"""The value of information: by how much a choice would turn out better if it were made knowing more.

An option is chosen that has the best mean over plausible worlds. Who knew the world could choose the best option of
each: the *expected value of perfect information* is the mean of the best less the best of the means. Who knew some
inputs of the world could choose by the mean that is expected given them: the *expected value of partial perfect
information*. That expectation is estimated by regressing the outputs of all worlds on those inputs (M. Strong, J. E.
Oakley and A. Brennan, "Estimating multiparameter partial expected value of perfect information from a probabilistic
sensitivity analysis sample: a nonparametric regression approach", Medical Decision Making 34 (2014), 311-326; A. Heath,
I. Manolopoulou and G. Baio, "A review of methods for analysis of the expected value of information", Medical Decision
Making 37 (2017), 747-758).

Four things would otherwise pass for value:

- *Chance.* A mean over few replications is noisy, and the best of noisy values is too good. Values of the worlds are
  drawn together until they vary as the worlds do without that noise, whose size is known from the replications.
- *The maximum* of estimated means is too large, by which the value would be too small: the jackknife over worlds shows
  by how much, and has the intervals.
- *Freedom of the regression.* How well inputs that mean nothing seem to predict is seen by permuting the worlds.
- *Many groups.* A group is compared with the best prediction by any group in a permutation (P. H. Westfall and S. S.
  Young, *Resampling-Based Multiple Testing*, 1993), so that chance names one in 5 of 100 cases, however many are tried.
"""

from collections.abc import Sequence
from math import atanh, ceil, sqrt
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.statistics.smoothing import Smoother, best_smoothers, skills, smoothers_of

_Floats = npt.NDArray[np.float64]

_CONFIDENCE: Final = 0.95
_PERMUTATIONS: Final = 200
_POWER: Final = 0.8
_RESAMPLES: Final = 1000


class Worth(NamedTuple):
    """A value of information, in the unit of the outputs, with its 95% interval; never below 0."""

    value: float
    low: float
    high: float


class Learnt(NamedTuple):
    """The value of knowing everything, or a group of inputs."""

    worth: Worth
    chance: float
    """Share of permutations in which as much seems to be gained; of groups, in which any predicts as well."""

    @property
    def clear(self) -> bool:
        """Whether it is worth something, and chance would not have named it."""
        return self.worth.low > 0


def perfect(values: _Floats, seed: int, permutations: int = _PERMUTATIONS) -> Learnt:
    """Estimate the expected value of perfect information.

    Parameters
    ----------
    values
        More is better; shape (worlds, replications, options): two replications or more, all of them numbers.
    seed, permutations
        Of permutations of all replications of all worlds, after which the worlds differ by chance alone.
    """
    worlds = len(values)
    best = _best(values.mean(axis=1))
    regrets = _regrets(_without_noise(values, best))
    left_out = [_regrets(_without_noise(np.delete(values, world, axis=0), best)) for world in range(worlds)]
    random, rows = np.random.default_rng(seed), values.reshape(-1, values.shape[2])
    by_chance = [
        float(_regrets(_without_noise(rows[random.permutation(len(rows))].reshape(values.shape), best)).min())
        for _ in range(permutations)
    ]
    return _learnt(float(regrets.min()), _jackknife(regrets, np.array(left_out)), np.array(by_chance))


def partial(values: _Floats, groups: Sequence[_Floats], seed: int, permutations: int = _PERMUTATIONS) -> list[Learnt]:
    """Estimate the expected value of partial perfect information of groups of inputs.

    Parameters
    ----------
    values
        More is better; shape (worlds, options).
    groups
        The inputs of each group, shape (worlds, inputs).
    seed
        Of the permutations.
    permutations
        Their number.
    """
    behind = _behind(values, _best(values))
    worlds, others = behind.shape
    random = np.random.default_rng(seed)
    shuffled = np.hstack([behind[random.permutation(worlds)] for _ in range(permutations)])
    found, by_chance = [], np.zeros(permutations)
    for inputs in groups:
        smoothers = smoothers_of(inputs)
        found.append((float(skills(smoothers, behind).max()), _of_group(smoothers, behind)))
        by_chance = np.maximum(by_chance, skills(smoothers, shuffled).reshape(permutations, others).max(axis=1))
    return [_learnt(skill, worth, by_chance) for skill, worth in found]


def worlds_to_tell_apart(inputs: int, share: float) -> int:
    """Return the number of worlds to tell an input that brings about a share of the variance from many that may not.

    By Fisher's transformation of a correlation: with a power of 80 %, at 5 % for all inputs together. It is rounded up
    to a power of 2, which suits a Sobol sequence.

    Parameters
    ----------
    inputs
        Number of inputs, of which each may be the one.
    share
        Share of the variance.
    """
    from scipy.special import ndtri

    reach = float(ndtri(1 - (1 - _CONFIDENCE) / (2 * inputs)) + ndtri(_POWER))
    return 1 << (ceil((reach / atanh(sqrt(share))) ** 2 + 3) - 1).bit_length()


def _learnt(found: float, worth: Worth, by_chance: _Floats) -> Learnt:
    """Return a value; what chance would find as well may be worth nothing."""
    chance = float((1 + (by_chance >= found).sum()) / (1 + len(by_chance)))
    return Learnt(worth if chance <= 1 - _CONFIDENCE else worth._replace(low=0.0), chance)


def _best(means: _Floats) -> int:
    """Return the option that is best on average over the worlds."""
    return int(means.mean(axis=0).argmax())


def _behind(values: _Floats, best: int) -> _Floats:
    """Return by how much each other option is better than the one that is best on average."""
    behind: _Floats = np.delete(values - values[..., [best]], best, axis=-1)
    return behind


def _without_noise(values: _Floats, best: int) -> _Floats:
    """Return by how much each other option is better than `best` in each world, without the noise of replications.

    The means over replications are drawn together by the linear map that turns their covariance into that of the worlds
    alone, so that the distribution is right where it is normal, and unchanged where there is no noise.
    """
    worlds, replications, _ = values.shape
    behind = _behind(values, best)
    means = behind.mean(axis=1)
    around = (behind - means[:, None]).reshape(-1, means.shape[1])
    noise = around.T @ around / (worlds * (replications - 1)) / replications
    middle = means.mean(axis=0)
    spread = (means - middle).T @ (means - middle) / max(worlds - 1, 1)
    root, inverse = _roots(spread)
    shares, axes = np.linalg.eigh(inverse @ noise @ inverse)
    kept = np.sqrt(np.clip(1 - shares, 0, 1))
    drawn: _Floats = middle + (means - middle) @ (root @ axes @ np.diag(kept) @ axes.T @ inverse).T
    return drawn


def _roots(matrix: _Floats) -> tuple[_Floats, _Floats]:
    """Return the square root of a covariance, and its pseudo-inverse."""
    values, axes = np.linalg.eigh(matrix)
    there = values > 1e-12 * max(float(values.max()), np.finfo(float).tiny)
    root = np.sqrt(np.where(there, values, 0.0))
    inverse = np.divide(1.0, root, out=np.zeros_like(root), where=there)
    return (axes * root) @ axes.T, (axes * inverse) @ axes.T


def _regrets(behind: _Floats) -> _Floats:
    """Return what choosing world by world gains over choosing each option in all of them; the value is the least.

    Parameters
    ----------
    behind
        By how much each other option is better than the best on average: worlds first, options last.
    """
    best: _Floats = np.maximum(behind.max(axis=-1), 0.0).mean(axis=0)
    regrets: _Floats = best[..., None] - np.concatenate([np.zeros((*best.shape, 1)), behind.mean(axis=0)], axis=-1)
    return regrets


def _of_group(smoothers: Sequence[Smoother], behind: _Floats) -> Worth:
    """Return the value of a group of inputs by the maps that predict best from them."""
    hats = [smoother.hat() for smoother in best_smoothers(smoothers, behind)]
    whole = np.stack([hat @ column for hat, column in zip(hats, behind.T, strict=True)], axis=1)
    # The fit without a world is that with its value moved onto what the others predict for it.
    without = np.stack(
        [
            fit[:, None] - hat * ((column - fit) / (1 - hat.diagonal()))
            for hat, fit, column in zip(hats, whole.T, behind.T, strict=True)
        ],
        axis=2,
    )
    left_out = [_regrets(np.delete(without[:, world], world, axis=0)) for world in range(len(behind))]
    return _jackknife(_regrets(whole), np.array(left_out))


def _jackknife(regrets: _Floats, left_out: _Floats) -> Worth:
    """Return the least regret without its bias, and its interval.

    The regret of each option is freed of its bias by the jackknife. Which one is the least is itself uncertain, so that
    the least of the estimates is too small: by how much is seen by adding their errors once more (normal, correlated as
    their jackknife values are). The interval holds whichever it is: it begins at the least of all lower ends, and ends
    at the least of upper ends that hold together (Bonferroni). A regret is never below 0 and its estimate skew to the
    right, so the upper end is that of its square root (Student's t).

    Parameters
    ----------
    regrets
        Of each option.
    left_out
        The same without one world, shape (worlds, options).
    """
    from scipy.special import stdtrit

    count = len(left_out)
    around = (left_out - left_out.mean(axis=0)) * sqrt((count - 1) / count)
    freed = np.maximum(regrets - (count - 1) * (left_out.mean(axis=0) - regrets), 0.0)
    errors = np.sqrt((around**2).sum(axis=0))
    tail = (1 - _CONFIDENCE) / 2
    at_least = freed - stdtrit(count - 1, 1 - tail) * errors
    low, least = float(at_least.min()), float(freed.min())
    near = at_least <= least
    root, half = np.sqrt(freed[near]), stdtrit(count - 1, 1 - tail / near.sum()) * errors[near]
    reach = np.divide(half, 2 * root, out=np.zeros_like(half), where=root > 0)
    high = float(((root + reach) ** 2).min())
    again = freed + np.random.default_rng(count).normal(size=(_RESAMPLES, count)) @ around
    too_small = least - float(np.maximum(again, 0.0).min(axis=1).mean())
    return Worth(min(max(least + too_small, low, 0.0), high), max(0.0, low), high)
