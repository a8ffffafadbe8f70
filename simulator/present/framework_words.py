"""A framework in words, for a reader who knows no TOML: who is inspected, how, how often, and who says so."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from simulator.inspectorate.framework import (
    FirstInspection,
    Framework,
    Interval,
    KindOfInspection,
    Reinspection,
    Round,
    Rule,
    Trigger,
    Visits,
    load_framework,
    shipped_frameworks,
)
from simulator.inspectorate.sources import Citation, Document, Source, documents
from simulator.world.services import SERVICE_TITLES, SERVICE_TYPES

TIMES: Final = {1: "once", 2: "twice"}

RATINGS_SHOWN: Final = ("excellent", "good", "adequate", "poor", "not_yet_graded")

SIGNALS: Final = {
    "complaint": "a complaint",
    "serious_concern": "a serious concern",
    "new_manager": "a change of manager",
}

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
    """A kind of inspection in words; what it takes in inspector-days is in `effort_table`."""

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
    """Give the shipped frameworks: name, title and one plain sentence."""
    frameworks = map(load_framework, shipped_frameworks())
    return [Listed(framework.name, framework.title, framework.summary) for framework in frameworks]


def rules_table(framework: Framework) -> list[RuleRow]:
    """Give every rule of a framework in words: statutory ones first, then in the order of its file."""
    rows: list[RuleRow] = []
    for rule in sorted(framework.rules.values(), key=lambda rule: not rule.statutory):
        section = "Statutory rules" if rule.statutory else "By practice, not statutory"
        what = framework.kinds[rule.kind].title
        rows.append(_row(section, rule.types, what, how_often(rule, framework), rule.source))
    for first in framework.first_inspections.values():
        what = framework.kinds[first.kind].title
        rows.append(_row("Newly registered providers", first.types, what, _after_registration(first), first.source))
    for again in framework.reinspections.values():
        what = f"{framework.kinds[again.kind].title} again"
        rows.append(_row("Re-inspection", again.types, what, _after_judgement(again, framework), again.source))
    for trigger in framework.triggers.values():
        what = _consequence(trigger, framework)
        rows.append(_row("News of a provider", trigger.types, what, _after_news(trigger), trigger.source))
    return rows


def kinds_table(framework: Framework) -> list[KindRow]:
    """Give every kind of inspection of a framework in words."""
    return [_kind_row(kind) for kind in framework.kinds.values()]


def effort_table(framework: Framework) -> list[list[str]]:
    """Give the inspector-days of each kind of inspection: a heading, then a row for each service type."""
    kinds = framework.kinds.values()
    rows = [
        [SERVICE_TITLES[name], *(_effort(kind.effort_days.get(name)) for kind in kinds)]
        for name in SERVICE_TYPES
        if any(name in kind.effort_days for kind in kinds)
    ]
    return [["Inspector-days", *(kind.title for kind in kinds)], *rows]


def how_often(rule: Rule, framework: Framework) -> str:
    """Say how often a rule asks for an inspection, such as "twice a year" or "every 36 months"."""
    match rule:
        case Visits():
            return _by_rating(rule.per_year.model_dump(), _visits, framework)
        case Interval():
            return _by_rating(rule.months.model_dump(), _interval, framework)
        case Round():
            again = f", then once every {rule.repeat_months} months" if rule.repeat_months else ""
            return f"once between {_day(rule.from_)} and {_day(rule.until)}{again}"


def documents_cited(framework: Framework) -> list[str]:
    """Give the documents that a framework cites: short name, title, what it is, publisher and year."""
    clauses = (
        *framework.rules.values(),
        *framework.first_inspections.values(),
        *framework.reinspections.values(),
        *framework.triggers.values(),
        *framework.kinds.values(),
    )
    keys = dict.fromkeys(place.document for clause in clauses for place in clause.source.citations())
    return [f"{documents()[key].short}: {_described(documents()[key])}" for key in keys]


def grades(framework: Framework) -> str:
    """Give what a framework calls the four grades, best first."""
    return ", ".join(_rating(name, framework) for name in RATINGS_SHOWN[:4])


def who(types: Iterable[str]) -> str:
    """Name service types: one by one, or as all but a few."""
    named = set(types)
    left_out = [SERVICE_TITLES[name] for name in SERVICE_TYPES if name not in named]
    if not left_out:
        return "all services"
    if len(left_out) <= ALL_BUT_FEW:
        return f"all but {_joined(left_out, 'and')}"
    return _joined([SERVICE_TITLES[name] for name in SERVICE_TYPES if name in named], "and")


def cited(citation: Citation) -> str:
    """Give a place in a document as its title, year and paragraph."""
    document = documents()[citation.document]
    return f"{document.title} ({document.year}), {citation.paragraph}"


def _row(section: str, types: Iterable[str], what: str, often: str, source: Source) -> RuleRow:
    return RuleRow(section, who(types), what, often, *_standing(source))


def _kind_row(kind: KindOfInspection) -> KindRow:
    return KindRow(
        kind.title,
        _counted(kind.team, "inspector"),
        NOTICE[kind.notice],
        "yes" if kind.grades else ("no, but can find a poor provider" if kind.detects else "no"),
        str(kind.priority),
        "yes" if kind.counts else "no",
        *_standing(kind.source),
    )


def _standing(source: Source) -> tuple[str, str, str]:
    """Say who says so: in full, in short, and what no one says."""
    places = source.citations()
    shortly = [f"{documents()[place.document].short}, {place.paragraph}" for place in places]
    in_full, in_short = ("; figures: ".join(said) for said in (map(cited, places), shortly))
    if source.document is None:
        in_short = f"our assumption; figures: {in_short}" if places else "our assumption"
    elif source.assumption:
        in_short += "; partly our assumption"
    for file in dict.fromkeys(source.given_by.values()):
        values = [name.replace("_", " ") for name, giver in source.given_by.items() if giver == file]
        in_short += f"; {_joined(values, 'and')} from {file}"
    return in_full, in_short, source.assumption or ""


def _described(document: Document) -> str:
    publisher = f", {document.publisher}" if document.publisher else ""
    licence = f"; {document.licence}" if document.licence else ""
    return f"{document.title} ({document.what}{publisher} {document.year}{licence})"


def _by_rating(values: Mapping[str, float], say: Callable[[float], str], framework: Framework) -> str:
    """Say one value for each rating, ratings of the same value together, best first."""
    groups: dict[float, list[str]] = {}
    for rating in RATINGS_SHOWN:
        groups.setdefault(values[rating], []).append(_rating(rating, framework))
    if len(groups) == 1:
        return say(values["good"])
    return "; ".join(f"{say(value)} if {_joined(ratings, 'or')}" for value, ratings in groups.items())


def _effort(days: float | None) -> str:
    return "" if days is None else f"{days:g}"


def _visits(times: float) -> str:
    return f"{TIMES.get(int(times), f'{times:g} times')} a year" if times else "no visit"


def _interval(months: float) -> str:
    return f"every {_counted(months, 'month')}" if months else "none falls due"


def _after_registration(first: FirstInspection) -> str:
    standing = "" if first.statutory else "; not statutory"
    return f"once, {first.not_before_days} to {first.within_days} days after registration{standing}"


def _after_judgement(again: Reinspection, framework: Framework) -> str:
    grades = _joined([_rating(name, framework) for name in again.after], "or")
    counting = "counts towards the year's visits" if again.counts else "on top of the year's visits"
    standing = "statutory" if again.statutory else "at the inspectorate's discretion"
    days = f"{again.not_before_days} to {again.within_days} days"
    return f"once, {days} after a judgement of {grades}; {counting}; {standing}"


def _consequence(trigger: Trigger, framework: Framework) -> str:
    news = SIGNALS[trigger.signal]
    if trigger.kind is None:
        return f"{news} brings the next planned inspection forward"
    return f"{news} adds an inspection ({framework.kinds[trigger.kind].title})"


def _after_news(trigger: Trigger) -> str:
    return f"in {trigger.probability:.0%} of cases, {trigger.delay_days} to {trigger.within_days} days later"


def _rating(name: str, framework: Framework) -> str:
    return "not yet graded" if name == "not_yet_graded" else str(getattr(framework.grade_names, name))


def _counted(number: float, noun: str) -> str:
    return f"{number:g} {noun}" if number == 1 else f"{number:g} {noun}s"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _joined(names: Sequence[str], word: str) -> str:
    return f" {word} ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)
