"""What must hold between the clauses of a framework: nothing said twice, nothing asked for that cannot be done."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, Protocol

from simulator.inspectorate.kind_of_inspection import KindOfInspection
from simulator.inspectorate.named_clauses import concerned, sections_of

_ASKS_FOR: Final = ("kind", "monitoring", "look_kind")
"""Keys that name a kind of inspection which the clause asks for."""
_SPEAKS_OF: Final = ("satisfied_by", "after_kinds", "kinds")
"""Keys that name kinds of inspection which others ask for."""


class WithKinds(Protocol):
    """A framework, of which this module names its kinds of inspection alone: `sections_of` names the rest."""

    @property
    def kinds(self) -> Mapping[str, KindOfInspection]:
        """Kinds of inspection by name."""


def problems(framework: WithKinds) -> list[str]:
    """Find what does not hold together, each as a sentence that says what is allowed."""
    return [*_too_many(framework), *_said_twice(framework), *_impossible_inspections(framework)]


def inspections_asked_for(framework: WithKinds) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Return every kind of inspection that a clause asks for or speaks of: the clause's keys, the kind, service types.

    Those of a kind that it only speaks of are none.
    """
    for section in sections_of(type(framework)):
        for name, clause in getattr(framework, section).items():
            for key in _ASKS_FOR:
                kind = getattr(clause, key, None)
                if kind is not None:
                    yield f"{section}.{name}.{key}", kind, _inspected(clause)
            for key in _SPEAKS_OF:
                for kind in getattr(clause, key, None) or ():
                    yield f"{section}.{name}.{key}", kind, ()


def _inspected(clause: Any) -> tuple[str, ...]:
    """Return the service types that the inspections a clause asks for are made at."""
    return (clause.of,) if hasattr(clause, "of") else tuple(clause.types)


def _too_many(framework: WithKinds) -> Iterator[str]:
    for section, declared in sections_of(type(framework)).items():
        by_type: dict[str, list[str]] = {}
        for name, clause in getattr(framework, section).items():
            for service_type in concerned(clause):
                by_type.setdefault(service_type, []).append(name)
        for service_type, names in by_type.items():
            if declared.most is not None and len(names) > declared.most:
                yield (
                    f"{section}: {service_type} has {len(names)} {declared.called or section} ({', '.join(names)}); "
                    f"allowed: at most {declared.most} for one service type"
                )


def _said_twice(framework: WithKinds) -> Iterator[str]:
    """Find events for which two clauses say what is to happen."""
    for section, declared in sections_of(type(framework)).items():
        said: dict[str, str] = {}
        for name, clause in getattr(framework, section).items() if declared.event else ():
            for service_type in concerned(clause):
                for grade in getattr(clause, "after", ("",)):
                    event = declared.event.format(service_type=service_type, grade=grade, clause=clause)
                    before = said.setdefault(event, name)
                    if before != name:
                        yield (
                            f'{section}.{name}: "{before}" already says what happens to {event}; '
                            "allowed: one of the two"
                        )


def _impossible_inspections(framework: WithKinds) -> Iterator[str]:
    for keys, kind, types in inspections_asked_for(framework):
        if kind not in framework.kinds:
            there = ", ".join(framework.kinds) or "none"
            yield f"{keys}: the framework has no [kinds.{kind}] to say what it takes; allowed: {there}"
            continue
        for service_type in types:
            if service_type not in framework.kinds[kind].effort_days:
                yield (
                    f"{keys}: kinds.{kind}.effort_days does not say how many inspector-days "
                    f"an inspection of a {service_type} takes"
                )
