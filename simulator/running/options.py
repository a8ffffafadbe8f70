"""What is given for one run, with a command or in Python, laid over a scenario."""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from simulator.inputs.messages import InputError, Named, not_one_of
from simulator.inspectorate.capacity import CapacitySettings
from simulator.inspectorate.framework import load_framework
from simulator.scenario.scenario import Scenario
from simulator.scenario.timeline import ITSELF

SOURCE = "set for this run"

_Table = dict[str, Any]


def with_options(
    scenario: Scenario,
    *,
    frameworks: Sequence[str] = (),
    besides: Sequence[str] = (),
    replications: int | None = None,
    years: int | None = None,
    inspectors: Mapping[str, float] | None = None,
    seed: int | None = None,
    long_run: bool = False,
) -> Scenario:
    """Return the scenario with options in place of its own values; what is left out stays.

    Parameters
    ----------
    scenario
        As its file has it.
    frameworks
        Names or paths of those to compare.
    besides
        Names of others to compare with them, where they are not among them already.
    replications, years, seed
        As in ``[run]``.
    inspectors
        Full-time equivalents from first to last, by pool.
    long_run
        Each framework warms up under itself.

    Raises
    ------
    InputError
        If one of them cannot be used.
    """
    run: _Table = {"replications": replications, "years": years, "seed": seed}
    run = {name: value for name, value in run.items() if value is not None}
    if long_run:
        if scenario.timeline:
            raise InputError(
                Named("long-run"),
                ": the scenario has a timeline, but the long run is for one framework alone. Use a scenario "
                "without a timeline",
            )
        run["warm_up_framework"] = ITSELF
    if frameworks:
        run |= _frameworks(frameworks, scenario)
    if besides:
        run["frameworks"] = _with_others(run.get("frameworks", scenario.run.frameworks), besides)
    pools = _pools(inspectors or {}, scenario.capacity)
    changes: _Table = ({"run": run} if run else {}) | ({"capacity": {"pools": pools}} if pools else {})
    return scenario.changed(changes, SOURCE) if changes else scenario


def pools_without_inspectors(scenario: Scenario) -> list[str]:
    """List the pools in which nobody is there, for all or a part of the run: their backlog only grows."""
    told = []
    for name, pool in scenario.capacity.pools.items():
        since = [step.from_.isoformat() for step in pool.fte if step.fte == 0]
        if len(since) == len(pool.fte):
            told.append(f'the pool "{name}" has no inspectors: its inspections never start, and its backlog only grows')
        elif since:
            told.append(f'the pool "{name}" has no inspectors from {", ".join(since)} on: its backlog only grows then')
    return told


def where_named(name: str, scenario: Scenario) -> str:
    """Return the path by which a scenario names a file of its own, if the name given is that of the file; else that."""
    return {Path(path).stem: path for path in scenario.run.frameworks}.get(name, name)


def _frameworks(given: Sequence[str], scenario: Scenario) -> _Table:
    """Find the frameworks."""
    found = [where_named(name, scenario) for name in given]
    for name in found:
        load_framework(name)
    baseline = scenario.run.baseline
    return {"frameworks": found, "baseline": baseline if baseline in found else found[0]}


def _with_others(given: Sequence[str], besides: Sequence[str]) -> list[str]:
    """Add to the frameworks those that are not among them, by name or as a file."""
    there = {Path(name).stem for name in given}
    return [*given, *(name for name in besides if name not in there)]


def read_inspectors(given: Sequence[str], scenario: Scenario) -> dict[str, float]:
    """Read numbers of inspectors, each ``POOL=FTE``, or ``FTE`` for the first pool.

    Raises
    ------
    InputError
        If there is no such pool, or one is named twice, or a number cannot be used.
    """
    read: dict[str, float] = {}
    for text in given:
        pool, separator, number = text.rpartition("=")
        name = pool.strip() if separator else next(iter(scenario.capacity.pools))
        try:
            fte = float(number)
        except ValueError:
            fte = math.nan
        _check_inspectors(text, name, fte, list(scenario.capacity.pools))
        if name in read:
            raise InputError(Named("inspectors"), f': set twice for the pool "{name}". Set it once for each pool')
        read[name] = fte
    return read


def _pools(inspectors: Mapping[str, float], capacity: CapacitySettings) -> _Table:
    pools: _Table = {}
    for name, fte in inspectors.items():
        _check_inspectors(f"{name}={fte!r}", name, fte, list(capacity.pools))
        pools[name] = {"fte": [{"from": capacity.pools[name].fte[0].from_, "fte": float(fte)}]}
    return pools


def _check_inspectors(given: str, pool: str, fte: float, pools: Sequence[str]) -> None:
    if pool not in pools:
        raise InputError(Named("inspectors"), f" {given}: {not_one_of(pool, 'pool', pools)}")
    if not fte >= 0:
        raise InputError(
            Named("inspectors"),
            f" {given}: allowed: full-time equivalents, 0 or more (inf for no limit), "
            f"as 200 (for the pool {pools[0]}) or {pools[-1]}=60",
        )
