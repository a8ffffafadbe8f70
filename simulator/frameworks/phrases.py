"""Ratings, signals, numbers and service types as tables of a framework name them."""

from collections.abc import Iterable
from typing import Final

from simulator.inspectorate.framework import Framework
from simulator.words.wording import joined
from simulator.world.services import SERVICE_TITLES, SERVICE_TYPES

RATINGS_SHOWN: Final = ("excellent", "good", "adequate", "poor", "not_yet_graded")
TIMES: Final = {1: "once", 2: "twice"}
SIGNALS: Final = {
    "complaint": "a complaint",
    "serious_concern": "a serious concern",
    "new_manager": "a change of manager",
    "breach": "a breach",
    "declined": "a visit that says declined",
}

_ALL_BUT_FEW: Final = 4
"""Service types left out that are named in place of the others."""


def rating_name(name: str, framework: Framework) -> str:
    """Return what a framework calls a rating."""
    return "not yet graded" if name == "not_yet_graded" else str(getattr(framework.grade_names, name))


def counted(number: float, noun: str) -> str:
    """Return a number with its noun."""
    return f"{number:g} {noun}" if number == 1 else f"{number:g} {noun}s"


def who(types: Iterable[str]) -> str:
    """Name service types: one by one, or as all but a few."""
    named = set(types)
    left_out = [SERVICE_TITLES[name] for name in SERVICE_TYPES if name not in named]
    if not left_out:
        return "all services"
    if len(left_out) <= _ALL_BUT_FEW:
        return f"all but {joined(left_out, 'and')}"
    return joined([SERVICE_TITLES[name] for name in SERVICE_TYPES if name in named])
