"""Rules for the services of one local authority, written as numbers into a `POLICY` record."""

import numpy as np

from simulator.inspectorate.authority_rules import Alignment, Inclusion
from simulator.inspectorate.kinds import KINDS
from simulator.ticks import TICKS_PER_DAY
from simulator.world.services import AUTHORITY_SERVICES, SERVICE_TYPES


def write_alignment(policy: np.void, alignment: Alignment) -> None:
    """Write which services are inspected at the same time, by which kinds, how near each other, and what it saves."""
    together = [SERVICE_TYPES.index(name) for name in alignment.services]
    for at in together:
        policy["aligned"][at][together] = 1
        policy["aligned"][at, at] = 0
        policy["aligned_kind"][at][[KINDS.index(kind) for kind in alignment.kinds]] = 1
        policy["aligned_within"][at] = alignment.within_days * TICKS_PER_DAY
        policy["aligned_saving"][at] = alignment.saving


def write_inclusion(policy: np.void, inclusion: Inclusion) -> None:
    """Write which services of an authority a kind of inspection of the whole covers."""
    for name in inclusion.covers:
        policy["includes"][KINDS.index(inclusion.kind), AUTHORITY_SERVICES.index(name)] = 1
