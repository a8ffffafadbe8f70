"""A set of worlds in which a question is asked, one after another: the fits of a calibration, or plausible worlds."""

from collections.abc import Iterator
from typing import Final, NamedTuple, Protocol

from simulator.running.question import Question


class Sort(NamedTuple):
    """What the worlds of a set are called in answers, in files and in options."""

    one: str
    many: str
    best: str
    """The first of them, within a sentence."""
    beside: int = 0
    """Worlds at the beginning that are reported beside the others and not counted among them."""


FITS: Final = Sort("fit", "fits", "best fit")
PLAUSIBLE: Final = Sort("world", "worlds", "assumed values", 1)


class Worlds(Protocol):
    """Worlds by number, the likeliest first."""

    @property
    def sort(self) -> Sort:
        """What they are."""

    @property
    def basis(self) -> str:
        """What they are and what their spread shows, in sentences."""

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
