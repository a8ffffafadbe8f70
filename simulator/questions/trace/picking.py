"""Picks one provider to be followed, by a plain rule: the ordinary one, the one found late, the one most in dispute."""

from collections.abc import Mapping, Sequence
from typing import Final, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.engine.run import simulate
from simulator.engine.setting import Setting
from simulator.engine.trace import Trace
from simulator.inputs.messages import InputError
from simulator.world.services import SERVICE_TYPES

Rule = Literal["ordinary", "late", "apart"]
RULES: Final[Mapping[Rule, str]] = {
    "ordinary": "among all providers of its type, ordered by days poor and not found under the first framework, it is "
    "the middle one",
    "late": "among all providers of its type, it has the most days poor and not found under the first framework",
    "apart": "among all providers of its type, its days poor and not found differ most between the two frameworks",
}
"""Rules by name, and what each says of whom it picks."""


class Pick(NamedTuple):
    """A provider that was picked."""

    provider: str
    among: int
    """Providers of its type."""


def pick(settings: Sequence[Setting], service_type: str, rule: Rule, replication: int) -> Pick:
    """Pick a provider of a type by a rule; the same question picks the same one.

    Parameters
    ----------
    settings
        Of two frameworks, the first one being that which the rule looks at where it looks at one; same providers.
    service_type
        Name of the type.
    rule
        By which to pick; of several that fit it equally, the first in the register is taken.
    replication
        In which.

    Raises
    ------
    InputError
        If there is no provider of the type.
    """
    first = settings[0]
    rows = np.flatnonzero(first.providers["service_type"] == SERVICE_TYPES.index(service_type))
    if not len(rows):
        raise InputError(f'there is no provider of the type "{service_type}" in the register')
    unfound = ticks_unfound(simulate(first, replication), len(first.providers))[rows]
    if rule == "apart":
        other = ticks_unfound(simulate(settings[1], replication), len(first.providers))[rows]
        at = int(np.argmax(np.abs(other - unfound)))
    elif rule == "late":
        at = int(np.argmax(unfound))
    else:
        at = int(np.argsort(unfound, kind="stable")[(len(rows) - 1) // 2])
    return Pick(first.register[int(rows[at])], len(rows))


def ticks_unfound(trace: Trace, providers: int) -> npt.NDArray[np.int64]:
    """Return for how long each provider was poor and not found while measured, in ticks: shape (providers,)."""
    episodes = trace.episodes
    until = np.minimum(np.minimum(episodes["detected"], episodes["ended"]), trace.horizon)
    lasted = np.maximum(until - np.maximum(episodes["began"], trace.measured_from), 0)
    total = np.zeros(providers, dtype=np.int64)
    np.add.at(total, episodes["provider"], lasted)
    return total
