"""The answer of `size` over plausible worlds: the range of the number, what is enough in most, and what moves it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.answers.answer import Drawn
from simulator.answers.figures import Crossed, crossed, figure_of, in_order
from simulator.answers.file import File
from simulator.answers.files import VERDICT
from simulator.answers.kept_run import KeptRun
from simulator.answers.kind import Kind
from simulator.answers.meanings import COUNT, FTE, SHARE, Meaning, ends_of
from simulator.charts.line_plot import Frame, Line, Text, looks, plotted, ticks_of
from simulator.charts.marks import Mark
from simulator.charts.sheet import Chart, drawing, source_of
from simulator.measures.bands import Band
from simulator.questions.over_fits.answer import OverFits
from simulator.questions.over_fits.plausible import PlausibleSet
from simulator.questions.over_fits.words import Told
from simulator.questions.sensitivity.assumption_words import title_of_assumption
from simulator.questions.size.answer import Sized
from simulator.questions.size.needed import SHARES, Needed
from simulator.questions.size.words import fte
from simulator.questions.size.worlds_words import headline, how_sure, moved_by, number_or_none
from simulator.render.document import Figure
from simulator.render.verdict import Line as VerdictLine
from simulator.render.verdict import Verdict
from simulator.running.worlds import PLAUSIBLE
from simulator.words.assumptions import plain
from simulator.words.pools import inspectors_of
from simulator.words.wording import capital, percent

if TYPE_CHECKING:
    import pandas as pd

_MET: Final = "met_in_worlds.csv"
_MOVERS: Final = "movers.csv"
_CHART: Final = "met-in-worlds"
_COLUMNS: Final = {
    "worlds": Meaning("Worlds", "whole number", COUNT, "plausible worlds in which the number is enough"),
    **ends_of("share", Meaning("Share of worlds", "number", SHARE, "the same as a share"), "Wilson's 95% interval"),
    "title": Meaning("Assumption, in words", "text", "text", "title of the assumption"),
    "share_of_variance": Meaning(
        "Share of variance", "number", SHARE, "share of the variance of the number over the worlds that goes with it"
    ),
    "fte_at_low": Meaning(
        "FTE at the lower end", "number", FTE, "number needed at the lower end of its range, by a line"
    ),
    "fte_at_high": Meaning(
        "FTE at the upper end", "number", FTE, "number needed at the upper end of its range, by a line"
    ),
    "clear": Meaning("Clear", "yes or no", "yes or no", "whether chance would hardly show so much"),
}
_FILES: Final = (
    File(
        _MET,
        "worlds in which a number of inspectors is enough, by number",
        "Met in worlds",
        "Plausible worlds in which a number of inspectors is enough",
        "Wilson's 95% intervals of shares",
        _COLUMNS,
    ),
    File(f"charts/{_CHART}.csv", columns=_COLUMNS),
    File(
        _MOVERS,
        "what moves the number needed over the worlds",
        "What moves it",
        "Assumptions with which the number needed moves over the worlds",
        columns=_COLUMNS,
    ),
)


class SizedOverWorlds(OverFits):
    """The answer of `size` over plausible worlds."""

    of = Sized
    sort = PLAUSIBLE
    worlds: PlausibleSet
    answers: tuple[Sized, ...]

    @classmethod
    def kind_of(cls, kind: Kind) -> Kind:
        """Return the declaration with the tables and the chart that only this question has over worlds."""
        before = 1 + next(place for place, file in enumerate(kind.files) if file.name == VERDICT)
        files = (*kind.files[:before], *_FILES, *kind.files[before:])
        return replace(kind, files=files, figures=lambda run: [*_figures(run), *kind.figures(run)])

    @cached_property
    def needed(self) -> Sequence[Needed]:
        """The numbers that each framework needs over the worlds."""
        numbers = [
            [sized.fte if sized.fte is not None else np.inf for sized in one.found.sized] for one in self.answers
        ]
        return [
            Needed(name, np.array(needed), self.worlds.assumptions, self.worlds.of_numbers())
            for name, needed in zip(self.question.names, zip(*numbers[self.sort.beside :], strict=True), strict=True)
        ]

    @cached_property
    def _told(self) -> list[Told]:
        assumed = self.answers[0].found
        numbers = np.array([[one.numbers for one in self.needed]])[0]
        return [
            Told(
                f"{capital(self.question.titles[one.framework])}, FTE needed",
                FTE,
                np.append(sized.fte if sized.fte is not None else np.inf, row),
                one.enough_in(0.5),
                headline(assumed, sized, one),
                f"{how_sure(assumed, one)} {moved_by(assumed, one)}".strip(),
            )
            for one, sized, row in zip(self.needed, assumed.sized, numbers, strict=True)
        ]

    @cached_property
    def verdict(self) -> Verdict:
        """The range of each framework, what is enough in most worlds, and what moves the number."""
        told = [sentence for one in self._told for sentence in (one.headline, one.detail)]
        lines = (*self._lines(), *super().verdict.lines)
        return replace(super().verdict, title=told[0], told=tuple(told[1:]), lines=lines)

    def _lines(self) -> Iterator[VerdictLine]:
        sizing = self.answers[0].found
        group = f"{capital(inspectors_of(sizing.pool))} needed"
        rows = [("with the assumed values", [sized.fte for sized in sizing.sized])]
        rows += [
            (f"in {percent(share)} of the plausible worlds", [one.enough_in(share) for one in self.needed])
            for share in SHARES
        ]
        for label, numbers in rows:
            known = [None if number is None or np.isinf(number) else number for number in numbers]
            cells = tuple("–" if number is None else fte(sizing, number) for number in known)
            yield VerdictLine(label, cells, group, tuple(known), "full-time equivalents")

    def tables(self) -> "Mapping[str, Iterable[pd.DataFrame]]":
        """Return also the worlds in which each number is enough, and what moves the number."""
        return {**super().tables(), _MET: [self.met], _MOVERS: [self.movers]}

    @property
    def met(self) -> "pd.DataFrame":
        """Worlds in which a number is enough: framework, fte, worlds, share, share_low, share_high."""
        import pandas as pd

        rows = [(one.framework, number, *share) for one in self.needed for number, share in one.met()]
        return pd.DataFrame(rows, columns=["framework", "fte", "worlds", "share", "share_low", "share_high"])

    @property
    def movers(self) -> "pd.DataFrame":
        """What moves the number: framework, assumption, title, share_of_variance, fte_at_low, fte_at_high, clear."""
        import pandas as pd

        rows = [
            (one.framework, mover.assumption.key, title_of_assumption(mover.assumption.key), *mover[1:])
            for one in self.needed
            for mover in one.movers
        ]
        columns = ["framework", "assumption", "title", "share_of_variance", "fte_at_low", "fte_at_high", "clear"]
        return pd.DataFrame(rows, columns=columns)

    def _draw(self) -> Sequence[Drawn]:
        every = [one for one in self.needed if one.met()]
        return [*([Drawn(self._chart(every), self.met)] if every else []), *super()._draw()]

    def _chart(self, every: Sequence[Needed]) -> Chart:
        """Draw the share of worlds in which a number is enough."""
        sizing, titles = self.answers[0].found, self.question.titles
        curves = {one.framework: one.met() for one in every}
        ends = [number for curve in curves.values() for number in (curve[0][0], curve[-1][0])]
        assumed = [sized.fte for sized in sizing.sized if sized.fte is not None]
        marks = [Mark(number, f"{fte(sizing, number)} with the assumed values") for number in assumed]
        ends += [mark.at for mark in marks]
        low, high = min(ends), max(ends)
        x = np.linspace(low, high if high > low else low + 1, max(2, *map(len, curves.values())))
        lines = []
        for (name, curve), look in zip(curves.items(), looks(len(curves)), strict=True):
            numbers, shares = np.array([number for number, _ in curve]), [share for _, share in curve]
            band = Band(*(np.array([getattr(share, end) for share in shares]) for end in ("share", "low", "high")))
            lines.append(Line(titles[name], name == self.question.baseline, look, band, numbers))
        title = "; ".join(
            f"{titles[one.framework]}: {number_or_none(sizing, one.enough_in(SHARES[1]))} "
            f"{inspectors_of(sizing.pool)} are enough in {percent(SHARES[1])} of plausible worlds"
            for one in every
        )
        what = "Share of plausible worlds in which a number of inspectors is enough, with 95% interval (shaded)"
        frame = Frame(x, f"Full-time equivalents of {inspectors_of(sizing.pool)}", 1.0, ticks_of(x), True, marks)
        with drawing():
            figure = plotted(Text(title, what, source_of(self.question.own_register)), lines, frame)
        said = " ".join(one.sentence for one in self._told)
        return Chart(_CHART, title, f"Line chart. {title}. {said}", figure)


def _figures(run: KeptRun) -> list[Figure]:
    how = Crossed("Share of plausible worlds in which the number is enough, %", "FTE", "fte", plain, 100)
    names = {"share": "mean", "share_low": "low", "share_high": "high"}
    return [
        figure_of(run, name, crossed(run, name, run.frame(f"charts/{name}.csv").rename(columns=names), how))
        for name in in_order(run, (_CHART,))
    ]
