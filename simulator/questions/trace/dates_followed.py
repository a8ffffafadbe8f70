"""The statutory dates of one provider as its life goes on: which are set, which move, and what waits for them.

Read off the state of a run after each event that concerns the provider. Which dates were met, and when, stands in the
rows of duties that the run records.
"""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from simulator.engine.recorded import WAITING
from simulator.engine.state import State
from simulator.engine.work_records import AGAIN, FIRST, RULE
from simulator.ticks import NEVER

# what happens to a date, or to an inspection that waits
STANDS: Final = "stands"
SET: Final = "set"
MOVED_TO: Final = "moved to"
GONE: Final = "gone"
MADE_STATUTORY: Final = "made statutory"
HELD_TO: Final = "held to"
_NO_RULE: Final = -1
"""In place of the position of a rule, where none is meant."""


class StandingDate(NamedTuple):
    """A date by which an inspection must have ended."""

    rule: int
    """Position among the rules of its type; `FIRST_RULE` and `AGAIN_RULE` for the two that are none."""
    kind: int
    """Kind of inspection that the rule asks for."""
    due: int


class Waiting(NamedTuple):
    """An inspection that waits for inspectors."""

    kind: int
    raised: int
    statutory: int
    deadline: int


class DateMoment(NamedTuple):
    """Something that happens to a statutory date of the provider, or to the date of an inspection that waits."""

    tick: int
    what: str
    """`STANDS` when the record begins, `SET`, `MOVED_TO`, `GONE` when it is met or void; of an inspection that waits
    `MADE_STATUTORY`, `HELD_TO`."""
    rule: int
    """Position of the rule among those of its type, as in `simulator.engine.recorded.DUTY`; of a date only."""
    kind: int
    """Kind of the inspection."""
    due: int
    """The date from now on, or that which is gone."""
    was: int = NEVER
    """The date until now, of `MOVED_TO`, `MADE_STATUTORY` and `HELD_TO`."""
    raised: int = 0
    """When the inspection was raised that waits."""


Dates = Mapping[tuple[int, int, int], StandingDate]
"""Dates that stand, by row, slot and the tick at which they began."""
Queue = Mapping[tuple[int, int], Waiting]
"""Inspections that wait, by row and number."""


def dates_of(state: State, provider: int) -> Dates:
    """Return the statutory dates of a provider that stand, the oldest first."""
    place = state.providers[provider]
    policy = state.policies[state.now[0].framework]
    found: dict[tuple[int, int, int], StandingDate] = {}
    row = int(place.first_duty)
    while row >= 0:
        duty = state.standing[row]
        slot = int(duty.slot)
        if duty.statutory == 1:
            kind = int(policy.kind[place.service_type, slot - RULE]) if slot >= RULE else 0
            if slot == FIRST:
                kind = int(policy.first_kind[place.service_type])
            elif slot == AGAIN:
                kind = int(state.plans[state.slots[provider, AGAIN]].kind)
            found[row, slot, int(duty.began)] = StandingDate(slot - RULE, kind, int(duty.due))
        row = int(duty.next)
    return found


def queue_of(state: State, provider: int) -> Queue:
    """Return the inspections of a provider that wait."""
    found: dict[tuple[int, int], Waiting] = {}
    row = int(state.providers[provider].first_work)
    while row >= 0:
        work = state.work[row]
        if work.status == WAITING:
            found[row, int(work.number)] = Waiting(
                int(work.kind), int(work.raised), int(work.statutory), int(work.deadline)
            )
        row = int(work.next)
    return found


def dates_standing(dates: Dates, time: int) -> Iterator[DateMoment]:
    """Yield the dates that stand when the record begins."""
    for date in dates.values():
        yield DateMoment(time, STANDS, *date)


def dates_between(before: Dates, after: Dates, time: int) -> Iterator[DateMoment]:
    """Yield the dates that are gone, those that are set and those that move, from what two looks show."""
    for key, date in before.items():
        if key not in after:
            yield DateMoment(time, GONE, *date)
    for key, date in after.items():
        if key not in before:
            yield DateMoment(time, SET, *date)
        elif before[key].due != date.due:
            yield DateMoment(time, MOVED_TO, *date, was=before[key].due)


def queue_between(before: Queue, after: Queue, time: int) -> Iterator[DateMoment]:
    """Yield the inspections that become statutory while they wait, and those held to another date, from two looks."""
    for key, now in after.items():
        if key not in before:
            continue
        was = before[key]
        if now.statutory > was.statutory:
            yield DateMoment(time, MADE_STATUTORY, _NO_RULE, now.kind, now.deadline, was.deadline, now.raised)
        elif now.deadline != was.deadline:
            yield DateMoment(time, HELD_TO, _NO_RULE, now.kind, now.deadline, was.deadline, now.raised)
