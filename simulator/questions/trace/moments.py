"""What happens at one provider, read off the state of a run after each event that may have changed it."""

from types import MappingProxyType
from typing import Final, NamedTuple

from simulator.engine.state import State
from simulator.engine.work_records import RESPONSE
from simulator.inspectorate.enforcement import DEREGISTRATION, NO_STEP, NOTICE
from simulator.inspectorate.triggers import BREACH
from simulator.questions.trace.dates_followed import Dates, Queue, dates_of, queue_of
from simulator.ticks import NEVER
from simulator.world.signals import COMPLAINT, MANAGER_CHANGE, SERIOUS_CONCERN

# what a moment is
GRADE: Final = "grade"
CLOSED: Final = "closed"
REGISTERED: Final = "registered"
SELF_ASSESSED: Final = "self-assessment"
BREACHED: Final = "breach"
DEREGISTERED: Final = "deregistered"
REFUSED: Final = "refused"
STEP: Final = "step"
RENEWED: Final = "renewed"
LEFT: Final = "left"
_SIGNALS: Final = {COMPLAINT: "complaint", SERIOUS_CONCERN: "serious concern", MANAGER_CHANGE: "new manager"}

# what follows from a signal
NOTHING: Final = "nothing"
MOVED: Final = "moved"
PLANNED: Final = "planned"
ADDED: Final = "added"
HASTENED: Final = "hastened"


class Moment(NamedTuple):
    """Something that happens at the provider."""

    tick: int
    what: str
    """`GRADE`, `CLOSED`, `REGISTERED`, `SELF_ASSESSED`, `BREACHED`, one of `_SIGNALS`, or of a tariff: `DEREGISTERED`,
    `REFUSED`, `STEP`, `RENEWED`, `LEFT`."""
    before: int
    """True grade until now, 0 while closed."""
    grade: int
    """True grade from now on, 0 while closed."""
    answer: str = NOTHING
    """What follows from a signal."""
    visit: int = NEVER
    """Tick for which it moves or adds an inspection."""
    said: int = 0
    """Grade that a self-assessment states."""
    step: int = NO_STEP
    """The step of enforcement that is taken, renewed or left (`simulator.inspectorate.enforcement`)."""
    until: int = NEVER
    """Tick at which that step is looked at again."""


class Look(NamedTuple):
    """What one look at the provider shows."""

    grade: int
    """True grade, 0 while closed."""
    draws: tuple[int, ...]
    """Of its clocks of occurrences: one more each time one goes off."""
    planned: tuple[int, ...]
    """Ticks of the inspections planned, by slot."""
    orders: dict[int, int]
    """Places in the backlog of its inspections raised, by row of work."""
    rating: int = 0
    """Rating it holds, 0 while closed."""
    self_assessments: int = 0
    """Self-assessments asked of it so far."""
    self_rated: int = 0
    """Grade that the last one states."""
    breaches: int = 0
    """Breaches so far."""
    step: int = NO_STEP
    """Step from an improvement plan to the end of the tariff."""
    until: int = NEVER
    """Tick at which that step is looked at again."""
    dates: Dates = MappingProxyType({})
    """Its statutory dates that stand."""
    queue: Queue = MappingProxyType({})
    """Its inspections that wait."""


def look(state: State, provider: int) -> Look:
    """Look at a provider."""
    place = state.providers[provider]
    orders = {}
    row = int(place.first_work)
    while row >= 0:
        orders[row] = int(state.work[row].order)
        row = int(state.work[row].next)
    return Look(
        grade=int(place.grade) if place.open else 0,
        draws=tuple(state.occurrences["draws"][provider].tolist()),
        planned=tuple(state.plans["next"][state.slots[provider]].tolist()),
        orders=orders,
        rating=int(place.rating) if place.open else 0,
        self_assessments=int(place.self_assessments),
        self_rated=int(place.self_rated),
        breaches=int(place.heard[BREACH]),
        step=int(place.step) if place.open else NO_STEP,
        until=int(place.step_until),
        dates=dates_of(state, provider),
        queue=queue_of(state, provider),
    )


def moments_between(before: Look, after: Look, time: int) -> list[Moment]:
    """Report what happened from what two looks show: nothing, if the event was out of date."""
    if before.grade != after.grade:
        what = CLOSED if after.grade == 0 else REGISTERED if before.grade == 0 else GRADE
        return [Moment(time, what, before.grade, after.grade)]
    if after.breaches > before.breaches:
        return [Moment(time, BREACHED, before.grade, after.grade, *answer(before, after))]
    if after.self_assessments > before.self_assessments:
        return [Moment(time, SELF_ASSESSED, before.grade, after.grade, said=after.self_rated)]
    return [
        Moment(time, what, before.grade, after.grade, *answer(before, after))
        for clock, what in _SIGNALS.items()
        if after.draws[clock] > before.draws[clock]
    ]


def steps_between(before: Look, after: Look, time: int) -> list[Moment]:
    """Report what happened on the way from an improvement plan to deregistration, from what two looks show."""
    if after.grade == 0:
        return [Moment(time, DEREGISTERED, before.grade, 0)] * (before.grade > 0 and before.step == DEREGISTRATION)
    refused = [Moment(time, REFUSED, after.grade, after.grade)] * (after.breaches > before.breaches)
    if after.step == before.step:
        again = NEVER > after.until > time and after.until != before.until
        moved = [Moment(time, RENEWED, after.grade, after.grade, step=after.step, until=after.until)] * again
    elif after.step == NO_STEP:
        moved = [] if refused else [Moment(time, LEFT, after.grade, after.grade, step=before.step)]
    elif after.step == DEREGISTRATION:
        moved = []
    else:
        lifted = [Moment(time, LEFT, after.grade, after.grade, step=before.step)] * (NOTICE <= before.step > after.step)
        moved = [*lifted, Moment(time, STEP, after.grade, after.grade, step=after.step, until=after.until)]
    return refused + moved


def answer(before: Look, after: Look) -> tuple[str, int]:
    """Report what followed from a signal, and for when it moved or added an inspection."""
    for slot, (was, planned) in enumerate(zip(before.planned, after.planned, strict=True)):
        if planned < was:
            return (ADDED if slot == RESPONSE else PLANNED if was == NEVER else MOVED), planned
    if any(after.orders[row] < order for row, order in before.orders.items()):
        return HASTENED, NEVER
    return NOTHING, NEVER
