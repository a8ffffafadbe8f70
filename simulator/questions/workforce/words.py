"""Whether the people suffice, year by year, who waits longest, when the load peaks and what gives way: in sentences."""

from calendar import month_name
from collections.abc import Iterator
from math import isfinite, isnan
from typing import Final

from simulator.inspectorate.capacity import Pool
from simulator.measures.bands import Band
from simulator.questions.workforce.counting import ALL
from simulator.questions.workforce.found import Found
from simulator.words.estimates import Estimate
from simulator.words.pools import inspectors_of
from simulator.words.rounded import as_percent, short
from simulator.words.wording import bracketed, capital, joined, mean_and_range, named

KEPT: Final = 0.97
"""Share of the duties met on time below which it is trouble."""
_APART: Final = 1.2
"""Times as long as elsewhere from which on a region waits longer."""
MOST_SHOWN: Final = 5
"""Years that a verdict has room for."""
_LAPSES: Final = 1.0
"""Visits a year that lapse, from which on it is told."""
_ALL_KEPT: Final = 0.9995
_GROWING: Final = 0.01
"""Growth of the backlog a year, as a share of the inspections begun a year, above which it is trouble."""


def headline(found: Found, framework: str) -> str:
    """Report whether the statutory dates are kept in every year, and which year is the worst."""
    title = capital(named(found.question.titles[framework]))
    kept = [found.estimate(figures, framework, "on_time_share") for figures in found.of_years]
    known = [(one.mean, year) for one, year in zip(kept, found.years, strict=True) if not isnan(one.mean)]
    if not known:
        return f"{title}: no statutory date falls in these years"
    least, worst = min(known)
    overall = found.estimate(found.of_all, framework, "on_time_share").mean
    if least >= _ALL_KEPT:
        return f"{title}: these inspectors keep all but 1 in 2,000 statutory dates in every year"
    if least >= KEPT:
        in_worst = f"{_share(least)} in the worst year, {worst}"
        return f"{title}: these inspectors keep {_share(overall)} of statutory dates, and {in_worst}"
    late = f"in {worst}, the worst year, {_share(1 - least)} of statutory inspections are late"
    return f"{title}: {late}; over all years {_share(1 - overall)}"


def sentences(found: Found) -> list[str]:
    """Return a paragraph for each framework."""
    return [" ".join(told(found, framework)) for framework in found.question.names]


def told(found: Found, framework: str) -> Iterator[str]:
    """Report people, load, regions, months and what gives way under one framework, a sentence each."""
    yield f"{headline(found, framework)}."
    for pool in found.divided.pools:
        if pool != ALL:
            yield from _people_told(found, framework, pool)
    yield from _regions_told(found, framework)
    yield from _months_told(found, framework)
    yield from gives_way_told(found, framework)


def _people_told(found: Found, framework: str, pool: str) -> Iterator[str]:
    def mean(name: str, figures: Band = found.of_all) -> float:
        return found.estimate(figures, framework, name, pool).mean

    whom, posts = inspectors_of(pool), mean("posts")
    if not isfinite(posts):
        yield f"There is no limit to the number of {whom}."
        return
    used = f"They use {_share(mean('used_share'))} of the days that they can deploy"
    if not mean("vacant") + mean("left") + mean("joined"):
        yield f"{capital(short(posts))} {whom} are in post in every year. {used}."
        return
    in_post = [mean("in_post", figures) for figures in found.of_years]
    least = in_post.index(min(in_post))
    yield (
        f"Of {short(posts)} posts for {whom}, {short(mean('in_post'))} are filled on average, fewest in "
        f"{found.years[least]} ({short(in_post[least])}); {short(mean('joined'))} people join and "
        f"{short(mean('left'))} leave a year. {used}."
    )


def _regions_told(found: Found, framework: str) -> Iterator[str]:
    """Name the regions where an inspection waits longest and least, if they differ clearly."""
    for pool in found.divided.pools[:-1]:
        waits = {
            region: found.estimate(found.of_all, framework, "wait_days", pool, region)
            for region in found.divided.regions
        }
        overall = waits.pop(ALL)
        there = {region: wait for region, wait in waits.items() if not isnan(wait.mean)}
        if len(there) < 2:  # noqa: PLR2004  (nothing to compare)
            continue
        longest, least = (choose(there, key=lambda region: there[region].mean) for choose in (max, min))
        if there[longest].low > _APART * there[least].high:
            yield (
                f"An inspection by {inspectors_of(pool)} waits longest in {longest}, {_days(there[longest])}, and "
                f"least in {least}, {_days(there[least])}; {short(overall.mean)} days on average."
            )


