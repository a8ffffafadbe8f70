"""The life of one provider under two frameworks: until when it is the same, what differs first, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from simulator.inspectorate.framework import Framework
from simulator.questions.trace.diary import summary
from simulator.questions.trace.diary_entries import entries
from simulator.questions.trace.diary_entry import (
    BEGINS,
    CHANGES,
    ENDS,
    FALLS_AWAY,
    FOLLOWS,
    IS_ASSESSED,
    IS_MET,
    IS_PROMOTED,
    IS_RAISED,
    IS_SET,
    LAPSES,
    PASSES,
    STOPS,
    TAKES_OVER,
    Entry,
)
from simulator.questions.trace.history import ONE_LIFE, Steps, days_unfound, true_grades
from simulator.questions.trace.life import Life
from simulator.questions.trace.moments import CLOSED, DEREGISTERED
from simulator.ticks import day_of
from simulator.words.providers import beginning_with, provider_told
from simulator.words.wording import counted, day_words, named
from simulator.world.services import SERVICE_TITLES

_VISITS: Final = "Each framework has rules of its own for when inspectors come, and a queue of work of its own."
_DATES: Final = "Each framework sets statutory dates of its own, by which inspectors must have come."
_OTHERWISE: Final = "That follows from what the two frameworks ask for."
_WHY: Final = {
    BEGINS: _VISITS,
    IS_RAISED: _VISITS,
    LAPSES: _VISITS,
    IS_SET: _DATES,
    IS_MET: _DATES,
    IS_PROMOTED: _DATES,
    PASSES: _DATES,
    FALLS_AWAY: _DATES,
    ENDS: "Each framework has kinds of inspection of its own, and words of its own for what they find.",
    STOPS: "Each framework has words of its own for what inspectors find.",
    IS_ASSESSED: "Each framework has rules of its own for what is assessed between inspections.",
    CHANGES: "Each framework has rules of its own for what is asked of a provider, and for what follows from what is "
    "heard of it.",
    FOLLOWS: "Each framework has rules of its own for what follows when a provider fails.",
}
"""Why lives part, by what happens first (`simulator.questions.trace.diary_entries`)."""
_SAME_CHANCES: Final = (
    "Both lives use the same random numbers: the same provider, the same ups and downs waiting to happen, the same "
    "complaints and concerns, the same luck of inspectors. Only the framework is another, so what differs comes from "
    "it and from what it leads to."
)
_SUCCESSION: Final = "Where the provider closes, a new one takes its place, and the diary continues with that one."


@dataclass(frozen=True)
class Told:
    """A life under a framework."""

    title: str
    """Of the framework."""
    life: Life
    entries: tuple[Entry, ...]

    @property
    def under(self) -> str:
        """Name the framework within a sentence."""
        return named(self.title)


@dataclass(frozen=True)
class Parted:
    """Two lives, split where they part."""

    both: tuple[Entry, ...]
    """What happens equally under both, until the first difference."""
    first: tuple[Entry, ...]
    """What happens from there on under the one framework."""
    second: tuple[Entry, ...]
    """What happens from there on under the other."""


def told(title: str, life: Life, frameworks: Sequence[Framework]) -> Told:
    """Gather the entries of a life.

    Parameters
    ----------
    title
        Of the framework that it is lived under.
    life
        What happened.
    frameworks
        Those of ``life.timeline``, in its order.
    """
    return Told(title, life, tuple(entries(life, frameworks)))


def parted(first: Told, second: Told) -> Parted:
    """Split two lives where they part; which framework takes over is no difference by itself."""
    pairs = list(zip(first.entries, second.entries, strict=False))
    takeover = (TAKES_OVER, TAKES_OVER)
    differing = (at for at, (one, other) in enumerate(pairs) if one != other and (one.order, other.order) != takeover)
    same = next(differing, len(pairs))
    alike = tuple(one for one, other in pairs[:same] if one == other)
    return Parted(alike, first.entries[same:], second.entries[same:])


def headline(first: Told, second: Told) -> str:
    """Report in a sentence what a reader looks for: for how long it was poor and nobody knew."""
    one, other = days_unfound(first.life), days_unfound(second.life)
    name = first.life.provider
    who = beginning_with(name, provider_told(name))
    if one == other == 0:
        return f"{who} is never poor without being found, under {first.under} or under {second.under}"
    if one == other:
        return f"{who} is poor and not found for {_days(one)}, under both {first.under} and {second.under}"
    return f"{who} is poor and not found for {_days(one)} under {first.under}, for {_days(other)} under {second.under}"


def sentences(first: Told, second: Told, picked: str = "") -> list[str]:
    """Report what differs first and why, whether the truth differs too, and what came of it under each framework.

    Parameters
    ----------
    first, second
        The lives.
    picked
        Why this provider was picked, as a sentence; nothing if it was named.
    """
    life = first.life
    split = parted(first, second)
    same = not split.first and not split.second
    who = f"one of the {SERVICE_TITLES[life.service_type]}, with {counted(life.places, 'place')}"
    return [
        _what_differs_first(first, second),
        *([] if same else [_truth_told(first, second)]),
        _SAME_CHANCES,
        f"The provider is {who}, in history {life.replication} of the simulation. {picked}".rstrip(),
        *(f"Under {lived.under}, {_within(summary(lived.life))}" for lived in (first, second)),
    ]


def caveats(*lives: Told, own_register: bool = False) -> list[str]:
    """Report what a single life cannot tell; `own_register`: whether the provider is from a register given."""
    closes = any(moment.what in {CLOSED, DEREGISTERED} for lived in lives for moment in lived.life.moments)
    made_up = "Ratings and events" if own_register else "Provider, ratings and events"
    return [ONE_LIFE, *([_SUCCESSION] if closes else []), f"{made_up} are made up by a simulation."]


def _what_differs_first(first: Told, second: Told) -> str:
    """Report until when two lives are the same, what happens then, and why it is not the same."""
    split = parted(first, second)
    if not split.first and not split.second:
        return f"Its life is the same under {first.under} and under {second.under}, from the first day to the last."
    one, other = split.first[0], split.second[0]
    tick = min(one.tick, other.tick)
    until = f"Its life is the same until {_day(first, tick)}{_takeover_told(first)}."
    if one.tick == other.tick:
        then = f"On that day, under {first.under}: {_quoted(one)} Under {second.under}: {_quoted(other)}"
    else:
        is_first = one.tick < other.tick
        early, late, rest = (first, second, split.second) if is_first else (second, first, split.first)
        then = f"On that day, under {early.under}: {_quoted(min(one, other))} {_meanwhile(late, rest)}"
    return f"{until} {then} {_WHY.get(min(one, other).order, _OTHERWISE)}"


def _truth_told(first: Told, second: Told) -> str:
    """Report from when the true quality of the provider takes another course under the other framework, if it does."""
    tick = parting(true_grades(first.life), true_grades(second.life))
    if tick is None:
        return (
            "Its true quality takes the same course under both to the end: what differs is when inspectors come, and "
            "what they know."
        )
    return (
        f"Its true quality takes the same course until {_day(first, tick)}, and another one "
        "under each from then on: what inspectors find, and when, changes how soon a provider gets better or worse."
    )


def parting(first: Steps, second: Steps) -> int | None:
    """Return the tick from which on two courses of a grade differ; None if they never do."""
    for one, other in zip(first, second, strict=False):
        if one != other:
            return min(one[0], other[0])
    longer = max(first, second, key=len)
    same = min(len(first), len(second))
    return longer[same][0] if len(longer) > same else None


def _quoted(entry: Entry) -> str:
    """Return an entry as a quotation that ends as a sentence does."""
    return f"\u201c{entry.text}\u201d"


def _takeover_told(told: Told) -> str:
    """Report when the framework takes over, where another one was in force before it."""
    takeovers = told.life.takeovers
    return f"; the frameworks take over on {_day(told, takeovers[0])}" if takeovers else ""


def _meanwhile(told: Told, rest: Sequence[Entry]) -> str:
    """Report when inspectors next come, or are called for, under the framework where nothing happens for now."""
    nothing = f"Under {told.under} nothing happens on that day"
    visit = next((entry for entry in rest if entry.order in {BEGINS, IS_RAISED}), None)
    if visit is None:
        return f"{nothing}, and no inspector comes any more."
    return f"{nothing}; the next inspection is of {_day(told, visit.tick)}: {_quoted(visit)}"


def _day(told: Told, tick: int) -> str:
    return day_words(day_of(tick, told.life.epoch))


def _days(count: int) -> str:
    return counted(count, "day")


def _within(sentence: str) -> str:
    """Return a sentence as it stands behind a comma."""
    return f"{sentence[:1].lower()}{sentence[1:]}"
