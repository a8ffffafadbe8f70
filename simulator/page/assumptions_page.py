"""The page Assumptions: first the numbers that decide the answer, then every number by topic."""

import math
import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import groupby
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from simulator.frameworks.clause_rows import told
from simulator.inputs.evidence import Evidence, numbers
from simulator.page.page_scenario import scenario
from simulator.page.responses import html
from simulator.questions.sensitivity.assumption_words import range_told, title_of_assumption
from simulator.questions.sensitivity.assumptions import Assumption
from simulator.questions.sensitivity.deciding import Decider, is_of_today, question_of, read_deciders, varied
from simulator.scenario.scenario import Scenario, load_scenario, shipped_scenarios
from simulator.words.assumptions import (
    MADE_UP,
    SCENARIO,
    Default,
    FrameworkLog,
    clause_rows,
    defaults,
    frameworks_in_log,
    of_frameworks,
    rests_on,
    source_told,
)
from simulator.words.parameters import title_of, unit_of
from simulator.words.wording import capital, number
from simulator.world.services import SERVICE_TITLES

_MOST: Final = 10
"""Assumptions that the page begins with."""
_TOPICS: Final = {
    "quality": "Quality of providers, and what changes it",
    "signals": "News: complaints, concerns, managers and self-assessments",
    "capacity": "Inspectors",
    "inspectors": "How inspectors differ and hurry",
    "population": "Providers and authorities",
    "costs": "Costs",
    "run": "Years, random seed and number of simulations",
    "timeline": "Frameworks in force one after another",
}
"""Sections of a scenario, in the order of the page."""
_BY_CHANCE: Final = ", so this may be chance"
_WHOLE_DAYS: Final = 10
"""Days from which on no tenths are written."""

Table = dict[str, Any]


def _assumptions(request: Request) -> HTMLResponse:
    """Show every number that the answers rest on, the ones that decide first."""
    return html(request, "assumptions.html", **_shown())


@cache
def _shown() -> Table:
    """Gather the page."""
    given = scenario()
    others = [load_scenario(name) for name in shipped_scenarios() if name != SCENARIO]
    return {
        **_deciding(given),
        "topics": [*_topics(given), *(_other(other, given) for other in others)],
        "frameworks": [_framework(log) for log in of_frameworks(frameworks_in_log())],
    }


def warm_up() -> None:
    """Gather the page, so that the first visitor need not wait for it."""
    _shown()


def _deciding(given: Scenario) -> Table:
    known = {assumption.key: assumption for assumption in varied(question_of())}
    rows = [row for row in read_deciders() if row.assumption in known][:_MOST]
    if not rows:
        return {"deciders": []}
    return {
        "deciders": [_decider(row, known[row.assumption], given) for row in rows],
        "at_default": difference_told(rows[0].at_default),
        "replications": rows[0].replications,
        "of_today": is_of_today(),
    }


def _decider(row: Decider, assumption: Assumption, given: Scenario) -> Table:
    by_chance = row.swing <= row.half_width
    alike = assumption.alike and not assumption.is_factor
    unit = (assumption.unit or unit_of(assumption.key)) if alike else ""
    return {
        "title": capital(title_of_assumption(row.assumption)),
        "range": f"{range_told(assumption)} {unit}".strip(),
        "at_low": difference_told(row.at_low),
        "at_high": difference_told(row.at_high),
        "swing": f"{_days(row.swing)} (give or take {_days(row.half_width)}{_BY_CHANCE if by_chance else ''})",
        "source": capital(_source_of(assumption, given.evidence)),
    }


def _source_of(assumption: Assumption, evidence: Mapping[str, Evidence]) -> str:
    entry = evidence.get(assumption.key)
    return rests_on(entry) if entry else f"{MADE_UP}: the documents that a framework cites do not state it"


def difference_told(days: float) -> str:
    """Report a difference in days: how much longer poor homes go unfound under option A than now."""
    if math.isnan(days):  # no such world can be run
        return "it cannot be simulated"
    if _days(abs(days)) == _days(0):
        return "no difference"
    return f"{_days(abs(days))} {'longer' if days > 0 else 'sooner'}"


def _days(count: float) -> str:
    text = number(count, 0 if count >= _WHOLE_DAYS else 1)
    return f"{text} {'day' if text == '1.0' else 'days'}"


def _topics(given: Scenario) -> Iterator[Table]:
    every = numbers(given.settings())
    by_section = {
        section: list(rows) for section, rows in groupby(defaults(given, every), key=lambda row: row.key.split(".")[0])
    }
    for section, title in _TOPICS.items():
        if section in by_section:
            yield {"title": title, "about": "", "rows": [_row(default) for default in by_section[section]]}


def _other(other: Scenario, first: Scenario) -> Table:
    """Show what differs in a further scenario."""
    known = dict(numbers(first.settings()))
    differing = [(key, value) for key, value in numbers(other.settings()) if known.get(key) != value]
    return {
        "title": f"Another scenario: {other.title}",
        "about": f"{' '.join(other.description.split())} Everything else is as in {first.title}.",
        "rows": [_row(default) for default in defaults(other, differing)],
    }


def _row(default: Default) -> Table:
    return {
        "title": capital(title_of(default.key)),
        "key": default.key,
        "value": default.value,
        "unit": default.unit,
        "source": default.rests_on,
        "range": default.vary,
    }


def _framework(log: FrameworkLog) -> Table:
    framework = log.framework
    return {
        "title": framework.title,
        "about": framework.summary,
        "clauses": [
            {
                "title": capital(_clause_title(key, log)),
                "key": key,
                "source": " ".join(source_told(clause.source)),
                "rows": [
                    {"title": capital(_number_title(key, name)), "value": _plain(value), "unit": unit, "range": vary}
                    for name, value, unit, vary in clause_rows(clause)
                    if name != "title"
                ],
            }
            for key, clause in log.own
        ],
        "shared": [f"As under “{title}”: {len(keys)} more rules." for title, keys in log.shared.items()],
    }


def _clause_title(key: str, log: FrameworkLog) -> str:
    """Describe a clause; a kind of inspection by its title."""
    section, _, name = key.partition(".")
    if section == "kinds":
        return log.framework.kinds[name].title
    return told(getattr(log.framework, section)[name], log.framework).sentence()


def _plain(value: str) -> str:
    """Write service types by their titles."""
    return re.sub("|".join(sorted(SERVICE_TITLES, key=len, reverse=True)), _title_of_type, value).replace("_", " ")


def _title_of_type(found: re.Match[str]) -> str:
    return SERVICE_TITLES[found.group()]


def _number_title(clause: str, name: str) -> str:
    key = f"{clause.partition('.')[0]}.*.{name}"
    title = title_of(key)
    return name.replace("_", " ").strip() if title == key else title


ROUTES: Final = (Route("/assumptions", _assumptions),)
