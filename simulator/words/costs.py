"""What a comparison says of money, in sentences: posts, inspections, providers, enforcement, and each poor one found.

Every price stands below them with what it rests on, so that no assumption passes for a finding.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from simulator.inputs.evidence import MARKS
from simulator.running.post_costs import price_of_post, standing_of
from simulator.scenario.scenario import Scenario
from simulator.words.estimates import EVERYONE, Estimate, Estimated, Estimates, Subject, subject_of
from simulator.words.money import about, pounds, pounds_and_range
from simulator.words.wording import capital, figure, joined, named, number

_POSTS: Final = "posts_cost_per_year"
_ENOUGH: Final = 0.005
"""Share by which the cost of posts may differ and still be told as one."""


def cost_sentences(compared: Estimated) -> list[str]:
    """Report what posts cost, what each framework costs the inspectorate and providers, and in whose prices.

    None where costs were not measured.
    """
    estimates = Estimates(compared)
    if not any(estimates.level(name, EVERYONE, "cost_per_year").defined for name in compared.titles):
        return []
    told = [
        *_posts_told(compared, estimates),
        *(_framework_told(compared, estimates, name) for name in compared.titles),
    ]
    return [*told, *_present_values_told(compared, estimates), prices_told(compared.scenario)]


def price_base(scenario: Scenario) -> str:
    """Name the year in whose prices amounts are: ``2006-07``."""
    year = scenario.costs.price_year
    return f"{year}-{(year + 1) % 100:02d}"


def _posts_told(compared: Estimated, estimates: Estimates) -> Iterator[str]:
    """Report what the posts of all inspectors cost."""
    costs = {name: estimates.level(name, EVERYONE, _POSTS) for name in compared.titles}
    first = costs[compared.baseline]
    if not first.defined:
        yield "There is no limit to inspectors, so posts have no cost. Only the work done has one."
        return
    alike = all(abs(cost.mean - first.mean) <= _ENOUGH * first.mean for cost in costs.values())
    under = "" if len(costs) == 1 else " under every framework" if alike else f" under {_named_base(compared)}"
    price = price_of_post(compared.scenario)
    fte = f"{figure(first.mean / price.pounds)} full-time equivalents, each {price.days:g} days at {pounds(price.day)}"
    yield (
        f"Inspectors' posts cost {pounds(first.mean)} a year{under}, whether there is work for them or not"
        f"{f' ({fte})' if price.pounds else ''}."
    )


def _named_base(compared: Estimated) -> str:
    """Name the baseline within a sentence."""
    return named(compared.titles[compared.baseline])


def _framework_told(compared: Estimated, estimates: Estimates, name: str) -> str:
    """Report what one framework costs."""
    title, subject = compared.titles[name], subject_of(compared)

    def level(measure: str) -> Estimate:
        return estimates.level(name, EVERYONE, measure)

    work, one = level("cost_per_year"), level("cost_per_inspection")
    inspection = f" ({pounds(about(one.mean))} an inspection)" if one.defined else ""
    days, burden = level("burden_days_per_year"), level("burden_cost_per_year")
    enforcement = level("enforcement_cost_per_year")
    steps = f"enforcement {pounds(about(enforcement.mean))}" if enforcement.mean > 0 else "no enforcement"
    return (
        f"{capital(named(title))}, a year: inspectors' work {pounds(about(work.mean))}{inspection}; {steps}; "
        f"{number(about(days.mean))} days of providers' staff, {pounds(about(burden.mean))}. "
        f"{_found_told(estimates, name, subject)}"
    )


def _found_told(estimates: Estimates, name: str, subject: Subject) -> str:
    """Report what it costs to find a poor one of the subject, and of all; or that this has no price."""
    poor = f"poor {subject.short[:-1]}"
    found = estimates.level(name, subject, "cost_per_poor_found")
    if not found.defined:
        return f"No {poor} is found, so finding one has no price."
    posts = estimates.level(name, EVERYONE, "posts_cost_per_poor_found")
    anyone = f", each poor provider of any kind {pounds(about(posts.mean))} in posts" if posts.defined else ""
    return f"Each {poor} found: {pounds_and_range(found)} in work{anyone}."


def _present_values_told(compared: Estimated, estimates: Estimates) -> Iterator[str]:
    """Report in whose prices amounts are, that a low price is no praise, and present values if there is a rate."""
    rate, years = compared.scenario.costs.discount_rate, compared.scenario.run.years
    yield (
        f"Amounts are in pounds of {price_base(compared.scenario)}, without inflation, and "
        f"{'not discounted' if rate else 'nothing is discounted'}. Finding a poor provider is cheap where many are "
        "poor: a low price alone is not a merit."
    )
    if rate:
        values = joined([_present_value_of(compared, estimates, name) for name in compared.titles], "; and")
        yield f"Discounted at {100 * rate:g}% a year, the present value over {years} years is {values}."


def _present_value_of(compared: Estimated, estimates: Estimates, name: str) -> str:
    """Report the present values of one framework."""

    def value(what: str) -> Estimate:
        return estimates.level(name, EVERYONE, f"{what}_present_value")

    posts = value("posts_cost")
    told = [f"{pounds(about(value('cost').mean))} of inspectors' work"]
    told += [f"{pounds(about(posts.mean))} of posts"] if posts.defined else []
    told += [f"{pounds(about(value('enforcement_cost').mean))} of enforcement"]
    told += [f"{pounds(about(value('burden_cost').mean))} to providers"]
    return f"{joined(told)} under {named(compared.titles[name])}"


class Priced(NamedTuple):
    """A number among the prices, and how it is told."""

    key: str
    """Below ``costs`` in the scenario."""
    form: str
    """What it is, the number in place of ``{}``."""
    is_money: bool


_PRICED: Final = (
    Priced("cost_per_inspector_day", "{} for an inspector-day", True),
    Priced("cost_per_provider_day", "{} for a day of a provider's staff", True),
    Priced("provider_days_per_inspector_day", "{} of these days for each inspector-day of an inspection", False),
    Priced("provider_days_to_prepare", "{} to prepare an inspection", False),
    Priced("provider_days_per_questionnaire", "{} for a questionnaire before an inspection", False),
    Priced("provider_days_per_self_assessment", "{} for a self-assessment", False),
    Priced("provider_days_per_improvement_plan", "{} for an improvement plan", False),
    Priced("enforcement.improvement_plan", "{} for the inspectorate to agree on a plan", True),
    Priced("enforcement.notice", "{} for a notice", True),
    Priced("enforcement.restriction", "{} for a restriction", True),
    Priced("enforcement.deregistration", "{} for a deregistration", True),
)


def prices_told(scenario: Scenario) -> str:
    """Report every price, what it rests on, and how far it is to be varied."""
    by_mark: dict[str, list[str]] = {}
    for priced in _PRICED:
        by_mark.setdefault(standing_of(scenario, f"costs.{priced.key}").mark, []).append(_price_told(scenario, priced))
    if set(by_mark) == {MARKS["A"]}:
        return f"All prices are assumptions, with ranges to vary in brackets: {joined(by_mark[MARKS['A']])}."
    told = [f"{capital(mark)}: {joined(by_mark[mark])}." for mark in MARKS.values() if mark in by_mark]
    return f"Sources of these prices, with ranges to vary in brackets. {' '.join(told)}"


def _price_told(scenario: Scenario, priced: Priced) -> str:
    """Report one price with the range to vary it in."""
    value = scenario.costs
    for name in priced.key.split("."):
        value = getattr(value, name)
    write = pounds if priced.is_money else "{:g}".format
    standing = standing_of(scenario, f"costs.{priced.key}")
    number_of = float(str(value))
    ends = standing.range or (tuple(number_of * end for end in standing.factor) if standing.factor else None)
    between = f" ({' to '.join(write(end) for end in ends)})" if ends else ""
    return priced.form.format(write(number_of)) + between
