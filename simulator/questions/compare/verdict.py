"""The verdict of a comparison: what it means for a provider that becomes poor, for a good one, and for the inspectors.

The title names what the options that were asked about do, in the order in which they were asked, and never the
framework that happens to be farthest away. Trouble comes before any number: where the law is not kept or a queue still
grows, no mean is what it seems to be.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from simulator.questions.compare.doubts import doubts
from simulator.questions.compare.layers import layer_of
from simulator.questions.compare.of_hundred import GROUPS, WORDS, of_hundred
from simulator.questions.compare.trouble import trouble
from simulator.render.verdict import Line, Verdict
from simulator.words.estimates import EVERYONE, Estimate, Estimates, Subject, others, subject_of
from simulator.words.wording import capital, named, number, percent, verb

if TYPE_CHECKING:
    from simulator.questions.compare.comparison import Comparison

_DAYS: Final = "days_unfound_mean"
_INSPECTIONS: Final = "inspections_per_year"
_UNFOUND: Final = "undetected_poor_provider_years"
_MOST_IN_TITLE: Final = 2
"""Options that a title has room for."""
_DASH: Final = "–"
_WHOLE_BELOW: Final = 1000
"""Numbers below are written whole, those above with two digits."""
_TENTHS_BELOW: Final = 10


class _Row(NamedTuple):
    """A line of the verdict, before it is read off."""

    label: str
    measure: str
    subject: Subject
    write: Callable[[float], str]
    group: str = ""


def verdict_of(compared: "Comparison") -> Verdict:
    """Return the verdict of a comparison."""
    layers = tuple(layer_of(framework) for framework in compared.question.frameworks)
    worries = trouble(compared)
    return Verdict(
        title=_title(compared, layers),
        trouble=tuple(worries),
        layers=layers,
        columns=tuple(_heads(compared)),
        lines=tuple(_lines(compared)),
        told=tuple(_option_told(compared, name) for name in others(compared)),
        doubts=tuple(doubts(compared)),
    )


def short(value: float) -> str:
    """Write a number as a lay reader takes it in: 1.9, 69, 330, 33,000."""
    if abs(value) < _TENTHS_BELOW:
        return number(value, 1)
    if abs(value) < _WHOLE_BELOW:
        return number(value)
    return number(float(f"{value:.2g}"))


def _whole(value: float) -> str:
    return number(value)


def _pounds(value: float) -> str:
    return f"£{short(value)}" if value >= _TENTHS_BELOW else f"£{number(value)}"


def _heads(compared: "Comparison") -> Iterator[str]:
    """Name the columns; the baseline is the present where it is what was in force before the start."""
    for name, title in compared.titles.items():
        yield f"Now ({title})" if name == compared.baseline and _is_now(compared) else title


def _is_now(compared: "Comparison") -> bool:
    warm_up = compared.question.warm_up
    return warm_up is not None and warm_up.name == compared.baseline


def _than(compared: "Comparison") -> str:
    """Name the baseline behind ``than``."""
    return "now" if _is_now(compared) else f"under {named(compared.titles[compared.baseline])}"


def _title(compared: "Comparison", layers: Sequence[str]) -> str:
    """Report what the options asked about do: those of the baseline's layer, in the order asked."""
    subject, estimates = subject_of(compared), Estimates(compared)
    names = list(compared.titles)
    alike = [name for name in others(compared) if layers[names.index(name)] == layers[names.index(compared.baseline)]]
    asked = (alike or others(compared))[:_MOST_IN_TITLE]
    level = estimates.level(compared.baseline, subject, _DAYS)
    one = subject.short[:-1]
    if not asked or not level.defined:
        base = compared.titles[compared.baseline]
        days = f"a {one} that becomes poor goes unfound for {_days(level.mean)} on average" if level.defined else ""
        unfound = estimates.level(compared.baseline, subject, _UNFOUND)
        left = f"at any time {short(unfound.mean)} {subject.short} are poor and unfound"
        return f"Under {named(base)} {days or left}{f', and {left}' if days else ''}."
    told = []
    for name in asked:
        what = compared.titles[name]
        work = _work(compared, name, subject)
        days = _longer(estimates.difference(name, subject, _DAYS), estimates.level(name, subject, _DAYS), level)
        told.append(f"{named(what)} {work} and {verb(what, 'leaves')} a {one} that becomes poor unfound {days}")
    return f"{capital('; '.join(told))}."


def _work(compared: "Comparison", name: str, subject: Subject) -> str:
    """Report how many more inspections a framework makes than the baseline."""
    estimates, title = Estimates(compared), compared.titles[name]
    level = estimates.level(compared.baseline, subject, _INSPECTIONS)
    difference = estimates.difference(name, subject, _INSPECTIONS)
    what = f"inspections of {subject.short}"
    makes = verb(title, "makes")
    if not _is_told(difference) or level.mean == 0 or percent(abs(difference.mean) / level.mean) == "0%":
        return f"{makes} about as many {what} as {_than(compared)}"
    more = "more" if difference.mean > 0 else "fewer"
    return f"{makes} {_rounded_percent(abs(difference.mean) / level.mean)} {more} {what} than {_than(compared)}"


def _longer(difference: Estimate, level: Estimate, before: Estimate) -> str:
    """Report how much longer somebody goes unfound; less than half a day is no difference that anybody acts upon."""
    if not _is_told(difference) or abs(difference.mean) < 0.5:  # noqa: PLR2004  (it rounds to no day)
        return f"for about as long ({_days(level.mean)})"
    longer = "longer" if difference.mean > 0 else "less"
    return f"for {_days(abs(difference.mean))} {longer} ({_whole(level.mean)}, not {_whole(before.mean)})"


