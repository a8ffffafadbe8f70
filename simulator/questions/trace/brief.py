"""What happens at a provider in a few plain words, for those who read a whole life and not every entry of its diary."""

from typing import Final

from simulator.inspectorate.kinds import RATINGS
from simulator.questions.trace.history import spell_at
from simulator.questions.trace.life import Life
from simulator.questions.trace.moments import (
    ADDED,
    BREACHED,
    CLOSED,
    DEREGISTERED,
    GRADE,
    HASTENED,
    MOVED,
    NOTHING,
    PLANNED,
    REGISTERED,
    Moment,
)
from simulator.ticks import NEVER

_NEWS: Final = {
    "complaint": "A complaint",
    "serious concern": "A serious concern",
    "new manager": "A new manager",
    BREACHED: "A missing or misleading self-assessment",
}
_ANSWERS: Final = {
    MOVED: "brings an inspection forward",
    PLANNED: "leads to an inspection",
    ADDED: "adds a visit",
    HASTENED: "moves an inspection up the queue",
}


def brief_of(life: Life, moment: Moment) -> str:
    """Write what happens in a few words; nothing where it is routine."""
    if moment.what == GRADE:
        return _change(life, moment)
    if moment.what in {CLOSED, DEREGISTERED}:
        how = "closes" if moment.what == CLOSED else "loses its registration and closes"
        return f"It {how}{_unfound(life, moment)}."
    if moment.what == REGISTERED:
        return f"A new provider opens in its place. In truth it is {RATINGS[moment.grade]}."
    if moment.what in _NEWS and moment.answer != NOTHING:
        return f"{_NEWS[moment.what]} {_ANSWERS[moment.answer]}."
    return ""


def _change(life: Life, moment: Moment) -> str:
    was, now = RATINGS[moment.before], RATINGS[moment.grade]
    if moment.grade == 1:
        return "It turns poor. Nobody knows yet."
    if moment.grade < moment.before:
        return f"It slips from {was} to {now}."
    return f"It improves from {was} to {now}{_unfound(life, moment)}."


def _unfound(life: Life, moment: Moment) -> str:
    """Write that nobody had found out, where a poor spell ends so."""
    spell = spell_at(life, moment.tick - 1) if moment.before == 1 else None
    return "; nobody had found it poor" if spell is not None and spell.found == NEVER else ""
