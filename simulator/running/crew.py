"""What every crew can do that carries out batches, wherever it works."""

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager
from typing import Final, Protocol

from simulator.running.batch_files import Part
from simulator.running.batches import Batch, Work

LOCAL: Final = "local"
"""In place of the address of a cluster: one on this machine, begun and ended with the run."""
Stop = Callable[[], bool]
"""Returns whether batches under way are to end early, with the replications they have."""


class Crew(Protocol):
    """Who carries out the batches of some work."""

    @property
    def workers(self) -> int:
        """Batches carried out at a time."""

    @property
    def ahead(self) -> int:
        """Batches to hand in beyond those, so that nobody waits for work."""

    def submit(self, batch: Batch) -> "Future[list[Part]]":
        """Hand in a batch."""

    def renew(self) -> None:
        """Replace workers that were lost, so that batches can be handed in again."""

    def end_early(self) -> None:
        """End batches under way with the replications they have."""


CrewOpener = Callable[[Work, Stop], AbstractContextManager[Crew]]
"""Gathers a crew for some work; what it is at when the context ends is thrown away."""
