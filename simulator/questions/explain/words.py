"""What each part brings, in sentences."""

from collections.abc import Iterator, Sequence
from math import isnan
from typing import Final, NamedTuple

from simulator.questions.explain.explained import Explained, Share
from simulator.questions.explain.groups import Group
from simulator.running.targets import Quantity
from simulator.words.quantities import does, title_of
from simulator.words.rounded import summing, with_sign
from simulator.words.units import scale_of
from simulator.words.wording import capital, joined, named

UNDEFINED: Final = "–"
"""Where a measure is undefined."""
_MOST_NAMED: Final = 3
"""Parts that a sentence names."""


class _Brought(NamedTuple):
    """A group, and what it brings."""

    group: Group
    share: Share
    told: str
    """Its value as it is written, so that all add up to the difference as that is written."""


def sentences(explained: Explained) -> list[str]:
    """Return a paragraph for each measure: the difference, the parts that make it, and those that depend on others."""
    return [" ".join(_measure_told(explained, quantity)) for quantity in explained.quantities]


def title(explained: Explained) -> str:
    """Report the difference by the first measure, and the largest part either way."""
    if not explained.groups:
        option, baseline = _names(explained)
        return f"{capital(option)} prescribes the same as {baseline}: there is no difference to explain."
    return _headline(explained, explained.quantities[0])


def _measure_told(explained: Explained, quantity: Quantity) -> Iterator[str]:
    yield _headline(explained, quantity)
    brought = _brought(explained, quantity)
    yield from _depends(explained, quantity, brought)
    yield from _times_told(explained, quantity, brought)


def _headline(explained: Explained, quantity: Quantity) -> str:
    """Report the difference, what most of it comes from, and what works the other way."""
    option, baseline = _names(explained)
    total = explained.total(quantity)
    if not explained.groups:
        return f"{title_of(quantity)}: the difference is 0, because both prescribe the same."
    brought = sorted(_brought(explained, quantity), key=lambda one: -abs(one.share.value.mean))
    clear = [one for one in brought if one.share.value.clear]
    if not total.clear:
        told = f"{title_of(quantity)}: no clear difference between {option} and {baseline}"
        found = f"{told} ({signed(explained, quantity)})"
        sides = [[one for one in clear if (one.share.value.mean > 0) == more] for more in (True, False)]
        if all(sides):
            more, less = (_listed(explained, quantity, side) for side in sides)
            return f"{found}, because parts work against each other: {more} against {less}."
        return (
            f"{found}. {capital(_listed(explained, quantity, clear))}."
            if clear
            else f"{found}, and none that a part makes."
        )
    sign = 1 if total.mean > 0 else -1
    with_it = [one for one in clear if one.share.value.mean * sign > 0]
    against = [one for one in clear if one.share.value.mean * sign < 0]
    head = f"{capital(does(_option(explained), quantity, sign))} than {baseline} ({signed(explained, quantity)})"
    named_all = sum(min(len(side), _MOST_NAMED) for side in (with_it, against)) == len(brought)
    told = (
        f"{head}: {'that is' if named_all else 'mainly'} {_listed(explained, quantity, with_it)}"
        if with_it
        else f"{head}, to which no part alone adds clearly"
    )
    return (
        f"{told}, although {_listed(explained, quantity, against)} work{_s(against)} the other way."
        if against
        else f"{told}."
    )


def _listed(explained: Explained, quantity: Quantity, brought: Sequence[_Brought]) -> str:
    """Name the largest parts with what they bring."""
    named_ = [f"{one.group.title} ({one.told})" for one in brought[:_MOST_NAMED]]
    return joined(named_)


def _s(brought: Sequence[_Brought]) -> str:
    return "" if len(brought) > 1 else "s"