def _months_told(found: Found, framework: str) -> Iterator[str]:
    """Name the months with the largest and the smallest backlog."""
    waiting = [found.estimate(figures, framework, "waiting") for figures in found.of_calendar]
    most, least = (waiting.index(choose(waiting, key=lambda one: one.mean)) for choose in (max, min))
    if waiting[most].low > _APART * waiting[least].high:
        months = [month_name[number] for number in found.calendar]
        yield (
            f"Most inspections wait at the end of {months[most]} ({short(waiting[most].mean)}), fewest at the end of "
            f"{months[least]} ({short(waiting[least].mean)})."
        )


def gives_way_told(found: Found, framework: str) -> Iterator[str]:
    """Name the visits that lapse for want of inspectors, those of which the largest share does first."""
    kinds = found.question.frameworks[found.question.names.index(framework)].kinds
    lapsed = []
    for kind in kinds:
        gone, asked = (found.of_kind(framework, kind, name, statutory=False).mean for name in ("lapsed", "asked"))
        if gone >= _LAPSES and asked > 0:
            lapsed.append((gone / asked, f"{short(gone)} of {short(asked)} {kind.replace('_', ' ')} visits"))
    if lapsed:
        gives = joined([one for _, one in sorted(lapsed, reverse=True)])
        yield f"Visits at the inspectorate's discretion give way when time is short: a year, {gives}."


def trouble(found: Found) -> Iterator[str]:
    """Return what must be known before any number is used: dates not kept, and a backlog that grows."""
    for framework in found.question.names:
        overall = found.estimate(found.of_all, framework, "on_time_share")
        past = found.estimate(found.of_all, framework, "past")
        title = named(found.question.titles[framework])
        if overall.mean < KEPT:
            yield (
                f"The law is not kept under {title}: {_share(1 - overall.mean)} of statutory inspections are late, and "
                f"{short(past.mean)} providers are past their date at any time."
            )
        if _grows(found, framework):
            yield f"The backlog still grows under {title} when the years end, so means depend on their number."


def _grows(found: Found, framework: str) -> bool:
    """Report whether more and more waits over the second half of the years, as a comparison reports it."""
    backlog = [found.estimate(figures, framework, "waiting").mean for figures in found.of_years]
    apart = len(backlog) // 2
    begun = found.estimate(found.of_all, framework, "begun").mean
    return apart > 0 and (backlog[-1] - backlog[-1 - apart]) / apart > _GROWING * begun


def caveats(found: Found) -> list[str]:
    """Return the basis of the sentences."""
    pools = found.question.scenario.capacity.pools
    mine = {name: pools[name] for name in found.divided.pools if name in pools}
    return [*_staffing(mine), *_put_in(found), *_counted(found)]


def _put_in(found: Found) -> Iterator[str]:
    """Report what the scenario puts in that a reader would else take for the doing of a framework."""
    scenario = found.question.scenario
    for pool in found.divided.pools[:-1]:
        agency = found.estimate(found.of_all, found.question.names[0], "agency", pool).mean
        if agency > 0:
            yield (
                f"Beside the {inspectors_of(pool)} in post, agency staff of {short(agency)} full-time equivalents on "
                "average do their work."
            )
    backlog = scenario.capacity.starting_backlog
    if backlog is not None:
        put = (
            f"{backlog.inspections:,} inspections"
            if backlog.inspections
            else f"{backlog.months:g} months of inspections"
        )
        yield f"The scenario begins with {put} that are late already: they count as late, under every framework."
    if scenario.inspectors.rushing is not None:
        yield "Where a queue is long, visits are shortened and see less: dates are kept at that price."


def _staffing(pools: dict[str, Pool]) -> Iterator[str]:
    at_once = [inspectors_of(name) for name, pool in pools.items() if pool.recruitment_in(None, None).is_immediate]
    if at_once:
        yield (
            f"The scenario fills every post for {joined(at_once)} at once, and nobody leaves: posts are inspectors. No "
            "inspectorate is like this: set a turnover, and months to recruit and to train (turnover, "
            "recruitment_months and training_months of the pool)."
        )
    together = [inspectors_of(name) for name, pool in pools.items() if not pool.by_region]
    if together:
        yield (
            f"The {joined(together)} work in all regions, so that no region is short by itself: give each region its "
            "own (by_region = true)."
        )


def _counted(found: Found) -> Iterator[str]:
    finished = found.finished
    if len(found.years) > MOST_SHOWN:
        yield "The verdict shows some of the years, the worst among them; years.csv and the report have all."
    yield (
        f"Means of {finished} replications, with 95% intervals by Student's t. A year begins in the month in which "
        "measuring does. Days waited are those from the day on which an inspection could begin."
    )


def _share(share: float) -> str:
    """Write a share in per cent, with a decimal where whole ones would say all or nothing."""
    return as_percent(share) if 0.01 <= share <= 0.99 else f"{100 * share:.1f}%"  # noqa: PLR2004


def _days(estimate: Estimate) -> str:
    mean, interval = mean_and_range(estimate)
    return f"{mean} days{bracketed(interval)}"
