"""Natural shares that lead to the published ratings: the grades that providers would have without any inspection.

Published shares of grades are ratings under the regime of the day, and inspection itself moves quality: providers
found out improve. So the solver looks for natural shares under which the ratings that the simulated inspectorate
holds at the start date are the published ones, the scenario's start shares.
"""

from collections.abc import Iterable, Iterator
from math import ceil
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.engine.run import simulate
from simulator.engine.setting import Regime, setting_of
from simulator.inputs.messages import InputError, Named
from simulator.inspectorate.framework import Framework, load_framework
from simulator.inspectorate.kinds import RATINGS
from simulator.scenario.scenario import Scenario
from simulator.scenario.timeline import ITSELF
from simulator.world.population import synthetic
from simulator.world.services import SERVICE_TYPES

if TYPE_CHECKING:
    import pandas as pd

Values = npt.NDArray[np.float64]
"""Shares by service type of the scenario and grade, shape (types, 4), poor first."""

ENOUGH: Final = 2_000
"""Least number of providers simulated of each type, so that random variation does not blur the shares."""
PASSES: Final = 40
"""Number of passes by default."""
_STEP: Final = 0.7
"""Part of the way to the published share, on the logarithmic scale, that each pass goes."""
_SMALLEST: Final = 0.002
"""Natural shares stay above this: a grade that nobody ever has could not be left."""


class Pass(NamedTuple):
    """One pass of the solver."""

    natural: Values
    """The natural shares tried."""
    ratings: Values
    """The ratings they led to at the start date, of the types that have providers."""
    miss: float
    """The largest difference of a rating's share from the published one."""


def regime_of_the_day(scenario: Scenario, given: str | None = None) -> Framework:
    """Load the framework under which the published ratings were given: the last before the start date if left out.

    Raises
    ------
    InputError
        If there is none, or no warm-up in which it could lead to ratings.
    """
    if not scenario.run.warm_up_years:
        raise InputError("run.warm_up_years: given 0; allowed: 1 or more, because ratings arise in the warm-up")
    before = [entry.framework for entry in scenario.timeline if entry.from_ < scenario.run.start]
    last = [scenario.run.warm_up_framework, *before][-1]
    if given is None and last == ITSELF:
        raise InputError(
            f'run.warm_up_framework: given "{ITSELF}", which is not a framework in force at the start. Name one with ',
            Named("framework"),
        )
    return load_framework(given or last)


def solve(scenario: Scenario, warm_up: Framework, passes: int = PASSES, enough: int = ENOUGH) -> Iterator[Pass]:
    """Move natural shares until the ratings at the start date are the start shares; yield every pass.

    Each pass multiplies a natural share by the ratio of the published to the simulated rating, to the power
    of `_STEP`. The inspectors are those of the scenario, because the regime of the day had no more: where they are few,
    a poor provider is inspected again later and is rated poor for longer. Replications make up for types of which there
    are few providers. A type of which the scenario has nobody keeps its shares.

    Parameters
    ----------
    scenario : Scenario
        Its natural shares are where the search starts, its start shares what the ratings are to be.
    warm_up : Framework
        The regime of the day.
    passes : int
        Number of passes.
    enough : int
        Least number of providers simulated of each type.

    Raises
    ------
    InputError
        If there is nobody at all, or nobody of a type holds a rating at the start date.
    """
    all_types = list(scenario.population.types)
    present = [at for at, name in enumerate(all_types) if scenario.population.count(name)]
    if not present:
        raise InputError("population.types.*.count: 0 for every type. Use a scenario with providers")
    types = [all_types[at] for at in present]
    published = np.array([scenario.quality.start_shares[name].by_grade()[1:] for name in types])
    natural = current(scenario)
    briefly = scenario.changed({"run": {"years": 1}, "timeline": []}, "shortened to solve for natural shares")
    register = synthetic(scenario.population, scenario.run.seed)
    fewest = min(int((register["service_type"] == name).sum()) for name in types)
    replications = range(max(1, ceil(enough / fewest)))
    for _ in range(passes):
        posed = _with_natural_shares(briefly, all_types, natural)
        ratings = ratings_at_start(posed, warm_up, register, types, replications)
        yield Pass(natural, ratings, float(np.abs(ratings - published).max()))
        ratio = np.maximum(published, _SMALLEST) / np.maximum(ratings, _SMALLEST / 2)
        moved = np.maximum(natural[present] * ratio**_STEP, _SMALLEST)
        natural = natural.copy()
        natural[present] = moved / moved.sum(axis=1, keepdims=True)


def current(scenario: Scenario) -> Values:
    """Return the natural shares that a scenario has."""
    shares = scenario.quality.natural_shares
    return np.array([shares[name].by_grade()[1:] for name in scenario.population.types])


def ratings_at_start(
    scenario: Scenario, warm_up: Framework, register: "pd.DataFrame", types: list[str], replications: Iterable[int]
) -> Values:
    """Return the shares of the ratings held at the start date among rated providers, over some replications.

    Raises
    ------
    InputError
        If nobody of a type holds one, so that there is no share.
    """
    setting = setting_of(scenario, [Regime(scenario.run.begins, warm_up)], register)
    start = np.searchsorted(setting.month_starts, setting.measured_from)
    held = sum((simulate(setting, number).ratings[start, :, 1:] for number in replications), np.zeros(1))
    rows = np.asarray(held)[[SERVICE_TYPES.index(name) for name in types]]
    unrated = [name for name, row in zip(types, rows, strict=True) if not row.any()]
    if unrated:
        raise InputError(
            f'framework "{warm_up.name}": no rating for {", ".join(unrated)}. Use a framework under which every '
            "service type in the scenario is inspected and graded in the warm-up"
        )
    shares: Values = rows / rows.sum(axis=1, keepdims=True)
    return shares


def _with_natural_shares(scenario: Scenario, types: list[str], natural: Values) -> Scenario:
    """Return the scenario with other natural shares."""
    shares = {
        name: dict(zip(RATINGS[1:], (float(share) for share in row), strict=True))
        for name, row in zip(types, natural, strict=True)
    }
    return scenario.changed({"quality": {"natural_shares": shares}}, "solved for")


def as_toml(types: list[str], natural: Values) -> str:
    """Write natural shares as the table of a scenario file, to four places."""
    lines = ["[quality.natural_shares]"]
    for name, row in zip(types, natural, strict=True):
        first = [round(float(share), 4) for share in row[:3]]
        values = [*first, round(1.0 - sum(first), 4)]
        inside = ", ".join(f"{grade} = {value:.4f}" for grade, value in zip(RATINGS[1:], values, strict=True))
        lines.append(f"{name} = {{ {inside} }}")
    return "\n".join(lines) + "\n"
