"""What can be read off a provider's life: its true grades, its ratings, its poor spells."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from simulator.engine.recorded import CLOSED as BY_CLOSURE
from simulator.questions.trace.life import Life
from simulator.questions.trace.moments import CLOSED, DEREGISTERED, GRADE, REGISTERED
from simulator.ticks import NEVER, TICKS_PER_DAY
from simulator.words.providers import provider_told
from simulator.words.wording import counted, joined

ONE_LIFE: Final = (
    "This is one provider in one replication: it shows how a framework works, not how well. Its true grade is shown "
    "here, but no inspector knows it."
)
_UNFOUND: Final = "not found by the end of the record"

Steps = list[tuple[int, int]]
"""Ticks from which on a grade holds, and that grade; 0 is none."""


class Spell(NamedTuple):
    """A time during which the provider was truly poor; in ticks, `NEVER` where it did not happen."""

    began: int
    found: int
    ended: int
    by_closure: bool
    until: int
    """When it ceased to be poor and not found: found, over, or the record's end."""

    @property
    def days_unfound(self) -> int:
        """Whole days for which it was poor and not found."""
        return (self.until - self.began) // TICKS_PER_DAY


def spells(life: Life) -> list[Spell]:
    """Read the poor spells of a provider off its life."""
    return [
        Spell(
            began=int(row["began"]),
            found=int(row["detected"]),
            ended=int(row["ended"]),
            by_closure=int(row["end"]) == BY_CLOSURE,
            until=min(int(row["detected"]), int(row["ended"]), life.horizon),
        )
        for row in life.episodes
    ]


def unfound_in(spell: Spell, life: Life) -> int:
    """Return for how long a provider was poor and not found in a spell while the run was measured, in ticks."""
    return max(spell.until - max(spell.began, life.measured_from), 0)


def days_unfound(life: Life) -> int:
    """Return for how many whole days it was poor and not found while the run was measured."""
    return sum(unfound_in(spell, life) for spell in spells(life)) // TICKS_PER_DAY


def spell_at(life: Life, tick: int) -> Spell | None:
    """Return the last poor spell in which a tick falls, its first and its last moment included."""
    return next((spell for spell in reversed(spells(life)) if spell.began <= tick <= spell.ended), None)


def true_grades(life: Life) -> Steps:
    """Return the true grades, 0 while closed."""
    changes = [moment for moment in life.moments if moment.what in {GRADE, CLOSED, DEREGISTERED, REGISTERED}]
    return [(life.begins, life.opening.grade), *((moment.tick, moment.grade) for moment in changes)]


def ratings(life: Life) -> Steps:
    """Return the ratings, 0 while there is none: before the first judgement, and from a closure on."""
    return [(life.begins, life.opening.rating), *life.ratings]


def rating_at(life: Life, tick: int) -> int:
    """Return the rating held from a tick on."""
    return next(rating for began, rating in reversed(ratings(life)) if began <= tick)


def headline(life: Life) -> str:
    """Report how often the provider was poor and what became of it, within a sentence."""
    every, who = spells(life), provider_told(life.provider)
    found = [spell for spell in every if spell.found < NEVER]
    unseen = [spell for spell in every if spell.found == NEVER and spell.ended < NEVER]
    if not every:
        return f"{who} was never poor"
    if len(every) == 1:
        what = (
            f"found {after_days(found)}" if found else "it ended before an inspection found it" if unseen else _UNFOUND
        )
        return f"{who} was poor once: {what}"
    parts = []
    if found:
        parts.append(f"found {'each time' if len(found) == len(every) else times(len(found))}, {after_days(found)}")
    if unseen:
        parts.append(f"over unseen {'each time' if len(unseen) == len(every) else times(len(unseen))}")
    if len(found) + len(unseen) < len(every):
        parts.append(_UNFOUND)
    return f"{who} was poor {times(len(every))}: {'; '.join(parts)}"


def after_days(found: Sequence[Spell]) -> str:
    """Report after how many days spells were found."""
    days = joined([str(spell.days_unfound) for spell in found])
    return f"after {days} {'day' if days == '1' else 'days'}"


def times(count: int) -> str:
    """Write how often."""
    return {1: "once", 2: "twice"}.get(count, counted(count, "time"))
