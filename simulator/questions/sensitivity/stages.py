"""The stages of a sensitivity analysis, each run in a folder of its own."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from simulator.inputs.messages import InputError, Named
from simulator.questions.sensitivity.assumptions import Assumption
from simulator.questions.sensitivity.plausible_worlds import Plan, Rows, identity_of, plausible_worlds, read_rows
from simulator.running.all_failed import OF_ROWS, check_not_all_failed
from simulator.running.batch_files import BatchFolder
from simulator.running.batches import Failure
from simulator.running.crews import Crewing
from simulator.running.interruption import Interruption
from simulator.running.question import Question
from simulator.running.replicating import Progress, replicate
from simulator.running.targets import Floats, Quantity
from simulator.statistics.sobol import LEAST_ROWS


class Stages:
    """Carries out one stage after another, each in a folder of its own."""

    def __init__(
        self,
        question: Question,
        quantity: Quantity,
        folder: Path,
        crewing: Crewing,
        resume: bool,
        heard: Interruption,
        progress: Progress | None,
    ) -> None:
        self._question, self._quantity, self._folder = question, quantity, folder
        self._crewing, self._resume, self._heard, self._progress = crewing, resume, heard, progress
        self._before = self._total = 0
        self.rows = Rows(np.empty(0), np.empty(0), np.empty(0), ())
        self.failures: list[Failure] = []

    def expect(self, runs: int) -> None:
        """Set the number of runs to expect, each of both frameworks."""
        self._total = runs

    def run(
        self,
        name: str,
        assumptions: Sequence[Assumption],
        plan: Plan,
        design: Sequence[str] = (),
        *,
        may_end_early: bool = False,
    ) -> Floats:
        """Run what is not finished of a plan, and return the differences, shape (rows, points)."""
        work = plausible_worlds(self._question, assumptions, plan, self._crewing.engine)
        kept = BatchFolder(self._folder / name)
        told = {"stage": name, "singly": list(design), "points": plan.replications.shape[1]}
        kept.begin(identity_of(self._question, assumptions, told), self._resume)
        rows = len(plan.replications)
        replicate(work, rows, self._crewing, kept, self._tell, self._heard, largest=1)
        read = read_rows(kept, work)
        finished = len(read.values)
        if finished < rows and not (may_end_early and finished >= LEAST_ROWS):
            raise KeyboardInterrupt
        if read.cannot.all():
            raise InputError(
                "no world within the ranges can be run, for example for want of inspectors for a team. Add "
                "inspectors, or vary fewer assumptions (",
                Named("vary"),
                ")",
            )
        check_not_all_failed(read.failures, finished * len(work.cases), OF_ROWS)
        self._before += rows * len(work.cases)
        self.rows = read
        self.failures += [failure._replace(case=f"{name}: {failure.case}") for failure in read.failures]
        values = read.values[..., *self._quantity.place]
        return values[..., 0] - values[..., 1]

    def _tell(self, done: int, _of: int) -> None:
        if self._progress is not None:
            self._progress(self._before + done, self._total)
