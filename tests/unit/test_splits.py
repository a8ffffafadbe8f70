"""Splits of worlds: known ones are found, noise has none, and how well they predict is honest."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.statistics.splits import DEEPEST, decide, grown, predicted

RNG = np.random.default_rng(1)
WORLDS = RNG.random((200, 4))


def test_a_known_split_is_found() -> None:
    labels = (WORLDS[:, 2] > 0.6).astype(np.int64)
    found = decide(WORLDS, labels, 2, seed=1)
    tree = found.tree
    assert (tree.depth, tree.feature) == (1, 2)
    assert tree.threshold == pytest.approx(0.6, abs=0.02)
    assert tree.below is not None
    assert tree.above is not None
    assert (tree.below.counts[1], tree.above.counts[0]) == (0, 0)
    assert found.accuracy > 0.97
    assert found.without == pytest.approx(1 - labels.mean(), abs=0.01)


def test_two_levels_are_found_where_it_takes_two() -> None:
    labels = np.where(WORLDS[:, 0] <= 0.5, 0, np.where(WORLDS[:, 3] <= 0.4, 1, 2))
    found = decide(WORLDS, labels, 3, seed=1)
    assert found.tree.depth == DEEPEST
    assert {found.tree.feature, *(each.feature for each in (found.tree.below, found.tree.above) if each)} >= {0, 3}
    assert found.accuracy > 0.95
    assert [leaf.label for leaf in found.tree.leaves()] == [0, 1, 2]


def test_a_split_that_predicts_with_noise_says_how_well() -> None:
    labels = ((WORLDS[:, 1] > 0.5) ^ (RNG.random(200) < 0.2)).astype(np.int64)
    found = decide(WORLDS, labels, 2, seed=1)
    assert found.tree.feature == 1
    assert found.accuracy == pytest.approx(0.8, abs=0.06)


def test_noise_has_no_split() -> None:
    """In 40 cases of noise a split is told hardly ever; each has one that looks good where it was made."""
    told = 0
    for seed in range(40):
        rng = np.random.default_rng(seed)
        found = decide(rng.random((128, 8)), rng.integers(0, 2, 128), 2, seed)
        told += found.tree.depth > 0
    assert told <= 4


def test_worlds_that_are_all_alike_have_no_split() -> None:
    found = decide(WORLDS, np.zeros(200, dtype=np.int64), 4, seed=1)
    assert found.tree.depth == 0
    assert found.accuracy == found.without == 1


@given(st.integers(0, 10_000), st.integers(20, 60), st.integers(0, DEEPEST))
def test_leaves_part_the_worlds(seed: int, worlds: int, depth: int) -> None:
    rng = np.random.default_rng(seed)
    positions, labels = rng.random((worlds, 3)), rng.integers(0, 3, worlds)
    tree = grown(positions, labels, 3, depth)
    assert tree.depth <= depth
    assert np.array_equal(np.sum([leaf.counts for leaf in tree.leaves()], axis=0), tree.counts)
    assert min(leaf.size for leaf in tree.leaves()) >= min(8, worlds)
    right = sum(leaf.counts[leaf.label] for leaf in tree.leaves())
    assert (predicted(tree, positions) == labels).sum() == right
