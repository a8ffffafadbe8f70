"""The question `size` as a command asks it."""

from typing import TYPE_CHECKING, Any

from simulator.questions.intake.run import intake
from simulator.questions.run import RESULTS, Remark, Run, in_worlds, opened_for, posed_for, worlds_asked
from simulator.questions.size.ask import GROWTH, ON_TIME, Size

if TYPE_CHECKING:
    from simulator.answers.answer import Answer
    from simulator.running.question import Question


def size(asked: Size, remark: Remark) -> Run:
    """Find the smallest number of inspectors that meets targets.

    For each framework: FTE and cost with their intervals, the result of simple arithmetic, and why they differ.
    The number applies from the day on which the framework takes over.
    """
    if asked.by_year:
        return intake(asked, remark)
    from simulator.questions.size.answer import Sized
    from simulator.questions.size.found import Effort
    from simulator.questions.size.over_worlds import SizedOverWorlds  # noqa: F401  (is what `in_worlds` finds)
    from simulator.questions.size.search import size as search
    from simulator.render.search_progress import search_progress
    from simulator.running.posts import pool_named
    from simulator.running.targets import target

    opened = opened_for(asked, remark, replications=asked.replications)
    worlds = worlds_asked(asked, posed_for(asked, opened))
    targets = [target(text, worlds.question.service_types) for text in dict.fromkeys(asked.target or [ON_TIME])]
    first = opened.scenario.run.replications
    effort = Effort(asked.step, asked.confidence, first, asked.most_replications or GROWTH * first)
    pool = pool_named(opened.scenario, asked.pool)

    def find(world: "Question", **how: Any) -> Any:
        return search(world, targets, pool, effort, more=asked.more, **how)

    return in_worlds(asked, worlds, Sized, find, asked.out or RESULTS / f"{opened.name}-size", search_progress)


def answers() -> "tuple[type[Answer], ...]":
    """Return the answers that the question may have."""
    from simulator.questions.intake.answer import Intakes
    from simulator.questions.size.answer import Sized
    from simulator.questions.size.over_worlds import SizedOverWorlds

    return Sized, SizedOverWorlds, Intakes
