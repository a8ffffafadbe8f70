"""What is done alike with the answer to any question of many runs: kept as a folder, said, and told what it lacks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Generic, NamedTuple, Protocol, TypeVar

from simulator.running.store import RunFolder, run_folder

if TYPE_CHECKING:
    from rich.console import Console

A = TypeVar("A")
A_contra = TypeVar("A_contra", contravariant=True)


class Write(Protocol[A_contra]):
    """Writes an answer into a folder and puts it in its place."""

    def __call__(
        self,
        folder: RunFolder,
        answer: A_contra,
        options: Mapping[str, Any],
        began: datetime,
        /,
        *,
        ended: datetime | None = None,
    ) -> list[str]:
        """Return the names of the files.

        Parameters
        ----------
        folder
            Where to.
        answer
            What came out.
        options
            With which it was asked.
        began, ended
            When it was asked and answered; answered just now, if that is left out.
        """


class Missing(NamedTuple):
    """What an answer is without: runs that failed, and what was not finished when somebody pressed Ctrl-C."""

    failed: int
    """Runs."""
    finished: int
    asked: int
    of: str = "replications"
    """What these two count."""

    @property
    def interrupted(self) -> bool:
        """Whether less was finished than asked for."""
        return self.finished < self.asked

    @property
    def failed_told(self) -> str:
        """Report how many runs failed."""
        one = self.failed == 1
        return f"{self.failed} {'run' if one else 'runs'} failed and {'is' if one else 'are'} left out of the results"

    @property
    def interrupted_told(self) -> str:
        """Report that not all was finished."""
        return f"Interrupted: these are the results of {self.finished} of {self.asked} {self.of}"

    @property
    def told(self) -> list[str]:
        """Return a sentence for each of the two that there is."""
        said = ((self.failed, self.failed_told), (self.interrupted, self.interrupted_told))
        return [f"{each}." for there, each in said if there]


NOTHING: Final = Missing(0, 0, 0)


@dataclass(frozen=True)
class Keeping(Generic[A]):
    """What is done with the answers to one question."""

    expected: tuple[str, ...]
    """Files that may be written (`simulator.running.store.run_folder`)."""
    files: dict[str, str]
    """What is in them, by name."""
    write: Write[A]
    say: "Callable[[A, Console], None]"
    missing: Callable[[A], Missing] = lambda _: NOTHING

    def save(self, folder: Path, answer: A, options: Mapping[str, Any], began: datetime, ended: datetime) -> list[Path]:
        """Write an answer that was there before any folder was; give the files written.

        Raises
        ------
        InputError
            If the folder cannot be used or written: then nothing in it has changed.
        """
        with run_folder(folder, self.expected) as opened:
            names = self.write(opened, answer, options, began, ended=ended)
        return [folder / name for name in names]
