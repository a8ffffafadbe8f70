"""What the form Write your own option offers to change of a framework, and what stands in it to begin with.

A service's rules on its main kind of inspection are shown by the rating held, each in the unit that the framework has:
visits a year, or months from one inspection to the next; a round as the months after which it comes again. What is not
changed stays as the framework has it.
"""

from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Final, NamedTuple

from simulator.frameworks.by_rating import due_by_rating, rate
from simulator.frameworks.phrases import RATINGS_SHOWN, SIGNALS, rating_name, who
from simulator.inspectorate.framework import (
    Framework,
    Interval,
    Reinspection,
    Round,
    Rule,
    Sample,
    Trigger,
    Visits,
)
from simulator.inspectorate.rules import MOST_VISITS
from simulator.page.fields import NumberField
from simulator.page.own_base import begun_from
from simulator.words.assumptions import plain
from simulator.words.wording import capital
from simulator.world.services import SERVICE_TITLES, SERVICE_TYPES

YEAR: Final = "year"
APART: Final = "months"
NONE: Final = "none"
UNITS: Final = {YEAR: "visits a year", APART: "months apart", NONE: "no visit falls due"}
"""Units of how often a service is inspected."""
_WINDOW: Final = 25.0
"""Per cent of an interval in which an inspection may take place before it is due, where a framework has none."""
HOMES: Final = ("childrens_home", "secure_childrens_home")
WHO: Final = {"homes": "Children's homes only", "all": "All services, but not local authorities as a whole"}
AFTER: Final = ("poor", "adequate")
"""Judgements after which a provider may be inspected again."""
_AGAIN_DAYS: Final = (20, 80)
"""Of a re-inspection, where a framework has none."""
MONTHS: Final = (0.5, 240.0)
"""Fewest and most months of an interval."""
VISITS: Final = (1, MOST_VISITS)
"""Fewest and most visits a year."""


class Often(NamedTuple):
    """How often a service is inspected at one rating."""

    amount: float
    unit: str
    """A key of `UNITS`."""

    @property
    def text(self) -> str:
        """Write the amount as the form has it."""
        return "" if self.unit == NONE else plain(self.amount)


class Due(NamedTuple):
    """A service and when it is inspected."""

    service: str
    title: str
    kind: str
    """Its main kind of inspection."""
    kind_title: str
    often: dict[str, Often]
    """By rating."""
    window: float
    """Per cent of the interval."""
    statutory: bool
    satisfied_by: tuple[str, ...] | None
    now: tuple[str, ...]
    """What falls due, in words, a line for each rating or one for all."""

    def field(self, rating: str) -> str:
        """Name the field with the amount for a rating."""
        return f"often_{self.service}_{rating}"

    def unit_field(self, rating: str) -> str:
        """Name the field with the unit for a rating."""
        return f"unit_{self.service}_{rating}"

    @property
    def window_field(self) -> NumberField:
        """Return the field for the window."""
        return NumberField(
            f"window_{self.service}",
            f"Window, {self.title}",
            "per cent of the interval",
            0,
            100,
            self.window,
            "For months apart: how long before its deadline an inspection may end, at a random time.",
        )


class Again(NamedTuple):
    """Re-inspection after a low judgement."""

    after: tuple[str, ...]
    whom: str
    """A key of `WHO`."""
    not_before: int
    within: int
    kind: str


class Part(NamedTuple):
    """A clause of which one number can be changed: how often news leads to a visit, how large a sample is."""

    section: str
    name: str
    key: str
    field: NumberField


@lru_cache(maxsize=64)
def dues(name: str) -> list[Due]:
    """Return the services, each with when it is inspected under a framework."""
    framework = begun_from(name)
    found = (_due(framework, service) for service in SERVICE_TYPES)
    return [due for due in found if due is not None]


def _due(framework: Framework, service: str) -> Due | None:
    """Return when a service is inspected; None where no kind of inspection is made for it."""
    rules = [rule for rule in framework.rules.values() if service in rule.types]
    rules.sort(key=lambda rule: (not framework.kinds[rule.kind].counts, not rule.statutory))
    kinds = (name for name, kind in framework.kinds.items() if kind.grades and kind.counts)
    fitting = [name for name in kinds if service in framework.kinds[name].effort_days]
    kind = rules[0].kind if rules else next(iter(fitting), None)
    if kind is None:
        return None
    main = [rule for rule in rules if rule.kind == kind and is_minimum(rule)]
    windows = [100 * rule.available_share for rule in main if isinstance(rule, Interval)]
    said = {rating: due_by_rating(framework, service, rating) for rating in RATINGS_SHOWN}
    if len(set(said.values())) == 1:
        now = [capital(next(iter(said.values())))]
    else:
        now = [f"{capital(rating_name(rating, framework))}: {words}" for rating, words in said.items()]
    return Due(
        service=service,
        title=SERVICE_TITLES[service],
        kind=kind,
        kind_title=framework.kinds[kind].title,
        often={rating: _often(main, rating) for rating in said},
        window=windows[0] if windows else _WINDOW,
        statutory=any(rule.statutory for rule in main) if main else True,
        satisfied_by=main[0].satisfied_by if main else None,
        now=tuple(now),
    )


