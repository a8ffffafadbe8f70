"""What holds for an answer whatever was asked: the inspectors there are, from when on, and how they were given."""

from simulator.inputs.evidence import covering
from simulator.running.options import SOURCE, pools_without_inspectors
from simulator.running.question import Question
from simulator.scenario.scenario import Scenario
from simulator.words.costs import price_base
from simulator.words.pools import inspectors_of, posts_told, varies
from simulator.words.wording import capital, joined


def conditions(question: Question) -> list[str]:
    """Return the sentences on the scenario that belong to every answer."""
    return [
        *unstaffed_told(question),
        *inspectors_told(question.scenario),
        *_idle(question),
        *_inherited(question.scenario),
    ]


def unstaffed_told(question: Question) -> list[str]:
    """Report the pools that have work and, for all or a part of the run, no inspectors."""
    return [f"{capital(note)}." for note in pools_without_inspectors(question.scenario, question.idle_pools)]


def inspectors_told(scenario: Scenario) -> list[str]:
    """Report the numbers of inspectors that change during the run, or were given for it."""
    told = []
    for name, pool in scenario.capacity.pools.items():
        given = _given(scenario, name)
        if given is not None or varies(pool, scenario.run):
            how = f" ({given})" if given else ""
            told.append(f"{capital(inspectors_of(name))}: {posts_told(pool, scenario.run)}{how}.")
    return told


def _idle(question: Question) -> list[str]:
    """Name the inspectors who have nothing to do, and whose posts nobody pays for."""
    run, pools = question.scenario.run, question.scenario.capacity.pools
    return [
        f"{capital(inspectors_of(name))}: no provider here is inspected by them, so their posts "
        f"({posts_told(pools[name], run)}) are left out of the costs."
        for name in question.idle_pools
        if pools[name].has_posts(run.begins, run.ends)
    ]


def _inherited(scenario: Scenario) -> list[str]:
    """Report how many numbers the scenario takes from those that it extends."""
    inherited = scenario.inherited
    if inherited is None:
        return []
    told = []
    if inherited.from_:
        count, *parts = sum(inherited.from_.values()), *inherited.from_.items()
        whose = [name if len(parts) == 1 else f"{name} ({of:,})" for name, of in parts]
        told.append(
            f"{count:,} of the {inherited.numbers:,} numbers of the scenario are inherited from {joined(whose)}."
        )
    if inherited.price_year_from:
        told.append(
            f"The price year, {price_base(scenario)}, is inherited from {inherited.price_year_from}, although the "
            f"scenario starts in {scenario.run.start.year}."
        )
    return told


def _given(scenario: Scenario, pool: str) -> str | None:
    """Return how the number of inspectors was given for this run: ``80% of 222``; None if it was not."""
    for position in range(1, len(scenario.capacity.pools[pool].fte) + 1):
        entry = covering(scenario.evidence, f"capacity.pools.{pool}.fte[{position}].fte")
        source = scenario.evidence[entry].source if entry else ""
        if source.startswith(SOURCE):
            return source.removeprefix(SOURCE).removeprefix(": ")
    return None
