"""What a run of the page leaves: the folder of its results, and its answer as the page shows it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from simulator.answers.answer import Answer, Asked, Made
from simulator.answers.kept_run import KeptRun
from simulator.charts.sheet import FORMS, Form
from simulator.page import own_text
from simulator.page.answer import Table, answer_of, kept_in, write_answer
from simulator.page.form_parts import OWN
from simulator.page.run_store import Inputs
from simulator.running.store import RunFolder, run_folder

Found = TypeVar("Found")


def write_answered(
    folder: Path,
    options: Inputs,
    made: Made[Found, Answer],
    find: Callable[[RunFolder], Found],
    shown: Sequence[str],
    more: Callable[[KeptRun], Table] = lambda _: {},
    forms: Sequence[Form] = (*FORMS, "narrow"),
    kept: Callable[[KeptRun], Mapping[str, bytes]] = lambda _: {},
) -> None:
    """Answer a question, and write results and answer into the folder of the run.

    Parameters
    ----------
    folder
        Of the results.
    options
        The question, as the manifest records it: what was filled in.
    made
        The answer, made of what comes out.
    find
        Runs what it takes; what is finished is kept in the folder, from which it can go on.
    shown
        Names of those sections of its report whose tables are shown, in figures.
    more
        Returns what the page shows of this answer besides.
    forms
        In which pictures are written.
    kept
        Returns further files that the page keeps with this answer, by name.
    """
    began = datetime.now(UTC)
    with run_folder(folder, made.kind.expected) as written:
        found = find(written)
        for position, text in enumerate(options[OWN]):
            written.write_text(own_text.written(position), text)
        made(found, Asked(options, began, datetime.now(UTC))).write(written, forms)
        run = kept_in(folder)
        write_answer(folder, {**answer_of(run, made.kind, shown), **more(run)}, kept(run))
