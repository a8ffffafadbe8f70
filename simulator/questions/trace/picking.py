"""Picks one provider to be followed, by a plain rule: the ordinary one, the one found late, the one most in dispute."""

from collections.abc import Mapping, Sequence
from typing import Final, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.engine.run import simulate
from simulator.engine.setting import Setting
from simulator.engine.trace import Trace
from simulator.inputs.messages import InputError
from simulator.questions.trace.usual import Usual, usual_in
from simulator.world.quality import EXCELLENT, GOOD
from simulator.world.services import SERVICE_TYPES

Rule = Literal["ordinary", "good", "small", "late", "never_found", "apart"]
RULES: Final[Mapping[Rule, str]] = {
    "ordinary": "among all providers of its type, ordered by days poor and not found under the first framework, it is "
    "the middle one",
    "good": "among all providers of its type that are never poor in these years and judged good or better each time, "
    "it is the middle one",
    "small": "among those of its type with the fewest places, ordered by days poor and not found under the first "
    "framework, it is the middle one",
    "never_found": "among all providers of its type, it has the longest time poor that ends without an inspection "
    "having found it, under the first framework",
    "late": "among all providers of its type, it has the most days poor and not found under the first framework",
    "apart": "among all providers of its type, its days poor and not found differ most between the two frameworks",
}
"""Rules by name, and what each says of whom it picks."""


class Pick(NamedTuple):
    """A provider that was picked."""

    provider: str
    among: int
    """Providers of its type."""
    stands_out: bool
    """Whether the rule found what it looks for, and did not take the first for want of any."""
    usual: Usual


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
    rows = rows_of(first, service_type)
    trace = simulate(first, replication)
    unfound = ticks_unfound(trace, len(first.providers))[rows]
    usual = usual_in(trace, service_type, len(rows))
    if rule == "apart":
        score = np.abs(ticks_unfound(simulate(settings[1], replication), len(first.providers))[rows] - unfound)
    elif rule == "never_found":
        score = _never_found(trace, len(first.providers))[rows]
    elif rule == "late":
        score = unfound
    else:
        fitting = _fitting(rule, trace, first)[rows]
        there = np.flatnonzero(fitting) if fitting.any() else np.arange(len(rows))
        at = int(there[np.argsort(unfound[there], kind="stable")[(len(there) - 1) // 2]])
        return Pick(first.register[int(rows[at])], len(rows), bool(fitting.any()), usual)
    at = int(np.argmax(score))
    return Pick(first.register[int(rows[at])], len(rows), bool(score[at] > 0), usual)


def numbered(setting: Setting, service_type: str, number: int, replication: int) -> Pick:
    """Return the provider with a number within its type, from 1, and what becomes of all of its type."""
    rows = rows_of(setting, service_type)
    usual = usual_in(simulate(setting, replication), service_type, len(rows))
    return Pick(setting.register[int(rows[number - 1])], len(rows), True, usual)


def rows_of(setting: Setting, service_type: str) -> npt.NDArray[np.int64]:
    """Return the rows of the providers of a type in the register.

    Raises
    ------
    InputError
        If there is none.
    """
    rows = np.flatnonzero(setting.providers["service_type"] == SERVICE_TYPES.index(service_type))
    if not len(rows):
        raise InputError(f'there is no provider of the type "{service_type}" in the register')
    return rows


def _fitting(rule: Rule, trace: Trace, setting: Setting) -> npt.NDArray[np.bool_]:
    """Report which providers a rule picks the middle one of."""
    every = len(setting.providers)
    if rule == "good":
        done = trace.inspections[(trace.inspections["judged"] > 0) & (trace.inspections["ended"] > trace.measured_from)]
        worst = np.full(every, EXCELLENT + 1)
        np.minimum.at(worst, done["provider"], done["judged"])
        poor = np.zeros(every, dtype=np.bool_)
        poor[trace.episodes["provider"][trace.episodes["ended"] > trace.measured_from]] = True
        return (worst >= GOOD) & (worst <= EXCELLENT) & ~poor
    if rule == "small":
        places, types = setting.providers["places"], setting.providers["service_type"]
        fewest = np.full(len(SERVICE_TYPES), np.iinfo(np.int64).max)
        np.minimum.at(fewest, types, places)
        return np.asarray(places == fewest[types])
    return np.ones(every, dtype=np.bool_)


def _never_found(trace: Trace, providers: int) -> npt.NDArray[np.int64]:
    """Return the longest time of each provider that it was poor and that ended unfound, while measured, in ticks."""
    rows = trace.episodes
    missed = (
        (rows["detected"] > trace.horizon) & (rows["ended"] <= trace.horizon) & (rows["began"] >= trace.measured_from)
    )
    longest = np.zeros(providers, dtype=np.int64)
    np.maximum.at(longest, rows["provider"][missed], (rows["ended"] - rows["began"])[missed])
    return longest


def ticks_unfound(trace: Trace, providers: int) -> npt.NDArray[np.int64]:
    """Return for how long each provider was poor and not found while measured, in ticks: shape (providers,)."""
    episodes = trace.episodes
    until = np.minimum(np.minimum(episodes["detected"], episodes["ended"]), trace.horizon)
    lasted = np.maximum(until - np.maximum(episodes["began"], trace.measured_from), 0)
    total = np.zeros(providers, dtype=np.int64)
    np.add.at(total, episodes["provider"], lasted)
    return total
