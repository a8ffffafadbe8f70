"""A question asked again with other numbers of inspectors in one pool, all else as it was."""

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from simulator.inputs.messages import InputError, Named, not_one_of
from simulator.inspectorate.capacity import FteStep, Pool
from simulator.running.question import Question
from simulator.scenario.scenario import Scenario


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
        if pool not in framework.pools:
            raise InputError(
                Named("pool"),
                f' {pool}: this pool has no work under "{framework.name}", so its size has no effect. Use one of its '
                f"pools ({', '.join(sorted(framework.pools))}), or other frameworks",
            )


def since(question: Question) -> date:
    """Return the day from which numbers of inspectors are varied: that on which what is compared takes over.

    What comes before, the warm-up above all, is common to all and stays as it is. In the long run of a framework by
    itself that is nothing: then numbers are varied from the beginning.
    """
    begins = next(change.begins for change in question.changes if change.framework is None)
    return max(begins, question.scenario.run.begins)


def with_posts(question: Question, pool: str, fte: float) -> Question:
    """Return the question with `fte` full-time equivalents in a pool, from the day on which what is compared begins.

    Where the scenario has them change after that day, they change in the same proportions, and `fte` is their mean
    over the days until the end of the run. Parts of regions, recruitment, training and turnover stay.

    Parameters
    ----------
    question
        As it was.
    pool
        Name of the pool.
    fte
        Full-time equivalents; ``inf`` for no limit.
    """
    scenario = question.scenario
    pools = scenario.capacity.pools
    steps = _steps(pools[pool], since(question), scenario.run.ends, fte)
    capacity = scenario.capacity.model_copy(update={"pools": {**pools, pool: pools[pool].model_copy(update=steps)}})
    return replace(question, scenario=scenario.model_copy(update={"capacity": capacity}))


def mean_fte(question: Question, pool: str) -> float:
    """Return the full-time equivalents of the scenario, as a mean over the days in which they are varied."""
    return _mean(question.scenario.capacity.pools[pool], since(question), question.scenario.run.ends)


def _steps(pool: Pool, begins: date, ends: date, fte: float) -> dict[str, Sequence[FteStep]]:
    before = [step for step in pool.fte if step.from_ < begins]
    mean = _mean(pool, begins, ends)
    later = [(step.from_, step.fte) for step in pool.fte if begins < step.from_ < ends]
    if not later or mean == 0 or not (math.isfinite(mean) and math.isfinite(fte)):
        shape = [(begins, fte)]
    else:
        shape = [(day, fte / mean * level) for day, level in [(begins, pool.fte_on(begins)), *later]]
    return {"fte": (*before, *(FteStep.model_validate({"from": day, "fte": level}) for day, level in shape))}


def _mean(pool: Pool, begins: date, ends: date) -> float:
    """Average the posts over the days of a stretch of time."""
    days = [begins, *(step.from_ for step in pool.fte if begins < step.from_ < ends), ends]
    spans = [(following - day) / timedelta(days=1) for day, following in pairwise(days)]
    return sum(pool.fte_on(day) * span for day, span in zip(days, spans, strict=False)) / sum(spans)
