"""Which pools of inspectors the providers of a question need, and which have nothing to do there."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from simulator.inputs.messages import InputError
from simulator.inspectorate.capacity import FteStep, Pool
from simulator.inspectorate.framework import Framework
from simulator.inspectorate.framework_checks import inspections_asked_for
from simulator.scenario.scenario import Scenario


def pools_needed(framework: Framework, service_types: Collection[str]) -> Mapping[str, tuple[str, str]]:
    """Return the pools that providers of some service types need, each with a clause that asks for it and a type."""
    needed: dict[str, tuple[str, str]] = {}
    for keys, kind, types in inspections_asked_for(framework):
        _note(needed, framework.kinds[kind].pool, keys, types, service_types)
    for section in ("assessments", "self_assessments"):
        for name, clause in getattr(framework, section).items():
            _note(needed, clause.pool, f"{section}.{name}", clause.types, service_types)
    return needed


def _note(
    needed: dict[str, tuple[str, str]], pool: str, clause: str, types: Iterable[str], there: Collection[str]
) -> None:
    served = next((service_type for service_type in types if service_type in there), None)
    if served is not None:
        needed.setdefault(pool, (clause, served))


def idle_pools(scenario: Scenario, frameworks: Iterable[Framework], service_types: Collection[str]) -> tuple[str, ...]:
    """Return the pools of the scenario that no provider needs under any of some frameworks."""
    needed = {pool for framework in frameworks for pool in pools_needed(framework, service_types)}
    return tuple(pool for pool in scenario.capacity.pools if pool not in needed)


def check_pools_needed(scenario: Scenario, frameworks: Sequence[Framework], service_types: Collection[str]) -> None:
    """Refuse a framework that needs a pool which the scenario does not have.

    Raises
    ------
    InputError
        Naming the clause and the providers that need it.
    """
    pools = scenario.capacity.pools
    for framework in frameworks:
        for pool, (clause, served) in pools_needed(framework, service_types).items():
            if pool not in pools:
                raise InputError(
                    f'framework "{framework.name}": {clause} needs the pool "{pool}" for providers of type {served}, '
                    f"but the scenario has only these pools: {', '.join(pools)}. Add capacity.pools.{pool}, or take it "
                    "out of leaves_out"
                )


def with_pools_named(scenario: Scenario, frameworks: Iterable[Framework]) -> Scenario:
    """Return a scenario as it is run: pools that frameworks name and it leaves out are there, and empty."""
    named = {pool for framework in frameworks for pool in framework.pools}
    empty = Pool(fte=(FteStep.model_validate({"from": scenario.run.begins, "fte": 0.0}),))
    missing = dict.fromkeys(sorted(named - set(scenario.capacity.pools)), empty)
    if not missing:
        return scenario
    capacity = scenario.capacity.model_copy(update={"pools": {**scenario.capacity.pools, **missing}})
    return scenario.model_copy(update={"capacity": capacity})
