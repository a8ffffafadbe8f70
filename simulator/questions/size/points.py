"""The numbers of inspectors that a search tries: what is run of each, and how it stands to the targets."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from simulator.engine.setting_checks import NoTeamError
from simulator.inputs.messages import InputError, Named
from simulator.measures.bands import running_of
from simulator.measures.names import ALL_SERVICES, BESIDE_SIZE
from simulator.questions.size.found import Effort, Point
from simulator.questions.size.guide import FEW, Seen
from simulator.running.batch_files import BatchFolder
from simulator.running.crews import Crewing
from simulator.running.interruption import Interruption
from simulator.running.pace import Pace
from simulator.running.pasts import KeptPasts
from simulator.running.question import Question
from simulator.running.replicating import replicate
from simulator.running.staffing_levels import Level, Read, StaffingLevels, identity_of, read_levels, staffing_levels
from simulator.running.targets import Floats, Quantity, Standing, Target, verdict


class Runs:
    """The work of levels, which share their pasts."""

    def __init__(self, question: Question, pool: str, crewing: Crewing) -> None:
        self.question, self.pool, self.crewing = question, pool, crewing
        self._kept = KeptPasts(len(question.register))
        self._first: StaffingLevels | None = None

    def of(self, level: Level) -> StaffingLevels:
        """Return the work of a level."""
        work = staffing_levels(self.question, self.pool, [level], self.crewing.engine)
        self._first = self._first or work
        return work.beside(self._first, self._kept)


class Tried:
    """The numbers tried under one framework."""

    def __init__(self, runs: Runs, framework: str, folder: Path, resume: bool, heard: Interruption, pace: Pace) -> None:
        self.framework = framework
        self.read: dict[Level, Read] = {}
        self._runs, self._folder = runs, folder
        self._resume, self._heard, self._pace = resume, heard, pace
        self._begun: dict[Level, tuple[StaffingLevels, BatchFolder]] = {}

    def tell(self, fte: float, standing: Standing) -> None:
        """Report to the progress whether a number meets the targets."""
        self._pace.point_done(Level(self.framework, fte), standing)

    def reading(self, fte: float, replications: int) -> Read:
        """Run the replications of a number of inspectors that are not finished yet, and read all of them.

        Raises
        ------
        NoTeamError
            If it is so few that no team can be put together.
        InputError
            If it cannot be run for another reason, or what is kept of it cannot be used.
        """
        level = Level(self.framework, fte)
        if level not in self._begun:
            work = self._runs.of(level)
            kept = BatchFolder(self._folder / f"{fte:.10g}")
            kept.begin(identity_of(self._runs.question, self._runs.pool, [level]), self._resume)
            self._begun[level] = work, kept
        work, kept = self._begun[level]
        self._pace.point_begins(level, replications)
        replicate(work, replications, self._runs.crewing, kept, self._pace.runs, self._heard)
        if self._heard.asked:
            raise KeyboardInterrupt
        read = read_levels(kept, replications)
        if len(read.values) < replications:
            raise InputError(
                f"{kept.folder}: {level}: {len(read.values)} of {replications} replications are present, but all were "
                "run: some have been deleted. Use ",
                Named("resume"),
                " to run them again",
            )
        if len(read.failures) == replications:
            first = read.failures[0]
            raise InputError(
                f"all {replications} runs of {level} failed; the first, replication {first.replication} with seed "
                f"{first.seed}: {first.error} ({first.where})"
            )
        self.read[level] = read
        return read


class Points:
    """The numbers tried under one framework, and how they stand to the targets."""

    def __init__(self, targets: Sequence[Target], effort: Effort, tried: Tried) -> None:
        self.effort = effort
        self.found: dict[float, Point] = {}
        self.read: dict[float, Read] = {}
        self.seen: dict[int, Seen] = {}
        self._targets, self._tried = targets, tried

    def fte(self, number: int) -> float:
        """Return the full-time equivalents of a number of steps."""
        return _on_grid(number, self.effort.step)

    def decided(self, fte: float) -> Point:
        """Return a number, with more replications while it is unclear whether the targets are met."""
        if fte not in self.found or self.found[fte].standing == "scouted":
            for look in self.effort.looks:
                point = self._look(fte, look)
                if point.standing != "unclear":
                    break
            self._tried.tell(fte, point.standing)
            self._see(fte)
        return self.found[fte]

    def scouted(self, number: int) -> Standing:
        """Report whether the means of few replications meet the targets."""
        fte = self.fte(number)
        point = self._look(fte, FEW)
        told = tuple(verdict._replace(low=math.nan, high=math.nan, standing="scouted") for verdict in point.verdicts)
        self.found[fte] = point._replace(verdicts=told)
        self._see(fte)
        return "met" if point.verdicts and self.seen[number].few.min() >= 0 else "missed"

    def _look(self, fte: float, replications: int) -> Point:
        try:
            self.read[fte] = self._tried.reading(fte, replications)
        except NoTeamError:  # and nothing else: what is kept and cannot be read is no answer
            if math.isinf(fte):
                raise
            self.read[fte], self.found[fte] = _NOTHING, Point(fte, (), 0, math.nan, math.nan)
        else:
            self.found[fte] = _point(fte, self._targets, self.effort, self.read[fte])
        return self.found[fte]

    def _see(self, fte: float) -> None:
        """Keep what a number shows of where the answer lies."""
        if math.isinf(fte):
            return
        verdicts, read = self.found[fte].verdicts, self.read[fte]
        if not verdicts:
            self.seen[round(fte / self.effort.step)] = Seen(np.array([-math.inf]))
            return
        seen = Seen(np.array([_slack(_mean(of_target(read, target)[:FEW]), target) for target in self._targets]))
        if self.found[fte].standing != "scouted":
            whole = np.array([_slack(told.mean, target) for told, target in zip(verdicts, self._targets, strict=True)])
            most = math.sqrt(self.found[fte].replications / self.effort.most)
            seen = seen._replace(whole=whole, half=np.array([most * (told.mean - told.low) for told in verdicts]))
        self.seen[round(fte / self.effort.step)] = seen


def _slack(mean: float, target: Target) -> float:
    """Return by what a mean is on the right side of its bound; minus infinity where it is undefined."""
    return -math.inf if math.isnan(mean) else target.sign * (mean - target.bound)


def _on_grid(number: int, step: float) -> float:
    """Return the number of full-time equivalents, without what floating-point multiplication leaves behind."""
    return round(number * step, 10)


_NOTHING: Final = Read(np.empty((0, 0, 0, 0)), np.empty((0, 0, 2)), ())


def _point(fte: float, targets: Sequence[Target], effort: Effort, read: Read) -> Point:
    verdicts = tuple(verdict(of_target(read, target), target, effort.each) for target in targets)
    worked, there = np.nanmean(read.pool[:, 0], axis=0)
    costs = {name: _mean(read.values[:, 0, *Quantity(name, ALL_SERVICES).place]) for name in BESIDE_SIZE}
    return Point(fte, verdicts, len(read.values), float(worked), float(there), costs)


def _mean(values: Floats) -> float:
    known = values[np.isfinite(values)]
    return float(running_of(known).band().mean) if known.size else math.nan


def of_target(read: Read, target: Target) -> Floats:
    """Return a target's measure in each replication."""
    values: Floats = read.values[:, 0, *target.quantity.place]
    return values
