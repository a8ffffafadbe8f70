"""What must be known before any number of a comparison is used: the law is not kept, a queue grows, promises are not.

Where statutory inspections are late or a queue still grows at the end, every mean depends on the number of years that
were run: it is an average over a state of things that does not last.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from simulator.words.estimates import EVERYONE, Estimate, Estimated, Estimates
from simulator.words.rounded import short
from simulator.words.wording import joined, named, number

if TYPE_CHECKING:
    from collections.abc import Callable

_LATE_SHARE: Final = "late_share"
_PAST: Final = "providers_past_duty"
_GROWTH: Final = "backlog_growth_per_year"
_MADE: Final = "random_made_share"
_DISCRETION: Final = "discretionary_made_share"
_USED: Final = "utilisation"
_BUSY: Final = 0.96
"""Share of the inspectors' time used above which what yields to statutory work comes late."""
_INSPECTIONS: Final = "inspections_per_year"
_LATE: Final = 0.03
"""Share of the duties met late above which it is trouble."""
_PAST_SHARE: Final = 0.01
"""Past their date, as a share of the duties that fall due in a year, above which it is trouble."""
_GROWING: Final = 0.01
"""Growth of the backlog a year, as a share of the inspections made a year, above which it is trouble."""
_KEPT_PROMISE: Final = 0.9
"""Share of the promised random visits, or of all visits at discretion, below which it is trouble."""
_ALL: Final = 0.95
_ONE: Final = "1 in"
"""With it a verb is in the singular."""
_ABOUT_HALF: Final = 0.55


class Trouble(NamedTuple):
    """What must be known before any number is used, in sentences."""

    law: tuple[str, ...]
    """The law is not kept or a queue grows: no mean is what it seems to be."""
    promises: tuple[str, ...]
    """Visits that are wanted and not made."""


def trouble(compared: Estimated) -> Trouble:
    """Return what must be said before any number; nothing where all is well."""
    late, past, growing = dict(_late(compared)), dict(_past(compared)), dict(_growing(compared))
    law = []
    if late:
        law.append(f"The law is not kept with these inspectors: of the statutory inspections {_each(compared, late)}.")
    if past:
        law.append(f"Past their statutory date at any time are {_each(compared, past)}.")
    if growing:
        law.append(
            f"The queue still grows at the end under {_titles(compared, growing)}, so these figures depend on the "
            "number of years chosen."
        )
    elif late:
        law.append("Where inspections are late, these figures depend on the number of years chosen.")
    return Trouble(tuple(law), tuple(_promises(compared)))


def busy_told(compared: Estimated) -> list[str]:
    """Name the frameworks under which inspectors have almost no time to spare, and what that does."""
    busy = dict(_busy(compared))
    if not busy:
        return []
    late = "Visits that yield to statutory ones, such as a new look at a home judged poor, come late there."
    otherwise = "With more inspectors the comparison would be different."
    return [f"Inspectors have almost no time to spare: {_each(compared, busy)}. {late} {otherwise}"]


def _promises(compared: Estimated) -> Iterator[str]:
    for measure, which in ((_MADE, "promised random visits"), (_DISCRETION, "visits wanted at discretion")):
        if missed := dict(_missed(compared, measure)):
            yield f"Of the {which} {_each(compared, missed)}."


def in_words(share: float) -> str:
    """Write a share as people say it: ``1 in 20``, ``6 in 10``, ``nearly all``.

    Parameters
    ----------
    share
        Between 0 and 1, and not 0.
    """
    if share >= _ALL:
        return "all" if share == 1 else "nearly all"
    if share > _ABOUT_HALF:
        return f"{number(10 * share)} in 10"
    return f"1 in {number(1 / share)}"


def _each(compared: Estimated, told: Mapping[str, str]) -> str:
    """Join what is said of each framework, those of which the same is said together."""
    ways = dict.fromkeys(told.values())
    parts = [f"{way} under {_titles(compared, [name for name in told if told[name] == way])}" for way in ways]
    return "; ".join(parts)


def _titles(compared: Estimated, names: "Mapping[str, str] | list[str]") -> str:
    return joined([named(compared.titles[name]) for name in names])


def _levels(
    compared: Estimated, measure: str, is_trouble: "Callable[[str, float], bool]"
) -> Iterator[tuple[str, float]]:
    """Return the frameworks for which a measure of all providers is trouble, with its mean."""
    estimates = Estimates(compared)
    for name in compared.titles:
        level: Estimate = estimates.level(name, EVERYONE, measure)
        if level.defined and is_trouble(name, level.mean):
            yield name, level.mean


def _late(compared: Estimated) -> Iterator[tuple[str, str]]:
    for name, share in _levels(compared, _LATE_SHARE, lambda _, mean: mean > _LATE):
        late = in_words(share)
        yield name, f"{late} {'ends' if late.startswith(_ONE) else 'end'} late"


def _past(compared: Estimated) -> Iterator[tuple[str, str]]:
    estimates = Estimates(compared)

    def is_trouble(name: str, mean: float) -> bool:
        due = estimates.level(name, EVERYONE, "duties_due_per_year")
        return due.defined and mean > _PAST_SHARE * due.mean

    for name, past in _levels(compared, _PAST, is_trouble):
        yield name, f"{short(round(past))} {'provider' if round(past) == 1 else 'providers'}"


def _growing(compared: Estimated) -> Iterator[tuple[str, str]]:
    estimates = Estimates(compared)

    def is_trouble(name: str, mean: float) -> bool:
        made = estimates.level(name, EVERYONE, _INSPECTIONS)
        return mean > max(1.0, _GROWING * made.mean) and estimates.level(name, EVERYONE, _GROWTH).low > 0

    for name, growth in _levels(compared, _GROWTH, is_trouble):
        yield name, number(growth)


def _busy(compared: Estimated) -> Iterator[tuple[str, str]]:
    for name, used in _levels(compared, _USED, lambda _, mean: mean > _BUSY):
        yield name, f"{number(100 * used)}% of it is used"


def _missed(compared: Estimated, measure: str) -> Iterator[tuple[str, str]]:
    for name, made in _levels(compared, measure, lambda _, mean: mean < _KEPT_PROMISE):
        missed = in_words(1 - made)
        not_made = f"{missed} {'is' if missed.startswith(_ONE) else 'are'} not made"
        yield name, "none is made" if made == 0 else not_made
