"""How far a search is whose length nobody knows: runs done, and about how many there will be."""

from collections.abc import Callable
from typing import Final, NamedTuple

from simulator.running.staffing_levels import Level
from simulator.running.targets import Standing

POINTS: Final = 12
"""Numbers tried out under one framework, about, as long as none is finished."""


class Progress(NamedTuple):
    """How far it is."""

    done: int
    """Runs done."""
    about: int
    """Runs that there will have been in the end, about."""
    level: Level
    """What is being tried out."""
    standing: Standing | None
    """How things stand with it, once that is decided."""


Told = Callable[[Progress], None]
"""Is told how far it is: before the first run, after each batch, and when a number is decided."""


class Pace:
    """Counts runs, and reckons how many there will be from what the frameworks before took."""

    def __init__(self, frameworks: int, told: Told | None) -> None:
        self._told = told
        self._frameworks = frameworks
        self._finished = 0
        self._before = 0
        """Runs of the levels that are decided."""
        self._now = 0
        self._level: Level | None = None
        self._most = 0
        self._points = 0
        self._of_framework = 0
        """Runs under the frameworks that are finished."""

    def point_begins(self, level: Level, replications: int) -> None:
        """A number is tried out, or in more replications."""
        self._level, self._most = level, max(self._most, replications)

    def runs(self, done: int, _of: int) -> None:
        """So many runs of the number being tried out are done."""
        self._now = done
        self._tell(None)

    def point_done(self, level: Level, standing: Standing) -> None:
        """It is decided how things stand with a number."""
        self._level = level
        self._before += self._now
        self._now = 0
        self._points += 1
        self._tell(standing)

    def framework_done(self) -> None:
        """All that is to be known of a framework is known."""
        self._finished += 1
        self._of_framework = self._before
        self._points = 0

    def about(self) -> int:
        """Reckon how many runs there will be: as many under each framework as the finished ones took on average."""
        done = self._before + self._now
        if self._finished:
            runs = self._of_framework / self._finished
        else:
            runs = done / max(self._points, 1) * POINTS if self._points else self._most * POINTS
        this = max(runs, done - self._of_framework)
        left = self._frameworks - self._finished - 1
        return max(done, round(self._of_framework + this + max(left, 0) * runs))

    def _tell(self, standing: Standing | None) -> None:
        if self._told is not None and self._level is not None:
            self._told(Progress(self._before + self._now, self.about(), self._level, standing))
