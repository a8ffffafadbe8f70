"""What the pages of a server share."""

from dataclasses import dataclass

from simulator.page.limits import Limits
from simulator.page.run_store import RunStore
from simulator.page.runs import Runs


@dataclass(frozen=True)
class State:
    """What the pages of a server share."""

    store: RunStore
    limits: Limits
    runs: Runs
