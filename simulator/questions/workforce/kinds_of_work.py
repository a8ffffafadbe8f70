"""The kinds of inspection in the order in which they go first, and what is counted of each."""

from collections.abc import Mapping
from typing import Final

from simulator.inspectorate.framework import Framework
from simulator.inspectorate.kinds import KINDS

COUNTS: Final[Mapping[str, tuple[str, str]]] = {
    "asked": ("Asked for", "inspections raised a year"),
    "done": ("Done", "inspections ended a year"),
    "late": ("Late", "statutory inspections a year that had not ended by their date"),
    "lapsed": ("Lapsed", "discretionary inspections a year that lapsed because no inspector had time"),
    "days": ("Inspector-days", "inspector-days of those done a year"),
}
"""Title and meaning of each count, by its name."""


def priorities(framework: Framework) -> list[tuple[str, int]]:
    """Return the kinds of inspection of a framework with their priority, those that go first before others."""
    named = {kind: framework.kinds[kind].priority for kind in KINDS if kind in framework.kinds}
    return sorted(named.items(), key=lambda pair: (pair[1], KINDS.index(pair[0])))
