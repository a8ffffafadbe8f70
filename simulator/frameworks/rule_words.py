"""How often a rule asks for an inspection, and what goes before it, in words."""

from collections.abc import Callable, Mapping

from simulator.frameworks.phrases import RATINGS_SHOWN, TIMES, counted, rating_name
from simulator.inspectorate.framework import Framework
from simulator.inspectorate.reinspections import Reinspection
from simulator.inspectorate.rules import Interval, Round, Rule, Visits
from simulator.words.wording import day_words, joined


def how_often(rule: Rule, framework: Framework) -> str:
    """Report how often a rule asks for an inspection, such as "twice a year" or "every 36 months"."""
    match rule:
        case Visits():
            return by_rating(rule.per_year.model_dump(), _visits, framework)
        case Interval():
            return by_rating(rule.months.model_dump(), _interval, framework)
        case Round():
            again = f", then once every {rule.repeat_months} months" if rule.repeat_months else ""
            return f"once between {day_words(rule.from_)} and {day_words(rule.until)}{again}"


def within_the_year(rule: Rule) -> str:
    """Report which rating says how many yearly visits are owed and what new providers owe, where a rule says so."""
    told = ""
    if isinstance(rule, Visits) and rule.rating == "on_1_april":
        told += "; by the rating held on 1 April"
    if isinstance(rule, Visits) and rule.whole_year_if_first_before is not None:
        month = rule.whole_year_if_first_before.capitalize()
        told += f"; new providers the whole year's visits if first inspected before {month}, otherwise pro rata"
    return told


def standing_in_line(rule: Rule | Reinspection, framework: Framework) -> str:
    """Return which goes first when inspectors are short, if a clause says it otherwise than its kind of inspection."""
    usual = framework.kinds[rule.kind].priority
    if rule.priority is None or rule.priority == usual:
        return ""
    way = "yields to other work" if rule.priority > usual else "goes before other work"
    return f"; {way} (order {rule.priority}, not {usual})"


def by_rating(values: Mapping[str, float], say: Callable[[float], str], framework: Framework) -> str:
    """Report one value for each rating, ratings of the same value together, best first."""
    groups: dict[float, list[str]] = {}
    for rating in RATINGS_SHOWN:
        groups.setdefault(values[rating], []).append(rating_name(rating, framework))
    if len(groups) == 1:
        return say(values["good"])
    return "; ".join(f"{say(value)} if {joined(ratings, 'or')}" for value, ratings in groups.items())


def _visits(times: float) -> str:
    return f"{TIMES.get(int(times), f'{times:g} times')} a year" if times else "no visit"


def _interval(months: float) -> str:
    return f"every {counted(months, 'month')}" if months else "none falls due"
