"""The declaration of the answers to a question: its files, with their columns and sheets, and its report."""

from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from simulator.answers.file import File
from simulator.answers.kept_run import KeptRun
from simulator.answers.meanings import Meaning
from simulator.answers.spread import Spread
from simulator.render.document import Figure, Section
from simulator.render.verdict import Line
from simulator.running.store import MANIFEST


@dataclass(frozen=True)
class Kind:
    """What is declared of the answers to a question."""

    name: str
    """By which the manifest of a run names the question."""
    title: str
    """Of the report."""
    files: tuple[File, ...]
    """In the order in which they are listed, and their sheets stand in the workbook."""
    question: Callable[[KeptRun], str]
    """Reports what was asked, in a sentence or two."""
    sections: Callable[[KeptRun], list[Section]]
    """Returns the sections that only this answer has, costs last."""
    command: Callable[[KeptRun], list[str]]
    """Returns what to type to ask it again, with FOLDER for the folder of the run."""
    figures: Callable[[KeptRun], list[Figure]] = lambda _: []
    """Returns its charts, each with its numbers; none where tables are enough."""
    deciding: Callable[[KeptRun], list[Section]] = lambda _: []
    """Returns the sections on the assumptions that decide the answer."""
    key_lines: Callable[[KeptRun], list[Line]] = lambda _: []
    """Returns key figures that its verdict leaves out, for the workbook, a value for each column of the verdict."""
    spreads: tuple[Spread, ...] = ()
    """Tables that are spread over a set of fits; without any, the question is asked in one world at a time."""
    needs: str = ""
    """What else is needed to ask again, in words; empty if the folder is enough."""
    sealed: bool = False
    """Whether the manifest bears the digest of the whole folder."""

    @property
    def expected(self) -> tuple[str, ...]:
        """Files that it may write."""
        return tuple(file.name for file in self.files if file.is_single and file.name != MANIFEST)

    @property
    def holds(self) -> dict[str, str]:
        """The contents of its files, by their names."""
        return {file.name: file.holds for file in self.files if file.holds}

    def declared(self, name: str, column: str) -> Meaning | None:
        """Return what a column of a file holds, if that is declared of the file itself."""
        declared = [file for file in self.files if fnmatchcase(name, file.name)]
        for file in declared:
            if column in file.columns:
                return file.columns[column]
        return None

    def moved(self, name: str, column: str) -> Meaning | None:
        """Return what a column holds whose name was not known in advance."""
        for file in self.files:
            if file.moved and fnmatchcase(name, file.name):
                return file.moved(column)
        return None
