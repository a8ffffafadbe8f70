"""No answer without a run: if every run failed, the first failure is reported instead."""

from collections.abc import Sequence
from typing import Final

from simulator.inputs.messages import InputError
from simulator.running.batches import Failure

OF_REPLICATIONS: Final = "replication {0.replication} of {0.case}"
"""Names a failed run where each row is a replication."""
OF_ROWS: Final = "{0.case} of row {0.replication}"
"""Names a failed run where each row is a row of a plan."""


def check_not_all_failed(failures: Sequence[Failure], runs: int, name: str = OF_REPLICATIONS) -> None:
    """Check that at least one run did not fail.

    Parameters
    ----------
    failures
        Runs that failed, in their order.
    runs
        Number of all runs finished.
    name
        How to name a run in the message.

    Raises
    ------
    InputError
        If every run failed.
    MemoryError
        If the first one failed for want of memory.
    """
    if len(failures) == runs:
        first = failures[0]
        if first.error.startswith(MemoryError.__name__):
            raise MemoryError(first.error)
        raise InputError(
            f"all {runs} runs failed; the first, {name.format(first)} with seed {first.seed}: {first.error} "
            f"({first.where})"
        )
