"""The question `compare` as a command asks it."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.questions.compare.ask import Compare
from simulator.questions.run import RESULTS, Remark, Run, crewing_of, in_worlds, opened_for, worlds_asked

if TYPE_CHECKING:
    from simulator.answers.answer import Answer
    from simulator.questions.compare.answer import Compared
    from simulator.questions.compare.comparison import Comparison
    from simulator.running.crews import Crewing
    from simulator.running.event_tables import Events
    from simulator.running.question import Question


def compare(asked: Compare, remark: Remark) -> Run:
    """Compare frameworks of inspection on the same providers.

    Prints a sentence for each framework and a table. All results and charts are written to a folder.
    """
    from simulator.questions.compare.answer import Compared
    from simulator.questions.compare.over_fits import MOST_COMPARED
    from simulator.render.terminal import progress
    from simulator.running.question import posed

    opened = opened_for(
        asked,
        remark,
        replications=asked.replications,
        precision=asked.precision,
        most_replications=asked.most_replications,
        inspectors=asked.inspectors,
        inspectors_from=asked.inspectors_from,
        yardsticks=asked.yardsticks,
    )
    into = asked.out or RESULTS / opened.name
    worlds = worlds_asked(asked, posed(opened.scenario, register=opened.register), MOST_COMPARED)
    crewing_of(asked).opener()
    find = partial(find_comparison, events=asked.events)
    shown = partial(progress, engine=asked.engine)
    return in_worlds(asked, worlds, Compared, find, into, shown, partial(_first_failure, into))


def find_comparison(
    question: "Question", *, folder: Path, crewing: "Crewing", events: "Events" = "none", **how: Any
) -> "Comparison":
    """Compare, and keep finished runs in a folder; otherwise as `compare_posed`."""
    from simulator.questions.compare.comparison import compare_posed
    from simulator.running.batch_files import batch_folder

    with batch_folder(folder) as batches:
        return compare_posed(question, crewing, events=events, batches=batches, **how)


def _first_failure(folder: Path, answer: "Compared") -> Iterator[str]:
    """Report the first run that failed, and how to see it again."""
    first = answer.comparison.failures[0]
    provider = answer.question.register["provider"].iloc[0]
    yield (
        f"The first run that failed is replication {first.replication} of {first.case} (seed {first.seed}): "
        f"{first.error} ({first.where}). To see it again, event by event:"
    )
    yield f"  inspectsim trace {provider} {folder} --framework {first.case} --replication {first.replication}"


def answers() -> "tuple[type[Answer], ...]":
    """Return the answers that the question may have."""
    from simulator.questions.compare.answer import Compared

    return (Compared,)
