"""Numbers of inspectors as people give them: full-time equivalents, or per cent of those of the scenario."""

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from simulator.inputs.messages import InputError, Named, not_one_of
from simulator.inspectorate.staffing import MOST_POSTS
from simulator.running.posts import mean_between, steps_with
from simulator.scenario.scenario import Scenario

Given = float | str
"""``200`` or ``"200"`` for full-time equivalents, ``"80%"`` for 80 per cent of the scenario's."""

_MOST_PERCENT: Final = 1000
_INSPECTORS: Final = "inspectors"


class Amount(NamedTuple):
    """A number of inspectors, and how it was given."""

    fte: float
    told: str
    """``80% of 222``; nothing where the number itself was given."""


def read_inspectors(given: Sequence[str], scenario: Scenario) -> dict[str, str]:
    """Read numbers of inspectors, each ``POOL=FTE``, or ``FTE`` for the first pool; ``FTE`` may be in per cent.

    Raises
    ------
    InputError
        If there is no such pool, or one is named twice.
    """
    read: dict[str, str] = {}
    for text in given:
        pool, separator, number = text.rpartition("=")
        name = pool.strip() if separator else next(iter(scenario.capacity.pools))
        _check_pool(text, name, scenario)
        if name in read:
            raise InputError(Named(_INSPECTORS), f': set twice for the pool "{name}". Set it once for each pool')
        read[name] = number.strip()
    return read


def pools_with(
    scenario: Scenario, inspectors: Mapping[str, Given], begins: date
) -> list[tuple[dict[str, Any], Amount]]:
    """Return the change of the scenario for each pool of which a number of inspectors is given.

    Parameters
    ----------
    scenario
        As it was.
    inspectors
        By pool.
    begins
        Day from which they hold.

    Raises
    ------
    InputError
        If there is no such pool, or a number cannot be used.
    """
    changes = []
    for name, given in inspectors.items():
        _check_pool(f"{name}={given}", name, scenario)
        amount = read_amount(given, _INSPECTORS, lambda pool=name: mean_between(scenario, pool, begins), name)  # type: ignore[misc]
        steps = steps_with(scenario, name, begins, amount.fte)
        changes.append(({"capacity": {"pools": {name: {"fte": list(steps)}}}}, amount))
    return changes


def read_amount(given: Given, option: str, of_scenario: Callable[[], float], pool: str) -> Amount:
    """Read a number of inspectors.

    Parameters
    ----------
    given
        Full-time equivalents, or per cent of those of the scenario.
    option
        By which it was given, for messages.
    of_scenario
        Returns the full-time equivalents of the scenario.
    pool
        For messages.

    Raises
    ------
    InputError
        If it cannot be used: with both meanings, where it may be one of two.
    """
    text = f"{given:g}" if isinstance(given, (int, float)) else given.strip()
    number = _number(text.removesuffix("%"))
    if not (0 <= number <= MOST_POSTS or number == math.inf):
        raise InputError(
            Named(option),
            f" {text}: allowed: full-time equivalents, 0 or more and at most {MOST_POSTS:,} (or inf for no limit), "
            "such as 200, or per cent of the scenario's, such as 80%",
        )
    if not text.endswith("%"):
        return Amount(float(given) if isinstance(given, (int, float)) else number, "")
    whole = of_scenario()
    if not (math.isfinite(whole) and whole > 0 and number <= _MOST_PERCENT):
        there = "no limit to inspectors" if math.isinf(whole) else f"{whole:g} full-time equivalents"
        raise InputError(
            Named(option),
            f' {text}: as per cent of the scenario\'s inspectors this cannot be used: in the pool "{pool}" it has '
            f"{there}; allowed: at most {_MOST_PERCENT}% of a number. For {number:g} full-time equivalents, write "
            f"{number:g}",
        )
    return Amount(round(number / 100 * whole, 10), f"{number:g}% of {whole:g}")


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def _check_pool(given: str, pool: str, scenario: Scenario) -> None:
    pools = list(scenario.capacity.pools)
    if pool not in pools:
        raise InputError(Named(_INSPECTORS), f" {given}: {not_one_of(pool, 'pool', pools)}")
