"""Pools of inspectors in words: who is meant by ``regulatory`` and by ``area``, and how many there are from when on."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from simulator.inspectorate.capacity import Pool
from simulator.scenario.scenario import RunSettings
from simulator.words.assumptions import plain
from simulator.words.wording import day_words, joined

_MOST_DECIMALS: Final = 2

OF_POOL: Final = {"regulatory": "inspectors of services", "area": "inspectors of whole authorities"}
"""Pools of the shipped scenarios."""


def inspectors_of(pool: str) -> str:
    """Name the inspectors of a pool within a sentence; those of one that has no words here by its name."""
    return OF_POOL.get(pool, f"inspectors of the pool {pool}")


def posts_told(pool: Pool, run: RunSettings) -> str:
    """Report the full-time equivalents of a pool: ``200 full-time equivalents from 1 April 2006; 222 before``."""
    steps = _changes(pool, run)
    counted = [step for step in steps if step[0] <= run.start][-1]
    before = [step for step in steps if step[0] < counted[0]]
    later = [step for step in steps if step[0] > run.start]
    told = f"{_fte(counted[1])} full-time equivalents"
    if before:
        told += f" from {day_words(counted[0])}"
    told = joined([told, *(f"{_fte(fte)} from {day_words(day)}" for day, fte in later)])
    if not before:
        return told
    earlier = joined([_fte(before[0][1]), *(f"{_fte(fte)} from {day_words(day)}" for day, fte in before[1:])])
    return f"{told}; {earlier} before"


def varies(pool: Pool, run: RunSettings) -> bool:
    """Return whether the number of posts changes during a run."""
    return len(_changes(pool, run)) > 1


def _changes(pool: Pool, run: RunSettings) -> list[tuple[date, float]]:
    """Return the days of a run on which the number of posts changes, its first day included, and the numbers."""
    days = [run.begins, *(step.from_ for step in pool.fte if run.begins < step.from_ < run.ends)]
    steps = [(day, pool.fte_on(day)) for day in days]
    return [step for position, step in enumerate(steps) if not position or step[1] != steps[position - 1][1]]


def _fte(fte: float) -> str:
    return plain(round(fte, _MOST_DECIMALS))


def decimals_of(numbers: Sequence[float]) -> int:
    """Return the fewest decimals, two at most, with which none of some full-time equivalents is rounded."""
    return next(
        (places for places in range(_MOST_DECIMALS) if all(round(fte, places) == round(fte, 6) for fte in numbers)),
        _MOST_DECIMALS,
    )
