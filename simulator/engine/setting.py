"""A setting: one scenario under the frameworks of one timeline, as arrays, ready to be run for any replication."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.engine.addressed import Table
from simulator.engine.provider_records import PLACE, SERVICE, chains_of
from simulator.engine.setting_checks import Field, check_register, check_teams
from simulator.engine.work_records import MONITORING_SLOTS, RULE
from simulator.inspectorate.backlog import StartingBacklog
from simulator.inspectorate.between_regions import by_region, lenders_of
from simulator.inspectorate.capacity import UNLIMITED
from simulator.inspectorate.framework import Framework
from simulator.inspectorate.inspectors import inspectors_of
from simulator.inspectorate.policy import TYPE_COUNT, policies_of
from simulator.inspectorate.rules_policy import NO_RULE, ROUND
from simulator.inspectorate.staff import on_day
from simulator.inspectorate.staffing import Establishment
from simulator.inspectorate.targeting import NOT_TARGETED
from simulator.scenario.scenario import Scenario
from simulator.ticks import NEVER, TICKS_PER_DAY, day_of, inspection_year_start, month_starts, tick_of
from simulator.world.groups import Groups, grouped
from simulator.world.quality import write_quality
from simulator.world.services import AUTHORITY_SERVICES, SECTORS, SERVICE_TYPES
from simulator.world.signals import write_signals
from simulator.world.streams import identity

if TYPE_CHECKING:
    import pandas as pd


class Regime(NamedTuple):
    """A framework, and the day from which it is in force."""

    begins: date
    framework: Framework


class Room(NamedTuple):
    """Slots that every provider has for plans, in addition to those that all have."""

    rules: int = 0
    samples: int = 0


_NONE: Final = Room()


@dataclass(frozen=True)
class Setting:
    """Everything that replications of one scenario under one timeline share."""

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
    establishments: tuple[Establishment, ...]
    """Pools of inspectors, or the parts of them in each region, in the order of their codes."""
    names: npt.NDArray[Any]
    """Names of the providers, by row (`numpy.dtypes.StringDType`: packed, since only tables and people read them)."""
    providers: Table
    """What the register says of each provider (`simulator.engine.state.PLACE`), shape p."""
    opens: npt.NDArray[np.int64]
    """Ticks at which providers open, -NEVER if open from the beginning, shape p."""
    closes: npt.NDArray[np.int64]
    """Ticks at which they close by the register, NEVER if not given, shape p."""
    sectors: npt.NDArray[np.int8]
    """What kind of body runs each provider (`simulator.world.services.SECTORS`), shape p."""
    groups: Groups
    """Groups of providers that are counted together; ``providers`` says to which each belongs."""
    regions: tuple[str, ...]
    """Names of the regions, in the order of their codes."""
    local_authorities: tuple[str, ...]
    """Names of the local authorities, in the order of their codes."""
    authorities: npt.NDArray[np.int64]
    """Rows of the services that each local authority has one of, -1 where it has none: shape (authorities, 4)."""
    services: Table
    policies: Table
    month_starts: npt.NDArray[np.int64]
    capacity: npt.NDArray[np.float64]
    """Inspectors in the field by pool and month if nobody leaves, shape (pools, months): not whole numbers."""
    posts: npt.NDArray[np.int64]
    """Posts by pool and first day of a month, filled or not, shape (pools, months)."""
    starting_backlog: StartingBacklog | None
    """Statutory inspections owed before the start."""
    lenders: npt.NDArray[np.int64]
    """Pools that may lend a team to each pool, -1 for no more, shape (pools, n)."""
    inspectors: Table
    """How inspectors differ (`simulator.inspectorate.inspectors.INSPECTORS`), shape 1."""
    travel: npt.NDArray[np.float64]
    """Inspector-days of travel that a visit takes each inspector, by region, shape (regions,)."""
    at_least: Room = _NONE
    """Slots to have even if no framework of the timeline needs them: nothing that happens depends on them."""

    @cached_property
    def register(self) -> tuple[str, ...]:
        """Names of the providers, by row."""
        return tuple(self.names.tolist())

    @property
    def pools(self) -> tuple[str, ...]:
        """Names of the pools, or of their parts in each region."""
        return tuple(establishment.name for establishment in self.establishments)

    @property
    def room(self) -> Room:
        """Slots for the rules of the service type that has most, and for the samples of the one that has most."""
        rules = int((self.policies["form"] != NO_RULE).sum(axis=2).max(initial=0))
        samples = int((self.policies["sampled"] != 0).sum(axis=2).max(initial=0))
        return Room(max(rules, self.at_least.rules), max(samples, self.at_least.samples))

    @property
    def rules(self) -> int:
        """Slots of a provider that are for rules."""
        return self.room.rules

    @property
    def targets(self) -> bool:
        """Whether a framework makes targeted visits."""
        return bool((self.policies["targeted"] != NOT_TARGETED).any())

    @property
    def inspectors_differ(self) -> bool:
        """Whether a part of the noise of a judgement is the inspector's own."""
        return bool(self.inspectors["of_inspector"].any())

    @property
    def of_rounds(self) -> npt.NDArray[np.bool_]:
        """Whether each provider is of a type that a framework inspects in rounds, shape p."""
        types = (self.policies["form"] == ROUND).any(axis=(0, 2))
        return np.asarray(types[self.providers["service_type"]])

    @property
    def slots(self) -> int:
        """Plans that a provider needs: those of all, and one for each rule and each sample of its type."""
        return RULE + sum(self.room) + MONITORING_SLOTS


