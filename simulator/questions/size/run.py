"""The question `size` as a command asks it."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

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
from simulator.questions.size.ask import GROWTH, ON_TIME, Size

if TYPE_CHECKING:
    from simulator.answers.answer import Answer
    from simulator.running.store import RunFolder


def size(asked: Size, remark: Remark) -> Run:
    """Find the smallest number of inspectors that meets targets.

    For each framework: FTE and cost with their intervals, the result of simple arithmetic, and why they differ.
    The number applies from the day on which the framework takes over.
    """
    from simulator.questions.over_fits.levels import size_over_fits
    from simulator.questions.over_fits.levels_answer import SizedOverFits
    from simulator.questions.size.answer import Sized
    from simulator.questions.size.found import Effort
    from simulator.questions.size.search import size as search
    from simulator.render.search_progress import search_progress
    from simulator.running.posts import pool_named
    from simulator.running.targets import target

    many = asks_many(asked)
    opened = opened_for(asked, remark, replications=asked.replications)
    question = posed_for(asked, opened)
    in_one = question if many else in_world(question, asked)
    targets = [target(text, question.service_types) for text in dict.fromkeys(asked.target or [ON_TIME])]
    first = opened.scenario.run.replications
    effort = Effort(asked.step, asked.confidence, first, asked.most_replications or GROWTH * first)
    pool = pool_named(opened.scenario, asked.pool)
    found: Callable[..., Any] = (
        partial(size_over_fits, worlds_asked(question, asked), targets, pool, effort)
        if many
        else partial(search, in_one, targets, pool, effort)
    )

    def find(folder: "RunFolder", told: Any) -> Any:
        return found(crewing=crewing_of(asked), progress=told, folder=folder.unfinished, resume=asked.resume)

    into = asked.out or RESULTS / f"{opened.name}-size"
    return Run(SizedOverFits if many else Sized, into, find, search_progress)


def answers() -> "tuple[type[Answer], ...]":
    """Return the answers that the question may have."""
    from simulator.questions.over_fits.levels_answer import SizedOverFits
    from simulator.questions.size.answer import Sized

    return Sized, SizedOverFits
