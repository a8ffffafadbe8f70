"""Tables of events as Parquet: each run writes its own, and they are joined in the order of the replications."""

import io
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from simulator.engine.tables import Tables

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

Events = Literal["none", "first", "all"]
"""Of which replications tables of events are kept."""
EVENTS: Final = ("inspections", "episodes", "backlog", "assessments", "duties", "lives")


def encoded_tables(framework: str, replication: int, tables: Tables) -> dict[str, bytes]:
    """Write the tables of one run, each as a Parquet file by its name."""
    return {name: encoded_table(framework, replication, getattr(tables, name)) for name in EVENTS}


def encoded_table(framework: str, replication: int, frame: "pd.DataFrame") -> bytes:
    """Write a table of one run as a Parquet file; the columns framework and replication come first."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = _plain(pa.Table.from_pandas(frame, preserve_index=False))
    table = table.add_column(0, "replication", pa.repeat(pa.scalar(replication, pa.int32()), len(frame)))
    table = table.add_column(0, "framework", pa.repeat(pa.scalar(framework, pa.string()), len(frame)))
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="zstd")
    return buffer.getvalue()


def of_fit(fit: int, content: bytes) -> bytes:
    """Return the table of one run with the column fit, which comes first: in the world of which fit it was made."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pq.read_table(io.BytesIO(content))
    table = table.add_column(0, "fit", pa.repeat(pa.scalar(fit, pa.int32()), len(table)))
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="zstd")
    return buffer.getvalue()


def join_tables(path: Path, tables: Iterable[bytes]) -> None:
    """Write one Parquet file from those of runs, holding one of them at a time; no file if there are none."""
    import pyarrow.parquet as pq

    writer = None
    try:
        for content in tables:
            table = pq.read_table(io.BytesIO(content))
            writer = writer or pq.ParquetWriter(path, table.schema, compression="zstd")
            writer.write_table(table)
    finally:
        if writer is not None:
            writer.close()


def _plain(table: "pa.Table") -> "pa.Table":
    """Convert names to text and moments to milliseconds, and leave out the name of the program that wrote them."""
    import pyarrow as pa

    fields = []
    for field in table.schema:
        kind = field.type
        if pa.types.is_dictionary(kind) or pa.types.is_large_string(kind):
            kind = pa.string()
        elif pa.types.is_timestamp(kind):
            kind = pa.timestamp("ms")
        fields.append(pa.field(field.name, kind))
    return table.cast(pa.schema(fields))
