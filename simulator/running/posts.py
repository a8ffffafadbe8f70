"""A question asked again with other numbers of inspectors in one pool, all else as it was."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from simulator.inputs.messages import InputError, Named, not_one_of, shown
from simulator.inspectorate.capacity import FteStep
from simulator.running.pools_at_work import pools_needed
from simulator.running.question import Question
from simulator.scenario.scenario import Scenario
from simulator.scenario.timeline import COMPARED, ITSELF


def pool_named(scenario: Scenario, given: str | None) -> str:
    """Return the name of the pool asked for, the first if none is.

    Raises
    ------
    InputError
        If there is no such pool.
    """
    pools = list(scenario.capacity.pools)
    if given is not None and given not in pools:
        raise InputError(Named("pool"), f" {given}: {not_one_of(given, 'pool', pools)}")
    return given or pools[0]


def check_pool(question: Question, pool: str) -> None:
    """Refuse a pool by which nothing is done under one of the frameworks: there, no number would matter.

    Raises
    ------
    InputError
        If it is so.
    """
    for framework in question.frameworks:
        needed = pools_needed(framework, question.service_types)
        if pool not in needed:
            raise InputError(
                Named("pool"),
                f' {pool}: this pool has no work under "{framework.name}", so its size has no effect. Use one of its '
                f"pools ({', '.join(sorted(needed))}), or other frameworks",
            )


def takeover(scenario: Scenario) -> date:
    """Return the day on which the frameworks compared take over.

    In the long run of a framework by itself that is the beginning of the run.
    """
    run = scenario.run
    if run.warm_up_framework == ITSELF:
        return run.begins
    return next((entry.from_ for entry in scenario.timeline if entry.framework == COMPARED), run.start)


def since(question: Question) -> date:
    """Return the day from which numbers of inspectors are varied: the one named, or else that of the takeover.

    What comes before, the warm-up above all, is common to all and stays as it is.
    """
    return question.inspectors_from or takeover(question.scenario)


def day_named(scenario: Scenario, given: str | date | None) -> date | None:
    """Read the day from which numbers of inspectors hold; None if none is named.

    Raises
    ------
    InputError
        If it is no date, or lies outside the run.
    """
    if given is None:
        return None
    where, run = Named("inspectors-from"), scenario.run
    try:
        day = given if isinstance(given, date) else date.fromisoformat(given)
    except ValueError:
        raise InputError(where, f": given {shown(given)}; allowed: a date such as {run.start}") from None
    if not run.begins <= day < run.ends:
        raise InputError(
            where,
            f": given {day}, which is outside the run; allowed: {run.begins} (the beginning of the warm-up) to "
            f"{run.ends - timedelta(days=1)}",
        )
    return day


def with_posts(question: Question, pool: str, fte: float) -> Question:
    """Return the question with `fte` full-time equivalents in a pool, from the day that `since` returns.

    Parameters
    ----------
    question
        As it was.
    pool
        Name of the pool.
    fte
        Full-time equivalents; ``inf`` for no limit.
    """
    pools = question.scenario.capacity.pools
    steps = steps_with(question.scenario, pool, since(question), fte)
    changed = pools[pool].model_copy(update={"fte": tuple(FteStep.model_validate(step) for step in steps)})
    capacity = question.scenario.capacity.model_copy(update={"pools": {**pools, pool: changed}})
    return replace(question, scenario=question.scenario.model_copy(update={"capacity": capacity}))


def mean_fte(question: Question, pool: str) -> float:
    """Return the full-time equivalents of the scenario, as a mean over the days in which they are varied."""
    return mean_between(question.scenario, pool, since(question))


def steps_with(scenario: Scenario, pool: str, begins: date, fte: float) -> Sequence[Mapping[str, Any]]:
    """Return the steps of a pool with `fte` full-time equivalents from a day on, and those of the scenario before it.

    Where the scenario has them change after that day, they change in the same proportions, and `fte` is their mean
    over the days until the end of the run.

    Parameters
    ----------
    scenario
        As it was.
    pool
        Name of the pool.
    begins
        Day from which the number holds.
    fte
        Full-time equivalents; ``inf`` for no limit.
    """
    run, was = scenario.run, scenario.capacity.pools[pool]
    before = [(step.from_, step.fte) for step in was.fte if step.from_ < begins]
    if not before and run.begins < begins:  # the first step also holds before its date
        before = [(run.begins, was.fte_on(run.begins))]
    later = [(step.from_, step.fte) for step in was.fte if begins < step.from_ < run.ends]
    mean = mean_between(scenario, pool, begins)
    if not later or mean == 0 or not (math.isfinite(mean) and math.isfinite(fte)):
        shape = [(begins, fte)]
    else:
        shape = [(day, fte / mean * level) for day, level in [(begins, was.fte_on(begins)), *later]]
    return [{"from": day, "fte": level} for day, level in [*before, *shape]]


def mean_between(scenario: Scenario, pool: str, begins: date) -> float:
    """Average the posts of a pool over the days from one on until the end of the run."""
    was, ends = scenario.capacity.pools[pool], scenario.run.ends
    days = [begins, *(step.from_ for step in was.fte if begins < step.from_ < ends), ends]
    spans = [(following - day) / timedelta(days=1) for day, following in pairwise(days)]
    return sum(was.fte_on(day) * span for day, span in zip(days, spans, strict=False)) / sum(spans)
