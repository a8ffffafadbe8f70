"""The verdict: people, load and what is left undone in some years side by side."""

from collections.abc import Iterator
from math import inf, isfinite, isinf, isnan
from typing import Final

from simulator.questions.compare.doubts import assumed_told
from simulator.questions.workforce.counting import ALL
from simulator.questions.workforce.figures import BY_NAME
from simulator.questions.workforce.found import Found
from simulator.questions.workforce.words import MOST_SHOWN, caveats, headline, told, trouble
from simulator.render.verdict import Line, Verdict
from simulator.words.pools import inspectors_of
from simulator.words.rounded import as_percent, short
from simulator.words.wording import capital, number

_UNKNOWN: Final = "–"
_NO_LIMIT: Final = "no limit"
_OF_POOL: Final = ("in_post", "used_share")
_OF_ALL: Final = ("on_time_share", "past", "waiting", "wait_days", "unfound")
_LABELS: Final = {
    "in_post": "in post",
    "used_share": "days used, of those offered",
    "on_time_share": "statutory dates kept",
    "past": "providers past their date",
    "waiting": "inspections that wait",
    "wait_days": "days that those begun had waited",
    "unfound": "poor providers not found",
}


def verdict_of(found: Found) -> Verdict:
    """Return the verdict."""
    shown = _years_shown(found)
    first, *_ = found.question.names
    sentences = [list(told(found, name)) for name in found.question.names]
    return Verdict(
        title=f"{headline(found, first)}.",
        trouble=tuple(trouble(found)),
        columns=tuple(found.years[year] for year in shown),
        of_frameworks=False,
        lines=tuple(line for name in found.question.names for line in _lines(found, name, shown)),
        told=(*sentences[0][1:], *(" ".join(more) for more in sentences[1:])),
        doubts=(*caveats(found), assumed_told(found.question.scenario)),
    )


def _years_shown(found: Found) -> list[int]:
    """Return the years shown: the first and the last, and others evenly between, the worst among them."""
    years = len(found.years)
    if years <= MOST_SHOWN:
        return list(range(years))
    even = {round(place * (years - 1) / (MOST_SHOWN - 1)) for place in range(MOST_SHOWN)}
    first = found.question.names[0]
    kept = [found.estimate(figures, first, "on_time_share").mean for figures in found.of_years]
    worst = min(range(years), key=lambda year: inf if isnan(kept[year]) else kept[year])
    inner = sorted(even - {0, years - 1}, key=lambda year: abs(year - worst))
    return sorted({0, years - 1, worst, *inner[(1 if worst not in even else 0) :]})


def _lines(found: Found, framework: str, shown: list[int]) -> Iterator[Line]:
    several = len(found.question.names) > 1
    head = f"{found.question.titles[framework]}: " if several else ""
    for pool in found.divided.pools[:-1]:
        for name in _OF_POOL:
            yield _line(found, framework, name, pool, f"{head}{inspectors_of(pool)}", shown)
    for name in _OF_ALL:
        yield _line(found, framework, name, ALL, f"{head}all inspections", shown)


def _line(found: Found, framework: str, name: str, pool: str, group: str, shown: list[int]) -> Line:
    figure = BY_NAME[name]
    values = [found.estimate(found.of_years[year], framework, name, pool).mean for year in shown]
    write = as_percent if figure.is_share else (number if name == "waiting" else short)
    cells = tuple(_UNKNOWN if isnan(value) else _NO_LIMIT if isinf(value) else write(value) for value in values)
    known = tuple(value if isfinite(value) else None for value in values)
    return Line(_LABELS[name], cells, capital(group), known, figure.unit)
