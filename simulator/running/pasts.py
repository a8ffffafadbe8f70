"""The pasts of one replication: each is run once, when a case first goes on from it."""

from collections.abc import Callable, Sequence
from typing import Final

from simulator.engine.past import Past, SharedPast
from simulator.engine.setting import Setting

Begin = Callable[[Setting, int, SharedPast], Past]
"""Runs what settings share in a replication, under one of them."""


class Pasts:
    """What the settings of one replication share.

    A past is run under the setting that first asks for it. If that fails, nothing is kept, and the next one runs it
    again: so whatever is wrong with a setting ends no other.
    """

    def __init__(self, settings: Sequence[Setting], shared: Sequence[SharedPast], number: int) -> None:
        self._settings = settings
        self._shared: Final = {position: past for past in shared for position in past.settings}
        self._number = number
        self._begun: dict[SharedPast, Past] = {}

    def of(self, position: int, begin: Begin) -> Past | None:
        """Return the past of a setting, which `begin` runs if that is not done yet; None if it shares none."""
        shared = self._shared.get(position)
        if shared is None:
            return None
        if shared not in self._begun:
            self._begun[shared] = begin(self._settings[position], self._number, shared)
        return self._begun[shared]
