"""The form Write your own option: its fields, what may be typed into them, and the framework file that comes of it."""

import re
from typing import Any, Final

from simulator.frameworks.clause_rows import in_groups, values_of
from simulator.frameworks.phrases import RATINGS_SHOWN, rating_name
from simulator.inputs.messages import InputError
from simulator.inspectorate.framework import Framework
from simulator.inspectorate.sources import Sourced
from simulator.page.fields import NumberField, Problems, Typed, first
from simulator.page.own_bounds import LONGEST_SUMMARY, title_problem
from simulator.page.own_fields import (
    AFTER,
    HOMES,
    MONTHS,
    NONE,
    WHO,
    Again,
    Due,
    Part,
    again_clauses,
    again_of,
    beginnings,
    begun_from,
    dues,
    parts,
)
from simulator.page.own_file import file_of
from simulator.page.own_text import own_framework

BEGIN: Final = "begin"
_TITLE: Final = "title"
_SUMMARY: Final = "summary"
_WHY: Final = "why"
_AGAIN: Final = "again"
_WHOM: Final = "again_whom"
_FILE_PROBLEM: Final = "option"
"""Under this name stands what is wrong with the option as a whole."""
_MONTHS: Final = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?")
DAYS: Final = (
    NumberField("again_from", "Earliest re-inspection", "days after the judgement", 0, 365, 20, "", whole=True),
    NumberField("again_within", "Latest re-inspection", "days after the judgement", 1, 730, 80, "", whole=True),
)

Table = dict[str, Any]


def fields_by_default(begin: str) -> dict[str, list[str]]:
    """Return the form as it is when an option is begun from a framework."""
    again = again_of(begin)
    return {
        BEGIN: [begin],
        _TITLE: [""],
        _SUMMARY: [f"An option started from {begun_from(begin).title}."],
        _WHY: [""],
        **{due.field(rating): [due.text(rating)] for due in dues(begin) for rating in RATINGS_SHOWN},
        **{due.window_field.name: [_plain(due.window)] for due in dues(begin)},
        _AGAIN: list(again.after),
        _WHOM: [again.whom],
        "again_from": [str(again.not_before)],
        "again_within": [str(again.within)],
        **{part.field.name: [_plain(part.field.default)] for part in parts(begin)},
    }


def _plain(value: float) -> str:
    return f"{value:.10g}"


def read(typed: Typed) -> tuple[str, Problems]:
    """Read the form: the text of the framework file that comes of it, and what is wrong; nothing, or there is none."""
    problems: Problems = {}
    begin = first(typed, BEGIN)
    if begin not in beginnings():
        return "", {BEGIN: "Choose a framework to start from"}
    head = _head(typed, begin, problems)
    changes: Table = {}
    _intervals(typed, begin, changes, problems)
    _again(typed, begin, changes, problems)
    for part in parts(begin):
        _part(typed, begin, part, changes, problems)
    if problems:
        return "", problems
    why = " ".join(first(typed, _WHY).split())
    file = file_of(head, begin, changes, f"own proposal: {why}" if why else "own proposal")
    try:
        own_framework(file)
    except InputError as error:
        return "", {_FILE_PROBLEM: f"Your choices do not fit together: {error}"}
    return file, problems


def _head(typed: Typed, begin: str, problems: Problems) -> dict[str, str]:
    title, summary, why = (first(typed, name).strip() for name in (_TITLE, _SUMMARY, _WHY))
    if said := title_problem(title):
        problems[_TITLE] = said
    elif title in {begun_from(name).title for name in beginnings()}:
        problems[_TITLE] = "Another framework has this title. Choose a different one"
    for name, text, what in ((_SUMMARY, summary, "The summary"), (_WHY, why, "Your reason")):
        if len(text) > LONGEST_SUMMARY or not " ".join(text.split()).isprintable():
            problems[name] = f"{what} must have at most {LONGEST_SUMMARY} printable characters"
    return {
        "title": title,
        "summary": " ".join(summary.split()) or f"An option started from {begun_from(begin).title}.",
    }


