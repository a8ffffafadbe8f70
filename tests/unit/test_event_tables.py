"""Tables of events as Parquet: the same bytes every time, and what was put in comes out."""

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from simulator.running.event_tables import encoded_table, join_tables

FRAME = pd.DataFrame(
    {
        "name": pd.Categorical(["b", "a", None]),
        "share": [1 / 3, np.nan, 2.0],
        "count": [1, 2, 3],
        "when": pd.Series(["2006-04-01", None, "2007-12-31"], dtype="datetime64[s]"),
    }
)


def test_parquet_is_the_same_every_time_and_reads_back(tmp_path: Path) -> None:
    for name in ("one", "two"):
        join_tables(tmp_path / name, (encoded_table("option-a", n, FRAME.iloc[: 4 - n]) for n in (1, 2)))
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    read = pq.read_table(tmp_path / "one")
    assert read.column_names == ["framework", "replication", *FRAME.columns]
    assert read["replication"].to_pylist() == [1, 1, 1, 2, 2]
    assert read["name"].to_pylist() == ["b", "a", None, "b", "a"]
    assert pd.isna(read.to_pandas()["when"][1])


def test_no_tables_make_no_file(tmp_path: Path) -> None:
    join_tables(tmp_path / "none", [])
    assert list(tmp_path.iterdir()) == []


def test_a_run_without_a_row_joins_in(tmp_path: Path) -> None:
    join_tables(tmp_path / "one", [encoded_table("option-a", 1, FRAME.iloc[:0]), encoded_table("option-a", 2, FRAME)])
    assert pq.read_table(tmp_path / "one")["replication"].to_pylist() == [2, 2, 2]
