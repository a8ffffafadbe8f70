"""The lines of a verdict: a few numbers that a lay reader needs, for each framework."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

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


def verdict_lines(compared: "Comparison") -> Iterator[Line]:
    """Return the lines that have a number under at least one framework."""
    subject, estimates = subject_of(compared), Estimates(compared)
    yield from _of_hundred(compared, subject)
    for row in _rows(subject):
        levels = [estimates.level(name, row.subject, row.measure) for name in compared.titles]
        if any(level.defined for level in levels):
            cells = (row.write(level.mean) if level.defined else _NONE for level in levels)
            yield Line(row.label, tuple(cells), row.group)


def _rows(subject: Subject) -> Iterator[_Row]:
    poor = f"{capital(subject.short)} that become poor"
    yield _Row("days unfound, on average", "days_unfound_mean", subject, whole, poor)
    yield _Row("days unfound, the worst-off tenth", "days_unfound_worst_tenth", subject, whole, poor)
    yield _Row("poor and unfound at any time", "undetected_poor_provider_years", subject, short, poor)
    visits = f"Visits a year to a {subject.short[:-1]}"
    yield _Row("rated good or better", "visits_rated_good", subject, short, visits)
    yield _Row("rated adequate", "visits_rated_adequate", subject, short, visits)
    yield _Row("rated poor", "visits_rated_poor", subject, short, visits)
    cost = f"Cost a year to a {subject.short[:-1]} rated good or better"
    yield _Row("days of its staff", "burden_days_rated_good", subject, short, cost)
    yield _Row("cost of these days", "burden_cost_rated_good", subject, in_pounds, cost)
    everyone = "All providers"
    yield _Row("inspector-days a year", "inspector_days_per_year", EVERYONE, short, everyone)
    yield _Row("statutory visits on time", "on_time_share", EVERYONE, nearly_percent, everyone)
    yield _Row("promised random visits made", "random_made_share", EVERYONE, as_percent, everyone)


def _of_hundred(compared: "Comparison", subject: Subject) -> Iterator[Line]:
    """Return how soon 100 providers that become poor are found."""
    counted = of_hundred(compared, subject)
    for group in GROUPS if counted else ():
        cells = (str(getattr(counted[name], group)) if name in counted else _NONE for name in compared.titles)
        yield Line(WORDS[group], tuple(cells), f"Of 100 {subject.short} that become poor")
