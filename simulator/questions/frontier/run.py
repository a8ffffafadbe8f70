"""The question `frontier` as a command asks it."""

from functools import partial
from typing import TYPE_CHECKING, Any

from simulator.questions.frontier.ask import Frontier
from simulator.questions.run import (
    RESULTS,
    Remark,
    Run,
    asks_many,
    crewing_of,
    in_world,
    opened_for,
    posed_for,
    worlds_asked,
)

if TYPE_CHECKING:
    from simulator.answers.answer import Answer
    from simulator.running.store import RunFolder


def frontier(asked: Frontier, remark: Remark) -> Run:
    """Show results by number of inspectors under each framework.

    Curves with intervals over the number of inspectors and over cost, and where they cross.
    """
    from simulator.questions.frontier.answer import Curves
    from simulator.questions.frontier.curves import numbers_between, quantities_of, trace_frontier
    from simulator.questions.over_fits.levels import frontier_over_fits
    from simulator.questions.over_fits.levels_answer import CurvesOverFits
    from simulator.render.terminal import progress
    from simulator.running.batch_files import batch_folder
    from simulator.running.posts import pool_named
    from simulator.running.targets import target

    many = asks_many(asked)
    opened = opened_for(asked, remark, replications=asked.replications)
    question = posed_for(asked, opened)
    in_one = question if many else in_world(question, asked)
    types = question.service_types
    targets = [target(text, types) for text in dict.fromkeys(asked.target or ())]
    quantities = quantities_of(asked.measure, targets, types)
    pool = pool_named(opened.scenario, asked.pool)
    numbers = [float(fte) for fte in numbers_between(question, pool, asked.first, asked.last, asked.step)]
    into = asked.out or RESULTS / f"{opened.name}-frontier"
    if many:
        search = partial(frontier_over_fits, worlds_asked(question, asked), quantities, pool, numbers, targets=targets)

        def find_in_each(folder: "RunFolder", told: Any) -> Any:
            return search(crewing=crewing_of(asked), progress=told, folder=folder.unfinished, resume=asked.resume)

        return Run(CurvesOverFits, into, find_in_each, progress)
    traced = partial(trace_frontier, in_one, quantities, pool, numbers, targets=targets)

    def find(folder: "RunFolder", told: Any) -> Any:
        with batch_folder(folder.unfinished) as batches:
            return traced(crewing=crewing_of(asked), progress=told, batches=batches, resume=asked.resume)

    return Run(Curves, into, find, progress)


def answers() -> "tuple[type[Answer], ...]":
    """Return the answers that the question may have."""
    from simulator.questions.frontier.answer import Curves
    from simulator.questions.over_fits.levels_answer import CurvesOverFits

    return Curves, CurvesOverFits
