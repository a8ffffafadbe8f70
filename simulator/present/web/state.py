"""What the pages of a server share."""

from dataclasses import dataclass

from simulator.present.web.limits import Limits
from simulator.present.web.run_store import RunStore
from simulator.present.web.runs import Runs


@dataclass(frozen=True)
class State:
    """What the pages of a server share."""

    store: RunStore
    limits: Limits
    runs: Runs
