"""The rules that an own option gives a service: visits in a year, intervals, or both where ratings differ in unit."""

from typing import Any, Final

from simulator.frameworks.clause_rows import values_of
from simulator.inspectorate.framework import Framework, Interval, Rule, Visits
from simulator.page.own_fields import APART, YEAR, Due, Often, is_minimum

_DAYS_IN_YEAR: Final = 365
_OF_VISITS: Final = ("month_profile", "year_to_year_correlation", "last_days_free", "near_days", "rating")
"""Keys of a rule of visits that a changed rule keeps."""
_OF_INTERVAL: Final = ("last_days_free", "catch_up_days")

Table = dict[str, Any]


def rules_of(due: Due, often: dict[str, Often], window: float, framework: Framework) -> dict[str, Table]:
    """Return the rules of a service by their names, as a file has them.

    Parameters
    ----------
    due
        The service, as the framework begun from has it.
    often
        By rating.
    window
        Of intervals, in per cent.
    framework
        The one begun from, whose rules say all that the form does not ask.
    """
    per_year = {rating: int(one.amount) if one.unit == YEAR else 0 for rating, one in often.items()}
    months = {rating: one.amount if one.unit == APART else 0 for rating, one in often.items()}
    service = due.service.replace("_", "-")
    rules: dict[str, Table] = {}
    if any(per_year.values()):
        rules[f"own-{service}-visits"] = _common(due, "visits") | _visits(due, framework, per_year)
    if any(months.values()) or not rules:
        kept = _kept(_before(due, framework, Interval), _OF_INTERVAL)
        rules[f"own-{service}-months"] = (
            _common(due, "interval") | kept | {"months": months, "available_share": window / 100}
        )
    return rules


def _common(due: Due, form: str) -> Table:
    satisfied_by = {"satisfied_by": list(due.satisfied_by)} if due.satisfied_by else {}
    return {"types": [due.service], "form": form, "kind": due.kind, "statutory": due.statutory, **satisfied_by}


def _visits(due: Due, framework: Framework, per_year: dict[str, int]) -> Table:
    """Return visits as far apart as they were, or as the year has room for."""
    before = _before(due, framework, Visits)
    table = _kept(before, _OF_VISITS) | {"per_year": per_year}
    if isinstance(before, Visits):
        most, room = max(per_year.values()), _DAYS_IN_YEAR - before.last_days_free - 1
        fitting = room // (most - 1) if most > 1 else room
        table["minimum_spacing_days"] = min(before.minimum_spacing_days, fitting)
    return table


def _before(due: Due, framework: Framework, form: type[Rule]) -> Rule | None:
    """Return the rule of a form that the service has, or else one that another service has."""
    rules = [rule for rule in framework.rules.values() if isinstance(rule, form) and is_minimum(rule)]
    rules.sort(key=lambda rule: (due.service not in rule.types, rule.kind != due.kind))
    return rules[0] if rules else None


def _kept(rule: Rule | None, keys: tuple[str, ...]) -> Table:
    values = values_of(rule) if rule is not None else {}
    return {key: values[key] for key in keys if key in values}
