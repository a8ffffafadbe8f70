"""The folder of a comparison: its tables, and what its manifest says."""

from typing import TYPE_CHECKING

from simulator.questions.compare.comparison import Comparison
from simulator.running.event_tables import EVENTS, join_tables
from simulator.running.run_folder import (
    FAILURES,
    FRAMES,
    GAINS,
    PAIRING,
    PRECISION,
    REPLICATIONS,
    precision_frame,
    precision_told,
    provenance,
    write_question,
)
from simulator.running.store import RunFolder, Table

if TYPE_CHECKING:
    import pandas as pd


def write_comparison(folder: RunFolder, comparison: Comparison) -> None:
    """Write what came out of a comparison, and what it takes to run it again."""
    for name in FRAMES:
        folder.write_csv(f"{name}.csv", getattr(comparison, name))
    folder.write_csv_pieces(REPLICATIONS, comparison.replication_frames())
    folder.write_csv(PAIRING, comparison.pairing)
    if comparison.known:
        folder.write_csv(PRECISION, precision_frame(comparison.known))
    if comparison.failures:
        folder.write_csv(FAILURES, failures_frame(comparison))
    if len(comparison.gains):
        folder.write_csv(GAINS, comparison.gains)
    for name in EVENTS:
        join_tables(folder.path(f"{name}.parquet"), comparison.tables(name))
    write_question(folder, comparison.question)


def failures_frame(comparison: Comparison) -> "pd.DataFrame":
    """Lay out the runs that failed: columns framework, replication, seed, error, where."""
    import pandas as pd

    return pd.DataFrame(comparison.failures).rename(columns={"case": "framework"})


def manifest(comparison: Comparison, options: Table, times: Table) -> Table:
    """Say how a comparison was made.

    Parameters
    ----------
    comparison
        What came out.
    options
        Of the command, as given.
    times
        When it was made and how long it took; nothing else in a run's folder knows the time.
    """
    counted = {
        "replications": {"asked": comparison.asked, "finished": comparison.finished} | _precision(comparison),
        "failures": len(comparison.failures),
        "interrupted": comparison.interrupted,
    }
    return provenance(comparison.question, options, counted | times)


def _precision(comparison: Comparison) -> Table:
    """Say what precision was asked for and whether it was reached, where one was."""
    until = comparison.scenario.run.until
    if until is None:
        return {}
    return precision_told(until, comparison.plan, comparison.asked, comparison.known)