def is_minimum(rule: Rule) -> bool:
    """Whether a rule sets the least that falls due, and does not add to it at the inspectorate's discretion."""
    return rule.statutory or rule.priority is None


def _often(rules: Sequence[Rule], rating: str) -> Often:
    """Return how often the rule that asks for most does so."""
    found = [(months(rule, rating), rule) for rule in rules]
    least, rule = min(((count, rule) for count, rule in found if count), key=itemgetter(0), default=(0.0, None))
    if rule is None:
        return Often(0, NONE)
    if isinstance(rule, Visits):
        return Often(rate(rule, rating), YEAR)
    return Often(round(least, 2), APART)


def months(rule: Rule, rating: str) -> float:
    """Return the months from one inspection to the next that a rule comes to at a rating; 0 where it asks for none."""
    if isinstance(rule, Round):
        return float(rule.repeat_months) or float(round((rule.until - rule.from_).days / 30.4))
    each_year = rate(rule, rating)
    return 12 / each_year if each_year else 0.0


def again_clauses(framework: Framework) -> dict[str, Reinspection]:
    """Return the re-inspections that the form shows: all but those of local authorities alone."""
    return {name: again for name, again in framework.reinspections.items() if set(again.types) != {"local_authority"}}


@lru_cache(maxsize=32)
def again_of(name: str) -> Again:
    """Return the re-inspection of a framework, as the form shows it."""
    framework = begun_from(name)
    kind = next((due.kind for due in dues(name) if due.service == HOMES[0]), next(iter(framework.kinds)))
    for clause in again_clauses(framework).values():
        whom = "homes" if set(clause.types) <= set(HOMES) else "all"
        return Again(tuple(clause.after), whom, clause.not_before_days, clause.within_days, clause.kind)
    return Again((), "homes", *_AGAIN_DAYS, kind)


@lru_cache(maxsize=32)
def parts(name: str) -> list[Part]:
    """Return the clauses of a framework of which one number can be changed."""
    framework = begun_from(name)
    news = [
        _part("triggers", key, "probability", 100 * clause.probability, *_of_news(clause))
        for key, clause in framework.triggers.items()
    ]
    samples = [
        _part("samples", key, "share", 100 * clause.share.poor, *_of_sample(clause, framework))
        for key, clause in framework.samples.items()
        if clause.share is not None and len(set(clause.share.model_dump().values())) == 1
    ]
    lengths = [
        NumberField(
            f"length_{key}",
            f"Length of: {kind.title}",
            "per cent",
            10,
            300,
            100,
            f"Inspector-days of one inspection, as a percentage of those under “{framework.title}”. Less is a shorter "
            "inspection. Default: 100 per cent.",
        )
        for key, kind in framework.kinds.items()
    ]
    return [
        *news,
        *samples,
        *(Part("kinds", field.name.removeprefix("length_"), "effort_days", field) for field in lengths),
    ]


def _of_news(clause: Trigger) -> tuple[str, str]:
    year = "" if clause.reach == "any_year" else " of the year"
    what = "adds an inspection" if clause.action == "add" else f"brings the next planned inspection{year} forward"
    if clause.action == "move" and clause.kind is not None:
        what += " or adds one"
    title = f"{capital(SIGNALS[clause.signal])} {what}, {who(clause.types)}"
    return title, "per cent of cases"


def _of_sample(clause: Sample, framework: Framework) -> tuple[str, str]:
    title = f"{capital(framework.kinds[clause.kind].title)} by sample, {who(clause.types)}"
    return title, "per cent of providers a year"


def _part(section: str, name: str, key: str, value: float, title: str, unit: str) -> Part:
    number = round(value, 4)
    hint = f"Default: {plain(number)}, as in the framework you start from."
    return Part(section, name, key, NumberField(f"{section}_{name}", title, unit, 0, 100, number, hint))
