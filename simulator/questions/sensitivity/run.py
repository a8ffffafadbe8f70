"""The question `sensitivity` as a command asks it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from simulator.questions.run import RESULTS, Remark, Run, in_worlds, opened_for, worlds_asked
from simulator.questions.sensitivity.ask import Sensitivity

if TYPE_CHECKING:
    from simulator.answers.answer import Answer
    from simulator.questions.sensitivity.beyond import Beyond
    from simulator.running.question import Question


def sensitivity(asked: Sensitivity, remark: Remark) -> Run:
    """Report in what share of plausible worlds one framework beats another, and which assumption decides it.

    Assumptions vary within their ranges in docs/assumptions.md: one at a time (a tornado chart), and all at once.
    """
    from simulator.questions.sensitivity.analysis import sensitivity as analyse
    from simulator.questions.sensitivity.answer import Worlds
    from simulator.questions.sensitivity.assumptions import chosen
    from simulator.questions.sensitivity.found import Effort
    from simulator.questions.sensitivity.words import beyond_told
    from simulator.render.terminal import progress
    from simulator.running.defaults import sensitivity_measure
    from simulator.running.question import pair_of, posed
    from simulator.running.targets import quantity

    opened = opened_for(asked, remark)
    question = posed(opened.scenario, register=opened.register)
    worlds = worlds_asked(asked, question if asked.framework else pair_of(question))
    types = question.service_types
    of = quantity(asked.measure or sensitivity_measure(types), types)
    effort = Effort(asked.worlds, asked.singly, replications=asked.at_ends)

    def foretell(ends: "Sequence[Beyond]") -> None:
        remark(f"Warning: {beyond_told(ends)}. Worlds that cannot be run are left out and counted.")

    def find(world: "Question", **how: Any) -> Any:
        varied = chosen(asked.vary, world) if asked.vary else None
        return analyse(world, of, assumptions=varied, effort=effort, foretold=foretell, **how)

    if asked.vary:
        chosen(asked.vary, worlds.question)
    return in_worlds(asked, worlds, Worlds, find, asked.out or RESULTS / f"{opened.name}-sensitivity", progress)


def answers() -> "tuple[type[Answer], ...]":
    """Return the answers that the question may have."""
    from simulator.questions.sensitivity.answer import Worlds

    return (Worlds,)