def _depends(explained: Explained, quantity: Quantity, brought: Sequence[_Brought]) -> Iterator[str]:
    """Name the parts whose effect changes its sign with what else is in force."""
    turning = []
    for one in brought:
        if one.share.turns:
            low, high = (amount(explained, quantity, end) for end in (one.share.lowest, one.share.highest))
            turning.append(f"{one.group.title} ({low} to {high})")
    if turning:
        yield f"Whether it is more or less depends on the other parts in force: {joined(turning)}."


def _times_told(explained: Explained, quantity: Quantity, brought: Sequence[_Brought]) -> Iterator[str]:
    """Report what parts do as rules, and what by the inspectors' time that they take or leave."""
    for head, which in (
        ("As a rule, with inspectors for all work", "as_rule"),
        ("By inspectors' time, taken from other work or left to it", "by_time"),
    ):
        estimates = [(one.group.title, getattr(one.share, which)) for one in brought]
        told = [f"{title_} {amount(explained, quantity, of.mean)}" for title_, of in estimates if of and of.clear]
        if told:
            yield f"{head}: {joined(told)}."


def _brought(explained: Explained, quantity: Quantity) -> list[_Brought]:
    parts = zip(explained.groups, explained.shares(quantity), values_told(explained, quantity), strict=True)
    return [_Brought(*part) for part in parts]


def _option(explained: Explained) -> str:
    return explained.question.titles[explained.pair.option.name]


def _names(explained: Explained) -> tuple[str, str]:
    """Name both frameworks within a sentence."""
    titles = explained.question.titles
    return named(titles[explained.pair.option.name]), named(titles[explained.pair.baseline.name])


def signed(explained: Explained, quantity: Quantity) -> str:
    """Write the difference with its sign, unit and interval: ``−2.7 days, −4.1 to −1.3``."""
    total = explained.total(quantity)
    mean = f"{amount(explained, quantity, total.mean)}{unit_of(quantity)}"
    if not total.has_interval or total.low == total.high:
        return mean
    low, high = (amount(explained, quantity, end) for end in (total.low, total.high))
    return f"{mean}, {low} to {high}"


def values_told(explained: Explained, quantity: Quantity) -> list[str]:
    """Write what each part brings, so that it adds up to the difference as that is written."""
    decimals, factor = explained.decimals(quantity), scale_of(quantity.of)[0]
    values = [share.value.mean * factor for share in explained.shares(quantity)]
    return [UNDEFINED if isnan(value) else with_sign(value, decimals) for value in summing(values, decimals)]


def amount(explained: Explained, quantity: Quantity, value: float) -> str:
    """Write what a part brings, with its sign, in the unit in which people read the measure."""
    return UNDEFINED if isnan(value) else with_sign(value * scale_of(quantity.of)[0], explained.decimals(quantity))


def unit_of(quantity: Quantity) -> str:
    """Return the unit to write behind a difference, empty where the title of the measure has it."""
    unit = quantity.of.unit
    return " days" if unit == "days" else " percentage points" if unit.startswith("share") else ""


def together(explained: Explained) -> list[str]:
    """Report why parts stand together that seem to belong apart."""
    return [group.together for group in explained.groups if group.together]


def caveats(explained: Explained) -> list[str]:
    """Return the basis of the sentences."""
    count = len(explained.groups)
    orders = "all orders" if explained.exact else f"{2 * explained.steps.draws} orders drawn"
    mean = (
        f"What a part adds depends on the parts that are in force before it. Shown is its mean over {orders} in which "
        f"the {count} parts can be taken over (Shapley value"
        f"{', Owen value within a group' if any(group.within for group in explained.groups) else ''}), which "
        "adds up to the difference, gives two parts that do the same the same, and gives 0 to a part without effect."
    )
    chance = (
        f"Means over {explained.finished} paired replications with 95% intervals"
        f"{'' if explained.exact else ' that allow for the orders drawn'}: each replication is the same world under "
        f"every combination of parts ({len(explained.cases.frameworks)} were run)."
    )
    return [*([mean] if count else []), *together(explained), chance]
