"""The worlds of a sensitivity analysis: where their assumptions lie, in which replications, and in which order."""

from collections.abc import Sequence

import numpy as np

from simulator.questions.sensitivity.assumptions import Assumption, Positions
from simulator.questions.sensitivity.found import CHANCE, OTHERS
from simulator.questions.sensitivity.plausible_worlds import Plan
from simulator.running.targets import Floats
from simulator.statistics.sobol import Indices, indices, sample, swapped


class Design:
    """The worlds: rows of two independent ones, and of the first one mixed with the second, group by group."""

    def __init__(self, every: Sequence[Assumption], singly: Sequence[Assumption], rows: int, seed: int) -> None:
        self.every, self.singly = tuple(every), tuple(singly)
        self.drawn = sample(rows, len(every), seed)
        keys = [assumption.key for assumption in every]
        alone = [np.array([key == assumption.key for key in keys]) for assumption in singly]
        others = ~np.any(alone, axis=0)
        columns = [*alone, *([others] if others.any() else [])]
        self.groups = [*(assumption.key for assumption in singly), *([OTHERS] if others.any() else []), CHANCE]
        a, b = self.drawn
        points = [a, b, *(swapped(self.drawn, column) for column in columns), a, b]
        ours, other = 2 * np.arange(rows) + 1, 2 * np.arange(rows) + 2
        numbers = [ours, other, *([ours] * len(columns)), other, ours]
        self.plan = Plan(np.stack(points, axis=1), np.stack(numbers, axis=1))

    def of_worlds(self, differences: Floats) -> Floats:
        """Return both replications of every world, shape (worlds, 2), the first worlds of all rows first."""
        return np.concatenate([differences[:, [0, -2]], differences[:, [1, -1]]])

    def positions(self, rows: int) -> Positions:
        """Return the positions of the assumptions in the worlds of the first rows."""
        return np.concatenate([self.drawn.a[:rows], self.drawn.b[:rows]])

    def indices(self, differences: Floats, seed: int) -> dict[str, Indices]:
        """Estimate the shares of variance."""
        found = indices(differences[:, 0], differences[:, 1], differences[:, 2:-1].T, seed)
        return dict(zip(self.groups, found, strict=True))
