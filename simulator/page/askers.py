"""Who asks for runs: how they are remembered, how often they may ask, and what they are refused."""

from collections import deque
from typing import Final, Literal, NamedTuple, Self

from simulator.page.run_store import Run, RunStore

_MINUTE: Final = 60.0
_MOST_CLIENTS: Final = 10_000
"""Clients remembered before those who did nothing for a minute are forgotten."""


class EachMinute:
    """Counts what every client does within a minute."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._times: dict[str, deque[float]] = {}

    def allows(self, client: str, now: float) -> bool:
        """Count one more act of a client at a time in seconds; return whether it is within the bound."""
        if len(self._times) > _MOST_CLIENTS:
            self._times = {name: times for name, times in self._times.items() if times[-1] > now - _MINUTE}
        times = self._times.setdefault(client, deque(maxlen=self._most))
        if len(times) == self._most and times[0] > now - _MINUTE:
            return False
        times.append(now)
        return True


class NotAskedError(Exception):
    """Somebody cancels a run who did not ask for it."""


class TooBusyError(Exception):
    """Nothing more can be taken on: the queue of a client or of all, the minute of a client or the disk is full."""

    def __init__(self, whose: Literal["client", "everybody", "minute", "disk"]) -> None:
        super().__init__(whose)
        self.whose = whose


class Asker(NamedTuple):
    """Somebody who asks for a run: whose turn it is, and who may cancel. Both are hashed."""

    client: str
    """Key of the address."""
    token: str
    """Key of the token for this run: it tells nothing of the same visitor's other runs."""

    @classmethod
    def of(cls, store: RunStore, run_id: str, address: str, token: str) -> Self:
        """Return who asks for a run; if the token is empty, the address serves as one."""
        return cls(store.keyed(address, 8), store.keyed(f"{run_id} {token or address}", 8))

    @property
    def kept(self) -> str:
        """What is kept with the run, while it is open."""
        return f"{self.client}-{self.token}"

    def others(self, run: Run) -> tuple[str, ...]:
        """Return those who also asked for a run."""
        return tuple(kept for kept in run.askers if kept.partition("-")[2] != self.token)

    def asked_for(self, run: Run) -> bool:
        """Return whether this one asked for a run."""
        return len(self.others(run)) < len(run.askers)


def first_client(run: Run) -> str:
    """Return the key of the client in whose turn a run is carried out."""
    return run.askers[0].partition("-")[0] if run.askers else ""
