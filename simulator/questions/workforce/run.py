"""The question `workforce` as a command asks it."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.questions.run import RESULTS, Remark, Run, in_worlds, opened_for, worlds_asked
from simulator.questions.workforce.ask import Workforce

if TYPE_CHECKING:
    from simulator.answers.answer import Answer
    from simulator.running.question import Question


def workforce(asked: Workforce, remark: Remark) -> Run:
    """Report people, work and what is left undone, year by year, month by month and region by region.

    Posts, vacancies and training; days offered and used; statutory dates kept; what waits and for how long; and which
    visits give way when time is short.
    """
    from simulator.questions.workforce.answer import Staffed
    from simulator.questions.workforce.found import count
    from simulator.render.terminal import progress
    from simulator.running.batch_files import batch_folder
    from simulator.running.question import posed
    from simulator.running.run_folder import open_scenario

    baseline = open_scenario(asked.scenario).scenario.run.baseline
    asked = replace(asked, framework=asked.framework or [baseline])
    opened = opened_for(
        asked,
        remark,
        replications=asked.replications,
        inspectors=asked.inspectors,
        inspectors_from=asked.inspectors_from,
    )
    worlds = worlds_asked(asked, posed(opened.scenario, register=opened.register))

    def find(world: "Question", *, folder: Path, **how: Any) -> Any:
        with batch_folder(folder) as batches:
            return count(world, batches=batches, **how)

    return in_worlds(asked, worlds, Staffed, find, asked.out or RESULTS / f"{opened.name}-workforce", progress)


def answers() -> "tuple[type[Answer], ...]":
    """Return the answers that the question may have."""
    from simulator.questions.workforce.answer import Staffed

    return (Staffed,)
