"""A set of worlds in which a question is asked, one after another: the fits of a calibration, or any other."""

from collections.abc import Iterator
from typing import Protocol

from simulator.running.question import Question


class Worlds(Protocol):
    """Worlds by number, the likeliest first."""

    @property
    def question(self) -> Question:
        """As asked, before any of them."""

    @property
    def name(self) -> str:
        """What the set is called."""

    @property
    def numbers(self) -> tuple[int, ...]:
        """Numbers of the worlds, in order."""

    def each(self) -> Iterator[tuple[int, Question]]:
        """Yield the number of each world, and the question in it.

        Raises
        ------
        InputError
            If the question cannot be asked in it.
        """