def setting_of(scenario: Scenario, regimes: Sequence[Regime], register: "pd.DataFrame") -> Setting:
    """Turn a scenario, the frameworks in force one after another and a register into arrays.

    Parameters
    ----------
    scenario : Scenario
    regimes : sequence of Regime
        In the order of their days. The first is in force when the run begins, whatever its day.
    register : DataFrame
        Providers, with the columns of `simulator.world.register`.

    Raises
    ------
    NoTeamError
        If a framework names a pool that is too small for a team.
    InputError
        If the scenario does not describe a service type in the register, or a framework has no rule for it or
        names a pool that is not there.
    """
    return settings_under(scenario, [regimes], register)[0]


def settings_under(
    scenario: Scenario, timelines: Sequence[Sequence[Regime]], register: "pd.DataFrame"
) -> list[Setting]:
    """Return a setting for each of several timelines, as `setting_of` does: what they share is made once."""
    run = scenario.run
    frameworks = list({id(regime.framework): regime.framework for regimes in timelines for regime in regimes}.values())
    check_register(scenario, frameworks, register)
    epoch = inspection_year_start(run.begins)
    horizon = run.ends
    months = month_starts(epoch, horizon)
    regions = sorted(register["region"].unique())
    counts = register["region"].value_counts()
    establishments = scenario.capacity.establishments({region: int(counts[region]) for region in regions}, horizon)
    services = _services(scenario, register)
    firsts = first_days(months, epoch)
    capacity = np.array([establishment.at_most(firsts) for establishment in establishments])
    check_teams(scenario, timelines, register, Field(establishments, firsts, capacity))
    pools = [establishment.pool for establishment in establishments]
    providers = _places(register, regions, services)
    sectors = _positions(register["sector"], SECTORS)
    types, places, located = (providers[name].astype(np.int64) for name in ("service_type", "places", "region"))
    providers["group"], groups = grouped(types, places, located, sectors)
    shared = Setting(
        epoch=epoch,
        begins=tick_of(run.begins, epoch),
        measured_from=tick_of(run.start, epoch),
        horizon=tick_of(horizon, epoch),
        seed=run.seed,
        timeline=(),
        takeovers=(),
        establishments=establishments,
        names=np.array(register["provider"].to_list(), dtype=np.dtypes.StringDType()),
        providers=providers,
        opens=_ticks(register["opened"], epoch, -NEVER),
        closes=_ticks(register["closed"], epoch, NEVER),
        sectors=sectors.astype(np.int8),
        groups=groups,
        regions=tuple(regions),
        local_authorities=tuple(map(str, register["local_authority"].unique())),
        authorities=_services_of_authorities(providers),
        services=services,
        policies=policies_of([], pools, epoch),
        month_starts=months,
        capacity=capacity,
        posts=_posts(establishments, firsts),
        starting_backlog=scenario.capacity.starting_backlog,
        lenders=lenders_of(
            establishments,
            scenario.capacity.lending,
            scenario.capacity.neighbours,
            regions,
            scenario.population.regions,
        ),
        inspectors=inspectors_of(scenario.inspectors),
        travel=by_region(scenario.capacity.travel_days, "travel_days", regions, scenario.population.regions),
    )
    return [
        replace(
            shared,
            timeline=tuple(regime.framework.name for regime in regimes),
            takeovers=tuple(tick_of(regime.begins, epoch) for regime in regimes[1:]),
            policies=policies_of([regime.framework for regime in regimes], pools, epoch, scenario.capacity.priorities),
        )
        for regimes in timelines
    ]


