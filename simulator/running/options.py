"""What is given for one run, with a command or in Python, laid over a scenario."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from simulator.inputs.messages import InputError, Named
from simulator.inspectorate.framework import load_framework
from simulator.running.inspectors_given import Given, pools_with
from simulator.running.posts import day_named, takeover
from simulator.scenario.scenario import Scenario
from simulator.scenario.timeline import ITSELF

SOURCE = "set for this run"

_Table = dict[str, Any]


def with_options(  # noqa: PLR0913  (an option each)
    scenario: Scenario,
    *,
    frameworks: Sequence[str] = (),
    besides: Sequence[str] = (),
    replications: int | None = None,
    years: int | None = None,
    inspectors: Mapping[str, Given] | None = None,
    inspectors_from: str | date | None = None,
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
        Full-time equivalents by pool, or per cent of the scenario's.
    inspectors_from
        Day from which they hold; if left out, that on which the frameworks compared take over.
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
    scenario = scenario.changed({"run": run}, SOURCE) if run else scenario
    return _staffed(scenario, inspectors or {}, inspectors_from)


def _staffed(scenario: Scenario, inspectors: Mapping[str, Given], inspectors_from: str | date | None) -> Scenario:
    """Return the scenario with other numbers of inspectors; the evidence says how each was given."""
    begins = day_named(scenario, inspectors_from)
    if begins and not inspectors:
        raise InputError(
            Named("inspectors-from"), ": applies to a number of inspectors. Use it with ", Named("inspectors")
        )
    staffed = scenario
    for change, amount in pools_with(scenario, inspectors, begins or takeover(scenario)):
        staffed = staffed.changed(change, f"{SOURCE}: {amount.told}" if amount.told else SOURCE)
    return staffed


def pools_without_inspectors(scenario: Scenario, idle: Collection[str] = ()) -> list[str]:
    """List the pools in which nobody is there, for all or a part of the run: their backlog only grows.

    Parameters
    ----------
    scenario
        As it is run.
    idle
        Pools that no provider needs, which are passed over.
    """
    told = []
    for name, pool in scenario.capacity.pools.items():
        if name in idle:
            continue
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
