"""The answer to `inspectsim size` in sentences: the number, its confidence, and why it differs from arithmetic."""

import math
from typing import Final

from simulator.questions.frontier.next_posts import step_told
from simulator.questions.size.found import Point, Sized, Sizing
from simulator.questions.size.monotone import Harm
from simulator.running.post_costs import price_of_post
from simulator.running.targets import Target, Verdict
from simulator.words.assumptions import plain
from simulator.words.costs import price_base
from simulator.words.money import pounds
from simulator.words.pools import decimals_of, inspectors_of
from simulator.words.targets import amount_told, quantity_told, target_told
from simulator.words.wording import capital, counted, day_words, figure, joined, named, number, percent, verb

_FTE: Final = "FTE are full-time equivalents: one inspector working full-time, or two working half-time."
_LITTLE: Final = 0.01
"""Shares smaller than this are not reported."""


def sizing_sentences(sizing: Sizing) -> list[str]:
    """Write a paragraph for each framework, and what more inspectors bring if that was asked."""
    return [*(" ".join(_told(sizing, sized)) for sized in sizing.sized), *more_told(sizing)]


def more_told(sizing: Sizing) -> list[str]:
    """Report what more inspectors than the scenario has bring under each framework, if that was asked."""
    return [step_told(sizing.next, name) for name in sizing.question.names] if sizing.next else []


def _told(sizing: Sizing, sized: Sized) -> list[str]:
    remarks = order_remarks(sizing, sized)
    if sized.fte is None:
        return [why_not(sizing, sized), *remarks]
    return [how_many(sizing, sized), arithmetic(sizing, sized), *remarks]


def how_many(sizing: Sizing, sized: Sized) -> str:
    """Report the number found, with its interval and its cost.

    Raises
    ------
    ValueError
        If none was found.
    """
    if sized.fte is None:
        raise ValueError(f"no number was found for {sized.framework}")
    title = sizing.question.titles[sized.framework]
    what = f"{named(title)} {verb(title, 'meets')} {targets_told(sizing)} with {fte(sizing, sized.fte)} FTE"
    cost = pounds(price_of_post(sizing.question.scenario).pounds * sized.fte)
    return capital(f"{what} of {inspectors_of(sizing.pool)} ({interval(sizing, sized)}), which cost {cost} a year.")


def interval(sizing: Sizing, sized: Sized) -> str:
    """Report the interval of the number needed."""
    low, high = sizing.interval(sized)
    if low == high:
        return "no fewer"
    return f"between {fte(sizing, low)} and {fte(sizing, high)}"


def targets_told(sizing: Sizing) -> str:
    """Name the targets within a sentence."""
    told = joined([f"that {target_told(target)}" for target in sizing.targets])
    return f"the {'targets' if len(sizing.targets) > 1 else 'target'} {told}"


def why_not(sizing: Sizing, sized: Sized) -> str:
    """Report why there is no number."""
    title = sizing.question.titles[sized.framework]
    point = sized.without_limit
    those = {
        standing: [
            f"the target that {target_told(wanted)} ({reached(verdict, wanted)})"
            for wanted, verdict in zip(sizing.targets, point.verdicts, strict=True)
            if verdict.standing == standing
        ]
        for standing in ("undefined", "missed", "unclear")
    }
    if those["undefined"]:
        return capital(
            f"{named(title)}: there is nothing to measure for "
            f"{joined([quantity_told(t.quantity) for t, v in _pairs(sizing, point) if v.standing == 'undefined'])}, "
            "in any replication, so the number of inspectors is undefined."
        )
    if those["missed"]:
        return capital(
            f"{named(title)} cannot meet {joined(those['missed'])} with any number of inspectors: these are the "
            "results without limit to inspectors."
        )
    if those["unclear"]:
        return capital(
            f"{named(title)}: even without limit to inspectors it is not clear whether it meets "
            f"{joined(those['unclear'])} after {counted(point.replications, 'replication')}. More replications may "
            "show it."
        )
    return capital(
        f"{named(title)} meets {targets_told(sizing)} without limit to inspectors, but with no number of inspectors "
        f"up to {fte(sizing, max(tried.fte for tried in sized.points if math.isfinite(tried.fte)))} FTE."
    )


def _pairs(sizing: Sizing, point: Point) -> list[tuple[Target, Verdict]]:
    return list(zip(sizing.targets, point.verdicts, strict=True))


def reached(verdict: Verdict, wanted: Target) -> str:
    """Report the mean of a measure, and the end of its interval towards the target."""
    if verdict.standing == "undefined":
        return "undefined"
    towards = verdict.high if wanted.relation == ">=" else verdict.low
    at = f"it reaches {amount_told(verdict.mean, wanted.quantity)}"
    if math.isnan(towards) or towards == verdict.mean:
        return at
    chance = amount_told(towards, wanted.quantity)
    return f"{at}; allowing for random variation, {chance} {'at most' if wanted.relation == '>=' else 'at least'}"


