"""The number of inspectors over plausible worlds, in sentences: the range first, then what chance does."""

import math
from typing import Final

from simulator.questions.sensitivity.assumption_words import title_of_assumption, value_told
from simulator.questions.size.found import Sized, Sizing
from simulator.questions.size.needed import SHARES, Mover, Needed
from simulator.questions.size.words import fte
from simulator.words.pools import inspectors_of
from simulator.words.wording import capital, counted, joined, named, percent, verb

_NAMED: Final = 2
"""Assumptions named, at most."""
_MOST: Final = 0.5
"""Share of the variance from which on an assumption makes most of the range."""


def headline(sizing: Sizing, sized: Sized, needed: Needed) -> str:
    """Report between which numbers the need lies, and what it is with the assumed values."""
    title = sizing.question.titles[needed.framework]
    low, high = needed.range
    who = inspectors_of(sizing.pool)
    subject = f"{named(title)} {verb(title, 'needs')}"
    if math.isinf(low):
        told = (
            f"no number of {who} is enough under {named(title)} in most of {counted(needed.worlds, 'plausible world')}"
        )
    elif math.isinf(high):
        told = f"{subject} {fte(sizing, low)} {who} or many more, depending on what nobody knows"
    elif low == high:
        told = f"{subject} {fte(sizing, low)} {who}, whatever is assumed"
    else:
        told = f"{subject} between {fte(sizing, low)} and {fte(sizing, high)} {who}, depending on what nobody knows"
    return capital(f"{told}; {_assumed(sizing, sized)}.")


def _assumed(sizing: Sizing, sized: Sized) -> str:
    """Report the number with the assumed values, and its interval of chance."""
    if sized.fte is None:
        return "with the assumed values no number was found"
    low, high = sizing.interval(sized)
    chance = "" if low == high else f" ({fte(sizing, low)} to {fte(sizing, high)} by chance)"
    return f"{fte(sizing, sized.fte)} with the assumed values{chance}"


def how_sure(sizing: Sizing, needed: Needed) -> str:
    """Report the numbers that are enough in most worlds, and the worlds in which none is."""
    enough = {share: needed.enough_in(share) for share in SHARES}
    told = [f"{fte(sizing, number)} in {percent(share)}" for share, number in enough.items() if math.isfinite(number)]
    are = "targets are" if len(sizing.targets) > 1 else "target is"
    range_told = f"The range holds nine in ten of {counted(needed.worlds, 'plausible world')}."
    met = f" The {are} met by {joined(told)} of them." if told else ""
    none = f" In {needed.without} of {needed.worlds} no number is enough." if needed.without else ""
    return f"{range_told}{met}{none}"


def number_or_none(sizing: Sizing, number: float) -> str:
    """Write a number of inspectors, or that there is none."""
    return "no number" if math.isinf(number) else fte(sizing, number)


def moved_by(sizing: Sizing, needed: Needed) -> str:
    """Report the assumptions that move the number most, or that none stands out."""
    if not needed.movers:
        return ""
    clear = [mover for mover in needed.movers[:_NAMED] if mover.is_clear]
    if not clear:
        return (
            f"No single one of {counted(len(needed.movers), 'assumption')} clearly moves it more than chance would in "
            f"{counted(needed.worlds, 'world')}."
        )
    part = "Most of this range comes from" if clear[0].share >= _MOST else "What moves it most is"
    return f"{part} {'; then '.join(_mover(sizing, mover) for mover in clear)}."


def _mover(sizing: Sizing, mover: Mover) -> str:
    """Report an assumption with the numbers needed at the ends of its range, and its share of the variance."""
    ends = []
    for end, number in ((0.0, mover.at_low), (1.0, mover.at_high)):
        value = value_told(mover.assumption, end)
        at = f"at {value}" if mover.assumption.alike else f"at the {value} of its range"
        ends.append(f"{fte(sizing, round(number / sizing.effort.step) * sizing.effort.step)} {at}")
    title = title_of_assumption(mover.assumption.key)
    return f"{title}: about {ends[0]} and {ends[1]} ({percent(mover.share)} of the variance over the worlds)"
