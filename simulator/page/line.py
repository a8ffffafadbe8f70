"""Whose turn it is: clients in turn, and of each client its runs in their order.

Somebody who asks for twenty runs waits for them longer, not everybody else.
"""

from collections import deque
from collections.abc import Iterator
from typing import NamedTuple


class Waiting(NamedTuple):
    """A run in the line."""

    run_id: str
    size: int
    """How much it is, in years simulated; for telling how long it will take until a turn."""


class Progress(NamedTuple):
    """How far an open run is."""

    place: int
    """In the line, the next one being 1; 0 if it is under way."""
    done: int
    of: int
    """Simulations; 0 if it has not begun."""
    seconds_left: float | None
    """Until it is finished, its wait included; None if it is too early to say."""


class Line:
    """A line of runs. It is no more than an order: who may use it when is for its owner to see to."""

    def __init__(self) -> None:
        self._clients: deque[tuple[str, deque[Waiting]]] = deque()

    def __len__(self) -> int:
        return sum(len(runs) for _, runs in self._clients)

    def join(self, client: str, waiting: Waiting) -> None:
        """Put a run behind those of the same client; a new client behind all others."""
        for name, runs in self._clients:
            if name == client:
                runs.append(waiting)
                return
        self._clients.append((client, deque([waiting])))

    def next(self) -> tuple[str, Waiting] | None:
        """Take out the run whose turn it is, with its client, who goes behind all others; None if nobody waits."""
        if not self._clients:
            return None
        client, runs = self._clients.popleft()
        waiting = runs.popleft()
        if runs:
            self._clients.append((client, runs))
        return client, waiting

    def leave(self, run_id: str) -> bool:
        """Take out a run; say whether it was there."""
        for client, runs in list(self._clients):
            found = [run for run in runs if run.run_id == run_id]
            if found:
                runs.remove(found[0])
                if not runs:
                    self._clients.remove((client, runs))
                return True
        return False

    def of(self, client: str) -> int:
        """Count the runs of a client."""
        return sum(len(runs) for name, runs in self._clients if name == client)

    def order(self) -> Iterator[Waiting]:
        """Return the runs in the order of their turns, if nobody joins."""
        copies = deque(deque(runs) for _, runs in self._clients)
        while copies:
            runs = copies.popleft()
            yield runs.popleft()
            if runs:
                copies.append(runs)
