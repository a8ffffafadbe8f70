"""A file that an answer leaves, declared once: what it holds, what its columns mean, and its sheet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from simulator.answers.meanings import Meaning

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class File:
    """A file that an answer may leave in the folder of its run."""

    name: str
    """In the folder; a ``*`` stands for any characters, and a name that ends in a slash is a folder."""
    holds: str = ""
    """What is in it, for the list of files; empty if another entry of the list covers it."""
    label: str = ""
    """On the tab of its sheet in the workbook, 31 characters at most; empty if it has none."""
    title: str = ""
    """Of the sheet."""
    intervals: str = ""
    """What the intervals in it are, if it has any."""
    columns: Mapping[str, Meaning] = field(default_factory=dict)
    """What its columns hold, unless they hold what they hold everywhere (`simulator.answers.columns`)."""
    picked: "Callable[[pd.DataFrame], pd.DataFrame] | None" = None
    """Returns the rows that its sheet shows, where that is not all of them: a long sheet takes long to write."""
    moved: Callable[[str], Meaning] | None = None
    """What its other columns hold, where their names are not known in advance."""

    @property
    def is_single(self) -> bool:
        """Whether the name is that of one file."""
        return not (self.name.endswith("/") or "*" in self.name)
