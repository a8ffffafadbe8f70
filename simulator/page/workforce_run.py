"""The question of the form Workforce by year carried out: from its inputs to a run's folder with an answer."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.page.run_store import Inputs

if TYPE_CHECKING:
    from simulator.questions.intake.planning import Plan
    from simulator.questions.workforce.found import Found
    from simulator.running.question import Question
    from simulator.running.store import RunFolder


def carry_out(inputs: Inputs, folder: Path, told: "Any", threads: int) -> None:
    """Count or search, and write results and answer into the folder of the run; goes on with what is finished there.

    Raises
    ------
    InputError
        If the question cannot be answered.
    """
    from simulator.page.workforce_asked import recruits, simulations
    from simulator.page.writing import write_answered
    from simulator.questions.intake.answer import Intakes
    from simulator.questions.intake.planning import Effort, plan
    from simulator.questions.workforce.answer import Staffed
    from simulator.questions.workforce.found import count
    from simulator.running.batch_files import batch_folder
    from simulator.running.crews import Crewing

    options = {"page": "workforce", **inputs}
    how: dict[str, Any] = {"crewing": Crewing("compiled", threads), "resume": True}

    def find_people(written: "RunFolder") -> "Found":
        with batch_folder(written.unfinished) as batches:
            return count(question_asked(inputs), batches=batches, progress=told, **how)

    def find_intakes(written: "RunFolder") -> "Plan":
        from simulator.page.size_targets import BY_NAME

        numbers = inputs["numbers"]
        targets = [BY_NAME["on_time"].target(numbers["on_time"])]
        effort = Effort(int(numbers["step"]), numbers["confidence"] / 100)
        progress = adding_up(told, simulations(inputs))
        return plan(
            question_asked(inputs), targets, "regulatory", effort, progress=progress, folder=written.unfinished, **how
        )

    if recruits(inputs):
        write_answered(folder, options, Intakes, find_intakes, ("plan",))
    else:
        write_answered(folder, options, Staffed, find_people, ("years", "months", "regions", "work"))


def question_asked(inputs: Inputs) -> "Question":
    """Pose the question: the framework, and how the posts for inspectors of services are filled."""
    from simulator.page.compare_run import question_of
    from simulator.page.workforce_asked import FRAMEWORK, pool_of

    framework = inputs[FRAMEWORK]
    more = {"capacity": {"pools": {"regulatory": pool_of(inputs)}}}
    return question_of(inputs | {"frameworks": [framework], "baseline": framework}, more)


def adding_up(told: Callable[[int, int], None], about: int) -> Callable[[int, int], None]:
    """Return what takes the progress of one number tried after another, and tells that of the whole search.

    Parameters
    ----------
    told
        Is told how many simulations of how many are done.
    about
        Simulations of the whole search, about.
    """
    before = last = 0

    def progress(done: int, of: int) -> None:
        nonlocal before, last
        if done <= last:  # the next number, of which all may be done already
            before += last
        last = done
        told(before + done, max(about, before + of))

    return progress


def warm_up() -> None:
    """Import what this needs besides what a comparison does."""
    from simulator.questions.intake import answer as intakes  # noqa: F401
    from simulator.questions.workforce import answer  # noqa: F401
