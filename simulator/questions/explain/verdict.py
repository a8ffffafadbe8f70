"""The verdict of an explanation: what each part brings by each measure, side by side, and how sure that is."""

from collections.abc import Iterator, Sequence
from math import isnan
from typing import Final

from simulator.measures.names import ALL_SERVICES
from simulator.questions.compare.doubts import assumed_told
from simulator.questions.explain.explained import Explained
from simulator.questions.explain.words import UNDEFINED, caveats, sentences, title, values_told
from simulator.render.verdict import Line, Verdict
from simulator.running.targets import Quantity
from simulator.words.quantities import column_title
from simulator.words.rounded import as_percent, short, with_sign
from simulator.words.units import scale_of
from simulator.words.wording import joined, named

_ON_TIME: Final = Quantity("on_time_share", ALL_SERVICES)
_KEPT: Final = 0.97
_WHAT: Final = "What each part brings"
_RULE: Final = "As a rule, with inspectors for all work"
_TIME: Final = "By inspectors' time taken or left"


def verdict_of(explained: Explained) -> Verdict:
    """Return the verdict of an explanation."""
    first, *others = sentences(explained)
    headline = title(explained)
    more = first.removeprefix(headline).strip()
    return Verdict(
        title=headline,
        trouble=tuple(_trouble(explained)),
        of_frameworks=False,
        columns=tuple(column_title(quantity) for quantity in explained.quantities),
        lines=tuple(_lines(explained)),
        told=(*([more] if more and explained.groups else []), *(others if explained.groups else ())),
        doubts=(*caveats(explained), assumed_told(explained.question.scenario)),
    )


def _trouble(explained: Explained) -> Iterator[str]:
    """Report where many statutory inspections are late: then a part also acts by what it crowds out."""
    late = [
        f"{as_percent(1 - level.mean)} are under {named(explained.question.titles[framework.name])}"
        for framework, is_option in zip(explained.pair, (True, False), strict=True)
        if (level := explained.level(_ON_TIME, everything=is_option)).mean < _KEPT
    ]
    if late:
        yield (
            f"The law is not kept with these inspectors: of the statutory inspections {joined(late)} late. A part then "
            "also acts by the inspections that it crowds out; the same without a limit to inspectors tells the two "
            "apart."
        )


def _lines(explained: Explained) -> Iterator[Line]:
    """Return the baseline, what each part brings, all parts together, and the option."""
    yield _level(explained, everything=False)
    columns = [_Column(explained, quantity) for quantity in explained.quantities]
    yield from _parts(explained, _WHAT, [(column.values, column.summed) for column in columns])
    totals = tuple(column.total for column in columns)
    cells = tuple(column.written(column.total) for column in columns)
    yield Line("all together", cells, _WHAT, tuple(map(_known, totals)))
    yield _level(explained, everything=True)
    for group, which in ((_RULE, "as_rule"), (_TIME, "by_time")):
        apart = [[getattr(share, which) for share in column.shares] for column in columns]
        if any(map(any, apart)):
            values = [
                [estimate.mean * column.factor for estimate in estimates]
                for column, estimates in zip(columns, apart, strict=True)
            ]
            told = [list(map(column.written, given)) for column, given in zip(columns, values, strict=True)]
            yield from _parts(explained, group, list(zip(values, told, strict=True)))


class _Column:
    """One measure in the lines, in the unit in which people read it."""

    def __init__(self, explained: Explained, quantity: Quantity) -> None:
        self.factor = scale_of(quantity.of)[0]
        self.shares = explained.shares(quantity)
        self.values = [share.value.mean * self.factor for share in self.shares]
        self.summed = values_told(explained, quantity)
        self.total = explained.total(quantity).mean * self.factor
        self._decimals = explained.decimals(quantity)

    def written(self, value: float) -> str:
        """Write a difference with its sign."""
        return UNDEFINED if isnan(value) else with_sign(value, self._decimals)


def _parts(
    explained: Explained, group: str, columns: Sequence[tuple[Sequence[float], Sequence[str]]]
) -> Iterator[Line]:
    """Return a line for each part, of its values in each column and how they are written."""
    for position, part in enumerate(explained.groups):
        cells = tuple(written[position] for _, written in columns)
        yield Line(part.title, cells, group, tuple(_known(values[position]) for values, _ in columns))


def _level(explained: Explained, everything: bool) -> Line:
    """Return a line with the measures under one of the two frameworks."""
    framework = explained.pair[0 if everything else 1]
    scaled = [
        explained.level(quantity, everything).mean * scale_of(quantity.of)[0] for quantity in explained.quantities
    ]
    cells = tuple(short(value) if not isnan(value) else UNDEFINED for value in scaled)
    return Line(explained.question.titles[framework.name], cells, "", tuple(map(_known, scaled)))


def _known(value: float) -> float | None:
    return value if not isnan(value) else None
