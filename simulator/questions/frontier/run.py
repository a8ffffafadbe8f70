"""The question `frontier` as a command asks it."""

from typing import TYPE_CHECKING, Any

from simulator.questions.frontier.ask import Frontier
from simulator.questions.run import RESULTS, Remark, Run, in_worlds, opened_for, posed_for, worlds_asked

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.answers.answer import Answer
    from simulator.running.question import Question


def frontier(asked: Frontier, remark: Remark) -> Run:
    """Show results by number of inspectors under each framework.

    Curves with intervals over the number of inspectors and over cost, and where they cross.
    """
    from simulator.questions.frontier.answer import Curves
    from simulator.questions.frontier.curves import numbers_between, quantities_of, trace_frontier
    from simulator.render.terminal import progress
    from simulator.running.batch_files import batch_folder
    from simulator.running.posts import pool_named
    from simulator.running.targets import target

    opened = opened_for(asked, remark, replications=asked.replications)
    worlds = worlds_asked(asked, posed_for(asked, opened))
    types = worlds.question.service_types
    targets = [target(text, types) for text in dict.fromkeys(asked.target or ())]
    quantities = quantities_of(asked.measure, targets, types)
    pool = pool_named(opened.scenario, asked.pool)
    numbers = [float(fte) for fte in numbers_between(worlds.question, pool, asked.first, asked.last, asked.step)]

    def find(world: "Question", *, folder: "Path", **how: Any) -> Any:
        with batch_folder(folder) as batches:
            return trace_frontier(world, quantities, pool, numbers, targets=targets, batches=batches, **how)

    return in_worlds(asked, worlds, Curves, find, asked.out or RESULTS / f"{opened.name}-frontier", progress)


def answers() -> "tuple[type[Answer], ...]":
    """Return the answers that the question may have."""
    from simulator.questions.frontier.answer import Curves

    return (Curves,)
