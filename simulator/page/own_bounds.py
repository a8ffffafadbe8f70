"""Bounds on what a visitor's own framework says, beyond those that every framework has."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from simulator.frameworks.by_rating import rate
from simulator.frameworks.phrases import RATINGS_SHOWN
from simulator.inspectorate.framework import Framework
from simulator.inspectorate.rules import MOST_VISITS
from simulator.page.page_scenario import scenario

_LONGEST_TITLE: Final = 60
LONGEST_SUMMARY: Final = 300
_FORMULAE: Final = "=+-@ "
"""What no title may begin with."""
_YEARS: Final = (1990, 2200)
"""Of dates in a file."""
_SHOWN: Final = 40
"""Characters of a name in a file that a message repeats."""


def title_problem(title: str) -> str:
    """Report what is wrong with a title that tables, charts and files are to show; nothing if all is well.

    Spreadsheets take a cell that begins with certain signs for a formula.
    """
    if not title.strip():
        return "Enter a title, such as Homes every four months"
    if len(title) > _LONGEST_TITLE:
        return f"The title must have at most {_LONGEST_TITLE} characters"
    if not title.isprintable() or title[0] in _FORMULAE:
        return "The title must be on one line and must not start with a space, or one of = + - @"
    return ""


def out_of_bounds(value: Any) -> Iterator[str]:
    """Report where a file goes beyond what any framework needs, though `parsed_toml` took it."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if not key.isprintable():
                yield "it has a key that cannot be printed"
            yield from out_of_bounds(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from out_of_bounds(inner)
    elif isinstance(value, str) and not value.replace("\n", " ").isprintable():
        yield "it has a text that cannot be printed"
    elif isinstance(value, float) and not abs(value) < float("inf"):
        yield "it has a number that is not finite"
    elif isinstance(value, date) and not _YEARS[0] <= value.year <= _YEARS[1]:
        yield f"it has a date outside of the years {_YEARS[0]} to {_YEARS[1]}"


def unfit(framework: Framework) -> Iterator[str]:
    """Report what of a framework cannot be shown or simulated here."""
    titles = [
        framework.title,
        *framework.grade_names.model_dump().values(),
        *(kind.title for kind in framework.kinds.values()),
        *(written.title for written in framework.self_assessments.values()),
        *framework.packages,
    ]
    for title in titles:
        if said := title_problem(title):
            yield f"the title \u201c{title[:_LONGEST_TITLE]}\u201d cannot be used. {said}"
    if len(framework.summary) > LONGEST_SUMMARY or not framework.summary.isprintable():
        yield f"summary: allowed: one line of at most {LONGEST_SUMMARY} characters"
    pools = list(scenario().capacity.pools)
    for unknown in sorted(framework.pools - set(pools)):
        yield f"no pool of inspectors is called {unknown[:_SHOWN]}; allowed: {', '.join(pools)}"
    for name, rule in framework.rules.items():
        if any(rate(rule, rating) > MOST_VISITS for rating in RATINGS_SHOWN):
            yield f"rules.{name[:_SHOWN]}: requires more than {MOST_VISITS} inspections a year"
