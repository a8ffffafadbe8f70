"""What the rules of a framework come to for one service type: how often, by the rating held."""

from collections.abc import Iterator
from typing import Final

from simulator.frameworks.phrases import RATINGS_SHOWN, TIMES, counted, rating_name, who
from simulator.frameworks.rule_words import how_often
from simulator.inspectorate.framework import Framework
from simulator.inspectorate.rules import Interval, Round, Rule, Visits
from simulator.words.wording import capital, joined
from simulator.world.services import SERVICE_TYPES

_NOTHING_DUE: Final = "no inspection falls due"
_NO_RULE: Final = "by no rule of their own, but by the other rules"


def what_falls_due(framework: Framework) -> list[str]:
    """Report for each service type and rating what falls due; types and ratings of which the same holds together."""
    types: dict[tuple[str, ...], list[str]] = {}
    for service_type in SERVICE_TYPES:
        if framework.covers(service_type):
            due = tuple(due_by_rating(framework, service_type, rating) for rating in RATINGS_SHOWN)
            types.setdefault(due, []).append(service_type)
    return [line for due, members in types.items() for line in _lines(framework, members, due)]


def _lines(framework: Framework, types: list[str], due: tuple[str, ...]) -> Iterator[str]:
    ratings: dict[str, list[str]] = {}
    for rating, words in zip(RATINGS_SHOWN, due, strict=True):
        ratings.setdefault(words, []).append(rating)
    for words, members in ratings.items():
        subject = capital(who(types)) + ("" if len(ratings) == 1 else f" {_rated(framework, members)}")
        yield f"{subject}: {words}"


def _rated(framework: Framework, ratings: list[str]) -> str:
    grades = [rating_name(rating, framework) for rating in ratings if rating != "not_yet_graded"]
    rated = [f"rated {joined(grades, 'or')}"] if grades else []
    return ", or ".join(rated + ["not yet graded"] * ("not_yet_graded" in ratings))


def due_by_rating(framework: Framework, service_type: str, rating: str) -> str:
    """Report what falls due for a service type at one rating: by kind of inspection, the most frequent rule first."""
    mine, by_kind = _rules(framework, service_type), dict[str, list[Rule]]()
    for rule in mine:
        if isinstance(rule, Round) or rate(rule, rating):
            by_kind.setdefault(rule.kind, []).append(rule)
    said = [
        f"{_together(sorted(rules, key=lambda rule: _order(rule, rating)), rating, framework)} "
        f"({framework.kinds[kind].title})"
        for kind, rules in by_kind.items()
    ]
    return "; ".join(said) or (_NOTHING_DUE if mine else _NO_RULE)


def _order(rule: Rule, rating: str) -> tuple[float, bool]:
    """Put the most frequent rule first, and of two alike the interval, which says when as well."""
    return -rate(rule, rating), not isinstance(rule, Interval)


def rate(rule: Rule, rating: str) -> float:
    """Return the inspections a year that a rule asks for at one rating; of a round none, which is for every rating."""
    match rule:
        case Visits():
            return float(getattr(rule.per_year, rating))
        case Interval():
            months = float(getattr(rule.months, rating))
            return 12 / months if months else 0.0
    return 0.0


def visits_a_year(framework: Framework, service_type: str, rating: str) -> float:
    """Return the inspections a year that fall due at one rating, of each kind those of the rule that asks for most."""
    most: dict[str, float] = {}
    for rule in _rules(framework, service_type):
        most[rule.kind] = max(most.get(rule.kind, 0.0), rate(rule, rating))
    return sum(most.values())


def _rules(framework: Framework, service_type: str) -> list[Rule]:
    return [rule for rule in framework.rules.values() if service_type in rule.types]


def _together(rules: list[Rule], rating: str, framework: Framework) -> str:
    first, *others = rules
    words = [_often(first, rating, framework), *(f"at least {_often(rule, rating, framework, 'a')}" for rule in others)]
    return ", ".join(words)


def _often(rule: Rule, rating: str, framework: Framework, times: str = "times a") -> str:
    match rule:
        case Visits():
            number = getattr(rule.per_year, rating)
            words = f"{TIMES[number]} a year" if number in TIMES else f"{number} {times} year"
        case Interval():
            words = f"every {counted(getattr(rule.months, rating), 'month')}"
        case Round():
            words = how_often(rule, framework)
    if rule.statutory:
        return words
    return f"{words} by practice, not by law" if rule.priority is None else f"{words} at the inspectorate's discretion"
