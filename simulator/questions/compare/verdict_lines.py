"""The lines of a verdict: a few numbers that a lay reader needs, for each framework."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from simulator.measures.declaration import SHARE
from simulator.questions.compare.of_hundred import GROUPS, WORDS, of_hundred
from simulator.render.verdict import Line
from simulator.words.estimates import EVERYONE, Estimates, Subject, subject_of
from simulator.words.rounded import as_percent, in_pounds, nearly_percent, short, whole
from simulator.words.wording import capital

if TYPE_CHECKING:
    from simulator.questions.compare.comparison import Comparison

_NONE: Final = "–"
"""Where a framework has no number."""


class _Row(NamedTuple):
    """A line that is one measure."""

    label: str
    measure: str
    subject: Subject
    write: Callable[[float], str]
    group: str
    unit: str


def verdict_lines(compared: "Comparison") -> Iterator[Line]:
    """Return the lines that have a number under at least one framework."""
    subject, estimates = subject_of(compared), Estimates(compared)
    yield from _of_hundred(compared, subject)
    for row in _rows(subject):
        levels = [estimates.level(name, row.subject, row.measure) for name in compared.titles]
        if any(level.defined for level in levels):
            values = [level.mean if level.defined else None for level in levels]
            yield _line(row.label, row.write, row.group, values, row.unit)


def _line(label: str, write: Callable[[float], str], group: str, values: Sequence[float | None], unit: str) -> Line:
    """Return a line of numbers, written as a lay reader takes them in."""
    cells = (_NONE if value is None else write(value) for value in values)
    return Line(label, tuple(cells), group, tuple(values), unit)


def _rows(subject: Subject) -> Iterator[_Row]:
    poor, days, homes = f"{capital(subject.short)} that become poor", "days", subject.short
    yield _Row("days unfound, on average", "days_unfound_mean", subject, whole, poor, days)
    yield _Row("days unfound, longest tenth (mean)", "days_unfound_worst_tenth", subject, whole, poor, days)
    yield _Row("poor and unfound at any time", "undetected_poor_provider_years", subject, short, poor, homes)
    visits, unit = f"Visits a year to a {subject.short[:-1]} last judged", "visits a year"
    yield _Row("good or better", "visits_rated_good", subject, short, visits, unit)
    yield _Row("adequate", "visits_rated_adequate", subject, short, visits, unit)
    yield _Row("poor", "visits_rated_poor", subject, short, visits, unit)
    cost = f"A year of a {subject.short[:-1]} last judged good"
    yield _Row("days of its staff", "burden_days_rated_good", subject, short, cost, days)
    yield _Row("cost of these days", "burden_cost_rated_good", subject, in_pounds, cost, "pounds")
    everyone, work = "All providers", "inspector-days a year"
    yield _Row(work, "inspector_days_per_year", EVERYONE, short, everyone, work)
    yield _Row("days of their staff a year", "burden_days_per_year", EVERYONE, short, everyone, "days a year")
    yield _Row("cost a year, with inspectors", "whole_cost_per_year", EVERYONE, _millions, everyone, "pounds a year")
    yield _Row("of inspectors' time used", "utilisation", EVERYONE, _used, everyone, SHARE)
    yield _Row("statutory visits on time", "on_time_share", EVERYONE, nearly_percent, everyone, SHARE)
    yield _Row("visits at discretion made", "discretionary_made_share", EVERYONE, nearly_percent, everyone, SHARE)
    yield _Row("promised random visits made", "random_made_share", EVERYONE, as_percent, everyone, SHARE)


def _millions(pounds: float) -> str:
    return f"£{pounds / 1e6:.1f}m"


def _used(share: float) -> str:
    """Write the share of the inspectors' time that is used; there is none where their number has no limit."""
    return nearly_percent(share) if share > 0 else _NONE


def _of_hundred(compared: "Comparison", subject: Subject) -> Iterator[Line]:
    """Return how soon 100 providers that become poor are found."""
    counted = of_hundred(compared, subject)
    for group in GROUPS if counted else ():
        values = [getattr(counted[name], group) if name in counted else None for name in compared.titles]
        yield _line(WORDS[group], whole, f"Of 100 {subject.short} that become poor", values, subject.short)
