"""The question of the form Size a workforce carried out: from its inputs to a run's folder with an answer."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.page.run_store import Inputs

if TYPE_CHECKING:
    from simulator.questions.size.found import Effort
    from simulator.running.store import RunFolder
    from simulator.running.targets import Target


def carry_out(inputs: Inputs, folder: Path, told: "Any", threads: int) -> None:
    """Search, and write results and answer into the folder of the run; goes on with what is finished there.

    Raises
    ------
    InputError
        If the question cannot be answered.
    """
    from simulator.page.compare_run import question_of
    from simulator.page.writing import write_answered
    from simulator.questions.size.answer import Sized
    from simulator.questions.size.found import Sizing
    from simulator.questions.size.search import size
    from simulator.running.crews import Crewing

    def find(written: "RunFolder") -> Sizing:
        return size(
            question_of(inputs | {"baseline": inputs["frameworks"][0]}),
            targets_of(inputs),
            inputs["pool"],
            effort_of(inputs),
            crewing=Crewing("compiled", threads),
            progress=lambda so_far: told(so_far.done, so_far.about),
            folder=written.unfinished,
            resume=True,
        )

    write_answered(folder, {"page": "size", **inputs}, Sized, find, ("found",))


def warm_up() -> None:
    """Import what a search needs besides what a comparison does."""


def targets_of(inputs: Inputs) -> "list[Target]":
    """Return the targets."""
    from simulator.page.size_targets import BY_NAME

    return [BY_NAME[name].target(number) for name, number in inputs["targets"].items()]


def effort_of(inputs: Inputs) -> "Effort":
    """Report how closely to search."""
    from simulator.questions.size.found import Effort

    numbers = inputs["numbers"]
    return Effort(
        step=numbers["step"],
        confidence=numbers["confidence"] / 100,
        replications=int(numbers["replications"]),
        most=int(numbers["most"]),
    )
