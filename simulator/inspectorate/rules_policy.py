"""The statutory rules of a framework as numbers: their fields of the `POLICY` record, and what writes them."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

import numpy as np

from simulator.inspectorate.kinds import KINDS, RATINGS
from simulator.inspectorate.named_clauses import BY_TYPE, NamedClauses, Writing
from simulator.inspectorate.rules import MONTHS_OF_YEAR, Interval, Round, Rule, Visits
from simulator.ticks import DAYS_PER_YEAR, MONTHS, NEVER, TICKS_PER_DAY, tick_of

_RULES_PER_TYPE: Final = 3
"""Statutory rules that one service type may have."""
ROUNDS: Final = 256
"""Rounds of one rule that are looked ahead."""

# forms of a statutory rule
NO_RULE: Final = 0
VISITS: Final = 1
INTERVAL: Final = 2
ROUND: Final = 3

_TICKS_PER_MONTH: Final = TICKS_PER_DAY * DAYS_PER_YEAR / 12
_BY_RULE: Final = (*BY_TYPE, _RULES_PER_TYPE)


def _rank(name: str, rule: Rule) -> tuple[Any, ...]:
    """Rank rules by kind of inspection, statutory ones first, then by name: a child file cannot move its parent's."""
    return KINDS.index(rule.kind), not rule.statutory, name


def _write(policy: np.void, at: tuple[int, int], rule: Rule, writing: Writing) -> None:
    policy["kind"][at] = KINDS.index(rule.kind)
    policy["statutory"][at] = rule.statutory
    policy["rule_priority"][at] = rule.priority or writing.kinds[rule.kind].priority
    for kind in rule.kinds_satisfying(writing.kinds):
        policy["satisfied_by"][at][KINDS.index(kind)] = 1
    policy["days_free"][at] = rule.last_days_free * TICKS_PER_DAY
    match rule:
        case Visits():
            _write_visits(policy, at, rule)
        case Interval():
            policy["form"][at] = INTERVAL
            policy["interval"][at] = _ticks_by_rating(rule.months.model_dump())
            policy["available_share"][at] = rule.available_share
            policy["catch_up"][at] = rule.catch_up_days * TICKS_PER_DAY
        case Round():
            policy["form"][at] = ROUND
            _write_rounds(policy, at, rule, writing.epoch)


def _write_visits(policy: np.void, at: tuple[int, int], rule: Visits) -> None:
    policy["form"][at] = VISITS
    policy["visits"][at] = [rule.per_year.model_dump()[rating] for rating in RATINGS]
    policy["spacing"][at] = rule.minimum_spacing_days * TICKS_PER_DAY
    weights = np.array(rule.month_profile or [1.0] * 12)
    policy["profile"][at] = np.concatenate([[0.0], np.cumsum(weights) / weights.sum()])
    policy["profile"][at][MONTHS] = 1.0
    policy["correlation"][at] = rule.year_to_year_correlation
    policy["near"][at] = max(rule.near_days, rule.last_days_free) * TICKS_PER_DAY
    policy["held_all_year"][at] = rule.rating == "on_1_april"
    if rule.whole_year_if_first_before is not None:
        policy["whole_if_before"][at] = 1 + MONTHS_OF_YEAR.index(rule.whole_year_if_first_before)


def _write_rounds(policy: np.void, at: tuple[int, int], rule: Round, epoch: date) -> None:
    """Write the first and the day after the last of every round, all on the same days of the calendar."""
    policy["round_from"][at] = NEVER
    policy["round_until"][at] = NEVER
    after = rule.until + timedelta(days=1)
    for number in range(ROUNDS if rule.repeat_months else 1):
        policy["round_from"][at][number] = tick_of(_later(rule.from_, number * rule.repeat_months), epoch)
        policy["round_until"][at][number] = tick_of(_later(after, number * rule.repeat_months), epoch)


def _later(day: date, months: int) -> date:
    """Return the same day after some months, or the last of that month if it is shorter."""
    years, month = divmod(day.month - 1 + months, MONTHS)
    first = date(day.year + years, month + 1, 1)
    following = date(first.year + (first.month == MONTHS), first.month % MONTHS + 1, 1)
    return min(first + timedelta(days=day.day - 1), following - timedelta(days=1))


def _ticks_by_rating(months: Mapping[str, float]) -> list[int]:
    return [round(months[rating] * _TICKS_PER_MONTH) if months[rating] else NEVER for rating in RATINGS]


RULES: Final = NamedClauses(
    fields=[
        ("kept", "i8", _BY_RULE),  # 1 if the framework before had the same rule
        ("form", "i8", _BY_RULE),
        ("kind", "i8", _BY_RULE),
        ("statutory", "i8", _BY_RULE),
        ("rule_priority", "i8", _BY_RULE),
        ("satisfied_by", "i8", (*_BY_RULE, len(KINDS))),
        ("visits", "f8", (*_BY_RULE, len(RATINGS))),
        ("spacing", "i8", _BY_RULE),
        ("profile", "f8", (*_BY_RULE, MONTHS + 1)),
        ("correlation", "f8", _BY_RULE),
        ("days_free", "i8", _BY_RULE),
        ("near", "i8", _BY_RULE),  # before the year's end
        ("held_all_year", "i8", _BY_RULE),  # 1 if the rating on 1 April says what is owed
        # month, 1 for April, before which a first inspection leaves all owed; 0: pro rata from registration
        ("whole_if_before", "i8", _BY_RULE),
        ("interval", "i8", (*_BY_RULE, len(RATINGS))),
        ("catch_up", "i8", _BY_RULE),
        ("available_share", "f8", _BY_RULE),
        ("round_from", "i8", (*_BY_RULE, ROUNDS)),
        ("round_until", "i8", (*_BY_RULE, ROUNDS)),
    ],
    write=_write,
    most=_RULES_PER_TYPE,
    rank=_rank,
    kept="kept",
)
