"""Assumptions moved one at a time to either end of their range, all others as given."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from simulator.measures.bands import Band, Running
from simulator.questions.sensitivity.assumptions import Assumption
from simulator.questions.sensitivity.plausible_worlds import Plan
from simulator.running.replicating import FIRST_REPLICATION
from simulator.running.targets import Floats

_ENDS: Final = (0.0, 1.0)


class Swing(NamedTuple):
    """The difference between two frameworks with an assumption at one end of its range."""

    assumption: Assumption
    end: float
    """0 for the lower end, 1 for the upper."""
    difference: Band
    change: Band
    """From the difference with all as given, paired by replication."""


class Swings(NamedTuple):
    """Those of several assumptions."""

    given: Band
    """The difference with all as given."""
    swings: tuple[Swing, ...]
    """Of each assumption the lower end and then the upper."""
    replications: int

    def width(self, assumption: Assumption) -> float:
        """Return the larger of the two mean changes of an assumption; 0 if it changes nothing, or was not moved."""
        changes = [abs(float(swing.change.mean)) for swing in self.swings if swing.assumption.key == assumption.key]
        return max((change for change in changes if np.isfinite(change)), default=0.0)

    def by_width(self) -> list[Assumption]:
        """Return the assumptions, the one with the largest swing first."""
        every = list({swing.assumption.key: swing.assumption for swing in self.swings}.values())
        return sorted(every, key=lambda assumption: -self.width(assumption))


def swings_plan(assumptions: Sequence[Assumption], replications: int) -> Plan:
    """Plan a row with all as given, then one for each assumption at its lower end and one at its upper.

    The points of a row are the replications, the same ones in all rows.
    """
    count = len(assumptions)
    points = np.full((1 + len(_ENDS) * count, count), np.nan)
    for position in range(count):
        for at, end in enumerate(_ENDS):
            points[1 + len(_ENDS) * position + at, position] = end
    numbers = FIRST_REPLICATION + np.arange(replications)
    return Plan(
        np.repeat(points[:, None], replications, axis=1),
        np.repeat(numbers[None], len(points), axis=0),
    )


def swings_of(assumptions: Sequence[Assumption], differences: Floats) -> Swings:
    """Compute the swing of a difference by each assumption.

    Parameters
    ----------
    assumptions
        As planned.
    differences
        First framework less second, shape (rows, replications) as `swings_plan` has them.
    """
    levels = _band(differences.T)
    changes = _band((differences - differences[:1]).T)
    found = tuple(
        Swing(assumption, end, _at(levels, point), _at(changes, point))
        for point, (assumption, end) in enumerate(((assumption, end) for assumption in assumptions for end in _ENDS), 1)
    )
    return Swings(_at(levels, 0), found, differences.shape[1])


def _band(rows: Floats) -> Band:
    running = Running()
    for row in rows:
        running.add(row)
    return running.band()


def _at(band: Band, point: int) -> Band:
    return Band(band.mean[point], band.low[point], band.high[point])
