"""The question `worth` as a command asks it."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.questions.run import RESULTS, Remark, Run, in_worlds, opened_for, worlds_asked
from simulator.questions.worth.ask import Worth

if TYPE_CHECKING:
    from simulator.answers.answer import Answer
    from simulator.questions.sensitivity.beyond import Beyond
    from simulator.running.question import Question


def worth(asked: Worth, remark: Remark) -> Run:
    """Report in how many plausible worlds each option does better, and what would be worth knowing.

    All assumptions vary at once within their ranges in docs/assumptions.md, in the same worlds for every option. Given
    the folder of an earlier answer, other measures are read off its runs.
    """
    from simulator.questions.sensitivity.assumptions import chosen
    from simulator.questions.sensitivity.words import beyond_told
    from simulator.questions.worth.answer import WorthKnowing
    from simulator.questions.worth.found import quantities_of, read_off
    from simulator.questions.worth.worlds import Effort, run_worlds
    from simulator.render.terminal import progress
    from simulator.running.batch_files import batch_folder
    from simulator.running.question import posed

    opened = opened_for(asked, remark)
    worlds = worlds_asked(asked, posed(opened.scenario, register=opened.register))
    quantities_of(asked.measure, worlds.question.service_types)
    varied = chosen(asked.vary, worlds.question) if asked.vary else None

    def foretell(ends: "Sequence[Beyond]") -> None:
        remark(f"Warning: {beyond_told(ends)}. Worlds that cannot be run are left out and counted.")

    def find(world: "Question", *, folder: Path, **how: Any) -> Any:
        effort = Effort(asked.worlds, asked.replications)
        with batch_folder(folder) as batches:
            ran = run_worlds(
                world,
                assumptions=varied,
                effort=effort,
                foretold=foretell,
                batches=batches,
                earlier=Path(asked.scenario),
                **how,
            )
            return read_off(ran, asked.measure)

    return in_worlds(asked, worlds, WorthKnowing, find, asked.out or RESULTS / f"{opened.name}-worth", progress)


def answers() -> "tuple[type[Answer], ...]":
    """Return the answers that the question may have."""
    from simulator.questions.worth.answer import WorthKnowing

    return (WorthKnowing,)
