"""A batch: some replications of some work, and what came out of them.

Work is a question put to many replications. It has cases (for a comparison, the frameworks), and knows how to run one
case in one replication and what to read off. How the replications are cut into batches, who carries them out and in
which order changes nothing that comes out, for a replication depends on nothing but its number.
"""

import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

_LARGEST: Final = 25
"""Replications in a batch, at most, if nothing else is asked for: so much is lost at most by a sudden end."""
_ROUNDS: Final = 4
"""Batches for each worker, at least, so that none is idle for long while the last ones are under way."""

Array = npt.NDArray[Any]
Batch = tuple[int, ...]
"""Numbers of replications, one after another."""


class Reading(NamedTuple):
    """What is read off one case in one replication."""

    arrays: Mapping[str, Array]
    """By name; those of a name have one shape in all cases and replications."""
    tables: Mapping[str, bytes] = {}
    """By name, whole files (Parquet) that are kept as they are."""


class Failure(NamedTuple):
    """A run that failed."""

    case: str
    replication: int
    seed: int
    error: str
    """Type and message."""
    where: str
    """The last place of its traceback: file, line and function."""


class Work(Protocol):
    """What is to be carried out: it is pickled, and sent once to each worker."""

    @property
    def cases(self) -> Sequence[str]:
        """Names of the cases run in each replication."""

    @property
    def seed(self) -> int:
        """The seed that they share."""

    def prepare(self) -> None:
        """Make ready what all workers share, such as compiled code in its cache; called once, before they begin."""

    def in_replication(self, number: int) -> "Work":
        """Return the work as it is done in one replication, where what its cases share is run once."""

    def read(self, case: int, replication: int) -> Reading:
        """Run a case (by position) in a replication (by number), and read off what is wanted."""

    def blank(self) -> Mapping[str, Array]:
        """Return the arrays of a reading with nothing in them, for a run that failed."""


@dataclass(frozen=True)
class Outcome:
    """What came out of a batch, or of a part of it."""

    replications: Batch
    arrays: Mapping[str, Array]
    """By name; shape (replications, cases, ...)."""
    tables: Mapping[tuple[int, int, str], bytes] = field(default_factory=dict)
    """By replication, case (by position) and name."""
    failures: tuple[Failure, ...] = ()

    def only(self, replications: Batch) -> "Outcome":
        """Return the part of it that belongs to some of its replications."""
        rows = [self.replications.index(number) for number in replications]
        return Outcome(
            replications,
            {name: array[rows] for name, array in self.arrays.items()},
            {key: table for key, table in self.tables.items() if key[0] in replications},
            tuple(failure for failure in self.failures if failure.replication in replications),
        )

    def parted(self) -> "Iterator[Outcome]":
        """Part it so that each replication with a failure is alone, and the others are together as they come."""
        failed = {failure.replication for failure in self.failures}
        together: list[int] = []
        for number in self.replications:
            if number in failed:
                if together:
                    yield self.only(tuple(together))
                    together = []
                yield self.only((number,))
            else:
                together.append(number)
        if together:
            yield self.only(tuple(together))


def batch_size(replications: int, workers: int) -> int:
    """Return the number of replications in a batch if nothing else is asked for."""
    return max(1, min(_LARGEST, replications // (_ROUNDS * workers)))


def batches_of(replications: Sequence[int], size: int, small: int = 0) -> Iterator[Batch]:
    """Cut replications into batches.

    Parameters
    ----------
    replications
        Their numbers, ascending; where one is left out, a batch ends.
    size
        Replications in a batch, at most.
    small
        So many batches at the beginning are of one replication, so that something is finished soon.
    """
    batch: list[int] = []
    given = 0
    for number in replications:
        if batch and (number != batch[-1] + 1 or len(batch) == (1 if given < small else size)):
            yield tuple(batch)
            given += 1
            batch = []
        batch.append(number)
    if batch:
        yield tuple(batch)


def carried_out(work: Work, batch: Batch, stop: Callable[[], bool]) -> Outcome:
    """Run all cases of some work in the replications of a batch.

    Parameters
    ----------
    work
        What to run.
    batch
        In which replications.
    stop
        Asked before each run whether to end here. The replications finished in all cases until then are given.
    """
    finished: list[int] = []
    rows: list[list[Mapping[str, Array]]] = []
    tables: dict[tuple[int, int, str], bytes] = {}
    failures: list[Failure] = []
    for number in batch:
        row: list[Mapping[str, Array]] = []
        here = work.in_replication(number)
        for case in range(len(work.cases)):
            if stop():
                return _gathered(finished, rows, tables, failures)
            reading, failure = _one_run(here, case, number)
            if failure and stop():  # Ctrl-C may come out of a compiler as an error of its own
                return _gathered(finished, rows, tables, failures)
            row.append(reading.arrays)
            tables |= {(number, case, name): table for name, table in reading.tables.items()}
            failures += [failure] if failure else []
        finished.append(number)
        rows.append(row)
    return _gathered(finished, rows, tables, failures)


def _one_run(work: Work, case: int, number: int) -> tuple[Reading, Failure | None]:
    """Run a case; whatever is wrong with it is recorded and must not end the others."""
    try:
        return work.read(case, number), None
    except Exception as error:  # noqa: BLE001
        said = f"{type(error).__name__}: {' '.join(str(error).split())}"
        return Reading(work.blank()), Failure(work.cases[case], number, work.seed, said, _place(error))


def _place(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(last.filename).name}, line {last.lineno}, in {last.name}"


def _gathered(
    finished: Sequence[int],
    rows: Sequence[Sequence[Mapping[str, Array]]],
    tables: Mapping[tuple[int, int, str], bytes],
    failures: Sequence[Failure],
) -> Outcome:
    names = list(rows[0][0]) if rows else []
    return Outcome(
        tuple(finished),
        {name: np.array([[arrays[name] for arrays in row] for row in rows]) for name in names},
        {key: table for key, table in tables.items() if key[0] in finished},
        tuple(failure for failure in failures if failure.replication in finished),
    )
