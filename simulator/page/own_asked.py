"""The form Write your own option: its fields, what may be typed into them, and the framework file that comes of it."""

import re
from typing import Any, Final

from simulator.frameworks.clause_rows import in_groups, values_of
from simulator.frameworks.phrases import RATINGS_SHOWN, rating_name
from simulator.inputs.messages import InputError
from simulator.inspectorate.framework import Framework
from simulator.inspectorate.sources import Sourced
from simulator.page.fields import NumberField, Problems, Typed, first
from simulator.page.form_parts import own_frameworks_of
from simulator.page.own_base import base_of, beginnings, begun_from, extended, packages
from simulator.page.own_bounds import LONGEST_SUMMARY, title_problem
from simulator.page.own_fields import (
    AFTER,
    HOMES,
    MONTHS,
    NONE,
    UNITS,
    VISITS,
    WHO,
    YEAR,
    Again,
    Due,
    Often,
    Part,
    again_clauses,
    again_of,
    dues,
    is_minimum,
    parts,
)
from simulator.page.own_file import file_of
from simulator.page.own_rules import rules_of
from simulator.page.own_text import own_framework

BEGIN: Final = "begin"
PACKAGE: Final = "package"
OTHERS: Final = "others"
"""Field with the texts of other options, written before, that are to be compared with this one."""
_TITLE: Final = "title"
_SUMMARY: Final = "summary"
_WHY: Final = "why"
_AGAIN: Final = "again"
_WHOM: Final = "again_whom"
_FILE_PROBLEM: Final = "option"
"""Under this name stands what is wrong with the option as a whole."""
_NUMBER: Final = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?")
DAYS: Final = (
    NumberField("again_from", "Earliest re-inspection", "days after the judgement", 0, 365, 20, "", whole=True),
    NumberField("again_within", "Latest re-inspection", "days after the judgement", 1, 730, 80, "", whole=True),
)

Table = dict[str, Any]


def base_in(typed: Typed) -> str:
    """Return what the option begins from; nothing if that is not one of those offered."""
    begin, package = first(typed, BEGIN), first(typed, PACKAGE)
    return base_of(begin, package) if begin in beginnings() and package in ("", *packages()) else ""


def fields_by_default(framework: str, package: str = "") -> dict[str, list[str]]:
    """Return the form as it is when an option is begun from a framework, with a package or without."""
    begin = base_of(framework, package)
    again = again_of(begin)
    return {
        BEGIN: [framework],
        PACKAGE: [package],
        _TITLE: [""],
        _SUMMARY: [f"An option started from {begun_from(begin).title}."],
        _WHY: [""],
        **{due.field(rating): [due.often[rating].text] for due in dues(begin) for rating in RATINGS_SHOWN},
        **{due.unit_field(rating): [due.often[rating].unit] for due in dues(begin) for rating in RATINGS_SHOWN},
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
    begin = base_in(typed)
    if not begin:
        return "", {BEGIN: "Choose a framework to start from"}
    head = _head(typed, begin, problems)
    changes: Table = {}
    _frequencies(typed, begin, changes, problems)
    _again(typed, begin, changes, problems)
    for part in parts(begin):
        _part(typed, begin, part, changes, problems)
    if problems:
        return "", problems
    why = " ".join(first(typed, _WHY).split())
    file = file_of(head, extended(begin), changes, f"own proposal: {why}" if why else "own proposal")
    try:
        own_framework(file)
    except InputError as error:
        return "", {_FILE_PROBLEM: f"Your choices do not fit together: {error}"}
    return file, problems


def _head(typed: Typed, begin: str, problems: Problems) -> dict[str, str]:
    title, summary, why = (first(typed, name).strip() for name in (_TITLE, _SUMMARY, _WHY))
    if said := title_problem(title):
        problems[_TITLE] = said
    elif title in {begun_from(name).title for name in beginnings()} | _titles_of_others(typed):
        problems[_TITLE] = "Another framework has this title. Choose a different one"
    for name, text, what in ((_SUMMARY, summary, "The summary"), (_WHY, why, "Your reason")):
        if len(text) > LONGEST_SUMMARY or not " ".join(text.split()).isprintable():
            problems[name] = f"{what} must have at most {LONGEST_SUMMARY} printable characters"
    return {
        "title": title,
        "summary": " ".join(summary.split()) or f"An option started from {begun_from(begin).title}.",
    }


def _titles_of_others(typed: Typed) -> set[str]:
    return {framework.title for framework in own_frameworks_of(typed.get(OTHERS, ()), {})}


def _frequencies(typed: Typed, begin: str, changes: Table, problems: Problems) -> None:
    """Read how often every service is inspected; where something is changed, it gets rules of its own."""
    framework = begun_from(begin)
    changed: list[tuple[Due, dict[str, Often], float]] = []
    for due in dues(begin):
        often = {rating: _often(typed, due, rating, framework, problems) for rating in RATINGS_SHOWN}
        window = due.window_field.read(typed, problems)
        if not (often == due.often and window == due.window):
            changed.append((due, often, window))
    for name, rule in framework.rules.items():
        without = {due.service for due, _, _ in changed if due.kind == rule.kind} & set(rule.types)
        if without and is_minimum(rule):
            _fewer(changes, name, rule, without)
    for due, often, window in changed:
        changes.setdefault("rules", {}).update(rules_of(due, often, window, framework))


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


def _often(typed: Typed, due: Due, rating: str, framework: Framework, problems: Problems) -> Often:
    field, unit = due.field(rating), first(typed, due.unit_field(rating))
    text, whom = first(typed, field).strip(), f"{due.title}, {rating_name(rating, framework)}"
    if unit == NONE:
        if text:
            problems[field] = f"Choose visits a year or months apart for {whom}, or leave the number empty"
        return Often(0, NONE)
    if unit not in UNITS:
        problems[due.unit_field(rating)] = f"Choose visits a year or months apart for {whom}"
        return Often(0, NONE)
    value = float(text) if _NUMBER.fullmatch(text) else -1.0
    low, high = VISITS if unit == YEAR else MONTHS
    if unit == YEAR and not (low <= value <= high and value.is_integer()):
        problems[field] = (
            f"Visits a year for {whom}, must be a whole number from {low} to {high}. For less than one visit a year, "
            "choose months apart"
        )
    elif not low <= value <= high:
        problems[field] = f"Months apart for {whom}, must be {low:g} to {high:g}"
    return Often(value, unit)


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
