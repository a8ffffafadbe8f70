"""The question `explain` as a command asks it."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.inputs.messages import InputError, Named
from simulator.questions.explain.ask import Explain
from simulator.questions.run import RESULTS, Remark, Run, in_worlds, opened_for, worlds_asked

if TYPE_CHECKING:
    from simulator.answers.answer import Answer
    from simulator.running.question import Question


def explain(asked: Explain, remark: Remark) -> Run:
    """Report which parts of a framework make the difference to another one.

    Runs the baseline with every combination of the option's parts, on the same providers, and shares the difference
    out among them (Shapley values).
    """
    from simulator.questions.explain.answer import Why
    from simulator.questions.explain.explained import explain as explained
    from simulator.render.terminal import progress
    from simulator.running.batch_files import batch_folder
    from simulator.running.question import posed
    from simulator.running.run_folder import open_scenario

    asked = replace(asked, against=asked.against or open_scenario(asked.scenario).scenario.run.baseline)
    if asked.against == asked.framework:
        raise InputError(Named("against"), f": given {asked.framework}, the framework to explain. Name another one")
    opened = opened_for(
        asked,
        remark,
        replications=asked.replications,
        inspectors=asked.inspectors,
        inspectors_from=asked.inspectors_from,
    )
    worlds = worlds_asked(asked, posed(opened.scenario, register=opened.register))

    def find(world: "Question", *, folder: Path, **how: Any) -> Any:
        time, most = asked.inspectors_time, asked.most_combinations
        with batch_folder(folder) as batches:
            return explained(world, asked.by, asked.measure, unlimited=time, most=most, batches=batches, **how)

    into = asked.out or RESULTS / f"{opened.name}-explain-{Path(asked.framework).stem}"
    return in_worlds(asked, worlds, Why, find, into, progress)


def answers() -> "tuple[type[Answer], ...]":
    """Return the answers that the question may have."""
    from simulator.questions.explain.answer import Why

    return (Why,)
