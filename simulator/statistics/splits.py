"""Which assumption decides: a split of the worlds by one assumption, or by two, that a reader can follow.

A classification tree of depth 1 or 2 (Breiman and others, "Classification and Regression Trees", 1984): each split is
the one, of all assumptions and all places, after which the worlds on each side are most alike (Gini). How deep it goes
is decided by cross-validation, and a split is told only if it predicts worlds clearly better than none does.
"""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

_Floats = npt.NDArray[np.float64]
_Labels = npt.NDArray[np.int64]

DEEPEST: Final = 2
_FOLDS: Final = 10
_LEAST_SHARE: Final = 0.05
_LEAST: Final = 8
"""Worlds on each side of a split, at least: so many, or this share of all."""
CLEAR: Final = 1.96
"""Standard errors by which a deeper tree must predict better to be taken."""


@dataclass(frozen=True)
class Node:
    """Some worlds, and perhaps a split of them."""

    counts: tuple[int, ...]
    """Worlds in each class."""
    feature: int | None = None
    """Which assumption parts them; None if nothing does."""
    threshold: float = float("nan")
    """Its position, at most which a world belongs to `below`."""
    below: "Node | None" = None
    above: "Node | None" = None

    @property
    def size(self) -> int:
        """Number of worlds."""
        return sum(self.counts)

    @property
    def label(self) -> int:
        """The class that most of them are in."""
        return int(np.argmax(self.counts))

    @property
    def depth(self) -> int:
        """Splits one below the other."""
        return 1 + max(self.below.depth, self.above.depth) if self.below and self.above else 0

    def leaves(self) -> "list[Node]":
        """Return the nodes that are not split, from below to above."""
        return [*self.below.leaves(), *self.above.leaves()] if self.below and self.above else [self]


class Decision(NamedTuple):
    """What decides, and how well that predicts worlds that it was not made from."""

    tree: Node
    accuracy: float
    """Share of worlds that it predicts rightly, by cross-validation."""
    without: float
    """The same share if all worlds are taken for what most of them are."""


def decide(positions: _Floats, labels: _Labels, classes: int, seed: int) -> Decision:
    """Find the split, or the two levels of splits, that tell best which class a world is in.

    Parameters
    ----------
    positions
        Of the assumptions in each world, shape (worlds, assumptions).
    labels
        The class of each world, from 0, shape (worlds,).
    classes
        How many there are.
    seed
        Of the parts for cross-validation.

    Returns
    -------
    Decision
        Its tree has no split if none predicts clearly better than none at all.
    """
    folds = np.random.default_rng(seed).permutation(np.arange(len(labels)) % _FOLDS)
    commonest = labels == np.bincount(labels, minlength=classes).argmax()
    deeper = range(1, DEEPEST + 1)
    right = [commonest, *(_predicted_rightly(positions, labels, classes, depth, folds) for depth in deeper)]
    best = 0
    for depth in deeper:
        if _clearly_better(right[depth], right[best]):
            best = depth
    tree = grown(positions, labels, classes, best)
    return Decision(tree, float(right[best].mean()), float(right[0].mean()))


def _clearly_better(one: npt.NDArray[np.bool_], other: npt.NDArray[np.bool_]) -> bool:
    gain = one.astype(float) - other
    return bool(gain.mean() > CLEAR * gain.std(ddof=1) / np.sqrt(len(gain)))


def _predicted_rightly(
    positions: _Floats, labels: _Labels, classes: int, depth: int, folds: _Labels
) -> npt.NDArray[np.bool_]:
    """Report for each world whether a tree grown from the other parts predicts it."""
    right = np.zeros(len(labels), dtype=bool)
    for fold in range(_FOLDS):
        held = folds == fold
        if held.any() and not held.all():
            tree = grown(positions[~held], labels[~held], classes, depth)
            right[held] = predicted(tree, positions[held]) == labels[held]
    return right


def grown(positions: _Floats, labels: _Labels, classes: int, depth: int) -> Node:
    """Grow a tree with at most so many splits one below the other."""
    least = max(_LEAST, int(np.ceil(_LEAST_SHARE * len(labels))))
    return _grown(positions, labels, classes, depth, least)


def _grown(positions: _Floats, labels: _Labels, classes: int, depth: int, least: int) -> Node:
    counts = tuple(int(count) for count in np.bincount(labels, minlength=classes))
    split = _best_split(positions, labels, classes, least) if depth and max(counts) < len(labels) else None
    if split is None:
        return Node(counts)
    feature, threshold = split
    low = positions[:, feature] <= threshold
    below = _grown(positions[low], labels[low], classes, depth - 1, least)
    above = _grown(positions[~low], labels[~low], classes, depth - 1, least)
    if not below.depth and not above.depth and below.label == above.label:
        return Node(counts)  # it would predict the same on either side
    return Node(counts, feature, threshold, below, above)


def _best_split(positions: _Floats, labels: _Labels, classes: int, least: int) -> tuple[int, float] | None:
    """Find the split with the least impurity, if there is one with enough worlds on each side."""
    best, found = np.inf, None
    for feature in range(positions.shape[1]):
        order = np.argsort(positions[:, feature], kind="stable")
        places = positions[order, feature]
        below = np.cumsum(np.eye(classes)[labels[order]], axis=0)[:-1]
        above = below[-1] + np.eye(classes)[labels[order[-1]]] - below
        sizes = np.arange(1, len(labels))
        impurity = _impurity(below) + _impurity(above)
        allowed = (sizes >= least) & (len(labels) - sizes >= least) & (places[1:] > places[:-1])
        if allowed.any():
            at = int(np.argmin(np.where(allowed, impurity, np.inf)))
            if impurity[at] < best - 1e-12:
                best, found = float(impurity[at]), (feature, float(places[at] + places[at + 1]) / 2)
    return found


def _impurity(counts: _Floats) -> _Floats:
    """Compute Gini's impurity times the number of worlds."""
    sizes = counts.sum(axis=1)
    impure: _Floats = sizes - (counts**2).sum(axis=1) / np.maximum(sizes, 1)
    return impure


def predicted(tree: Node, positions: _Floats) -> _Labels:
    """Return the class that a tree predicts for each world."""
    if tree.feature is None or tree.below is None or tree.above is None:
        return np.full(len(positions), tree.label)
    low = positions[:, tree.feature] <= tree.threshold
    return np.where(low, predicted(tree.below, positions), predicted(tree.above, positions))
