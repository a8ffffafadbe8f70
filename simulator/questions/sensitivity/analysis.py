"""Would the answer change if the assumptions are wrong: two frameworks in all the worlds that are plausible.

Three stages. *Screening*: every assumption is moved by itself to either end of its range, in a few replications, to
find those that swing the difference between the two frameworks furthest. *Swings*: these again, in more replications.
*Worlds*: all assumptions are varied at once. From these come the share of worlds in which each framework does better,
the split that separates them, and the shares of variance (`simulator.statistics.sobol`): of each assumption looked
at by itself, of all others together, and of random variation, which is the number of the replication.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from simulator.inputs.messages import InputError, Named
from simulator.measures.names import MEASURES
from simulator.questions.sensitivity import ask as asks
from simulator.questions.sensitivity.assumptions import Assumption, Positions, assumptions_of
from simulator.questions.sensitivity.beyond import Beyond, beyond
from simulator.questions.sensitivity.one_at_a_time import Swings, swings_of, swings_plan
from simulator.questions.sensitivity.plausible_worlds import Plan, Rows, identity_of, plausible_worlds, read_rows
from simulator.questions.sensitivity.tables import indices_frame, shares_frame, swings_frame, worlds_frame
from simulator.running.batch_files import STAGES, BatchFolder, many_folders
from simulator.running.batches import Failure
from simulator.running.crews import Crewing
from simulator.running.interruption import Interruption, interruption
from simulator.running.question import Question
from simulator.running.replicating import Progress, replicate
from simulator.running.targets import Floats, Quantity
from simulator.statistics.sobol import LEAST_ROWS, Indices, indices, sample, swapped
from simulator.statistics.splits import Decision, decide
from simulator.statistics.verdicts import VERDICTS, Standings, standings

if TYPE_CHECKING:
    import pandas as pd

OTHERS: Final = "others"
"""Name of the group of all assumptions that are not looked at by themselves."""
CHANCE: Final = "chance"
"""Name of the group that is the number of the replication."""
_FEWEST_REPLICATIONS: Final = 2
PAIR: Final = 2


class Effort(NamedTuple):
    """How much is run."""

    worlds: int = asks.Sensitivity.worlds
    """In which all assumptions are varied; each in two replications, and half of them again for every share of
    variance."""
    singly: int = asks.Sensitivity.singly
    """Assumptions looked at by themselves, at most."""
    screening: int = 2
    """Replications to find these in."""
    replications: int = asks.Sensitivity.at_ends
    """Replications at each end of their ranges."""

    @property
    def rows(self) -> int:
        """Rows of the design: two independent worlds to each."""
        return -(-self.worlds // PAIR)


@dataclass(frozen=True)
class Sensitivity:
    """What came out. Differences are of the first framework less the second."""

    question: Question
    quantity: Quantity
    effort: Effort
    assumptions: tuple[Assumption, ...]
    """All that were varied."""
    singly: tuple[Assumption, ...]
    """Those looked at by themselves, that which swings furthest first."""
    screening: Swings | None
    """None if there were few enough to look at all."""
    swings: Swings
    positions: Positions
    """Of all assumptions in each world that is not left out, shape (worlds, assumptions)."""
    standings: Standings
    indices: dict[str, Indices]
    """By key of the assumption; `OTHERS`, if there are any, and `CHANCE`."""
    spread: float
    """Standard deviation of the difference over worlds and replications."""
    decision: Decision
    """Its classes are `simulator.statistics.verdicts.VERDICTS`, its features `singly`."""
    cannot: int
    """Worlds left out because they cannot be run."""
    left_out: int
    """These, and worlds in which a run failed or the measure is not defined in every replication."""
    raised: int
    """Worlds in which the speed of grade changes was raised to what falls make."""
    failures: tuple[Failure, ...]
    finished: int
    """Worlds finished: fewer than asked for if somebody pressed Ctrl-C."""

    @property
    def frameworks(self) -> tuple[str, str]:
        """Names of the two frameworks."""
        first, second = self.question.names
        return first, second

    @cached_property
    def beyond(self) -> tuple[Beyond, ...]:
        """Ends of ranges at which worlds cannot be run."""
        return beyond(self.question, self.assumptions)

    @property
    def sign(self) -> int:
        """What to multiply a difference by so that more of it is better."""
        return _better_sign(self.quantity)

    @property
    def interrupted(self) -> bool:
        """Whether it was ended before all worlds were finished."""
        return self.finished < PAIR * self.effort.rows

    @property
    def shares(self) -> "pd.DataFrame":
        """Columns verdict, framework, worlds, share, low, high."""
        return shares_frame(self.standings, self.frameworks)

    @property
    def swings_table(self) -> "pd.DataFrame":
        """The tornado in numbers: columns of `simulator.questions.sensitivity.tables.swings_frame`."""
        return swings_frame(self.swings)

    @property
    def screening_table(self) -> "pd.DataFrame | None":
        """The same of all assumptions, in the few replications of the screening."""
        return None if self.screening is None else swings_frame(self.screening)

    @property
    def indices_table(self) -> "pd.DataFrame":
        """Columns assumption, first, first_low, first_high, total, total_low, ..., beyond, beyond_low, beyond_high."""
        return indices_frame(self.indices)

    @property
    def worlds_table(self) -> "pd.DataFrame":
        """A row for each world: its difference, the verdict, and the value of every assumption."""
        return worlds_frame(self.assumptions, self.positions, self.standings)


def _better_sign(quantity: Quantity) -> int:
    """Return 1 if more of a measure is better, -1 if less is.

    Raises
    ------
    InputError
        If neither is better by itself.
    """
    way = quantity.of.better
    if way is None:
        raise InputError(
            Named("measure"),
            f' "{quantity}": neither more nor less of it is better in itself, so there is no winner; '
            f"allowed: {', '.join(measure.name for measure in MEASURES if measure.better)}",
        )
    return 1 if way == "higher" else -1


def sensitivity(  # noqa: PLR0913  (a choice each)
    question: Question,
    quantity: Quantity,
    *,
    assumptions: Sequence[Assumption] | None = None,
    effort: Effort | None = None,
    crewing: Crewing | None = None,
    progress: Progress | None = None,
    foretold: Callable[[Sequence[Beyond]], None] | None = None,
    folder: Path | None = None,
    resume: bool = False,
) -> Sensitivity:
    """Vary assumptions, and see what becomes of the difference between two frameworks.

    Parameters
    ----------
    question
        Scenario, two frameworks and providers.
    quantity
        By what they are compared.
    assumptions
        To vary (`simulator.questions.sensitivity.assumptions.chosen`); if left out, all that have a range.
    effort
        How much is run.
    crewing
        How runs are carried out; changes no result.
    progress
        Called with the number of runs done and the total.
    foretold
        Called before the first run with the ends of ranges at which worlds cannot be run, if there are any.
    folder
        Where finished runs are kept; if left out, in a temporary folder.
    resume
        Whether to continue with the finished runs in the folder.

    Raises
    ------
    InputError
        If something given cannot be used, or every run failed.
    KeyboardInterrupt
        If Ctrl-C is pressed before enough worlds were finished; what is finished is kept.
    """
    effort = effort or Effort()
    every = list(assumptions_of(question) if assumptions is None else assumptions)
    _check(question, quantity, effort, every)
    crewing = crewing or Crewing()
    crewing.opener()
    if foretold is not None and (ends := beyond(question, every)):
        foretold(ends)
    temporary = BatchFolder.temporary() if folder is None else None
    kept_in = temporary.folder if temporary else folder or Path()
    with many_folders(kept_in, STAGES, resume) as stages, interruption() as heard:
        count = min(effort.singly, len(every))
        staged = _Stages(question, quantity, stages, crewing, resume, heard, progress)
        staged.expect(_expected(every, count, effort))
        screening, singly = None, every
        if len(every) > count:
            differences = staged.run("screening", every, swings_plan(every, effort.screening))
            screening = swings_of(every, differences)
            singly = screening.by_width()[:count]
        swings = swings_of(singly, staged.run("swings", singly, swings_plan(singly, effort.replications)))
        singly = swings.by_width()
        design = _Design(every, singly, effort.rows, question.scenario.run.seed)
        differences = staged.run(
            "worlds", every, design.plan, [assumption.key for assumption in singly], may_end_early=True
        )
    return _read_off(question, quantity, effort, screening, swings, design, differences, staged)


def _check(question: Question, quantity: Quantity, effort: Effort, assumptions: Sequence[Assumption]) -> None:
    _better_sign(quantity)
    if len(question.names) != PAIR:
        raise InputError(
            Named("framework"),
            f": given {len(question.names)} ({', '.join(question.names)}); allowed: two, to compute their difference",
        )
    if not assumptions:
        raise InputError("no assumption has a range to vary. Use a scenario with ranges in [evidence]")
    least = PAIR * LEAST_ROWS
    if effort.worlds < least:
        raise InputError(Named("worlds"), f": given {effort.worlds}; allowed: {least} or more")
    if effort.singly < 1:
        raise InputError(Named("singly"), f": given {effort.singly}; allowed: 1 or more")
    if min(effort.replications, effort.screening) < _FEWEST_REPLICATIONS:
        raise InputError(
            Named("replications"),
            f": given {min(effort.replications, effort.screening)}; allowed: {_FEWEST_REPLICATIONS} or "
            "more, because one has no interval",
        )


def _expected(every: Sequence[Assumption], singly: int, effort: Effort) -> int:
    """Count the runs, each of both frameworks."""
    screening = (1 + 2 * len(every)) * effort.screening if len(every) > singly else 0
    groups = singly + (len(every) > singly) + 1
    return screening + (1 + 2 * singly) * effort.replications + (groups + 3) * effort.rows


class _Design:
    """The worlds: rows of two independent ones, and of the first one mixed with the second, group by group."""

    def __init__(self, every: Sequence[Assumption], singly: Sequence[Assumption], rows: int, seed: int) -> None:
        self.every, self.singly = tuple(every), tuple(singly)
        self.drawn = sample(rows, len(every), seed)
        keys = [assumption.key for assumption in every]
        alone = [np.array([key == assumption.key for key in keys]) for assumption in singly]
        others = ~np.any(alone, axis=0)
        columns = [*alone, *([others] if others.any() else [])]
        self.groups = [*(assumption.key for assumption in singly), *([OTHERS] if others.any() else []), CHANCE]
        a, b = self.drawn
        points = [a, b, *(swapped(self.drawn, column) for column in columns), a, b]
        ours, other = 2 * np.arange(rows) + 1, 2 * np.arange(rows) + 2
        numbers = [ours, other, *([ours] * len(columns)), other, ours]
        self.plan = Plan(np.stack(points, axis=1), np.stack(numbers, axis=1))

    def of_worlds(self, differences: Floats) -> Floats:
        """Return both replications of every world, shape (worlds, 2), the first worlds of all rows first."""
        return np.concatenate([differences[:, [0, -2]], differences[:, [1, -1]]])

    def positions(self, rows: int) -> Positions:
        """Return the positions of the assumptions in the worlds of the first rows."""
        return np.concatenate([self.drawn.a[:rows], self.drawn.b[:rows]])

    def indices(self, differences: Floats, seed: int) -> dict[str, Indices]:
        """Estimate the shares of variance."""
        found = indices(differences[:, 0], differences[:, 1], differences[:, 2:-1].T, seed)
        return dict(zip(self.groups, found, strict=True))


class _Stages:
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
        """Take in how many runs there will be, each of both frameworks."""
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
        if len(read.failures) == finished * len(work.cases):
            first = read.failures[0]
            raise InputError(
                f"all {len(read.failures)} runs failed; the first, {first.case} of row {first.replication} with seed "
                f"{first.seed}: {first.error} ({first.where})"
            )
        self._before += rows * len(work.cases)
        self.rows = read
        self.failures += [failure._replace(case=f"{name}: {failure.case}") for failure in read.failures]
        values = read.values[..., *self._quantity.place]
        return values[..., 0] - values[..., 1]

    def _tell(self, done: int, _of: int) -> None:
        if self._progress is not None:
            self._progress(self._before + done, self._total)


def _read_off(
    question: Question,
    quantity: Quantity,
    effort: Effort,
    screening: Swings | None,
    swings: Swings,
    design: _Design,
    differences: Floats,
    staged: _Stages,
) -> Sensitivity:
    seed = question.scenario.run.seed
    rows = len(differences)
    worlds = design.of_worlds(differences)
    there = np.isfinite(worlds).all(axis=1)
    if not there.any():
        raise InputError(Named("measure"), f' "{quantity}": not defined in any world, so there is no result')
    worlds, positions = worlds[there], design.positions(rows)[there]
    stand = standings(worlds, _better_sign(quantity))
    columns = [design.every.index(assumption) for assumption in design.singly]
    labels = np.array([VERDICTS.index(verdict) for verdict in stand.verdicts])
    return Sensitivity(
        question=question,
        quantity=quantity,
        effort=effort,
        assumptions=design.every,
        singly=design.singly,
        screening=screening,
        swings=swings,
        positions=positions,
        standings=stand,
        indices=design.indices(differences, seed),
        spread=float(np.std(worlds)),
        decision=decide(positions[:, columns], labels, len(VERDICTS), seed),
        cannot=int(staged.rows.cannot[:, :2].sum()),
        left_out=int((~there).sum()),
        raised=int(staged.rows.faster[:, :2].sum()),
        failures=tuple(staged.failures),
        finished=PAIR * rows,
    )
