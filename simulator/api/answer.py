"""An answer that shows itself: sentences, a table, what they rest on, charts, and a folder to be saved as."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cached_property
from html import escape
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Any, Final

from simulator.inputs.messages import InputError, not_one_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from simulator.answers.keeping import Keeping
    from simulator.charts.sheet import Chart
    from simulator.running.question import Question

LINE: Final = 100
"""Characters of a line of text."""
SYNTHETIC: Final = (
    "The providers are synthetic: drawn at random to match published figures; none of them exists. Numbers without a "
    "published source are assumptions, marked as such in docs/assumptions.md."
)
STYLE: Final = "text-align:left;vertical-align:top;padding:.25em 1em .25em 0"


class Answer(ABC):
    """What came out of a question.

    In a notebook it shows its sentences, its table and what they rest on; `print` gives the sentences. Frames are data
    frames of pandas, a new one each time: change them as you like.
    """

    def __init__(self, question: "Question", found: Any, asked: dict[str, Any], began: datetime) -> None:
        self.question = question
        self._found, self._asked = found, asked
        self._began, self._ended = began, datetime.now(UTC)

    @property
    @abstractmethod
    def _keeping(self) -> "Keeping[Any]":
        """What is done with answers to this question."""

    @property
    @abstractmethod
    def sentences(self) -> list[str]:
        """The answer in plain words, with its intervals."""

    @property
    @abstractmethod
    def caveats(self) -> list[str]:
        """What the sentences rest on, and what they do not say."""

    @property
    @abstractmethod
    def table(self) -> "pd.DataFrame":
        """The main numbers, written for people."""

    @property
    def charts(self) -> "dict[str, Chart]":
        """Charts by name: each shows itself, has a description (``.alt``) and a Matplotlib figure (``.figure``)."""
        return dict(self._drawn)

    def chart(self, name: str | None = None) -> "Chart":
        """Give a chart, which shows itself in a notebook.

        Parameters
        ----------
        name : str, optional
            One of `charts`; if left out, the first.

        Raises
        ------
        InputError
            If there is no such chart.
        """
        if name is None:
            return next(iter(self._drawn.values()))
        if name not in self._drawn:
            raise InputError(not_one_of(name, "chart", list(self._drawn)))
        return self._drawn[name]

    def figure(self, name: str | None = None) -> "Figure":
        """Give a chart as a Matplotlib figure, to be changed or saved; parameters and errors as of `chart`."""
        return self.chart(name).figure

    def save(self, folder: str | Path) -> list[Path]:
        """Write the folder that the command of the same name writes; give the files written.

        Parameters
        ----------
        folder : str or Path
            Made if it is not there; what an earlier run had left in it is replaced, files of others never.

        Raises
        ------
        InputError
            If it cannot be used or written: then nothing in it has changed.
        """
        return self._keeping.save(Path(folder), self._found, self._asked, self._began, self._ended)

    @property
    def _missing(self) -> list[str]:
        """What the answer is without."""
        return self._keeping.missing(self._found).told

    @cached_property
    def _drawn(self) -> "dict[str, Chart]":
        return {each.name: each for each in self._draw()}

    @abstractmethod
    def _draw(self) -> "Sequence[Chart]": ...

    @property
    def _whose(self) -> list[str]:
        """Say whether the providers are made up."""
        return [] if self.question.own_register else [SYNTHETIC]

    def __repr__(self) -> str:
        return "\n\n".join(fill(each, LINE) for each in [*self.sentences, *self._whose])

    def _repr_html_(self) -> str:
        return "\n".join(
            [
                '<div style="max-width:60em">',
                *(f"<p>{escape(each)}</p>" for each in self.sentences),
                table_html(self.table),
                *(f"<p><small>{escape(each)}</small></p>" for each in [*self.caveats, *self._whose]),
                "</div>",
            ]
        )


def table_html(frame: "pd.DataFrame") -> str:
    """Write a frame as a table for people: its columns as headings, the first cell of each row as that of the row."""
    head = "".join(f'<th scope="col" style="{STYLE}">{escape(str(name))}</th>' for name in frame.columns)
    rows = [
        f'<tr><th scope="row" style="{STYLE}">{escape(str(first))}</th>'
        + "".join(f'<td style="{STYLE}">{escape(str(cell))}</td>' for cell in cells)
        + "</tr>"
        for first, *cells in frame.itertuples(index=False, name=None)
    ]
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