def _intervals(typed: Typed, begin: str, changes: Table, problems: Problems) -> None:
    """Read the months of every service; where something is changed, it gets a rule of its own."""
    framework = begun_from(begin)
    changed: list[tuple[Due, dict[str, float], float]] = []
    for due in dues(begin):
        months = {rating: _months(typed, due, rating, framework, problems) for rating in RATINGS_SHOWN}
        window = due.window_field.read(typed, problems)
        as_before = all(months[rating] == round(due.months[rating], 2) for rating in RATINGS_SHOWN)
        if not (as_before and window == due.window):
            changed.append((due, months, window))
    for name, rule in framework.rules.items():
        without = {due.service for due, _, _ in changed if due.kind == rule.kind} & set(rule.types)
        if without:
            _fewer(changes, name, rule, without)
    for due, months, window in changed:
        changes.setdefault("rules", {})[f"own-{due.service.replace('_', '-')}"] = {
            "types": [due.service],
            "form": "interval",
            "kind": due.kind,
            "months": months,
            "available_share": window / 100,
            "statutory": due.statutory,
            **({"satisfied_by": list(due.satisfied_by)} if due.satisfied_by else {}),
        }


def _fewer(changes: Table, name: str, rule: Sourced, without: set[str]) -> None:
    """Take services out of a rule; the rule goes if none is left."""
    values = values_of(rule)
    left = tuple(service for service in values["types"] if service not in without)
    if not left:
        changes.setdefault("leaves_out", []).append(f"rules.{name}")
        return
    source = rule.source.model_dump(exclude_none=True, exclude_defaults=True)
    note = "some services that it covered have their own rules in this option"
    source["note"] = f"{source['note']}; {note}" if "note" in source else note
    changes.setdefault("rules", {})[name] = values | {"types": list(in_groups(left)), "source": source}


def _months(typed: Typed, due: Due, rating: str, framework: Framework, problems: Problems) -> float:
    field = due.field(rating)
    text = first(typed, field).strip().lower()
    if text == NONE:
        return 0.0
    low, high = MONTHS
    value = float(text) if _MONTHS.fullmatch(text) else -1.0
    if not low <= value <= high:
        problems[field] = (
            f"Months for {due.title}, {rating_name(rating, framework)}, must be {low:g} to {high:g}, or the word none"
        )
    return value


def _again(typed: Typed, begin: str, changes: Table, problems: Problems) -> None:
    """Read the re-inspection; where something is changed, it replaces those of the framework."""
    before = again_of(begin)
    after = tuple(grade for grade in AFTER if grade in typed.get(_AGAIN, ()))
    whom = first(typed, _WHOM)
    if whom not in WHO:
        problems[_WHOM] = "Choose which providers are re-inspected"
        return
    if not after:
        again = before._replace(after=())
    else:
        not_before, within = (int(field.read(typed, problems)) for field in DAYS)
        if within <= not_before and not {"again_from", "again_within"} & set(problems):
            problems["again_within"] = "Latest re-inspection must be later than the earliest re-inspection"
        again = Again(after, whom, not_before, within, before.kind)
    if set(again.after) == set(before.after) and again[1:] == before[1:]:
        return
    changes.setdefault("leaves_out", []).extend(f"reinspections.{name}" for name in again_clauses(begun_from(begin)))
    if after:
        changes["reinspections"] = {
            "own": {
                "types": list(HOMES) if whom == "homes" else ["all_providers"],
                "after": list(after),
                "kind": again.kind,
                "not_before_days": again.not_before,
                "within_days": again.within,
            }
        }


def _part(typed: Typed, begin: str, part: Part, changes: Table, problems: Problems) -> None:
    """Read a number of a clause; where it is changed, the clause is given again with it."""
    value = part.field.read(typed, problems)
    if value == part.field.default:
        return
    clause: Sourced = getattr(begun_from(begin), part.section)[part.name]
    values = values_of(clause)
    if part.section == "kinds":
        values = {part.key: {name: round(days * value / 100, 4) for name, days in values[part.key].items()}}
    elif part.key == "share":
        values[part.key] = dict.fromkeys(RATINGS_SHOWN, value / 100)
    else:
        values[part.key] = value / 100
    if "types" in values:
        values["types"] = list(in_groups(tuple(values["types"])))
    changes.setdefault(part.section, {})[part.name] = values
