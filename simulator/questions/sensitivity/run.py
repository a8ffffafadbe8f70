"""The question `sensitivity` as a command asks it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from simulator.questions.run import RESULTS, Remark, Run, crewing_of, in_world, opened_for
from simulator.questions.sensitivity.ask import Sensitivity

if TYPE_CHECKING:
    from simulator.answers.answer import Answer
    from simulator.questions.sensitivity.beyond import Beyond
    from simulator.running.store import RunFolder


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
    question = in_world(posed(opened.scenario, register=opened.register), asked)
    question = question if asked.framework else pair_of(question)
    types = question.service_types
    of = quantity(asked.measure or sensitivity_measure(types), types)
    varied = chosen(asked.vary, question) if asked.vary else None

    def foretell(ends: "Sequence[Beyond]") -> None:
        remark(f"Warning: {beyond_told(ends)}. Worlds that cannot be run are left out and counted.")

    def find(folder: "RunFolder", told: Any) -> Any:
        return analyse(
            question,
            of,
            assumptions=varied,
            effort=Effort(asked.worlds, asked.singly, replications=asked.at_ends),
            crewing=crewing_of(asked),
            progress=told,
            foretold=foretell,
            folder=folder.unfinished,
            resume=asked.resume,
        )

    return Run(Worlds, asked.out or RESULTS / f"{opened.name}-sensitivity", find, progress)


def answers() -> "tuple[type[Answer], ...]":
    """Return the answers that the question may have."""
    from simulator.questions.sensitivity.answer import Worlds

    return (Worlds,)
