"""The runs: every framework in many plausible worlds, all on common random numbers, with every measure read off."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple
from zipfile import BadZipFile

import numpy as np

from simulator.inputs.messages import InputError, Named
from simulator.questions.sensitivity.assumptions import Assumption, Positions, assumptions_of
from simulator.questions.sensitivity.beyond import Beyond, beyond
from simulator.questions.sensitivity.plausible_worlds import (
    Plan,
    Rows,
    identity_of,
    plausible_worlds,
    read_rows,
)
from simulator.questions.shared_options import LEAST_WORLDS
from simulator.questions.worth.ask import Worth
from simulator.running.all_failed import OF_ROWS, check_not_all_failed
from simulator.running.batch_files import BatchFolder
from simulator.running.crews import Crewing
from simulator.running.interruption import interruption
from simulator.running.question import Question
from simulator.running.replicating import Progress, replicate

RUNS: Final = "runs.npz"
"""File of every measure of every run."""


class Effort(NamedTuple):
    """The number of worlds and of replications to run."""

    worlds: int = Worth.worlds
    replications: int = Worth.replications


@dataclass(frozen=True)
class Worlds:
    """Every measure of every framework in the worlds that were finished."""

    question: Question
    assumptions: tuple[Assumption, ...]
    effort: Effort
    positions: Positions
    """Of the assumptions in each world, shape (worlds, assumptions)."""
    rows: Rows
    """What was read off the runs: a row for each world, a point for each of its replications."""
    identity: Mapping[str, Any]
    """What the runs were made from."""

    @property
    def finished(self) -> int:
        """Worlds finished: fewer than asked for if somebody pressed Ctrl-C."""
        return len(self.rows.values)

    @property
    def cannot(self) -> int:
        """Worlds that cannot be run."""
        return int(self.rows.cannot.all(axis=1).sum())

    def keep(self, path: Path) -> None:
        """Write every measure of every run, so that others can be read off without new runs."""
        told = np.frombuffer(json.dumps(self.identity).encode(), dtype=np.uint8)
        values, faster, cannot, _ = self.rows
        np.savez_compressed(path, values=values, faster=faster, cannot=cannot, identity=told)


def run_worlds(  # noqa: PLR0913  (a choice each)
    question: Question,
    *,
    assumptions: Sequence[Assumption] | None = None,
    effort: Effort | None = None,
    crewing: Crewing | None = None,
    progress: Progress | None = None,
    foretold: Callable[[Sequence[Beyond]], None] | None = None,
    batches: BatchFolder | None = None,
    resume: bool = False,
    earlier: Path | None = None,
) -> Worlds:
    """Run all frameworks of a question in plausible worlds.

    Parameters
    ----------
    question
        Scenario, frameworks and providers.
    assumptions
        To vary; if left out, all that have a range.
    effort
        How much is run.
    crewing, progress, batches, resume
        As for `simulator.questions.compare.comparison.compare`.
    foretold
        Called before the first run with the ends of ranges at which worlds cannot be run, if there are any.
    earlier
        Folder of an earlier answer: its runs are taken if they are those asked for.

    Raises
    ------
    InputError
        If something given cannot be used, or every run failed.
    KeyboardInterrupt
        If Ctrl-C is pressed before enough worlds were finished; what is finished is kept.
    """
    effort, crewing = effort or Effort(), crewing or Crewing()
    varied = list(assumptions_of(question) if assumptions is None else assumptions)
    _check(question, varied, effort)
    crewing.opener()
    positions = drawn(effort.worlds, len(varied), question.scenario.run.seed)
    told = identity_of(question, varied, {"worlds": effort.worlds, "replications": effort.replications})
    rows = _kept_in(earlier, told)
    if rows is None:
        if foretold is not None and (ends := beyond(question, varied)):
            foretold(ends)
        work = plausible_worlds(question, varied, _plan(positions, effort.replications), crewing.engine)
        batches = batches or BatchFolder.temporary()
        batches.begin(told, resume)
        with interruption() as heard:
            replicate(work, effort.worlds, crewing, batches, progress, heard, largest=1)
        rows = read_rows(batches, work)
        _check_read(rows)
    return Worlds(question, tuple(varied), effort, positions[: len(rows.values)], rows, told)


def drawn(worlds: int, assumptions: int, seed: int) -> Positions:
    """Draw the worlds: a Latin hypercube, whose columns are independent of one another.

    Those of a Sobol sequence are not, as long as it has few more points than columns: of 94 assumptions in 64 worlds
    two have a correlation of 0.9, and what one source could tell would pass for what another could.
    """
    from scipy.stats.qmc import LatinHypercube

    positions: Positions = LatinHypercube(assumptions, rng=np.random.default_rng(seed)).random(worlds)
    return positions


def _plan(positions: Positions, replications: int) -> Plan:
    """Return the runs: no two of all worlds are the same replication."""
    numbers = np.arange(1, len(positions) * replications + 1).reshape(len(positions), replications)
    return Plan(np.repeat(positions[:, None], replications, axis=1), numbers)


def _check(question: Question, assumptions: Sequence[Assumption], effort: Effort) -> None:
    if len(question.names) < 2:  # noqa: PLR2004  (nothing to choose from)
        raise InputError(Named("framework"), f": given one ({question.names[0]}); allowed: two or more, to choose from")
    if not assumptions:
        raise InputError("no assumption has a range to vary. Use a scenario with ranges in [evidence]")
    for name, given, least in (("worlds", effort.worlds, LEAST_WORLDS), ("replications", effort.replications, 2)):
        if given < least:
            raise InputError(Named(name), f": given {given}; allowed: {least} or more")


def _check_read(rows: Rows) -> None:
    finished, replications = rows.cannot.shape
    if finished < LEAST_WORLDS:
        raise KeyboardInterrupt
    if rows.cannot.all():
        raise InputError(
            "no world within the ranges can be run, for example for want of inspectors for a team. Add inspectors, or "
            "vary fewer assumptions (",
            Named("vary"),
            ")",
        )
    check_not_all_failed(rows.failures, finished * replications, OF_ROWS)


def _kept_in(folder: Path | None, told: Mapping[str, Any]) -> Rows | None:
    """Read the runs of an earlier answer, None if there are none, or they were made from something else."""
    path = folder / RUNS if folder else None
    if path is None or not path.is_file():
        return None
    try:
        with np.load(path) as file:
            same = json.loads(file["identity"].tobytes()) == json.loads(json.dumps(told))
            return Rows(file["values"], file["faster"], file["cannot"], ()) if same else None
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):  # damaged: the runs are made anew
        return None
