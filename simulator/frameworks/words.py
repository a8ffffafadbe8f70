"""A framework in words, for a reader who knows no TOML: who is inspected, how, how often, and who says so."""

from typing import Final, NamedTuple

from simulator.frameworks.clause_words import words
from simulator.frameworks.phrases import RATINGS_SHOWN, counted, rating_name, who
from simulator.inspectorate.framework import Framework, load_framework, named_clauses, shipped_frameworks
from simulator.inspectorate.framework_checks import inspections_asked_for
from simulator.inspectorate.framework_layers import shipped_packages
from simulator.inspectorate.kind_of_inspection import KindOfInspection
from simulator.inspectorate.named_clauses import concerned
from simulator.inspectorate.sources import Citation, Document, Source, documents
from simulator.words.wording import joined

_NOTICE: Final = {"unannounced": "none", "short": "short", "announced": "announced"}


class Listed(NamedTuple):
    """A shipped framework in one line."""

    name: str
    title: str
    summary: str


class RuleRow(NamedTuple):
    """A rule in words."""

    section: str
    who: str
    what: str
    how_often: str
    source: str
    """Title of the document and paragraph; empty if no document says so."""
    source_short: str
    """The same with the document's short name, whether some of it is our assumption, and what another file gives."""
    assumption: str
    """What of it is our assumption; empty if nothing is."""


class KindRow(NamedTuple):
    """A kind of inspection in words; what it takes in inspector-days is in `efforts_said`."""

    what: str
    team: str
    notice: str
    grade: str
    priority: str
    counts: str
    source: str
    source_short: str
    assumption: str


def listing() -> list[Listed]:
    """Return the shipped frameworks: name, title and one plain sentence."""
    frameworks = map(load_framework, shipped_frameworks())
    return [Listed(framework.name, framework.title, framework.summary) for framework in frameworks]


def packages_listing() -> list[Listed]:
    """Return the shipped packages of clauses that a framework can carry: name, title and one plain sentence."""
    return [Listed(name, package.title, package.summary) for name, package in shipped_packages().items()]


def rules_table(framework: Framework) -> list[RuleRow]:
    """Return every clause of a framework in words: statutory rules first, then in the order of its file."""
    rules = sorted(framework.rules.values(), key=lambda rule: not rule.statutory)
    others = (clause for section, _, clause in named_clauses(framework) if section != "rules")
    return [
        RuleRow(said.heading, who(concerned(clause)), said.what, said.how_often, *_standing(clause.source))
        for clause in (*rules, *others)
        for said in [words(clause, framework)]
    ]


def kinds_table(framework: Framework) -> list[KindRow]:
    """Return every kind of inspection of a framework in words."""
    return [_kind_row(kind) for kind in framework.kinds.values()]


def efforts_said(kind: KindOfInspection) -> str:
    """Report what a kind of inspection takes, services that take the same together."""
    by_days: dict[float, list[str]] = {}
    for service_type, days in kind.effort_days.items():
        by_days.setdefault(days, []).append(service_type)
    return "; ".join(f"{counted(days, 'inspector-day')} ({who(types)})" for days, types in by_days.items())


def with_kinds_used(framework: Framework) -> Framework:
    """Return a framework without kinds of inspection that no clause of it asks for, such as some that it inherits."""
    used = {kind for keys, kind, types in inspections_asked_for(framework) if types}
    return framework.model_copy(
        update={"kinds": {name: kind for name, kind in framework.kinds.items() if name in used}}
    )


def documents_cited(framework: Framework) -> list[str]:
    """Return the documents that a framework cites: short name, title, what it is, publisher and year."""
    clauses = (*(clause for _, _, clause in named_clauses(framework)), *framework.kinds.values())
    keys = dict.fromkeys(place.document for clause in clauses for place in clause.source.citations())
    return [f"{documents()[key].short}: {_described(documents()[key])}" for key in keys]


def grades(framework: Framework) -> str:
    """Return what a framework calls the four grades, best first."""
    return ", ".join(rating_name(name, framework) for name in RATINGS_SHOWN[:4])


def _cited(citation: Citation) -> str:
    """Return a place in a document as its title, year and paragraph."""
    document = documents()[citation.document]
    return f"{document.title} ({document.year}), {citation.paragraph}"


def _kind_row(kind: KindOfInspection) -> KindRow:
    return KindRow(
        kind.title,
        counted(kind.team, "inspector"),
        _NOTICE[kind.notice],
        "yes" if kind.grades else ", but ".join(["no", *_said_without_a_grade(kind)]),
        str(kind.priority),
        "yes" if kind.counts else "no",
        *_standing(kind.source),
    )


def _said_without_a_grade(kind: KindOfInspection) -> list[str]:
    """Report what an inspection without a grade gives all the same: nothing, or one text."""
    said = ["reports whether improved, sustained or declined"] * kind.direction + [
        "can find a poor provider"
    ] * kind.detects
    return [" and ".join(said)] if said else []


def _standing(source: Source) -> tuple[str, str, str]:
    """Report who says so: in full, in short, and what no one says."""
    places = source.citations()
    shortly = [f"{documents()[place.document].short}, {place.paragraph}" for place in places]
    in_full, in_short = ("; figures: ".join(said) for said in (map(_cited, places), shortly))
    if source.document is None:
        in_short = f"our assumption; figures: {in_short}" if places else "our assumption"
    elif source.assumption:
        in_short += "; partly our assumption"
    for file in dict.fromkeys(source.given_by.values()):
        values = [name.replace("_", " ") for name, giver in source.given_by.items() if giver == file]
        in_short += f"; {joined(values)} from {file}"
    return in_full, in_short, source.assumption or ""


def _described(document: Document) -> str:
    publisher = f", {document.publisher}" if document.publisher else ""
    licence = f"; {document.licence}" if document.licence else ""
    return f"{document.title} ({document.what}{publisher} {document.year}{licence})"
