"""A framework in words, for a reader who knows no TOML: who is inspected, how, how often, and who says so."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from simulator.frameworks.clause_words import (
    RATINGS_SHOWN,
    after_judgement,
    after_news,
    after_registration,
    as_part,
    asked_and_agreed,
    assessed,
    combined,
    consequence,
    counted,
    demanded,
    drawn,
    escalated,
    how_often,
    joined,
    judged_harder,
    made_together,
    rating_name,
    standing_in_line,
    targeted,
    when_together,
    within_the_year,
)
from simulator.inspectorate.framework import Framework, KindOfInspection, load_framework, shipped_frameworks
from simulator.inspectorate.framework_checks import inspections_asked_for
from simulator.inspectorate.sources import Citation, Document, Source, documents
from simulator.world.services import SERVICE_TITLES, SERVICE_TYPES

NOTICE: Final = {"unannounced": "none", "short": "short", "announced": "announced"}

ALL_BUT_FEW: Final = 4
"""Where all service types but at most so many are meant, those left out are named instead."""


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


def rules_table(framework: Framework) -> list[RuleRow]:  # noqa: C901  (a table of clauses)
    """Return every rule of a framework in words: statutory ones first, then in the order of its file."""
    rows: list[RuleRow] = []
    for rule in sorted(framework.rules.values(), key=lambda rule: not rule.statutory):
        section = "Statutory rules" if rule.statutory else "By practice, not statutory"
        what = framework.kinds[rule.kind].title
        often = how_often(rule, framework) + within_the_year(rule) + standing_in_line(rule, framework)
        rows.append(_row(section, rule.types, what, often, rule.source))
    for first in framework.first_inspections.values():
        what = framework.kinds[first.kind].title
        rows.append(_row("Newly registered providers", first.types, what, after_registration(first), first.source))
    for again in framework.reinspections.values():
        what = f"{framework.kinds[again.kind].title} again"
        rows.append(_row("Re-inspection", again.types, what, after_judgement(again, framework), again.source))
    for trigger in framework.triggers.values():
        what = consequence(trigger, framework)
        rows.append(_row("News of a provider", trigger.types, what, after_news(trigger), trigger.source))
    for sample in framework.samples.values():
        what = framework.kinds[sample.kind].title
        rows.append(_row("By sample", sample.types, what, drawn(sample, framework), sample.source))
    for targeting in framework.targeting.values():
        what = framework.kinds[targeting.kind].title
        rows.append(
            _row("Where it is worth most", targeting.types, what, targeted(targeting, framework), targeting.source)
        )
    for overall in framework.overall_judgements.values():
        what = "overall judgement of several strands, each judged separately"
        rows.append(_row("Overall judgement", overall.types, what, combined(overall, framework), overall.source))
    for severity in framework.severity.values():
        kinds = [framework.kinds[kind].title for kind in severity.kinds or ()]
        what = f"judgements ({joined(kinds, 'and')} only)" if kinds else "judgements"
        rows.append(_row("How hard inspectors judge", severity.types, what, judged_harder(severity), severity.source))
    for assessment in framework.assessments.values():
        how = assessed(assessment, framework)
        rows.append(_row("Yearly assessment", assessment.types, "risk assessment", how, assessment.source))
    rows.extend(
        _row("Self-assessment", written.types, written.title, demanded(written), written.source)
        for written in framework.self_assessments.values()
    )
    for alignment in framework.alignments.values():
        what, when = made_together(alignment, framework), when_together(alignment)
        rows.append(_row("Inspected at the same time", alignment.services, what, when, alignment.source))
    for inclusion in framework.inclusions.values():
        what = as_part(inclusion, framework)
        rows.append(_row("Inspected with the authority", inclusion.covers, what, "whenever it is", inclusion.source))
    for plan in framework.improvement_plans.values():
        what = "improvement plan"
        rows.append(_row("Improvement plans", plan.types, what, asked_and_agreed(plan, framework), plan.source))
    for tariff in framework.enforcement.values():
        what = joined(tariff.steps, "and")
        rows.append(_row("Enforcement", tariff.types, what, escalated(tariff, framework), tariff.source))
    return rows


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
    clauses = (
        *framework.rules.values(),
        *framework.first_inspections.values(),
        *framework.reinspections.values(),
        *framework.triggers.values(),
        *framework.samples.values(),
        *framework.targeting.values(),
        *framework.overall_judgements.values(),
        *framework.severity.values(),
        *framework.assessments.values(),
        *framework.self_assessments.values(),
        *framework.alignments.values(),
        *framework.inclusions.values(),
        *framework.improvement_plans.values(),
        *framework.enforcement.values(),
        *framework.kinds.values(),
    )
    keys = dict.fromkeys(place.document for clause in clauses for place in clause.source.citations())
    return [f"{documents()[key].short}: {_described(documents()[key])}" for key in keys]


def grades(framework: Framework) -> str:
    """Return what a framework calls the four grades, best first."""
    return ", ".join(rating_name(name, framework) for name in RATINGS_SHOWN[:4])


def who(types: Iterable[str]) -> str:
    """Name service types: one by one, or as all but a few."""
    named = set(types)
    left_out = [SERVICE_TITLES[name] for name in SERVICE_TYPES if name not in named]
    if not left_out:
        return "all services"
    if len(left_out) <= ALL_BUT_FEW:
        return f"all but {joined(left_out, 'and')}"
    return joined([SERVICE_TITLES[name] for name in SERVICE_TYPES if name in named], "and")


def cited(citation: Citation) -> str:
    """Return a place in a document as its title, year and paragraph."""
    document = documents()[citation.document]
    return f"{document.title} ({document.year}), {citation.paragraph}"


def _row(section: str, types: Iterable[str], what: str, often: str, source: Source) -> RuleRow:
    return RuleRow(section, who(types), what, often, *_standing(source))


def _kind_row(kind: KindOfInspection) -> KindRow:
    return KindRow(
        kind.title,
        counted(kind.team, "inspector"),
        NOTICE[kind.notice],
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
    in_full, in_short = ("; figures: ".join(said) for said in (map(cited, places), shortly))
    if source.document is None:
        in_short = f"our assumption; figures: {in_short}" if places else "our assumption"
    elif source.assumption:
        in_short += "; partly our assumption"
    for file in dict.fromkeys(source.given_by.values()):
        values = [name.replace("_", " ") for name, giver in source.given_by.items() if giver == file]
        in_short += f"; {joined(values, 'and')} from {file}"
    return in_full, in_short, source.assumption or ""


def _described(document: Document) -> str:
    publisher = f", {document.publisher}" if document.publisher else ""
    licence = f"; {document.licence}" if document.licence else ""
    return f"{document.title} ({document.what}{publisher} {document.year}{licence})"
