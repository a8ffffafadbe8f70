"""The question of the form Why? carried out: from its inputs to a run's folder with an answer."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.page.run_store import Inputs

if TYPE_CHECKING:
    from simulator.questions.explain.explained import Explained
    from simulator.running.store import RunFolder


def carry_out(inputs: Inputs, folder: Path, told: "Any", threads: int) -> None:
    """Explain, and write results and answer into the folder of the run; goes on with what is finished there.

    Raises
    ------
    InputError
        If the question cannot be answered.
    """
    from simulator.page.compare_run import question_of
    from simulator.page.explain_asked import MOST, TIME, as_comparison
    from simulator.page.writing import write_answered
    from simulator.questions.explain.answer import Why
    from simulator.questions.explain.explained import explain
    from simulator.questions.explain.ways import PARAGRAPHS
    from simulator.running.batch_files import batch_folder
    from simulator.running.crews import Crewing

    def find(written: "RunFolder") -> "Explained":
        with batch_folder(written.unfinished) as batches:
            return explain(
                question_of(as_comparison(inputs)),
                PARAGRAPHS,
                None,
                unlimited=bool(inputs[TIME]),
                most=MOST,
                crewing=Crewing("compiled", threads),
                progress=told,
                batches=batches,
                resume=True,
            )

    write_answered(folder, {"page": "explain", **inputs}, Why, find, ("clauses",))


def warm_up() -> None:
    """Import what an explanation needs besides what a comparison does."""
    from simulator.questions.explain import answer  # noqa: F401
