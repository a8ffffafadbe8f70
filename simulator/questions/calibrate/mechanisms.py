"""The mechanisms that are fitted: each a number with its bounds, and how a scenario and its frameworks take it up.

Bounds are wide on purpose, wider than the ranges of the assumptions: they are where the search looks, not what is
believed. Only this is held: being found out does not slow improvement, nor speed the step to outstanding; falls from
good are no more than three times as many as fitted before; and the grades at the start are not far from those that
inspections found at that time (16% outstanding, 60% good, 19% adequate, 4% inadequate in October to December 2013,
Ofsted official statistics), lest a start that nobody has seen explain the course of the years. Shares are searched as
ratios to the share of good, rates and multipliers on a logarithmic scale.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from simulator.inputs.evidence import Table
from simulator.inputs.messages import InputError
from simulator.inspectorate.framework import Framework
from simulator.inspectorate.kinds import RATINGS
from simulator.inspectorate.sources import Sourced
from simulator.scenario.scenario import Scenario

Point = npt.NDArray[np.float64]
"""A place in the search: one coordinate, from 0 to 1, for each mechanism; shape (m,)."""
Values = Mapping[str, float]
"""A fit: the value of each mechanism by its name, and of what follows from them."""


ClauseOf = TypeVar("ClauseOf", bound=Sourced)


class Mechanism(NamedTuple):
    """One number that is fitted."""

    name: str
    title: str
    unit: str
    low: float
    high: float
    logarithmic: bool = True

    def at(self, place: float) -> float:
        """Return the value at `place`, 0 to 1 between the bounds."""
        if self.logarithmic:
            return self.low * math.exp(place * math.log(self.high / self.low))
        return float(self.low + (self.high - self.low) * place)

    def place_of(self, value: float) -> float:
        """Return where between the bounds, 0 to 1, a value lies."""
        if self.logarithmic:
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)


NOISE: Final = "judgement_noise"
SEVERITY: Final = "severity"
INTERIM_NOISE: Final = "interim_noise"

MECHANISMS: Final[tuple[Mechanism, ...]] = (
    Mechanism("gradual_changes", "Gradual grade changes", "per home-year", 0.1, 1.5),
    Mechanism("falls_from_good", "Sudden falls from good", "per home-year", 0.01, 0.15),
    Mechanism("falls_adequate_ratio", "Falls from requires improvement against good", "ratio", 0.5, 50),
    Mechanism("falls_excellent_ratio", "Falls from outstanding against good", "ratio", 0.01, 1),
    Mechanism("found_out_poor", "Improvement after inadequate", "factor", 1, 60),
    Mechanism("found_out_poor_months", "Months of improvement after inadequate", "months", 0.5, 6),
    Mechanism("found_out_adequate", "Improvement after requires improvement", "factor", 1, 12),
    Mechanism("found_out_adequate_months", "Months of improvement after requires improvement", "months", 6, 24),
    Mechanism("damping_to_excellent", "Step to outstanding meanwhile", "factor", 0.001, 1),
    Mechanism("serious_concerns", "Serious concerns at an inadequate home", "per home-year", 0.3, 20),
    Mechanism("concerns_fall", "How far they fall with each grade", "ratio", 3, 300),
    Mechanism(NOISE, "Noise of a judgement", "grades", 0.0, 0.5, logarithmic=False),
    Mechanism(SEVERITY, "Harder judgement in the first year", "grades", 0.0, 0.4, logarithmic=False),
    Mechanism("natural_poor", "Inadequate to good without inspection", "ratio", 0.02, 10),
    Mechanism("natural_adequate", "Requires improvement to good without inspection", "ratio", 0.1, 6),
    Mechanism("natural_excellent", "Outstanding to good without inspection", "ratio", 0.03, 1.5),
    Mechanism("start_poor", "Inadequate to good at the start", "ratio", 0.01, 0.35),
    Mechanism("start_adequate", "Requires improvement to good at the start", "ratio", 0.15, 1),
    Mechanism("start_excellent", "Outstanding to good at the start", "ratio", 0.08, 0.6),
    Mechanism(INTERIM_NOISE, "Noise of what an interim visit sees", "grades", 0.1, 1.2, logarithmic=False),
)
"""Found-out effects: hazards of improving for some months after a judgement. The noise of kinds of inspection that see
less than a full one keeps its proportion to that of a full one, as the framework has it. Harder judgement is that of
the clause of the framework that says for how long it held (`severity_clause`)."""

FOUND_OUT: Final = {
    "after_poor": "found_out_poor",
    "poor_months": "found_out_poor_months",
    "after_adequate": "found_out_adequate",
    "adequate_months": "found_out_adequate_months",
    "damping_to_excellent": "damping_to_excellent",
}
"""Keys of ``quality.found_out`` in a scenario, and the mechanism of each."""

_DERIVED: Final[dict[str, tuple[str, str]]] = {
    "speed": ("Grade changes of every kind", "per home-year"),
    "falls_from_adequate": ("Sudden falls from requires improvement", "per home-year"),
    "falls_from_excellent": ("Sudden falls from outstanding", "per home-year"),
    "concerns_that_move": ("Visits brought forward at an inadequate home", "per home-year"),
}
"""What follows from the mechanisms, shown with them."""


def described() -> list[Mechanism]:
    """Return the mechanisms, and as such what follows from them."""
    follows = [Mechanism(name, title, unit, 0.0, math.inf) for name, (title, unit) in _DERIVED.items()]
    return [*MECHANISMS, *follows]


def values_at(point: Point, mechanisms: Sequence[Mechanism]) -> dict[str, float]:
    """Return the values of mechanisms at a point."""
    return {mechanism.name: mechanism.at(float(place)) for mechanism, place in zip(mechanisms, point, strict=True)}


def shares(values: Values, which: str) -> dict[str, float]:
    """Return the four shares of "natural" or "start" grades from their ratios to the share of good."""
    ratios = [values[f"{which}_poor"], values[f"{which}_adequate"], 1.0, values[f"{which}_excellent"]]
    return {name: ratio / sum(ratios) for name, ratio in zip(RATINGS[1:], ratios, strict=True)}


def falls(values: Values) -> dict[str, float]:
    """Return sudden falls to poor, per provider-year, by true grade."""
    good = values["falls_from_good"]
    return {
        "adequate": good * values["falls_adequate_ratio"],
        "good": good,
        "excellent": good * values["falls_excellent_ratio"],
    }


def speed(values: Values) -> float:
    """Return the grade changes of every kind at the natural shares: gradual ones, falls, and recoveries from them.

    `simulator.world.quality.yearly_rates` takes them all as one; parting them keeps every point of the search a
    chain that there can be.
    """
    natural = list(shares(values, "natural").values())
    fall = [0.0, *falls(values).values()]
    flows = [rate * share for rate, share in zip(fall, natural, strict=True)]
    recoveries = sum(sum(flows[grade:]) for grade in (1, 2, 3))
    return values["gradual_changes"] + sum(flows) + recoveries


def concerns(values: Values) -> dict[str, float]:
    """Return serious concerns, per provider-year, by true grade."""
    poor, fall = values["serious_concerns"], values["concerns_fall"]
    return {name: poor / fall**step for step, name in enumerate(RATINGS[1:])}


def derived(values: Values, moves: float) -> dict[str, float]:
    """Return what follows from the mechanisms; `moves` is the share of serious concerns that move a visit."""
    fall = falls(values)
    return {
        "speed": speed(values),
        "falls_from_adequate": fall["adequate"],
        "falls_from_excellent": fall["excellent"],
        "concerns_that_move": values["serious_concerns"] * moves,
    }


def changes(values: Values, service_types: Sequence[str], of_start: Sequence[str]) -> Table:
    """Return what a fit changes in a scenario, as its nested tables.

    Natural shares are those of `service_types`, shares at the start those of the types in `of_start`.
    """
    return {
        "quality": {
            "speed": speed(values),
            "falls": falls(values),
            "found_out": {key: values[name] for key, name in FOUND_OUT.items()},
            "natural_shares": {name: shares(values, "natural") for name in service_types},
            "start_shares": {name: shares(values, "start") for name in of_start},
        },
        "signals": {"serious_concerns": concerns(values)},
    }


def fitted_scenario(scenario: Scenario, values: Values, service_type: str, source: str) -> Scenario:
    """Return a scenario with the mechanisms of a fit and its grades at the start in place of its own.

    The speed, falls, found-out effects and concerns of a scenario hold for every service type that it has; shares
    are those of the type that was fitted; types of which there is nobody take the same, so that the speed suits them.
    """
    return scenario.changed(changes(values, _suited(scenario, service_type), [service_type]), source)


def fitted_later(scenario: Scenario, values: Values, service_type: str, source: str) -> Scenario:
    """Return a scenario that begins on another day than the runs of a fit: its mechanisms, but not its start."""
    return scenario.changed(changes(values, _suited(scenario, service_type), []), source)


def _suited(scenario: Scenario, service_type: str) -> list[str]:
    return [service_type, *(name for name in scenario.population.types if not scenario.population.count(name))]


def full_kind(framework: Framework, service_type: str) -> str:
    """Name the kind of inspection that a framework's rules ask for of a service type and that grades.

    Raises
    ------
    InputError
        If there is none: then no record of such inspections could come of it.
    """
    asked = [rule.kind for rule in framework.rules.values() if service_type in rule.types]
    graded = [kind for kind in asked if framework.kinds[kind].grades]
    if not graded:
        raise InputError(
            f'framework "{framework.name}": no rule asks for an inspection of service type "{service_type}" that '
            "gives a grade; allowed: a framework with at least one"
        )
    return graded[0]


def noises(framework: Framework, values: Values, service_type: str) -> dict[str, float]:
    """Return the standard deviation of the judgement of each kind of inspection as fitted, in grades.

    A kind that grades keeps its proportion to a full inspection of the service type in the framework's file; one
    that says a direction takes the fitted noise of an interim visit; others stay as they are.
    """
    full = framework.kinds[full_kind(framework, service_type)].sigma
    told = {}
    for name, kind in framework.kinds.items():
        if kind.grades:
            told[name] = values[NOISE] * (kind.sigma / full if full else 1.0)
        else:
            told[name] = values[INTERIM_NOISE] if kind.direction else kind.sigma
    return told


def severity_clause(framework: Framework, service_type: str) -> str | None:
    """Return the name of the clause by which inspectors judge harder for a time, if there is one.

    A clause without end is a standard, and no matter of fitting.
    """
    for name, clause in framework.severity.items():
        if service_type in clause.types and clause.until is not None:
            return name
    return None


def severity_places(framework: Framework, clause: str) -> list[tuple[str, int]]:
    """Return the service types of a clause on severity, each with its position among the clauses of the type."""
    clauses = framework.severity
    return [
        (kind, [name for name, other in clauses.items() if kind in other.types].index(clause))
        for kind in clauses[clause].types
    ]


def fitted_framework(framework: Framework, values: Values, service_type: str) -> Framework:
    """Return a framework whose inspectors judge with the fitted noise and severity, all else being as it is."""
    told = noises(framework, values, service_type)
    kinds = {name: _with_number(kind, "sigma", told[name]) for name, kind in framework.kinds.items()}
    severity = dict(framework.severity)
    if clause := severity_clause(framework, service_type):
        severity[clause] = _with_number(severity[clause], "grades_added", -values[SEVERITY])
    return framework.model_copy(update={"kinds": kinds, "severity": severity})


def _with_number(clause: ClauseOf, name: str, value: float) -> ClauseOf:
    """Return a clause with a fitted number, the range to vary it in widened as far as it takes to hold it."""
    vary = clause.source.vary
    if name not in vary:
        return clause.model_copy(update={name: value})
    low, high = vary[name]
    wide = vary | {name: (min(low, value), max(high, value))}
    return clause.model_copy(update={name: value, "source": clause.source.model_copy(update={"vary": wide})})
