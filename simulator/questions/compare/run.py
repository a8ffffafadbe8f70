"""The question `compare` as a command asks it."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.questions.compare.ask import Compare
from simulator.questions.run import RESULTS, Remark, Run, asks_many, crewing_of, in_world, opened_for

if TYPE_CHECKING:
    from simulator.answers.answer import Answer
    from simulator.questions.compare.answer import Compared
    from simulator.running.crews import Crewing
    from simulator.running.run_folder import Opened
    from simulator.running.store import RunFolder


def compare(asked: Compare, remark: Remark) -> Run:
    """Compare frameworks of inspection on the same providers.

    Prints a sentence for each framework and a table. All results and charts are written to a folder.
    """
    from simulator.questions.compare.answer import Compared
    from simulator.questions.compare.comparison import compare_posed
    from simulator.render.terminal import progress
    from simulator.running.batch_files import batch_folder
    from simulator.running.question import posed

    many = asks_many(asked)
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
    crewing = replace(crewing_of(asked), engine=asked.engine)
    if many:
        return _over_fits(asked, opened, crewing, into)
    question = in_world(posed(opened.scenario, register=opened.register), asked)
    crewing.opener()

    def find(folder: "RunFolder", told: Any) -> Any:
        with batch_folder(folder.unfinished) as batches:
            return compare_posed(
                question, crewing, progress=told, events=asked.events, batches=batches, resume=asked.resume
            )

    return Run(
        Compared, into, find, lambda console: progress(console, asked.engine), failed=partial(_first_failure, into)
    )


def _over_fits(asked: Compare, opened: "Opened", crewing: "Crewing", into: Path) -> Run:
    from simulator.questions.calibrate.fits import load_fits
    from simulator.questions.over_fits.comparison import MOST_COMPARED, over_fits
    from simulator.questions.over_fits.comparison_answer import ComparedOverFits
    from simulator.render.terminal import progress

    compared = partial(over_fits, opened.scenario, load_fits(asked.fits or ""), register=opened.register)
    most = asked.most_fits or MOST_COMPARED

    def find(folder: "RunFolder", told: Any) -> Any:
        return compared(
            crewing=crewing,
            progress=told,
            events=asked.events,
            folder=folder.unfinished,
            resume=asked.resume,
            most=most,
        )

    return Run(ComparedOverFits, into, find, lambda console: progress(console, asked.engine))


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
    from simulator.questions.over_fits.comparison_answer import ComparedOverFits

    return Compared, ComparedOverFits
