"""What must hold between the clauses of a framework: nothing said twice, nothing asked for that cannot be done."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, Protocol

from simulator.inspectorate.kind_of_inspection import KindOfInspection

RULE_SLOTS: Final = 3
"""Statutory rules that one service type may have."""
SAMPLE_SLOTS: Final = 3
"""Samples that may be drawn from one service type."""
SEVERITY_SLOTS: Final = 4
"""Clauses on severity that one service type may have."""

NAMED_CLAUSES: Final = (
    "rules",
    "first_inspections",
    "reinspections",
    "triggers",
    "samples",
    "targeting",
    "overall_judgements",
    "severity",
    "assessments",
    "self_assessments",
    "alignments",
    "inclusions",
    "improvement_plans",
    "enforcement",
)
"""Sections whose tables have names of their own: one given again replaces the whole of the old one."""

SAYS_WHAT: Final = {
    "first_inspections": "a newly registered {service_type}",
    "reinspections": "a {service_type} judged {grade}",
    "triggers": "the signal {clause.signal} at a {service_type}",
    "targeting": "whom to visit first of the service type {service_type}",
    "overall_judgements": "the strands of a {service_type}",
    "assessments": "the assessment of a {service_type}",
    "self_assessments": "the self-assessment of a {service_type}",
    "alignments": "a {service_type} inspected at the same time as other services of its authority",
    "inclusions": 'a {service_type} when an inspection of the kind "{clause.kind}" begins',
    "improvement_plans": "a {service_type} judged {grade}",
    "enforcement": "a {service_type} that does not improve",
}
"""For which event a clause of each section says what is to happen; two that say it for the same one contradict."""

CALLED: Final = {"severity": "clauses on severity"}
"""What several clauses of a section are called, if not as the section."""

ASKS_FOR: Final = ("kind", "monitoring", "look_kind")
"""Keys that name a kind of inspection which the clause asks for."""
SPEAKS_OF: Final = ("satisfied_by", "after_kinds", "kinds")
"""Keys that name kinds of inspection which others ask for."""


class WithKinds(Protocol):
    """A framework, of which this module names its kinds of inspection alone: `NAMED_CLAUSES` names the rest."""

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
    for section in NAMED_CLAUSES:
        for name, clause in getattr(framework, section).items():
            for key in ASKS_FOR:
                kind = getattr(clause, key, None)
                if kind is not None:
                    yield f"{section}.{name}.{key}", kind, inspected(clause)
            for key in SPEAKS_OF:
                for kind in getattr(clause, key, None) or ():
                    yield f"{section}.{name}.{key}", kind, ()


def inspected(clause: Any) -> tuple[str, ...]:
    """Return the service types that the inspections a clause asks for are made at."""
    return (clause.of,) if hasattr(clause, "of") else tuple(clause.types)


def concerned(clause: Any) -> tuple[str, ...]:
    """Return the service types of which a clause says something."""
    for key in ("types", "services", "covers"):
        if hasattr(clause, key):
            return tuple(getattr(clause, key))
    raise TypeError(f"{type(clause).__name__} is of no service type")


def _too_many(framework: WithKinds) -> Iterator[str]:
    for section, most in (("rules", RULE_SLOTS), ("samples", SAMPLE_SLOTS), ("severity", SEVERITY_SLOTS)):
        by_type: dict[str, list[str]] = {}
        for name, clause in getattr(framework, section).items():
            for service_type in clause.types:
                by_type.setdefault(service_type, []).append(name)
        for service_type, names in by_type.items():
            if len(names) > most:
                yield (
                    f"{section}: {service_type} has {len(names)} {CALLED.get(section, section)} ({', '.join(names)}); "
                    f"allowed: at most {most} for one service type"
                )


def _said_twice(framework: WithKinds) -> Iterator[str]:
    """Find events for which two clauses say what is to happen."""
    said: dict[tuple[str, str], str] = {}
    for section, words in SAYS_WHAT.items():
        for name, clause in getattr(framework, section).items():
            for service_type in concerned(clause):
                for grade in getattr(clause, "after", ("",)):
                    event = words.format(service_type=service_type, grade=grade, clause=clause)
                    before = said.setdefault((section, event), name)
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
