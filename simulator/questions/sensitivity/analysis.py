"""Would the answer change if the assumptions are wrong: two frameworks in all the worlds that are plausible.

Three stages. *Screening*: every assumption is moved by itself to either end of its range, in a few replications, to
find those that swing the difference between the two frameworks furthest. *Swings*: these again, in more replications.
*Worlds*: all assumptions are varied at once. From these come the share of worlds in which each framework does better,
the split that separates them, and the shares of variance (`simulator.statistics.sobol`): of each assumption looked
at by itself, of all others together, and of random variation, which is the number of the replication.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from simulator.inputs.messages import InputError, Named
from simulator.questions.sensitivity.assumptions import Assumption, assumptions_of
from simulator.questions.sensitivity.beyond import Beyond, beyond
from simulator.questions.sensitivity.design import Design
from simulator.questions.sensitivity.found import PAIR, Effort, Sensitivity, better_sign
from simulator.questions.sensitivity.one_at_a_time import Swings, swings_of, swings_plan
from simulator.questions.sensitivity.stages import Stages
from simulator.running.batch_files import STAGES, BatchFolder, many_folders
from simulator.running.crews import Crewing
from simulator.running.interruption import interruption
from simulator.running.question import Question
from simulator.running.replicating import Progress
from simulator.running.targets import Floats, Quantity
from simulator.statistics.sobol import LEAST_ROWS
from simulator.statistics.splits import decide
from simulator.statistics.verdicts import VERDICTS, standings

_FEWEST_REPLICATIONS: Final = 2


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
    """Vary assumptions, and follow the difference between two frameworks.

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
        staged = Stages(question, quantity, stages, crewing, resume, heard, progress)
        staged.expect(_expected(every, count, effort))
        screening, singly = None, every
        if len(every) > count:
            differences = staged.run("screening", every, swings_plan(every, effort.screening))
            screening = swings_of(every, differences)
            singly = screening.by_width()[:count]
        swings = swings_of(singly, staged.run("swings", singly, swings_plan(singly, effort.replications)))
        singly = swings.by_width()
        design = Design(every, singly, effort.rows, question.scenario.run.seed)
        differences = staged.run(
            "worlds", every, design.plan, [assumption.key for assumption in singly], may_end_early=True
        )
    return _read_off(question, quantity, effort, screening, swings, design, differences, staged)


def _check(question: Question, quantity: Quantity, effort: Effort, assumptions: Sequence[Assumption]) -> None:
    better_sign(quantity)
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


def _read_off(
    question: Question,
    quantity: Quantity,
    effort: Effort,
    screening: Swings | None,
    swings: Swings,
    design: Design,
    differences: Floats,
    staged: Stages,
) -> Sensitivity:
    seed = question.scenario.run.seed
    rows = len(differences)
    worlds = design.of_worlds(differences)
    there = np.isfinite(worlds).all(axis=1)
    if not there.any():
        raise InputError(Named("measure"), f' "{quantity}": not defined in any world, so there is no result')
    worlds, positions = worlds[there], design.positions(rows)[there]
    stand = standings(worlds, better_sign(quantity))
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
