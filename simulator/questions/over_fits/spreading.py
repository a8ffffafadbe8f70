"""Tables over the fits: what each number of an answer is in the best fit, on average, and where the others lie."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from warnings import catch_warnings, simplefilter

import numpy as np

from simulator.answers.spread import Spread, Value
from simulator.questions.calibrate.fits import INSIDE
from simulator.running.targets import Floats
from simulator.running.worlds import Sort

if TYPE_CHECKING:
    import pandas as pd

_AT: Final = [(1 - INSIDE) / 2, 0.5, (1 + INSIDE) / 2]


class Table(NamedTuple):
    """A table over the fits, and the numbers of each fit behind it."""

    spread: Spread
    frame: "pd.DataFrame"
    """A row for each key and column spread: fits, best, mean, median, lowest, low, high, highest, less, more."""
    by_fit: Floats
    """The numbers, shape (rows, fits); not-a-number or infinite where a fit has none. All worlds of the set."""


def spread_over(spread: Spread, tables: "Sequence[pd.DataFrame]", baseline: str, sort: Sort) -> Table:
    """Spread a table over the fits, or other worlds, given as each has it, the best first.

    `less` and `more` count the fits in which the number is below or above that of the baseline; of a difference from
    it, below or above 0.
    """
    import pandas as pd

    keys = list(spread.keys)
    unique = [table.drop_duplicates(keys) for table in tables]
    indexed = [table.set_index(pd.MultiIndex.from_frame(table[keys])) for table in unique]
    index = pd.MultiIndex.from_frame(pd.concat([table[keys] for table in unique]).drop_duplicates())
    frames, numbers = [], []
    for value in spread.values:
        mean, low, high = (_numbers(indexed, index, column, spread.empty) for column in _columns(value))
        frame = index.to_frame(index=False)
        if len(spread.values) > 1:
            frame["column"] = value.column
        frames.append(
            frame.assign(
                **_ends(mean, low, high, spread.between, sort),
                **_sides(spread, index, mean[:, sort.beside :], baseline),
            )
        )
        numbers.append(mean)
    return Table(spread, pd.concat(frames, ignore_index=True), np.concatenate(numbers))


def _columns(value: Value) -> tuple[str, str, str]:
    return value.column, value.low or value.column, value.high or value.column


def _numbers(tables: "Sequence[pd.DataFrame]", index: "pd.MultiIndex", column: str, empty: float) -> Floats:
    """Return a column of every fit, shape (rows, fits)."""
    numbers = np.array([table[column].reindex(index).to_numpy(float) for table in tables]).T
    return np.where(np.isnan(numbers), empty, numbers)


def quantiles(values: Floats, between: bool) -> Floats:
    """Return the lower end of nine in ten, the median and the upper end of the last axis, on a new first one.

    Unless they may lie `between` two answers, every one is the answer of a fit, infinite where that has no number.
    """
    with catch_warnings():
        simplefilter("ignore", RuntimeWarning)  # measures that no fit has are not numbers
        found: Floats = np.nanquantile(values, _AT, axis=-1, method="linear" if between else "inverted_cdf")
    return found


def _ends(mean: Floats, low: Floats, high: Floats, between: bool, sort: Sort) -> dict[str, Any]:
    """Return the columns that say where the fits lie; empty where there is no number."""
    best = mean[:, 0]
    mean, low, high = (numbers[:, sort.beside :] for numbers in (mean, low, high))
    with catch_warnings():
        simplefilter("ignore", RuntimeWarning)
        columns = {
            "best": best,
            "mean": np.nanmean(mean, axis=1),
            "median": quantiles(mean, between)[1],
            "lowest": np.nanmin(low, axis=1),
            "low": quantiles(low, between)[0],
            "high": quantiles(high, between)[2],
            "highest": np.nanmax(high, axis=1),
        }
    known = {name: np.where(np.isfinite(column), column, np.nan) for name, column in columns.items()}
    return {sort.many: np.isfinite(mean).sum(axis=1), **known}


def _sides(spread: Spread, index: "pd.MultiIndex", numbers: Floats, baseline: str) -> dict[str, Any]:
    """Count the fits on either side of the baseline; not where a row is that of the baseline itself."""
    import pandas as pd

    if not spread.compared or "framework" not in spread.keys:
        return {}
    differences = numbers
    if "baseline" not in spread.keys:
        of_baseline = pd.MultiIndex.from_frame(index.to_frame(index=False).assign(framework=baseline))
        places = index.get_indexer(of_baseline)
        others = (places >= 0) & (index.get_level_values("framework") != baseline)
        with np.errstate(invalid="ignore"):
            differences = np.where(others[:, None], numbers - numbers[places], np.nan)
    counted = ~np.isnan(differences).all(axis=1)
    counts = {"less": (differences < 0).sum(axis=1), "more": (differences > 0).sum(axis=1)}
    return {name: np.where(counted, count, np.nan) for name, count in counts.items()}
