"""Settings that share a past: it is run once, and each of them goes on from a copy.

Until the day on which they begin to differ, two frameworks agree to the last bit. So what a comparison runs before
that day, its warm-up above all, need not be run for each framework. Until that day a run depends on the frameworks in
force and on the inspectors of the inspection year that has begun, never on what comes later: later frameworks only
ask for slots, in which nothing is planned yet, and are given the same.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

import numpy as np

from simulator.engine.compiled_engine import Run
from simulator.engine.setting import Room, Setting
from simulator.engine.trace import Recorder, Trace
from simulator.ticks import MONTHS

MOST_PROVIDERS: Final = 100_000
"""Providers of a setting, at most, whose past is shared: for so many a copy takes some 30 MB of memory."""

_ALIKE: Final = ("epoch", "begins", "measured_from", "horizon", "seed", "takeovers", "targets", "starting_backlog")
_ALIKE_TABLES: Final = (
    "providers",
    "opens",
    "closes",
    "authorities",
    "services",
    "month_starts",
    "of_rounds",
    *("inspectors", "travel", "lenders"),
)


class SharedPast(NamedTuple):
    """Settings that are the same until a framework takes over in each of them."""

    until: int
    """Tick at which it does."""
    settings: tuple[int, ...]
    """Their positions among those asked about."""
    room: Room
    """Slots that are enough for all of them."""


class Past:
    """A replication until a moment, from which settings that share it go on; nothing that they do changes it."""

    def __init__(self, run: Run, until: int) -> None:
        self._run = run
        self._until = until

    def goes_on(self, setting: Setting) -> tuple[Trace, Recorder | None]:
        """Run on to the horizon under a setting, and return the trace and a copy of the recorder that has the rest.

        Raises
        ------
        ValueError
            If this is not the past of the setting.
        """
        begun = self._run.setting
        if not _have_same_past(begun, setting, self._until):
            raise ValueError(f"{setting.timeline} does not have the past of {begun.timeline}")
        run = self._run.copied(replace(setting, at_least=begun.room))
        return run.finish(), run.recorder


def run_until(setting: Setting, replication: int, shared: SharedPast, recorder: Recorder | None = None) -> Past:
    """Run a replication of one of the settings that share a past, up to the moment before they part.

    Parameters
    ----------
    setting
        One of them.
    replication
        Its number.
    shared
        What they share.
    recorder
        Is handed the rows of the long tables (`simulator.engine.run.simulate`).
    """
    run = Run(replace(setting, at_least=shared.room), replication, recorder)
    run.go_to(shared.until)
    return Past(run, shared.until)


def shared_pasts(settings: Sequence[Setting]) -> tuple[SharedPast, ...]:
    """Find which settings share a past, and until when: each with as many years of it as another also has."""
    found: list[SharedPast] = []
    left = [position for position, setting in enumerate(settings) if len(setting.providers) <= MOST_PROVIDERS]
    for until in sorted({time for setting in settings for time in setting.takeovers}, reverse=True):
        groups = _groups(settings, left, until)
        found += [_shared(settings, group, until) for group in groups if len(group) > 1]
        left = [group[0] for group in groups if len(group) == 1]
    return tuple(found)


def _groups(settings: Sequence[Setting], positions: Sequence[int], until: int) -> list[list[int]]:
    """Put those of some settings together that are the same until a tick."""
    groups: list[list[int]] = []
    for position in positions:
        of_it = (group for group in groups if _have_same_past(settings[group[0]], settings[position], until))
        group = next(of_it, None)
        if group is None:
            groups.append([position])
        else:
            group.append(position)
    return groups


def _shared(settings: Sequence[Setting], group: Sequence[int], until: int) -> SharedPast:
    rooms = [settings[position].room for position in group]
    return SharedPast(until, tuple(group), Room(*(max(numbers) for numbers in zip(*rooms, strict=True))))


def _have_same_past(one: Setting, other: Setting, until: int) -> bool:
    """Report whether whatever happens before a takeover happens in the same way under two settings."""
    if any(getattr(one, name) != getattr(other, name) for name in _ALIKE) or until not in one.takeovers:
        return False
    in_force = one.takeovers.index(until) + 1
    begun = int(np.searchsorted(one.month_starts, until))
    foreseen = -(-begun // MONTHS) * MONTHS  # samples are planned to the inspectors of the whole inspection year
    return (
        all(_is_same(getattr(one, name), getattr(other, name)) for name in _ALIKE_TABLES)
        and _is_same(one.policies[:in_force], other.policies[:in_force])
        and one.pools == other.pools
        and _is_same(one.capacity[:, :foreseen], other.capacity[:, :foreseen])
        and _is_same(one.posts[:, :begun], other.posts[:, :begun])
        and _leave_alike(one, other)
    )


def _leave_alike(one: Setting, other: Setting) -> bool:
    """Report whether inspectors who leave at random do so in the same months: where they do, none are varied."""
    pairs = zip(one.establishments, other.establishments, strict=True)
    return all(mine == others or not (mine.is_random or others.is_random) for mine, others in pairs)


def _is_same(one: Any, other: Any) -> bool:
    return one is other or (one.shape == other.shape and one.tobytes() == other.tobytes())
