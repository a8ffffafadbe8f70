"""The numbers of an answer that are spread over worlds: all that a question declares to be asked over a set of fits."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

    from simulator.running.question import Question

Row = Mapping[Any, Any]


class Value(NamedTuple):
    """A column of numbers, and those of the lower and the upper end of its range where it is itself a range."""

    column: str
    low: str = ""
    high: str = ""


class Spread(NamedTuple):
    """A table of an answer, as it is spread over the worlds in which the question is asked one after another."""

    file: str
    """Name of the table among the files of the answer."""
    keys: tuple[str, ...]
    """Columns that name a row."""
    values: tuple[Value, ...] = (Value("mean"),)
    told: "Callable[[pd.DataFrame, Question], pd.Series[bool]] | bool" = True
    """Which rows have a sentence and a place in the chart: all, none, or those that it picks."""
    title: str = ""
    """What the first column of numbers is in a sentence; if left out, the title of the column."""
    empty: float = float("nan")
    """What an empty value stands for: infinity where no number is enough, not-a-number where there is nothing."""
    between: bool = True
    """Whether a median may lie between the answers of two worlds."""
    compared: bool = True
    """Whether a row of one framework is compared with that of the baseline."""
    of: "Callable[[Any], pd.DataFrame] | None" = None
    """Returns the table of an answer that does not have it among its tables."""

    def over(self, many: str) -> str:
        """Name the file that holds the table over the ``fits`` or ``worlds``."""
        return f"{self.file.rpartition('/')[2].removesuffix('.csv')}_over_{many}.csv"
