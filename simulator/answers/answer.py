"""The answer to a question, whoever asked it and whoever shows it: sentences, tables, charts and caveats."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from html import escape
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple, Protocol, TypeVar

from simulator.answers.conditions import conditions
from simulator.answers.files import ANSWER, VERDICT
from simulator.answers.folder import finish, given, times_of, write_table
from simulator.answers.kind import Kind
from simulator.answers.missing import NOTHING, Missing
from simulator.answers.text import Paragraphs, as_text, paragraphs_of
from simulator.charts.sheet import FORMS, Chart, Form
from simulator.inputs.messages import InputError, not_one_of
from simulator.render.notebook import table_html
from simulator.render.paragraphs import print_aside, print_paragraphs
from simulator.render.verdict import Verdict, as_json, frame_of, print_verdict
from simulator.running.question import Question
from simulator.running.run_folder import provenance, write_question
from simulator.running.store import RunFolder, run_folder

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure
    from rich.console import Console

Found_contra = TypeVar("Found_contra", contravariant=True)
Answer_co = TypeVar("Answer_co", covariant=True)

_MOST_TOLD: Final = 3
"""Sentences, and doubts, of a verdict that is made of the first ones."""
_LINE: Final = 100
"""Characters of a line of text."""
_SYNTHETIC: Final = (
    "The providers are synthetic: drawn at random to match published figures; none of them exists. Numbers without a "
    "published source are assumptions, marked as such in docs/assumptions.md."
)


class Asked(NamedTuple):
    """How a question was asked, as a manifest records it."""

    options: Mapping[str, Any]
    """Those left out are None, False or an empty list."""
    began: datetime
    ended: datetime


class Drawn(NamedTuple):
    """A chart, with the numbers that it shows."""

    chart: Chart
    numbers: "pd.DataFrame"


class Answer(ABC):
    """The result of a question.

    In a notebook it shows its sentences, its table and its caveats; `print` shows the sentences. Frames are data
    frames of pandas, a new one each time: change them as you like. A question adds to this what only its answers have;
    whoever shows or keeps an answer needs nothing but what is here.
    """

    kind: ClassVar[Kind]
    """What is declared of answers to this question."""
    apart: ClassVar[bool] = False
    """Whether the sentences are paragraphs, with an empty line after each."""

    def __init__(self, question: Question, asked: Asked) -> None:
        self.question = question
        self.asked = asked

    @property
    @abstractmethod
    def sentences(self) -> list[str]:
        """The answer in plain words, with its intervals."""

    @property
    @abstractmethod
    def rests_on(self) -> list[str]:
        """The basis of the sentences, and what they leave out."""

    @cached_property
    def verdict(self) -> Verdict:
        """What a reader takes away: where a question has no verdict of its own, its first sentences."""
        first, *more = self.sentences
        return Verdict(first, told=tuple(more[:_MOST_TOLD]), doubts=tuple(self.basis[:_MOST_TOLD]))

    @property
    def basis(self) -> list[str]:
        """The basis of the sentences, and what the scenario says that every answer repeats."""
        return [*self.rests_on, *conditions(self.question)]

    @property
    def course(self) -> list[str]:
        """The timeline, where the scenario has one."""
        return []

    @property
    def costs(self) -> list[str]:
        """The costs, in sentences."""
        return []

    @property
    def known(self) -> list[str]:
        """How precisely the differences are known; for analysts."""
        return []

    @property
    def caveats(self) -> list[str]:
        """The caveats, and what is missing from the answer."""
        return [*self.basis, *self.missing.told]

    @property
    def paragraphs(self) -> Paragraphs:
        """All sentences, by the headings of answer.txt."""
        verdict = self.verdict.paragraphs if self.verdict.lines else ()
        return paragraphs_of(self.sentences, self.basis, self.course, self.costs, self.known, verdict)

    @property
    @abstractmethod
    def table(self) -> "pd.DataFrame":
        """The main numbers, written for people."""

    @abstractmethod
    def tables(self) -> "Mapping[str, pd.DataFrame | Iterable[pd.DataFrame]]":
        """Return the tables that have rows, whole or in pieces, by the names of their files."""

    @cached_property
    def drawn(self) -> Sequence[Drawn]:
        """Charts with their numbers."""
        return self._draw()

    def _draw(self) -> Sequence[Drawn]:
        return []

    @property
    def missing(self) -> Missing:
        """What is missing from the answer."""
        return NOTHING

    @property
    @abstractmethod
    def made(self) -> Mapping[str, Any]:
        """The entries of the manifest that only this answer has."""

    def write_rest(self, folder: RunFolder) -> None:  # noqa: B027  (most have nothing more)
        """Write what is neither text nor table nor chart."""

    @property
    def charts(self) -> dict[str, Chart]:
        """Charts by name: each shows itself, has a description (``.alt``) and a Matplotlib figure (``.figure``)."""
        return {drawn.chart.name: drawn.chart for drawn in self.drawn}

    def chart(self, name: str | None = None) -> Chart:
        """Return a chart, which shows itself in a notebook.

        Parameters
        ----------
        name : str, optional
            One of `charts`; if left out, the first.

        Raises
        ------
        InputError
            If there is no such chart.
        """
        charts = self.charts
        if name is None:
            return next(iter(charts.values()))
        if name not in charts:
            raise InputError(not_one_of(name, "chart", list(charts)))
        return charts[name]

    def figure(self, name: str | None = None) -> "Figure":
        """Return a chart as a Matplotlib figure, to be changed or saved; parameters and errors as in `chart`."""
        return self.chart(name).figure

    def save(self, folder: str | Path) -> list[Path]:
        """Write the folder that the command of the same name writes; return the files written.

        Parameters
        ----------
        folder : str or Path
            Made if it is not there; what an earlier run had left in it is replaced, which is printed, files of others
            never.

        Raises
        ------
        InputError
            If it cannot be used or written: then nothing in it has changed.
        """
        with run_folder(Path(folder), self.kind.expected) as opened:
            names = self.write(opened)
        for line in opened.replaced_told:
            print(line)
        return [Path(folder) / name for name in names]

    def write(self, folder: RunFolder, forms: Sequence[Form] = FORMS) -> list[str]:
        """Write all files and put them in their place; if nothing is missing, remove what `--resume` would need.

        Parameters
        ----------
        folder
            Where to.
        forms
            Of the pictures; the first, which is on page one, is written in all.

        Returns
        -------
        list of str
            Names of the files.
        """
        folder.write_text(ANSWER, as_text(self.paragraphs))
        folder.write_text(VERDICT, as_json(self.verdict))
        for name, table in self.tables().items():
            write_table(folder, name, table)
        for position, (chart, numbers) in enumerate(self.drawn):
            chart.write(folder.made("charts"), forms if position else tuple(dict.fromkeys((*FORMS, *forms))))
            folder.write_csv(f"charts/{chart.name}.csv", numbers)
        self.write_rest(folder)
        write_question(folder, self.question)
        missing = self.missing
        lacks = {"failures": missing.failed, "interrupted": missing.interrupted}
        times = times_of(self.asked.began, self.asked.ended)
        made = {"question": self.kind.name, **self.made, **lacks, **times}
        files = finish(folder, self.kind, provenance(self.question, given(self.asked.options), made))
        if not (missing.interrupted or missing.failed):
            folder.forget()
        return files

    def show(self, console: "Console") -> None:
        """Print the verdict; where it has no lines, the sentences and the caveats."""
        console.print()
        if self.verdict.lines:
            print_verdict(self.verdict, console)
            return
        if self.course:
            print_paragraphs(self.course, console)
            console.print()
        print_paragraphs((f"{sentence}\n" if self.apart else sentence for sentence in self.sentences), console)
        print_paragraphs(self.costs, console)
        if self.costs or not self.apart:
            console.print()
        print_aside(self.basis, console)
        if self.known:
            console.print()
            print_paragraphs(self.known, console)

    @property
    def _whose(self) -> list[str]:
        """Report whether the providers are made up."""
        return [] if self.question.own_register else [_SYNTHETIC]

    def __repr__(self) -> str:
        told = self.verdict.paragraphs if self.verdict.lines else self.sentences
        return "\n\n".join(fill(sentence, _LINE) for sentence in [*told, *self._whose])

    def _repr_html_(self) -> str:
        verdict = self.verdict
        short = [verdict.title, *verdict.trouble, *verdict.told] if verdict.lines else self.sentences
        table = frame_of(verdict) if verdict.lines else self.table
        caveats = [*(verdict.doubts if verdict.lines else self.basis), *self.missing.told, *self._whose]
        return "\n".join(
            [
                '<div style="max-width:60em">',
                *(f"<p>{escape(sentence)}</p>" for sentence in short),
                table_html(table),
                *(f"<p><small>{escape(caveat)}</small></p>" for caveat in caveats),
                "</div>",
            ]
        )


class Made(Protocol[Found_contra, Answer_co]):
    """An answer, made of what came out of a question: a class of answers is one."""

    @property
    def kind(self) -> Kind:
        """Its declaration."""

    def __call__(self, found: Found_contra, asked: Asked, /) -> Answer_co:
        """Make it."""
