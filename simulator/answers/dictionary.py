"""The data dictionary of a run: a row for each column of each table in its folder."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from simulator.answers.columns import meaning_of
from simulator.answers.files import DICTIONARY
from simulator.answers.kind import Kind
from simulator.answers.meanings import Meaning

if TYPE_CHECKING:
    import pandas as pd

_COLUMNS: Final = ("file", "column", "type", "unit", "meaning", "values")


def dictionary_frame(kind: Kind, folder: Path, files: Sequence[str]) -> "pd.DataFrame":
    """Describe every column of the CSV and Parquet files of a run, and those of the dictionary itself.

    Parameters
    ----------
    kind
        Declares what the files hold.
    folder
        Where the files are.
    files
        Their names; those that are no tables are passed over.

    Returns
    -------
    DataFrame
        Columns file, column, type, unit, meaning, values.
    """
    import pandas as pd

    rows = [
        (file, column, *_described(meaning_of(kind, file, column)))
        for file in sorted({*files, DICTIONARY})
        for column in (_COLUMNS if file == DICTIONARY else _columns_of(folder / file))
    ]
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def _columns_of(path: Path) -> Iterator[str]:
    """Return the names of the columns of a table; none for other files."""
    if path.suffix == ".csv":
        import csv

        with path.open(encoding="utf-8", newline="") as file:
            yield from next(csv.reader(file), [])
    elif path.suffix == ".parquet":
        import pyarrow.parquet as pq

        yield from pq.read_schema(path).names


def _described(meaning: Meaning | None) -> tuple[str, str, str, str]:
    """Return type, unit, meaning and values of a column; those of a plain text, if the column is not described."""
    return (meaning.type, meaning.unit, meaning.meaning, meaning.values) if meaning else ("text", "", "", "")
