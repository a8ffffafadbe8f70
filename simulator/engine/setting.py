"""A setting: one scenario under one framework, as arrays, ready to be run for any replication."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from simulator.engine.state import MONITORING_SLOTS, PROVIDER, RULE, SERVICE, STRAND, Table
from simulator.inspectorate.framework import Framework
from simulator.inspectorate.policy import NO_RULE, TYPE_COUNT, policies_of
from simulator.messages import InputError, not_one_of
from simulator.scenario import Scenario
from simulator.ticks import NEVER, TICKS_PER_DAY, day_of, inspection_year_start, month_starts, tick_of
from simulator.world.quality import write_quality
from simulator.world.services import SERVICE_TITLES, SERVICE_TYPES
from simulator.world.signals import write_signals
from simulator.world.streams import identity

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Setting:
    """Everything that replications of one scenario under one framework share."""

    epoch: date
    begins: int
    """Tick at which the run begins: the warm-up, or the measures if there is none."""
    measured_from: int
    horizon: int
    seed: int
    timeline: tuple[str, ...]
    """Frameworks in force one after another; `policies` has one row for each."""
    takeovers: tuple[int, ...]
    """Ticks at which those after the first take over."""
    pools: tuple[str, ...]
    register: tuple[str, ...]
    """Names of the providers, by row."""
    providers: Table
    """`PROVIDER` before the run begins, shape p."""
    strands: Table
    """`STRAND` before the run begins, shape s >= p."""
    opens: npt.NDArray[np.int64]
    """Ticks at which providers open, -NEVER if open from the beginning, shape p."""
    closes: npt.NDArray[np.int64]
    """Ticks at which they close by the register, NEVER if not given, shape p."""
    services: Table
    policies: Table
    month_starts: npt.NDArray[np.int64]
    capacity: npt.NDArray[np.float64]

    @property
    def rules(self) -> int:
        """Rules of the service type that has most."""
        return int((self.policies["form"] != NO_RULE).sum(axis=2).max(initial=0))

    @property
    def slots(self) -> int:
        """Plans that a provider needs: those of all, and one for each rule and each sample of its type."""
        samples = int((self.policies["sampled"] != 0).sum(axis=2).max(initial=0))
        return RULE + self.rules + samples + MONITORING_SLOTS


def setting_of(scenario: Scenario, framework: Framework, warm_up: Framework, register: "pd.DataFrame") -> Setting:
    """Turn a scenario, a framework and a register into arrays.

    Parameters
    ----------
    scenario : Scenario
    framework : Framework
        In force from the start date.
    warm_up : Framework
        In force before; the framework itself for its long run.
    register : DataFrame
        Providers, with the columns of `simulator.world.register`.

    Raises
    ------
    InputError
        If the scenario does not describe a service type in the register, or a framework has no rule for it or
        names a pool that is not there.
    """
    run = scenario.run
    timeline = (warm_up, framework) if run.warm_up_years else (framework,)
    _check_types(scenario, register)
    for each in timeline:
        _check_coverage(each, register)
    epoch = inspection_year_start(run.begins)
    horizon = run.ends
    months = month_starts(epoch, horizon)
    pools = tuple(scenario.capacity.pools)
    services = _services(scenario, register)
    places = _places(register, services)
    firsts = [day_of(int(tick), epoch) for tick in months]
    return Setting(
        epoch=epoch,
        begins=tick_of(run.begins, epoch),
        measured_from=tick_of(run.start, epoch),
        horizon=tick_of(horizon, epoch),
        seed=run.seed,
        timeline=tuple(each.name for each in timeline),
        takeovers=(tick_of(run.start, epoch),) if run.warm_up_years else (),
        pools=pools,
        register=tuple(register["provider"]),
        providers=places,
        strands=_strands(places),
        opens=_ticks(register["opened"], epoch, -NEVER),
        closes=_ticks(register["closed"], epoch, NEVER),
        services=services,
        policies=policies_of(timeline, pools, epoch),
        month_starts=months,
        capacity=np.array([scenario.capacity.in_the_field(pool, firsts) for pool in pools]),
    )


def _check_types(scenario: Scenario, register: "pd.DataFrame") -> None:
    described = list(scenario.population.types)
    for name in register["service_type"].unique():
        if name not in described:
            raise InputError(
                "the register has providers of a type that the scenario does not describe: [population.types]: "
                f"{not_one_of(name, 'type', described)}"
            )


def _check_coverage(framework: Framework, register: "pd.DataFrame") -> None:
    uncovered = [name for name in register["service_type"].unique() if not framework.covers(name)]
    if uncovered:
        raise InputError(
            f'framework "{framework.name}" has no rule for {", ".join(SERVICE_TITLES[name] for name in uncovered)} '
            f"({', '.join(uncovered)}), of which there are some; give it a table under [rules] with these types"
        )


def _places(register: "pd.DataFrame", services: Table) -> Table:
    places = np.zeros(len(register), dtype=PROVIDER)
    places["origin"] = [identity(name) for name in register["provider"]]
    places["identity"] = places["origin"]
    places["service_type"] = [SERVICE_TYPES.index(name) for name in register["service_type"]]
    places["places"] = register["places"]
    places["opened"] = NEVER
    places["first_work"] = -1
    places["planned_at"] = -NEVER
    for never in ("next_occurrence", "poor_since", "detected", "step_until"):
        places[never] = NEVER
    places["strands"] = services["strands"][places["service_type"]]
    chains = places["strands"] + (places["strands"] > 1)
    places["first_strand"] = np.concatenate([[0], np.cumsum(chains)[:-1]])
    return places


def _strands(places: Table) -> Table:
    chains = places["strands"] + (places["strands"] > 1)
    strands = np.zeros(int(chains.sum()), dtype=STRAND)
    strands["provider"] = np.repeat(np.arange(len(places)), chains)
    number = np.arange(len(strands)) - places["first_strand"][strands["provider"]]
    strands["shared"] = number == places["strands"][strands["provider"]]
    strands["next_change"] = NEVER
    return strands


def _ticks(dates: "pd.Series[Any]", epoch: date, missing: int) -> npt.NDArray[np.int64]:
    import pandas as pd

    return np.array([missing if pd.isna(day) else tick_of(day.date(), epoch) for day in dates], dtype=np.int64)


def _services(scenario: Scenario, register: "pd.DataFrame") -> Table:
    services = np.zeros(TYPE_COUNT, dtype=SERVICE)
    for name in register["service_type"].unique():
        service = services[SERVICE_TYPES.index(name)]
        write_quality(service, scenario.quality, name)
        write_signals(service, scenario.signals, scenario.population.types[name].closures)
        service["successor_after"] = scenario.population.successor_after_days * TICKS_PER_DAY
    return services
