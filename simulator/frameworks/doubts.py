"""What is missing from a framework or looks odd in it, each in one line; none of it keeps it from being used.

A shipped framework has some of these on purpose: a yardstick that plans nothing has rules under which nothing falls
due, and a framework that extends another inherits kinds of inspection that it may have no use for.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, Final

from simulator.frameworks.by_rating import rate, visits_a_year
from simulator.frameworks.clause_rows import values_of
from simulator.frameworks.phrases import RATINGS_SHOWN, rating_name, who
from simulator.inspectorate.first_inspections import FirstInspection
from simulator.inspectorate.framework import Framework, named_clauses
from simulator.inspectorate.kinds import KINDS
from simulator.inspectorate.reinspections import Reinspection
from simulator.inspectorate.rules import Interval, Visits
from simulator.inspectorate.samples import Sample
from simulator.inspectorate.sources import Sourced
from simulator.inspectorate.triggers import Trigger
from simulator.words.wording import capital
from simulator.world.services import AUTHORITY_SERVICES, SERVICE_TYPES

_GRADES: Final = RATINGS_SHOWN[:4]
"""Best first."""


def doubts(framework: Framework) -> list[str]:
    """Report what is missing or looks odd."""
    return [
        *_without_a_rule(framework),
        *_fewer_for_the_worse(framework),
        *_weighs_what_is_not_there(framework),
        *_never_applied(framework),
        *_never_asked_for(framework),
        *_without_a_document(framework),
    ]


def _without_a_rule(framework: Framework) -> Iterator[str]:
    missing = [name for name in SERVICE_TYPES if not framework.covers(name)]
    if missing:
        yield (
            f"{capital(who(missing))}: no rule states how often they are inspected, so a scenario with such providers "
            "is refused"
        )


def _fewer_for_the_worse(framework: Framework) -> Iterator[str]:
    """Compare each rating with the next better one."""
    same: dict[str, list[str]] = {}
    for service_type in SERVICE_TYPES:
        for better, worse in pairwise(_GRADES):
            most, least = (visits_a_year(framework, service_type, rating) for rating in (better, worse))
            if least < most:
                names = [rating_name(rating, framework) for rating in (worse, better)]
                said = (
                    f"fewer inspections fall due to those rated {names[0]} ({least:.3g} a year) "
                    f"than to those rated {names[1]} ({most:.3g})"
                )
                same.setdefault(said, []).append(service_type)
    yield from (f"{capital(who(types))}: {said}" for said, types in same.items())


def _weighs_what_is_not_there(framework: Framework) -> Iterator[str]:
    """Find assessments that weigh a self-assessment which nobody has to produce."""
    written = {name for clause in framework.self_assessments.values() for name in clause.types}
    for name, assessment in framework.assessments.items():
        without = [service_type for service_type in assessment.types if service_type not in written]
        if assessment.points is not None and assessment.points.weights.self_assessment and without:
            yield (
                f"assessments.{name} gives the self-assessment a weight, but {who(without)} need not produce one, so "
                "it is left out of the mean there"
            )


def _never_applied(framework: Framework) -> Iterator[str]:
    for section, name, clause in named_clauses(framework):
        why = _why_never(framework, clause)
        if why:
            yield f"{section}.{name} never applies: {why}"


def _why_never(framework: Framework, clause: Sourced) -> str:
    """Report why a clause never applies, nothing if it may."""
    values = values_of(clause)
    types = values.get("types", ())
    if isinstance(clause, (Visits, Interval)) and not any(rate(clause, rating) for rating in RATINGS_SHOWN):
        return "nothing falls due under it"
    if values.get("probability") == 0:
        return "its probability is 0"
    if isinstance(clause, Sample) and _draws_nobody(clause):
        return "it draws nobody"
    if isinstance(clause, FirstInspection) and not set(types) - set(AUTHORITY_SERVICES):
        return f"{who(types)} do not register"
    if isinstance(clause, Trigger) and clause.kind is None and not _something_falls_due(framework, types):
        return "no inspection is planned that it could bring forward"
    if isinstance(clause, Reinspection) and not _judged(framework, types):
        return f"no inspection of {who(types)} gives a grade"
    return ""


def _draws_nobody(sample: Sample) -> bool:
    if sample.days is not None:
        return sample.days == 0
    sizes = sample.share or sample.number
    return sizes is not None and not any(sizes.model_dump().values())


def _something_falls_due(framework: Framework, types: tuple[str, ...]) -> bool:
    return any(
        set(rule.types) & set(types)
        and (not isinstance(rule, (Visits, Interval)) or any(rate(rule, rating) for rating in RATINGS_SHOWN))
        for rule in framework.rules.values()
    )


def _judged(framework: Framework, types: tuple[str, ...]) -> bool:
    asked = [(set(values.get("types", ())), kind) for values in _said(framework) for kind in _kinds(values)]
    return any(framework.kinds[kind].grades for of_types, kind in asked if of_types & set(types))


def _never_asked_for(framework: Framework) -> Iterator[str]:
    asked = {kind for values in _said(framework) for kind in _kinds(values)}
    for name, kind in framework.kinds.items():
        if name not in asked:
            yield f"No clause uses the kind of inspection {name} ({kind.title})"


def _said(framework: Framework) -> Iterator[dict[str, Any]]:
    yield from (values_of(clause) for _, _, clause in named_clauses(framework))


def _kinds(values: Mapping[str, Any]) -> Iterator[str]:
    """Return the kinds of inspection that a clause requires: all except those that only satisfy or follow it."""
    yield from (value for value in values.values() if isinstance(value, str) and value in KINDS)


def _without_a_document(framework: Framework) -> Iterator[str]:
    for section, name, clause in named_clauses(framework):
        if clause.source.document is None:
            yield f"{section}.{name} has no document as its source: it counts as an assumption"
