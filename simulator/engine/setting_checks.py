"""What must fit together before a run: the register, the frameworks, what the scenario describes, and its teams."""

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.inputs.messages import InputError, not_one_of
from simulator.inspectorate.framework import Framework
from simulator.inspectorate.framework_checks import inspections_asked_for
from simulator.inspectorate.staffing import Establishment
from simulator.scenario.scenario import Scenario
from simulator.world.services import SERVICE_TITLES

if TYPE_CHECKING:
    import pandas as pd


class NoTeamError(InputError):
    """A pool is too small for the team that an inspection takes."""


def check_register(scenario: Scenario, frameworks: Iterable[Framework], register: "pd.DataFrame") -> None:
    """Refuse providers that the scenario does not describe, and frameworks that do not suit either.

    Raises
    ------
    InputError
    """
    _check_types(scenario, register)
    for framework in frameworks:
        _check_coverage(framework, register)
        _check_readings(framework, scenario)


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
        "user_survey": any(assessment.user_survey for assessment in framework.assessments.values()),
    }
    for name, needed in asked.items():
        if needed and getattr(scenario.signals, name) is None:
            raise InputError(
                f'framework "{framework.name}" has a clause that needs [signals.{name}], '
                "but the scenario does not say what providers or their users would say; give it this table"
            )
    for name, assessment in framework.assessments.items():
        if assessment.by == "belief":
            whose = f"assessments.{name}"
            _refuse_strands(framework, scenario, whose, assessment.by, assessment.types, "points or last_judgement")
    for name, targeting in framework.targeting.items():
        if targeting.by == "index":
            whose = f"targeting.{name}"
            _refuse_strands(
                framework, scenario, whose, targeting.by, targeting.types, "types without strands, or truth"
            )


def _refuse_strands(
    framework: Framework, scenario: Scenario, clause: str, by: str, types: Iterable[str], allowed: str
) -> None:
    """Refuse a clause that takes quality for one chain, for types whose quality the scenario gives several strands."""
    strands = [service_type for service_type in types if service_type in scenario.quality.strands]
    if strands:
        raise InputError(
            f'framework "{framework.name}": {clause}: by = "{by}" is for services whose quality '
            f"is one chain, but the scenario gives {', '.join(strands)} several strands; allowed: {allowed}"
        )


class Field(NamedTuple):
    """How many inspectors are in the field."""

    establishments: Sequence[Establishment]
    firsts: Sequence[date]
    """First days of months, and of the one after the last."""
    at_most: npt.NDArray[np.float64]
    """Inspectors in the field if nobody leaves, shape (establishments, months)."""

    def most(self, begins: date, ends: date) -> Mapping[Establishment, float]:
        """Return the most of each establishment from a day on and before another."""
        months = [first < ends and after > begins for first, after in pairwise(self.firsts)]
        return dict(zip(self.establishments, self.at_most[:, months].max(axis=1, initial=0.0).tolist(), strict=True))


def check_teams(
    scenario: Scenario, timelines: Iterable[Sequence[tuple[date, Framework]]], register: "pd.DataFrame", field: Field
) -> None:
    """Refuse a kind of inspection that no pool can staff while it is in force, unless nobody at all is wanted there.

    Parts of an inspector are carried over from month to month, so that of 1.2 there are two now and then.

    Raises
    ------
    NoTeamError
    """
    lie_in = {str(name): set(there) for name, there in register.groupby("service_type")["region"].unique().items()}
    run = scenario.run
    spans: dict[tuple[int, date, date], Framework] = {}
    for regimes in timelines:
        days = [run.begins, *(day for day, _ in regimes[1:]), run.ends]
        for (_, framework), (begins, ends) in zip(regimes, pairwise(days), strict=True):
            if begins < ends:
                spans[id(framework), begins, ends] = framework
    for (_, begins, ends), framework in spans.items():
        _check_teams(framework, scenario, lie_in, field.most(begins, ends), (begins, ends))


def _check_teams(
    framework: Framework,
    scenario: Scenario,
    lie_in: Mapping[str, set[str]],
    most: Mapping[Establishment, float],
    span: tuple[date, date],
) -> None:
    """Refuse those of one framework; `lie_in` has the regions of the providers of each service type."""
    for keys, name, types in inspections_asked_for(framework):
        kind = framework.kinds[name]
        regions = set().union(*(lie_in.get(service_type, ()) for service_type in types))
        for establishment, in_the_field in most.items():
            concerned = bool(regions) if establishment.region is None else establishment.region in regions
            wanted = scenario.capacity.pools[establishment.pool].has_posts(*span)
            if establishment.pool == kind.pool and concerned and wanted and kind.team - 1 >= in_the_field:
                enough = (kind.team - 1) / establishment.deployable
                raise NoTeamError(
                    f'framework "{framework.name}": {keys} asks for inspections by a team of {kind.team} '
                    f'(kinds.{name}.team), but of the pool "{establishment.name}" never more than '
                    f"{math.ceil(in_the_field)} are in the field at once from {span[0]} on; allowed: a smaller team, "
                    f"more than {enough:.4g} full-time equivalents in it (capacity.pools.{establishment.pool}), or none"
                )
