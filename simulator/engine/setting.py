"""A setting: one scenario under the frameworks of one timeline, as arrays, ready to be run for any replication."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.engine.state import MONITORING_SLOTS, PLACE, RULE, SERVICE, Table, chains_of
from simulator.inputs.messages import InputError, not_one_of
from simulator.inspectorate.framework import Framework
from simulator.inspectorate.framework_checks import inspections_asked_for
from simulator.inspectorate.policy import TYPE_COUNT, policies_of
from simulator.inspectorate.rules_policy import NO_RULE, ROUND
from simulator.inspectorate.staffing import Establishment
from simulator.inspectorate.targeting import NOT_TARGETED
from simulator.scenario.scenario import Scenario
from simulator.ticks import NEVER, TICKS_PER_DAY, day_of, inspection_year_start, month_starts, tick_of
from simulator.world.quality import write_quality
from simulator.world.services import AUTHORITY_SERVICES, SECTORS, SERVICE_TITLES, SERVICE_TYPES
from simulator.world.signals import write_signals
from simulator.world.streams import identity

if TYPE_CHECKING:
    import pandas as pd


class NoTeamError(InputError):
    """A pool is too small for the team that an inspection takes."""


class Regime(NamedTuple):
    """A framework, and the day from which it is in force."""

    begins: date
    framework: Framework


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

    @cached_property
    def register(self) -> tuple[str, ...]:
        """Names of the providers, by row."""
        return tuple(self.names.tolist())

    @property
    def pools(self) -> tuple[str, ...]:
        """Names of the pools, or of their parts in each region."""
        return tuple(each.name for each in self.establishments)

    @property
    def rules(self) -> int:
        """Rules of the service type that has most."""
        return int((self.policies["form"] != NO_RULE).sum(axis=2).max(initial=0))

    @property
    def targets(self) -> bool:
        """Whether a framework makes targeted visits."""
        return bool((self.policies["targeted"] != NOT_TARGETED).any())

    @property
    def of_rounds(self) -> npt.NDArray[np.bool_]:
        """Whether each provider is of a type that a framework inspects in rounds, shape p."""
        types = (self.policies["form"] == ROUND).any(axis=(0, 2))
        return np.asarray(types[self.providers["service_type"]])

    @property
    def slots(self) -> int:
        """Plans that a provider needs: those of all, and one for each rule and each sample of its type."""
        samples = int((self.policies["sampled"] != 0).sum(axis=2).max(initial=0))
        return RULE + self.rules + samples + MONITORING_SLOTS


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
    """Give a setting for each of several timelines, as `setting_of` does: what they share is made once."""
    run = scenario.run
    frameworks = list({id(each.framework): each.framework for regimes in timelines for each in regimes}.values())
    _check_types(scenario, register)
    for framework in frameworks:
        _check_coverage(framework, register)
        _check_readings(framework, scenario)
    epoch = inspection_year_start(run.begins)
    horizon = run.ends
    months = month_starts(epoch, horizon)
    regions = sorted(register["region"].unique())
    counts = register["region"].value_counts()
    establishments = scenario.capacity.establishments({region: int(counts[region]) for region in regions})
    services = _services(scenario, register)
    firsts = first_days(months, epoch)
    capacity = np.array([each.at_most(firsts) for each in establishments])
    in_run = (months[1:] > tick_of(run.begins, epoch)) & (months[:-1] < tick_of(horizon, epoch))
    most = dict(zip(establishments, capacity[:, in_run].max(axis=1).tolist(), strict=True))
    lie_in = {str(name): set(there) for name, there in register.groupby("service_type")["region"].unique().items()}
    for framework in frameworks:
        _check_teams(framework, scenario, lie_in, most)
    pools = [each.pool for each in establishments]
    providers = _places(register, regions, services)
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
        sectors=_positions(register["sector"], SECTORS).astype(np.int8),
        regions=tuple(regions),
        local_authorities=tuple(map(str, register["local_authority"].unique())),
        authorities=_services_of_authorities(providers),
        services=services,
        policies=policies_of([], pools, epoch),
        month_starts=months,
        capacity=capacity,
    )
    return [
        replace(
            shared,
            timeline=tuple(regime.framework.name for regime in regimes),
            takeovers=tuple(tick_of(regime.begins, epoch) for regime in regimes[1:]),
            policies=policies_of([regime.framework for regime in regimes], pools, epoch),
        )
        for regimes in timelines
    ]


def first_days(months: npt.NDArray[np.int64], epoch: date) -> list[date]:
    """Give the first day of each month from the ticks at which they begin."""
    return [day_of(int(tick), epoch) for tick in months]


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
    whole = register["local_authority"][register["service_type"] == "local_authority"]
    within_it = register["service_type"].map(framework.covers_by_authority).astype(bool)
    alone = register[within_it & ~register["local_authority"].isin(whole)]
    if len(alone):
        raise InputError(
            f'framework "{framework.name}" inspects {alone["provider"].iloc[0]} ({alone["service_type"].iloc[0]}) '
            f'as part of its local authority, but there is no local_authority "{alone["local_authority"].iloc[0]}" '
            "among the providers; give it one, or give the service a rule of its own under [rules]"
        )


def _check_readings(framework: Framework, scenario: Scenario) -> None:
    """Refuse a framework that takes account of what the scenario does not describe."""
    asked = {
        "self_assessments": bool(framework.self_assessments),
        "user_survey": any(each.user_survey for each in framework.assessments.values()),
    }
    for name, needed in asked.items():
        if needed and getattr(scenario.signals, name) is None:
            raise InputError(
                f'framework "{framework.name}" has a clause that needs [signals.{name}], '
                "but the scenario does not say what providers or their users would say; give it this table"
            )
    for name, assessment in framework.assessments.items():
        strands = [each for each in assessment.types if each in scenario.quality.strands]
        if assessment.by == "belief" and strands:
            raise InputError(
                f'framework "{framework.name}": assessments.{name}: by = "belief" is for services whose quality '
                f"is one chain, but the scenario gives {', '.join(strands)} several strands; "
                "allowed: points or last_judgement"
            )
    for name, targeting in framework.targeting.items():
        strands = [each for each in targeting.types if each in scenario.quality.strands]
        if targeting.by == "index" and strands:
            raise InputError(
                f'framework "{framework.name}": targeting.{name}: by = "index" is for services whose quality '
                f"is one chain, but the scenario gives {', '.join(strands)} several strands; "
                "allowed: types without strands, or truth"
            )


def _check_teams(
    framework: Framework, scenario: Scenario, lie_in: Mapping[str, set[str]], most: Mapping[Establishment, float]
) -> None:
    """Refuse a kind of inspection that no pool can staff, unless the scenario wants nobody there at all.

    Parts of an inspector are carried over from month to month, so that of 1.2 there are two now and then. `lie_in`
    gives the regions in which there are providers of a service type.
    """
    run = scenario.run
    for keys, name, types in inspections_asked_for(framework):
        kind = framework.kinds[name]
        regions = set().union(*(lie_in.get(service_type, ()) for service_type in types))
        for each, in_the_field in most.items():
            concerned = bool(regions) if each.region is None else each.region in regions
            wanted = scenario.capacity.pools[each.pool].has_posts(run.begins, run.ends)
            if each.pool == kind.pool and concerned and wanted and kind.team - 1 >= in_the_field:
                raise NoTeamError(
                    f'framework "{framework.name}": {keys} asks for inspections by a team of {kind.team} '
                    f'(kinds.{name}.team), but of the pool "{each.name}" never more than {math.ceil(in_the_field)} '
                    f"are in the field at once during the run; allowed: a smaller team, or more than "
                    f"{(kind.team - 1) / each.deployable:.4g} full-time equivalents in it (capacity.pools.{each.pool})"
                )


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
    """Give where each name stands in a list that has them all."""
    codes, distinct = names.factorize()
    return np.array([among.index(name) for name in distinct], dtype=np.int64)[codes]


def _services_of_authorities(providers: Table) -> npt.NDArray[np.int64]:
    """Give the rows of the services that each local authority has one of; -1 where it has none."""
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