def first_days(months: npt.NDArray[np.int64], epoch: date) -> list[date]:
    """Return the first day of each month from the ticks at which they begin."""
    return [day_of(int(tick), epoch) for tick in months]


def _posts(establishments: Sequence[Establishment], firsts: Sequence[date]) -> npt.NDArray[np.int64]:
    """Count the posts on the first of each month, at least one; the last of them may be a part of one."""
    posts = [[min(max(on_day(part.posts, first), 1.0), UNLIMITED) for first in firsts] for part in establishments]
    return np.ceil(posts).astype(np.int64)


def _places(register: "pd.DataFrame", regions: list[str], services: Table) -> Table:
    places = np.zeros(len(register), dtype=PLACE)
    places["origin"] = np.fromiter(map(identity, register["provider"]), np.uint64, len(register))
    places["service_type"] = _positions(register["service_type"], SERVICE_TYPES)
    places["places"] = register["places"]
    places["region"] = _positions(register["region"], regions)
    places["authority"] = register["local_authority"].factorize(use_na_sentinel=False)[0]
    places["strands"] = services["strands"][places["service_type"]]
    places["first_strand"] = np.concatenate([[0], np.cumsum(chains_of(places))[:-1]])
    return places


def _positions(names: "pd.Series[str]", among: Sequence[str]) -> npt.NDArray[np.int64]:
    """Return where each name stands in a list that has them all."""
    codes, distinct = names.factorize()
    return np.array([among.index(name) for name in distinct], dtype=np.int64)[codes]


def _services_of_authorities(providers: Table) -> npt.NDArray[np.int64]:
    """Return the rows of the services that each local authority has one of; -1 where it has none."""
    authorities = np.full((providers["authority"].max(initial=-1) + 1, len(AUTHORITY_SERVICES)), -1, dtype=np.int64)
    for column, service in enumerate(AUTHORITY_SERVICES):
        there = np.flatnonzero(providers["service_type"] == SERVICE_TYPES.index(service))
        authorities[providers["authority"][there], column] = there
    return authorities


def _ticks(dates: "pd.Series[Any]", epoch: date, missing: int) -> npt.NDArray[np.int64]:
    days = (dates.to_numpy("datetime64[D]") - np.datetime64(epoch, "D")).astype(np.int64)
    return np.where(dates.isna(), missing, days * TICKS_PER_DAY)


def _services(scenario: Scenario, register: "pd.DataFrame") -> Table:
    services = np.zeros(TYPE_COUNT, dtype=SERVICE)
    for name in register["service_type"].unique():
        service = services[SERVICE_TYPES.index(name)]
        write_quality(service, scenario.quality, name)
        write_signals(service, scenario.signals, scenario.population.types[name].closures)
        service["successor_after"] = scenario.population.successor_after_days * TICKS_PER_DAY
    return services