def _is_told(difference: Estimate) -> bool:
    """Return whether a difference may be reported as one: it is clear, or there is only one replication."""
    return difference.clear or (difference.defined and not difference.has_interval and difference.mean != 0)


def _days(value: float) -> str:
    return f"{_whole(value)} {'day' if _whole(value) == '1' else 'days'}"


def _rounded_percent(share: float) -> str:
    return f"{number(100 * share)}%"


def _lines(compared: "Comparison") -> Iterator[Line]:
    """Return the lines that have a number for at least one framework."""
    subject, estimates = subject_of(compared), Estimates(compared)
    of_hundred = list(_of_hundred(compared, subject))
    yield from of_hundred
    for row in _rows(subject):
        cells = [estimates.level(name, row.subject, row.measure) for name in compared.titles]
        if any(cell.defined for cell in cells):
            yield Line(row.label, tuple(row.write(cell.mean) if cell.defined else _DASH for cell in cells), row.group)
    yield from _burden(compared, subject)


def _rows(subject: Subject) -> Iterator[_Row]:
    one, many = subject.short[:-1], subject.short
    poor = f"{capital(many)} that become poor"
    yield _Row("days unfound, on average", _DAYS, subject, _whole, poor)
    yield _Row("days unfound, longest tenth", "days_unfound_worst_tenth", subject, _whole, poor)
    yield _Row("poor and unfound at any time", _UNFOUND, subject, short, poor)
    visits = f"Visits a year to a {one}"
    yield _Row("rated good or better", "visits_per_good_rated_year", subject, short, visits)
    yield _Row("rated adequate", "visits_per_adequate_rated_year", subject, short, visits)
    yield _Row("rated poor", "visits_per_poor_rated_year", subject, short, visits)
    yield _Row("inspector-days a year", "inspector_days_per_year", EVERYONE, short, "All providers")
    yield _Row("statutory visits on time", "on_time_share", EVERYONE, _on_time, "All providers")
    yield _Row("promised random visits made", "random_visits_made_share", EVERYONE, _rounded_percent, "All providers")


def _on_time(share: float) -> str:
    """Write a share that is all only where it is all."""
    return "nearly all" if 0.995 <= share < 1 else _rounded_percent(share)  # noqa: PLR2004  (what rounds to 100%)


def _of_hundred(compared: "Comparison", subject: Subject) -> Iterator[Line]:
    """Return how soon 100 providers that become poor are found, as whole ones that add up to 100."""
    counted = of_hundred(compared, subject)
    for group in GROUPS if counted else ():
        cells = (str(getattr(counted[name], group)) if name in counted else _DASH for name in compared.titles)
        yield Line(WORDS[group], tuple(cells), f"Of 100 {subject.short} that become poor")


def _burden(compared: "Comparison", subject: Subject) -> Iterator[Line]:
    """Return what it costs an average provider in days of its staff and in pounds a year."""
    estimates, one = Estimates(compared), subject.short[:-1]
    for label, measure, write in (
        ("days of staff", "burden_days_per_year", short),
        ("cost of these days", "burden_cost_per_year", _pounds),
    ):
        cells = []
        for name in compared.titles:
            made, each, burden = (
                estimates.level(name, subject, key) for key in (_INSPECTIONS, "inspections_per_provider_year", measure)
            )
            there = made.mean / each.mean if each.defined and each.mean > 0 else float("nan")
            cells.append(write(burden.mean / there) if burden.defined and there == there else _DASH)
        if set(cells) != {_DASH}:
            yield Line(label, tuple(cells), f"Cost to an average {one} a year")


def _option_told(compared: "Comparison", name: str) -> str:
    """Report one option in a sentence: work for everybody's inspectors, and who is left unfound."""
    subject, estimates = subject_of(compared), Estimates(compared)
    title, layer = compared.titles[name], layer_of(next(f for f in compared.question.frameworks if f.name == name))
    work = estimates.difference(name, EVERYONE, "inspector_days_per_year")
    base = estimates.level(compared.baseline, EVERYONE, "inspector_days_per_year")
    unfound, left = (
        estimates.difference(name, subject, _UNFOUND),
        estimates.level(name, subject, _UNFOUND),
    )
    before = estimates.level(compared.baseline, subject, _UNFOUND)
    days = (
        f"{_rounded_percent(abs(work.mean) / base.mean)} {'more' if work.mean > 0 else 'fewer'} inspector-days"
        if base.mean > 0 and _is_told(work) and abs(work.mean) / base.mean >= 0.005  # noqa: PLR2004  (rounds to 1%)
        else "about as many inspector-days"
    )
    number_more = short(abs(unfound.mean)) if abs(unfound.mean) < _TENTHS_BELOW else _whole(abs(unfound.mean))
    if _is_told(unfound) and number_more != "0.0":
        more = "more" if unfound.mean > 0 else "fewer"
        homes = f"{number_more} {more} {subject.short} poor and unfound at any time ({short(left.mean)}, not {short(before.mean)})"
    else:
        homes = f"about as many {subject.short} poor and unfound at any time ({short(left.mean)})"
    return f"{capital(named(title))} ({layer[:1].lower()}{layer[1:]}): {days} than {_than(compared)}, and {homes}."
