"""The answer to any question over a set of fits: one in the world of each, and how its numbers spread.

An answer is uncertain for two reasons. Random variation shrinks with more replications; the spread of fits that
records cannot distinguish does not. Both are reported: the fits are run on the same replications, and the spread is
over the fits.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Final

from simulator.answers.answer import Answer, Asked, Drawn
from simulator.answers.kind import Kind
from simulator.answers.missing import Missing
from simulator.answers.spread import Spread
from simulator.charts.sheet import source_of
from simulator.questions.over_fits.asking import Ask, InWorlds, ask_each
from simulator.questions.over_fits.chart import chart_of, numbers_of
from simulator.questions.over_fits.report import over_kind
from simulator.questions.over_fits.spreading import Table, spread_over
from simulator.questions.over_fits.verdict import verdict_over
from simulator.questions.over_fits.words import Told, told_of
from simulator.render.verdict import Verdict
from simulator.running.worlds import FITS, Sort, Worlds

if TYPE_CHECKING:
    import pandas as pd

_MOST_DOUBTS: Final = 3
"""Caveats that the verdict repeats."""
_OVER: dict[tuple[type[Answer], Sort], type["OverFits"]] = {}


class OverFits(Answer):
    """The answer of a question over a set of fits, or of other worlds."""

    of: ClassVar[type[Answer]]
    """The answer in one world."""
    sort: ClassVar[Sort] = FITS
    """What the worlds are."""

    def __init_subclass__(cls) -> None:
        cls.kind = cls.kind_of(over_kind(cls.of.kind, cls.sort))
        _OVER[cls.of, cls.sort] = cls

    @classmethod
    def kind_of(cls, kind: Kind) -> Kind:
        """Return the declaration of this answer; a question that has more of its own over worlds adds that here."""
        return kind

    def __init__(self, found: InWorlds, asked: Asked) -> None:
        super().__init__(found.worlds.question, asked)
        self.worlds, self.answers = found

    @classmethod
    def ask_in_all(cls, worlds: Worlds, ask: Ask) -> InWorlds:
        """Ask in every world; a question that shares something out among them does so here."""
        return ask_each(worlds, ask)

    @cached_property
    def spread(self) -> Sequence[Table]:
        """Its tables over the fits."""
        found = [(answer, answer.tables()) for answer in self.answers]
        every = [(spread, [_table(*one, spread) for one in found]) for spread in self.of.kind.spreads]
        return [spread_over(*one, self.question.baseline, self.sort) for one in every if any(map(len, one[1]))]

    def over(self, file: str) -> "pd.DataFrame":
        """Return a table over the fits, by the name of its file in one world; without rows where there is none."""
        import pandas as pd

        return next((table.frame for table in self.spread if table.spread.file == file), pd.DataFrame())

    def by_fit(self, file: str) -> "pd.DataFrame":
        """Return a table of every fit, one below the other, by the name of its file."""
        import pandas as pd

        return pd.concat(self.tables()[file], ignore_index=True)

    @cached_property
    def _told(self) -> list[Told]:
        return told_of(self.spread, self.question, self.of.kind, self.sort)

    @cached_property
    def verdict(self) -> Verdict:
        """The verdict of each fit, with ranges."""
        between = all(table.spread.between for table in self.spread)
        verdicts = [answer.verdict for answer in self.answers]
        return verdict_over(verdicts, self._told, self.basis[:_MOST_DOUBTS], between, self.sort)

    @property
    def sentences(self) -> list[str]:
        """In how many fits each framework does better, and the numbers over the fits."""
        return [one.sentence for one in self._told]

    @property
    def rests_on(self) -> list[str]:
        """What the fits are, and the caveats of the answer in the best of them."""
        return [self.worlds.basis, *self.answers[0].rests_on]

    @property
    def table(self) -> "pd.DataFrame":
        """What the sentences tell, fit by fit: figure, unit, fit, value."""
        return numbers_of(self._told, self.worlds.numbers, self.sort)

    def tables(self) -> "Mapping[str, Iterable[pd.DataFrame]]":
        """Return the tables over the fits, and those of every fit, one below the other, each row with its fit."""
        every = [answer.tables() for answer in self.answers]
        names = dict.fromkeys(name for tables in every for name in tables)
        over = {table.spread.over(self.sort.many): [table.frame] for table in self.spread}
        return over | {name: self._in_each([tables.get(name, ()) for tables in every]) for name in names}

    def _in_each(self, tables: "Sequence[pd.DataFrame | Iterable[pd.DataFrame]]") -> "Iterator[pd.DataFrame]":
        """Yield a table of each fit, in pieces, with the number of the fit."""
        import pandas as pd

        for number, found in zip(self.worlds.numbers, tables, strict=True):
            for frame in [found] if isinstance(found, pd.DataFrame) else found:
                yield frame.assign(**{self.sort.one: number})[[self.sort.one, *frame.columns]]

    def _draw(self) -> Sequence[Drawn]:
        return [Drawn(chart_of(self._told, source_of(self.question.own_register), self.sort), self.table)]

    @property
    def missing(self) -> Missing:
        """Runs that failed, over all fits."""
        return Missing(sum(answer.missing.failed for answer in self.answers), 1, 1)

    @property
    def made(self) -> Mapping[str, Any]:
        """What the question says of the best fit, and which fits were run."""
        many = self.sort.many
        return {**self.answers[0].made, many: self.worlds.name, f"{many}_run": list(self.worlds.numbers)}


def _table(answer: Answer, tables: "Mapping[str, object]", spread: Spread) -> "pd.DataFrame":
    """Return a table of the answer in one world; one without rows where it has none."""
    import pandas as pd

    found = spread.of(answer) if spread.of else tables.get(spread.file)
    columns = [*spread.keys, *(name for value in spread.values for name in value if name)]
    return found if isinstance(found, pd.DataFrame) else pd.DataFrame(columns=columns)


def over_fits_of(of: type[Answer], sort: Sort = FITS) -> type[OverFits]:
    """Return the answer over a set of worlds to a question that is answered by `of` in one world."""
    name = f"{of.__name__}Over{sort.many.capitalize()}"
    return _OVER.get((of, sort)) or type(name, (OverFits,), {"of": of, "sort": sort, "__doc__": OverFits.__doc__})
