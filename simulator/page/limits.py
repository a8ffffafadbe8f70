"""How much the page takes on: from one client, at once, in time, in memory and on disk."""

from dataclasses import dataclass
from typing import Final

_MIB: Final = 2**20
GIB: Final = 2**30
DAY: Final = 24 * 60 * 60
"""Seconds."""


@dataclass(frozen=True)
class Limits:
    """Bounds of a server; the defaults suit a machine of two cores and 4 GB before the public."""

    jobs: int = 1
    """Runs carried out at once, each in a process of its own."""
    threads: int | None = None
    """Threads of each such process; if left out, the cores are shared out among them."""
    waiting: int = 200
    """Runs in the line, of everybody."""
    waiting_each: int = 5
    """Runs in the line or under way, of one client."""
    acts_a_minute: int = 30
    """Runs asked for and cancelled in a minute, of one client."""
    run_seconds: float = 15 * 60
    """Time that one run may take, without its wait."""
    memory: int = 4 * GIB
    """Bytes of address space of a process that carries out runs."""
    framework_years: int = 12_000
    """Years simulated in one run, over all replications and frameworks, warm-up included."""
    keep_seconds: float = 90 * DAY
    """Time after which a run that nobody has opened since is cleared."""
    keep_bytes: int = 2 * GIB
    """Space of all runs together on disk; beyond it those without an answer are cleared first, then those opened
    longest ago."""
    spare_bytes: int = 64 * _MIB
    """Space on disk that is left free: with less, no run is taken on or begun."""
    body_bytes: int = _MIB // 2
    """Size of what a form may send."""
    fields: int = 400
    """Fields that a form may send."""
    read_seconds: float = 20
    """Time in which a client must have sent its request."""
    answer_seconds: float = 120
    """Time in which a client must have taken its answer."""
    connections: int = 500
    """Connections at once; beyond it the server says that it is busy."""
