"""A question asked in one world after another, each with a folder of its own, so that what was stopped can continue."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol

from simulator.answers.answer import Answer, Asked, Made
from simulator.running.batch_files import FITS, many_folders
from simulator.running.crews import Crewing, begun_once
from simulator.running.pace import Progress
from simulator.running.question import Question
from simulator.running.worlds import Worlds

Ask = Callable[[int, Question], Answer]
"""Answers a question in the world of a number."""
_UNSAVED: Final = Asked({}, datetime.min.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC))
"""How the answers in single worlds were asked: nobody keeps these by themselves."""


class Find(Protocol):
    """Runs what a question needs in one world."""

    def __call__(self, question: Question, /, *, folder: Path, crewing: Crewing, progress: Any, resume: bool) -> Any:
        """Run it, given the folder in which it can continue and the progress to report to."""


class InWorlds(NamedTuple):
    """What came out in every world."""

    worlds: Worlds
    answers: tuple[Answer, ...]


def ask_each(worlds: Worlds, ask: Ask) -> InWorlds:
    """Ask in one world after another.

    Raises
    ------
    KeyboardInterrupt
        If somebody pressed Ctrl-C; what is finished is kept.
    """
    answers = []
    for number, question in worlds.each():
        answers.append(ask(number, question))
        if answers[-1].missing.interrupted:
            raise KeyboardInterrupt
    return InWorlds(worlds, tuple(answers))


def ask_in_folders(
    worlds: Worlds,
    made: Made[Any, Answer],
    find: Find,
    *,
    in_all: Callable[[Worlds, Ask], InWorlds] = ask_each,
    folder: Path,
    crewing: Crewing,
    progress: Any = None,
    resume: bool = False,
) -> InWorlds:
    """Ask in every world with one crew, each world with a folder of its own.

    Parameters
    ----------
    worlds
        The question and its worlds.
    made
        The answer in one world.
    find
        Runs what it needs.
    in_all
        Asks in all of them.
    folder
        Where finished runs are kept, those of each world by themselves.
    crewing
        How runs are carried out; changes no result.
    progress
        Called with the number of runs done in all worlds and the total, or as a search reports it.
    resume
        Whether to continue with the finished runs in the folder.

    Raises
    ------
    InputError
        If something given cannot be used, or a world does not go with the question.
    KeyboardInterrupt
        If somebody pressed Ctrl-C; what is finished is kept.
    """
    told = _of_all(progress, len(worlds.numbers))
    with many_folders(folder, FITS, resume) as kept, begun_once(crewing) as crew:

        def ask(number: int, question: Question) -> Answer:
            name = f"{worlds.sort.one}-{number}"
            found = find(question, folder=kept / name, crewing=crew, progress=told(name), resume=True)
            return made(found, _UNSAVED)

        return in_all(worlds, ask)


def _of_all(progress: Any, worlds: int) -> Callable[[str], Any]:
    """Return the progress of each world, which reports that of all; later ones are expected to take as many runs."""
    done_in: dict[str, int] = {}

    def of(name: str) -> Any:
        def tell(first: Progress | int, of_runs: int = 0) -> None:
            done, about = (first, of_runs) if isinstance(first, int) else (first.done, first.about)
            done_in[name] = done
            every = sum(done_in.values())
            whole = every + about - done + about * (worlds - len(done_in))
            if isinstance(first, int):
                progress(every, whole)
            else:
                level = first.level._replace(framework=f"{name}, {first.level.framework}")
                progress(first._replace(done=every, about=whole, level=level))

        return tell if progress else None

    return of