def arithmetic(sizing: Sizing, sized: Sized) -> str:
    """Report the number by simple arithmetic, and why the answer differs."""
    days = sizing.question.scenario.capacity.deployable_days_per_fte_year
    asked = (
        f"Simple arithmetic gives {sized.arithmetic:,.1f}: {number(sized.without_limit.worked)} inspector-days a year "
        f"for all required work, divided by {figure(days)} for each FTE."
    )
    at = sized.at_answer
    if at is None or sized.fte is None:
        return asked
    apart = sized.fte - sized.arithmetic
    if abs(apart) < sizing.effort.step:
        return f"{asked} The result is the same, within the step of the search."
    if apart < 0:
        return f"{asked} {abs(apart):,.1f} fewer are enough: {_why_fewer(sized, at)}."
    return f"{asked} {apart:,.1f} more are needed: {'; '.join(_why_more(sizing, sized, at))}."


def _why_fewer(sized: Sized, at: Point) -> str:
    """Report why fewer are enough than all the work takes."""
    return (
        f"{percent(at.worked / sized.without_limit.worked)} of the work required without limit is done, and the "
        "targets need no more; the rest waits, lapses (if discretionary) or is not required"
    )


def _why_more(sizing: Sizing, sized: Sized, at: Point) -> list[str]:
    """Return the reasons why more are needed than the work takes, as far as they show in the runs."""
    told = []
    vacant = 1 - at.there / (sizing.paid(sized.fte or 0.0)) if sized.fte else 0.0
    if vacant > _LITTLE:
        told.append(f"{percent(vacant)} of posts are vacant on average, because of turnover, recruitment and training")
    used = at.worked / at.there if at.there > 0 else 1.0
    if used < 1 - _LITTLE:
        told.append(
            f"inspectors are busy for {percent(used)} of their time, because work arrives unevenly, waits until a "
            "whole team is free, and would be late with fewer"
        )
    return told or ["work is spread unevenly over the year and over replications"]


def order_remarks(sizing: Sizing, sized: Sized) -> list[str]:
    """Report where the results contradict the assumption that more inspectors never make things worse."""
    told = []
    if sized.disordered:
        met, missed = sized.disordered
        told.append(
            f"Treat this with care: the targets are met {_with_so_many(sizing, met)} and missed "
            f"{_with_so_many(sizing, missed)}, but the search assumes that more inspectors never make things worse."
        )
    told += [_harm(sizing, harm) for harm in sized.harms]
    return told


def _harm(sizing: Sizing, harm: Harm) -> str:
    of = harm.target.quantity
    return (
        f"Note that {quantity_told(of)} is worse {_with_so_many(sizing, harm.more)} than "
        f"{_with_so_many(sizing, harm.fewer)}, by {amount_told(harm.by, of)}, but the search assumes that more "
        "inspectors never make things worse."
    )


def _with_so_many(sizing: Sizing, value: float) -> str:
    """Write ``with 176 FTE``, or that there is no limit."""
    return "without limit to inspectors" if math.isinf(value) else f"with {fte(sizing, value)} FTE"


def sizing_caveats(sizing: Sizing) -> list[str]:
    """Return the caveats of the answers."""
    effort, price = sizing.effort, price_of_post(sizing.question.scenario)
    sure = percent(effort.confidence)
    between = ""
    if price.standing.range:
        between = f", range to vary {' to '.join(map(pounds, price.standing.range))}"
    looks = ""
    if len(effort.looks) > 1:
        after = joined([number(look) for look in effort.looks])
        looks = f", divided among the looks after {after} replications"
    chance = (
        f"A target is met if the mean over replications is on its side with {sure} confidence (one-sided, Student's "
        f"t{looks}); the lower end of an interval is just above the largest number tried that misses a target with "
        f"{sure} confidence. Both reflect random variation in the simulation, not wrong assumptions."
    )
    whose = (
        "Targets that name no providers cover all providers together. The numbers apply from "
        f"{day_words(sizing.since)}, where the scenario has {plain(round(sizing.in_scenario, 2))}; the time before is "
        "common to all. Other pools keep the numbers of the scenario."
    )
    cost = (
        f"Cost: {figure(price.days)} days for each FTE at {pounds(price.day)} a day ({price.standing.mark}{between}), "
        f"paid whether there is work or not; in {price_base(sizing.question.scenario)} prices, without inflation or "
        "discounting."
    )
    return [_FTE, chance, whose, cost, "All numbers are simulated and depend on the assumptions listed in report.html."]


def fte(sizing: Sizing, value: float) -> str:
    """Write full-time equivalents with the decimals of the step."""
    return number(value, decimals_of([sizing.effort.step]))
