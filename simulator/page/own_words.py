"""An own option read back in words, without the keys of its file: what differs, and what looks odd."""

from collections.abc import Iterator
from typing import Final

from simulator.frameworks.by_rating import due_by_rating
from simulator.frameworks.changes import clause_changes
from simulator.frameworks.check import Findings
from simulator.frameworks.clause_rows import told
from simulator.frameworks.phrases import RATINGS_SHOWN, rating_name, who
from simulator.inspectorate.framework import NAMED_CLAUSES, Framework, Interval, named_clauses
from simulator.inspectorate.kind_of_inspection import KindOfInspection
from simulator.page.own_fields import is_minimum
from simulator.words.wording import capital, joined, number
from simulator.world.services import SERVICE_TITLES, SERVICE_TYPES

_RULES: Final = "rules"
ASSUMED: Final = "it counts as an assumption"
"""How the check ends what it says of every clause without a document; the page says it once for all of them."""


def differences(before: Framework, after: Framework) -> list[str]:
    """Report what an option has otherwise than the framework that it begins from."""
    lines = [
        *_frequencies(before, after),
        *_windows(before, after),
        *(line for section in NAMED_CLAUSES if section != _RULES for line, _ in clause_changes(section, before, after)),
        *(line for name in after.kinds for line in _lengths(name, before, after)),
    ]
    return lines or ["Nothing differs."]


def _frequencies(before: Framework, after: Framework) -> Iterator[str]:
    """Report services and ratings of which another number falls due, those with the same change together."""
    changed: dict[tuple[tuple[str, str, str], ...], list[str]] = {}
    for service in SERVICE_TYPES:
        change = tuple(
            (rating_name(rating, after), was, now)
            for rating in RATINGS_SHOWN
            if (was := due_by_rating(before, service, rating)) != (now := due_by_rating(after, service, rating))
        )
        if change:
            changed.setdefault(change, []).append(service)
    for change, services in changed.items():
        ratings: dict[tuple[str, str], list[str]] = {}
        for rating, was, now in change:
            ratings.setdefault((was, now), []).append(rating)
        for (was, now), rated in ratings.items():
            whom = "" if len(rated) == len(RATINGS_SHOWN) else f", {joined(rated, 'or')}"
            yield f"{capital(who(services))}{whom}: was {was}; now {now}"


def _windows(before: Framework, after: Framework) -> Iterator[str]:
    for service in SERVICE_TYPES:
        was, now = (_window(framework, service) for framework in (before, after))
        if was is not None and now is not None and was != now:
            yield (
                f"{capital(SERVICE_TITLES[service])}: an inspection may end up to {number(100 * now)}% of its interval "
                f"before its date; was {number(100 * was)}%"
            )


def _window(framework: Framework, service: str) -> float | None:
    rules = (rule for rule in framework.rules.values() if service in rule.types and is_minimum(rule))
    return next((rule.available_share for rule in rules if isinstance(rule, Interval)), None)


def _lengths(name: str, before: Framework, after: Framework) -> Iterator[str]:
    """Report a kind of inspection that takes more or fewer days: by one factor where it is the same for all."""
    old, new = before.kinds.get(name), after.kinds[name]
    if old is None or old.effort_days == new.effort_days:
        return
    times = {round(new.effort_days[service] / days, 3) for service, days in old.effort_days.items() if days}
    if len(times) == 1 and set(old.effort_days) == set(new.effort_days):
        yield f"{capital(new.title)}: takes {number(100 * times.pop())}% of the inspector-days that it took"
    else:
        yield from _by_service(old, new)


def _by_service(old: KindOfInspection, new: KindOfInspection) -> Iterator[str]:
    for service, days in new.effort_days.items():
        was = old.effort_days.get(service)
        if was != days:
            before = f"was {was:g}; now " if was is not None else ""
            yield f"{capital(new.title)}, {SERVICE_TITLES[service]}: {before}{days:g} inspector-days"


def odd(found: Findings, framework: Framework) -> list[str]:
    """Report what looks odd, but for what has no document, with each clause in words in place of its key."""
    return [_plain(line, framework) for line in found.odd if not line.endswith(ASSUMED)]


def inherited(found: Findings, framework: Framework) -> list[str]:
    """Report what already looks odd in the framework begun from, in the same way."""
    return [_plain(line, framework) for line in found.inherited if not line.endswith(ASSUMED)]


def _plain(line: str, framework: Framework) -> str:
    for section, name, clause in named_clauses(framework):
        line = line.replace(f"{section}.{name} ", f"\u201c{told(clause, framework).sentence()}\u201d ")
    for name, kind in framework.kinds.items():
        line = line.replace(f"kind of inspection {name} ({kind.title})", f"{kind.title}")
    return capital(line)
