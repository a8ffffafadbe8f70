"""The question `size --by-year` as a command asks it."""

from typing import TYPE_CHECKING, Any, Final

from simulator.inputs.messages import InputError, Named
from simulator.questions.run import RESULTS, Remark, Run, in_worlds, opened_for, posed_for, worlds_asked
from simulator.questions.size.ask import ON_TIME, Size

if TYPE_CHECKING:
    from simulator.running.question import Question

REPLICATIONS: Final = 12
"""Where none are asked for: those of the scenario would take long, for a search in every year."""


def intake(asked: Size, remark: Remark) -> Run:
    """Find the number to recruit each year, with which the targets are met in every year."""
    from simulator.questions.intake.answer import Intakes
    from simulator.questions.intake.planning import Effort, plan
    from simulator.render.terminal import progress
    from simulator.running.posts import pool_named
    from simulator.running.targets import target

    if asked.step < 1 or asked.step % 1:
        raise InputError(
            Named("step"), f": given {asked.step:g}; allowed with ", Named("by-year"), ": a whole number of people"
        )
    for name in ("most_replications", "inspectors_from", "more", "worlds"):
        if getattr(asked, name) is not None:
            raise InputError(
                Named(name.replace("_", "-")), ": has no meaning with ", Named("by-year"), ". Leave it out"
            )
    opened = opened_for(asked, remark, replications=asked.replications or REPLICATIONS)
    worlds = worlds_asked(asked, posed_for(asked, opened))
    targets = [target(text, worlds.question.service_types) for text in dict.fromkeys(asked.target or [ON_TIME])]
    pool = pool_named(opened.scenario, asked.pool)
    effort = Effort(int(asked.step), asked.confidence)

    def find(world: "Question", **how: Any) -> Any:
        return plan(world, targets, pool, effort, **how)

    return in_worlds(asked, worlds, Intakes, find, asked.out or RESULTS / f"{opened.name}-intakes", progress)
