"""The question of the form Size a workforce carried out: from its inputs to a run's folder with an answer."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.present.web.run_store import Inputs

if TYPE_CHECKING:
    from simulator.experiments.sized import Effort
    from simulator.experiments.targets import Target


def carry_out(inputs: Inputs, folder: Path, told: "Any", threads: int) -> None:
    """Search, and write results and answer into the folder of the run; goes on with what is finished there.

    Raises
    ------
    InputError
        If the question cannot be answered.
    """
    from simulator.experiments.crews import Crewing
    from simulator.experiments.sizing import size
    from simulator.present.run_files import SIZE_EXPECTED
    from simulator.present.size_results import write_sizing
    from simulator.present.web.answer import answer_of, kept_in, write_answer
    from simulator.present.web.compare_run import PICTURES, question_of, write_own
    from simulator.store import run_folder

    began = datetime.now(UTC)
    question = question_of(inputs | {"baseline": inputs["frameworks"][0]})
    with run_folder(folder, SIZE_EXPECTED) as written:
        sizing = size(
            question,
            targets_of(inputs),
            inputs["pool"],
            effort_of(inputs),
            crewing=Crewing("compiled", threads),
            progress=lambda so_far: told(so_far.done, so_far.about),
            folder=written.unfinished,
            resume=True,
        )
        write_own(written, inputs)
        write_sizing(written, sizing, {"page": "size", **inputs}, began, PICTURES)
        write_answer(folder, answer_of(kept_in(folder), ["found"]))


def warm_up() -> None:
    """Import what a search needs besides what a comparison does."""
    import simulator.experiments.sizing
    import simulator.present.size_results  # noqa: F401


def targets_of(inputs: Inputs) -> "list[Target]":
    """Return the targets."""
    from simulator.present.web.size_targets import BY_NAME

    return [BY_NAME[name].target(number) for name, number in inputs["targets"].items()]


def effort_of(inputs: Inputs) -> "Effort":
    """Report how closely to search."""
    from simulator.experiments.sized import Effort

    numbers = inputs["numbers"]
    return Effort(
        step=numbers["step"],
        confidence=numbers["confidence"] / 100,
        replications=int(numbers["replications"]),
        most=int(numbers["most"]),
    )
