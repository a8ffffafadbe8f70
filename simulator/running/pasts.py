"""The pasts of one replication: each is run once, when a case first goes on from it, in this work or a later one."""

from collections.abc import Callable, Sequence
from typing import Final

from simulator.engine.past import MOST_PROVIDERS, Past, SharedPast
from simulator.engine.setting import Setting

Begin = Callable[[Setting, int, SharedPast], Past]
"""Runs what settings share in a replication, under one of them."""
_COPIES: Final = 4
"""Copies of the largest settings that share a past, for which memory is spent: some 120 MB."""


class Pasts:
    """What the settings of one replication share.

    A past is run under the setting that first asks for it. If that fails, nothing is kept, and the next one runs it
    again: so whatever is wrong with a setting ends no other.
    """

    def __init__(
        self,
        settings: Sequence[Setting],
        shared: Sequence[SharedPast],
        number: int,
        begun: dict[SharedPast, Past] | None = None,
    ) -> None:
        self._settings = settings
        self._shared: Final = {position: past for past in shared for position in past.settings}
        self._number = number
        self._begun: Final = {} if begun is None else begun

    def of(self, position: int, begin: Begin) -> Past | None:
        """Return the past of a setting, which `begin` runs if that is not done yet; None if it shares none."""
        shared = self._shared.get(position)
        if shared is None:
            return None
        if shared not in self._begun:
            self._begun[shared] = begin(self._settings[position], self._number, shared)
        return self._begun[shared]


class KeptPasts:
    """The pasts of the first replications, kept from one work to the next of a search: all its levels share them.

    They stay in memory, and with this process: a worker process begins without any.
    """

    def __init__(self, providers: int) -> None:
        self._most: Final = MOST_PROVIDERS * _COPIES // max(providers, 1)
        self._begun: dict[int, dict[SharedPast, Past]] = {}

    def of(self, number: int) -> dict[SharedPast, Past]:
        """Return the pasts of a replication that were begun, to add others to; those of few replications are kept."""
        return self._begun.setdefault(number, {}) if number <= self._most else {}

    def __reduce__(self) -> "tuple[type[KeptPasts], tuple[int]]":
        return KeptPasts, (MOST_PROVIDERS * _COPIES,)
